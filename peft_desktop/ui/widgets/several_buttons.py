"""Two buttons of the Train page that lead to trainings of several runs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class SeveralButtons(QWidget):
    """`wanted(name)`: the window's action that is meant, "shoot_out" or "pet"."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task = "classification"
        self.compare, self.unlabelled = QPushButton(self), QPushButton(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for button, name in ((self.compare, "shoot_out"), (self.unlabelled, "pet")):
            button.setObjectName(name)
            button.clicked.connect(self._clicked)
            layout.addWidget(button, 1)
        self.retranslate()

    def set_task(self, task: str) -> None:
        """Both ways are for one label a text; in other tasks the tool tip says so."""
        self._task = task
        for button in (self.compare, self.unlabelled):
            button.setEnabled(task == "classification")
        self.retranslate()

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.wanted.emit(button.objectName())

    def retranslate(self) -> None:
        self.compare.setText(self.tr("Compare methods..."))
        self.compare.setToolTip(
            self.tr(
                "Shoot-out: trains several methods with several seeds on the same rows, and lets "
                "you take the winner."
            )
        )
        self.unlabelled.setText(self.tr("Use unlabelled texts..."))
        self.unlabelled.setToolTip(
            self.tr(
                "PET: several prompts label texts that have no label, and one model learns from "
                "them."
            )
        )

        if self._task != "classification":
            why = self.tr("Only for text classification: it compares runs by one label a text.")
            for button in (self.compare, self.unlabelled):
                button.setToolTip(why)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
