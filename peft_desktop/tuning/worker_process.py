"""One child process with the two pipes to it: start, talk, end by force if it must be."""

from __future__ import annotations

import atexit
import multiprocessing
import multiprocessing.util  # its exit handler ends children at once: it must come before ours
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection
from typing import Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from .worker_child import Terms, serve

_REAP_S = 5.0


class ChildProcess:
    """A spawned child that runs `serve`. One thread at a time receives; any may send and end."""

    def __init__(self, terms: Terms) -> None:
        self.waits_for_work = False  # kept by the one who receives
        self.exit_code: int | None = None
        self._sending = threading.Lock()
        self._ending = threading.Lock()
        context = multiprocessing.get_context("spawn")
        # one-way pipes: two-way ones are sockets on POSIX, and this program opens no socket
        command_reader, self._commands = context.Pipe(duplex=False)
        self._events, event_writer = context.Pipe(duplex=False)
        self._process = context.Process(
            target=serve,
            args=(command_reader, event_writer, terms),
            name="peft-desktop-worker",
            daemon=True,
        )
        try:
            with _interrupts_held_back():
                self._process.start()
        except OSError as error:
            self.release()
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "No worker process could be started: {reason}."),
                QT_TRANSLATE_NOOP("engine", "Close other programs and try again."),
                reason=error.strerror or error,
            ) from error
        finally:
            command_reader.close()
            event_writer.close()
        self.pid = self._process.pid
        self._sentinel = self._process.sentinel
        atexit.register(self.end, terms.grace_s)

    def is_dead(self) -> bool:
        return self.exit_code is not None or bool(connection.wait([self._sentinel], 0))

    def send(self, *message: Any) -> None:
        """Send; that the child is gone is found out by who receives."""
        with self._sending, suppress(OSError):
            self._commands.send(message)

    def receive(self, timeout_s: float) -> tuple[Any, ...] | None:
        """The next message, or None after `timeout_s`; EOFError when the child is gone."""
        ready = connection.wait([self._events, self._sentinel], timeout_s)
        if self._events in ready:
            try:
                message: tuple[Any, ...] = self._events.recv()
            except (EOFError, OSError):
                raise EOFError from None
            except BaseException:  # half a message may be left in the pipe: it is of no more use
                self.end(0.0)
                raise
            return message
        if ready:
            raise EOFError
        return None

    def end(self, grace_s: float) -> None:
        """Let the child quit within `grace_s`, then kill it; it is gone when this returns."""
        with self._ending:
            if self.exit_code is not None:
                return
            if grace_s > 0:
                self.send("quit")
                self._process.join(grace_s)
            if self._process.is_alive():
                self._process.kill()
                self._process.join(_REAP_S)
            code = self._process.exitcode
            self.exit_code = -signal.SIGTERM if code is None else code
            atexit.unregister(self.end)

    def release(self) -> None:
        """Close the pipes of a child that has ended; nobody may be receiving."""
        self._commands.close()
        self._events.close()
        with suppress(ValueError):  # it has not ended even after a kill: nothing more to be done
            self._process.close()


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl-C reaches the child too; it is to be born deaf to it, before it can say so itself."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # started by the first spawn, it would undo our mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
