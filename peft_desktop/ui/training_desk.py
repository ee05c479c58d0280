"""Starts, watches, stops and resumes runs, and shows old ones again, in one RunView."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import Tuner
from ..core.project import Project
from ..core.recipe import Recipe
from ..core.runs import Run, find_run, free_name, is_past, release_own_locks
from .document import Document
from .errands import Ask, Errands
from .training_plan import in_force
from .training_run import can_resume, can_start_again, new_run, read_again, training
from .widgets.run_view import RunView
from .work import Work


class TrainingDesk(QObject):
    """One run at work at most (`live`); the view shows that one or another.

    `changed`: a run began or ended. `failed(error)`: what could not be done. Live and past look
    the same, because the same events go the same way. `preferred()` gives the training settings
    that hold where the project says nothing else.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        document: Document,
        work: Work,
        tuner: Tuner,
        library: Any,
        view: RunView,
        preferred: Callable[[], Mapping[str, Any]],
    ) -> None:
        super().__init__(view)
        self._document, self._work, self._view = document, work, view
        self._tuner, self._library, self._preferred = tuner, library, preferred
        self._errands = Errands(self)
        self.live = ""
        self._events: list[Event] = []
        self._recipe: Recipe | None = None
        self.question: QMessageBox | None = None
        status = view.status
        status.stop_asked.connect(self.ask_to_stop)
        status.pause_asked.connect(work.pause)
        status.resume_asked.connect(self.resume)
        work.paused.connect(self._paused)
        document.opened.connect(self._opened)

    @property
    def shows_live(self) -> bool:
        return bool(self.live) and self._view.status.name == self.live

    def train(self, name: str = "") -> None:
        """Make a new run of the project as it stands, called `name` or as is free, and train it."""
        project = self._document.project
        if project is None or self._work.busy:
            return
        try:
            project.check_there()
            self._document.save()
            if self._document.unsaved:  # it is told why
                return
            name = name or free_name(project.runs_folder, project.file.method)
            meant = Project(project.folder, in_force(project.file, self._preferred()))
            recipe, folder = new_run(meant, self._library, name)
        except UserError as error:
            self.failed.emit(error)
            return
        self._start(recipe, folder.name, resume=False)

    @Slot()
    def resume(self) -> None:
        """Go on with the run in the view from its newest checkpoint, or begin it again."""
        run = self._run_called(self._view.status.name)
        if run is not None and not self._work.busy:
            self._start(run.recipe, run.name, resume=True)

    def show_run(self, name: str) -> None:
        """The run at work as it goes on, any other one read again from its events."""
        project = self._document.project
        if project is None:
            return
        self._errands.drop("replay")
        self._view.load_curves()
        if name == self.live and self._recipe is not None:
            self._show_live(self._recipe)
            return
        run = self._run_called(name)
        if run is None:
            return
        self._view.begin(name, live=False)
        self._view.set_recipe(project.folder, run.recipe, project.file.data_sha256)
        self._errands.run(
            "replay",
            lambda ask: _read(run, ask),
            lambda _: self._view.status.end(run.state, can_resume(run), can_start_again(run)),
            self.failed.emit,
            self._view.take,
        )

    def _show_live(self, recipe: Recipe) -> None:
        project = self._document.project
        self._view.begin(self.live, live=True)
        if project is not None:
            self._view.set_recipe(project.folder, recipe, project.file.data_sha256)
        self._view.take(self._events)
        job = self._work.job
        self._view.status.set_paused(job is not None and job.paused)

    def _start(self, recipe: Recipe, name: str, resume: bool) -> None:
        project = self._document.project
        if project is None:
            return
        self._errands.drop("replay")
        self.live, self._events, self._recipe = name, [], recipe
        self._view.load_curves()
        self._show_live(recipe)
        work = training(self._tuner, recipe, project.runs_folder / name, resume)
        title = self.tr("training {run}").format(run=name)
        self._work.start(title, work, self, self._take, self._ended)
        self._document.runs_changed.emit()
        self.changed.emit()

    def _take(self, events: list[Event]) -> None:
        back = next((event for event in events if isinstance(event, ev.Resumed)), None)
        self._events += events
        if back is not None:  # what lies behind the checkpoint did not happen
            place = self._events.index(back)
            before = [e for e in self._events[:place] if not is_past(e, back.step)]
            self._events = [*before, *self._events[place:]]
            if self.shows_live and self._recipe is not None:
                self._show_live(self._recipe)
        elif self.shows_live:
            self._view.take(events)

    def _ended(self, outcome: str) -> None:
        shown, name = self.shows_live, self.live
        self.live, self._events = "", []
        if self.question is not None:
            self.question.close()
        if self._document.project is not None:
            release_own_locks(self._document.project.runs_folder)
        run = self._run_if_there(name)
        if shown and run is None:  # its folder has gone
            self._view.forget()
        elif shown and run is not None:
            state = {"done": "finished"}.get(outcome, outcome)
            self._view.status.end(state, can_resume(run), can_start_again(run))
        if outcome == "failed" and self._work.error is not None:
            self.failed.emit(self._work.error)
        self._document.runs_changed.emit()
        self.changed.emit()

    @Slot()
    def ask_to_stop(self) -> None:
        """Say what stopping means, and stop if that is wanted; training goes on meanwhile."""
        if not self.live or self.question is not None:
            return
        box = QMessageBox(self._view)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Stop training?"))
        box.setText(self.tr("Stop training {run}?").format(run=self.live))
        box.setInformativeText(self.consequences())
        stop = box.addButton(self.tr("&Stop training"), QMessageBox.ButtonRole.AcceptRole)
        go_on = box.addButton(self.tr("&Go on"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        stop.clicked.connect(self._work.stop)
        box.finished.connect(self._answered)
        self.question = box
        box.open()

    def consequences(self) -> str:
        """What stopping the run at work would keep, in words; the frame says it when closing."""
        found = [e for e in self._events if isinstance(e, ev.Evaluated) and e.best]
        if not found:
            return self.tr(
                "The validation rows were not looked at yet, so there is no model to keep. You "
                "can resume if a checkpoint was written."
            )
        return self.tr(
            "The best weights so far (step {step}, validation loss {loss}) are kept and can be "
            "evaluated and used. You can resume later."
        ).format(step=found[-1].step, loss=f"{found[-1].loss:.3f}")

    @Slot()
    def _answered(self) -> None:
        if self.question is not None:
            self.question.deleteLater()
            self.question = None

    @Slot(bool)
    def _paused(self, paused: bool) -> None:
        if self.shows_live:
            self._view.status.set_paused(paused)

    @Slot()
    def _opened(self) -> None:
        self._errands.drop("replay")
        if not self.shows_live:
            self._view.forget()

    def _run_if_there(self, name: str) -> Run | None:
        project = self._document.project
        if project is None:
            return None
        with suppress(UserError):
            return find_run(project.runs_folder, name)
        return None

    def _run_called(self, name: str) -> Run | None:
        if self._document.project is None or not name:
            return None
        try:
            return find_run(self._document.project.runs_folder, name)
        except UserError as error:
            self.failed.emit(error)
            return None


def _read(run: Run, ask: Ask) -> None:
    read_again(run.folder, ask.tell, lambda: ask.wanted)
