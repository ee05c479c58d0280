"""What a user wants done with a run in the list: renamed, its settings used again, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from ..core.errors import UserError
from ..core.runs import Run, delete_run, rename_run, size_of
from .document import Document
from .questions import Questions
from .wording import size


class RunWishes(QObject):
    """Asks what must be asked, does it, and tells what came of it."""

    def __init__(
        self,
        document: Document,
        asking: Questions,
        tell: Callable[[str], None],
        fail: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._asking = document, asking
        self._tell, self._fail = tell, fail

    def named(self, name: str) -> Run | None:
        return next((run for run in self._document.runs() if run.name == name), None)

    def rename(self, name: str) -> str:
        """Gives the name that the run has then."""
        run = self.named(name)
        new = self._asking.run_name(name) if run is not None else None
        if run is None or new is None:
            return name
        try:
            rename_run(run, new)
        except UserError as error:
            self._fail(error)
            return name
        self._document.runs_changed.emit()
        return new

    def duplicate(self, name: str) -> None:
        """Put the run's settings into the project, as one step that can be undone."""
        run = self.named(name)
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
        self._document.edit(self.tr("Settings of {run}").format(run=name), **changes)
        said = (
            self.tr("The settings of {run} are in force; Undo brings the old ones back.")
            if fits
            else self.tr("The settings of {run} are in force, but its prompt has other labels.")
        )
        self._tell(said.format(run=name))

    def delete(self, name: str) -> None:
        run = self.named(name)
        if run is None:
            self._document.runs_changed.emit()
            return
        if not self._asking.delete_run(name, size(size_of(run.folder))):
            return
        try:
            freed = delete_run(run)
        except UserError as error:
            self._fail(error)
        else:
            self._tell(
                self.tr("{run} was deleted; {size} are free again.").format(
                    run=name, size=size(freed)
                )
            )
        self._document.runs_changed.emit()
