"""What a user wants of the work that is going on: to hold it, to stop it, to close the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ..core.events import Event, Started
from .questions import Questions
from .work import Work

_STUCK_MS = 12_000  # the worker kills its process after less than that


class WorkWishes(QObject):
    """Asks before anything is lost.

    `training_changed`: `training`, the run that is being trained, is another. `may_end`: the
    work that stood in the way of the end is over. `stuck`: it is not, although it was given time.
    """

    training_changed = Signal()
    may_end = Signal()
    stuck = Signal()

    def __init__(self, work: Work, questions: Questions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._questions = work, questions
        self.training = ""
        self.ending = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STUCK_MS)
        self._timer.timeout.connect(self.stuck)
        work.events.connect(self._on_events)
        work.ended.connect(self._on_ended)

    @Slot()
    def pause(self) -> None:
        """Hold the work, or let it go on."""
        if self._work.job is not None:
            self._work.pause(not self._work.job.paused)

    @Slot()
    def stop(self) -> None:
        if self._sure():
            self._work.stop()

    def ask_to_end(self) -> bool:
        """Whether the window may close now; False also while the work is being stopped."""
        if self._work.busy and not self.ending and self._sure():
            self.end()
        return not self._work.busy

    def end(self) -> None:
        """Stop the work without a question; `may_end` comes when it has stopped."""
        if self._work.busy and not self.ending:
            self.ending = True
            self._timer.start()
            self._work.stop()

    def _sure(self) -> bool:
        """Ask; the owner of the work may know better than we what stopping it would mean."""
        if not self._work.busy:
            return False
        consequences = getattr(self._work.owner, "consequences", None)
        kept = str(consequences()) if self.training and consequences is not None else ""
        return self._questions.stop(self._work.title, bool(self.training), kept)

    @Slot(object)
    def _on_events(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Started) and event.what == "train":
                self.training = str(event.facts.get("run", ""))
                self.training_changed.emit()

    @Slot(str)
    def _on_ended(self, outcome: str) -> None:
        self._timer.stop()
        self.training = ""
        self.training_changed.emit()
        if self.ending:
            self.may_end.emit()
