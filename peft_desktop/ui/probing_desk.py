"""Lets the engine try prompts without training, and keeps what it found with the project."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.project import Project
from ..core.words import Sentence
from ..projects.probe_record import ProbeRecord, keep_probe, load_probe, own_prompts
from .pages.page import Surroundings
from .probing import PLANNED, Entry, Wish, missing, probing


class ProbingDesk(QObject):
    """`changed`: a probe began, came on or ended, or another project is open.

    `entries` are the prompts as far as they were tried, the engine's best first; `record` is what
    is kept of the last probe; `done` of `total` answers are there after `seconds`.
    """

    changed = Signal()
    warned = Signal(object)
    failed = Signal(object)

    def __init__(self, around: Surroundings, owner: QObject) -> None:
        super().__init__(owner)
        self._around, self._owner = around, owner
        self._document, self._work = around.document, around.work
        self.record: ProbeRecord | None = None
        self.entries: list[Entry] = []
        self.majority: float | None = None
        self.at_work = False
        self.phase = ""
        self.done = self.total = 0
        self._began = self._first = 0.0
        self._first_done = 0
        self._wish: Wish | None = None
        self._facts: dict[str, Any] = {}
        self._result: dict[str, Any] = {}
        self._document.opened.connect(self._opened)

    # ---- what is asked

    def try_prompts(self, rows: int, find_words: str = "") -> bool:
        """Begin; False where that cannot be, because something is missing or at work."""
        project = self._document.project
        if project is None or self._work.busy or missing(project.file):
            return False
        before = self.record.own if self.record is not None else ()
        own = own_prompts(before, project.file.prompt)
        device = self._around.settings.device
        meant = Project(project.folder, project.file)
        self._wish = Wish(meant, rows, device, find_words, own)
        self._facts, self._result = {}, {}
        self.entries, self.majority = [], None
        self.at_work, self.phase, self.done, self.total = True, "starting", 0, 0
        self._began = time.monotonic()
        self._first, self._first_done = 0.0, 0
        events = probing(self._around.tuner, self._around.library, self._wish)
        title = self.tr("trying prompts")
        self._work.start(title, events, self._owner, self._take, self._ended)
        self.changed.emit()
        return True

    @Slot()
    def stop(self) -> None:
        """What is ranked so far is kept."""
        if self.at_work:
            self._work.stop()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began if self.at_work else 0.0

    @property
    def seconds_left(self) -> float | None:
        """By the pace since the first answers; None while that tells nothing yet."""
        came = self.done - self._first_done
        if not self.at_work or not self.total or came <= 0:
            return None
        return (time.monotonic() - self._first) * (self.total - self.done) / came

    def forget(self, entry: Entry) -> None:
        """Take a prompt of the user's out of those that every probe tries."""
        project = self._document.project
        if project is None or self.record is None or self.at_work:
            return
        own = [spec for spec in self.record.own if spec != entry.prompt]
        ranked = [record for record in self.record.ranked if Entry(record).key != entry.key]
        self._keep(project, self.record.model_copy(update={"own": own, "ranked": ranked}))
        self._show_record()

    # ---- what comes of it

    def _take(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case ev.Started(what=what, facts=facts) if what == PLANNED:
                    self._facts = facts
                    self.majority = facts["majority"]
                case ev.PhaseChanged(phase):
                    self.phase = phase
                case ev.Progressed(done, total, unit) if unit == "answers":
                    if not self.done:
                        self._first, self._first_done = time.monotonic(), done
                    self.done, self.total = done, total
                case ev.Ranked(ranked):
                    self._result = {**self._result, "ranked": ranked}
                    self.entries = [Entry(record) for record in ranked]
                case ev.Warned(template, values):
                    self.warned.emit(Sentence(template, values))
                case ev.Finished(result):
                    self._result = result
        self.changed.emit()

    def _ended(self, outcome: str) -> None:
        took, wish = self.seconds, self._wish
        self.at_work, self._wish = False, None
        if outcome == "failed" and self._work.error is not None:
            self.failed.emit(self._work.error)
        if outcome != "failed" and self._result.get("ranked") and wish is not None:
            result = {"majority": {"accuracy": self._facts.get("majority", 0.0)}, **self._result}
            record = ProbeRecord.of(
                wish.project.file,
                wish.project.file.model,
                self._facts.get("rows", ()),
                {**result, "seconds": {"all": took}},
                find_words=wish.find_words,
                complete=outcome == "done",
                own=wish.own,
            )
            self._keep(wish.project, record)
        self._show_record()

    def _keep(self, project: Project, record: ProbeRecord) -> None:
        self.record = record
        try:
            keep_probe(project, record)
        except UserError as error:
            self.failed.emit(error)

    @Slot()
    def _opened(self) -> None:
        self.record = None
        if self._document.folder is not None:
            try:
                self.record = load_probe(self._document.folder)
            except UserError as error:
                self.failed.emit(error)
        if not self.at_work:
            self._show_record()

    def _show_record(self) -> None:
        record = self.record
        self.entries = [] if record is None else [Entry(entry) for entry in record.ranked]
        self.majority = None if record is None else record.majority.get("accuracy")
        self.changed.emit()
