"""`slices`: how a run fares on parts of its rows, the worst first."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .options import Json, ProjectFolder, RunName

LENGTH = "length"


def slices(
    project: ProjectFolder,
    run: RunName = None,
    by: Annotated[
        str, typer.Option("--by", metavar="COL", help="A column of the table, or: length.")
    ] = LENGTH,
    split: Annotated[str, typer.Option("--split", help="valid or test.")] = "valid",
    json: Json = False,
) -> None:
    """Accuracy by a column's values or by length, with intervals."""
    from ..core.project import open_project
    from ..core.runs import find_run
    from ..evaluation.slices import slices as parted
    from ..projects.judged import values_beside
    from .evaluate import check_idle, check_split
    from .screen import Screen
    from .thresholds import check_classification, scored_of

    screen = Screen(json)
    opened = open_project(project)
    found = find_run(opened.runs_folder, run)
    check_split(split)
    check_idle(found.name, found.state)
    check_classification(found)
    values_beside(found, by, [])  # an unknown column is told before anything is judged
    scored = scored_of(opened, found, split, screen)
    if split == "test":
        opened.update(test_peeks=opened.file.test_peeks + 1)
    values = values_beside(found, by, scored.ids.tolist())
    record: dict[str, Any] = {
        "run": found.name,
        "split": split,
        "by": by,
        "rows": len(scored),
        "slices": parted(scored, values),
    }
    screen.result(record, lambda: _in_words(record))


def _in_words(record: dict[str, Any]) -> str:
    from ..evaluation.report import aligned

    lines = [[record["by"], "Rows", "Accuracy", "95 %", "F1, macro", "More than luck"]]
    for each in record["slices"]:
        value = "(others)" if each["value"] is None else each["value"] or "(empty)"
        bounds = f"{each['low']:.3f} - {each['high']:.3f}"
        sure = "yes" if each["p_value"] < 0.05 else ""
        line = [value, str(each["rows"]), f"{each['accuracy']:.3f}", bounds]
        lines.append([*line, f"{each['macro_f1']:.3f}", sure])
    return f'Run "{record["run"]}", {record["rows"]} rows of {record["split"]}\n\n{aligned(lines)}'
