"""The one place where long work runs: one piece at a time on the engine, told to whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ..core.events import Event
from .job import Job

Events = Generator[Event, None, None]


class Work(QObject):
    """Starts jobs and keeps the one that is at it. Every page and the status bar listen here.

    `started(title)`, `events(list)`, then `ended(outcome)`: "done", "stopped" or "failed";
    `error` holds the exception of a failure.
    """

    started = Signal(str)
    events = Signal(object)
    ended = Signal(str)
    paused = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        self.title = ""
        self.owner: QObject | None = None
        self.error: Exception | None = None
        self._take: Callable[[Any], None] | None = None
        self._end: Callable[[str], None] | None = None

    @property
    def busy(self) -> bool:
        return self.job is not None

    def start(
        self,
        title: str,
        events: Events,
        owner: QObject,
        take: Callable[[list[Event]], None],
        end: Callable[[str], None],
    ) -> bool:
        """Run `events`; `take` gets batches, `end` the outcome, both on the window's thread.

        False, and nothing happens, while another piece is at work.
        """
        if self.busy:
            events.close()
            return False
        self.title, self.owner, self.error = title, owner, None
        self._take, self._end = take, end
        job = Job(events, self)
        self.job = job
        job.events.connect(self._on_events)
        job.failed.connect(self._on_failed)
        job.stopped.connect(self._on_stopped)
        job.done.connect(self._on_done)
        self.started.emit(title)
        job.start()
        return True

    def stop(self) -> None:
        if self.job is not None:
            self.job.stop()

    def pause(self, paused: bool) -> None:
        if self.job is not None:
            self.job.pause(paused)
            self.paused.emit(paused)

    def wait(self, seconds: float) -> bool:
        """Wait for the job's thread; for closing the window only."""
        return self.job is None or self.job.wait(int(seconds * 1000))

    @Slot(object)
    def _on_events(self, events: list[Event]) -> None:
        if self._take is not None:
            self._take(events)
        self.events.emit(events)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.error = error
        self._over("failed")

    @Slot()
    def _on_stopped(self) -> None:
        self._over("stopped")

    @Slot()
    def _on_done(self) -> None:
        self._over("done")

    def _over(self, outcome: str) -> None:
        job, self.job = self.job, None
        if job is not None:
            job.wait()
            job.deleteLater()
        end, self._end, self._take = self._end, None, None
        if end is not None:
            end(outcome)
        self.ended.emit(outcome)
