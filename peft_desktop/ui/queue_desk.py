"""Starts, watches, stops and goes on with a queue of trainings; shows earlier ones again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import Events
from ..core.project import Project
from ..core.runs import release_own_locks
from ..core.words import Sentence
from .errands import Errands
from .pages.page import Surroundings
from .queue_progress import QueueProgress


@dataclass(frozen=True, slots=True)
class Kept:
    """A queue that the project keeps: how many of its runs are done or failed."""

    name: str
    done: int
    failed: int
    total: int


class QueueDesk(QObject):
    """What a shoot-out and the training of several patterns have in common.

    `changed`: a queue began, came on, ended, or another one is shown. `plan` is the one that is
    shown and `rows` its table; both are empty for a new one. `warned(Sentence)`, `failed(error)`.
    """

    changed = Signal()
    warned = Signal(object)
    failed = Signal(object)

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._document, self._work = around.document, around.work
        self._errands = Errands(self)
        self.plan: Any = None
        self.rows: list[dict[str, Any]] = []
        self.result: dict[str, Any] = {}
        self.progress = QueueProgress()
        self.at_work = False
        self._looked = False
        self._document.opened.connect(self._opened)

    def kept(self) -> list[Kept]:
        """The project's queues, newest first."""
        project = self._document.project
        found: list[Kept] = []
        if project is None:
            return found
        for name in reversed(self.names(project)):
            try:
                states = [cell.state for cell in self.loaded(project, name).cells]
            except UserError:
                continue  # it went in this moment
            found.append(Kept(name, states.count("done"), states.count("failed"), len(states)))
        return found

    # ---- what differs

    def names(self, project: Project) -> list[str]:
        """What the project's queues of this kind are called, oldest first."""
        raise NotImplementedError

    def title(self, name: str) -> str:
        """What the status bar says while it is at work."""
        raise NotImplementedError

    def carried_out(self, project: Project, looked: Callable[[Project], None]) -> Events:
        """The events of the plan's work."""
        raise NotImplementedError

    def read(self, project: Project, name: str) -> tuple[Any, list[dict[str, Any]]]:
        """A plan and its table; for a thread."""
        raise NotImplementedError

    # ---- what is asked

    @property
    def busy(self) -> bool:
        return self._errands.busy

    @property
    def waiting(self) -> int:
        """How many runs are still to do; those that failed are tried again."""
        return sum(cell.state != "done" for cell in self.plan.cells) if self.plan else 0

    def project(self) -> Project | None:
        """The open project with the user's preferences, apart from the one that is edited."""
        from .training_plan import in_force

        project = self._document.project
        if project is None:
            return None
        return Project(project.folder, in_force(project.file, self._around.settings.training))

    def show_new(self) -> None:
        """Show nothing that was; a new queue is to be planned."""
        if not self.at_work:
            self._errands.drop("read")
            self.plan, self.rows, self.result = None, [], {}
            self.changed.emit()

    def show(self, name: str) -> None:
        """Show one of the project's queues as far as it came."""
        project = self.project()
        if project is None or self.at_work:
            return
        self._errands.run(
            "read", lambda _: self.read(project, name), self._on_read, self.failed.emit
        )

    def go_on(self) -> bool:
        """Do what is still to do; False where that cannot be."""
        project = self.project()
        if project is None or self.plan is None or self._work.busy:
            return False
        try:
            project.check_there()
        except UserError as error:
            self.failed.emit(error)
            return False
        self._document.save()
        if self._document.unsaved:  # it is told why
            return False
        self._errands.drop("read")
        self.at_work, self._looked = True, False
        self.progress.clear()
        self.progress.total = len(self.plan.cells)
        events = self.carried_out(project, self._on_looked)
        self._work.start(self.title(self.plan.name), events, self, self._take, self._ended)
        self.changed.emit()
        return True

    @Slot()
    def stop(self) -> None:
        """What is finished is kept; the run at work goes on where it was, later."""
        if self.at_work:
            self._work.stop()

    def consequences(self) -> str:
        """What stopping would mean; the frame says it when it asks."""
        done = sum(cell.state == "done" for cell in self.plan.cells) if self.plan else 0
        return self.tr(
            "{done} of {total} trainings are finished and kept; you can go on with the rest later."
        ).format(done=done, total=len(self.plan.cells) if self.plan else 0)

    # ---- what comes of it

    def _on_looked(self, project: Project) -> None:
        """The test rows are looked at; called in the work's thread, counted in the window's."""
        self._looked = True

    def _take(self, events: list[Event]) -> None:
        for event in events:
            self.progress.take(event)
            match event:
                case ev.Started(what=what) if what in ("cell", "train"):
                    self._document.runs_changed.emit()
                    self.came(event)
                case ev.Ranked(ranked) if all("row" in entry for entry in ranked):
                    self.rows = ranked
                    self._read_plan()
                case ev.Warned(template, values):
                    self.warned.emit(Sentence(template, values))
                case ev.Finished(result):
                    self.result = result
        self._count_a_look()
        self.changed.emit()

    def came(self, event: Event) -> None:
        """A run begins; who needs more of the plan than its table reads it again."""

    def _count_a_look(self) -> None:
        if self._looked:
            self._looked = False
            peeks = self._document.file.test_peeks + 1
            self._document.apply({"test_peeks": peeks})

    def _ended(self, outcome: str) -> None:
        self.at_work = False
        self._count_a_look()
        if self._document.project is not None:
            release_own_locks(self._document.project.runs_folder)
        if outcome == "failed" and self._work.error is not None:
            self.failed.emit(self._work.error)
        self._read_plan()
        self._document.runs_changed.emit()
        self.changed.emit()

    def _read_plan(self) -> None:
        """The plan as it was written last: the queue writes it after every run."""
        project = self.project()
        if project is None or self.plan is None:
            return
        try:
            self.plan = self.loaded(project, self.plan.name)
        except UserError:
            return  # it was stopped before it wrote anything, or its folder has gone

    def loaded(self, project: Project, name: str) -> Any:
        """The plan of that name."""
        raise NotImplementedError

    def _on_read(self, found: tuple[Any, list[dict[str, Any]]]) -> None:
        if not self.at_work:
            self.plan, self.rows = found
            self.result = {}
            self.changed.emit()

    @Slot()
    def _opened(self) -> None:
        self._errands.drop_all()
        if not self.at_work:
            self.plan, self.rows, self.result = None, [], {}
            self.changed.emit()
