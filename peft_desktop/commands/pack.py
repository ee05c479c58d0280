"""`pack` and `unpack`: a project as one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import Json, ProjectFolder


def pack(
    project: ProjectFolder,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="The file; PROJECT.peftpack where left out."),
    ] = None,
    json: Json = False,
) -> None:
    """Write a project as one file: data, prompt, runs; not the base model."""
    from ..core.project import open_project
    from ..projects.pack import ENDING, pack_project
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    folder = opened.folder.resolve()
    target = to or folder.with_name(folder.name + ENDING)
    result = screen.follow(pack_project(opened, target.absolute()))
    screen.result(result, lambda: f"Packed: {result['file']}")


def unpack(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A packed project (.peftpack).")],
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="A new folder; beside the file where left out."),
    ] = None,
    json: Json = False,
) -> None:
    """Make a project of a packed one. Files from strangers are checked first."""
    from ..projects.pack import unpack_project
    from .screen import Screen

    screen = Screen(json)
    folder = to or file.with_suffix("")
    result = screen.follow(unpack_project(file.absolute(), folder.absolute()))
    screen.result(result, lambda: f"Unpacked: {result['folder']}")
