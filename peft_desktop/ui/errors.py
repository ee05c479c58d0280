"""What nobody caught: told on the page as it is, written to the log, and the window lives on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

Tell = Callable[[BaseException], None]


class Uncaught(QObject):
    """Takes exceptions that reach the top, in any thread, and tells them on the window's.

    `tell` shows one, `log` writes its traceback. `release` puts the old hooks back.
    """

    caught = Signal(object)

    def __init__(
        self, tell: Tell, log: Callable[[Exception], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tell, self._log = tell, log
        self._before = (sys.excepthook, threading.excepthook)
        self.caught.connect(self._on_caught)  # queued when it comes from another thread
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def release(self) -> None:
        sys.excepthook, threading.excepthook = self._before

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, Exception):  # Ctrl+C and exits are no errors
            self._before[0](kind, error, trace)
            return
        self.caught.emit(error)

    def _thread_hook(self, args: Any) -> None:
        if isinstance(args.exc_value, Exception):
            self.caught.emit(args.exc_value)

    @Slot(object)
    def _on_caught(self, error: Exception) -> None:
        from ..core.errors import UserError

        try:
            if not isinstance(error, UserError):
                self._log(error)
            self._tell(error)
        except Exception as worse:  # a failure while telling must not call us again
            self._before[0](type(worse), worse, worse.__traceback__)
