"""What a model can be asked to do: one file a task, and the list of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from ..core.errors import UserError
from ..core.events import Warned
from ..core.words import QT_TRANSLATE_NOOP
from .classification import Classification

if TYPE_CHECKING:
    import numpy.typing as npt

    from ..evaluation.metrics import Judgement, Labels


class Task(Protocol):
    """A task: which answers there are, whether data fits it, how answers are judged.

    `name` stands in recipes and on the command line, `title` is marked for translation.
    """

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    def labels_of(self, rows: Iterable[str | None]) -> list[str]:
        """The different labels of the label column's values, in the order of the outputs."""

    def check(self, labels: Iterable[str | None]) -> list[Warned]:
        """Whether the label column's values can be learnt; UserError if not, else what to mind."""

    def judge(
        self,
        labels: Sequence[str],
        gold: Labels,
        probabilities: npt.ArrayLike | None = None,
        *,
        predicted: Labels | None = None,
    ) -> Judgement:
        """Compare answers with the gold labels."""


TASKS: tuple[Task, ...] = (Classification(),)


def task_named(name: str) -> Task:
    """The task of that name. Raises UserError naming those that there are."""
    for task in TASKS:
        if task.name == name:
            return task
    raise UserError(
        QT_TRANSLATE_NOOP("engine", 'There is no task "{name}".'),
        QT_TRANSLATE_NOOP("engine", "Known tasks: {known}."),
        name=name,
        known=", ".join(task.name for task in TASKS),
    )
