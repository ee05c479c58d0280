"""The frame: pages, runs, status bar, menus, closing, as a user meets them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from window_fakes import FakeLibrary, FakeTuner

from peft_desktop.core.project import open_project
from peft_desktop.core.runs import create_run, recorded
from peft_desktop.methods import METHODS
from peft_desktop.tasks.recipes import recipe_for
from peft_desktop.ui.actions import ACTIONS, MENUS
from peft_desktop.ui.main_window import MainWindow, Start
from peft_desktop.ui.pages import PAGES
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
        self.name: str | None = None
        self.sure = True

    def project(self, start: Path) -> Path | None:
        return self.path

    def copy_target(self, start: Path) -> Path | None:
        return self.path

    def run_name(self, now: str) -> str | None:
        return self.name

    def delete_run(self, name: str, size: str) -> bool:
        self.asked.append(f"delete {name} {size}")
        return self.sure

    def stop(self, what: str, training: bool) -> bool:
        self.asked.append(f"stop {what} {training}")
        return self.sure


@pytest.fixture
def answers() -> Answers:
    return Answers(None)  # type: ignore[arg-type]


@pytest.fixture
def open_window(
    qtbot: QtBot, around: Surroundings, answers: Answers
) -> Iterator[Callable[..., MainWindow]]:
    made: list[MainWindow] = []

    def make(project: Path | None = None) -> MainWindow:
        pages = dict.fromkeys(NAMES, Plain)
        window = MainWindow(around, pages, Start(project), answers)
        window.begin()
        with qtbot.waitSignal(window.painted, timeout=5000):
            window.show()
        made.append(window)
        return window

    yield make
    for window in made:
        answers.sure = True
        window.end()
        qtbot.waitUntil(lambda w=window: not w.isVisible(), timeout=5000)
        window.end_errands()
        window.deleteLater()


@pytest.fixture
def trained(project_folder: Path, library: FakeLibrary) -> Path:
    """The project of reviews with a finished run, lora-1."""
    recipe = recipe_for(open_project(project_folder), library=library, methods=METHODS)
    run = create_run(project_folder / "runs", recipe)
    list(recorded(FakeTuner().train(recipe, run), run))
    return project_folder


def said(window: MainWindow) -> list[str]:
    assert window.stack.page is not None
    return window.stack.page.notices.texts()


def test_that_every_action_has_a_slot_a_tip_and_a_key_of_its_own(
    open_window: Callable[..., MainWindow],
) -> None:
    window = open_window()
    keys = [spec.shortcut for spec in ACTIONS if spec.shortcut]
    assert len(keys) == len(set(keys))
    for action in window.doings.all():
        assert action.text(), action.objectName()
        assert action.toolTip(), action.objectName()
    in_menus = {part for _, parts in MENUS for part in parts}
    assert {spec.id for spec in ACTIONS} <= in_menus


def test_that_keys_and_side_bar_lead_to_the_pages(
    qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window()
    for place, name in enumerate(NAMES):
        window.doings[f"page_{name}"].trigger()
        assert window.stack.now == name
        item = window.side.pages.topLevelItem(place)
        assert window.side.pages.currentItem() is item
    window.side.pages.setFocus()
    qtbot.keyClick(window.side.pages, Qt.Key.Key_Up)
    assert window.stack.now == "evaluate"
    window.doings["main"].trigger()
    assert window.stack.page.done == 1  # type: ignore[union-attr]


def test_that_pages_are_made_when_they_are_first_shown(
    open_window: Callable[..., MainWindow],
) -> None:
    window = open_window()
    assert list(window.stack.made()) == ["data"]
    window.stack.show_page("train")
    assert list(window.stack.made()) == ["data", "train"]


def test_that_actions_say_what_is_missing(
    open_window: Callable[..., MainWindow], project_folder: Path
) -> None:
    window = open_window()
    save = window.doings["save_copy"]
    assert not save.isEnabled()
    assert save.toolTip() == "Open a project first."
    window.desk.open_path(project_folder)
    assert save.isEnabled()
    assert window.windowTitle() == "reviews \u2013 PEFT Desktop"


def test_that_a_project_opens_by_dropping_its_folder(
    open_window: Callable[..., MainWindow], project_folder: Path, tmp_path: Path
) -> None:
    window = open_window()

    def drop(path: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        window.dropEvent(
            QDropEvent(
                QPointF(QPoint(5, 5)),
                Qt.DropAction.CopyAction,
                mime,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )

    drop(project_folder)
    assert window.document.folder == project_folder
    drop(tmp_path / "texts.csv")
    assert "no project" in said(window)[-1]
    (tmp_path / "texts.csv").write_text("text,label\na,b\n", encoding="utf-8")
    drop(tmp_path / "texts.csv")
    assert window.stack.page.files == [tmp_path / "texts.csv"]  # type: ignore[union-attr]


def test_that_the_last_project_and_page_come_back(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_folder: Path
) -> None:
    first = open_window(project_folder)
    first.stack.show_page("prompt")
    first.resize(760, 560)
    first.close()
    second = open_window()
    qtbot.waitUntil(lambda: second.stack.now == "prompt", timeout=2000)
    assert second.document.folder == project_folder
    assert second.size().width() == 760


def test_that_a_project_that_cannot_be_opened_is_told_and_the_window_lives(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "project.peftproj").write_text("{", encoding="utf-8")
    window = open_window(tmp_path / "bad")
    assert "damaged" in said(window)[0]


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


def test_that_a_run_deleted_behind_our_back_leaves_the_list(
    open_window: Callable[..., MainWindow], trained: Path
) -> None:
    import shutil

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


def test_that_the_sample_is_made_at_the_first_start_only(
    qtbot: QtBot, open_window: Callable[..., MainWindow], around: Surroundings
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.document.project is not None, timeout=20_000)
    assert window.document.file.name == "movie_reviews"
    assert len(window.document.file.splits["train"]) == 32
    assert window.document.file.prompt.words == {"negative": ["terrible"], "positive": ["great"]}
    window.doings["close"].trigger()
    around.settings.forget_recent()
    window.desk.begin(None)
    window.desk.go_on()
    assert window.document.project is None
    window.doings["sample"].trigger()
    assert window.document.file.name == "movie_reviews"


def test_that_without_the_starter_model_the_first_start_says_how_to_get_it(
    qtbot: QtBot, open_window: Callable[..., MainWindow], library: FakeLibrary
) -> None:
    library.cards.clear()
    window = open_window()
    qtbot.waitUntil(lambda: bool(said(window)), timeout=5000)
    assert "Models..." in said(window)[0]
    assert window.document.project is None


def test_that_a_copy_is_a_whole_project_of_its_own(
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    trained: Path,
    answers: Answers,
    tmp_path: Path,
) -> None:
    window = open_window(trained)
    answers.path = tmp_path / "copy"
    window.doings["save_copy"].trigger()
    qtbot.waitUntil(lambda: not window.work.busy, timeout=5000)
    there = {p.relative_to(answers.path) for p in answers.path.rglob("*") if p.is_file()}
    here = {p.relative_to(trained) for p in trained.rglob("*") if p.is_file()}
    assert there == {path for path in here if path.name != "project.lock"}
    assert open_project(answers.path).file == window.document.file
    assert window.document.folder == trained
    window.doings["save_copy"].trigger()
    qtbot.waitUntil(lambda: not window.work.busy, timeout=5000)
    assert "project in this folder already" in said(window)[-1]


def test_that_names_with_markup_show_literally(
    open_window: Callable[..., MainWindow], trained: Path
) -> None:
    window = open_window(trained)
    window.document.edit("name", name="<b>bold</b> & <img src=x>", model="<i>m</i>")
    assert window.windowTitle().startswith("<b>bold</b> & <img src=x>")
    assert window.bar.model.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;i&gt;m" in window.bar.model.toolTip()


def test_that_a_page_can_send_the_user_elsewhere(
    open_window: Callable[..., MainWindow], answers: Answers, project_folder: Path
) -> None:
    window = open_window()
    assert window.stack.page is not None
    window.stack.page.go.emit("train")
    assert window.stack.now == "train"
    answers.path = project_folder
    window.stack.page.go.emit("open")
    assert window.document.folder == project_folder


def test_that_every_page_file_has_its_line_in_the_list() -> None:
    folder = Path(__file__).parents[2] / "peft_desktop" / "ui" / "pages"
    files = {path.stem.removesuffix("_page") for path in folder.glob("*_page.py")}
    assert files <= set(PAGES) == set(NAMES)
