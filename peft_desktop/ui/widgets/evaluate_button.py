"""The one button of the Evaluate page: it judges, or names what is missing before it can."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ..wording import tip
from .trained_choice import short


class EvaluateButton(QPushButton):
    """Tell it how things stand with `show_state`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing, self._waits_for, self._known = "project", "", False
        self._judging = False
        self.setDefault(True)
        self.setMinimumHeight(30)
        self.retranslate()

    def show_state(self, missing: str, waits_for: str, known: bool, judging: bool = False) -> None:
        """What is missing (see `judging.missing`, `TableFile.missing`); else the work that goes
        on; else whether these rows were judged before. `judging`: it is at it."""
        self._judging = judging
        self._missing, self._waits_for, self._known = missing, waits_for, known
        self.retranslate()

    def retranslate(self) -> None:
        kind = self._missing
        said = {
            "project": self.tr("Open a project first"),
            "runs": self.tr("Train a model first"),
            "run": self.tr("Choose a run"),
            "training": self.tr("Wait until the run is trained"),
            "model": self.tr("This run has no model"),
            "rows": self.tr("This run has no such rows"),
            "file": self.tr("Choose a labelled file"),
            "reading": self.tr("Reading the file..."),
            "settings": self.tr("Say how the file is read"),
            "columns": self.tr("Say which column is which"),
        }.get(kind, "")
        about = {
            "project": self.tr("Goes where a project can be opened or made."),
            "runs": self.tr("Goes to the page where a run is trained."),
            "run": self.tr("Choose the run on the left."),
            "training": self.tr("A run can be judged when its training is over."),
            "model": self.tr("It ended before the validation rows were looked at once."),
            "rows": self.tr("Split the rows on the Data page, then train again."),
            "file": self.tr("Asks for a table of texts and their true labels."),
            "reading": self.tr("Its columns are known in a moment."),
            "settings": self.tr("Choose encoding, delimiter or sheet below."),
            "columns": self.tr("Choose the columns of texts and true labels below."),
        }.get(kind, "")
        if self._judging:
            kind = "judging"
            said = self.tr("Judging \u2026")
            about = self.tr("The status bar tells how far it is, and can stop it.")
        elif not kind and self._waits_for:
            said = self.tr("Wait: {work}").format(work=short(self._waits_for))
            about = self.tr("Other work is going on; stop it or wait until it is done.")
        elif not kind:
            said = self.tr("Ev&aluate again") if self._known else self.tr("Ev&aluate")
            about = self.tr("Lets the model answer these rows and compares (Ctrl+Return).")
        self.setText(said)
        self.setAccessibleName(said.replace("&", ""))
        self.setToolTip(tip(about))
        usable = kind in ("project", "runs", "file", "settings", "columns")
        self.setEnabled(usable or (not kind and not self._waits_for))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
