"""`init`: a file of texts becomes a project; nothing is left behind when it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import (
    Decimal,
    Delimiter,
    Encoding,
    JoinExtra,
    Json,
    NoHeader,
    Quote,
    Sheet,
    TagColumn,
    pairs,
    read_as,
)

if TYPE_CHECKING:
    from ..core.project import Project


def init(
    project: Annotated[Path, typer.Argument(metavar="PROJECT", help="The folder to make.")],
    data: Annotated[
        list[Path],
        typer.Option(
            "--data", metavar="FILE", help="Texts and labels: a file, folder or ZIP; repeat."
        ),
    ],
    text: Annotated[
        str | None, typer.Option("--text", metavar="COL", help="The text column; guessed.")
    ] = None,
    label: Annotated[
        str | None,
        typer.Option(
            "--label",
            "--target",
            metavar="COL",
            help="The label column, or that of the answers, entities, target texts; guessed.",
        ),
    ] = None,
    question: Annotated[
        str | None,
        typer.Option("--question", metavar="COL", help="The questions' column, where there are."),
    ] = None,
    task: Annotated[
        str | None,
        typer.Option("--task", help="What to learn, e.g. classification or tagging; guessed."),
    ] = None,
    valid: Annotated[
        Path | None, typer.Option("--valid", metavar="FILE", help="Rows to validate on.")
    ] = None,
    test: Annotated[
        Path | None, typer.Option("--test", metavar="FILE", help="Rows to judge on.")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", help="A model of the library; the default one.")
    ] = None,
    template: Annotated[
        list[str] | None,
        typer.Option(
            "--template",
            help="E.g. '{text} It was {mask}.'; the best of the bank. Repeat: further ones.",
        ),
    ] = None,
    word: Annotated[
        list[str] | None,
        typer.Option("--word", metavar="LABEL=WORD", help="A label's word; repeat."),
    ] = None,
    virtual: Annotated[
        bool, typer.Option("--virtual", help="Words of several tokens become one trained token.")
    ] = False,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A constant of the template; repeat."),
    ] = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    no_header: NoHeader = False,
    tag_column: TagColumn = None,
    quote: Quote = None,
    decimal: Decimal = None,
    join_extra: JoinExtra = None,
    seed: Annotated[int, typer.Option("--seed", help="Decides the split.", min=0)] = 42,
    per_class: Annotated[
        int | None,
        typer.Option("--per-class", metavar="K", help="So many training rows a class.", min=1),
    ] = None,
    json: Json = False,
) -> None:
    """Make a project of a file: check, split, choose a prompt."""
    from ..projects.prepare import Wishes, prepare_project
    from .library import bring, chosen_model
    from .screen import Screen

    screen = Screen(json)
    wishes = Wishes(
        text=text,
        label=label,
        task=task,
        question=question,
        template=template[0] if template else None,
        also=template[1:] if template else [],
        virtual=virtual,
        words=_words(word or []),
        parameters=dict(pairs(param or [], "--param")),
        seed=seed,
        per_class=per_class,
    )
    bring(model, screen)
    made = prepare_project(
        project,
        data[0] if len(data) == 1 else data,
        wishes,
        model=chosen_model(model),
        valid=valid,
        test=test,
        read_as=read_as(
            encoding, delimiter, sheet, no_header, tag_column, quote, decimal, join_extra
        ),
        report=screen.show,
    )
    screen.result(record_of(made), lambda: in_words(made))


_LABELLED = ("classification", "several_labels")
_NAMES = {"tagging": "entity types", "extraction": "fields"}


def _words(texts: list[str]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for label, word in pairs(texts, "--word"):
        words.setdefault(label, []).append(word)
    return words


def record_of(project: Project) -> dict[str, Any]:
    """What was made, in plain data."""
    file = project.file
    return {
        "project": str(project.folder),
        "name": file.name,
        "task": file.task,
        "text": file.roles.text,
        "question": file.roles.question,
        "label": file.roles.label,
        "labels": file.labels,
        "columns": file.columns,
        "rows": {split: len(ids) for split, ids in file.splits.items()},
        "model": file.model,
        "template": file.prompt.template,
        "also": file.prompt.also,
        "virtual": file.prompt.virtual,
        "parameters": file.prompt.parameters,
        "words": file.prompt.words,
        "seed": file.seed,
        "per_class": file.per_class,
    }


def in_words(project: Project) -> str:
    """The new project in a few lines, and what to do next."""
    file = project.file
    from ..tasks import task_named

    rows = ", ".join(f"{len(ids)} {split}" for split, ids in file.splits.items())
    lines = [f"Project {project.folder}", f"Text column: {file.roles.text}"]
    if file.roles.label is None:
        return "\n".join([*lines, f"Rows: {rows}", "No labels: rows can be labelled, not learnt."])
    task = task_named(file.task)
    if file.roles.question is not None:
        lines.append(f"Question column: {file.roles.question}")
    count = f" ({len(file.labels)} {_NAMES.get(file.task, 'labels')})" if file.labels else ""
    lines += [
        f"{'Label' if file.task in _LABELLED else 'Answer'} column: {file.roles.label}{count}",
        f"Task: {task.title}",
        f"Rows: {rows}",
        f"Model: {file.model}",
        *("Template: " + some.replace("\n", "\\n") for some in file.prompt.templates),
    ]
    if file.prompt.words:
        words = _first(file.prompt.words)
        lines.append("Words: " + "; ".join(f"{k} = {', '.join(v)}" for k, v in words))
    return "\n".join([*lines, f"Next: peft-desktop train {project.folder}"])


def _first(words: dict[str, list[str]], most: int = 10) -> list[tuple[str, list[str]]]:
    shown = list(words.items())[:most]
    return [*shown, ("...", ["..."])] if len(words) > most else shown
