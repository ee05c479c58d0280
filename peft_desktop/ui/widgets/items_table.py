"""What was to be found in one row and what became of it: the table twin of the marked text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ..answers import FIELDS, LABELS, SPANS, Item, Piece, kind_of
from ..wording import tip
from .answer_looks import SIGNS, word_of

_CELL_SHOWN = 200


class ItemsTable(QTableWidget):
    """One line an item; `picked(place)` when the user goes to one."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[Item] = ()
        self._task = "tagging"
        self._judged = True
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.currentCellChanged.connect(self._on_current)
        self.retranslate()

    def show_items(self, task: str, items: Sequence[Item], judged: bool = True) -> None:
        """`judged`: there is a gold to compare with."""
        self._task, self._items, self._judged = task, list(items), judged
        self._fill()

    def lines(self) -> list[list[str]]:
        """What stands in the table, for tests and copying."""
        found = []
        for row in range(self.rowCount()):
            cells = [self.item(row, column) for column in range(self.columnCount())]
            found.append([cell.text() if cell is not None else "" for cell in cells])
        return found

    def _heads(self) -> list[str]:
        name = {
            SPANS: self.tr("Type"),
            FIELDS: self.tr("Field"),
            LABELS: self.tr("Label"),
        }.get(kind_of(self._task), "")
        if self._task == "question_answering":
            name = ""
        heads = [self.tr("Result")] if self._judged else []
        heads += [name] if name else []
        if kind_of(self._task) == LABELS:
            return heads
        if not self._judged:
            return [*heads, self.tr("Text"), self.tr("Place")]
        return [*heads, self.tr("In the data"), self.tr("Predicted"), self.tr("Place")]

    def _fill(self) -> None:
        heads = self._heads()
        blocked = self.blockSignals(True)
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(heads)
        self.setRowCount(len(self._items))
        named = kind_of(self._task) in (SPANS, FIELDS, LABELS) and self._task != (
            "question_answering"
        )
        for row, item in enumerate(self._items):
            cells = [f"{SIGNS[item.state]} {word_of(item.state)}"] if self._judged else []
            cells += [_name(item)] if named else []
            if kind_of(self._task) != LABELS:
                if self._judged:
                    cells.append(_said(item.gold))
                cells += [_said(item.predicted), _place(item)]
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(" ".join(text[:_CELL_SHOWN].split()))
                cell.setToolTip(tip(text[:1000]))
                self.setItem(row, column, cell)
        for column in range(len(heads)):
            head = self.horizontalHeaderItem(column)
            if head is not None:
                head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.resizeColumnsToContents()
        for column in range(len(heads)):
            self.setColumnWidth(column, min(self.columnWidth(column) + 10, 240))
        self.blockSignals(blocked)

    @Slot(int, int, int, int)
    def _on_current(self, row: int, _column: int, _before: int, _other: int) -> None:
        if row >= 0:
            self.picked.emit(row)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("What was found in the row"))
        self.setToolTip(
            self.tr("One line a finding: what the data say, what the model said, and where.")
        )
        self._fill()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _said(piece: Piece | None) -> str:
    return "–" if piece is None else piece.text


def _name(item: Item) -> str:
    gold, predicted = item.gold, item.predicted
    if gold is not None and predicted is not None and gold.name != predicted.name:
        return f"{gold.name} ≠ {predicted.name}"
    return item.name


def _place(item: Item) -> str:
    piece = item.predicted or item.gold
    placed = piece is not None and piece.start >= 0
    return f"{piece.start}–{piece.end}" if piece is not None and placed else ""
