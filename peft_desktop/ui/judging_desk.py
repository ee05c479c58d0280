"""Lets the engine judge a run: on its validation or test rows, or on a labelled file."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import EvaluateRequest, ReadAs, Tuner
from ..core.project import open_project
from ..core.runs import Run, find_run
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .document import Document
from .judging import FILE, Answered
from .work import Work


class JudgingDesk(QObject):
    """`judged(run, split)`, `answered(Answered)` for a file, `failed(error)`, `changed`: began,
    ended or came on; `phase`, `done` and `total` tell how far it is."""

    changed = Signal()
    judged = Signal(str, str)
    answered = Signal(object)
    warned = Signal(object)
    failed = Signal(object)

    def __init__(self, document: Document, work: Work, tuner: Tuner, owner: QObject) -> None:
        super().__init__(owner)
        self._document, self._work, self._tuner, self._owner = document, work, tuner, owner
        self.run = self.split = self.phase = ""
        self.done = self.total = 0
        self._folder: Path | None = None
        self._judged_run: Run | None = None
        self._request = EvaluateRequest()
        self._result: dict[str, Any] = {}

    def judge(self, name: str, split: str) -> bool:
        """Begin; False where that cannot be (told by `failed`, unless something is at work)."""
        return self._begin(name, split, EvaluateRequest(split=split))

    def judge_file(self, name: str, file: Path, read_as: ReadAs) -> bool:
        """The same on the rows of a labelled file. Nothing is written into the run."""
        if self._document.project is None or self._work.busy:
            return False
        if not file.is_file():
            self.failed.emit(
                UserError(
                    QT_TRANSLATE_NOOP("engine", "There is no such file."),
                    QT_TRANSLATE_NOOP("engine", "Check the name and the folder."),
                    file=file,
                )
            )
            return False
        scratch = Path(tempfile.mkdtemp(prefix="peft-desktop-judged-"))
        answers = scratch / "answers.parquet"
        request = EvaluateRequest(data=file, read_as=read_as, answers=answers)
        if self._begin(name, FILE, request):
            return True
        shutil.rmtree(scratch, ignore_errors=True)
        return False

    def _begin(self, name: str, split: str, request: EvaluateRequest) -> bool:
        project = self._document.project
        if project is None or self._work.busy:
            return False
        try:
            run = find_run(project.runs_folder, name)
            if run.state == "running":
                raise UserError(
                    QT_TRANSLATE_NOOP("engine", 'The run "{name}" is still training.'),
                    QT_TRANSLATE_NOOP("engine", "Wait until it is done, or stop it."),
                    name=name,
                )
        except UserError as error:
            self.failed.emit(error)
            return False
        self.run, self.split, self._folder = name, split, project.folder
        self._judged_run, self._request, self._result = run, request, {}
        self.phase, self.done, self.total = "starting", 0, 0
        title = self.tr("judging {run}").format(run=name)
        events = self._tuner.evaluate(run.folder, request)
        began = self._work.start(title, events, self._owner, self._take, self._ended)
        self.changed.emit()
        return began

    def _take(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case ev.PhaseChanged(phase):
                    self.phase, self.done, self.total = phase, 0, 0
                case ev.Progressed(done, total):
                    self.done, self.total = done, total
                case ev.Warned(template, values):
                    self.warned.emit(Sentence(template, values))
                case ev.Finished(result):
                    self._result = result
        self.changed.emit()

    def _ended(self, outcome: str) -> None:
        run, split, self.run = self.run, self.split, ""
        if outcome == "failed" and self._work.error is not None:
            self.failed.emit(self._work.error)
        if split == FILE:
            self._end_file(outcome)
        elif outcome == "done":
            if split == "test":
                self._count_the_look()
            self.judged.emit(run, split)
            self._document.runs_changed.emit()
        self.changed.emit()

    def _end_file(self, outcome: str) -> None:
        request, run = self._request, self._judged_run
        if request.answers is None or request.data is None or run is None:
            return
        if outcome == "done":
            self.answered.emit(Answered(run, request.data, self._result, request.answers))
        else:
            shutil.rmtree(request.answers.parent, ignore_errors=True)

    def count_a_look(self) -> None:
        """Test rows of the open project were looked at elsewhere on the page."""
        self._document.apply({"test_peeks": self._document.file.test_peeks + 1})

    def _count_the_look(self) -> None:
        """Each look at the test rows is counted, and no Undo takes it back."""
        if self._folder is not None and self._folder != self._document.folder:
            with suppress(UserError):
                other = open_project(self._folder)
                other.update(test_peeks=other.file.test_peeks + 1)
            return
        self._document.apply({"test_peeks": self._document.file.test_peeks + 1})
