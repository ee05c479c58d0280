"""`learning-curve`: would more labelled rows help?"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, ProjectFolder, RunName

if TYPE_CHECKING:
    from ..core.events import Event


def learning_curve(
    project: ProjectFolder,
    run: RunName = None,
    shares: Annotated[
        str, typer.Option("--shares", help="Shares of the training rows, in percent.")
    ] = "25,50,75,100",
    json: Json = False,
) -> None:
    """Train a run again on parts of its rows, and say what the next 100 rows may bring."""
    from ..core import events as ev
    from ..core.project import open_project
    from ..core.runs import find_run
    from ..projects.learning import learning_curve as drawn
    from .engine import make_tuner
    from .evaluate import check_idle
    from .screen import Screen
    from .thresholds import check_classification

    screen = Screen(json)
    opened = open_project(project)
    found = find_run(opened.runs_folder, run)
    check_idle(found.name, found.state)
    check_classification(found)
    wanted = _shares(shares)
    tuner = make_tuner()

    def work() -> Generator[Event, None, None]:
        yield ev.Finished((yield from drawn(opened, tuner, found, wanted)))

    try:
        result = screen.follow(work(), "What was trained stays; say the same again to go on.")
    finally:
        tuner.close()
    record = {"run": found.name, **result}
    screen.result(record, lambda: _in_words(record))


def _shares(text: str) -> list[float]:
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    try:
        found = sorted({float(part) / 100 for part in text.split(",")})
        if not all(0 < share <= 1 for share in found):
            raise ValueError(text)
    except ValueError as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", '"{text}" are no shares in percent.'),
            QT_TRANSLATE_NOOP("engine", "Write for example: --shares 25,50,75,100"),
            text=text,
        ) from error
    return found


def _in_words(record: dict[str, Any]) -> str:
    from ..evaluation.report import aligned

    lines = [["Rows", "Accuracy", "F1, macro", "Run"]]
    for point in record["points"]:
        metrics = point.get("metrics") or {}
        shown = [f"{metrics[n]:.3f}" if n in metrics else "-" for n in ("accuracy", "macro_f1")]
        lines.append([str(point["rows"]), *shown, point["run"]])
    return f"{aligned(lines)}\n\n{record['said']}"
