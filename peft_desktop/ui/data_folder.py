"""The data folder in another place: what is copied there, and from when on it is used."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ..core.errors import UserError
from ..core.events import Event, Finished, PhaseChanged, Progressed, Started
from ..core.files import staged_file, staged_folder, writing
from ..core.places import choose_home, home
from ..core.ports import Events
from ..core.words import QT_TRANSLATE_NOOP
from .project_desk import Say
from .settings import AppSettings
from .work import Work

_MB = 2**20
_SPARE_BYTES = 64 * _MB


class DataFolder(QObject):
    """Copies models and settings, then uses the copies. `moved`: other models are in force now."""

    moved = Signal()

    def __init__(self, work: Work, settings: AppSettings, say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._settings, self._say = work, settings, say
        self._result: dict[str, Any] = {}

    @Slot(str)
    def move(self, folder: str) -> None:
        """Keep the data in `folder` from now on; until all is copied, everything stays as it is."""
        self._result = {}
        events = copy_data(home(), Path(folder).absolute())
        title = self.tr("Copying the data folder")
        if not self._work.start(title, events, self, self._take, self._ended):
            self._say.tell(self.tr("Something is at work; wait for it or stop it first."))

    def _take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Finished):
                self._result = event.result

    def _ended(self, outcome: str) -> None:
        if outcome == "failed" and self._work.error is not None:
            self._say.fail(self._work.error)
        if outcome != "done" or not self._result:
            return
        old, new = Path(self._result["old"]), Path(self._result["new"])
        try:
            self._settings.move_to(new / "settings.ini")
            choose_home(new)
        except UserError as error:
            self._settings.move_to(old / "settings.ini")
            self._say.fail(error)
            return
        said = self.tr(
            "Models and settings are in {new} now. Your projects stayed where they are; the old "
            "folder {old} is as it was."
        )
        self._say.tell(said.format(new=new, old=old))
        self.moved.emit()


def copy_data(old: Path, new: Path) -> Events:
    """Copy models and measurements, a model at a time as a whole; what is there already stays.

    Raises UserError when `new` is no place for them, or too small.
    """
    if new == old or old in new.parents:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The data folder is there already."),
            QT_TRANSLATE_NOOP("engine", "Choose a folder outside of the present one."),
            file=new,
        )
    yield Started("move data folder", facts={"folder": str(new)})
    yield PhaseChanged("copying")
    with writing(new):
        (new / "models").mkdir(parents=True, exist_ok=True)
    models = [
        folder
        for folder in sorted((old / "models").glob("[!.]*"))
        if folder.is_dir() and not (new / "models" / folder.name).exists()
    ]
    files = {folder: [p for p in folder.rglob("*") if p.is_file()] for folder in models}
    total = sum(p.stat().st_size for found in files.values() for p in found)
    _check_room(new, total)
    done = 0
    for folder in models:
        with staged_folder(new / "models" / folder.name) as stage:
            for file in files[folder]:
                place = stage / file.relative_to(folder)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, place)
                done += place.stat().st_size
                yield Progressed(done // _MB, total // _MB, "MB")
    measured = old / "measured.json"
    if measured.is_file() and not (new / measured.name).exists():
        with staged_file(new / measured.name) as temporary:
            shutil.copy2(measured, temporary)
    yield Finished({"old": str(old), "new": str(new), "models": len(models)})


def _check_room(folder: Path, needed_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed_bytes + _SPARE_BYTES:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The models take {needed} MB, but only {free} MB are free there."
            ),
            QT_TRANSLATE_NOOP("engine", "Choose a folder on a bigger drive; nothing was changed."),
            file=folder,
            needed=needed_bytes // _MB,
            free=free // _MB,
        )
