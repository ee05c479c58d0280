"""The whole window as a user has it: pages, engine, models; it ends without a trace."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from peft_desktop.core.ports import Tuner
from peft_desktop.engine_choice import ChosenTuner, ModelLibrary
from peft_desktop.ui.document import Document
from peft_desktop.ui.job import MainThreadCollector
from peft_desktop.ui.looks import Looks
from peft_desktop.ui.main_window import MainWindow, Start
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.settings import AppSettings
from peft_desktop.ui.work import Work

WIDTH, HEIGHT = 1366, 768


@contextmanager
def program(
    qtbot: QtBot, qapp: QApplication, language: str, make: Callable[[str], Tuner]
) -> Iterator[MainWindow]:
    """The first start of the program in `language`, joined as `app.main` joins it.

    `make` gives the engine. Leaving it closes the window and asserts that no thread, process or
    widget is left.
    """
    locale, palette, style = QLocale(), qapp.palette(), qapp.style().objectName()
    before = Trace(qapp)
    settings = AppSettings()
    settings.put("language", language)
    looks = Looks(qapp, settings)
    collector = MainThreadCollector(qapp)
    tuner = ChosenTuner(lambda: settings.tuner, make)
    around = Surroundings(Document(), Work(), tuner, settings, ModelLibrary())
    window = MainWindow(around, start=Start())
    window.painted.connect(tuner.warm_up_soon)
    window.painted.connect(window.ask_for_devices)
    try:
        window.begin()
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
        yield window
        assert not around.work.busy
        window.close()
        assert not window.isVisible()
    finally:
        around.document.close()
        tuner.close()
        around.work.stop()
        around.work.wait(30)
        window.end_errands()
        window.close()
        window.deleteLater()
        collector.deleteLater()
        gc.enable()
        looks.translations.use("en")
        for each in (looks.translations, looks.theme, looks):
            each.deleteLater()
        QLocale.setDefault(locale)
        qapp.setStyle(style)
        qapp.setPalette(palette)
    del window, around, looks, tuner
    before.assert_nothing_more()


class Trace:
    """What runs and stands now, to compare with what runs and stands later."""

    def __init__(self, qapp: QApplication) -> None:
        self._app = qapp
        self._threads, self._children, self._widgets = self._now()

    def _now(self) -> tuple[set[int], set[int], set[int]]:
        """Ids of Python's threads, of child processes, and addresses of widgets."""
        collect()
        ours = psutil.Process().children(recursive=True)
        kept = {child.pid for child in ours if "resource_tracker" not in _said(child)}
        threads = {id(each) for each in _python_threads()}
        return threads, kept, {id(each) for each in self._app.allWidgets()}

    def assert_nothing_more(self) -> None:
        threads, children, widgets = self._now()
        names = [each.name for each in _python_threads() if id(each) not in self._threads]
        assert threads <= self._threads, f"threads are left: {names}"
        assert children <= self._children, f"processes are left: {children - self._children}"
        assert not running_threads()
        more = [each for each in self._app.allWidgets() if id(each) in widgets - self._widgets]
        assert not more, f"widgets are left: {more[:10]}"


def _python_threads() -> list[threading.Thread]:
    """Without the dummies: Python keeps one for good for a thread of Qt's that once asked who it is
    (reading a CSV file with pyarrow does). `running_threads` looks at Qt's threads themselves."""
    return [each for each in threading.enumerate() if not isinstance(each, threading._DummyThread)]


def _said(child: psutil.Process) -> str:
    try:
        return " ".join(child.cmdline())
    except psutil.Error:
        return ""


def running_threads() -> list[QThread]:
    """Qt's threads that run. By type: libraries leave objects that warn when asked for a class."""
    threads = [each for each in gc.get_objects() if issubclass(type(each), QThread)]
    # an error's traceback keeps ended jobs
    return [each for each in threads if isValid(each) and each.isRunning()]


def collect() -> None:
    """Let go of what is only waiting to be deleted."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        gc.collect()
