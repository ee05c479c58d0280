"""`adapt`: a model reads on in texts without labels and becomes a new one of the library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .options import Delimiter, Encoding, Json, NoHeader, ProjectFolder, Sheet, read_as


def adapt(
    project: ProjectFolder,
    texts: Annotated[
        list[Path] | None,
        typer.Option("--texts", metavar="FILE", help="Texts, a line or a table row each; repeat."),
    ] = None,
    column: Annotated[
        str | None, typer.Option("--text", metavar="COL", help="The files' column of texts.")
    ] = None,
    only_files: Annotated[
        bool, typer.Option("--only-files", help="Leave out the project's own training texts.")
    ] = False,
    name: Annotated[
        str, typer.Option("--name", help="What to call the new model; MODEL-adapted.")
    ] = "",
    model: Annotated[
        str | None, typer.Option("--model", help="A model of the library; the project's own.")
    ] = None,
    minutes: Annotated[
        float, typer.Option("--minutes", help="How long to read at most; 10.", min=0.0)
    ] = 0.0,
    steps: Annotated[int, typer.Option("--steps", help="How many steps at most.", min=0)] = 0,
    seed: Annotated[int | None, typer.Option("--seed", help="Decides all that is random.")] = None,
    device: Annotated[str, typer.Option("--device", help="auto, cpu, cuda:0 or mps.")] = "auto",
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    no_header: NoHeader = False,
    json: Json = False,
) -> None:
    """Let a model get used to your texts before it is fine-tuned; needs no labels.

    It reads the texts of the training rows, of rows without a label and of the files; test and
    validation rows are left out of them. Stopped, it keeps nothing.
    """
    from ..core.ports import AdaptRequest
    from ..core.project import open_project
    from .engine import make_tuner
    from .library import usable
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    card = usable(model or opened.file.model)
    request = AdaptRequest(
        model=card.name,
        name=name,
        project=opened.folder.absolute(),
        own_rows=not only_files,
        files=tuple(file.absolute() for file in texts or ()),
        column=column,
        read_as=read_as(encoding, delimiter, sheet, no_header),
        minutes=minutes,
        steps=steps,
        device=device,
        seed=opened.file.seed if seed is None else seed,
    )
    tuner = make_tuner()
    try:
        found = screen.follow(tuner.adapt(request), "Nothing of the new model is kept.")
    finally:
        tuner.close()
    screen.result(found, lambda: in_words(found))


def in_words(found: dict[str, Any]) -> str:
    """What was read, what it changed, and how to use the model."""
    told = found["adapted"]
    texts = told["texts"]
    left_out = {"in_test": "test rows", "in_valid": "validation rows", "repeated": "repeated"}
    out = ", ".join(f"{texts[key]} {name}" for key, name in left_out.items() if texts.get(key))
    return "\n".join(
        [
            f'The model "{found["name"]}" is in the library, made from {told["base"]}.',
            f"It has read {texts['used']} texts ({told['tokens']} tokens, {told['epochs']:.1f} "
            f"times, {told['steps']} steps)" + (f"; left out: {out}." if out else "."),
            f"Perplexity of texts held out: {told['before']['perplexity']:.2f} before, "
            f"{told['after']['perplexity']:.2f} after.",
            f"Use it with: --model {found['name']}",
        ]
    )
