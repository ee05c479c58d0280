"""Another task for a project: roles, labels, splits and a first prompt that fit it.

The table stays as it is, and so do the runs: each knows the task that it was trained for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.events import Event, Warned
from ..core.project import ProjectFile, Roles
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from ..tasks import Task, task_named
from .first_prompt import Asked, ChosenModel, Given, first_prompt
from .gold import rows_with_gold, untaught
from .splitting import split_rows

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLE = 200  # texts that the bank looks at
RUNS_STAY = QT_TRANSLATE_NOOP(
    "engine",
    "{count} runs stay as they are: they answer, are judged and exported as before, each for the "
    "task that it was trained for. Only new runs learn the new task.",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that the user chose for the new task; what is None is guessed."""

    text: str | None = None
    label: str | None = None
    question: str | None = None


@dataclass(frozen=True)
class Changed:
    """The project's fields under another task, and what to mind."""

    fields: dict[str, Any]
    warnings: Sequence[Warned] = field(default=())


def under_task(
    table: pa.Table,
    file: ProjectFile,
    name: str,
    part_of: Callable[[int], str],
    model: ChosenModel,
    columns: Columns | None = None,
    runs: int = 0,
) -> Changed:
    """What the project would be as the task `name`; `part_of` gives a row id's imported file.

    Excluded rows stay out, and test rows of a file of their own stay test rows. Raises UserError
    where the table holds nothing that this task could learn.
    """
    from ..data.store import ROW_ID
    from ..data.task_guess import guess_task

    task, chosen = task_named(name), columns or Columns()
    bare = table.drop_columns([ROW_ID])
    given = {"text": chosen.text, "label": chosen.label, "question": chosen.question}
    guess = guess_task(bare, **given, task=name)
    # what the user chose once, where nothing is better
    label = guess.roles.label or file.roles.label
    held = guess.roles.model_dump() | {"label": label, "group": file.roles.group}
    roles = Roles(**held)
    if task.needs_question and chosen.question is not None:
        roles = roles.model_copy(update={"question": chosen.question})
    told: list[Warned] = []

    def report(event: Event) -> None:
        if isinstance(event, Warned):
            told.append(event)

    labels, splits = _dealt(table, task, roles, file, part_of, report)
    texts = table[roles.text].slice(0, _SAMPLE).to_pylist()
    asked = Asked(task, roles.question, guess.second)
    prompt, warnings = first_prompt(
        Given(), labels, texts, list(file.columns), roles.text, model, asked
    )
    if runs:
        told.append(Warned(RUNS_STAY, {"count": runs}))
    fields = {
        "task": name,
        "roles": roles,
        "labels": labels,
        "splits": splits,
        "prompt": prompt,
        "method": task.method,
        "method_settings": {},
        "task_settings": {},
    }
    return Changed(fields, [*told, *warnings])


def _dealt(
    table: pa.Table,
    task: Task,
    roles: Roles,
    file: ProjectFile,
    part_of: Callable[[int], str],
    report: Callable[[Event], None],
) -> tuple[list[str], dict[str, list[int]]]:
    from ..data.store import ROW_ID

    out = {row for left in file.excluded.values() for row in left}
    ids = table[ROW_ID].to_pylist()
    rows = rows_with_gold(task, table, ids, roles, part_of, report, roles.label or "")
    rows = [row for row in rows if row.row_id not in out]
    splits: dict[str, list[int]] = {}
    if rows:
        for warning in task.check([row.cell for row in rows]):
            report(warning)
        splits = split_rows(rows, file.per_class, file.seed, report)
    if not splits.get("train"):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'No row can be learnt from as "{task}".'),
            QT_TRANSLATE_NOOP(
                "engine",
                "Import the file as a new project and choose the task there: its columns are then "
                "brought into the form that the task needs.",
            ),
            task=Sentence(task.title, {}),
        )
    labels = task.labels_of([row.cell for row in rows if row.part == "data"])
    for warning in untaught(labels, rows, splits):
        report(warning)
    return labels, splits
