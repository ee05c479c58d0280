"""How long a queue of runs will take, judging by runs of the project and by what was measured."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core import events as ev
from ..core.recipe import Recipe
from ..core.runs import list_runs, replay
from ..core.steps import total_steps
from .run_queue import Cell

STARTING_S = 6.0  # loading, reading the texts, saving
FORWARD = 1 / 3  # of a training pass: no gradients
_UNTRAINED_TOO = 2  # rows are scored by the trained and, for the baseline, by the untrained model


@dataclass(frozen=True, slots=True)
class Paces:
    """Seconds a training row: of finished runs by (model, method), and steps measured once."""

    of_runs: Mapping[tuple[str, str], float]
    measured: Mapping[str, Any]

    @staticmethod
    def of(runs_folder: Path, measured: Path) -> Paces:
        """From the project's finished runs, else from the steps that were measured once."""
        of_runs: dict[tuple[str, str], float] = {}
        for run in list_runs(runs_folder):
            if run.state == "finished":
                pace = _of_run(run.folder, run.recipe)
                if pace:
                    of_runs[run.recipe.model.name, run.recipe.method] = pace
        return Paces(of_runs, _read(measured))

    def seconds_a_row(self, recipe: Recipe) -> float | None:
        known = self.of_runs.get((recipe.model.name, recipe.method))
        if known is not None:
            return known
        wanted = f"{recipe.model.sha256[:16]} {recipe.method}"
        for key, value in self.measured.items():
            if key.endswith(wanted) and isinstance(value, dict):
                seconds = [s for s in value.get("seconds", {}).values() if isinstance(s, float)]
                if seconds:
                    return min(seconds) / recipe.training.batch_size
        return None

    def seconds_of(self, recipe: Recipe, splits: Sequence[str]) -> float | None:
        """Seconds of a whole run at most (it may stop early); None where nothing is known."""
        pace = self.seconds_a_row(recipe)
        if pace is None:
            return None
        settings, rows = recipe.training, recipe.data.rows
        steps = total_steps(settings, max(1, len(rows.get("train", ()))))
        seen = steps * settings.batch_size * settings.accumulation
        judged = sum(len(rows.get(split, ())) for split in splits) * _UNTRAINED_TOO
        return STARTING_S + pace * (seen + FORWARD * judged)


def seconds_left(cells: Sequence[Cell], expected: Mapping[str, float | None]) -> float | None:
    """Seconds that the waiting cells will take; `expected` by row, as worked out beforehand.

    Cells of the same row tell best. What is known of other rows scales what was expected; None
    where nothing is known yet.
    """
    waiting = [cell for cell in cells if cell.state == "waiting"]
    done = [cell for cell in cells if cell.state == "done" and cell.took > 0]
    of_row: dict[str, list[float]] = {}
    for cell in done:
        of_row.setdefault(cell.row, []).append(cell.took)
    mean = {row: sum(took) / len(took) for row, took in of_row.items()}
    both = [(mean[row], e) for row in mean if (e := expected.get(row)) is not None]
    scale = sum(m for m, _ in both) / sum(e for _, e in both) if both else 1.0
    total = 0.0
    for cell in waiting:
        guess = expected.get(cell.row)
        if cell.row in mean:
            total += mean[cell.row]
        elif guess is not None:
            total += scale * guess
        elif mean:
            total += sum(mean.values()) / len(mean)
        else:
            return None
    return total


def _of_run(folder: Path, recipe: Recipe) -> float:
    settings = recipe.training
    for event in replay(folder):
        if isinstance(event, ev.Finished):
            steps = event.result.get("steps") or 0
            seen = steps * settings.batch_size * settings.accumulation
            seconds = event.result.get("training_seconds") or 0.0
            return float(seconds) / seen if seen else 0.0
    return 0.0


def _read(measured: Path) -> Mapping[str, Any]:
    with suppress(OSError, ValueError):
        kept = json.loads(measured.read_text(encoding="utf-8"))
        if isinstance(kept, dict):
            return kept
    return {}
