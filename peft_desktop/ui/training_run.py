"""A training as the window starts it, goes on with it, or reads it again; and what runs teach."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.files import atomic_write
from ..core.locks import locked
from ..core.ports import Tuner
from ..core.project import Project
from ..core.recipe import Recipe
from ..core.runs import (
    LOCK,
    Run,
    create_run,
    environment,
    follow,
    list_runs,
    load_recipe,
    recorded,
    replay,
    rewind,
    the_run,
)
from .training_plan import Lesson, preset_of

_ANY_STEP = 2**63  # drops how the run ended, and no step
_BATCH = 1000
_REST = 0.2  # seconds between two looks at a record that grows


@dataclass(frozen=True, slots=True)
class Look:
    """What is found out beside the window: cards, devices and lessons; see `look_around`."""

    cards: tuple[Any, ...]
    devices: tuple[dict[str, Any], ...]
    lessons: tuple[Lesson, ...]
    finished: int


def new_run(project: Project, library: Any, name: str) -> tuple[Recipe, Path]:
    """Make the run's folder with its recipe. Raises UserError for what the user can mend."""
    from ..methods import METHODS
    from ..projects.recipes import recipe_for

    recipe = recipe_for(
        project,
        name=name,
        preset=preset_of(project.file.training),
        library=library,
        methods=METHODS,
    )
    folder = create_run(project.runs_folder, recipe)
    return load_recipe(folder), folder


def training(
    tuner: Tuner, recipe: Recipe, folder: Path, resume: bool = False
) -> Generator[Event, None, None]:
    """Train, recording every event; the run's lock is held while it works.

    A resumed run tells first what happened before: then it looks as if it had never ended.
    """
    with locked(folder / LOCK, the_run(folder.name)):
        if resume:
            rewind(folder, _ANY_STEP)
            yield from replay(folder)
        atomic_write(folder / "environment.json", json.dumps(environment(), indent=1) + "\n")
        yield from recorded(tuner.train(recipe, folder, resume=resume), folder)


def read_again(
    folder: Path, tell: Callable[[list[Event]], None], wanted: Callable[[], bool]
) -> None:
    """Tell the events of an old run in batches, for a thread, while they are `wanted`."""
    batch: list[Event] = []
    for event in replay(folder):
        batch.append(event)
        if len(batch) == _BATCH:
            if not wanted():
                return
            tell(batch)
            batch = []
    if batch:
        tell(batch)


def read_on(folder: Path, tell: Callable[[list[Event]], None], wanted: Callable[[], bool]) -> None:
    """Tell the events of a run in training, those to come too, while they are `wanted`."""
    batch: list[Event] = []
    for event in follow(folder):
        if event is not None:
            batch.append(event)
        if len(batch) == _BATCH or (event is None and batch):
            tell(batch)
            batch = []
        if event is None:
            time.sleep(_REST)
        if (event is None or not batch) and not wanted():
            return
    if batch:
        tell(batch)


def can_resume(run: Run) -> bool:
    """Whether a checkpoint lies there that was written to its end; the engine verifies it."""
    if run.state not in ("stopped", "failed", "interrupted"):
        return False
    return any((run.folder / "checkpoints").glob("step-*/MANIFEST.json"))


def can_start_again(run: Run) -> bool:
    """Whether a run that was cut off left nothing behind, so that its recipe is all there is."""
    kept = can_resume(run) or (run.folder / "model").is_dir()
    return run.state in ("stopped", "failed", "interrupted") and not kept


def look_around(tuner: Tuner, library: Any, runs_folder: Path | None, busy: bool) -> Look:
    """Read library, devices and earlier runs: seconds, the first time. Never in the window.

    The engine is not asked for its devices while it is at work.
    """
    cards = tuple(library.list())
    runs = [] if runs_folder is None else list_runs(runs_folder)
    devices: Sequence[dict[str, Any]] = ()
    if not busy:
        try:
            devices = tuner.devices()
        except UserError:
            devices = ()  # it has just begun to work; the next look will tell
    lessons = [lesson for run in reversed(runs) if (lesson := lesson_of(run)) is not None]
    finished = sum(1 for run in runs if run.state == "finished")
    return Look(cards, tuple(devices), tuple(lessons), finished)


def lesson_of(run: Run) -> Lesson | None:
    """What a run measured; None when it took no step."""
    facts: dict[str, Any] = {}
    last: ev.Stepped | None = None
    memory = 0
    result: dict[str, Any] = {}
    for event in replay(run.folder):
        match event:
            case ev.Started(what="training"):
                facts = event.facts
            case ev.Stepped():
                last, memory = event, max(memory, event.memory_bytes)
            case ev.Finished():
                result = event.result
    if last is None:
        return None
    settings = run.recipe.training
    rows = last.step * settings.batch_size * settings.accumulation
    seconds = float(result.get("training_seconds", 0.0))
    by_rate = 1.0 / last.examples_per_second if last.examples_per_second > 0 else 0.0
    return Lesson(
        model=run.recipe.model.name,
        method=run.recipe.method,
        method_settings=dict(run.recipe.method_settings),
        fine_tune_pass=settings.fine_tune_pass,
        trained_parameters=int(facts.get("trained_parameters", 0)),
        seconds_a_row=seconds / rows if seconds else by_rate,
        memory_bytes=memory,
    )
