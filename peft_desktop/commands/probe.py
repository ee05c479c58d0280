"""`probe`: which prompt the model understands best before any training."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from .options import Json, ProjectFolder


class WordsBy(StrEnum):
    """The ways of `tuning.word_search`."""

    amulap = "amulap"
    llr = "llr"


def probe(
    project: ProjectFolder,
    model: Annotated[
        str | None, typer.Option("--model", help="A model of the library; the project's own.")
    ] = None,
    rows: Annotated[
        int, typer.Option("--rows", help="How many labelled rows to try it on.", min=2)
    ] = 64,
    find_words: Annotated[
        bool, typer.Option("--find-words", help="Also find label words in the training rows.")
    ] = False,
    words_by: Annotated[
        WordsBy, typer.Option("--words-by", help="How to find words: likeliest, or by their ratio.")
    ] = WordsBy.amulap,
    device: Annotated[str, typer.Option("--device", help="auto, cpu, cuda:0 or mps.")] = "auto",
    json: Json = False,
) -> None:
    """Rank prompts without training; test rows are left alone."""
    from ..core.errors import UserError
    from ..core.project import open_project
    from ..projects.probe_plan import request_for
    from ..projects.probe_record import ProbeRecord, keep_probe, tried_before
    from .engine import make_tuner
    from .library import usable
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    card = usable(model or opened.file.model)
    way = words_by.value if find_words else ""
    own = tried_before(opened)
    request = request_for(opened, card.name, card.family, rows, device, way, own)
    tuner = make_tuner()
    try:
        found = screen.follow(tuner.probe(request))
    finally:
        tuner.close()
    record = ProbeRecord.of(opened.file, card.name, request.rows, found, find_words=way, own=own)
    try:
        keep_probe(opened, record)
    except UserError as error:  # the ranking itself is still worth showing
        screen.aside(str(error))
    result = {"model": card.name, "rows": len(request.rows), **found}
    screen.result(result, lambda: in_words(result))


def in_words(result: dict[str, Any]) -> str:
    """The ranking, best first: accuracy as it is, and calibrated; then the prompt."""
    lines = ["Accuracy  Calibrated  95 % between  Prompt"]
    for entry in result["ranked"]:
        template = entry["template"].replace("\n", "\\n")
        if "error" in entry:
            lines.append(f"{'-':>8}  {'-':>10}  {'-':>12}  {template}\n{'':36}{entry['error']}")
            continue
        low, high = entry.get("interval") or (None, None)
        spread = "" if low is None else f"{low:.2f} - {high:.2f}"
        numbers = f"{entry['accuracy']:8.3f}  {entry['calibrated_accuracy']:10.3f}  {spread:>12}"
        shown = list(entry["words"].items())[:6]
        words = "; ".join(f"{label} = {', '.join(several)}" for label, several in shown)
        more = "; ..." if len(entry["words"]) > len(shown) else ""
        lines.append(f"{numbers}  {template}\n{'':36}{words}{more}")
    majority = result.get("majority", {}).get("accuracy")
    if majority is not None:
        lines.append(f"{majority:8.3f}  {'':10}  {'':12}  (always the commonest label)")
    lines += _found_in_words(result.get("found_words", []))
    lines += ["", f"Tried on {result['rows']} rows with {result['model']}, without training."]
    return "\n".join(lines)


def _found_in_words(found: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for one in found:
        template = one["template"].replace("\n", "\\n")
        lines += ["", f"Words that the model expects in {template}"]
        for label, candidates in one["candidates"].items():
            words = ", ".join(candidate["word"] for candidate in candidates)
            lines.append(f"  {label}: {words or 'none found; its own words stay'}")
    return lines
