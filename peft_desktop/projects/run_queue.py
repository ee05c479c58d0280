"""A queue of ordinary runs: trained and judged one after another, none of them twice.

What the queue has done stands in its plan file, so that it goes on after any stop: finished cells
stay, an interrupted one resumes, a failed one is kept with its reason and the next one begins.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, TypeVar

import pydantic

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.fields import Settings
from ..core.files import atomic_write
from ..core.locks import locked
from ..core.ports import EvaluateRequest, Events, Tuner
from ..core.project import broken, read_record
from ..core.recipe import Recipe
from ..core.runs import (
    LOCK,
    RECIPE,
    check_name,
    create_run,
    environment,
    find_run,
    load_recipe,
    recorded,
    replay,
    rewind,
    size_of,
    the_run,
)
from ..core.words import QT_TRANSLATE_NOOP

_ANY_STEP = 2**63  # drops how the run ended and a torn line, no step
_LONGEST_NAME = 80
_Plan = TypeVar("_Plan", bound=Settings)


class Cell(Settings):
    """One run of a queue. `row` says what it belongs to, `took` the seconds of all its work.

    `facts`, once it is done: the figures of its training, and of every split its metrics.
    """

    row: str
    run: str
    seed: int
    state: Literal["waiting", "done", "failed"] = "waiting"
    why: str = ""
    took: float = 0.0
    facts: dict[str, Any] = pydantic.Field(default_factory=dict)


def carried_out(
    tuner: Tuner,
    runs_folder: Path,
    recipe: Recipe,
    cell: Cell,
    splits: Sequence[str],
    prepare: Callable[[Path], None] = lambda run_folder: None,
) -> Generator[Event, None, Cell]:
    """Train the run of `cell`, or go on with it, and judge it on `splits`; gives the cell done.

    `prepare` puts into the run's folder what the recipe needs there. A failure that the user can
    mend, or a bug of the run, becomes a failed cell; only what comes from outside (a stop, a folder
    that is gone) ends the queue.
    """
    since = time.monotonic()
    try:
        facts = yield from _trained(tuner, runs_folder, recipe, prepare)
        folder = runs_folder / recipe.name
        for split in splits:
            if recipe.data.rows.get(split):
                facts |= yield from _judged(tuner, folder, split, facts.get("best_step", 0))
        facts["size_bytes"] = size_of(folder / "model")
    except Exception as error:
        if not runs_folder.parent.is_dir():
            raise
        why = str(error) if isinstance(error, UserError) else f"{type(error).__name__}: {error}"
        yield ev.Warned(
            QT_TRANSLATE_NOOP("engine", 'The run "{run}" failed and is left out: {why}'),
            {"run": cell.run, "why": why},
        )
        return cell.model_copy(update={"state": "failed", "why": why})
    took = cell.took + time.monotonic() - since
    return cell.model_copy(update={"state": "done", "why": "", "took": took, "facts": facts})


def _trained(
    tuner: Tuner, runs_folder: Path, recipe: Recipe, prepare: Callable[[Path], None]
) -> Generator[Event, None, dict[str, Any]]:
    """The figures of the training; a run that is finished only gives them again."""
    folder = runs_folder / recipe.name
    there = (folder / RECIPE).is_file()
    if there:
        _check_same(load_recipe(folder), recipe, folder)
        run = find_run(runs_folder, recipe.name)
        if run.state == "finished":
            return _figures(folder)
    else:
        create_run(runs_folder, recipe)
    prepare(folder)
    yield from training(tuner, recipe, folder, resume=there)
    return _figures(folder)


def training(
    tuner: Tuner, recipe: Recipe, folder: Path, *, resume: bool
) -> Generator[Event, None, None]:
    """The events of a training, recorded in its run, but for its last one."""
    with locked(folder / LOCK, the_run(folder.name)):
        if resume:
            rewind(folder, _ANY_STEP)
        atomic_write(folder / "environment.json", json.dumps(environment(), indent=1) + "\n")
        yield from without_end(recorded(tuner.train(recipe, folder, resume=resume), folder))


def without_end(events: Events) -> Generator[Event, None, dict[str, Any]]:
    """The events of one piece of work among several; gives the result of its Finished."""
    result: dict[str, Any] = {}
    with closing(events):
        for event in events:
            if isinstance(event, ev.Finished):
                result = event.result
            else:
                yield event
    return result


def _figures(folder: Path) -> dict[str, Any]:
    """What a finished run says of its training: parameters, seconds, steps, peak memory."""
    result: dict[str, Any] = {}
    memory = 0
    for event in replay(folder):
        if isinstance(event, ev.Stepped):
            memory = max(memory, event.memory_bytes)
        elif isinstance(event, ev.Finished):
            result = event.result
    names = ("trained_parameters", "training_seconds", "seconds", "steps", "best_step")
    return {name: result[name] for name in names if name in result} | {"memory_bytes": memory}


def _judged(
    tuner: Tuner, folder: Path, split: str, step: int
) -> Generator[Event, None, dict[str, Any]]:
    result = yield from without_end(tuner.evaluate(folder, EvaluateRequest(split=split)))
    metrics = result["metrics"]
    yield ev.Evaluated(step, split, metrics.get("log_loss", 0.0), metrics)
    return {split: {"metrics": metrics, "baselines": result.get("baselines", {})}}


def _check_same(there: Recipe, wanted: Recipe, folder: Path) -> None:
    """A run of that name that was made of something else is not ours to go on with."""
    if there.model_copy(update={"created_at": wanted.created_at}) != wanted:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is another run called "{name}".'),
            QT_TRANSLATE_NOOP("engine", "Rename that run, then go on."),
            file=folder,
            name=folder.name,
        )


def run_names(wanted: Sequence[str], runs_folder: Path, queue_name: str) -> list[str]:
    """A free name for each run, as near to what is wanted as folders allow."""
    there = runs_folder.iterdir() if runs_folder.is_dir() else ()
    taken = {folder.name.casefold() for folder in there}
    found = []
    for text in wanted:
        plain = "".join(c if c.isalnum() or c in " -_" else "-" for c in text).strip(" .-")
        room = _LONGEST_NAME - len(queue_name) - 6
        base = f"{queue_name} {plain[-room:].strip(' .-')}"
        name, number = base, 2
        while name.casefold() in taken:
            name, number = f"{base} {number}", number + 1
        check_name(name)
        taken.add(name.casefold())
        found.append(name)
    return found


def read_plan(path: Path, kind: type[_Plan], version: int) -> _Plan:
    """A queue's plan file; UserError when it is damaged or of a newer version."""
    record = read_record(path)
    if int(record.get("schema_version", 0)) > version:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This was planned by a newer version of the program."),
            QT_TRANSLATE_NOOP("engine", "Open it with that version; nothing was changed."),
            file=path,
        )
    try:
        return kind.model_validate(record)
    except pydantic.ValidationError as error:
        raise broken(path, ".".join(str(p) for p in error.errors()[0]["loc"])) from error
