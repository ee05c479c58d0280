"""What a model can be asked to do: one file a task, and the list of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from ..core.errors import UserError
from ..core.events import Warned
from ..core.fields import Settings
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .classification import Classification
from .extraction import Extraction
from .generation import Generation
from .question_answering import QuestionAnswering
from .several_labels import SeveralLabels
from .tagging import Tagging

if TYPE_CHECKING:
    from ..data.imported import Imported


class Task(Protocol):
    """A task: which answers there are, and whether data fits it. `base.TaskBase` has defaults.

    `name` stands in recipes and on the command line, `title` and `summary` are marked for
    translation. How answers are judged is the craft's (`tuning/crafts`).
    """

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def summary(self) -> str: ...

    @property
    def settings(self) -> type[Settings]: ...

    @property
    def method(self) -> str: ...

    @property
    def needs_question(self) -> bool: ...

    @property
    def has_words(self) -> bool: ...

    @property
    def two_losses(self) -> bool: ...

    def tidied(
        self,
        imported: Imported,
        text: str | None = None,
        label: str | None = None,
        question: str | None = None,
    ) -> Imported: ...

    def blank(self, cell: str | None) -> bool: ...

    def fault(self, cell: str, row: Mapping[str, str], text: str) -> Sentence | None: ...

    def classes_of(self, cell: str) -> list[str]: ...

    def labels_of(self, rows: Iterable[str | None]) -> list[str]:
        """The different labels of the label column's values, in the order of the outputs."""

    def check(self, labels: Iterable[str | None]) -> list[Warned]:
        """Whether the label column's values can be learnt; UserError if not, else what to mind."""

    def first_words(self, labels: Sequence[str], texts: Sequence[str]) -> dict[str, list[str]]: ...


TASKS: tuple[Task, ...] = (
    Classification(),
    Tagging(),
    Extraction(),
    QuestionAnswering(),
    Generation(),
    SeveralLabels(),
)


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
