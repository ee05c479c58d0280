"""What can be done for one label a text alone, and says so for other tasks."""

from __future__ import annotations

from ..core.errors import UserError
from ..core.project import Project
from ..core.words import QT_TRANSLATE_NOOP
from ..tasks import task_named

RANKING = QT_TRANSLATE_NOOP("engine", "Prompts can be ranked for text classification only.")
SHOOT_OUT = QT_TRANSLATE_NOOP("engine", "A shoot-out compares runs of text classification only.")
PET = QT_TRANSLATE_NOOP("engine", "Pattern-exploiting training works for text classification only.")


def only_for_classification(project: Project, what: str) -> None:
    """Raises UserError with the sentence `what` where the project has another task."""
    if project.file.task == "classification":
        return
    raise UserError(
        what,
        QT_TRANSLATE_NOOP("engine", "This project's task is {task}; train and judge it instead."),
        file=project.folder,
        field="task",
        task=task_named(project.file.task).title,
    )
