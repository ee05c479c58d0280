"""The numbers behind the curves as a table: what a screen reader reads, and what one copies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView, QWidget

from ...core import events as ev
from ...core.events import Event
from ..headlines import in_words_of
from ..wording import number
from .editors import written

_Index = QModelIndex | QPersistentModelIndex
STEP, LOSS, PROMPT, FINE_TUNE, RATE, VALID, ACCURACY, MACRO_F1 = range(8)


class CurveTableModel(QAbstractTableModel):
    """A row a step; `take` collects, `refresh` shows what is new (called by the curves' timer)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[float | None]] = []
        self._shown = 0
        self._best = -1.0
        self.scores: tuple[str, ...] = ("accuracy", "macro_f1")  # the last two columns

    def clear(self) -> None:
        self.beginResetModel()
        self._rows, self._shown, self._best = [], 0, -1.0
        self.endResetModel()

    def take(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, ev.Stepped):
                row = [event.step, event.loss, event.loss_prompt, event.loss_fine_tune]
                self._rows.append([*row, event.learning_rate, None, None, None])
            elif isinstance(event, ev.Evaluated) and event.split == "valid":
                if not self._rows or self._rows[-1][STEP] != event.step:
                    self._rows.append([event.step, *[None] * 7])
                found = event.metrics
                told = [found.get(name) for name in self.scores]
                self._rows[-1][VALID:] = [event.loss, *told]
                if event.best:
                    self._best = event.step

    def refresh(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(self._shown - 1, MACRO_F1))
        if len(self._rows) > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, len(self._rows) - 1)
            self._shown = len(self._rows)
            self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else 8

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        value = self._rows[index.row()][index.column()]
        if value is None:
            return ""
        if index.column() == STEP:
            return ("\u2605 " if value == self._best else "") + number(value)
        if index.column() == RATE:
            return written(float(f"{value:.3g}"))
        return number(value, 4)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            self.tr("Step"),
            self.tr("Loss"),
            self.tr("Prompt loss"),
            self.tr("Fine-tune loss"),
            self.tr("Learning rate"),
            self.tr("Validation loss"),
            *(self._score(name) for name in self.scores),
        )[section]

    def _score(self, name: str) -> str:
        known = {"accuracy": self.tr("Accuracy"), "macro_f1": self.tr("Macro F1")}
        return known.get(name) or in_words_of(name)


class CurveTable(QTableView):
    """The table; Ctrl+C copies the selected cells with tabs between them."""

    def __init__(self, model: CurveTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        lines: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes()):
            lines.setdefault(index.row(), []).append(str(index.data() or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in lines.values()))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Numbers of the curves"))
        self.setToolTip(self.tr("A row a step; a star marks the best one. Ctrl+C copies."))
        header = self.horizontalHeader()
        header.headerDataChanged(Qt.Orientation.Horizontal, 0, header.count() - 1)
        self.resizeColumnsToContents()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
