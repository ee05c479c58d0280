"""What a prompt must have in each task: labels, words, a slot, the columns it may name."""

from __future__ import annotations

from ..core.project import ProjectFile
from ..core.words import Sentence
from ..prompts.template import complaints
from ..tasks import TASKS, Task

_FEWEST_LABELS = {"classification": 2}


def task_of(file: ProjectFile) -> Task | None:
    return next((task for task in TASKS if task.name == file.task), None)


def scores_words(file: ProjectFile) -> bool:
    """Whether label words stand in the template's slot, and are marked as the model sees them."""
    return file.task in ("classification", "several_labels")


def fewest_labels(file: ProjectFile) -> int:
    """How many labels there must be to learn from; 0 where the task has none."""
    task = task_of(file)
    if task is None or not task.has_words:
        return 0
    return _FEWEST_LABELS.get(file.task, 1)


def needs_slot(file: ProjectFile) -> bool:
    """Whether the template must say where the answer goes."""
    return file.task != "tagging"


def names_in_prompt(file: ProjectFile) -> list[str]:
    """The columns that the template may name; extraction also asks `question`, a field's own."""
    names = list(file.columns)
    if file.task == "extraction" and "question" not in names:
        names.append("question")
    return names


def used_in_prompt(file: ProjectFile) -> frozenset[str]:
    """The columns that the templates name."""
    said = "\n".join(file.prompt.templates)
    return frozenset(name for name in file.columns if "{" + name + "}" in said)


def fault_of(file: ProjectFile, template: str) -> Sentence | None:
    """The first thing that is wrong with a template in this task, whatever the model."""
    found = complaints(
        template,
        names_in_prompt(file),
        file.prompt.parameters,
        file.roles.text or None,
        slot_needed=needs_slot(file),
        several_slots=True,
        label_column=file.roles.label,
    )
    return found[0].sentence if found else None
