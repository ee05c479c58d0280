"""Runs in the side bar, work in the status bar, and closing while it goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from window_fakes import FakeLibrary, FakeTuner
from window_parts import Answers, said

from peft_desktop.core.project import open_project
from peft_desktop.core.runs import create_run, recorded
from peft_desktop.methods import METHODS
from peft_desktop.projects.recipes import recipe_for
from peft_desktop.ui.main_window import MainWindow


def test_that_runs_are_listed_with_state_and_method_and_shown_when_chosen(
    open_window: Callable[..., MainWindow], trained: Path
) -> None:
    window = open_window(trained)
    item = window.side.runs.topLevelItem(0)
    assert item is not None
    assert item.text(0).split("\n")[0].endswith("lora-1")
    assert "LoRA \u00b7 finished" in item.text(0)
    window.side.runs.setCurrentItem(item)
    assert window.stack.now == "evaluate"
    assert window.stack.page.runs == ["lora-1"]  # type: ignore[union-attr]
    window.stack.show_page("train")
    assert window.stack.page.runs == ["lora-1"]  # type: ignore[union-attr]


def test_that_a_run_is_renamed_and_deleted_with_its_size_said(
    qtbot: QtBot, open_window: Callable[..., MainWindow], trained: Path, answers: Answers
) -> None:
    window = open_window(trained)
    window.show_run("lora-1")
    answers.name = "first try"
    qtbot.keyClick(window.side.runs, Qt.Key.Key_F2)
    assert window.side.run == "first try"
    assert (trained / "runs" / "first try" / "recipe.json").exists()
    answers.sure = False
    qtbot.keyClick(window.side.runs, Qt.Key.Key_Delete)
    assert (trained / "runs" / "first try").exists()
    answers.sure = True
    qtbot.keyClick(window.side.runs, Qt.Key.Key_Delete)
    assert not (trained / "runs" / "first try").exists()
    assert "kB" in answers.asked[0]
    assert not window.doings["delete_run"].isEnabled()


def test_that_a_runs_settings_are_used_again_and_undone(
    open_window: Callable[..., MainWindow], trained: Path
) -> None:
    window = open_window(trained)
    window.show_run("lora-1")
    window.document.edit("change", method="full")
    window.doings["duplicate_run"].trigger()
    assert window.document.file.method == "lora"
    assert window.doings["undo"].text().endswith("Settings of lora-1")
    window.doings["undo"].trigger()
    assert window.document.file.method == "full"


def test_that_the_keyboard_opens_the_menu_of_a_run_and_uses_its_settings(
    qtbot: QtBot, open_window: Callable[..., MainWindow], trained: Path
) -> None:
    window = open_window(trained)
    window.show_run("lora-1")
    window.document.edit("change", method="full")
    qtbot.keyClick(window.side.runs, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert window.document.file.method == "lora"
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(window.side.runs.viewport(), key)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.objectName() for action in menu.actions()] == [
        "rename_run",
        "duplicate_run",
        "delete_run",
    ]
    menu.close()


def test_that_a_run_that_went_meanwhile_is_one_sentence(
    qtbot: QtBot, open_window: Callable[..., MainWindow], trained: Path, answers: Answers
) -> None:
    window = open_window(trained)
    window.show_run("lora-1")
    shutil.rmtree(trained / "runs" / "lora-1")
    qtbot.keyClick(window.side.runs, Qt.Key.Key_Delete)
    assert said(window) == ["The folder of lora-1 is no longer there."]
    assert answers.asked == [] and window.side.runs.topLevelItemCount() == 0


def test_that_a_run_deleted_behind_our_back_leaves_the_list(
    open_window: Callable[..., MainWindow], trained: Path
) -> None:
    window = open_window(trained)
    shutil.rmtree(trained / "runs" / "lora-1")
    window._look_for_runs()
    assert window.side.runs.topLevelItemCount() == 0


def start_training(window: MainWindow, folder: Path, library: FakeLibrary) -> None:
    recipe = recipe_for(open_project(folder), library=library, methods=METHODS)
    run = create_run(folder / "runs", recipe)
    events = recorded(window.around.tuner.train(recipe, run), run)
    page = window.stack.show_page("train")
    assert window.work.start("Training lora-1", events, page, lambda _: None, lambda _: None)


def test_that_the_status_bar_answers_while_training(
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    project_folder: Path,
    tuner: FakeTuner,
    library: FakeLibrary,
) -> None:
    tuner.delay_s = 0.05
    tuner.steps = 100
    window = open_window(project_folder)
    assert window.bar.working.text() == "Nothing is at work"
    start_training(window, project_folder, library)
    bar = window.bar
    qtbot.waitUntil(lambda: "/100" in bar.working.text(), timeout=5000)
    assert bar.device.text().startswith("\u00b7 CPU bf16")
    assert bar.left.text().endswith("left")
    assert "smollm2" in bar.model.text()
    assert window.side.pages.topLevelItem(2).text(1).startswith("working")  # type: ignore[union-attr]
    assert "training now" in window.side.runs.topLevelItem(0).text(0)  # type: ignore[union-attr]
    bar.pause.click()
    assert "paused" in bar.working.text()
    bar.pause.click()
    bar.stop.click()
    qtbot.waitUntil(lambda: not window.work.busy, timeout=5000)
    assert "stopped" in window.side.runs.topLevelItem(0).text(0)  # type: ignore[union-attr]


def test_that_closing_while_training_asks_and_then_ends_cleanly(
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    project_folder: Path,
    tuner: FakeTuner,
    library: FakeLibrary,
    answers: Answers,
) -> None:
    tuner.delay_s, tuner.steps = 0.05, 1000
    window = open_window(project_folder)
    start_training(window, project_folder, library)
    qtbot.waitUntil(lambda: bool(window.work_wishes.training), timeout=5000)
    answers.sure = False
    assert not window.close()
    assert window.work.busy and window.isEnabled()
    answers.sure = True
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    assert answers.asked == ["stop Training lora-1 True"] * 2
    assert tuner.closed == 1
    assert window.document.project is None
    last = (project_folder / "runs" / "lora-1" / "events.jsonl").read_text("utf-8").splitlines()
    assert json.loads(last[-1])["kind"] == "Stopped"
