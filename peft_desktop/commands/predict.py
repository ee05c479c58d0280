"""`predict`: a run's model labels the rows of a file, or one text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Delimiter, Encoding, Json, NoHeader, ProjectFolder, Sheet, pairs, read_as

if TYPE_CHECKING:
    from ..core.ports import PredictRequest
    from ..core.project import Project
    from .screen import Screen

FORMATS = (".csv", ".tsv", ".xlsx", ".parquet")


def predict(
    project: ProjectFolder,
    run_or_input: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="The run; the newest where left out.")
    ] = None,
    input_file: Annotated[
        str | None,
        typer.Argument(metavar="INPUT", help="The file whose rows are to be labelled."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="OUT", help="Where to write: .csv, .tsv, .xlsx, .parquet."),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", help="Label this text instead of a file.")
    ] = None,
    question: Annotated[
        str | None, typer.Option("--question", help="What to ask of the text of --text.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="NAME=TEXT",
            help="Beside --text: what another column says, e.g. the second text of a pair; repeat.",
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Another setting of the task, this once."),
    ] = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    no_header: NoHeader = False,
    json: Json = False,
) -> None:
    """Label new texts, with a probability for each label."""
    from ..core.ports import PredictRequest
    from ..core.project import open_project
    from ..core.runs import find_run
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    if text is not None:
        recipe = find_run(opened.runs_folder, run_or_input).recipe
        row = {recipe.data.text or "text": text}
        if question is not None:
            row[recipe.data.question or "question"] = question
        asked = _settings(recipe.task, settings or [])
        row |= dict(pairs(column or [], "--column"))
        result = predicted(
            opened, run_or_input, PredictRequest(rows=(row,), settings=asked), screen
        )
        screen.result(result, lambda: of_rows(result))
        return
    # INPUT is the last one given: RUN before it may be left out
    run, given = (run_or_input, input_file) if input_file is not None else (None, run_or_input)
    source, target = _checked(given, out)
    reading = read_as(encoding, delimiter, sheet, no_header)
    asked = _settings(find_run(opened.runs_folder, run).recipe.task, settings or [])
    request = PredictRequest(source=source, target=target, read_as=reading, settings=asked)
    result = predicted(opened, run, request, screen)
    screen.result(result, lambda: f"{_count(result)} rows labelled: {target}")


def predicted(
    project: Project, run: str | None, request: PredictRequest, screen: Screen
) -> dict[str, Any]:
    """Label what `request` names with a run of the project."""
    from ..core.runs import find_run
    from .engine import make_tuner

    found = find_run(project.runs_folder, run)
    tuner = make_tuner()
    try:
        result = screen.follow(tuner.predict(found.folder, request))
    finally:
        tuner.close()
    where = {} if request.target is None else {"out": str(request.target)}
    return {"run": found.name, **where, **result}


def _checked(given: str | None, out: Path | None) -> tuple[Path, Path]:
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    if given is None:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no file to label."),
            QT_TRANSLATE_NOOP(
                "engine", "Write: peft-desktop predict PROJECT [RUN] INPUT --out OUT"
            ),
        )
    if out is None:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "It is not said where the labelled rows should go."),
            QT_TRANSLATE_NOOP("engine", "Name a file with --out OUT."),
        )
    source, target = Path(given).absolute(), out.absolute()
    if not source.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no such file."),
            QT_TRANSLATE_NOOP("engine", "Check its name; a run is named before the file."),
            file=given,
        )
    if target.suffix.lower() not in FORMATS:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "Files of this kind are not written."),
            QT_TRANSLATE_NOOP("engine", "Let the name end in one of: {known}."),
            file=out,
            known=", ".join(FORMATS),
        )
    if target.is_dir() or (target.exists() and target.samefile(source)):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The labelled rows cannot be written over this."),
            QT_TRANSLATE_NOOP("engine", "Choose another name with --out; nothing was changed."),
            file=out,
        )
    return source, target


def _count(result: dict[str, Any]) -> Any:
    rows = result.get("rows", 0)
    return len(rows) if isinstance(rows, list) else rows


def of_rows(result: dict[str, Any]) -> str:
    """Each row's answer, and the probabilities of all labels where there are some."""
    lines = []
    rows = result.get("rows")
    for row in rows if isinstance(rows, list) else ():
        probability = row.get("probability")
        sure = "" if probability is None else f"  {float(probability):.3f}"
        lines.append(f"{row.get('predicted_label', '')}{sure}")
        prefix = "probability_"
        for name, value in row.items():
            if name.startswith(prefix):
                lines.append(f"  {name.removeprefix(prefix)}: {float(value):.3f}")
    return "\n".join(lines)


def _settings(task: str, given: list[str]) -> dict[str, Any]:
    """KEY=VALUE texts as settings of the task, the run's own."""
    from ..core.errors import UserError
    from ..core.fields import parsed
    from ..core.words import QT_TRANSLATE_NOOP
    from ..tasks import task_named

    found = {}
    for text in given:
        key, sign, value = text.partition("=")
        if not sign:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", '"--set {text}" is not a KEY=VALUE pair.'),
                QT_TRANSLATE_NOOP("engine", "Write for example: --set max_new_tokens=40"),
                text=text,
            )
        name = key.strip().removeprefix("task.")
        found[name] = parsed(task_named(task).settings, name, value)
    return found
