"""The one button of the Train page: it trains, or names what is missing before it can."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ..training_plan import Missing
from ..wording import tip, translated


class TrainButton(QPushButton):
    """Tell it how things stand with `show_state`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing: Missing | None = None
        self._training, self._waits_for = "", ""
        self.setDefault(True)
        self.setMinimumHeight(34)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_state(self, missing: Missing | None, training: str = "", waits_for: str = "") -> None:
        """What is missing; else the run that is training; else the other work that goes on."""
        self._missing, self._training, self._waits_for = missing, training, waits_for
        self.retranslate()

    def retranslate(self) -> None:
        missing = self._missing
        busy = bool(self._training or self._waits_for)
        if self._training:
            said = self.tr("Training {run} …").format(run=self._training)
            about = self.tr("One run at a time: this one is at work.")
        elif missing is not None:
            said = self.missing_in_words(missing)
            about = self.tr("This is missing before training can begin; press to go there.")
            if missing.error is not None:
                about = missing.error.in_words(translated)
        elif self._waits_for:
            said = self.tr("Wait: {work}").format(work=self._waits_for)
            about = self.tr("Other work is going on; stop it or wait until it is done.")
        else:
            said = self.tr("Train")
            about = self.tr("Begins a new run with these settings (Ctrl+Return).")
        shut = self._training or (missing is None and busy)
        self.setEnabled(not shut)
        self.setText(said)
        self.setAccessibleName(said.replace("&", ""))
        self.setToolTip(tip(about))

    def missing_in_words(self, missing: Missing) -> str:
        """What is missing as one says to a person what to do next."""
        if missing.kind == "words":
            said = self.tr("Give words for {count} labels").format(count=missing.count)
            return self.tr("Give words for 1 label") if missing.count == 1 else said
        if missing.kind == "settings":
            said = self.tr("Correct {count} settings").format(count=missing.count)
            return self.tr("Correct 1 setting") if missing.count == 1 else said
        return {
            "project": self.tr("Open a project first"),
            "data": self.tr("Import your rows"),
            "text": self.tr("Choose the text column"),
            "label": self.tr("Choose the label column"),
            "question": self.tr("Choose the question column"),
            "labels": self.tr("Give rows with at least 2 labels"),
            "rows": self.tr("Split the rows: none are there to learn from"),
            "model": self.tr("Choose a model"),
            "refused": self.tr("Choose another model: this one cannot be trained"),
            "method": self.tr("Choose another method"),
            "prompt": self.tr("Write a prompt"),
            "wrong prompt": self.tr("Correct the prompt"),
            "name": self.tr("Choose another name for the run"),
        }[missing.kind]

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
