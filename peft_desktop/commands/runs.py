"""`runs`: what a project has trained so far."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, ProjectFolder, RunName

if TYPE_CHECKING:
    from ..core.runs import Run

app = typer.Typer(help="List, show, rename or delete runs.", no_args_is_help=False)
_MOST_VECTORS = 40
_OneRun = Annotated[str, typer.Argument(metavar="RUN", help="The run's name.")]


@app.command("list")
def list_(project: ProjectFolder, json: Json = False) -> None:
    """The project's runs, oldest first."""
    from ..core.project import open_project
    from ..core.runs import list_runs
    from .screen import Screen

    runs = [record_of(run) for run in list_runs(open_project(project).runs_folder)]
    Screen(json).result({"runs": runs}, lambda: _table(runs))


@app.command()
def show(project: ProjectFolder, run: RunName = None, json: Json = False) -> None:
    """One run: its recipe, what became of it, its results."""
    from ..core.project import open_project
    from ..core.runs import find_run, size_of
    from .screen import Screen

    found = find_run(open_project(project).runs_folder, run)
    record = {
        **record_of(found),
        "folder": str(found.folder),
        "size_bytes": size_of(found.folder),
        "recipe": found.recipe.model_dump(),
        "result": _result_of(found),
    }
    Screen(json).result(record, lambda: _in_words(record))


@app.command()
def rename(
    project: ProjectFolder,
    run: _OneRun,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new name.")],
    json: Json = False,
) -> None:
    """Give a run another name."""
    from ..core.project import open_project
    from ..core.runs import find_run, rename_run
    from .screen import Screen

    found = find_run(open_project(project).runs_folder, run)
    folder = rename_run(found, name)
    record = {"name": folder.name, "was": found.name, "folder": str(folder)}
    Screen(json).result(record, lambda: f'The run "{found.name}" is now "{folder.name}".')


@app.command()
def delete(
    project: ProjectFolder,
    run: _OneRun,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: Json = False,
) -> None:
    """Remove a run with its model."""
    from ..core.project import open_project
    from ..core.runs import delete_run, find_run
    from .screen import Screen

    found = find_run(open_project(project).runs_folder, run)
    if not yes:
        confirm(f'Delete the run "{found.name}" and its model?', as_json=json)
    freed = delete_run(found)
    record = {"name": found.name, "freed_bytes": freed}
    Screen(json).result(
        record, lambda: f'The run "{found.name}" is deleted; {freed / 1e6:.1f} MB are free again.'
    )


def confirm(question: str, as_json: bool) -> None:
    """Ask before something is removed; UserError where nobody can answer or the answer is no."""
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    if as_json or not sys.stdin.isatty():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This removes something for good."),
            QT_TRANSLATE_NOOP("engine", "Say --yes to do so; nothing was changed."),
        )
    if not typer.confirm(question, err=True):
        raise UserError(QT_TRANSLATE_NOOP("engine", "Nothing was changed."))


def record_of(run: Run) -> dict[str, Any]:
    """A run as one line of a list."""
    recipe = run.recipe
    return {
        "name": run.name,
        "state": run.state,
        "method": recipe.method,
        "model": recipe.model.name,
        "seed": recipe.seed,
        "created_at": recipe.created_at,
        "metrics": _result_of(run).get("metrics", {}),
    }


def _result_of(run: Run) -> dict[str, Any]:
    from ..core.events import Finished
    from ..core.runs import replay

    result: dict[str, Any] = {}
    for event in replay(run.folder):
        if isinstance(event, Finished):
            result = event.result
    return result


def _accuracy(metrics: dict[str, Any]) -> str:
    for split in ("test", "valid"):
        value = metrics.get(split, {}).get("accuracy") if metrics else None
        if value is not None:
            return f"{split} {value:.3f}"
    return ""


def _table(runs: list[dict[str, Any]]) -> str:
    from ..evaluation.report import aligned

    if not runs:
        return "This project has no runs yet."
    lines = [["Run", "State", "Method", "Model", "Accuracy"]]
    for run in runs:
        accuracy = _accuracy(run["metrics"])
        lines.append([run["name"], run["state"], run["method"], run["model"], accuracy])
    return aligned(lines)


def _in_words(record: dict[str, Any]) -> str:
    from ..evaluation.report import aligned

    recipe = record["recipe"]
    lines = [
        ["Run", record["name"]],
        ["State", record["state"]],
        ["Model", record["model"]],
        ["Method", record["method"]],
        ["Seed", str(record["seed"])],
        ["Template", recipe["prompt"]["template"].replace("\n", "\\n")],
        *[
            ["Further template", template.replace("\n", "\\n")]
            for template in recipe["prompt"].get("also", ())
        ],
        ["Accuracy", _accuracy(record["metrics"])],
        ["Size", f"{record['size_bytes'] / 1e6:.1f} MB"],
        ["Created", record["created_at"]],
    ]
    table = "\n".join(f"{name:9}  {value}" for name, value in lines)
    settings = {**recipe["training"], **recipe["method_settings"]}
    chosen = [[name, str(value)] for name, value in settings.items() if value is not None]
    said = _soft_words(record["result"].get("soft_words") or [])
    return f"{table}\n\n{aligned(chosen)}\n{said}\n{record['folder']}"


def _soft_words(vectors: list[list[tuple[str, float]]]) -> str:
    """The words nearest to each trained vector, with their cosines; "" where there are none."""
    if not vectors:
        return ""
    lines = ["Vectors of the soft prompt and their nearest words (cosine)"]
    for number, words in enumerate(vectors[:_MOST_VECTORS], start=1):
        lines.append(
            f"{number:4}  " + ", ".join(f"{word} ({cosine:.2f})" for word, cosine in words)
        )
    if len(vectors) > _MOST_VECTORS:
        lines.append(f"...   {len(vectors)} vectors in all: see --json")
    return "\n" + "\n".join(lines) + "\n"
