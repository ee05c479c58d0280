"""From files to a project: read, check, split, choose a prompt; all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import UserError
from ..core.events import Event, PhaseChanged, Warned
from ..core.files import staged_folder
from ..core.ports import ReadAs
from ..core.project import Project, ProjectFile, Roles, check_new_folder, create_project
from ..core.words import QT_TRANSLATE_NOOP
from ..tasks import Task, task_named
from .first_prompt import Asked, ChosenModel, Given, first_prompt
from .gold import labels_of, rows_with_gold, untaught
from .parts import Part, align, read_parts, tell
from .splitting import Labelled, Report, split_rows

if TYPE_CHECKING:
    from ..data.readers import Where
    from ..data.task_guess import TaskGuess

__all__ = ["ChosenModel", "Wishes", "prepare_project"]

GUESSED = QT_TRANSLATE_NOOP("engine", "The task is {task}: {reason}.")
_SAMPLE = 200  # texts that the bank looks at: language, and what they speak of


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user said about a new project; what is None or empty is found out. Not `labelled`:
    the texts have no labels, whatever the columns are called. Without a `task` it is guessed."""

    text: str | None = None
    label: str | None = None
    labelled: bool = True
    task: str | None = None
    question: str | None = None
    template: str | None = None
    also: Sequence[str] = ()
    virtual: bool = False
    words: Mapping[str, list[str]] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    seed: int = 42
    per_class: int | None = None


def prepare_project(
    folder: Path,
    data: Where,
    wishes: Wishes,
    *,
    model: ChosenModel,
    valid: Path | None = None,
    test: Path | None = None,
    read_as: ReadAs | None = None,
    report: Report = lambda event: None,
) -> Project:
    """Make a project at `folder` of `data` (and of `valid` and `test` rows of their own).

    `report` gets phases and warnings. Nothing is left at `folder` when it fails. Raises UserError
    for a folder that is taken, files that cannot be read, columns that are not there, fewer than
    two labels, and a prompt that does not fit labels or model.
    """
    folder = folder.absolute()
    check_new_folder(folder)
    report(PhaseChanged("reading"))
    files = {"data": data, "valid": valid, "test": test}
    parts = read_parts(files, read_as or ReadAs())
    task, guess = _task(parts, wishes, report)
    roles = _roles(parts, task, guess, wishes)
    report(PhaseChanged("checking"))
    rows = _gold(task, parts, roles, report)
    labels = labels_of(task, rows, parts, roles, report)
    align(parts, report)
    columns = parts[0].columns
    texts = parts[0].column(roles.text)[:_SAMPLE]
    given = Given(wishes.template, wishes.words, wishes.parameters, wishes.also, wishes.virtual)
    asked = Asked(task, roles.question, guess.second)
    prompt, warnings = first_prompt(
        given, labels or list(wishes.words), texts, columns, roles.text, model, asked
    )
    for warning in warnings:
        report(warning)
    roles, splits = _split(rows, roles, wishes, report)
    for warning in untaught(labels, rows, splits):
        report(warning)
    _warn_of_overlap(parts, roles.text, splits, report)
    file = ProjectFile(
        name=folder.name,
        task=task.name,
        roles=roles,
        columns=columns,
        labels=labels,
        prompt=prompt,
        model=model.name,
        method=task.method,
        seed=wishes.seed,
        per_class=wishes.per_class,
        splits=splits,
    )
    return _written(folder, parts, file)


def _task(parts: Sequence[Part], wishes: Wishes, report: Report) -> tuple[Task, TaskGuess]:
    """The task, guessed where the user did not say, and every file in its spelling."""
    from ..data.task_guess import guess_task

    chosen = {"text": wishes.text, "label": wishes.label, "question": wishes.question}
    main = parts[0]
    if wishes.task is not None:
        name = wishes.task
    elif not wishes.labelled:
        name = "classification"
    else:
        name = guess_task(main.imported.table, **chosen, file=str(main.path)).task
    task = task_named(name)
    for part in parts:
        task.tidied(part.imported, **chosen)
    tell(parts, report)
    guess = guess_task(main.imported.table, **chosen, task=name, file=str(main.path))
    if wishes.task is None and name != "classification":
        report(Warned(GUESSED, {"task": task.title, "reason": str(guess.reason), "name": name}))
    return task, guess


def _roles(parts: Sequence[Part], task: Task, guess: TaskGuess, wishes: Wishes) -> Roles:
    from ..data.roles import require

    roles = Roles(**guess.roles.model_dump())
    if not wishes.labelled:
        roles = roles.model_copy(update={"label": None})
    if wishes.question is not None or not task.needs_question:
        roles = roles.model_copy(update={"question": wishes.question})
    main = parts[0]
    if roles.question is not None:
        require(main.columns, roles.question, field="question", file=str(main.path))
    if task.needs_question and roles.question is None:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "No column looks like questions."),
            QT_TRANSLATE_NOOP("engine", "Say which one it is (--question COL)."),
            file=main.path,
        )
    for part in parts[1:]:
        for role, name in (
            ("text", roles.text),
            ("question", roles.question),
            ("label", roles.label),
        ):
            if name is not None:
                require(part.columns, name, field=role, file=str(part.path))
    return roles


def _gold(task: Task, parts: Sequence[Part], roles: Roles, report: Report) -> list[Labelled]:
    from ..data.checks import blank_texts

    found: list[Labelled] = []
    for part in parts:
        for warning in blank_texts(part.column(roles.text)):
            report(warning)

        def home(row: int, split: str = part.split) -> str:
            return split

        table = part.imported.table
        found += rows_with_gold(task, table, part.ids, roles, home, report, part.path.name)
    return found


def _split(
    rows: Sequence[Labelled], roles: Roles, wishes: Wishes, report: Report
) -> tuple[Roles, dict[str, list[int]]]:
    """The splits; a group column that was only guessed by its name may not stand in the way."""
    if roles.label is None:
        return roles, {}
    told: list[Event] = []
    try:
        splits = split_rows(rows, wishes.per_class, wishes.seed, told.append)
    except UserError:
        if roles.group is None:
            raise
        told = [
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    'The column "{column}" is not used as the group: rows that stay together by '
                    "it cannot be split.",
                ),
                {"column": roles.group},
            )
        ]
        roles = roles.model_copy(update={"group": None})
        alone = [replace(row, group="") for row in rows]
        splits = split_rows(alone, wishes.per_class, wishes.seed, told.append)
    for event in told:
        report(event)
    return roles, splits


def _warn_of_overlap(
    parts: Sequence[Part], text: str, splits: Mapping[str, Sequence[int]], report: Report
) -> None:
    from ..data.checks import overlap

    texts = [value for part in parts for value in part.column(text)]
    seen = [texts[row] for row in splits.get("train", ())]
    for warning in overlap(seen, [texts[row] for row in splits.get("test", ())]):
        report(warning)


def _written(folder: Path, parts: Sequence[Part], file: ProjectFile) -> Project:
    """Everything goes into a folder beside, which then takes its place in one step."""
    from ..core.files import sha256_of
    from ..data.store import store

    with staged_folder(folder) as stage:
        made = create_project(stage, file)
        store([(part.split, part.imported) for part in parts], stage)
        made.update(data_sha256=sha256_of(made.table_path))
    return Project(folder, made.file)
