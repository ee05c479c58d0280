"""How well each label is told: precision, recall and F1 as bars with their numbers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ..judging import Result
from ..wording import number, tip
from .bar_cell import SHARE, BarCell

_BARS = (1, 2, 3)
_KEYS = ("label", "precision", "recall", "f1", "support", "predicted")
_COUNTS = ("support", "predicted", "missing", "missed", "spurious", "rows")
_LABEL_SHOWN = 200  # characters


class ClassTable(QTableWidget):
    """A row a label. `picked(place)`: the rows of this label are wanted (Return, double click).

    `place` counts the labels as the result does, however the table is sorted.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 6, parent)
        self._result: Result | None = None
        self._more: list[str] = []  # what the result's task tells beside the columns of all
        self._order: list[int] = []  # the result's place of each row
        self._by, self._down = -1, False  # the column that sorts, -1: as the result has them
        for column in _BARS:
            self.setItemDelegateForColumn(column, BarCell(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in (0, 4, 5):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.sort_by)
        self.activated.connect(self._on_activated)
        self._sort = QAction(self)
        self._sort.setShortcut("Ctrl+Shift+O")
        self._sort.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._sort.triggered.connect(self._sort_here)
        self.addAction(self._sort)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.retranslate()

    def show_result(self, result: Result | None) -> None:
        self._result = result
        scores = [] if result is None else result.per_class
        first = scores[0] if scores else {}
        self._more = [
            key
            for key, value in first.items()
            if key not in _KEYS and isinstance(value, int | float)
        ]
        if self.columnCount() != len(_KEYS) + len(self._more):
            self.setColumnCount(len(_KEYS) + len(self._more))
        self._name_columns()
        if self._by >= self.columnCount():
            self._by = -1
        self._order = self._sorted(scores)
        self.setRowCount(len(scores))
        for row, place in enumerate(self._order):
            score = scores[place]
            label = str(score["label"])
            name = QTableWidgetItem(" ".join(label[:_LABEL_SHOWN].split()))
            name.setToolTip(tip(label[:500]))
            self.setItem(row, 0, name)
            for column, key in zip(_BARS, ("precision", "recall", "f1"), strict=True):
                share = score.get(key)
                said = "" if share is None else number(share, 3)
                self._set(row, column, said, float(share or 0.0))
            for column, key in enumerate(("support", "predicted", *self._more), 4):
                value, digits = score.get(key), 0 if key in _COUNTS else 3
                self._set(row, column, "" if value is None else number(value, digits))
        metrics = self.fontMetrics()
        names = [str(score["label"])[:60] for score in scores[:200]]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        self.setColumnWidth(0, min(max(70, widest + 16), 170))
        for column in range(4, self.columnCount()):
            head = self.horizontalHeaderItem(column)
            wide = metrics.horizontalAdvance(head.text()) if head is not None else 0
            self.setColumnWidth(column, max(64, wide + 20))

    @Slot(int)
    def sort_by(self, column: int) -> None:
        """The best or most first, then the other way round, then as the labels came; names from A.

        The row that is chosen stays chosen.
        """
        first_down = column > 0
        if column != self._by:
            self._by, self._down = column, first_down
        elif self._down == first_down:
            self._down = not first_down
        else:
            self._by = -1
        row = self.currentRow()
        kept = self._order[row] if 0 <= row < len(self._order) else -1
        sides = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.setSortIndicatorShown(self._by >= 0)
        header.setSortIndicator(self._by, sides[0] if self._down else sides[1])
        self.show_result(self._result)
        if kept >= 0:
            self.setCurrentCell(self._order.index(kept), max(self.currentColumn(), 0))

    def _sorted(self, scores: list[dict[str, Any]]) -> list[int]:
        places = list(range(len(scores)))
        if self._by < 0:
            return places
        key = (*_KEYS, *self._more)[self._by]
        return sorted(
            places,
            key=lambda at: _rank(scores[at], key),
            reverse=self._down,
        )

    @Slot()
    def _sort_here(self) -> None:
        self.sort_by(max(self.currentColumn(), 0))

    def _set(self, row: int, column: int, text: str, value: float | None = None) -> None:
        item = QTableWidgetItem(text)
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if value is not None:
            item.setData(SHARE, value)
        self.setItem(row, column, item)

    def retranslate(self) -> None:
        self._sort.setText(self.tr("Sort by this column"))
        self._name_columns()
        self.setAccessibleName(self.tr("Precision, recall and F1 of each label"))
        self.setToolTip(
            self.tr(
                "How well each label is told. Return shows the rows of a label, Ctrl+Shift+O sorts "
                "by the column of the chosen cell."
            )
        )

    def _name_columns(self) -> None:
        task = "classification" if self._result is None else self._result.task
        label = {
            "tagging": self.tr("Type"),
            "extraction": self.tr("Field"),
        }.get(task, self.tr("Label"))
        heads = [
            (label, self.tr("Return shows the rows of a label.")),
            (
                self.tr("Precision"),
                self.tr("Of the rows that were given this label, the share that have it."),
            ),
            (self.tr("Recall"), self.tr("Of the rows that have this label, the share found.")),
            ("F1", self.tr("Between precision and recall; low as soon as one of them is.")),
            (self.tr("Rows"), self.tr("How many rows have this label.")),
            (self.tr("Predicted"), self.tr("How many rows were given this label.")),
        ]
        if task in ("tagging", "extraction"):
            heads[4:] = [
                (self.tr("In the data"), self.tr("How many there are in the data.")),
                (self.tr("Predicted"), self.tr("How many the model found.")),
            ]
        heads += [self._further(key) for key in self._more]
        sorts = self.tr("A click sorts by this column, another the other way round.")
        for column, (text, about) in enumerate(heads):
            item = QTableWidgetItem(text)
            item.setToolTip(f"{about}\n{sorts}".strip())
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, item)

    def _further(self, key: str) -> tuple[str, str]:
        """Title and sentence of a column that only some tasks have."""
        known = {
            "threshold": (
                self.tr("Threshold"),
                self.tr(
                    "The probability from which on the label is given: the one of the best F1 on "
                    "the validation rows."
                ),
            ),
            "exact_match": (
                self.tr("Exact"),
                self.tr("The share of rows whose whole value is right."),
            ),
            "token_f1": (
                self.tr("Token F1"),
                self.tr("F1 of the words that value and prediction have in common."),
            ),
            "partial_f1": (
                self.tr("F1, overlap"),
                self.tr("F1 in which an entity of the right type that only overlaps counts half."),
            ),
            "missing": (self.tr("Missed"), self.tr("In the data, but not found.")),
            "missed": (self.tr("Missed"), self.tr("In the data, but not found.")),
            "spurious": (self.tr("Too much"), self.tr("Found, but not in the data.")),
        }
        return known.get(key, (key.replace("_", " "), ""))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.show_result(self._result)
        super().changeEvent(event)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.picked.emit(self._order[index.row()])


def _rank(score: dict[str, Any], key: str) -> Any:
    return str(score[key]).casefold() if key == "label" else float(score.get(key) or 0)
