"""A whole number whose lowest value is said in words; the wheel of the mouse passes it by."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget


class NumberBox(QSpinBox):
    """`number` is None at the lowest value, which means "as usual" or "all"."""

    def __init__(self, most: int, step: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, most)
        self.setSingleStep(step)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    @property
    def number(self) -> int | None:
        return self.value() or None

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()  # it would change unseen while scrolling
