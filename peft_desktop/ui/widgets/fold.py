"""A part of a page that can be folded away behind its title."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget


class Fold(QWidget):
    """A button with an arrow, and below it `content`, which it shows and hides."""

    toggled = Signal(bool)

    def __init__(
        self, content: QWidget, parent: QWidget | None = None, shown: bool = False
    ) -> None:
        super().__init__(parent)
        self.content = content
        self.button = QToolButton(self)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.button)
        layout.addWidget(content)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.button.toggled.connect(self._toggle)
        self.button.setChecked(shown)
        self._toggle(shown)

    def set_texts(self, title: str, tip: str) -> None:
        self.button.setText(title)
        self.button.setToolTip(tip)
        self.button.setAccessibleName(title.replace("&", ""))

    @property
    def is_open(self) -> bool:
        return self.button.isChecked()

    def _toggle(self, shown: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self.content.setVisible(shown)
        self.toggled.emit(shown)
