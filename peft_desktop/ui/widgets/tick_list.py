"""A list of things to tick; what cannot be ticked says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from ..wording import tip

_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Tick:
    """One line: its key, what it says, its tool tip, and why it cannot be ticked."""

    key: str
    title: str
    about: str = ""
    why_not: str = ""


class TickList(QListWidget):
    """`changed`: the user ticked or unticked something. Space ticks the current line."""

    changed = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemChanged.connect(self._on_changed)

    def fill(self, ticks: Sequence[Tick], ticked: Sequence[str]) -> None:
        """Show these; what cannot be ticked stands where it is, with the reason beside it."""
        now = self.currentRow()
        with QSignalBlocker(self):
            self.clear()
            for tick in ticks:
                said = f"\u2716 {tick.title} \u2013 {tick.why_not}" if tick.why_not else tick.title
                item = QListWidgetItem(said, self)
                item.setData(_KEY, tick.key)
                item.setToolTip(tip(tick.why_not or tick.about or tick.title))
                flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
                if tick.why_not:
                    item.setFlags(Qt.ItemFlag.ItemIsSelectable)
                else:
                    item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
                    on = tick.key in ticked
                    item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            if now >= 0:
                self.setCurrentRow(min(now, self.count() - 1))
        lines = max(2, min(self._lines, len(ticks)))
        usual = self.fontMetrics().height() + 4
        heights = [self.sizeHintForRow(row) for row in range(min(lines, self.count()))]
        heights += [usual] * (lines - len(heights))
        self.setFixedHeight(sum(heights) + 2 * self.frameWidth() + 2)

    def ticked(self) -> list[str]:
        """The keys that are ticked, in the order of the lines."""
        items = [self.item(row) for row in range(self.count())]
        on = Qt.CheckState.Checked
        return [
            str(item.data(_KEY))
            for item in items
            if item.checkState() == on and item.flags() & Qt.ItemFlag.ItemIsUserCheckable
        ]

    def tick(self, key: str, on: bool = True) -> None:
        """As if the user had ticked it."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_KEY) == key and item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
