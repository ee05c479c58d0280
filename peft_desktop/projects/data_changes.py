"""Changes of a project's data: made beside it, put in force in one step, and taken back.

Nothing of the import is deleted, and the version that a run was trained on stays (`data.versions`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.project import Project, ProjectFile
from ..core.words import QT_TRANSLATE_NOOP
from ..data import history
from ..data.history import Step
from ..data.quality.findings import Look, Repair
from ..data.quality.repairs import EXCLUDED, SPLIT, Change, State, change_of, edited, regrouped


@dataclass(frozen=True, slots=True)
class Prepared:
    """A change that is ready: `fields` of the project file as they will be, and as they are."""

    step: Step
    fields: dict[str, Any]
    before: dict[str, Any]


def look_of(file: ProjectFile, near: bool = True) -> Look:
    """What the checks have to look at in this project."""
    from ..tasks import task_named

    roles, task = file.roles, task_named(file.task)
    parts = {
        name: part for part, name in roles.model_dump().items() if isinstance(name, str) and name
    }
    question = getattr(roles, "question", None)
    return Look(
        text=roles.text,
        label=roles.label,
        beside=(question,) if question else (),
        splits=file.splits,
        excluded=[row for ids in file.excluded.values() for row in ids],
        roles=parts,
        one_label=file.task == "classification",
        classes_of=None if file.task == "classification" else _safely(task.classes_of),
        near=near,
    )


def _safely(classes_of: Any) -> Any:
    """A cell that cannot be read has no label; another check tells of it."""

    def read(cell: str) -> list[str]:
        try:
            return list(classes_of(cell))
        except (UserError, ValueError, TypeError, KeyError):
            return []

    return read


def state_of(file: ProjectFile) -> State:
    return State(file.roles.text, file.roles.label, file.splits, file.excluded)


def repaired(folder: Path, file: ProjectFile, repair: Repair) -> Prepared | None:
    """Make the repair ready; None where it would change nothing."""
    from ..data.store import load_table

    table = load_table(folder)
    change = change_of(table, state_of(file), repair)
    return prepare(folder, file, change, table) if change.edits else None


def prepare(folder: Path, file: ProjectFile, change: Change, table: Any = None) -> Prepared:
    """Write the new version of the data and the step beside the ones in force.

    Raises UserError where the table in force is not the one that the project knows.
    """
    from ..core.files import sha256_of
    from ..data.store import load_table
    from ..data.versions import add_version, find_version

    if table is None:
        table = load_table(folder)
    now = file.data_sha256 or sha256_of(folder / "data" / "table.parquet")
    if find_version(folder, now) != folder / "data" / "table.parquet":
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "Another program changed the project's table."),
            QT_TRANSLATE_NOOP("engine", "Open the project again, then try once more."),
            file=folder / "data" / "table.parquet",
        )
    fields = _fields(file, change)
    new = now
    if change.changes_table:
        new = add_version(folder, edited(table, change.edits))
    fields["data_sha256"] = new
    steps = history.steps_of(folder)
    step = Step(
        number=max((each.number for each in steps), default=0) + 1,
        at=history.now(),
        kind=change.kind,
        template=change.what.template,
        values=dict(change.what.values),
        rows=change.rows,
        before=now,
        after=new,
        renamed=change.renamed,
    )
    history.keep_edits(folder, step.number, change.edits)
    before = {name: getattr(file, name) for name in fields} | {"data_sha256": now}
    return Prepared(step, fields, before)


def put(folder: Path, prepared: Prepared, back: bool = False) -> None:
    """Put a prepared change in force, or take it `back`; a few file names change, no more."""
    from ..data.versions import put_in_force

    step = prepared.step
    old, new = (step.after, step.before) if back else (step.before, step.after)
    put_in_force(folder, old, new)
    steps = [each for each in history.steps_of(folder) if each.number != step.number]
    history.write_steps(folder, [*steps, replace(step, undone=back)])


def change_project(project: Project, prepared: Prepared) -> None:
    """The same for a project that no window holds."""
    put(project.folder, prepared)
    project.update(**prepared.fields)


def undo_last(project: Project) -> Step:
    """Take back the last step that is in force, whoever made it, also in another session.

    Raises UserError where there is none.
    """
    steps = [step for step in history.steps_of(project.folder) if not step.undone]
    if not steps:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "Nothing was done to the data since it was imported."),
            QT_TRANSLATE_NOOP("engine", "There is nothing to undo."),
            file=project.folder,
        )
    last = steps[-1]
    if last.kind == "append":
        from .growing import take_back

        take_back(project, last)
        return last
    edits = [
        (what, row, after, before)
        for what, row, before, after in history.edits_of(project.folder, last.number)
    ]
    change = Change(last.what, last.kind, edits)
    prepared = prepare(project.folder, project.file, change)
    undone = replace(last, before=prepared.step.after, after=prepared.step.before)
    put(project.folder, Prepared(undone, prepared.before, prepared.fields), back=True)
    fields = dict(prepared.fields)
    if last.renamed:  # the labels that were merged are labels again
        back = [label for label in last.renamed if label not in project.file.labels]
        fields["labels"] = [*project.file.labels, *back]
        words = dict(project.file.prompt.words)
        for label in back:
            words.setdefault(label, [])
        fields["prompt"] = project.file.prompt.model_copy(update={"words": words})
    project.update(**fields)
    return last


def forget_unneeded(project: Project) -> int:
    """Remove versions of the data that no run was trained on; returns the bytes freed."""
    from ..core.runs import list_runs
    from ..data.versions import forget_versions

    needed = {run.recipe.data.sha256 for run in list_runs(project.runs_folder)}
    return forget_versions(project.folder, needed | {project.file.data_sha256})


def _fields(file: ProjectFile, change: Change) -> dict[str, Any]:
    """The fields of the project file that are others after the change."""
    found: dict[str, Any] = {}
    if any(edit[0] == SPLIT for edit in change.edits):
        found["splits"] = regrouped(file.splits, change.edits, SPLIT)
    if any(edit[0] == EXCLUDED for edit in change.edits):
        found["excluded"] = regrouped(file.excluded, change.edits, EXCLUDED)
    if change.renamed:
        found |= _renamed(file, change.renamed)
    return found


def _renamed(file: ProjectFile, renamed: Mapping[str, str]) -> dict[str, Any]:
    """Labels that are no more leave the list; their words stay where the new one has none."""
    labels = [label for label in file.labels if label not in renamed]
    for old, new in renamed.items():
        if new not in labels and old in file.labels:
            labels.append(new)
    words: dict[str, list[str]] = {}
    for label, several in file.prompt.words.items():
        name = renamed.get(label, label)
        if name == label or name not in file.prompt.words:
            words[name] = words.get(name) or several
    return {
        "labels": labels,
        "prompt": file.prompt.model_copy(update={"words": words}),
    }
