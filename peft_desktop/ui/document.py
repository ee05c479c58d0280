"""The open project as the window sees it: its values, changes with undo, saving by itself."""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from ..core.errors import UserError
from ..core.locks import holder_of, locked
from ..core.project import Project, ProjectFile, open_project
from ..core.runs import Run, list_runs, release_own_locks
from ..core.words import QT_TRANSLATE_NOOP, Sentence

LOCK = "project.lock"
SAVE_AFTER_MS = 500


class Document(QObject):
    """One project, or none. Pages read `file` and call `edit`; nobody else writes the project.

    `opened`: another project (or none) is open. `changed(names)`: these fields of the project
    file are new (a tuple of names). `runs_changed`: runs came, went or ended. `failed(error)`:
    saving did not work; `unsaved` stays true until it does.
    """

    opened = Signal()
    closing = Signal()  # last chance to hand in what is not in the project yet
    changed = Signal(object)
    runs_changed = Signal()
    saved = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project: Project | None = None
        self.undo = QUndoStack(self)
        self._held = ExitStack()
        self.unsaved = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)

    @property
    def file(self) -> ProjectFile:
        """The project's values; an empty project file when none is open."""
        return self.project.file if self.project is not None else ProjectFile()

    @property
    def folder(self) -> Path | None:
        return None if self.project is None else self.project.folder

    def open(self, path: Path) -> None:
        """Open a project and hold its lock; the one open before is saved and closed.

        Raises UserError, and keeps the open one, when it cannot be opened or is open elsewhere.
        """
        project = open_project(path)
        if self.project is not None and self.was_moved_to(project.folder):
            self._go_on_in(self.project, project.folder)
            return
        if self.folder is None or project.folder.resolve() != self.folder.resolve():
            held = _hold(project)
            self.close()
            self._held = held
        elif self.unsaved:
            self.save()
            if self.unsaved:  # what is here is newer than what could be read
                return
            project = open_project(path)
        self.project = project
        self.undo.clear()
        self.opened.emit()
        self.runs_changed.emit()

    def was_moved_to(self, folder: Path) -> bool:
        """Whether `folder` is the open project, renamed: the lock that we hold lies in it."""
        if self.project is None or self.project.is_there:
            return False
        return (holder_of(folder / LOCK) or {}).get("pid") == os.getpid()

    def _go_on_in(self, project: Project, folder: Path) -> None:
        """The open project was renamed behind our back: what was changed here is saved there."""
        with suppress(OSError):
            (folder / LOCK).unlink()
        self._held.close()
        project.folder = folder
        release_own_locks(project.runs_folder)
        self._held = _hold(project)
        self.save()
        self.opened.emit()
        self.runs_changed.emit()

    def close(self) -> None:
        """Save and let go."""
        self.closing.emit()
        self.save()
        self._held.close()
        self.project, self.unsaved = None, False
        self.undo.clear()
        self.opened.emit()

    def edit(self, text: str, merge: str = "", **changes: Any) -> None:
        """Change fields of the project file as one undoable step called `text`.

        Steps with the same `merge` key that follow each other become one (typing in a field).
        Nothing happens where nothing is new.
        """
        new = {name: value for name, value in changes.items() if getattr(self.file, name) != value}
        if self.project is not None and new:
            old = {name: getattr(self.file, name) for name in new}
            self.undo.push(_Edit(self, text, merge, old, new))

    def runs(self) -> list[Run]:
        return [] if self.project is None else list_runs(self.project.runs_folder)

    def apply(self, values: dict[str, Any]) -> None:
        """Put values in force; only undo commands and data changes call this."""
        if self.project is None:
            return
        self.project.file = self.project.file.model_copy(update=values)
        self.unsaved = True
        if not self._timer.isActive():  # who types without a pause is saved all the same
            self._timer.start()
        self.changed.emit(tuple(values))

    @Slot()
    def save(self) -> None:
        """Write what is new; a failure is told and tried again with the next change."""
        self._timer.stop()
        if self.project is None or not self.unsaved:
            return
        try:
            self.project.save()
        except UserError as error:
            self.failed.emit(error)
        else:
            self.unsaved = False
            self.saved.emit()


def _hold(project: Project) -> ExitStack:
    """The project's lock, until the stack is closed. Raises UserError naming who has it."""
    held = ExitStack()
    what = Sentence(
        QT_TRANSLATE_NOOP("engine", 'The project "{name}"'), {"name": project.file.name}
    )
    held.enter_context(locked(project.folder / LOCK, what))
    return held


class _Edit(QUndoCommand):
    def __init__(
        self, document: Document, text: str, merge: str, old: dict[str, Any], new: dict[str, Any]
    ) -> None:
        super().__init__(text)
        self._document, self._merge, self._old, self._new = document, merge, old, new

    def id(self) -> int:
        return hash(self._merge) & 0x3FFFFFFF if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802
        if not isinstance(other, _Edit) or other._merge != self._merge:
            return False
        self._new = {**self._new, **other._new}
        self._old = {**other._old, **self._old}
        return True

    def redo(self) -> None:
        self._document.apply(self._new)

    def undo(self) -> None:
        self._document.apply(self._old)
