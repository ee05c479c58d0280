"""Ctrl-C and SIGTERM: raised at once outside of work, noted politely while work goes on."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_Handler = Callable[[int, FrameType | None], Any]


class Interrupted(BaseException):
    """The user or the system asked the program to end; `saved` says what was kept."""

    def __init__(self, number: int, saved: str = "") -> None:
        super().__init__(number)
        self.number = number
        self.saved = saved

    @property
    def exit_code(self) -> int:
        return 128 + self.number


def _raise(number: int, frame: FrameType | None) -> None:
    raise Interrupted(number)


@contextmanager
def _handled_by(handler: _Handler) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers
        return
    before = {number: signal.signal(number, handler) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


@contextmanager
def raised_at_once() -> Iterator[None]:
    """Within the block a signal raises Interrupted wherever the program is."""
    with _handled_by(_raise):
        yield


@contextmanager
def noted_first() -> Iterator[Callable[[], int | None]]:
    """Within the block the first signal is only noted; the second raises Interrupted.

    Gives a function that tells the noted signal's number, or None.
    """
    noted: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        noted.append(number)
        if len(noted) > 1:
            raise Interrupted(number)

    with _handled_by(note):
        yield lambda: noted[0] if noted else None
