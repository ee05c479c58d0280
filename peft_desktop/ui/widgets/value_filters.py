"""The values that the shown rows are narrowed to, one button each; pressed, it is lifted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ..wording import plain, tip

_SHOWN = 30  # characters
_MOST = 5


class ValueFilters(QWidget):
    """`changed` when a value was added or lifted; `values` are (column, value) pairs."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: tuple[tuple[str, str], ...] = ()
        self.buttons: list[QPushButton] = []
        self._head = plain(QLabel(self))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._head)
        self._row.addStretch(1)
        self.retranslate()
        self.hide()

    @Slot(str, str)
    def add(self, column: str, value: str) -> None:
        """Narrow to the rows with this value; another value of the same column gives way."""
        others = tuple(pair for pair in self.values if pair[0] != column)
        self._set((*others, (column, value))[-_MOST:])

    @Slot()
    def clear(self) -> None:
        self._set(())

    def _set(self, values: tuple[tuple[str, str], ...]) -> None:
        if values == self.values:
            return
        self.values = values
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for place, _ in enumerate(values):
            button = QPushButton(self)
            button.clicked.connect(self._on_clicked)
            self._row.insertWidget(place + 1, button)
            self.buttons.append(button)
        self.setVisible(bool(values))
        self.retranslate()
        self.changed.emit()

    def retranslate(self) -> None:
        self._head.setText(self.tr("Only rows with"))
        for button, (column, value) in zip(self.buttons, self.values, strict=True):
            empty = self.tr("(empty)")  # not inside the f-string: lupdate would not find it
            text = f"{_short(column)} = {_short(value) or empty}"
            button.setText(text.replace("&", "&&") + "  ✕")
            button.setAccessibleName(self.tr("Lift the filter {filter}").format(filter=text))
            button.setToolTip(tip(self.tr("Shows the other rows again.")))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _on_clicked(self) -> None:
        place = next((n for n, b in enumerate(self.buttons) if b is self.sender()), None)
        if place is not None:
            self._set(self.values[:place] + self.values[place + 1 :])


def _short(text: str) -> str:
    line = " ".join(text[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN and len(text) <= 4 * _SHOWN else line[:_SHOWN] + "…"
