"""Stand-ins around a window: pages that note what is asked, questions that answer themselves."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from peft_desktop.ui.main_window import MainWindow
from peft_desktop.ui.pages.page import Page, Surroundings
from peft_desktop.ui.questions import Questions

NAMES = ("data", "prompt", "train", "evaluate", "predict")


class Plain(Page):
    """A page that only notes what is asked of it."""

    def __init__(self, around: Surroundings, parent: QWidget) -> None:
        super().__init__(around, parent)
        self.runs: list[str] = []
        self.files: list[Path] = []
        self.done = 0
        self.retranslate()

    def texts(self) -> tuple[str, str]:
        return "Plain", "A page for tests."

    def show_run(self, name: str) -> None:
        self.runs.append(name)

    def import_file(self, path: Path) -> None:
        self.files.append(path)

    def main_action(self) -> None:
        self.done += 1


class Answers(Questions):
    """Answers by itself; `asked` are the questions."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.asked: list[str] = []
        self.path: Path | None = None
        self.folder: Path | None = None
        self.name: str | None = None
        self.sure = True
        self.kept = ""

    def project(self, start: Path) -> Path | None:
        return self.path

    def copy_target(self, start: Path) -> Path | None:
        return self.path

    def pack_target(self, start: Path) -> Path | None:
        return self.path

    def pack(self, start: Path) -> Path | None:
        return self.path

    def unpack_target(self, start: Path) -> Path | None:
        return self.folder

    def run_name(self, now: str) -> str | None:
        return self.name

    def delete_run(self, name: str, size: str) -> bool:
        self.asked.append(f"delete {name} {size}")
        return self.sure

    def stop(self, what: str, training: bool, kept: str = "") -> bool:
        self.asked.append(f"stop {what} {training}")
        self.kept = kept
        return self.sure

    def move_data(self, old: Path, new: Path, size: str) -> bool:
        self.asked.append(f"move {new}")
        return self.sure

    def lose_changes(self, name: str) -> bool:
        self.asked.append(f"lose {name}")
        return self.sure


def said(window: MainWindow) -> list[str]:
    assert window.stack.page is not None
    return window.stack.page.notices.texts()
