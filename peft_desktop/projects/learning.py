"""A run again with fewer of its training rows, to see whether more would help."""

from __future__ import annotations

import random
from collections.abc import Generator, Sequence
from typing import Any

from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import Tuner
from ..core.project import Project
from ..core.recipe import Recipe
from ..core.runs import Run
from ..core.words import QT_TRANSLATE_NOOP
from .run_queue import Cell, carried_out

FEWEST = 8  # training rows of the smallest part


def smaller(project: Project, recipe: Recipe, share: float) -> Recipe:
    """The recipe with `share` of its training rows, as many of each label as it has; the smaller
    parts are parts of the larger ones."""
    from ..data.store import load_table, rows_by_id

    rows, label = recipe.data.rows["train"], recipe.data.label or ""
    table = load_table(project.folder, recipe.data.sha256)
    of_label: dict[str, list[int]] = {}
    for row, cells in zip(rows, rows_by_id(table, rows, [label]), strict=True):
        of_label.setdefault(cells[label], []).append(row)
    kept: set[int] = set()
    for name in sorted(of_label):
        some = sorted(of_label[name])
        random.Random(recipe.seed).shuffle(some)
        kept |= set(some[: max(1, round(share * len(some)))])
    data = recipe.data.model_copy(
        update={"rows": {**recipe.data.rows, "train": [row for row in rows if row in kept]}}
    )
    name = f"{recipe.name[:60]}-rows-{round(100 * share)}"
    return recipe.model_copy(update={"name": name, "data": data, "created_at": ""})


def learning_curve(
    project: Project, tuner: Tuner, run: Run, shares: Sequence[float]
) -> Generator[Event, None, dict[str, Any]]:
    """Train the run on parts of its rows and judge all on the validation rows; what was trained
    before is not trained again. Gives `points` and, where it can be told, `more`."""
    from ..evaluation.learning_curve import gain, sentence

    recipe = run.recipe
    valid = recipe.data.rows.get("valid") or []
    train = recipe.data.rows.get("train") or []
    if not valid:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This run has no validation rows to judge parts of it by."),
            QT_TRANSLATE_NOOP("engine", "Split the project with validation rows and train again."),
        )
    if recipe.soft_labels is not None or min(shares) * len(train) < FEWEST:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The smallest part would have fewer than {fewest} training rows."
            ),
            QT_TRANSLATE_NOOP("engine", "Label some more rows first."),
            fewest=FEWEST,
        )
    points: list[dict[str, Any]] = []
    for share in sorted(shares):
        part = recipe if share >= 1 else smaller(project, recipe, share)
        cell = Cell(row=f"{share:g}", run=part.name, seed=part.seed)
        done = yield from carried_out(tuner, project.runs_folder, part, cell, ["valid"])
        rows = len(part.data.rows["train"])
        if done.state == "failed":
            points.append({"run": part.name, "share": share, "rows": rows, "why": done.why})
            continue
        metrics = done.facts["valid"]["metrics"]
        points.append({"run": part.name, "share": share, "rows": rows, "metrics": metrics})
    known = [(p["rows"], p["metrics"]["accuracy"]) for p in points if "metrics" in p]
    found = gain(known, len(valid))
    return {"points": points, "more": found, "said": str(sentence(found))}
