"""What the program remembers of its user: an INI file that never stops the start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from ..core.places import home

LANGUAGES = ("", "en", "zh_CN")  # "": as the system speaks
THEMES = ("system", "light", "dark")
TUNERS = ("worker", "thread")
MOST_RECENT = 10


class AppSettings(QObject):
    """Settings by name. A value that is missing, damaged or of another kind is its default.

    `changed(name)` tells that a setting has a new value.
    """

    changed = Signal(str)

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file = home() / "settings.ini" if file is None else file
        self._store = QSettings(str(self.file), QSettings.Format.IniFormat, self)

    @property
    def language(self) -> str:
        """A language's code, or "" for the system's."""
        return self._one_of("language", LANGUAGES)

    @property
    def theme(self) -> str:
        return self._one_of("theme", THEMES)

    @property
    def tuner(self) -> str:
        """Where the work is done: in a "worker" process or in a "thread" of the window's."""
        return self._one_of("tuner", TUNERS)

    @property
    def device(self) -> str:
        """The device that new trainings ask for: auto, cpu, cuda:0, mps."""
        return self.text("device", "auto") or "auto"

    @property
    def threads(self) -> int:
        """Processor cores for new trainings; 0: all physical ones."""
        return min(1024, max(0, self.number("threads", 0)))

    @property
    def training(self) -> dict[str, Any]:
        """The training settings that hold where a project says nothing else."""
        wanted: dict[str, Any] = {} if self.device == "auto" else {"device": self.device}
        return wanted if self.threads == 0 else {**wanted, "threads": self.threads}

    @property
    def projects_folder(self) -> Path:
        """Where new projects are made unless the user says otherwise."""
        return Path(self.text("projects_folder", "") or str(home() / "projects"))

    def recent(self) -> list[Path]:
        """Projects opened before, the last one first; those that are gone are left out."""
        kept = [Path(text) for text in self.texts("recent") if text]
        return [path for path in kept if _exists(path)]

    def remember(self, project: Path) -> None:
        """Put a project at the head of the recent ones."""
        others = [path for path in self.recent() if path != project]
        self.put("recent", [str(path) for path in [project, *others][:MOST_RECENT]])

    def forget_recent(self) -> None:
        self.put("recent", [])

    def text(self, name: str, default: str = "") -> str:
        value = self._store.value(name, default)
        return value if isinstance(value, str) else default

    def texts(self, name: str) -> list[str]:
        value = self._store.value(name, [])
        if isinstance(value, str):  # a list of one is read back as its one text
            return [value]
        return [v for v in value if isinstance(v, str)] if isinstance(value, Sequence) else []

    def number(self, name: str, default: int) -> int:
        try:
            return int(str(self._store.value(name, default)))
        except ValueError:
            return default

    def flag(self, name: str, default: bool) -> bool:
        return {"true": True, "false": False}.get(
            str(self._store.value(name, default)).lower(), default
        )

    def state(self, name: str) -> QByteArray:
        """What a window or splitter saved of its looks; empty when there is nothing usable."""
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put(self, name: str, value: Any) -> None:
        """Remember a text, number, flag, list of texts or QByteArray."""
        if self._store.value(name) != value:
            self._store.setValue(name, value)
            self.changed.emit(name)

    def move_to(self, file: Path) -> None:
        """Keep the settings in another file from now on; the old one stays as it is."""
        self.sync()
        new = QSettings(str(file), QSettings.Format.IniFormat, self)
        for name in self._store.allKeys():
            new.setValue(name, self._store.value(name))
        self._store.deleteLater()
        self._store, self.file = new, file
        self.sync()

    def sync(self) -> None:
        """Write now; a home that cannot be written costs only the settings."""
        self._store.sync()

    def _one_of(self, name: str, known: Sequence[str]) -> str:
        value = self.text(name, known[0])
        return value if value in known else known[0]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a drive that does not answer
        return False
