"""What the model makes of a text: each label's probability as a bar with its number."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ..wording import number, tip
from .bar_cell import SHARE, BarCell

FEW = 12  # so many labels keep their places; more are sorted, or one would search
_LABEL_SHOWN = 200


class ProbabilityBars(QTableWidget):
    """A row a label, in the order of the labels; many labels with the likeliest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self._labels: list[str] = []
        self._chances: dict[str, float] = {}
        self._given: Collection[str] | None = None
        self._several = False
        self.setItemDelegateForColumn(1, BarCell(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.retranslate()

    def set_labels(self, labels: list[str], several: bool = False) -> None:
        """`several`: a text can have any of them, each with a probability of its own."""
        self._labels, self._chances, self._several = list(labels), {}, several
        self.retranslate()
        self._fill()

    def show_chances(
        self, chances: Mapping[str, float], given: Collection[str] | None = None
    ) -> None:
        """Probability by label; an empty mapping: nothing is known. `given`: the labels that the
        model gives; without it that is the likeliest one."""
        self._chances, self._given = dict(chances), given
        self._fill()

    def lines(self) -> list[tuple[str, str]]:
        """Label and number of each row, for tests."""
        items = [(self.item(row, 0), self.item(row, 1)) for row in range(self.rowCount())]
        return [(a.text(), b.text()) for a, b in items if a is not None and b is not None]

    def _fill(self) -> None:
        labels = self._labels
        if len(labels) > FEW and self._chances:
            labels = sorted(labels, key=lambda label: -self._chances.get(label, 0.0))
        best = max(self._chances, key=lambda label: self._chances[label], default="")
        given = {best} if self._given is None else self._given
        self.setRowCount(len(labels))
        for row, label in enumerate(labels):
            known = self._chances.get(label)
            name = QTableWidgetItem(" ".join(label[:_LABEL_SHOWN].split()))
            name.setToolTip(tip(label[:500]))
            value = QTableWidgetItem("\u2013" if known is None else f"{number(100 * known, 1)} %")
            value.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            value.setData(SHARE, known or 0.0)
            font = QFont(self.font())
            font.setBold(bool(self._chances) and label in given)
            name.setFont(font)
            self.setItem(row, 0, name)
            self.setItem(row, 1, value)
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(label[:60]) for label in labels[:200]), default=0)
        self.setColumnWidth(0, min(max(90, round(1.15 * widest) + 16), 220))

    def retranslate(self) -> None:
        self.setHorizontalHeaderLabels([self.tr("Label"), self.tr("Probability")])
        self.setAccessibleName(self.tr("Probability of each label"))
        each = self.tr(
            "Probability of each label by itself, 0 to 100 %. A label is given (bold) from its own "
            "threshold on, which was chosen on the validation rows; so several can be, or none."
        )
        self.setToolTip(
            each
            if self._several
            else self.tr(
                "Probability of each label, 0 to 100 %: how sure the model is. Together they make "
                "100 %, also for a text that fits none of the labels."
            )
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._fill()
        super().changeEvent(event)
