"""The five pages of the story, and how far each has come as the project's file tells it."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.project import ProjectFile
from ..core.runs import Run
from ..core.words import QT_TRANSLATE_NOOP
from .wording import translated

TITLES: dict[str, str] = {
    "data": QT_TRANSLATE_NOOP("story", "Data"),
    "prompt": QT_TRANSLATE_NOOP("story", "Prompt"),
    "train": QT_TRANSLATE_NOOP("story", "Train"),
    "evaluate": QT_TRANSLATE_NOOP("story", "Evaluate"),
    "predict": QT_TRANSLATE_NOOP("story", "Predict"),
}


def title(name: str) -> str:
    return translated("story", TITLES[name])


def state_of(name: str, file: ProjectFile | None, runs: Sequence[Run]) -> tuple[str, str]:
    """Mark ("done", "needs" or "") and sentence for a page that was not opened yet.

    `file` is None when no project is open.
    """
    mark, sentence = _state_of(name, file, runs)
    return mark, translated("story", sentence)


def _state_of(name: str, file: ProjectFile | None, runs: Sequence[Run]) -> tuple[str, str]:
    if file is None:
        if name == "data":
            return "needs", QT_TRANSLATE_NOOP("story", "Open a project or import a file.")
        return "", QT_TRANSLATE_NOOP("story", "No project is open.")
    finished = any(run.state == "finished" for run in runs)
    if name == "data":
        if file.roles.text and file.labels and file.splits.get("train"):
            return "done", QT_TRANSLATE_NOOP("story", "Rows, roles and split are set.")
        return "needs", QT_TRANSLATE_NOOP("story", "Choose the columns of texts and labels.")
    if name == "prompt":
        if not file.prompt.template:
            return "needs", QT_TRANSLATE_NOOP("story", "Write a prompt.")
        if any(not file.prompt.words.get(label) for label in file.labels):
            return "needs", QT_TRANSLATE_NOOP("story", "Give words for every label.")
        return "done", QT_TRANSLATE_NOOP("story", "The prompt and its words are complete.")
    if name == "train":
        if finished:
            return "done", QT_TRANSLATE_NOOP("story", "There is a trained model.")
        return "needs", QT_TRANSLATE_NOOP("story", "Nothing was trained yet.")
    if not finished:
        return "", QT_TRANSLATE_NOOP("story", "First train a model.")
    if name == "evaluate":
        judged = any((run.folder / "metrics.json").exists() for run in runs)
        if judged:
            return "done", QT_TRANSLATE_NOOP("story", "The model was judged.")
        return "needs", QT_TRANSLATE_NOOP("story", "The model was not judged yet.")
    return "", QT_TRANSLATE_NOOP("story", "Use a trained model on new texts.")
