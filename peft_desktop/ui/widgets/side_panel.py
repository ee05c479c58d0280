"""A part at the right of a page that can be folded away to its edge, and stays so."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..settings import AppSettings
from ..theme import as_title
from ..wording import plain

_WIDEST = 16_777_215  # Qt's own: no limit


class SidePanel(QWidget):
    """`content` below a title and the button that folds it away; `key` names it in the settings.

    `folded(bool)`: it was folded away, or shown again.
    """

    folded = Signal(bool)

    def __init__(
        self, content: QWidget, settings: AppSettings, key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.content, self._settings, self._key = content, settings, key
        self._texts = ("", "", "")
        self.button = QToolButton(self)
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(self._turn)
        self.title = as_title(plain(QLabel(self)), 1.1)
        head = QHBoxLayout()
        head.addWidget(self.button)
        head.addWidget(self.title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(content, 1)
        layout.addStretch(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        QWidget.setTabOrder(self.button, content)
        self._show(settings.flag(f"{key}_shown", True))

    @property
    def is_open(self) -> bool:
        return not self.content.isHidden()

    def set_texts(self, title: str, show: str, fold: str) -> None:
        """The title, and what the button says of itself when it shows, and when it folds."""
        self._texts = (title, show, fold)
        self.title.setText(title)
        self._name()

    def unfold(self) -> None:
        if not self.is_open:
            self._turn()

    @Slot()
    def _turn(self) -> None:
        shown = not self.is_open
        self._show(shown)
        self._settings.put(f"{self._key}_shown", "true" if shown else "false")
        self.folded.emit(not shown)

    def _show(self, shown: bool) -> None:
        self.content.setVisible(shown)
        self.title.setVisible(shown)
        arrow = Qt.ArrowType.RightArrow if shown else Qt.ArrowType.LeftArrow
        self.button.setArrowType(arrow)
        edge = self.button.sizeHint().width() + 6
        self.setMinimumWidth(0 if shown else edge)
        self.setMaximumWidth(_WIDEST if shown else edge)
        self._name()

    def _name(self) -> None:
        title, show, fold = self._texts
        self.button.setToolTip(fold if self.is_open else show)
        self.button.setAccessibleName(fold if self.is_open else show or title)


def beside(main: QWidget, panel: SidePanel, widths: tuple[int, int]) -> QSplitter:
    """`main` with the panel at its right; the panel keeps its width when the window grows."""
    split = QSplitter(Qt.Orientation.Horizontal)
    split.addWidget(main)
    split.addWidget(panel)
    split.setChildrenCollapsible(False)
    split.setStretchFactor(0, 1)
    split.setStretchFactor(1, 0)
    split.setSizes(list(widths))
    return split
