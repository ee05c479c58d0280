"""`train`: the project's prompt and data, a model and a method, become a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, ProjectFolder

if TYPE_CHECKING:
    from ..core.project import Project
    from ..core.recipe import Recipe
    from .screen import Screen

_ANY_STEP = 2**63  # drops how the run ended and a torn line, no step


def train(
    project: ProjectFolder,
    model: Annotated[
        str | None, typer.Option("--model", help="A model of the library; the project's own.")
    ] = None,
    method: Annotated[
        str | None, typer.Option("--method", help="How to fine-tune; the project's own, or lora.")
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="A setting; repeat.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Decides all that is random.", min=0)
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="RUN", help="What to call the run.")
    ] = None,
    resume: Annotated[
        str | None, typer.Option("--resume", metavar="RUN", help="Go on with a run that ended.")
    ] = None,
    preset: Annotated[
        str, typer.Option("--preset", help="quick, balanced, thorough or article.")
    ] = "",
    also_template: Annotated[
        list[str] | None,
        typer.Option("--also-template", metavar="S", help="A further template; repeat."),
    ] = None,
    virtual: Annotated[
        bool, typer.Option("--virtual", help="Words of several tokens become one trained token.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only measure memory and time of a few real steps.")
    ] = False,
    json: Json = False,
) -> None:
    """Train a model on the project's training rows."""
    from ..core.project import open_project
    from .screen import Screen

    screen = Screen(json)
    opened = open_project(project)
    if resume is not None:
        given = {
            "--model": model,
            "--method": method,
            "--set": settings,
            "--seed": seed,
            "--name": name,
            "--preset": preset,
            "--also-template": also_template,
            "--virtual": virtual or None,
            "--dry-run": dry_run or None,
        }
        _check_alone([option for option, value in given.items() if value not in (None, "", [])])
        result = _resumed(opened, resume, screen)
    else:
        work = rehearsed if dry_run else train_new
        result = work(
            opened,
            screen,
            model=model,
            method=method,
            settings=settings or [],
            seed=seed,
            name=name,
            preset=preset,
            also=also_template or [],
            virtual=virtual,
        )
    screen.result(result, lambda: need_in_words(result) if dry_run else in_words(result))


def train_new(
    project: Project,
    screen: Screen,
    *,
    model: str | None = None,
    method: str | None = None,
    settings: list[str] | None = None,
    seed: int | None = None,
    name: str | None = None,
    preset: str = "",
    also: list[str] | None = None,
    virtual: bool = False,
    resumable: bool = True,
) -> dict[str, Any]:
    """Make a run of the project and train it; gives the run's result.

    `resumable`: when stopped, say how to go on (a project that is thrown away cannot).
    """
    from ..core.runs import create_run

    recipe = _recipe(project, screen, model, method, settings, seed, name, preset, also, virtual)
    folder = create_run(project.runs_folder, recipe)
    return _work(recipe, folder, screen, _saved(folder.name) if resumable else "", resume=False)


def rehearsed(
    project: Project,
    screen: Screen,
    *,
    model: str | None = None,
    method: str | None = None,
    settings: list[str] | None = None,
    seed: int | None = None,
    name: str | None = None,
    preset: str = "",
    also: list[str] | None = None,
    virtual: bool = False,
) -> dict[str, Any]:
    """Measure what the run would need; leaves none behind."""
    from .engine import make_tuner

    recipe = _recipe(project, screen, model, method, settings, seed, name, preset, also, virtual)
    tuner = make_tuner()
    try:
        return screen.follow(tuner.rehearse(recipe, project.folder.absolute()))
    finally:
        tuner.close()


def _recipe(
    project: Project,
    screen: Screen,
    model: str | None,
    method: str | None,
    settings: list[str] | None,
    seed: int | None,
    name: str | None,
    preset: str,
    also: list[str] | None,
    virtual: bool,
) -> Recipe:
    from ..methods import METHODS
    from ..projects.recipes import recipe_for
    from .library import chosen_model, library, usable

    usable(model or project.file.model)  # before there is a run to leave behind
    recipe = recipe_for(
        project,
        model,
        method,
        settings or [],
        seed,
        name,
        preset,
        library=library(),
        methods=METHODS,
        also=also or [],
        virtual=virtual,
    )
    if also or virtual:  # not checked yet, other than the project's own prompt
        file = project.file
        fitting = chosen_model(recipe.model.name)
        for warning in fitting.check(recipe.prompt, file.columns, file.roles.text):
            screen.show(warning)
    return recipe


def _resumed(project: Project, name: str, screen: Screen) -> dict[str, Any]:
    from ..core import events as ev
    from ..core.runs import find_run, replay

    run = find_run(project.runs_folder, name)
    if run.state == "finished":
        ends = [event.result for event in replay(run.folder) if isinstance(event, ev.Finished)]
        return {**_basics(run.folder), **ends[-1], "already_finished": True}
    return _work(run.recipe, run.folder, screen, _saved(run.name), resume=True)


def _saved(name: str) -> str:
    return f'What the run "{name}" has learnt is kept; go on with: --resume {name}'


def _work(
    recipe: Recipe, folder: Path, screen: Screen, saved: str, *, resume: bool
) -> dict[str, Any]:
    import json
    import time

    from ..core.files import atomic_write
    from ..core.locks import locked
    from ..core.runs import LOCK, environment, recorded, rewind, the_run
    from .engine import make_tuner

    since = time.monotonic()
    with locked(folder / LOCK, the_run(folder.name)):
        if resume:
            rewind(folder, _ANY_STEP)
        atomic_write(folder / "environment.json", json.dumps(environment(), indent=1) + "\n")
        tuner = make_tuner()
        try:
            events = recorded(tuner.train(recipe, folder, resume=resume), folder)
            found = screen.follow(events, saved)
        finally:
            tuner.close()
    return {**_basics(folder), "seconds": time.monotonic() - since, **found}


def _basics(folder: Path) -> dict[str, Any]:
    return {"name": folder.name, "folder": str(folder)}


def _check_alone(given: list[str]) -> None:
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    if given:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "A run that goes on keeps its own recipe: {given} cannot be given."
            ),
            QT_TRANSLATE_NOOP("engine", "Leave it out, or train a new run without --resume."),
            given=", ".join(given),
        )


def in_words(result: dict[str, Any]) -> str:
    """The result of a training in a few lines."""
    from ..evaluation.record_report import telling

    if result.get("already_finished"):
        head = f'The run "{result["name"]}" is finished already.'
    else:
        head = f'The run "{result["name"]}" is done after {result["seconds"]:.0f} s.'
    lines = [head]
    metrics = result.get("metrics") or {}
    for split, found in metrics.items():
        if isinstance(found, dict):
            said = [f"{name.replace('_', ' ')} {found[name]:.3f}" for name in telling(found)]
            lines.append(f"{split}: {', '.join(said)}")
    lines.append(str(result["folder"]))
    return "\n".join(lines)


def need_in_words(found: dict[str, Any]) -> str:
    """What a dry run found, in a few lines."""
    verdict = {"fits": "fits", "tight": "is tight", "does_not_fit": "does not fit"}
    mega = 2**20
    lines = [
        f"The run {verdict[found['verdict']]}: at the longest rows it needs "
        f"{found['peak_bytes'] // mega} MB of {found['available_bytes'] // mega} MB "
        f"({found['device']}, {found['precision']}).",
        f"{found['seconds_per_step']:.2f} s a step, {found['total_steps']} steps: about "
        f"{found['seconds'] / 60:.1f} min if it does not stop early.",
    ]
    if found["suggested_batch_size"] != found["batch_size"]:
        lines.append(
            f"Better: --set batch_size={found['suggested_batch_size']} "
            f"--set accumulation={found['suggested_accumulation']} (as many rows a step)."
        )
    return "\n".join(lines)
