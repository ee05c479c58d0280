"""The ranking of prompts: the best first, or by any column; full texts in the tool tips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ...core.recipe import PromptSpec
from ..probing import VERSIONS, Entry, verdict
from ..wording import number, tip
from .live_cells import Index
from .probe_cells import BAR, SECOND_LINE, SLOT, AccuracyCell, PromptCell

PROMPT, ACCURACY, F1, INFORMATION = range(4)
_WORST = -2.0  # where a prompt that could not be tried stands in every column
_LONGEST_TIP = 1500


class ProbeModel(QAbstractTableModel):
    """Rows are prompts; `version` says how the answers are read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self.majority: float | None = None
        self.version = VERSIONS[0]
        self._mine: list[PromptSpec] = []
        self._present = PromptSpec()
        self._column, self._descending = ACCURACY, True

    @property
    def entries(self) -> list[Entry]:
        """In the order of the rows."""
        return self._entries

    def show_entries(
        self,
        entries: Sequence[Entry],
        majority: float | None,
        present: PromptSpec,
        mine: Sequence[PromptSpec],
    ) -> None:
        """`present` is the project's prompt, `mine` are those that the user tried before."""
        self.beginResetModel()
        self.majority, self._present, self._mine = majority, present, list(mine)
        self._entries = sorted(entries, key=self._place, reverse=self._descending)
        self.endResetModel()

    def read_as(self, version: str) -> None:
        self.beginResetModel()
        self.version = version
        self._entries.sort(key=self._place, reverse=self._descending)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._entries.sort(key=self._place, reverse=self._descending)
        self.endResetModel()

    def _place(self, entry: Entry) -> Any:
        figures = entry.figures(self.version)
        if self._column == PROMPT:
            return entry.prompt.template
        if self._column == INFORMATION:
            found = entry.information
            return (_WORST if found is None else found, 0.0)
        if figures is None:
            return (_WORST, 0.0)
        figure = figures.accuracy if self._column == ACCURACY else figures.macro_f1
        return figure, -figures.log_loss

    def is_present(self, entry: Entry) -> bool:
        """Whether this is the project's prompt as it stands."""
        prompt, mine = entry.prompt, self._present
        used = {n: v for n, v in mine.parameters.items() if "{" + n + "}" in mine.template}
        return (prompt.template, prompt.words) == (mine.template, mine.words) and all(
            used.get(name, value) == value for name, value in prompt.parameters.items()
        )

    def is_mine(self, entry: Entry) -> bool:
        return self.is_present(entry) or entry.prompt in self._mine

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else 4

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Prompt"), self.tr("Accuracy"), self.tr("F1"), self.tr("Info"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:  # at the right stands the arrow
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                self.tr("Templates (\u2026 is the text, \u25a2 the slot), their words below."),
                self.tr(
                    "Share of the rows answered right, 0 to 1, with its 95 % interval; dotted: "
                    "always the commonest label. An empty bar cannot be told apart from that."
                ),
                self.tr("Macro F1, 0 to 1: the mean over the labels, so that rare ones count."),
                self.tr(
                    "Mutual information of answers and texts, 0 to 1: how sure and how varied "
                    "the answers are. It needs no labels."
                ),
            )[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry, column = self._entries[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(entry, column)
        if role == SECOND_LINE:
            return self._marks(entry) + (entry.error or words_in_line(entry.prompt))
        if role == BAR and column == ACCURACY:
            figures = entry.figures(self.version)
            if figures is None:
                return None
            better = verdict(figures, self.majority)
            return figures.accuracy, figures.low, figures.high, self.majority, better
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.in_words(entry)[:_LONGEST_TIP])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.in_words(entry) if column == PROMPT else self._figure_in_words(entry)
        return None

    def _shown(self, entry: Entry, column: int) -> str:
        if column == PROMPT:
            return in_one_line(entry.prompt.template)
        if column == INFORMATION:
            found = entry.information
            return "" if found is None else number(found, 2)
        figures = entry.figures(self.version)
        if figures is None:
            return "\u2013"
        return number(figures.accuracy if column == ACCURACY else figures.macro_f1, 2)

    def _marks(self, entry: Entry) -> str:
        marks = []
        if self.is_present(entry):
            marks.append(self.tr("your prompt"))
        elif self.is_mine(entry):
            marks.append(self.tr("tried by you"))
        if entry.found:
            marks.append(self.tr("found words"))
        if entry.error:
            marks.append("\u2716")
        return " \u00b7 ".join([*marks, ""]) if marks else ""

    def _figure_in_words(self, entry: Entry) -> str:
        figures = entry.figures(self.version)
        if figures is None:
            return entry.error
        said = self.tr("accuracy {accuracy}, between {low} and {high}; macro F1 {f1}")
        return said.format(
            accuracy=number(figures.accuracy, 2),
            low=number(figures.low, 2),
            high=number(figures.high, 2),
            f1=number(figures.macro_f1, 2),
        )

    def in_words(self, entry: Entry) -> str:
        """A prompt and its figures as text, for tool tips, screen readers and the clipboard."""
        words = words_in_line(entry.prompt)
        figures = self._figure_in_words(entry)
        return "\n".join([entry.prompt.template, self._marks(entry) + words, figures])

    def as_text(self) -> str:
        """The whole table, columns between tabs."""
        heads = ["template", "words", *(f"{v}{n}" for v in VERSIONS for n in _EXPORTED)]
        lines = ["\t".join([*heads, "mutual_information"])]
        for entry in self._entries:
            fields = [entry.prompt.template, words_in_line(entry.prompt)]
            fields = [" ".join(field.split()) for field in fields]
            for version in VERSIONS:
                found = entry.figures(version)
                figures = () if found is None else (found.accuracy, found.low, found.high)
                f1 = () if found is None else (found.macro_f1,)
                fields += [f"{value:.4f}" for value in (*figures, *f1)] or [""] * len(_EXPORTED)
            information = entry.information
            fields.append("" if information is None else f"{information:.4f}")
            lines.append("\t".join(fields))
        return "\n".join(lines) + "\n"


_EXPORTED = ("accuracy", "low", "high", "macro_f1")


def in_one_line(template: str) -> str:
    """A template short enough to be told from others: the text as three dots, the slot as a box."""
    shown = template.replace("\\n", "\n").replace("{mask}", SLOT).replace("{text}", "\u2026")
    return " \u21b5 ".join(line for line in shown.split("\n") if line.strip())


def words_in_line(prompt: PromptSpec) -> str:
    """terrible, bad / great: the labels' words in the labels' order."""
    return " / ".join(", ".join(words) for words in prompt.words.values())


class ProbeTable(QTableView):
    """`picked(Entry)`: another row is current. `wanted(Entry)`: it was chosen (Return, double
    click). The row that the user picked stays the current one when figures come; until then it is
    the first. `forgotten(Entry)`: Delete was pressed on a prompt of the user's."""

    picked = Signal(object)
    wanted = Signal(object)
    forgotten = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ranking = ProbeModel(self)
        self.setModel(self.ranking)
        self._kept = ""
        self.setItemDelegateForColumn(PROMPT, PromptCell(self))
        self.setItemDelegateForColumn(ACCURACY, AccuracyCell(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(2 * self.fontMetrics().lineSpacing() + 8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(PROMPT, QHeaderView.ResizeMode.Stretch)
        widest = self.fontMetrics().horizontalAdvance("0.00")
        for column, width in ((ACCURACY, 112), (F1, widest + 14), (INFORMATION, widest + 14)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, width)
        header.setSortIndicator(ACCURACY, Qt.SortOrder.DescendingOrder)
        header.setMinimumSectionSize(30)
        self.setSortingEnabled(True)
        self.activated.connect(self._on_activated)
        self.ranking.modelReset.connect(self._select_again)
        self.retranslate()

    @property
    def current(self) -> Entry | None:
        row = self.currentIndex().row()
        return self.ranking.entries[row] if 0 <= row < len(self.ranking.entries) else None

    def forget_pick(self) -> None:
        """Another ranking: the best is the current one again."""
        self._kept = ""

    def pick(self, entry: Entry) -> None:
        self._kept = entry.key
        self._select_again()

    @Slot()
    def _select_again(self) -> None:
        entries = self.ranking.entries
        rows = [row for row, entry in enumerate(entries) if entry.key == self._kept]
        kept = self._kept if rows else ""
        if entries:
            self.setCurrentIndex(self.ranking.index(rows[0] if rows else 0, PROMPT))
        self._kept = kept  # what we picked is no wish of the user's
        self.picked.emit(self.current)

    def selectionChanged(self, new: QItemSelection, old: QItemSelection) -> None:  # noqa: N802
        super().selectionChanged(new, old)
        current = self.current
        if current is not None and not new.isEmpty():
            self._kept = current.key
        self.picked.emit(current)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.wanted.emit(self.ranking.entries[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        current = self.current
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.ranking.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.wanted.emit(current)
        elif event.key() == Qt.Key.Key_Delete and current is not None:
            if self.ranking.is_mine(current) and not self.ranking.is_present(current):
                self.forgotten.emit(current)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Prompts, ranked"))
        self.setToolTip(
            self.tr(
                "Return puts a prompt into the project, Delete forgets one that you tried "
                "before, Ctrl+C copies the table with all figures."
            )
        )
        self.ranking.headerDataChanged.emit(Qt.Orientation.Horizontal, PROMPT, INFORMATION)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
