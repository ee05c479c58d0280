"""Makes the pictures of the documentation: python packaging/pictures.py PROJECT [FOLDER]

PROJECT is a project with a finished, judged run; the real window opens it without a screen, and
every page is drawn in both languages and both themes at 1366x768. FOLDER is docs/pictures.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
ROOT = Path(__file__).resolve().parents[1]
PAGES = ("data", "prompt", "train", "evaluate", "predict")
LOOKS = (("en", "light"), ("zh_CN", "light"), ("en", "dark"), ("zh_CN", "dark"))


def main(project: Path, folder: Path) -> int:
    from PySide6.QtWidgets import QApplication

    from peft_desktop.core.runs import find_run, list_runs
    from peft_desktop.engine_choice import ChosenTuner, ModelLibrary
    from peft_desktop.ui.document import Document
    from peft_desktop.ui.looks import Looks
    from peft_desktop.ui.main_window import MainWindow, Start
    from peft_desktop.ui.pages.page import Surroundings
    from peft_desktop.ui.settings import AppSettings
    from peft_desktop.ui.work import Work

    app = QApplication.instance() or QApplication(["PEFT Desktop"])
    assert isinstance(app, QApplication)

    def wait(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            app.processEvents()
            time.sleep(0.01)

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept:
        copy = Path(kept) / "film-reviews"
        shutil.copytree(project, copy, ignore=shutil.ignore_patterns("*.lock"))
        settings = AppSettings(Path(kept) / "settings.ini")
        Looks(app, settings)
        tuner = ChosenTuner(lambda: "thread")
        around = Surroundings(Document(), Work(), tuner, settings, ModelLibrary())
        window = MainWindow(around, start=Start(copy, ()))
        window.resize(1366, 768)
        window.begin()
        window.show()
        wait(3)
        judged = [r.name for r in list_runs(copy / "runs") if (r.folder / "metrics.json").exists()]
        run = (judged or [find_run(copy / "runs", None).name])[-1]
        for page in PAGES:
            window.stack.show_page(page)
            wait(1.5)
        window.show_run(run)
        wait(3)
        for language, theme in LOOKS:
            settings.put("language", language)
            settings.put("theme", theme)
            wait(1)
            for page in PAGES:
                window.stack.show_page(page)
                wait(2)
                name = f"{page}.{language[:2]}{'.dark' if theme == 'dark' else ''}.png"
                window.grab().save(str(folder / name))
                print(folder / name)
        around.work.stop()
        around.work.wait(20)
        window.close()
        wait(0.5)
        window.end_errands()
        around.document.close()
        tuner.close()
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.path.insert(0, str(ROOT))
    where = Path(sys.argv[2]) if len(sys.argv) == 3 else ROOT / "docs" / "pictures"
    sys.exit(main(Path(sys.argv[1]), where))
