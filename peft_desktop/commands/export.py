"""`export`: a run's model as a folder that works without this program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, ProjectFolder, RunName

if TYPE_CHECKING:
    from ..core.project import Project
    from .screen import Screen


def export(
    project: ProjectFolder,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="A new or an empty folder.")],
    run: RunName = None,
    form: Annotated[
        str, typer.Option("--format", help="adapter (what was trained) or merged (the whole).")
    ] = "adapter",
    json: Json = False,
) -> None:
    """Write a run's model to a folder, and reload it as a check."""
    from ..core.project import open_project
    from .screen import Screen

    screen = Screen(json)
    result = exported(open_project(project), run, to.absolute(), form, screen)
    screen.result(result, lambda: f"Exported: {result['folder']}")


def exported(
    project: Project, run: str | None, target: Path, form: str, screen: Screen
) -> dict[str, Any]:
    """Export a run's model to `target`, which must be new or empty."""
    from ..core.errors import UserError
    from ..core.ports import ExportRequest
    from ..core.runs import find_run
    from ..core.words import QT_TRANSLATE_NOOP
    from .engine import make_tuner

    found = find_run(project.runs_folder, run)
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This place is taken."),
            QT_TRANSLATE_NOOP("engine", "Choose a new or an empty folder; nothing was changed."),
            file=target,
        )
    tuner = make_tuner()
    try:
        result = screen.follow(tuner.export(found.folder, ExportRequest(target, form)))
    finally:
        tuner.close()
    return {"run": found.name, "folder": str(target), "format": form, **result}
