"""What pattern-exploiting training will do: teachers, their pool, the student; its file.

PET: Schick and Schuetze 2021, arXiv:2001.07676. A pattern is a template with its label words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pydantic

from ..core.errors import UserError
from ..core.events import Warned
from ..core.fields import Settings
from ..core.files import atomic_write, writing
from ..core.project import Project
from ..core.recipe import DataRef, PromptSpec, Recipe
from ..core.runs import check_name
from ..core.words import QT_TRANSLATE_NOOP
from .for_classification import PET, only_for_classification
from .pet_pool import Pool
from .recipes import KnownMethod, Models, recipe_for
from .run_queue import Cell, read_plan, run_names
from .shoot_out_plan import RATES

FOLDER = "pet"
PLAN = "plan.json"
POOL = "pool.parquet"
VERSION = 1
STUDENT = "student"
TEMPERATURE = 2.0
MOST_STEPS = 2000
_PASSES = 3  # over the pool, unless the validation loss ends it earlier

Check = Callable[[str, PromptSpec], Iterable[Warned]]


class Pattern(Settings):
    """One prompt; `weight` is the untrained model's accuracy with it, None before it is known."""

    key: str
    prompt: PromptSpec
    weight: float | None = None


class Pet(Settings):
    """The plan and how far it has come. The recipes lack name, seed, prompt (teachers) and rows.

    `cells` are the teachers' runs, then the student's. `found` holds, once the teachers are done,
    how they agree, the pool's label counts and the ensemble's metrics on the validation rows.
    """

    schema_version: int = VERSION
    name: str
    created_at: str = ""
    data: DataRef
    seeds: list[int]
    patterns: list[Pattern]
    teacher: Recipe
    student: Recipe
    cells: list[Cell]
    pool_rows: int
    pool_counts: dict[str, int]
    weighted: bool = True
    temperature: float = TEMPERATURE
    found: dict[str, Any] = pydantic.Field(default_factory=dict)

    def pattern(self, key: str) -> Pattern:
        return next(pattern for pattern in self.patterns if pattern.key == key)

    def recipe_of(self, cell: Cell) -> Recipe:
        """The recipe of a run; the student's still lacks its soft labels."""
        changes: dict[str, Any] = {"name": cell.run, "seed": cell.seed, "data": self.data}
        if cell.row == STUDENT:
            return self.student.model_copy(update=changes)
        changes["prompt"] = self.pattern(cell.row).prompt
        return self.teacher.model_copy(update=changes)

    def with_cell(self, number: int, cell: Cell) -> Pet:
        cells = [*self.cells[:number], cell, *self.cells[number + 1 :]]
        return self.model_copy(update={"cells": cells})


class Wishes(Settings):
    """What the user said; None is the project's own, or a default."""

    name: str | None = None
    model: str | None = None
    method: str | None = None
    settings: tuple[str, ...] = ()
    student: str | None = None
    student_method: str | None = None
    student_settings: tuple[str, ...] = ()
    student_prompt: PromptSpec | None = None
    seeds: tuple[int, ...] = (1, 2, 3)
    weighted: bool = True
    temperature: float = TEMPERATURE


def planned(
    project: Project,
    prompts: Sequence[PromptSpec],
    pool: Pool,
    wishes: Wishes,
    *,
    library: Models,
    known: Mapping[str, KnownMethod],
    check: Check = lambda model, prompt: (),
) -> tuple[Pet, list[Warned]]:
    """The plan, not yet written, and what to mind about it.

    Raises UserError for all that is wrong with prompts, models, methods and settings.
    """
    only_for_classification(project, PET)
    file = project.file
    warnings = list(pool.warnings)
    model = wishes.model or file.model
    student = wishes.student or model
    student_prompt = wishes.student_prompt or file.prompt
    for prompt in prompts:
        warnings += [w for w in check(model, prompt) if w not in warnings]
    warnings += [w for w in check(student, student_prompt) if w not in warnings]
    changes: dict[str, Any] = {"prompt": prompts[0]}
    if (model, wishes.method or file.method) != (file.model, file.method):
        changes["training"] = {k: v for k, v in file.training.items() if k not in RATES}
    one = Project(project.folder, file.model_copy(update=changes))
    teacher = recipe_for(
        one, model, wishes.method, wishes.settings, 0, "teacher", library=library, methods=known
    )
    method = wishes.student_method or _default_method(library.get(student).family, teacher.method)
    own_rates = (student, method) == (file.model, file.method)
    taught = _student_project(project, student_prompt, len(pool.rows), own_rates)
    own = recipe_for(
        taught, student, method, wishes.student_settings, 0, STUDENT, library=library, methods=known
    )
    if not own.data.rows.get("valid"):
        warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "There are no validation rows: the teachers together cannot be judged before "
                    "the student learns from them.",
                )
            )
        )
    name = _free(project, wishes.name)
    patterns = [Pattern(key=f"pattern {n}", prompt=p) for n, p in enumerate(prompts, 1)]
    wanted = [(p.key, seed) for seed in wishes.seeds for p in patterns]
    wanted.append((STUDENT, wishes.seeds[0]))
    names = run_names([f"{key} {seed}" for key, seed in wanted], project.runs_folder, name)
    bare = {"data": DataRef()}
    plan = Pet(
        name=name,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        data=teacher.data,
        seeds=list(wishes.seeds),
        patterns=patterns,
        teacher=teacher.model_copy(update=bare),
        student=own.model_copy(update=bare),
        cells=[Cell(row=k, run=n, seed=s) for (k, s), n in zip(wanted, names, strict=True)],
        pool_rows=len(pool.rows),
        pool_counts=pool.counts,
        weighted=wishes.weighted,
        temperature=wishes.temperature,
    )
    return plan, warnings


def _default_method(family: str, of_teachers: str) -> str:
    return "full" if family == "encoder" else of_teachers


def _student_project(
    project: Project, prompt: PromptSpec, pool_rows: int, own_rates: bool
) -> Project:
    """The project with as many steps as a pool of this size needs.

    Its learning rates are for its own model and method; others keep their defaults.
    """
    file = project.file
    left_out = ("epochs",) if own_rates else ("epochs", *RATES)
    training = {k: v for k, v in file.training.items() if k not in left_out}
    batch = int(training.get("batch_size", 8)) * int(training.get("accumulation", 1))
    rows = pool_rows + len(file.splits.get("train", ()))
    steps = min(MOST_STEPS, math.ceil(_PASSES * rows / batch))
    training["max_steps"] = max(int(training.get("max_steps", 300)), steps)
    return Project(project.folder, file.model_copy(update={"training": training, "prompt": prompt}))


def columns_of(project: Project, prompts: Sequence[PromptSpec]) -> list[str]:
    """The columns that these prompts read, the text's first."""
    from ..prompts.template import Template

    own = project.file.roles.text
    found = [own]
    for prompt in prompts:
        template = Template.parse(prompt.template, project.file.columns, prompt.parameters, own)
        found += [name for name in template.columns if name in project.file.columns]
    return list(dict.fromkeys(found))


def _free(project: Project, name: str | None) -> str:
    if name is not None:
        check_name(name)
        if folder_of(project, name).exists():
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'There is a training called "{name}" already.'),
                QT_TRANSLATE_NOOP("engine", "Go on with it (--resume), or choose another name."),
                file=folder_of(project, name),
                name=name,
            )
        return name
    number = 1
    while folder_of(project, f"pet-{number}").exists():
        number += 1
    return f"pet-{number}"


def folder_of(project: Project, name: str) -> Path:
    return project.folder / FOLDER / name


def save(project: Project, plan: Pet) -> None:
    """Write the plan; either the old file or the new one is there."""
    project.check_there()
    path = folder_of(project, plan.name) / PLAN
    atomic_write(path, plan.model_dump_json(indent=1) + "\n")


def begin(project: Project, plan: Pet, pool: Pool) -> None:
    """Write the pool and the plan for the first time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from ..core.files import staged_file

    project.check_there()
    path = folder_of(project, plan.name) / POOL
    with writing(path), staged_file(path) as temporary:
        pq.write_table(pa.Table.from_pylist(pool.rows), temporary)
    save(project, plan)


def load(project: Project, name: str | None = None) -> Pet:
    """The training of that name, or the newest; UserError naming those there are."""
    names = names_of(project)
    chosen = name if name is not None else (names[-1] if names else "")
    path = folder_of(project, chosen) / PLAN
    if chosen and path.is_file():
        return read_plan(path, Pet, VERSION)
    raise UserError(
        QT_TRANSLATE_NOOP("engine", "There is no such training of several patterns here."),
        QT_TRANSLATE_NOOP("engine", "The project has: {known}."),
        file=project.folder,
        known=", ".join(names) or "-",
    )


def names_of(project: Project) -> list[str]:
    """The project's plans, oldest first."""
    found = []
    for path in (project.folder / FOLDER).glob(f"*/{PLAN}"):
        try:
            found.append((read_plan(path, Pet, VERSION).created_at, path.parent.name))
        except UserError:
            continue
    return [name for _, name in sorted(found)]
