"""What tasks, and the columns that they need, are called in the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ..core.words import QT_TRANSLATE_NOOP
from ..tasks import TASKS
from .wording import translated

_ANSWER_COLUMNS = {
    "classification": QT_TRANSLATE_NOOP("tasks", "&Label column"),
    "tagging": QT_TRANSLATE_NOOP("tasks", "Entities co&lumn"),
    "extraction": QT_TRANSLATE_NOOP("tasks", "Fie&lds column"),
    "question_answering": QT_TRANSLATE_NOOP("tasks", "Answers co&lumn"),
    "generation": QT_TRANSLATE_NOOP("tasks", "Target co&lumn"),
    "several_labels": QT_TRANSLATE_NOOP("tasks", "&Labels column"),
}
_ANSWERS = {
    "classification": QT_TRANSLATE_NOOP(
        "tasks", "The column with the answers that the model learns to give."
    ),
    "tagging": QT_TRANSLATE_NOOP(
        "tasks", "The column with the entities: a list of places in the text with their types."
    ),
    "extraction": QT_TRANSLATE_NOOP(
        "tasks", "The column with the fields and their values, as JSON."
    ),
    "question_answering": QT_TRANSLATE_NOOP(
        "tasks", "The column with the answers, which stand in the text; an empty list: not there."
    ),
    "generation": QT_TRANSLATE_NOOP("tasks", "The column with the texts that shall be written."),
    "several_labels": QT_TRANSLATE_NOOP("tasks", "The column with a list of labels for each row."),
}


def task_titles() -> dict[str, str]:
    """Every task in the language in force."""
    return {task.name: translated("engine", task.title) for task in TASKS}


def task_summary(name: str) -> str:
    """One sentence on what a task is for; "" for a task that is not known."""
    found = next((task for task in TASKS if task.name == name), None)
    return "" if found is None or not found.summary else translated("engine", found.summary)


def answer_column(task: str) -> tuple[str, str]:
    """What the label column is called in this task, with a letter to press, and its tool tip."""
    title = _ANSWER_COLUMNS.get(task, _ANSWER_COLUMNS["classification"])
    about = _ANSWERS.get(task, _ANSWERS["classification"])
    return (
        QCoreApplication.translate("tasks", title),
        QCoreApplication.translate("tasks", about),
    )
