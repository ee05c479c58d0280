"""The window as a program: joins an engine and a main window, starts them, ends them cleanly."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from . import __version__
from .core.errors import UserError
from .core.places import frozen_program, logs_folder
from .core.words import QT_TRANSLATE_NOOP
from .engine_choice import ChosenTuner, ModelLibrary
from .ui.document import Document
from .ui.errors import Uncaught
from .ui.icon import program_icon
from .ui.job import MainThreadCollector
from .ui.looks import Looks
from .ui.main_window import PROGRAM, MainWindow, Start
from .ui.pages.page import Surroundings
from .ui.settings import AppSettings
from .ui.work import Work

_LAST_WAIT_S = 9.0
_SIGNALS_SEEN_MS = 250  # Python's signal handlers run only when Qt lets Python run
_CRASH_LOG_BYTES = 2**20


def main(project: Path | None = None) -> int:
    """Open the window, with `project` in it if one is given; gives the exit code."""
    _check_display()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([PROGRAM])
    app.setApplicationName("peft-desktop")
    app.setApplicationDisplayName(PROGRAM)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("peft-desktop")
    app.setWindowIcon(program_icon())
    settings = AppSettings()
    Looks(app, settings)
    collector = MainThreadCollector(app)
    tuner = ChosenTuner(lambda: settings.tuner)
    around = Surroundings(Document(), Work(), tuner, settings, ModelLibrary())
    window = MainWindow(around, start=Start(project, doctor_command()))
    uncaught = Uncaught(window.stack.fail, _log)
    window.stuck.connect(lambda: _end_now(around.document))
    window.painted.connect(tuner.warm_up_soon)
    window.painted.connect(window.ask_for_devices)
    try:
        with _crashes_logged(), _signals_close(window):
            window.begin()
            window.show()
            return app.exec()
    finally:
        around.document.close()
        tuner.close()
        around.work.stop()
        around.work.wait(_LAST_WAIT_S)
        window.end_errands()
        uncaught.release()
        collector.deleteLater()
        settings.sync()


def doctor_command() -> tuple[str, ...]:
    """The words that check this installation, frozen or from source."""
    frozen = frozen_program()
    program = (sys.executable, "-m", "peft_desktop") if frozen is None else (frozen,)
    return (*program, "doctor")


def _log(error: Exception) -> object:
    from .cli import log_failure

    return log_failure(error)


def _check_display() -> None:
    """Raise UserError where Qt would only abort: on Linux without any display."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no display to open a window on."),
            QT_TRANSLATE_NOOP("engine", "Use the commands: peft-desktop --help"),
        )


@contextmanager
def _crashes_logged() -> Iterator[None]:
    """Where Python itself dies, its stack is written to a log."""
    path = logs_folder() / "crash.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        big = path.exists() and path.stat().st_size > _CRASH_LOG_BYTES
        file = path.open("w" if big else "a", encoding="utf-8")
    except OSError:  # a home that cannot be written must not keep the window from opening
        yield
        return
    with file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()


@contextmanager
def _signals_close(window: MainWindow) -> Iterator[None]:
    """Ctrl+C in the terminal and SIGTERM end the window without a question, and cleanly."""

    def end(number: int, frame: FrameType | None) -> None:
        window.end()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {n: signal.signal(n, end) for n in (signal.SIGINT, signal.SIGTERM)}
    pulse = QTimer(window)
    pulse.timeout.connect(_nothing)
    pulse.start(_SIGNALS_SEEN_MS)
    try:
        yield
    finally:
        pulse.stop()
        for number, old in before.items():
            signal.signal(number, old)


def _nothing() -> None:
    """Python looks for signals whenever it runs."""


def _end_now(document: Document) -> None:
    """The last way out: work that does not end although it was asked to and given time."""
    document.close()
    os._exit(1)
