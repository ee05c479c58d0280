"""Another task for the open project, found out beside the window's thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..core.project import ProjectFile
from ..projects.task_change import Changed
from . import project_rows
from .chosen_model import model_for_new_project
from .errands import Ask

__all__ = ["Changed", "under_task"]


def under_task(
    folder: Path, file: ProjectFile, name: str, library: Any, runs: int, ask: Ask
) -> Changed:
    """What the project with so many `runs` would be as the task `name`; for a thread.

    Raises UserError where the table holds nothing that this task could learn.
    """
    from ..projects import task_change

    rows = project_rows.load(folder)
    part_of = {row: name for name, part in rows.parts.items() for row in part}
    model = model_for_new_project(library, file.model)
    return task_change.under_task(
        rows.table, file, name, lambda row: part_of.get(row, "data"), model, runs=runs
    )
