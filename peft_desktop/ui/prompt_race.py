"""The best prompts of a ranking trained one after another, each as a run of its own."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Any

from ..core import events as ev
from ..core.events import Event
from ..core.ports import Tuner
from ..core.project import Project
from ..core.recipe import PromptSpec
from .probing import Entry
from .training_plan import preset_of

RACERS = 3
_SPLITS = ("valid",)  # the test rows are for the winner, when all is decided


def best_of(entries: Sequence[Entry], count: int = RACERS) -> list[PromptSpec]:
    """The first `count` prompts of a ranking that differ in more than their words."""
    found: dict[str, PromptSpec] = {}
    for entry in entries:
        if not entry.error:
            found.setdefault(entry.prompt.template, entry.prompt)
    return list(found.values())[:count]


def racing(
    tuner: Tuner, library: Any, project: Project, prompts: Sequence[PromptSpec]
) -> Generator[Event, None, None]:
    """Train and judge a run for each prompt, with the project's model, method and settings.

    The result lists `runs`: run, template and accuracy on the validation rows, best first; a run
    that failed has no accuracy. Raises UserError for a project that cannot be trained.
    """
    from ..methods import METHODS
    from ..projects.recipes import recipe_for
    from ..projects.run_queue import Cell, carried_out, run_names

    file, runs = project.file, project.runs_folder
    names = run_names([f"prompt {n}" for n in range(1, len(prompts) + 1)], runs, file.method)
    preset = preset_of(file.training)
    recipes = [
        recipe_for(
            Project(project.folder, file.model_copy(update={"prompt": prompt})),
            name=name,
            preset=preset,
            library=library,
            methods=METHODS,
        )
        for prompt, name in zip(prompts, names, strict=True)
    ]
    told = []
    for number, recipe in enumerate(recipes, 1):
        facts = {"run": recipe.name, "number": number, "total": len(recipes)}
        yield ev.Started("cell", facts=facts)
        cell = Cell(row=recipe.prompt.template, run=recipe.name, seed=recipe.seed)
        with closing(carried_out(tuner, runs, recipe, cell, _SPLITS)) as work:
            ended = yield from work
        metrics = dict(dict(ended.facts.get("valid", {})).get("metrics", {}))
        told.append({"run": ended.run, "template": ended.row, "accuracy": metrics.get("accuracy")})
    told.sort(key=lambda one: -1.0 if one["accuracy"] is None else one["accuracy"], reverse=True)
    yield ev.Finished({"runs": told})
