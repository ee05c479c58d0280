"""`probe`: which prompt the model understands best before any training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, ProjectFolder

if TYPE_CHECKING:
    from ..core.ports import ProbeRequest
    from ..core.project import Project
    from ..core.recipe import PromptSpec


def probe(
    project: ProjectFolder,
    model: Annotated[
        str | None, typer.Option("--model", help="A model of the library; the project's own.")
    ] = None,
    rows: Annotated[
        int, typer.Option("--rows", help="How many labelled rows to try it on.", min=2)
    ] = 64,
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
    request = request_for(opened, card.name, card.family, rows, device)
    tuner = make_tuner()
    try:
        found = screen.follow(tuner.probe(request))
    finally:
        tuner.close()
    result = {"model": card.name, "rows": len(request.rows), **found}
    screen.result(result, lambda: in_words(result))


def request_for(project: Project, model: str, family: str, rows: int, device: str) -> ProbeRequest:
    """The project's own prompt and those of the bank, on rows that are not test rows."""
    from ..core.errors import UserError
    from ..core.ports import ProbeRequest
    from ..core.words import QT_TRANSLATE_NOOP
    from ..data.store import load_table, rows_by_id

    file = project.file
    label = file.roles.label
    ids = [*file.splits.get("train", ()), *file.splits.get("valid", ())]
    if label is None or not ids:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There are no labelled rows to try a prompt on."),
            QT_TRANSLATE_NOOP("engine", "Make a project with a label column (--label COL)."),
            file=project.folder,
        )
    columns = [file.roles.text, label]
    found = rows_by_id(load_table(project.folder), ids, columns)
    chosen = _spread([row[label] for row in found], rows, file.seed)
    texts = [found[place][file.roles.text] for place in chosen]
    return ProbeRequest(
        project=project.folder,
        model=model,
        prompts=tuple(_prompts(project, texts, family)),
        rows=tuple(ids[place] for place in chosen),
        text=file.roles.text,
        label=label,
        device=device,
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
    lines = ["Accuracy  Calibrated  Prompt"]
    for entry in result["ranked"]:
        template = entry["template"].replace("\n", "\\n")
        if "error" in entry:
            lines.append(f"{'-':>8}  {'-':>10}  {template}\n{'':22}{entry['error']}")
            continue
        numbers = f"{entry['accuracy']:8.3f}  {entry['calibrated_accuracy']:10.3f}"
        shown = list(entry["words"].items())[:6]
        words = "; ".join(f"{label} = {', '.join(several)}" for label, several in shown)
        more = "; ..." if len(entry["words"]) > len(shown) else ""
        lines.append(f"{numbers}  {template}\n{'':22}{words}{more}")
    majority = result.get("majority", {}).get("accuracy")
    if majority is not None:
        lines.append(f"{majority:8.3f}  {'':10}  (always the commonest label)")
    lines += ["", f"Tried on {result['rows']} rows with {result['model']}, without training."]
    return "\n".join(lines)
