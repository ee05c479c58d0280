"""A line of seeds: 1, 2, 3 or 1-5."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ..queue_choices import MOST_SEEDS, seeds_in
from ..wording import plain


class SeedsLine(QWidget):
    """`changed`: other text stands there. `seeds` is None while it is no list of numbers."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit("1, 2, 3", self)
        self._wrong = plain(QLabel(self))
        self._wrong.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.line)
        layout.addWidget(self._wrong)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._tell)
        self.retranslate()
        self._wrong.hide()

    @property
    def seeds(self) -> list[int] | None:
        return seeds_in(self.line.text())

    def _tell(self) -> None:
        self._wrong.setVisible(self.seeds is None)
        self.changed.emit()

    def retranslate(self) -> None:
        self.line.setAccessibleName(self.tr("Seeds"))
        self.line.setToolTip(
            self.tr(
                "A training for each of these whole numbers, so that luck can be told from skill: "
                "the order of rows and the first weights differ. Three at least tell a spread."
            )
        )
        self._wrong.setText(
            "\u2716 "
            + self.tr("Write up to {most} whole numbers, e.g. 1, 2, 3 or 1-5.").format(
                most=MOST_SEEDS
            )
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
