"""A shoot-out: chosen methods, models and prompts times seeds, on one frozen split, one queue.

Its plan is a file of the project; every cell is an ordinary run that can be opened like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Any

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.files import writing
from ..core.locks import locked
from ..core.ports import Tuner
from ..core.project import Project, open_project
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .run_queue import carried_out
from .run_time import Paces, seconds_left
from .shoot_out_plan import SPLITS, ShootOut, plan_file, save


def expected(project: Project, plan: ShootOut, measured: Path) -> dict[str, float | None]:
    """Seconds that a cell of each row will take at most, None where nothing is known."""
    paces = Paces.of(project.runs_folder, measured)
    return {
        row.key: paces.seconds_of(row.recipe.model_copy(update={"data": plan.data}), SPLITS)
        for row in plan.rows
    }


def count_a_look(project: Project) -> None:
    """Note in the project's file that its test rows were looked at once more."""
    now = open_project(project.folder)  # it may have been changed since
    now.update(test_peeks=now.file.test_peeks + 1)
    project.file = now.file


def carry_out(
    project: Project,
    plan: ShootOut,
    tuner: Tuner,
    measured: Path,
    looked: Callable[[Project], None] = count_a_look,
) -> Generator[Event, None, None]:
    """Do what is still to do; the plan file is written after every cell.

    Failed cells are tried once more. The last event is Finished with the table; a table so far
    (`Ranked`) comes after every cell. `looked` is told, once for all cells, that the test rows are
    being looked at; who holds the project open counts that himself.
    """
    lock = plan_file(project, plan.name).with_suffix(".lock")
    with_time = expected(project, plan, measured)
    project.check_there()
    with writing(lock):
        lock.parent.mkdir(exist_ok=True)
    with locked(lock, _the_shoot_out(plan.name)):
        again = [
            c.model_copy(update={"state": "waiting"}) if c.state == "failed" else c
            for c in plan.cells
        ]
        plan = plan.model_copy(update={"cells": again})
        save(project, plan)
        total = len(plan.cells)
        for number, cell in enumerate(plan.cells):
            if cell.state != "waiting":
                continue
            left = seconds_left(plan.cells, with_time)
            facts = {"run": cell.run, "number": number + 1, "total": total, "seconds_left": left}
            yield ev.Started("cell", facts=facts)
            recipe = plan.recipe_of(cell)
            work = carried_out(tuner, project.runs_folder, recipe, cell, SPLITS)
            with closing(work):
                ended = yield from work
            plan = plan.with_cell(number, ended)
            if "test" in ended.facts and not plan.looked_at_test:
                plan = plan.model_copy(update={"looked_at_test": True})
                looked(project)
            save(project, plan)
            yield ev.Ranked(table_of(project, plan), number + 1, total)
    yield ev.Finished(result_of(project, plan))


def _the_shoot_out(name: str) -> Sentence:
    return Sentence(QT_TRANSLATE_NOOP("engine", 'The shoot-out "{name}"'), {"name": name})


def table_of(project: Project, plan: ShootOut) -> list[dict[str, Any]]:
    """The table as far as it goes: contenders best first (by validation), then baselines."""
    from ..evaluation.shoot_out_table import Contender, Outcome, table

    contenders = []
    for row in plan.rows:
        cells = [cell for cell in plan.cells if cell.row == row.key]
        recipe = row.recipe
        contenders.append(
            Contender(
                key=row.key,
                facts={
                    "method": recipe.method,
                    "model": recipe.model.name,
                    "template": recipe.prompt.template,
                },
                outcomes=[
                    Outcome(cell.seed, cell.run, cell.facts)
                    for cell in cells
                    if cell.state == "done"
                ],
                planned=len(cells),
                failures=[cell.why for cell in cells if cell.state == "failed"],
            )
        )
    return table(contenders, lambda run: _right(project.runs_folder / run, "test"))


def _right(run_folder: Path, split: str) -> dict[int, bool] | None:
    """Row id -> whether the run answered it right; None where that is not known any more."""
    from contextlib import suppress

    import pyarrow as pa
    import pyarrow.parquet as pq

    with suppress(OSError, pa.ArrowInvalid, KeyError):
        columns = ["split", "_row_id", "label", "predicted_label"]
        rows = pq.read_table(run_folder / "predictions.parquet", columns=columns).to_pylist()
        return {
            row["_row_id"]: row["label"] == row["predicted_label"]
            for row in rows
            if row["split"] == split
        } or None
    return None


def result_of(project: Project, plan: ShootOut) -> dict[str, Any]:
    """The table and what it rests on, ready for JSON."""
    rows = table_of(project, plan)
    states = [cell.state for cell in plan.cells]
    return {
        "name": plan.name,
        "seeds": plan.seeds,
        "rows": {split: len(plan.data.rows.get(split, ())) for split in ("train", *SPLITS)},
        "cells": {state: states.count(state) for state in ("done", "failed", "waiting")},
        "table": rows,
        "winner": next((row["row"] for row in rows if row.get("best")), None),
    }


def pick(project: Project, plan: ShootOut, key: str | None = None) -> str:
    """Put a row's model, method, settings and prompt into the project; the best row's unless named.

    Raises UserError while no row is finished, or for one that is not there.
    """
    winner, values = picked(project, plan, key)
    project.update(**values)
    return winner


def picked(project: Project, plan: ShootOut, key: str | None = None) -> tuple[str, dict[str, Any]]:
    """A row's key and what it would put into the project's file; see `pick`."""
    known = [row.key for row in plan.rows]
    winner = result_of(project, plan)["winner"] if key is None else key
    if winner is None or winner not in known:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no such row to pick, or none is done yet."),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}."),
            known=", ".join(known),
        )
    recipe = plan.row(winner).recipe
    return str(winner), {
        "model": recipe.model.name,
        "method": recipe.method,
        "method_settings": dict(recipe.method_settings),
        "prompt": recipe.prompt,
        "training": recipe.training.model_dump(exclude_defaults=True),
    }
