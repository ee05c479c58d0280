"""Makes the pictures of the documentation: python packaging/pictures.py PROJECT [FOLDER]

PROJECT is a project with a finished, judged run (the sample's, trained once); the real window opens
a copy of it without a screen. Every page is drawn in both languages and both themes at 1366x768,
the dialogs in both languages. FOLDER is docs/pictures.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
ROOT = Path(__file__).resolve().parents[1]
SIZE = (1366, 768)
PAGES = ("data", "prompt", "train", "evaluate", "predict")
LOOKS = (("en", "dark"), ("zh_CN", "dark"), ("en", "light"), ("zh_CN", "light"))
SENTENCE = "a quiet film that stays with you for days"
LETTERS = {
    "en": (
        "letters.csv",
        "message,kind,received",
        (
            "the parcel arrived broken|complaint",
            "how do I change my address?|question",
            "I was charged twice this month|complaint",
            "do you ship to Norway?|question",
            "nobody answers the phone|complaint",
            "what are your opening hours?|question",
            "wrong item again, the second time|complaint",
            "where can I find the manual?|question",
        ),
    ),
    "zh_CN": (
        "来信.csv",
        "内容,类别,日期",
        (
            "包裹收到时已经破损|投诉",
            "请问怎么修改收货地址？|咨询",
            "这个月被重复扣款|投诉",
            "可以寄到西藏吗？|咨询",
            "客服电话一直打不通|投诉",
            "你们几点开门？|咨询",
            "又发错货了，已经第二次|投诉",
            "说明书在哪里可以找到？|咨询",
        ),
    ),
}

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget


class Camera:
    """Lets the window work, and keeps what it looks like."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._folder = app, folder

    def wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            self._app.processEvents()
            time.sleep(0.01)

    def keep(self, widget: QWidget, name: str, language: str, theme: str = "light") -> None:
        """A picture of 256 colours, which is plenty for a window and a third of the size."""
        from PySide6.QtGui import QImage

        dark = ".dark" if theme == "dark" else ""
        file = self._folder / f"{name}.{language[:2]}{dark}.png"
        image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        few = image.convertToFormat(QImage.Format.Format_Indexed8, commonest(image))
        few.save(str(file), quality=0)
        print(file.name, file.stat().st_size)


def commonest(image: QImage, most: int = 256) -> list[int]:
    """The colours that most pixels of an RGB32 image have."""
    import numpy as np

    pixels = np.frombuffer(image.constBits(), dtype=np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    return [int(colour) for colour in colours[np.argsort(-counts)[:most]]]


def main(project: Path, folder: Path) -> int:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(["PEFT Desktop"])
    assert isinstance(app, QApplication)
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    project = project.absolute()
    with tempfile.TemporaryDirectory() as kept:
        os.chdir(kept)  # so that no picture shows a path of this computer
        try:
            shutil.copytree(project, project.name, ignore=shutil.ignore_patterns("*.lock"))
            _take_all(app, Camera(app, folder), Path(project.name))
        finally:
            os.chdir(ROOT)
    return 0


def _take_all(app: QApplication, camera: Camera, project: Path) -> None:
    from peft_desktop.core.runs import find_run, list_runs
    from peft_desktop.engine_choice import ChosenTuner, ModelLibrary
    from peft_desktop.ui.document import Document
    from peft_desktop.ui.looks import Looks
    from peft_desktop.ui.main_window import MainWindow, Start
    from peft_desktop.ui.pages.page import Surroundings
    from peft_desktop.ui.settings import AppSettings
    from peft_desktop.ui.work import Work

    settings = AppSettings(Path("settings.ini"))
    settings.put("projects_folder", "projects")
    settings.put("prompt_view", "tokens")
    Looks(app, settings)
    tuner = ChosenTuner(lambda: "thread")
    around = Surroundings(Document(), Work(), tuner, settings, ModelLibrary())
    window = MainWindow(around, start=Start(project, ()))
    window.resize(*SIZE)
    window.begin()
    window.show()
    camera.wait(3)
    runs = list_runs(project / "runs")
    judged = [run.name for run in runs if (run.folder / "metrics.json").exists()]
    for page in PAGES:
        window.stack.show_page(page)
        camera.wait(1.5)
    window.show_run((judged or [find_run(project / "runs", None).name])[-1])
    camera.wait(3)
    _show_test_rows(window, camera)
    _type_a_sentence(window, camera)
    for language, theme in LOOKS:
        settings.put("language", language)
        settings.put("theme", theme)
        camera.wait(1)
        for page in PAGES:
            window.stack.show_page(page)
            camera.wait(1.5)
            camera.keep(window, page, language, theme)
        if theme == "light":
            _dialogs(window, camera, language)
    around.work.stop()
    camera.wait(20, lambda: not around.work.busy)
    window.close()
    camera.wait(0.5)
    window.end_errands()
    around.document.close()
    tuner.close()


def _show_test_rows(window: Any, camera: Camera) -> None:
    page = window.stack.show_page("evaluate")
    page.split_box.setCurrentIndex(page.split_box.findData("test"))
    camera.wait(2)


def _type_a_sentence(window: Any, camera: Camera) -> None:
    from PySide6.QtWidgets import QPlainTextEdit

    page = window.stack.show_page("predict")
    page.text.findChildren(QPlainTextEdit)[0].setPlainText(SENTENCE)
    camera.wait(90, lambda: any("%" in said for _, said in page.bars.lines()))


def _dialogs(window: Any, camera: Camera, language: str) -> None:
    from peft_desktop.ui.data_import import ImportDialog
    from peft_desktop.ui.models_dialog import ModelsDialog
    from peft_desktop.ui.preferences import Preferences

    around = window.around
    preferences = Preferences(around.settings, around.tuner, window)
    preferences.data.setText("~/.local/share/PEFT Desktop")
    models = ModelsDialog(around, parent=window)
    reading = ImportDialog(around, _letters(language), window)
    for name, dialog in (("preferences", preferences), ("models", models), ("import", reading)):
        dialog.show()
        camera.wait(2.5)
        camera.keep(dialog, name, language)
        dialog.close()
        camera.wait(0.3)


def _letters(language: str) -> Path:
    """A small table of one's own, as a user might have it."""
    name, head, rows = LETTERS[language]
    lines = [head]
    for number, row in enumerate(rows * 5, 1):
        text, label = row.split("|")
        lines.append(f'"{text}",{label},2026-10-{number % 28 + 1:02d}')
    path = Path(name)  # the dialog shows it as it is given
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.path.insert(0, str(ROOT))
    where = Path(sys.argv[2]) if len(sys.argv) == 3 else ROOT / "docs" / "pictures"
    sys.exit(main(Path(sys.argv[1]), where))
