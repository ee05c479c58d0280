"""Run a generator in a thread of its own."""

from __future__ import annotations

import gc
from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from ..core.events import Event, Tick

_BATCH_S = 0.05  # events are handed over in batches, so that a fast run cannot flood the window


class Job(QThread):
    """Iterates `events` away from the window's thread and hands them over in batches.

    To stop, the job simply asks for no more: closing the generator runs the `finally:` blocks
    inside it, so the work cleans up after itself. To pause, it does not ask for a while.
    Signals: `events` (list of events, in order), then exactly one of `failed` (exception),
    `stopped`, `done`. Connect them only to @Slot methods of QObjects.
    """

    events = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    done = Signal()

    def __init__(self, work: Generator[Event, None, None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._paused = False

    def stop(self) -> None:
        """Ask for no more; what is best so far is kept by the work itself."""
        self._paused = False
        self.requestInterruption()

    def pause(self, paused: bool) -> None:
        self._paused = paused

    @property
    def paused(self) -> bool:
        return self._paused

    def run(self) -> None:
        import time

        waiting: list[Any] = []
        sent = time.monotonic()
        try:
            for event in self._work:
                if not isinstance(event, Tick):
                    waiting.append(event)
                now = time.monotonic()
                if waiting and now - sent >= _BATCH_S:
                    self.events.emit(waiting)
                    waiting, sent = [], now
                while self._paused and not self.isInterruptionRequested():
                    self.msleep(50)
                if self.isInterruptionRequested():
                    self._work.close()
                    self._hand_over(waiting)
                    self.stopped.emit()
                    return
        except Exception as error:
            self._hand_over(waiting)
            self.failed.emit(error)
        else:
            self._hand_over(waiting)
            self.done.emit()

    def _hand_over(self, waiting: list[Any]) -> None:
        if waiting:
            self.events.emit(waiting)


class MainThreadCollector(QObject):
    """Python's cyclic collector on the window's thread only, while any worker runs.

    A QObject that is collected in another thread takes the program down with it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(2000)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    @Slot()
    def _collect(self) -> None:
        for generation, (count, limit) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        ):
            if limit and count > limit:
                gc.collect(generation)
