"""`task`: what a project's model learns to do; told, or another one chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, ProjectFolder

if TYPE_CHECKING:
    from ..core.project import Project


def task(
    project: ProjectFolder,
    name: Annotated[
        str | None, typer.Argument(metavar="[TASK]", help="The new task; left out: tell the one.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="COL", help="The text column; guessed.")
    ] = None,
    label: Annotated[
        str | None,
        typer.Option("--label", "--target", metavar="COL", help="The answers' column; guessed."),
    ] = None,
    question: Annotated[
        str | None, typer.Option("--question", metavar="COL", help="The questions' column.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, change nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Tell a project's task, or choose another: labels, split and prompt are then made anew."""
    from ..core.project import open_project
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    if name is None:
        record = _told(opened)
        screen.result(record, lambda: _in_words(record))
        return
    from .check import _held
    from .init import in_words, record_of

    with _held(opened):
        changed = _changed(opened, name, text, label, question)
        for warning in changed.warnings:
            screen.show(warning)
        if dry_run:
            opened.file = opened.file.model_copy(update=changed.fields)
        else:
            opened.update(**changed.fields)
    screen.result(
        {**record_of(opened), "changed": not dry_run},
        lambda: in_words(opened) + ("\nNothing was changed." if dry_run else ""),
    )


def _changed(
    opened: Project, name: str, text: str | None, label: str | None, question: str | None
) -> Any:
    from ..core.runs import list_runs
    from ..data.roles import require
    from ..data.store import load_table, parts_of
    from ..projects.task_change import Columns, under_task
    from .library import chosen_model

    table = load_table(opened.folder)
    for role, column in (("text", text), ("label", label), ("question", question)):
        if column is not None:
            require(opened.file.columns, column, field=role)
    try:
        parts = parts_of(opened.folder)
    except (OSError, ValueError, KeyError, TypeError):
        parts = {}  # the rows are what matters
    part_of = {row: part for part, rows in parts.items() for row in rows}
    return under_task(
        table,
        opened.file,
        name,
        lambda row: part_of.get(row, "data"),
        chosen_model(opened.file.model or None),
        Columns(text, label, question),
        len(list_runs(opened.runs_folder)),
    )


def _told(opened: Project) -> dict[str, Any]:
    from ..core.runs import list_runs
    from ..data.store import ROW_ID, load_table
    from ..data.task_guess import guess_task
    from ..tasks import TASKS, task_named

    guess = guess_task(load_table(opened.folder).drop_columns([ROW_ID]))
    runs = [run.recipe.task for run in list_runs(opened.runs_folder)]
    return {
        "task": opened.file.task,
        "title": task_named(opened.file.task).title,
        "guess": guess.task,
        "reason": str(guess.reason),
        "tasks": {each.name: each.summary for each in TASKS},
        "runs": {name: runs.count(name) for name in dict.fromkeys(runs)},
    }


def _in_words(record: dict[str, Any]) -> str:
    lines = [f"Task: {record['title']} ({record['task']})"]
    if record["guess"] != record["task"]:
        lines.append(f"The table looks like {record['guess']}: {record['reason']}.")
    runs = ", ".join(f"{count} of {name}" for name, count in record["runs"].items())
    lines.append(f"Runs: {runs}" if runs else "No runs yet.")
    lines += ["", "Tasks:"]
    lines += [f"  {name}: {summary}" for name, summary in record["tasks"].items()]
    return "\n".join(lines)
