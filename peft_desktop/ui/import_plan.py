"""From a file, a paste or a sample to a new project: previews, places, and the work itself."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.events import Event, Finished, PhaseChanged, Started, Tick, Warned
from ..core.places import resources
from ..core.ports import Events, ReadAs
from ..core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import pyarrow as pa

    from ..data.imported import Rejected
    from ..data.source import ReadSettings, Source
    from ..data.task_guess import TaskGuess
    from ..projects.prepare import Wishes
    from .errands import Ask

PREVIEW_ROWS = 100
_ROWS_AT_A_TIME = 2000
_ILLEGAL = '<>:"/\\|?*'


@dataclass(frozen=True)
class Preview:
    """How a file reads so far. `complete`: to its end; `shown` holds the first rows for display.

    `stamp` is the file's when it was opened; `label` is empty where no column looks like labels.
    `guesses` holds the roles that columns would play in each task; `task` is the guessed one.
    """

    columns: list[str]
    shown: pa.Table
    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: list[str] = field(default_factory=list)
    rows_read: int = 0
    rows_rejected: int = 0
    first_rejected: Rejected | None = None
    warnings: list[Warned] = field(default_factory=list)
    text: str = ""
    label: str = ""
    task: str = "classification"
    guesses: dict[str, TaskGuess] = field(default_factory=dict)
    complete: bool = False
    stamp: tuple[int, int] | None = None


def read_preview(path: Path, settings: ReadSettings, ask: Ask) -> Preview | None:
    """Read the whole file piece by piece, telling a `Preview` after each; None when unwanted.

    Raises UserError where the file as a whole cannot be read.
    """
    from dataclasses import replace

    from ..data.readers import read_chunks
    from ..data.source import missing_header
    from .widgets.table_model import cut_for_display

    chunks = read_chunks(path, settings, rows=_ROWS_AT_A_TIME)
    source: Source = chunks._source  # the only place that tells what was found out
    preview: Preview | None = None
    count = 0
    doubts: list[Warned] = []
    for table in chunks:
        if not ask.wanted:
            return None
        count += table.num_rows
        if preview is None:
            guess, guesses = _guessed(table)
            doubts = missing_header(path, table)
            preview = Preview(
                list(source.columns),
                cut_for_display(table.slice(0, PREVIEW_ROWS)),
                source.format,
                source.encoding,
                source.delimiter,
                source.sheet,
                _sheets(path) if source.format == "xlsx" else [],
                text=guess.roles.text,
                label=guess.roles.label or "",
                task=guess.task,
                guesses=guesses,
                stamp=source.stamp,
            )
        preview = replace(
            preview,
            rows_read=count,
            rows_rejected=len(chunks.rejected),
            first_rejected=chunks.rejected[0] if chunks.rejected else None,
        )
        ask.tell(preview)
    assert preview is not None  # a file without rows is a UserError
    return replace(
        preview,
        rows_rejected=len(chunks.rejected),
        first_rejected=chunks.rejected[0] if chunks.rejected else None,
        warnings=[*doubts, *chunks.warnings],
        complete=True,
    )


def _guessed(table: pa.Table) -> tuple[TaskGuess, dict[str, TaskGuess]]:
    """The task that the table is for, and how each task would read its columns."""
    from ..data.task_guess import guess_task
    from ..tasks import TASKS

    guess = guess_task(table)
    each = {task.name: guess_task(table, task=task.name) for task in TASKS}
    return guess, each | {guess.task: guess}


def asked_columns(found: Preview) -> tuple[str, str]:
    """The columns of a file that look like questions and like the texts that they are about."""
    from ..data.roles import by_name
    from ..data.task_guess import QUESTION_NAMES

    guess = found.guesses.get("question_answering")
    if guess is not None and guess.roles.question:
        return guess.roles.question, guess.roles.text
    asked = by_name(found.columns, QUESTION_NAMES) or ""
    others = [name for name in found.columns if name != asked]
    if not asked or found.text != asked or not others:
        return asked, found.text
    # by its name alone a question may pass for the text: the longest other column is it
    cells = {name: found.shown.column(name).to_pylist() for name in others}
    return asked, max(others, key=lambda name: sum(len(str(cell)) for cell in cells[name]))


def _sheets(path: Path) -> list[str]:
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
        return list(book.sheet_names)


def write_pasted(text: str, folder: Path) -> Path:
    """Copied text as a file: cells of a spreadsheet come with tabs between them."""
    first = text.partition("\n")[0]
    path = folder / ("pasted.tsv" if "\t" in first else "pasted.csv")
    path.write_text(text, encoding="utf-8", newline="")
    return path


def free_folder(base: Path, name: str) -> Path:
    """`base/name`, or `name-2`, `name-3` ... where that is taken."""
    clean = "".join("-" if c in _ILLEGAL or ord(c) < 32 else c for c in name).strip(" .")
    clean = clean[:80] or "project"
    folder, number = base / clean, 1
    while folder.exists():
        number += 1
        folder = base / f"{clean}-{number}"
    return folder


@dataclass(frozen=True, slots=True)
class Plan:
    """A project to be made. `found` is the preview that the user agreed to."""

    folder: Path
    data: Path
    wishes: Wishes
    read_as: ReadAs = field(default_factory=ReadAs)
    found: Preview | None = None
    test: Path | None = None
    model: str = ""


class _GivenUpError(Exception):
    pass


def prepare(plan: Plan, library: Any, stopped: Callable[[], bool]) -> Events:
    """Make the project; the last event holds its folder. Stopped, it leaves nothing behind."""
    from ..projects.prepare import prepare_project
    from .chosen_model import model_for_new_project

    told: list[Event] = []

    def report(event: Event) -> None:
        told.append(event)
        if stopped():
            raise _GivenUpError

    yield Started("import")
    yield PhaseChanged("reading")
    _check_as_shown(plan)
    try:
        project = prepare_project(
            plan.folder,
            plan.data,
            plan.wishes,
            model=model_for_new_project(library, plan.model),
            test=plan.test,
            read_as=plan.read_as,
            report=report,
        )
    except _GivenUpError:
        yield Tick()
        return
    try:
        for event in told:
            if isinstance(event, Warned):
                yield event
        yield Finished({"folder": str(project.folder)})
    except GeneratorExit:  # stopped at the very end: what was just made goes again
        shutil.rmtree(project.folder, ignore_errors=True)
        raise


def _check_as_shown(plan: Plan) -> None:
    """Raises UserError where the file is no longer the one whose preview the user agreed to."""
    from ..data.steady import stamp_of

    now = stamp_of(plan.data)
    if plan.found is not None and now is not None and now != plan.found.stamp:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The file changed since it was shown."),
            QT_TRANSLATE_NOOP("engine", "Look at what it holds now, then import it."),
            file=plan.data,
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that ships with the program; `titles` by language code."""

    name: str
    titles: dict[str, str]
    record: dict[str, Any]

    def title(self, language: str) -> str:
        return self.titles.get(language) or self.titles.get("en") or self.name

    def plan(self, folder: Path) -> Plan:
        from ..projects.prepare import Wishes

        base, told = resources() / "samples" / self.name, self.record
        wishes = Wishes(
            text=told["text"],
            label=told["label"],
            task=told.get("task", "classification"),
            question=told.get("question"),
            template=told.get("template"),
            words=told.get("words", {}),
            parameters=told.get("parameters", {}),
            seed=told.get("seed", 42),
            per_class=told.get("per_class"),
        )
        test = base / told["test"] if told.get("test") else None
        model = str(told.get("model", ""))
        return Plan(folder, base / told["train"], wishes, test=test, model=model)


FIRST_SAMPLE = "movie_reviews"


def samples() -> list[Sample]:
    """The samples that are there, the one for beginners first; a broken one is left out."""
    found = []
    for path in sorted((resources() / "samples").glob("*/sample.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            found.append(Sample(path.parent.name, dict(record["title"]), record))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted(found, key=lambda sample: sample.name != FIRST_SAMPLE)
