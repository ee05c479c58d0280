"""Class counts as bars with their numbers; a table underneath, so that all can read it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ..wording import number, tip
from .bar_cell import SHARE, BarCell

MOST_SHOWN = 1000  # a column of names is no label column; its thousandth value helps nobody
_NAME = Qt.ItemDataRole.UserRole + 1


class ClassBars(QTableWidget):
    """Label, bar and count, the largest first. `picked(label)` when a row is chosen (Return or
    double click)."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self._classes: list[tuple[str, int]] = []
        self.setItemDelegateForColumn(1, BarCell(self, digits=6))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.activated.connect(self._on_activated)
        self.retranslate()

    @property
    def classes(self) -> list[tuple[str, int]]:
        return self._classes

    def set_classes(self, classes: list[tuple[str, int]]) -> None:
        self._classes = classes
        shown = classes[:MOST_SHOWN]
        most = max((count for _, count in shown), default=1)
        rest = classes[MOST_SHOWN:]
        self.setRowCount(len(shown) + bool(rest))
        for row, (label, count) in enumerate(shown):
            self._set_row(row, " ".join(label[:200].split()), count, count / most, label)
        if rest:
            text = self.tr("{count} more").format(count=number(len(rest)))
            self._set_row(len(shown), text, sum(count for _, count in rest), 0.0, "")
        self._fit()

    def _set_row(self, row: int, text: str, count: int, share: float, label: str) -> None:
        name = QTableWidgetItem(text)
        name.setToolTip(tip(label[:500] or text))
        name.setData(_NAME, label)
        bar = QTableWidgetItem(number(count))
        bar.setData(SHARE, share)
        bar.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setItem(row, 0, name)
        self.setItem(row, 1, bar)

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        widest = max(
            (metrics.horizontalAdvance(label[:60]) for label, _ in self._classes[:200]), default=0
        )
        self.setColumnWidth(0, min(max(70, widest + 14), 150))

    def retranslate(self) -> None:
        self.setHorizontalHeaderLabels([self.tr("Label"), self.tr("Rows")])
        self.setAccessibleName(self.tr("Rows of each label"))
        self.setToolTip(
            self.tr(
                "Rows of each label. Very uneven classes are learnt worse: look at macro F1, not "
                "at accuracy alone. Return shows the rows of a label."
            )
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.set_classes(self._classes)
        super().changeEvent(event)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        item = self.item(index.row(), 0)
        label = item.data(_NAME) if item is not None else ""
        if label:
            self.picked.emit(label)
