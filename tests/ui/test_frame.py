"""The frame: pages, menus, projects, first start, as a user meets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from window_fakes import FakeLibrary
from window_parts import NAMES, Answers, said

from peft_desktop.core.project import open_project
from peft_desktop.ui.actions import ACTIONS, MENUS
from peft_desktop.ui.main_window import MainWindow
from peft_desktop.ui.pages import PAGES
from peft_desktop.ui.pages.page import Surroundings


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


def test_that_a_project_is_packed_and_unpacked_from_the_menu(
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    trained: Path,
    answers: Answers,
    tmp_path: Path,
) -> None:
    window = open_window(trained)
    file = window.document.file
    answers.path, answers.folder = tmp_path / "sent", tmp_path / "came"
    window.doings["pack"].trigger()
    qtbot.waitUntil(lambda: not window.work.busy, timeout=5000)
    assert "The project is packed as" in said(window)[-1]
    answers.path = tmp_path / "sent.peftpack"
    window.doings["unpack"].trigger()
    qtbot.waitUntil(lambda: window.document.folder == answers.folder, timeout=5000)
    assert window.document.file == file and window.document.runs()
    answers.path.write_bytes(answers.path.read_bytes()[:-100])
    answers.folder = tmp_path / "again"
    window.doings["unpack"].trigger()
    qtbot.waitUntil(lambda: not window.work.busy, timeout=5000)
    assert "damaged" in said(window)[-1] and not answers.folder.exists()


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
