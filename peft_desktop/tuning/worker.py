"""A tuner that works in a child process, so that what happens there never takes us along."""

from __future__ import annotations

import signal
import threading
import time
import weakref
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Self

from ..core.errors import UserError
from ..core.events import PhaseChanged, Tick
from ..core.passed_on import PassedOn
from ..core.ports import Tuner
from ..core.words import QT_TRANSLATE_NOOP
from .worker_child import HEAVY, Failure, Terms, local_tuner
from .worker_process import ChildProcess

TICK_S = 0.1
CREDIT = 4
GRACE_S = 10.0


class WorkerFailed(RuntimeError):  # noqa: N818 (it tells what the worker did)
    """A bug in the child; `remote_traceback` is the child's, and is added as a note."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.kind}: {failure.message}")
        self.kind = failure.kind
        self.remote_traceback = failure.traceback
        self.add_note(f"In the worker process:\n{failure.traceback}")


class WorkerDied(UserError):  # noqa: N818 (it tells what the worker did)
    """The child ended in the middle of its work: killed, out of memory, crashed, wedged."""


class WorkerTuner(PassedOn):
    """The `Tuner` that lets `make()` build another tuner in a spawned child and work there.

    The child is started by `warm_up` or by the first piece of work, serves one piece after
    another, and is started anew when it has died. It is at most `CREDIT` events ahead of the
    asker; while it has nothing to tell, the asker gets a `Tick` every `TICK_S` seconds. A second
    piece of work asked for meanwhile waits: `PhaseChanged("waiting")`, then ticks.

    Closing a generator gives the child `grace_s` seconds to close the work; then it is killed,
    and the close raises WorkerDied. `log` takes what the child prints; without it that goes to
    standard error, never to standard output. `make` must be a module's function, and the
    program's main module must be safe to import (`if __name__ == "__main__":`).
    """

    def __init__(
        self,
        make: Callable[[], Tuner] = local_tuner,
        *,
        grace_s: float = GRACE_S,
        log: Path | None = None,
    ) -> None:
        self._make = make
        self._grace_s = grace_s
        self._log = log
        self._slot = threading.Lock()  # held by the piece of work that is going on
        self._starting = threading.Lock()
        self._child: ChildProcess | None = None
        self._devices: list[dict[str, Any]] | None = None
        self._closed = False

    def devices(self) -> list[dict[str, Any]]:
        """Asked of the child once, then remembered. UserError if it is at work when first asked."""
        if self._devices is None:
            asked = self._work("devices")
            while True:
                try:
                    event = next(asked)
                except StopIteration as end:
                    self._devices = list(end.value)
                    break
                if isinstance(event, PhaseChanged):
                    asked.close()
                    raise UserError(
                        QT_TRANSLATE_NOOP("engine", "Another piece of work is going on."),
                        QT_TRANSLATE_NOOP("engine", "Ask for the devices when it is done."),
                    )
        return [dict(device) for device in self._devices]

    def warm_up(self, libraries: tuple[str, ...] = HEAVY) -> None:
        """Start the child and let it import the heavy libraries; returns at once."""
        self._running(libraries)

    @property
    def pid(self) -> int | None:
        """The child's process number; None when there is no child."""
        child = self._child
        return None if child is None or child.is_dead() else child.pid

    def close(self) -> None:
        """End the child, after `grace_s` seconds by force. Work that is going on is stopped."""
        self._end(self._grace_s)

    def end_now(self) -> None:
        """End the child by force, for when nothing is at work that would be worth keeping: one
        that only loads its libraries would answer seconds later."""
        self._end(0.0)

    def _end(self, grace_s: float) -> None:
        with self._starting:  # also one that is just being started
            self._closed = True
            child, self._child = self._child, None
        if child is not None:
            child.end(grace_s)
            # a piece of work that is reading the pipes closes them itself
            if self._slot.acquire(timeout=10 * TICK_S):
                child.release()
                self._slot.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running(self, warm: tuple[str, ...] = ()) -> ChildProcess:
        """The living child, started if need be."""
        with self._starting:
            if self._closed:
                raise _closing()
            if self._child is not None and self._child.is_dead():
                self._child.end(0.0)
                self._child.release()
                self._child = None
            if self._child is None:
                self._child = ChildProcess(
                    Terms(self._make, warm, CREDIT, self._grace_s, self._log)
                )
                # at the interpreter's exit the child sees to itself, in time
                weakref.finalize(self, self._child.end, self._grace_s).atexit = False
            return self._child

    def _work(self, name: str, *arguments: Any) -> Generator[Any, None, Any]:
        waiting = False
        while not self._slot.acquire(timeout=TICK_S):
            yield Tick() if waiting else PhaseChanged("waiting")
            waiting = True
        child = None
        try:
            child = self._running()
            return (yield from self._pass_on(child, name, arguments))
        except EOFError:
            assert child is not None
            child.end(TICK_S)  # the pipe may end a moment before the process does
            if self._closed:
                raise _closing() from None
            raise _death(child.exit_code, name, arguments) from None
        finally:
            if child is not None and child.exit_code is not None:
                self._forget(child)
            self._slot.release()

    def _pass_on(
        self, child: ChildProcess, name: str, arguments: tuple[Any, ...]
    ) -> Generator[Any, None, Any]:
        """Pass the child's events on; gives what the work returned. EOFError if the child dies."""
        sent = ended = False
        try:
            while True:
                if child.waits_for_work and not sent:
                    child.send("work", name, arguments)
                    child.waits_for_work, sent = False, True
                match child.receive(TICK_S):
                    case None:
                        yield Tick()
                    case ("ready",):
                        child.waits_for_work = True
                    case ("event", event):
                        child.send("credit")
                        yield event
                    case ("ended", error, value):
                        child.waits_for_work = ended = True
                        _raise(error)
                        return value
        except EOFError:
            ended = True
            raise
        finally:
            # a child that was ended by `close`, or at the interpreter's exit, has stopped before
            if sent and not ended and child.exit_code is None:
                self._stop(child)

    def _stop(self, child: ChildProcess) -> None:
        """Let the child close its work; kill it when that takes too long."""
        deadline = time.monotonic() + self._grace_s
        child.send("stop")
        try:
            while (left_s := deadline - time.monotonic()) > 0:
                match child.receive(left_s):
                    case ("ended", error, _):
                        child.waits_for_work = True
                        _raise(error)
                        return
        except EOFError:
            child.end(TICK_S)
            if child.exit_code == 0:  # told to quit meanwhile, it has closed its work
                return
            raise
        finally:
            if not child.waits_for_work:
                child.end(0.0)
        raise WorkerDied(
            QT_TRANSLATE_NOOP(
                "engine", "The work did not stop within {seconds} s, so its process was ended."
            ),
            _KEPT,
            seconds=round(self._grace_s),
        )

    def _forget(self, child: ChildProcess) -> None:
        with self._starting:
            if self._child is child:
                self._child = None
        child.release()


def _raise(error: UserError | Failure | None) -> None:
    if isinstance(error, UserError):
        raise error
    if error is not None:
        raise WorkerFailed(error)


def _closing() -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The work was stopped because the program is closing.")
    )


def _death(exit_code: int | None, name: str, arguments: tuple[Any, ...]) -> WorkerDied:
    """What to say of a child that ended with `exit_code` (-N: by signal N) during `name`."""
    code = exit_code or 0
    run = arguments[1].name if name == "train" else ""
    do = _RESUME if run else _AGAIN
    if code < 0:
        try:
            said = signal.Signals(-code).name
        except ValueError:
            said = str(-code)
        return WorkerDied(_KILLED if said == "SIGKILL" else _CRASHED, do, signal=said, run=run)
    said = str(code) if code < 2**16 else f"0x{code:08X}"  # as Windows writes them
    return WorkerDied(_ENDED, do, code=said, run=run)


_KEPT = QT_TRANSLATE_NOOP(
    "engine", "What was saved before is kept; a training goes on from there with --resume."
)
_RESUME = QT_TRANSLATE_NOOP(
    "engine",
    "What was saved before is kept: resume {run} (on the command line: --resume {run}).",
)
_AGAIN = QT_TRANSLATE_NOOP("engine", "What was saved before is kept; try again.")
_KILLED = QT_TRANSLATE_NOOP(
    "engine",
    "The process at work was killed ({signal}), as the system does when the memory runs out.",
)
_CRASHED = QT_TRANSLATE_NOOP("engine", "The process at work crashed ({signal}).")
_ENDED = QT_TRANSLATE_NOOP("engine", "The process at work ended unexpectedly (exit code {code}).")
