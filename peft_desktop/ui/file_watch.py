"""A file that the window shows, watched: another program may change it or take it away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from ..data.steady import Stamp, stamp_of

_REST_MS = 300  # programs write in steps, and some put a new file in the place of the old


class FileWatch(QObject):
    """`changed` when the file holds something else, `gone` when it is there no longer."""

    changed = Signal()
    gone = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._stamp: Stamp | None = None
        self._watcher = QFileSystemWatcher(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._watcher.fileChanged.connect(self._rest.start)
        self._watcher.directoryChanged.connect(self._rest.start)
        self._rest.timeout.connect(self.look)

    def watch(self, path: Path | None) -> None:
        """Watch another file from now on; None: nothing."""
        self._rest.stop()
        known = [*self._watcher.files(), *self._watcher.directories()]
        if known:
            self._watcher.removePaths(known)
        self._path = path
        if path is not None:
            self._stamp = stamp_of(path)
            self._take_up()

    def _take_up(self) -> None:
        assert self._path is not None
        known = {*self._watcher.files(), *self._watcher.directories()}
        # the folder too: a file that was replaced is watched no longer, one that is gone may return
        paths = [str(path) for path in (self._path, self._path.parent) if path.exists()]
        new = [path for path in paths if path not in known]
        if new:
            self._watcher.addPaths(new)

    @Slot()
    def look(self) -> None:
        """See whether the file is what it was."""
        if self._path is None:
            return
        now = stamp_of(self._path)
        self._take_up()
        if now == self._stamp:
            return
        self._stamp = now
        if now is None:
            self.gone.emit()
        else:
            self.changed.emit()
