"""One result, whole: the headline in words, tiles, classes, confusion matrix and rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from ..judged_answers import AnswerRows
from ..judging import JudgedRows, Result
from ..theme import as_title
from ..wording import in_words, plain
from .answers_browser import AnswersBrowser
from .class_table import ClassTable
from .confusion_grid import ConfusionGrid
from .metric_tiles import MetricTable, MetricTiles
from .rows_list import RowsList
from .tabs import Tabs


class ResultView(QWidget):
    """`show_result` fills it; without a result `say` tells why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result: Result | None = None
        self.headline = as_title(plain(QLabel(self)), 1.2)
        self.headline.setWordWrap(True)
        self.headline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes = plain(QLabel(self))
        self.notes.setWordWrap(True)
        self.tiles = MetricTiles(self)
        self.classes, self.all_metrics = ClassTable(self), MetricTable(self)
        self.tabs = Tabs(self)
        self.tabs.addTab(self.classes, "")
        self.tabs.addTab(self.all_metrics, "")
        self._grid_head = QLabel(self)
        self.grid = ConfusionGrid(self)
        self._grid_head.setBuddy(self.grid)
        self.rows = RowsList(self)
        self.answers = AnswersBrowser(self)
        self._below = QSplitter(Qt.Orientation.Vertical, self)
        self._above = self._beside()
        for part in (self._above, self.rows, self.answers):
            self._below.addWidget(part)
        self._below.setChildrenCollapsible(False)
        self._below.setSizes([200, 230, 330])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.headline, self.notes, self.tiles):
            layout.addWidget(widget)
        layout.addWidget(self._below, 1)
        self._layout = layout
        self.classes.picked.connect(self._pick_label)
        self.grid.picked.connect(self._pick_cell)
        self.retranslate()
        self.show_result(None, None)

    def _beside(self) -> QSplitter:
        right = self._matrix = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid_head)
        column.addWidget(self.grid, 1)
        beside = QSplitter(Qt.Orientation.Horizontal, self)
        beside.addWidget(self.tabs)
        beside.addWidget(right)
        beside.setChildrenCollapsible(False)
        beside.setSizes([620, 520])
        return beside

    def show_result(self, result: Result | None, rows: JudgedRows | AnswerRows | None) -> None:
        self.result = result
        labelled = result is None or result.task == "classification"
        for part in (self.tiles, self.classes, self.all_metrics, self.grid):
            part.show_result(result)
        self.rows.show_rows(rows if isinstance(rows, JudgedRows) else None)
        self.answers.show_rows(rows if isinstance(rows, AnswerRows) else None)
        self.rows.setVisible(labelled)
        self.answers.setVisible(not labelled)
        self._matrix.setVisible(result is None or bool(result.matrix))
        self.tabs.setTabVisible(0, result is None or bool(result.per_class))
        for shown in (self.tiles, self._below):
            shown.setVisible(result is not None)
        # while there is nothing to show, what to do stands in the middle
        self._layout.setStretchFactor(self.headline, int(result is None))
        side = Qt.AlignmentFlag.AlignCenter if result is None else Qt.AlignmentFlag.AlignLeft
        self.headline.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._tell()

    def say(self, text: str) -> None:
        """What the headline says while there is no result."""
        if self.result is None:
            self.headline.setText(text)

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        above = (self.tabs.tabBar(), self.classes, self.all_metrics, self.grid)
        return (*above, *self.rows.in_order(), *self.answers.in_order())

    def _tell(self) -> None:
        result = self.result
        if result is not None:
            self.headline.setText(in_words(result.headline))
        notes = [] if result is None else [in_words(note) for note in result.notes]
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))

    @Slot(int)
    def _pick_label(self, place: int) -> None:
        result = self.result
        if result is None or result.task == "classification":
            self.rows.pick(place, None)
        else:
            self.answers.pick(str(result.per_class[place]["label"]))

    @Slot(int, int)
    def _pick_cell(self, gold: int, predicted: int) -> None:
        result = self.result
        if result is None or result.task == "classification":
            self.rows.pick(gold, predicted)
        else:  # tokens are confused, rows are shown
            names = result.labels[gold], result.labels[predicted]
            known = [name.split("-", 1)[-1] for name in names]
            self.answers.pick(next((n for n in known if self.answers.name.findData(n) > 0), ""))

    def retranslate(self) -> None:
        self.tabs.setTabText(0, self.tr("&Classes"))
        self.tabs.setTabText(1, self.tr("All &metrics"))
        self.tabs.setAccessibleName(self.tr("Classes and metrics"))
        self._grid_head.setText(
            self.tr("Confusion matri&x: lines are true labels, columns predicted ones")
        )
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
