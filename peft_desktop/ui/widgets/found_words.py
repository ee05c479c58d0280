"""Label words that the model itself expects in the slot, with their scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..wording import number, plain, tip
from .probe_table import in_one_line

_MOST_WRAPPED = 20  # labels
_TOP = 3  # words that stand first in a cell with their scores


class FoundWords(QWidget):
    """`use_wanted(words)`: these words are to be those of the labels (label -> words)."""

    use_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: list[dict[str, Any]] = []
        self._way = ""
        self.template = QComboBox(self)
        self.template.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.template.setMinimumContentsLength(12)
        self.template.currentIndexChanged.connect(self._fill)
        self.said = plain(QLabel(self))
        self.said.setWordWrap(True)
        self.table = QTableWidget(0, 2, self)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        # a line of each label's words or several; many labels are many lines of one
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.setColumnWidth(0, 90)
        self.table.horizontalHeader().geometriesChanged.connect(self._wrap)
        self.table.horizontalHeader().sectionResized.connect(self._wrap)
        self.table.setMinimumHeight(90)
        self.use = QPushButton(self)
        self.use.clicked.connect(self._on_use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        for widget in (self.template, self.said, self.table, self.use):
            layout.addWidget(widget, 1 if widget is self.table else 0)
        self.retranslate()

    def show_found(self, found: Sequence[dict[str, Any]], way: str) -> None:
        """What the engine found, a record a template; `way`: amulap or llr."""
        self._found, self._way = list(found), way
        self.template.blockSignals(True)
        self.template.clear()
        for record in self._found:
            self.template.addItem(in_one_line(str(record.get("template", ""))))
        self.template.blockSignals(False)
        self._fill()

    @property
    def words(self) -> dict[str, list[str]]:
        """The best words of each label for the template that is shown."""
        place = self.template.currentIndex()
        found = self._found[place] if 0 <= place < len(self._found) else {}
        return {label: list(words) for label, words in dict(found.get("words", {})).items()}

    @Slot()
    def _fill(self) -> None:
        place = self.template.currentIndex()
        record = self._found[place] if 0 <= place < len(self._found) else {}
        candidates = dict(record.get("candidates", {}))
        self.table.setRowCount(len(candidates))
        for row, (label, several) in enumerate(candidates.items()):
            name = QTableWidgetItem(" ".join(str(label).split())[:200])
            name.setToolTip(tip(str(label)[:500]))
            cell = QTableWidgetItem(self._words_of(several))
            cell.setToolTip(tip(self._scores_of(several)))
            cell.setData(Qt.ItemDataRole.AccessibleTextRole, self._scores_of(several))
            name.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.table.setItem(row, 0, name)
            self.table.setItem(row, 1, cell)
        self._wrap()
        self.use.setEnabled(bool(self.words))
        self.template.setEnabled(bool(self._found))

    @Slot()
    def _wrap(self) -> None:
        """Rows as high as their words need at this width."""
        if self.table.rowCount() <= _MOST_WRAPPED:
            self.table.resizeRowsToContents()

    def _words_of(self, several: Sequence[dict[str, Any]]) -> str:
        if not several:
            return self.tr("none found; its own words stay")
        with_score = [f"{one['word']} ({number(one['score'], 1)})" for one in several[:_TOP]]
        return ", ".join([*with_score, *(str(one["word"]) for one in several[_TOP:])])

    def _scores_of(self, several: Sequence[dict[str, Any]]) -> str:
        said = self.tr("{word}: score {score}, expected in {share} of 100 slots")
        lines = [
            said.format(
                word=one["word"],
                score=number(one["score"], 2),
                share=number(100 * float(one["share"]), 2),
            )
            for one in several
        ]
        return "\n".join(lines) or self.tr("none found; its own words stay")

    def retranslate(self) -> None:
        self.template.setAccessibleName(self.tr("Template for which words were found"))
        self.template.setToolTip(
            self.tr("Words are looked for in the three best templates; each wants its own.")
        )
        way = {
            "amulap": self.tr(
                "Words that the model expects in the slot more on a label's rows than on others "
                "(AMuLaP); in brackets by how many times their spread."
            ),
            "llr": self.tr(
                "Words whose odds in the slot are highest on a label's rows against all others "
                "(PETAL); in brackets the log of that ratio."
            ),
        }.get(self._way)
        said = way or self.tr(
            "Choose above how words are to be found, then try the prompts: the model is asked "
            "which words it expects in the slot."
        )
        self.said.setText(said)
        self.table.setAccessibleName(self.tr("Words found for each label"))
        self.table.setToolTip(
            self.tr("Found on other rows than those that the prompts are ranked on; never test.")
        )
        self.table.setHorizontalHeaderLabels([self.tr("Label"), self.tr("Words found")])
        self.use.setText(self.tr("Put these words in"))
        self.use.setToolTip(
            self.tr("Makes them the words for each label, as one step that Undo takes back.")
        )
        self._fill()

    @Slot()
    def _on_use(self) -> None:
        self.use_wanted.emit(self.words)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
