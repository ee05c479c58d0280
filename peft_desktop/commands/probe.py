"""`probe`: which prompt the model understands best before any training."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, ProjectFolder

if TYPE_CHECKING:
    from ..core.ports import ProbeRequest
    from ..core.project import Project
    from ..core.recipe import PromptSpec


MOST_WORD_ROWS = 200  # rows that words are found on; more change little and cost a pass each
_ENOUGH = 20  # validation rows to judge found words on; else training rows are shared out


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
    from ..core.project import open_project
    from .engine import make_tuner
    from .library import usable
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    card = usable(model or opened.file.model)
    way = words_by.value if find_words else ""
    request = request_for(opened, card.name, card.family, rows, device, way)
    tuner = make_tuner()
    try:
        found = screen.follow(tuner.probe(request))
    finally:
        tuner.close()
    result = {"model": card.name, "rows": len(request.rows), **found}
    screen.result(result, lambda: in_words(result))


def request_for(
    project: Project, model: str, family: str, rows: int, device: str, find_words: str = ""
) -> ProbeRequest:
    """The project's own prompt and those of the bank, on rows that are not test rows.

    Words are found on other rows than those that prompts are ranked on.
    """
    from ..core.errors import UserError
    from ..core.ports import ProbeRequest
    from ..core.words import QT_TRANSLATE_NOOP
    from ..data.store import load_table, rows_by_id

    file = project.file
    label = file.roles.label
    splits = {name: list(file.splits.get(name, ())) for name in ("train", "valid")}
    ids = [*splits["train"], *splits["valid"]]
    if label is None or not ids:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There are no labelled rows to try a prompt on."),
            QT_TRANSLATE_NOOP("engine", "Make a project with a label column (--label COL)."),
            file=project.folder,
        )
    found = rows_by_id(load_table(project.folder), ids, [file.roles.text, label])
    row_of = dict(zip(ids, found, strict=True))

    def some(of: list[int], most: int) -> list[int]:
        return [of[place] for place in _spread([row_of[i][label] for i in of], most, file.seed)]

    for_words: list[int] = []
    if find_words:
        few = len(splits["valid"]) < _ENOUGH
        half = max(2, (len(ids) + 1) // 2)
        for_words = some(ids if few else splits["train"], min(half, MOST_WORD_ROWS))
        ids = sorted(set(ids if few else splits["valid"]) - set(for_words))
    chosen = some(ids, rows)
    return ProbeRequest(
        project=project.folder,
        model=model,
        prompts=tuple(_prompts(project, [row_of[i][file.roles.text] for i in chosen], family)),
        rows=tuple(chosen),
        text=file.roles.text,
        label=label,
        device=device,
        find_words=find_words,
        word_rows=tuple(for_words),
    )


def _spread(labels: list[str], most: int, seed: int) -> list[int]:
    """Places of at most `most` rows, the labels taken in turn."""
    import random

    of_label: dict[str, list[int]] = {}
    order = list(range(len(labels)))
    random.Random(seed).shuffle(order)
    for place in order:
        of_label.setdefault(labels[place], []).append(place)
    chosen: list[int] = []
    while len(chosen) < min(most, len(labels)):
        for places in of_label.values():
            if places and len(chosen) < most:
                chosen.append(places.pop())
    return sorted(chosen)


def _prompts(project: Project, texts: list[str], family: str) -> list[PromptSpec]:
    from ..prompts.bank import suggest

    own = project.file.prompt
    found = [own] if own.template else []
    for spec in suggest(project.file.labels, texts, family, parameters=own.parameters):
        if spec not in found:
            found.append(spec)
    return found


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
