"""Short pieces of reading and reckoning beside the window's thread; only the newest counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QThread, Signal, Slot


class Ask:
    """What an errand's function is given: whether it is still wanted, and a way to tell news."""

    def __init__(self, thread: _Thread) -> None:
        self._thread = thread

    @property
    def wanted(self) -> bool:
        return not self._thread.isInterruptionRequested()

    def tell(self, news: Any) -> None:
        self._thread.told.emit(self._thread.ticket, "news", news)


Take = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class _Errand:
    key: str
    thread: _Thread
    take: Take
    fail: Take
    news: Take | None


class Errands(QObject):
    """Runs functions in threads of their own; a new errand of the same key outdates the old one.

    `take`, `fail` and `news` are called on the window's thread, and only for the newest errand of
    its key. When the owner goes, its errands are waited for.
    """

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets = 0
        self._newest: dict[str, int] = {}
        self._running: dict[int, _Errand] = {}
        self.destroyed.connect(partial(_wait_for_all, self._running))

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def run(
        self,
        key: str,
        work: Callable[[Ask], Any],
        take: Take,
        fail: Take,
        news: Take | None = None,
    ) -> None:
        """Start `work(ask)`; its value goes to `take`, what it raises to `fail`."""
        self.drop(key)
        self._tickets += 1
        ticket = self._tickets
        thread = _Thread(ticket, work)
        self._newest[key] = ticket
        self._running[ticket] = _Errand(key, thread, take, fail, news)
        thread.told.connect(self._on_told)
        thread.start()

    def drop(self, key: str) -> None:
        """Nobody wants the errand of this key any more; it ends at its next look."""
        ticket = self._newest.pop(key, None)
        if ticket in self._running:
            self._running[ticket].thread.requestInterruption()

    def drop_all(self) -> None:
        for key in list(self._newest):
            self.drop(key)

    def wait(self) -> None:
        """Wait for every thread, and hear no more of it; for the end of the window only."""
        for errand in self._running.values():
            errand.thread.wait()
        self._running.clear()

    @Slot(int, str, object)
    def _on_told(self, ticket: int, kind: str, value: Any) -> None:
        errand = self._running.get(ticket)
        if errand is None:
            return
        current = self._newest.get(errand.key) == ticket
        if kind != "news":
            errand.thread.wait()
            del self._running[ticket]
            if current:
                del self._newest[errand.key]
        if current:
            take = {"news": errand.news, "done": errand.take, "failed": errand.fail}[kind]
            if take is not None:
                take(value)
        if not self._running:
            self.idle.emit()


class _Thread(QThread):
    told = Signal(int, str, object)

    def __init__(self, ticket: int, work: Callable[[Ask], Any]) -> None:
        super().__init__()
        self.ticket = ticket
        self._work = work

    def run(self) -> None:
        try:
            value = self._work(Ask(self))
        except Exception as error:
            self.told.emit(self.ticket, "failed", error)
        else:
            self.told.emit(self.ticket, "done", value)


def _wait_for_all(running: dict[int, _Errand], _gone: QObject | None = None) -> None:
    # at the program's end Qt may have taken a finished thread already
    alive = [errand.thread for errand in running.values() if shiboken6.isValid(errand.thread)]
    for thread in alive:
        thread.requestInterruption()
    for thread in alive:
        thread.wait()
    running.clear()
