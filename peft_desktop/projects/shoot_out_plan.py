"""What a shoot-out compares: its rows and runs, what cannot be in it, its file in the project."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.events import Warned
from ..core.fields import Settings, fields_of
from ..core.files import atomic_write
from ..core.project import Project
from ..core.recipe import DataRef, PromptSpec, Recipe, TrainingSettings
from ..core.runs import check_name
from ..core.words import QT_TRANSLATE_NOOP
from .for_classification import SHOOT_OUT, only_for_classification
from .recipes import KnownMethod, Models, recipe_for
from .run_queue import Cell, read_plan, run_names

FOLDER = "shootouts"
VERSION = 1
SPLITS = ("valid", "test")
RATES = ("learning_rate", "head_learning_rate")  # a method's own: another one's would not train

Check = Callable[[str, PromptSpec], Iterable[Warned]]


class Row(Settings):
    """One contender. Its recipe lacks what differs between cells: name, seed, rows."""

    key: str
    recipe: Recipe


class ShootOut(Settings):
    """What is compared and how far it has come; `data` is the split that all cells share."""

    schema_version: int = VERSION
    name: str
    created_at: str = ""
    data: DataRef
    seeds: list[int]
    rows: list[Row]
    cells: list[Cell]
    looked_at_test: bool = False

    def row(self, key: str) -> Row:
        return next(row for row in self.rows if row.key == key)

    def recipe_of(self, cell: Cell) -> Recipe:
        changes = {"name": cell.run, "seed": cell.seed, "data": self.data}
        return self.row(cell.row).recipe.model_copy(update=changes)

    def with_cell(self, number: int, cell: Cell) -> ShootOut:
        cells = [*self.cells[:number], cell, *self.cells[number + 1 :]]
        return self.model_copy(update={"cells": cells})


class Refused(UserError):  # noqa: N818 (it tells what became of the plan)
    """Combinations that cannot be trained; `each` has a sentence for every one of them."""

    def __init__(self, each: Sequence[tuple[str, UserError]]) -> None:
        told = "; ".join(f"{key}: {error}" for key, error in each)
        super().__init__(
            QT_TRANSLATE_NOOP(
                "engine", "Nothing was started, for {count} combinations cannot be trained. {told}"
            ),
            QT_TRANSLATE_NOOP("engine", "Leave them out."),
            count=len(each),
            told=told,
        )
        self.each = list(each)


def planned(
    project: Project,
    name: str | None,
    methods: Sequence[str],
    models: Sequence[str],
    prompts: Sequence[PromptSpec],
    seeds: Sequence[int],
    settings: Sequence[str] = (),
    test_rows: int | None = None,
    *,
    library: Models,
    known: Mapping[str, KnownMethod],
    check: Check = lambda model, prompt: (),
) -> tuple[ShootOut, list[Warned]]:
    """The plan, not yet written, and what to mind about it.

    `settings` are KEY=VALUE for all, METHOD.KEY=VALUE for one method. `test_rows`: judge on a
    fixed sample of so many. Raises Refused with a sentence for every combination that cannot be
    trained, UserError for all else that is wrong.
    """
    only_for_classification(project, SHOOT_OUT)
    file = project.file
    if all(method in known for method in methods):
        _check_settings(settings, methods, known)
    rows: list[Row] = []
    refused: list[tuple[str, UserError]] = []
    warnings: list[Warned] = []
    for model in models:
        for number, prompt in enumerate(prompts, 1):
            parts = [*([model] if len(models) > 1 else [])]
            parts += [f"prompt {number}"] if len(prompts) > 1 else []
            for method in methods:
                key = " ".join([method.replace("_", "-"), *parts])
                own = _for_method(settings, method, known)
                changes: dict[str, Any] = {"prompt": prompt}
                if (model, method) != (file.model, file.method):
                    rates = {k: v for k, v in file.training.items() if k not in RATES}
                    changes["training"] = rates
                changed = Project(project.folder, file.model_copy(update=changes))
                try:
                    recipe = recipe_for(
                        changed, model, method, own, 0, "row", library=library, methods=known
                    )
                    warnings += [w for w in check(model, prompt) if w not in warnings]
                except UserError as error:
                    refused.append((key, error))
                else:
                    rows.append(Row(key=key, recipe=recipe))
    if refused:
        same = not rows and len({str(error) for _, error in refused}) == 1
        raise refused[0][1] if same else Refused(refused)
    data = _frozen(rows[0].recipe.data, test_rows, file.seed)
    bare = [r.model_copy(update={"recipe": _bare(r.recipe)}) for r in rows]
    chosen = _free(project, name)
    wanted = [(row.key, seed) for seed in seeds for row in rows]  # a first look at every row first
    names = run_names([f"{key} {seed}" for key, seed in wanted], project.runs_folder, chosen)
    cells = [Cell(row=k, run=n, seed=s) for (k, s), n in zip(wanted, names, strict=True)]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    plan = ShootOut(
        name=chosen, created_at=now, data=data, seeds=list(seeds), rows=bare, cells=cells
    )
    return plan, warnings


def _bare(recipe: Recipe) -> Recipe:
    return recipe.model_copy(update={"data": DataRef()})


def _frozen(data: DataRef, test_rows: int | None, seed: int) -> DataRef:
    rows = {split: list(ids) for split, ids in data.rows.items()}
    test = rows.get("test", [])
    if test_rows is not None and test_rows < len(test):
        rows["test"] = sorted(random.Random(seed).sample(test, test_rows))
    if not rows.get("valid"):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There are no validation rows to choose a winner by."),
            QT_TRANSLATE_NOOP("engine", "Give the project a split with validation rows."),
            field="valid",
        )
    return data.model_copy(update={"rows": rows})


def _check_settings(
    settings: Sequence[str], methods: Sequence[str], known: Mapping[str, KnownMethod]
) -> None:
    """A setting that no chosen method knows was meant for another one, or is misspelt."""
    for text in settings:
        if not any(_for_method([text], method, known) for method in methods):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'No chosen method has the setting "{text}".'),
                QT_TRANSLATE_NOOP("engine", "Correct it, or leave it out."),
                field="settings",
                text=text,
            )


def _for_method(
    settings: Sequence[str], method: str, known: Mapping[str, KnownMethod]
) -> list[str]:
    """The settings that are for this method: everybody's, and its own."""
    if method not in known:
        return []
    names = {field.name for field in fields_of(TrainingSettings)}
    names |= {field.name for field in fields_of(known[method].settings)}
    found = []
    for text in settings:
        key, sign, value = text.partition("=")
        of, dot, own = key.strip().partition(".")
        if dot and of.replace("-", "_") == method and own in names:
            found.append(f"{own}={value}")
        elif not dot and (key.strip() in names or not sign):
            found.append(text)
    return found


def _free(project: Project, name: str | None) -> str:
    if name is not None:
        check_name(name)
        if plan_file(project, name).exists():
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'There is a shoot-out called "{name}" already.'),
                QT_TRANSLATE_NOOP("engine", "Go on with it (--resume), or choose another name."),
                file=plan_file(project, name),
                name=name,
            )
        return name
    number = 1
    while plan_file(project, f"shoot-out-{number}").exists():
        number += 1
    return f"shoot-out-{number}"


def plan_file(project: Project, name: str) -> Path:
    return project.folder / FOLDER / f"{name}.json"


def save(project: Project, plan: ShootOut) -> None:
    """Write the plan; either the old file or the new one is there."""
    project.check_there()
    atomic_write(plan_file(project, plan.name), plan.model_dump_json(indent=1) + "\n")


def load(project: Project, name: str | None = None) -> ShootOut:
    """The shoot-out of that name, or the newest; UserError naming those there are."""
    folder = project.folder / FOLDER
    if name is not None and plan_file(project, name).is_file():
        return read_plan(plan_file(project, name), ShootOut, VERSION)
    names = names_of(project)
    if name is None and names:
        return read_plan(plan_file(project, names[-1]), ShootOut, VERSION)
    raise UserError(
        QT_TRANSLATE_NOOP("engine", "There is no such shoot-out in this project."),
        QT_TRANSLATE_NOOP("engine", "The project has: {known}."),
        file=folder if folder.exists() else project.folder,
        known=", ".join(names) or "-",
    )


def names_of(project: Project) -> list[str]:
    """The project's shoot-outs, oldest first."""
    found = []
    for path in (project.folder / FOLDER).glob("*.json"):
        try:
            found.append((read_plan(path, ShootOut, VERSION).created_at, path.stem))
        except UserError:
            continue
    return [name for _, name in sorted(found)]
