"""The button that tries the prompts, or names what is missing before it can."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ..wording import duration, tip


class ProbeButton(QPushButton):
    """Tell it how things stand with `show_state`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing, self._waits_for = "project", ""
        self._seconds: float | None = None
        self._at_work = self._again = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_state(
        self,
        missing: str,
        waits_for: str,
        seconds: float | None,
        at_work: bool,
        again: bool,
    ) -> None:
        """What is missing (`probing.missing`); else the work that goes on; else the seconds that
        it will take, where known. `again`: there is a ranking already."""
        self._missing, self._waits_for, self._seconds = missing, waits_for, seconds
        self._at_work, self._again = at_work, again
        self.retranslate()

    def retranslate(self) -> None:
        kind = self._missing
        said = {
            "project": self.tr("Open a project first"),
            "data": self.tr("Import your rows"),
            "text": self.tr("Choose the text column"),
            "label": self.tr("Choose the label column"),
            "labels": self.tr("Give rows with at least 2 labels"),
            "rows": self.tr("Split the rows: only test rows are there"),
            "model": self.tr("Choose a model"),
        }.get(kind, "")
        about = self.tr("This is missing before prompts can be tried; press to go there.")
        if self._at_work:
            kind = "at work"
            said = self.tr("Trying prompts \u2026")
            about = self.tr("The figures come in below; Stop keeps those that are there.")
        elif not kind and self._waits_for:
            said = self.tr("Wait: {work}").format(work=self._waits_for)
            about = self.tr("Other work is going on; stop it or wait until it is done.")
        elif not kind:
            said = self.tr("Try the prompts again") if self._again else self.tr("Try prompts")
            if self._seconds is not None:
                said += self.tr(" (about {time})").format(time=duration(self._seconds))
            about = self.tr(
                "Zero-shot probe: lets the untrained model answer your rows with each template "
                "of the bank, with yours, and with both kinds of words, and ranks them."
            )
        self.setText(said)
        self.setAccessibleName(said)
        self.setToolTip(tip(about))
        # what is missing can be given elsewhere; other work is waited for here
        self.setEnabled(not self._at_work and (bool(self._missing) or not self._waits_for))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
