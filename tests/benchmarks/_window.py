"""What the window's benchmarks share: the real window, joined as `app.main` joins it, and tools."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import _common as common

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(common.ROOT))

SIZE = (1366, 768)
SAMPLE = common.ROOT / "resources" / "samples" / "movie_reviews"


class Window:
    """A window on `project`; `wait` runs its event loop, `end` closes it as the program does."""

    def __init__(self, project: Path, kept: Path, tuner: Any, library: Any = None) -> None:
        from PySide6.QtWidgets import QApplication

        from peft_desktop.engine_choice import ModelLibrary
        from peft_desktop.ui.document import Document
        from peft_desktop.ui.job import MainThreadCollector
        from peft_desktop.ui.looks import Looks
        from peft_desktop.ui.main_window import MainWindow, Start
        from peft_desktop.ui.pages.page import Surroundings
        from peft_desktop.ui.settings import AppSettings
        from peft_desktop.ui.work import Work

        app = QApplication.instance() or QApplication(["PEFT Desktop"])
        assert isinstance(app, QApplication)
        self.app, self.tuner = app, tuner
        settings = AppSettings(kept / "settings.ini")
        settings.put("language", "en")
        self.looks = Looks(app, settings)
        self.collector = MainThreadCollector(app)
        self.work, self.document = Work(), Document()
        around = Surroundings(self.document, self.work, tuner, settings, library or ModelLibrary())
        self.main = MainWindow(around, start=Start(project))
        self.main.begin()
        self.main.resize(*SIZE)
        self.main.show()
        self.main.activateWindow()

    def wait(self, until: Callable[[], object], seconds: float = 300.0) -> None:
        """Run the event loop itself (not `processEvents`) until something is so."""
        from PySide6.QtCore import QEventLoop, QTimer

        end, loop, look = time.monotonic() + seconds, QEventLoop(), QTimer()
        look.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > end else None)
        look.start(100)
        loop.exec()
        look.stop()
        if not until():
            sys.exit("the window did not come so far in time")

    def train_page(self) -> Any:
        """The Train page in front, ready to train."""
        page: Any = self.main.stack.show_page("train")
        self.wait(lambda: page._look is not None and page._missing is None)
        return page

    def end(self) -> None:
        self.main.close()
        self.document.close()
        self.tuner.close()
        self.work.stop()
        self.work.wait(20)
        self.main.end_errands()
        self.main.deleteLater()
        collect()


def collect() -> None:
    import gc

    from PySide6.QtCore import QCoreApplication, QEvent

    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        gc.collect()


def sample_project(folder: Path, **training: Any) -> Path:
    """The sample's project with these training settings, made by the command line."""
    from peft_desktop.core.project import open_project

    if not folder.exists():
        words = ("--data", SAMPLE / "train.csv", "--test", SAMPLE / "test.csv", "--per-class", "16")
        common.command("init", folder, *words, "--text", "text", "--label", "label")
        open_project(folder).update(training=training)
    return folder


def copied(project: Path, folder: Path) -> Path:
    """A copy without runs and locks, to train in."""
    left = shutil.ignore_patterns("*.lock", "runs")
    return Path(shutil.copytree(project, common.fresh(folder), ignore=left))


def quantile(sorted_values: list[float], share: float) -> float:
    place = min(len(sorted_values) - 1, int(share * len(sorted_values)))
    return sorted_values[place]
