"""Uses a trained model: one text as it is typed, or a file in and a file out."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import Events, PredictRequest, ReadAs, Tuner
from ..core.project import open_project
from ..core.runs import Run, list_runs
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .judging import has_model
from .work import Work

if TYPE_CHECKING:
    import pyarrow as pa

DEBOUNCE_MS = 250
FORMATS = (".csv", ".xlsx", ".parquet", ".tsv")
SHOWN_ROWS = 200
_ESTIMATE_AFTER_S = 0.8


@dataclass(frozen=True, slots=True)
class Model:
    """A run whose weights can be used; `project` is the name of a project that is not open."""

    run: Run
    project: str = ""

    @property
    def folder(self) -> Path:
        return self.run.folder

    @property
    def labels(self) -> list[str]:
        return list(self.run.recipe.labels)


@dataclass(frozen=True)
class Written:
    """What became of a file: rows, counts by label, where it lies, and its first rows."""

    rows: int
    counts: dict[str, int]
    target: Path
    rejected: int = 0
    rejected_file: str = ""


def models_in(runs_folder: Path | None, project: str = "") -> list[Model]:
    """Runs with weights, the newest first; for a thread."""
    runs = [] if runs_folder is None else list_runs(runs_folder)
    return [Model(run, project) for run in reversed(runs) if has_model(run)]


def models_of(project: Path) -> list[Model]:
    """The models of a project that is not opened for it; for a thread. Raises UserError."""
    found = open_project(project)
    models = models_in(found.runs_folder, found.file.name or found.folder.name)
    if not models:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This project has no trained model."),
            QT_TRANSLATE_NOOP("engine", "Train one in it first."),
            file=found.folder,
        )
    return models


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a labelling is: rows done of `total` (0: not known), `seconds` since the first."""

    done: int = 0
    total: int = 0
    seconds: float = 0.0
    before: int = 0  # rows that were done when the clock began

    @property
    def seconds_left(self) -> float | None:
        """None while too little is known to say."""
        counted = self.done - self.before
        if not self.total or counted <= 0 or self.seconds < _ESTIMATE_AFTER_S:
            return None
        return max(0.0, (self.total - self.done) * self.seconds / counted)


def target_for(source: Path, ending: str = "") -> Path:
    """A name beside the source that is not taken; the same format where it can be written."""
    if ending not in FORMATS:
        ending = source.suffix.lower() if source.suffix.lower() in FORMATS else ".csv"
    number = 1
    target = source.with_name(f"{source.stem}-labelled{ending}")
    while target.exists():
        number += 1
        target = source.with_name(f"{source.stem}-labelled-{number}{ending}")
    return target


def taken(target: Path) -> UserError:
    """Nobody has said that this file may be replaced."""
    return UserError(
        QT_TRANSLATE_NOOP("engine", "There is a file of this name already."),
        QT_TRANSLATE_NOOP("engine", "Choose another name; nothing was changed."),
        file=target,
    )


def check_files(source: Path, target: Path) -> None:
    """Raises UserError for a source that is none, and a target that would destroy something."""
    if not source.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no such file."),
            QT_TRANSLATE_NOOP("engine", "Check the name and the folder."),
            file=source,
        )
    if target.suffix.lower() not in FORMATS:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "Files of this kind are not written."),
            QT_TRANSLATE_NOOP("engine", "Let the name end in one of: {known}."),
            file=target,
            known=", ".join(FORMATS),
        )
    if target.is_dir() or (target.exists() and target.samefile(source)):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The labelled rows cannot be written over this."),
            QT_TRANSLATE_NOOP("engine", "Choose another name; nothing was changed."),
            file=target,
        )


def first_rows(target: Path) -> tuple[pa.Table, pa.Table]:
    """The first rows of a written file, whole and cut for display; for a thread."""
    from ..data.readers import ReadSettings, read_chunks
    from .widgets.table_model import cut_for_display

    known = target.suffix.lower()
    delimiter = {".csv": ",", ".tsv": "\t"}.get(known)
    settings = ReadSettings("utf-8" if delimiter else None, delimiter, None)
    table = next(iter(read_chunks(target, settings, SHOWN_ROWS)), None)
    if table is None:
        import pyarrow as pa

        table = pa.table({})
    return table, _rounded(cut_for_display(table))


def _rounded(table: pa.Table) -> pa.Table:
    """Probabilities as one reads them; the file and what is copied keep every digit."""
    for place, name in enumerate(table.column_names):
        if name == "probability" or name.startswith("probability_"):
            texts = [_three_digits(text) for text in table.column(name).to_pylist()]
            table = table.set_column(place, name, [texts])
    return table


def _three_digits(text: str) -> str:
    try:
        return f"{float(text):.3f}"
    except ValueError:
        return text


@dataclass(frozen=True)
class Wish:
    """A text to be answered: by which model, and how it is to be written."""

    model: Model
    row: dict[str, str]
    settings: dict[str, Any] | None = None
    number: int = 0


class LiveText(QObject):
    """Asks for the newest text once typing rests and the engine is free; older ones are dropped.

    `answered(chances)`: label -> probability of the newest text (empty: there is none), after
    `told(row)` with all of the answer's columns; `written(text)`: the answer as far as it is there.
    `waits(for_what)`: other work is at it (empty: no more). `failed(error)`.
    """

    answered = Signal(object)
    told = Signal(object)
    written = Signal(str)
    waits = Signal(str)
    thinking = Signal(bool)
    failed = Signal(object)

    def __init__(self, work: Work, tuner: Tuner, owner: QObject) -> None:
        super().__init__(owner)
        self._work, self._tuner, self._owner = work, tuner, owner
        self._wanted: Wish | None = None
        self._asked: Wish | None = None
        self._answer: dict[str, Any] | None = None
        self.at_work = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        work.ended.connect(self._free_again)

    def want(
        self,
        model: Model | None,
        row: dict[str, str],
        settings: dict[str, Any] | None = None,
        number: int = 0,
    ) -> None:
        """This text now; a blank one, or no model, asks nothing.

        With `settings` (of the task) the answer is told as it is written; another `number` asks
        for the same text once more.
        """
        blank = not any(text.strip() for text in row.values())
        if model is not None and model.run.recipe.task == "question_answering":
            blank = not all(text.strip() for text in row.values())  # half a question says nothing
        self._wanted = None if model is None or blank else Wish(model, row, settings, number)
        if self._wanted is None:
            self._timer.stop()
            self.told.emit({})
            self.answered.emit({})
            self.waits.emit("")
            self.thinking.emit(False)
        else:
            self._timer.start()

    @Slot()
    def _ask(self) -> None:
        if self._wanted is None or self.at_work:
            return
        if self._work.busy:
            self.waits.emit(self._work.title)
            return
        wish = self._asked = self._wanted
        self._answer = None
        request = PredictRequest(
            rows=(wish.row,), stream=wish.settings is not None, settings=wish.settings or {}
        )
        events = self._tuner.predict(wish.model.folder, request)
        self.at_work = True
        self.waits.emit("")
        self.thinking.emit(True)
        title = self.tr("labelling a text")
        self._work.start(title, events, self._owner, self._take, self._ended)

    def _take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, ev.Wrote):
                self.written.emit(event.text)
            elif isinstance(event, ev.Finished):
                rows = event.result.get("rows") or [{}]
                self._answer = rows[0]

    def _ended(self, outcome: str) -> None:
        self.at_work = False
        self.thinking.emit(False)
        newest = self._asked == self._wanted
        if newest and self._answer is not None and outcome == "done":
            self.told.emit(self._answer)
            self.answered.emit(chances_of(self._answer))
        elif newest and outcome == "failed" and self._work.error is not None:
            self.failed.emit(self._work.error)

    @Slot(str)
    def _free_again(self, _: str) -> None:
        """Something ended: what was typed meanwhile has its turn."""
        if self._wanted is not None and self._wanted != self._asked and not self._timer.isActive():
            self._ask()


def chances_of(answer: dict[str, Any]) -> dict[str, float]:
    """Label -> probability from an answer's columns."""
    prefix = "probability_"
    return {
        name.removeprefix(prefix): float(value)
        for name, value in answer.items()
        if name.startswith(prefix) and isinstance(value, int | float)
    }


def _of_total(events: Events, total: int) -> Events:
    """The same work; its progress also says of how many, so that the status bar can show it."""
    with closing(events):
        for event in events:
            if total and isinstance(event, ev.Progressed) and not event.total:
                event = replace(event, total=total)
            yield event


class FileLabelling(QObject):
    """A file in, a file out. `changed`: began, came on or ended; `wrote(Written)`, `failed`."""

    changed = Signal()
    wrote = Signal(object)
    warned = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Work, tuner: Tuner, owner: QObject) -> None:
        super().__init__(owner)
        self._work, self._tuner, self._owner = work, tuner, owner
        self.at_work = False
        self.pace = Pace()
        self._began = 0.0
        self._result: dict[str, Any] = {}

    def label(
        self, model: Model, source: Path, target: Path, read_as: ReadAs, total: int = 0
    ) -> bool:
        """Begin; False where that cannot be (told by `failed`, unless something is at work).

        `total`: how many rows the file has, where that is known.
        """
        if self._work.busy:
            return False
        try:
            check_files(source, target)
        except UserError as error:
            self.failed.emit(error)
            return False
        self.at_work, self.pace, self._result = True, Pace(total=total), {}
        title = self.tr("labelling {file}").format(file=source.name)
        request = PredictRequest(source=source, target=target, read_as=read_as)
        events = _of_total(self._tuner.predict(model.folder, request), total)
        began = self._work.start(title, events, self._owner, self._take, self._ended)
        self.changed.emit()
        return began

    def know_total(self, total: int) -> None:
        """The rows were counted meanwhile."""
        if self.at_work and total != self.pace.total:
            self.pace = replace(self.pace, total=total)
            self.changed.emit()

    def _take(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case ev.Progressed(done):
                    self._count(done)
                case ev.Warned(template, values):
                    self.warned.emit(Sentence(template, values))
                case ev.Finished(result):
                    self._result = result
        self.changed.emit()

    def _count(self, done: int) -> None:
        now = time.monotonic()
        if not self.pace.done:  # loading the model says nothing of the pace
            self._began = now
            self.pace = replace(self.pace, done=done, before=done)
        else:
            self.pace = replace(self.pace, done=done, seconds=now - self._began)

    def _ended(self, outcome: str) -> None:
        self.at_work = False
        found = self._result
        if outcome == "failed" and self._work.error is not None:
            self.failed.emit(self._work.error)
        elif outcome == "done" and found:
            self.wrote.emit(
                Written(
                    int(found.get("rows", 0)),
                    dict(found.get("counts") or {}),
                    Path(str(found["target"])),
                    int(found.get("rejected", 0)),
                    str(found.get("rejected_file", "")),
                )
            )
        self.changed.emit()
