"""The child's side of the worker: builds a tuner and works for its parent, on credit."""

from __future__ import annotations

import faulthandler
import gc
import importlib
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.ports import Tuner

HEAVY = ("torch", "transformers", "peft", "accelerate")
_LOG_BYTES = 2**20

# Messages, tuples that begin with a word.
# To the child: work NAME ARGUMENTS, credit, stop, quit.
# To the parent: ready, event EVENT, ended ERROR VALUE (ERROR is None, a UserError or a Failure).


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception that is a bug, in plain words: its class may be unknown to the parent."""

    kind: str
    message: str
    traceback: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What the parent wants: the tuner, how far ahead to work, how long a stop may take."""

    make: Callable[[], Tuner]
    warm: tuple[str, ...]
    credit: int
    grace_s: float
    log: Path | None


def local_tuner() -> Tuner:
    """The tuner that works in its own process."""
    from .tuner import LocalTuner

    tuner: Tuner = LocalTuner()
    return tuner


def serve(commands: connection.Connection, events: connection.Connection, terms: Terms) -> None:
    """Do one piece of work after another until told to quit or until the parent is gone."""
    _settle(terms.log)
    threading.Thread(target=_outlive_no_parent, args=(terms.grace_s,), daemon=True).start()
    worker = _Worker(commands, events, terms)
    # EOFError, OSError: the parent is gone, and with it the reason to be here
    with suppress(EOFError, OSError):
        worker.warm_up()
        events.send(("ready",))
        while not worker.quitting:
            match commands.recv():
                case ("work", name, arguments):
                    error, value = worker.outcome_of(name, arguments)
                    if error is not None or not worker.quitting:
                        events.send(("ended", error, value))
                    _give_memory_back()
                case ("quit",):
                    break
    worker.close()


class _Worker:
    def __init__(
        self, commands: connection.Connection, events: connection.Connection, terms: Terms
    ) -> None:
        self.quitting = False
        self._commands = commands
        self._events = events
        self._terms = terms
        self._tuner: Tuner | None = None

    def warm_up(self) -> None:
        """Import ahead of time; what fails here fails again, and is said, when it is needed."""
        if self._terms.warm:
            with suppress(Exception):
                for name in self._terms.warm:
                    importlib.import_module(name)
                self._tuner = self._terms.make()

    def outcome_of(self, name: str, arguments: tuple[Any, ...]) -> tuple[Any, Any]:
        """Do the work; (None, value) or (what was raised, None)."""
        try:
            if self._tuner is None:
                self._tuner = self._terms.make()
            work = getattr(self._tuner, name)(*arguments)
            return None, self._pass_on(work) if isinstance(work, Generator) else work
        except UserError as error:
            return _plain_error(error), None
        except _Gone:
            raise EOFError from None
        except BaseException as error:
            return Failure(type(error).__name__, str(error), traceback.format_exc()), None

    def _pass_on(self, work: Generator[Any, None, Any]) -> Any:
        ahead = 0
        try:
            while True:
                while ahead >= self._terms.credit or self._has_command():
                    word = self._next_command()
                    if word == "credit":
                        ahead -= 1
                    elif word in ("stop", "quit"):
                        self.quitting = word == "quit"
                        return None
                try:
                    event = next(work)
                except StopIteration as end:
                    return end.value
                try:
                    self._events.send(("event", event))
                except OSError:
                    raise _Gone from None
                ahead += 1
        finally:
            work.close()

    def _has_command(self) -> bool:
        try:
            return self._commands.poll()
        except OSError:
            raise _Gone from None

    def _next_command(self) -> str:
        try:
            return str(self._commands.recv()[0])
        except (EOFError, OSError):
            raise _Gone from None

    def close(self) -> None:
        if self._tuner is not None:
            self._tuner.close()


class _Gone(Exception):  # noqa: N818 (not an error: the parent has ended)
    """The parent has ended while a piece of work was going on."""


def _settle(log: Path | None) -> None:
    """Make the process a quiet one: no Ctrl-C, nothing on the parent's standard output."""
    # Ctrl-C reaches the whole group; the parent decides what it means
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries tell programmers is not for users
    target = -1
    if log is not None:
        with suppress(OSError):
            log.parent.mkdir(parents=True, exist_ok=True)
            fresh = not log.exists() or log.stat().st_size > _LOG_BYTES
            target = os.open(log, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if fresh else os.O_APPEND))
            os.dup2(target, 2)
    try:
        os.dup2(2, 1)
    except OSError:  # a windowed program has no standard error
        target = os.open(os.devnull, os.O_WRONLY)
        os.dup2(target, 2)
        os.dup2(target, 1)
    if target > 2:
        os.close(target)
    for name, handle in (("stdout", 1), ("stderr", 2)):
        stream = open(handle, "w", encoding="utf-8", errors="replace", buffering=1, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
    faulthandler.enable(2)


def _outlive_no_parent(grace_s: float) -> None:
    """End the process when its parent has ended and the work does not notice in time."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        time.sleep(grace_s)
        os._exit(1)


def _give_memory_back() -> None:
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.empty_cache()


def _plain_error(error: UserError) -> UserError:
    """The same error with values that can be read where torch and numpy are not imported."""
    values = {name: _plain(value) for name, value in error.what.values.items()}
    return UserError(
        error.what.template,
        error.do.template,
        file=error.file,
        row=error.row,
        field=error.field,
        **values,
    )


def _plain(value: Any) -> Any:
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    number = getattr(value, "item", None)  # numpy and torch
    if callable(number):
        with suppress(Exception):
            return _plain(number())
    return str(value)
