"""Shoot-outs of the open project: planned beside the window, carried out, the winner taken over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..core.errors import UserError
from ..core.events import Warned
from ..core.places import measured_file
from ..core.ports import Events
from ..core.project import Project
from ..core.recipe import PromptSpec, TrainingSettings
from ..core.steps import total_steps
from .queue_desk import QueueDesk


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be compared. `steps` of every training, None: as the project says; `test_rows`
    to judge on, None: all. `seeds` is None for what cannot be read."""

    methods: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    prompts: tuple[PromptSpec, ...] = ()
    seeds: tuple[int, ...] | None = (1, 2, 3)
    steps: int | None = None
    test_rows: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a wish would mean: its plan, its table without figures, the `seconds` it will take
    (None: not known)."""

    plan: Any
    warnings: tuple[Warned, ...] = ()
    seconds: float | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def steps(self) -> tuple[int, int]:
        """The fewest and the most steps of a training."""
        rows = len(self.plan.data.rows.get("train", ()))
        each = [total_steps(row.recipe.training, rows) for row in self.plan.rows]
        return min(each), max(each)


def draft(project: Project, library: Any, wish: Wish) -> Draft:
    """Plan it without writing anything; for a thread. Raises UserError for what cannot be."""
    from ..methods import METHODS
    from ..projects.run_time import seconds_left
    from ..projects.shoot_out import expected, table_of
    from ..projects.shoot_out_plan import planned

    made: dict[str, Any] = {}

    def check(model: str, prompt: PromptSpec) -> list[Warned]:
        if model not in made:
            made[model] = library.chosen(model)
        file = project.file
        found: list[Warned] = made[model].check(prompt, file.columns, file.roles.text)
        return found

    settings = () if wish.steps is None else (f"max_steps={wish.steps}", "epochs=")
    plan, warnings = planned(
        project,
        None,
        wish.methods,
        wish.models,
        wish.prompts,
        list(wish.seeds or ()),
        settings,
        wish.test_rows,
        library=library,
        known=METHODS,
        check=check,
    )
    seconds = seconds_left(plan.cells, expected(project, plan, measured_file()))
    return Draft(plan, tuple(warnings), seconds, table_of(project, plan))


def own_steps(project: Project) -> int:
    """The steps of a training as the project has them; the default where it says nonsense."""
    try:
        settings = TrainingSettings.model_validate(project.file.training)
    except ValueError:
        settings = TrainingSettings()
    return total_steps(settings, max(1, len(project.file.splits.get("train", ()))))


class ShootOutDesk(QueueDesk):
    """The shoot-out that is shown, at work or not."""

    def names(self, project: Project) -> list[str]:
        from ..projects.shoot_out_plan import names_of

        return names_of(project)

    def title(self, name: str) -> str:
        return self.tr("comparing: {name}").format(name=name)

    def carried_out(self, project: Project, looked: Callable[[Project], None]) -> Events:
        from ..projects.shoot_out import carry_out

        return carry_out(project, self.plan, self._around.tuner, measured_file(), looked)

    def loaded(self, project: Project, name: str) -> Any:
        from ..projects.shoot_out_plan import load

        return load(project, name)

    def read(self, project: Project, name: str) -> tuple[Any, list[dict[str, Any]]]:
        from ..projects.shoot_out import table_of

        plan = self.loaded(project, name)
        return plan, table_of(project, plan)

    def begin(self, plan: Any) -> bool:
        """Carry out a plan that was drafted; False where that cannot be."""
        from ..projects.shoot_out import table_of

        project = self.project()
        if project is None or self._work.busy:
            return False
        self.plan, self.result = plan, {}
        self.rows = table_of(project, plan)
        return self.go_on()

    @property
    def winner(self) -> str:
        """The key of the best row so far; empty while none is done."""
        return next((str(row["row"]) for row in self.rows if row.get("best")), "")

    def use(self, key: str) -> bool:
        """Put a row's model, method, settings and prompt into the project: one step to undo."""
        from ..projects.shoot_out import picked

        project = self.project()
        if project is None or self.plan is None:
            return False
        try:
            _, values = picked(project, self.plan, key)
        except UserError as error:
            self.failed.emit(error)
            return False
        preferred, own = self._around.settings.training, self._document.file.training
        values["training"] = {
            name: value
            for name, value in values["training"].items()
            if name in own or preferred.get(name) != value  # a preference stays one
        }
        said = self.tr("use a row of {name}").format(name=self.plan.name)
        self._document.edit(said, **values)
        return True
