"""Tabs that the keyboard gets into and out of again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget


class Tabs(QTabWidget):
    """Only its bar takes the focus.

    Qt hands the focus of the whole on to the bar. Where the bar was put into the page's tab order
    by itself, the whole stands behind its own contents, and Tab went round in it for ever.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
