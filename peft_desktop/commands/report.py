"""`report`: a run as one HTML page for people who do not have the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .options import Json, ProjectFolder, RunName


def report(
    project: ProjectFolder,
    run: RunName = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where to write it (RUN-report.html)."),
    ] = None,
    language: Annotated[str, typer.Option("--language", help="en or zh_CN.")] = "en",
    force: Annotated[bool, typer.Option("--force", help="Replace a file of this name.")] = False,
    json: Json = False,
) -> None:
    """Write data, prompt, settings, curves, metrics and errors of a run to one HTML file."""
    from ..core.project import open_project
    from ..core.runs import find_run
    from ..core.translations import words_of
    from ..projects.run_report import write_report
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    found = find_run(opened.runs_folder, run)
    target = (out or Path(f"{found.name}-report.html")).absolute()
    words = None if language == "en" else words_of(language)
    size = write_report(opened, found, target, words, language, replace=force)
    result: dict[str, Any] = {"run": found.name, "file": str(target), "bytes": size}
    screen.result(result, lambda: f"Report: {target}")
