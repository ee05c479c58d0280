"""What a run's learnt vectors say: the nearest words of the vocabulary, folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core import events as ev
from ...core.events import Event
from ..wording import number, tip
from .fold import Fold

_LONGEST_WORD = 40

Words = list[tuple[str, float]]  # the nearest first, with their cosines


class SoftWords(QWidget):
    """Takes the events of a run; it is seen once a run with soft vectors is finished."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vectors: list[Words] = []
        self.table = QTableWidget(0, 2, self)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, 70)
        self.table.setMinimumHeight(110)
        self.table.setMaximumHeight(180)
        self.fold = Fold(self.table, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.fold)
        self.clear()

    def clear(self) -> None:
        self._show([])

    def take(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, ev.Finished) and event.result.get("soft_words"):
                self._show([[(str(w), float(c)) for w, c in v] for v in event.result["soft_words"]])

    def _show(self, vectors: list[Words]) -> None:
        self._vectors = vectors
        self.setVisible(bool(vectors))
        self.retranslate()

    def retranslate(self) -> None:
        count = number(len(self._vectors))
        self.fold.set_texts(
            self.tr("Learnt vectors and their nearest words: {count}").format(count=count),
            self.tr(
                "The soft prompt is no text: for each of its vectors the words of the vocabulary "
                "that lie nearest, with their cosine (-1 to 1). They need not read as a sentence."
            ),
        )
        self.table.setAccessibleName(self.tr("Nearest words of each learnt vector"))
        self.table.setToolTip(
            self.tr("Cosines near 1: the vector stayed at a word; low ones: it went its own way.")
        )
        self.table.setHorizontalHeaderLabels([self.tr("Vector"), self.tr("Nearest words (cosine)")])
        self.table.setRowCount(len(self._vectors))
        for row, words in enumerate(self._vectors):
            said = ", ".join(f"{word[:_LONGEST_WORD]} ({number(c, 2)})" for word, c in words)
            place, cell = QTableWidgetItem(number(row + 1)), QTableWidgetItem(said)
            place.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            cell.setToolTip(tip(said))
            self.table.setItem(row, 0, place)
            self.table.setItem(row, 1, cell)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
