"""The verbalizer: which words stand for which label, and what the model makes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGroupBox,
    QHeaderView,
    QLabel,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ..preview_chips import spelt
from ..previewing import Seen
from ..word_asking import WordAsking
from ..word_marks import SEVERITIES, SIGNS, Mark
from ..wording import in_words, plain, tip
from .chip_line import BEHIND, FACES, SIGN, ChipCell, faces_of_mark
from .live_cells import Index, LiveCells, edit_at_a_click
from .word_doctor import WordDoctor, ranks_of

LABEL, WORDS, MARKS = range(3)
_PIECE = re.compile(r'\s*"((?:[^"]|"")*)"\s*|([^,，、]+)')
_LONGEST_LABEL = 300  # characters shown; painting longer ones takes seconds


def words_of(text: str) -> list[str]:
    """Words between commas (also Chinese ones); a word with a comma stands in double quotes."""
    found = []
    for quoted, bare in _PIECE.findall(text):
        word = quoted.replace('""', '"') if quoted else bare.strip()
        if word.strip():
            found.append(word)
    return list(dict.fromkeys(found))


def text_of(words: Sequence[str]) -> str:
    """Words as `words_of` reads them."""
    return ", ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if word == word.strip() and not re.search('[,，、"]', word):
        return word
    return '"' + word.replace('"', '""') + '"'


class WordsModel(QAbstractTableModel):
    """Rows are labels. `edited(label, words)` when the user gives a label other words."""

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = "classification"
        self._labels: list[str] = []
        self._known: set[str] = set()
        self._words: dict[str, list[str]] = {}
        self._marks: dict[str, Sequence[Mark]] = {}
        self.asking: WordAsking | None = None

    @property
    def labels(self) -> list[str]:
        return self._labels

    def set_words(self, labels: Sequence[str], words: Mapping[str, Sequence[str]]) -> None:
        """The labels of the data, then labels that have words but no row."""
        rows = [*labels, *(label for label in words if label not in set(labels))]
        self._known = set(labels)
        if rows != self._labels:
            self.beginResetModel()
            self._labels = rows
            self._words = {label: list(words.get(label, ())) for label in rows}
            self._marks = {}
            self.endResetModel()
            return
        for row, label in enumerate(rows):
            new = list(words.get(label, ()))
            if new != self._words[label]:
                self._words[label] = new
                self._marks.pop(label, None)
                self.dataChanged.emit(self.index(row, WORDS), self.index(row, MARKS))

    def set_marks(self, marks: Mapping[str, Sequence[Mark]]) -> None:
        if dict(marks) != self._marks:
            self._marks = dict(marks)
            self.everything_changed()

    @Slot()
    def everything_changed(self) -> None:
        if self._labels:
            last = self.index(len(self._labels) - 1, MARKS)
            self.dataChanged.emit(self.index(0, LABEL), last)

    def set_task(self, task: str) -> None:
        """Entity types and labels have words, fields have one question each."""
        if task != self.task:
            self.task = task
            self.everything_changed()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, LABEL, MARKS)

    def _cell(self, label: str) -> str:
        words = self._words[label]
        return " ".join(words) if self.task == "extraction" else text_of(words)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._labels)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if index.column() == WORDS else found

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            named = {
                "tagging": (self.tr("Entity type"), self.tr("Words")),
                "extraction": (self.tr("Field"), self.tr("Question")),
            }.get(self.task, (self.tr("Label"), self.tr("Words")))
            return (*named, self.tr("For the model"))[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                self.tr("The labels of your data."),
                self.tr("Words for this label, separated by commas; several count as their mean."),
                self.tr("Tokens of each word; words of one token (single-token words) work best."),
            )[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        label, column = self._labels[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if column == LABEL:
                shown = label[:_LONGEST_LABEL]
                return " ↵ ".join(shown.splitlines()) if label.strip() else repr(label)
            text = self._cell(label)
            return text if column == WORDS else self._said(label)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._explained(label) if column != LABEL else label[:1000])
        if role == Qt.ItemDataRole.AccessibleTextRole and column == WORDS:
            return self.tr("Words for the label {label}").format(label=label)
        marks = self._marks.get(label, ()) if column == MARKS and label in self._known else ()
        if marks and role == FACES:
            return [face for mark in marks for face in faces_of_mark(mark)]
        if marks and role == SIGN:
            return SIGNS[self._severity(label)]
        if marks and role == BEHIND:
            ranks = ranks_of(self.asking, [mark.word for mark in marks])
            return self.tr("rank {ranks}").format(ranks=ranks) if ranks else ""
        return None

    def setData(  # noqa: N802
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != WORDS:
            return False
        label, words = self._labels[index.row()], words_of(str(value))
        if self.task == "extraction":  # a question may hold commas
            words = [str(value).strip()] if str(value).strip() else []
        if words != self._words[label]:
            self.edited.emit(label, words)
        return True

    def _said(self, label: str) -> str:
        if label not in self._known:
            return "✖ " + self.tr("no row has this label: clear its words")
        if not self._words[label]:
            return "✖ " + self.tr("give a word")
        marks = self._marks.get(label, ())
        if not marks:
            return ""
        severity = self._severity(label)
        sign = SIGNS[severity]
        if severity in ("warned", "refused"):
            wrong = next(mark for mark in marks if mark.severity == severity)
            return f"{sign} {in_words(wrong.problem)}" if wrong.problem is not None else sign
        counts = [len(mark.tokens) for mark in marks]
        if counts == [1]:
            return f"{sign} " + self.tr("1 token")
        return f"{sign} " + self.tr("{counts} tokens").format(counts=" + ".join(map(str, counts)))

    def _severity(self, label: str) -> str:
        found = [mark.severity for mark in self._marks.get(label, ())]
        return max(found, key=SEVERITIES.index, default="ok")

    def _explained(self, label: str) -> str:
        lines = []
        for mark in self._marks.get(label, ()):
            lines.append(f"{mark.word}: " + " · ".join(map(spelt, mark.tokens)))
            for finding in mark.findings:
                lines.append(f"{SIGNS[finding.severity]} {in_words(finding.sentence)}")
        return "\n".join(lines) or self.tr("Words that stand for this label, between commas.")


class WordsTable(QGroupBox):
    """`edited(label, words)` when the user gives a label other words; `repair(Repair)` when a way
    out is taken that the doctor below the table offers."""

    edited = Signal(str, object)
    repair = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = WordsModel(self)
        self.model.edited.connect(self.edited)
        self._rows = 0
        self.view = QTableView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(LiveCells(self.view))
        self._chip_cells = ChipCell(self.view)
        self.view.setItemDelegateForColumn(MARKS, self._chip_cells)
        edit_at_a_click(self.view)
        self.view.setTabKeyNavigation(False)
        self.view.setWordWrap(False)
        self.view.setMinimumHeight(3 * self.fontMetrics().height() + 36)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(LABEL, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.resizeSection(LABEL, 90)
        header.resizeSection(WORDS, 120)
        self._label = plain(QLabel(self))
        self._label.setBuddy(self.view)
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self.said.hide()
        self.doctor = WordDoctor(self)
        self.doctor.repair.connect(self.repair)
        self.doctor.word_wanted.connect(self._edit_words)
        self.view.selectionModel().currentRowChanged.connect(self._picked)
        self._both = both = QSplitter(Qt.Orientation.Vertical, self)
        both.addWidget(self.view)
        both.addWidget(self.doctor)
        both.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self._label)
        layout.addWidget(both, 1)
        layout.addWidget(self.said)
        self.retranslate()

    def set_asking(self, asking: WordAsking) -> None:
        """Who asks the model about words."""
        self.model.asking = asking
        self.doctor.set_asking(asking)
        asking.changed.connect(self.model.everything_changed)

    def set_marks(self, marks: Mapping[str, tuple[Mark, ...]]) -> None:
        """What the doctor found."""
        rows = len(self.model.labels)
        if rows != self._rows:  # few labels leave their room to the doctor
            self._rows = rows
            self._both.setSizes([1, 4] if rows < 4 else [1, 1])
        self.model.set_marks(marks)
        self.doctor.set_marks(marks)

    @Slot(QModelIndex, QModelIndex)
    def _picked(self, current: QModelIndex, _before: QModelIndex) -> None:
        labels = self.model.labels
        self.doctor.pick(labels[current.row()] if 0 <= current.row() < len(labels) else "")

    @Slot(str)
    def _edit_words(self, label: str) -> None:
        if label in self.model.labels:
            index = self.model.index(self.model.labels.index(label), WORDS)
            self.view.setCurrentIndex(index)
            self.view.edit(index)

    def set_task(self, task: str) -> None:
        """What the rows are, and whether the model is asked about the words."""
        scored = task in ("classification", "several_labels")
        self.model.set_task(task)
        self.view.setColumnHidden(MARKS, not scored)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.doctor.setVisible(scored)
        self.retranslate()

    def say(self, text: str) -> None:
        """What is wrong with the words as a whole."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.view.setAccessibleDescription(text)

    def say_of(self, seen: Seen) -> None:
        """What a preview found about the words as a whole."""
        file, error = seen.asked.file, seen.words_error
        missing = [label for label in file.labels if not file.prompt.words.get(label)]
        if not file.labels:
            said = self.tr("Choose the label column on the Data page: words belong to labels.")
        elif missing:
            said = self.tr("Labels without words: {count} of {total}.").format(
                count=len(missing), total=len(file.labels)
            )
        elif error is not None:
            said = f"✖ {in_words(error.what)} {in_words(error.do)}"
        else:
            said = "\n".join(f"⚠ {in_words(warning)}" for warning in seen.words_warnings[:3])
        self.say(said)

    def retranslate(self) -> None:
        title, head = {
            "tagging": (self.tr("Words for each entity type"), ""),
            "extraction": (
                self.tr("Question for each field"),
                self.tr("&What is asked of the text, field by field"),
            ),
        }.get(self.model.task, (self.tr("Words for each label"), ""))
        self.setTitle(title)
        self._label.setText(head or self.tr("&Words, separated by commas"))
        self.view.setAccessibleName(title)
        self.view.setToolTip(
            self.tr(
                "The verbalizer: the model chooses the label whose words fit the slot best; short, "
                "common words work best."
            )
        )
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, LABEL, MARKS)
        self.model.everything_changed()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
