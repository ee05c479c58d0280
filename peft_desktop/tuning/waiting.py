"""Work in a thread that ticks meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from typing import TypeVar

from ..core.events import Event, Tick

T = TypeVar("T")


def waiting(work: Callable[[], T], join: bool = False) -> Generator[Event, None, T]:
    """Do `work` in a thread and tick meanwhile, so that Stop never waits.

    When stopped, a reader is left behind to end by itself; with `join` (a writer) its end is
    awaited, so that nobody writes into a folder that is being removed.
    """
    result: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            result.append(work())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.1)
            yield Tick()
    finally:
        if join:
            thread.join()
    if failure:
        raise failure[0]
    return result[0]
