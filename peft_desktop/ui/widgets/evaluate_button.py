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
        self.setDefault(True)
        self.setMinimumHeight(30)
        self.retranslate()

    def show_state(self, missing: str, waits_for: str, known: bool) -> None:
        """What is missing (see `judging.missing`); else the work that goes on; else whether these
        rows were judged before."""
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
        }.get(kind, "")
        about = {
            "project": self.tr("Goes where a project can be opened or made."),
            "runs": self.tr("Goes to the page where a run is trained."),
            "run": self.tr("Choose the run on the left."),
            "training": self.tr("A run can be judged when its training is over."),
            "model": self.tr("It ended before the validation rows were looked at once."),
            "rows": self.tr("Split the rows on the Data page, then train again."),
        }.get(kind, "")
        if not kind and self._waits_for:
            said = self.tr("Wait: {work}").format(work=short(self._waits_for))
            about = self.tr("Other work is going on; stop it or wait until it is done.")
        elif not kind:
            said = self.tr("Ev&aluate again") if self._known else self.tr("Ev&aluate")
            about = self.tr("Lets the model answer these rows and compares (Ctrl+Return).")
        self.setText(said)
        self.setAccessibleName(said.replace("&", ""))
        self.setToolTip(tip(about))
        self.setEnabled(kind in ("project", "runs") or (not kind and not self._waits_for))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
