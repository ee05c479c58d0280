"""`evaluate`: how good a run's model is, beside what it has to beat."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Delimiter, Encoding, Json, NoHeader, ProjectFolder, RunName, Sheet, read_as

if TYPE_CHECKING:
    from ..core.ports import EvaluateRequest
    from ..core.project import Project
    from .screen import Screen

SPLITS = ("test", "valid", "train")


def evaluate(
    project: ProjectFolder,
    run: RunName = None,
    split: Annotated[str, typer.Option("--split", help="test, valid or train.")] = "test",
    data: Annotated[
        Path | None, typer.Option("--data", help="Judge on the labelled rows of this file.")
    ] = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    no_header: NoHeader = False,
    json: Json = False,
) -> None:
    """Judge a run on rows that it never saw."""
    from ..core.ports import EvaluateRequest
    from ..core.project import open_project
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    check_split(split)
    reading = read_as(encoding, delimiter, sheet, no_header)
    request = EvaluateRequest(split=split, data=_absolute(data), read_as=reading)
    result = judged(opened, run, request, screen)
    screen.result(result, lambda: in_words(result))


def judged(
    project: Project, run: str | None, request: EvaluateRequest, screen: Screen
) -> dict[str, Any]:
    """Judge a run as `request` says; a look at the test rows is counted in the project."""
    from ..core.runs import find_run
    from .engine import make_tuner

    found = find_run(project.runs_folder, run)
    check_idle(found.name, found.state)
    if request.data is None:
        _check_rows(found.recipe.data.rows, request.split)
    tuner = make_tuner()
    try:
        result = screen.follow(tuner.evaluate(found.folder, request))
    finally:
        tuner.close()
    if request.data is None and request.split == "test":
        project.update(test_peeks=project.file.test_peeks + 1)
    where = {"split": request.split} if request.data is None else {"data": str(request.data)}
    return {"run": found.name, **where, "test_peeks": project.file.test_peeks, **result}


def _absolute(path: Path | None) -> Path | None:
    return None if path is None else path.absolute()


def check_split(split: str) -> None:
    """Raise UserError for a split that there is not."""
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    if split not in SPLITS:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no split "{split}".'),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}."),
            split=split,
            known=", ".join(SPLITS),
        )


def _check_rows(rows: dict[str, list[int]], split: str) -> None:
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    if not rows.get(split):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'This run has no rows in the split "{split}".'),
            QT_TRANSLATE_NOOP("engine", "Choose another split, or judge a file with --data FILE."),
            split=split,
        )


def check_idle(name: str, state: str) -> None:
    """Raise UserError for a run that is still training."""
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    if state == "running":
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The run "{name}" is still training.'),
            QT_TRANSLATE_NOOP("engine", "Wait until it is done, or stop it."),
            name=name,
        )


def in_words(result: dict[str, Any]) -> str:
    """The report, with how often the test rows have been looked at."""
    from ..evaluation.intervals import Interval
    from ..evaluation.metrics import Judgement
    from ..evaluation.record_report import record_report
    from ..evaluation.report import report

    # a confusion of tokens, as tagging has, does not count the rows that are right
    of_rows = "matrix" in (result.get("confusion") or {}) and "accuracy" in result["metrics"]
    if of_rows and "labels" in result:
        spread = {name: Interval(**each) for name, each in (result.get("intervals") or {}).items()}
        said = report(Judgement.from_dict(result), result.get("baselines") or {}, spread or None)
    else:
        said = record_report(result)
    if "data" in result:
        return f'Run "{result["run"]}" on {result["data"]}\n\n{said}'.rstrip()
    lines = [f'Run "{result["run"]}", split {result["split"]}', "", said.rstrip()]
    if result["split"] == "test" and (peeks := result.get("test_peeks", 0)) > 1:
        lines += ["", f"The test rows of this project have been looked at {peeks} times."]
    return "\n".join(lines)
