"""Trainings of several patterns (PET) of the open project: planned, carried out, shown again."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..core.events import Event, Warned
from ..core.places import measured_file
from ..core.ports import Events, ReadAs
from ..core.project import Project
from ..core.recipe import PromptSpec
from .queue_desk import QueueDesk

POOL_ROWS = 2000  # unlabelled rows at most, unless the user says otherwise


@dataclass(frozen=True, slots=True)
class Source:
    """Where unlabelled rows come from: the project's own, and a file. `limit` None: all."""

    file: Path | None = None
    text: str | None = None
    read_as: ReadAs = field(default_factory=ReadAs)
    limit: int | None = POOL_ROWS


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be done; `seeds` is None for what cannot be read, names are empty for defaults."""

    prompts: tuple[PromptSpec, ...] = ()
    source: Source = field(default_factory=Source)
    seeds: tuple[int, ...] | None = (1, 2, 3)
    weighted: bool = True
    model: str = ""
    method: str = ""
    student: str = ""
    student_method: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a wish would mean: its plan, its pool, the `seconds` it will take (None: not known)."""

    plan: Any
    pool: Any
    warnings: tuple[Warned, ...] = ()
    seconds: float | None = None


class Drafts:
    """Plans wishes; a pool that was read for the last one is used again while nothing changed."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._key: Any = None
        self._pool: Any = None

    def draft(self, project: Project, wish: Wish) -> Draft:
        """Read the pool and plan, without writing anything; for a thread. Raises UserError."""
        from ..methods import METHODS
        from ..projects.pet import expected
        from ..projects.pet_plan import Wishes, planned
        from ..projects.run_time import seconds_left

        made: dict[str, Any] = {}

        def check(model: str, prompt: PromptSpec) -> list[Warned]:
            if model not in made:
                made[model] = self._library.chosen(model)
            file = project.file
            found: list[Warned] = made[model].check(prompt, file.columns, file.roles.text)
            return found

        pool = self._pool_for(project, wish)
        wishes = Wishes(
            model=wish.model or None,
            method=wish.method or None,
            student=wish.student or None,
            student_method=wish.student_method or None,
            student_prompt=self._student_prompt(project, wish),
            seeds=tuple(wish.seeds or ()),
            weighted=wish.weighted,
        )
        plan, warnings = planned(
            project,
            list(wish.prompts),
            pool,
            wishes,
            library=self._library,
            known=METHODS,
            check=check,
        )
        seconds = seconds_left(plan.cells, expected(project, plan, measured_file()))
        return Draft(plan, pool, tuple(warnings), seconds)

    def _pool_for(self, project: Project, wish: Wish) -> Any:
        from ..projects.pet_plan import columns_of
        from ..projects.pet_pool import pool_of

        source = wish.source
        columns = columns_of(project, wish.prompts)
        file = project.file
        stamp = _stamp(source.file)
        key = (source, stamp, tuple(columns), file.data_sha256, file.roles, str(file.splits))
        if key != self._key:
            self._key = None
            self._pool = pool_of(
                project, source.file, columns, source.limit, source.text, source.read_as
            )
            self._key = key
        return self._pool

    def _student_prompt(self, project: Project, wish: Wish) -> PromptSpec | None:
        """None for the project's own; of another kind of model the best of the bank."""
        from ..data.store import load_table, rows_by_id
        from ..prompts.bank import suggest

        file = project.file
        family = self._library.get(wish.student or wish.model or file.model).family
        if family == self._library.get(file.model).family:
            return None
        ids = list(file.splits.get("train", ()))[:200]
        rows = rows_by_id(load_table(project.folder), ids, [file.roles.text])
        texts = [row[file.roles.text] for row in rows]
        found = suggest(file.labels, texts, family, parameters=file.prompt.parameters)
        best = next(iter(found), None)
        if best is not None and any(file.prompt.words.values()):
            best = best.model_copy(update={"words": file.prompt.words})
        return best


def _stamp(file: Path | None) -> tuple[int, int] | None:
    if file is None:
        return None
    try:
        known = file.stat()
    except OSError:
        return None
    return known.st_size, known.st_mtime_ns


class PetDesk(QueueDesk):
    """The training that is shown, at work or not."""

    _pool: Any = None  # of a plan that was not written yet

    def names(self, project: Project) -> list[str]:
        from ..projects.pet_plan import names_of

        return names_of(project)

    def title(self, name: str) -> str:
        return self.tr("learning from unlabelled texts: {name}").format(name=name)

    def carried_out(self, project: Project, looked: Callable[[Project], None]) -> Events:
        return _carried_out(
            project, self.plan, self._pool, self._around.tuner, measured_file(), looked
        )

    def loaded(self, project: Project, name: str) -> Any:
        from ..projects.pet_plan import load

        return load(project, name)

    def read(self, project: Project, name: str) -> tuple[Any, list[dict[str, Any]]]:
        from ..projects.pet import table_of

        plan = self.loaded(project, name)
        return plan, table_of(plan)

    def begin(self, found: Draft) -> bool:
        """Carry out what was drafted; False where that cannot be."""
        from ..projects.pet import table_of

        if self.project() is None or self._work.busy:
            return False
        self.plan, self._pool, self.result = found.plan, found.pool, {}
        self.rows = table_of(self.plan)
        began = self.go_on()
        self._pool = None
        return began

    def came(self, event: Event) -> None:
        """Weights, and how the teachers agree, stand in the plan before a run begins."""
        from ..projects.pet import table_of

        self._read_plan()
        if self.plan is not None:
            self.rows = table_of(self.plan)


def _carried_out(
    project: Project,
    plan: Any,
    pool: Any,
    tuner: Any,
    measured: Path,
    looked: Callable[[Project], None],
) -> Generator[Event, None, None]:
    from ..projects.pet import carry_out
    from ..projects.pet_plan import begin

    if pool is not None:
        begin(project, plan, pool)
    yield from carry_out(project, plan, tuner, measured, looked)
