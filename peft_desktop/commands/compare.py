"""`compare`: runs of a project side by side, and which differences are more than luck."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .options import Json, ProjectFolder

_MOST_ROWS = 10


def compare(
    project: ProjectFolder,
    runs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[RUN...]", help="The first is compared with; all where left out."),
    ] = None,
    split: Annotated[str, typer.Option("--split", help="valid or test.")] = "valid",
    json: Json = False,
) -> None:
    """Metrics with differences, McNemar's test, flipped rows, and the settings that differ."""
    from ..core.project import open_project
    from ..core.runs import find_run, list_runs
    from ..evaluation.comparing import compare as compared
    from ..projects.judged import judged_run
    from .evaluate import check_split
    from .screen import Screen
    from .thresholds import check_classification

    screen = Screen(json)
    opened = open_project(project)
    check_split(split)
    if runs:
        found = [find_run(opened.runs_folder, name) for name in dict.fromkeys(runs)]
        for run in found:
            check_classification(run)
    else:
        known = list_runs(opened.runs_folder)
        found = [run for run in known if (run.folder / "predictions.parquet").is_file()]
        found = [run for run in found if run.recipe.task == "classification"]
    record = {"split": split, **compared([judged_run(run, split) for run in found])}
    if split == "test":
        opened.update(test_peeks=opened.file.test_peeks + 1)
        record["test_peeks"] = opened.file.test_peeks
    screen.result(record, lambda: _in_words(record))


def _in_words(record: dict[str, Any]) -> str:
    parts = [
        f'Compared with "{record["runs"][0]}" on {record["rows"]} rows of {record["split"]}',
        _metrics(record),
    ]
    parts += [_pair(pair) for pair in record["pairs"]]
    parts += [_classes(record), _settings(record)]
    parts += [_group(group) for group in record["groups"]]
    if record.get("test_peeks", 0) > 1:
        peeks = record["test_peeks"]
        parts.append(f"The test rows of this project have been looked at {peeks} times.")
    return "\n\n".join(part for part in parts if part)


def _metrics(record: dict[str, Any]) -> str:
    from ..evaluation.metrics import METRIC_TITLES
    from ..evaluation.report import aligned

    if not record["metrics"]:
        return ""
    lines = [["", *record["runs"], *(["Difference", "95 %"] * (len(record["runs"]) - 1))]]
    for entry in record["metrics"]:
        line = [METRIC_TITLES.get(entry["metric"], entry["metric"])]
        line += [f"{value:.3f}" for value in entry["values"].values()]
        for apart in entry["differences"].values():
            line.append(f"{apart['difference']:+.3f}")
            known = apart["low"] is not None
            line.append(f"{apart['low']:+.3f} to {apart['high']:+.3f}" if known else "")
        lines.append(line)
    return aligned(lines)


def _pair(pair: dict[str, Any]) -> str:
    first, other, p = pair["first"], pair["other"], pair["p_value"]
    mended, broken = pair["mended"], pair["broken"]
    said = f'"{other}" is right on {mended} rows that "{first}" has wrong, and wrong on {broken} '
    said += f"that it has right (McNemar p = {p:.3f}): "
    said += "more than luck." if p < 0.05 else "these rows cannot tell them apart."
    for name, word in (("mended_rows", "Mended"), ("broken_rows", "Broken")):
        rows = pair[name]
        if rows:
            more = f" ... (+{len(rows) - _MOST_ROWS})" if len(rows) > _MOST_ROWS else ""
            named = ", ".join(str(row + 1) for row in rows[:_MOST_ROWS])
            said += f"\n{word}: rows {named}{more}"
    return said


def _classes(record: dict[str, Any]) -> str:
    from ..evaluation.report import aligned

    if not record["per_class"]:
        return ""
    names = record["runs"]
    lines = [["F1 by label", "Rows", *names]]
    for score in record["per_class"]:
        values = [f"{score['f1'][name]:.3f}" for name in names]
        lines.append([score["label"], str(score["rows"]), *values])
    return aligned(lines)


def _settings(record: dict[str, Any]) -> str:
    from ..evaluation.report import aligned

    if not record["settings"]:
        return "The settings of these runs are the same."
    lines = [["Settings that differ", *record["runs"]]]
    for each in record["settings"]:
        lines.append([each["setting"], *(str(each["values"][name]) for name in record["runs"])])
    return aligned(lines)


def _group(group: dict[str, Any]) -> str:
    from ..evaluation.metrics import METRIC_TITLES
    from ..evaluation.report import aligned

    lines = [[f"{len(group['runs'])} runs: {', '.join(group['runs'])}", "Mean", "Std"]]
    for name, value in group["metrics"].items():
        title = METRIC_TITLES.get(name, name)
        lines.append([title, f"{value['mean']:.3f}", f"{value['std']:.3f}"])
    return aligned(lines)
