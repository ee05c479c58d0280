"""`suspects`: rows whose label is likely wrong."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .options import Json, ProjectFolder

_SHOWN = 20
_TEXT_SHOWN = 60


def suspects(
    project: ProjectFolder,
    split: Annotated[
        list[str] | None,
        typer.Option("--split", help="train, valid or test; repeat. Train and valid by default."),
    ] = None,
    json: Json = False,
) -> None:
    """Look for wrong labels: cross-validated confident learning (cleanlab). Nothing is changed."""
    from ..core.project import open_project
    from ..projects.judged import suspects_of
    from .evaluate import check_split
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    wanted = list(dict.fromkeys(split or ["train", "valid"]))
    for name in wanted:
        check_split(name)
    record = {"splits": wanted, **suspects_of(opened, wanted)}
    screen.result(record, lambda: _in_words(record))


def _in_words(record: dict[str, Any]) -> str:
    from ..evaluation.report import aligned

    found = record["suspects"]
    if not found:
        return f"None of {record['rows']} rows has a label that looks wrong."
    lines = [["Row", "Label", "Rather", "Fit", "Text"]]
    for each in found[:_SHOWN]:
        text = " ".join(each["text"].split())[:_TEXT_SHOWN]
        lines.append(
            [str(each["row"] + 1), each["label"], each["suggested"], f"{each['quality']:.3f}", text]
        )
    said = f"{len(found)} of {record['rows']} rows have a label that looks wrong."
    if len(found) > _SHOWN:
        said += f" The likeliest {_SHOWN}:"
    return f"{said} Look at them before you change one.\n\n{aligned(lines)}"
