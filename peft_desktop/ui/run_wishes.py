"""What a user wants done with a run in the list: renamed, its settings used again, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ..core.errors import UserError
from ..core.runs import Run, delete_run, rename_run, size_of
from .document import Document
from .project_desk import Say
from .questions import Questions
from .wording import size


class RunWishes(QObject):
    """Asks what must be asked, does it, and tells what came of it.

    `chosen()` names the run that is meant. `renamed(name)`: its name now. `deleted`: it is gone.
    """

    renamed = Signal(str)
    deleted = Signal()

    def __init__(
        self,
        document: Document,
        questions: Questions,
        say: Say,
        chosen: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._questions = document, questions
        self._say, self._chosen = say, chosen

    @Slot()
    def rename_run(self) -> None:
        run = self._run()
        new = self._questions.run_name(run.name) if run is not None else None
        if run is None or new is None:
            return
        try:
            rename_run(run, new)
        except UserError as error:
            self._say.fail(error)
            return
        self._document.runs_changed.emit()
        self.renamed.emit(new)

    @Slot()
    def duplicate_run(self) -> None:
        """Put the run's settings into the project, as one step that can be undone."""
        run = self._run()
        if run is None:
            return
        recipe = run.recipe
        fits = set(recipe.prompt.words) == set(self._document.file.labels)
        changes: dict[str, Any] = {
            "model": recipe.model.name,
            "method": recipe.method,
            "method_settings": dict(recipe.method_settings),
            "training": recipe.training.model_dump(exclude_defaults=True),
            "seed": recipe.seed,
        }
        if fits:
            changes["prompt"] = recipe.prompt
        self._document.edit(self.tr("Settings of {run}").format(run=run.name), **changes)
        said = (
            self.tr("The settings of {run} are in force; Undo brings the old ones back.")
            if fits
            else self.tr("The settings of {run} are in force, but its prompt has other labels.")
        )
        self._say.tell(said.format(run=run.name))

    @Slot()
    def delete_run(self) -> None:
        run = self._run()
        if run is None or not self._questions.delete_run(run.name, size(_size_of(run))):
            return
        try:
            freed = delete_run(run)
        except UserError as error:
            self._say.fail(error)
            self._document.runs_changed.emit()
            return
        self.deleted.emit()
        self._document.runs_changed.emit()
        said = self.tr("{run} was deleted; {size} are free again.")
        self._say.tell(said.format(run=run.name, size=size(freed)))

    def _run(self) -> Run | None:
        """The run that is meant; None, and the list is made anew, when its folder has gone."""
        name = self._chosen()
        found = next((run for run in self._document.runs() if run.name == name), None)
        if found is None and name:
            self._document.runs_changed.emit()
            self._say.tell(self.tr("The folder of {run} is no longer there.").format(run=name))
        return found


def _size_of(run: Run) -> int:
    try:
        return size_of(run.folder)
    except OSError:  # files go while they are counted
        return 0
