"""Preferences: models and settings in another folder, and nothing lost on the way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from window_parts import Answers, said

from peft_desktop.core import places
from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Finished
from peft_desktop.engine_choice import ModelLibrary
from peft_desktop.ui.data_folder import copy_data
from peft_desktop.ui.main_window import MainWindow
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.preferences import Preferences


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that no variable fixes, with a model in it."""
    folder = tmp_path / "usual"
    model = folder / "models" / "tiny"
    (model / "inner").mkdir(parents=True)
    (model / "config.json").write_text("{}", encoding="utf-8")
    (model / "inner" / "weights").write_bytes(b"w" * 3_000_000)
    (folder / "measured.json").write_text('{"a": 1}', encoding="utf-8")
    monkeypatch.delenv("PEFT_DESKTOP_HOME")
    monkeypatch.setattr(places, "usual_home", lambda: folder)
    return folder


def moved(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    window.doings["preferences"].trigger()
    dialog = next(d for d in window.findChildren(QDialog) if isinstance(d, Preferences))
    dialog.move_to(folder)
    qtbot.waitUntil(lambda: not window.work.busy, timeout=5000)


def test_that_models_and_settings_are_used_from_the_new_folder_and_the_old_one_stays(
    qtbot: QtBot,
    usual: Path,
    open_window: Callable[..., MainWindow],
    around: Surroundings,
    project_folder: Path,
    answers: Answers,
    tmp_path: Path,
) -> None:
    around.settings.put("theme", "dark")
    window = open_window(project_folder)
    library = ModelLibrary()
    assert library._loaded().folder == usual / "models"
    new = tmp_path / "big drive" / "data"
    moved(qtbot, window, new)
    assert answers.asked == [f"move {new}"]
    assert places.home() == new
    assert (new / "models" / "tiny" / "inner" / "weights").stat().st_size == 3_000_000
    assert (usual / "models" / "tiny" / "inner" / "weights").exists()
    assert (new / "measured.json").exists()
    assert library._loaded().folder == new / "models"
    assert window.document.folder == project_folder  # projects stay
    assert "stayed where they are" in said(window)[-1]
    around.settings.put("theme", "light")
    around.settings.sync()
    assert "theme=light" in (new / "settings.ini").read_text(encoding="utf-8")
    moved(qtbot, window, usual)
    assert places.home() == usual


def test_that_every_later_program_finds_the_chosen_folder(usual: Path, tmp_path: Path) -> None:
    places.choose_home(tmp_path / "there")
    code = (
        "import pathlib, sys; from peft_desktop.core import places; "
        "places.usual_home = lambda: pathlib.Path(sys.argv[1]); print(places.models_folder())"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(usual)],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == str(tmp_path / "there" / "models")


@pytest.mark.parametrize("content", ["", "{", '{"home": 3}', "[]", '{"home": ""}'])
def test_that_a_broken_note_means_the_usual_place(usual: Path, content: str) -> None:
    (usual / "elsewhere.json").write_text(content, encoding="utf-8")
    assert places.home() == usual


def test_that_what_is_there_already_stays(usual: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    (new / "models" / "tiny").mkdir(parents=True)
    (new / "models" / "tiny" / "mine").write_text("kept", encoding="utf-8")
    *_, last = copy_data(usual, new)
    assert isinstance(last, Finished) and last.result["models"] == 0
    assert [p.name for p in (new / "models" / "tiny").iterdir()] == ["mine"]


def test_that_stopping_half_way_leaves_everything_as_it_was(usual: Path, tmp_path: Path) -> None:
    events = copy_data(usual, tmp_path / "new")
    for _ in range(3):
        next(events)
    events.close()
    assert list((tmp_path / "new" / "models").iterdir()) == []
    assert places.home() == usual


@pytest.mark.parametrize("place", ["", "models/tiny"])
def test_that_the_present_folder_is_no_new_one(usual: Path, place: str) -> None:
    with pytest.raises(UserError, match="there already"):
        list(copy_data(usual, usual / place))


def test_that_a_drive_that_is_too_small_is_told_before_anything_is_copied(
    usual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 10**6, 10**6))
    with pytest.raises(UserError, match="only 0 MB are free"):
        list(copy_data(usual, tmp_path / "new"))
    assert list((tmp_path / "new" / "models").iterdir()) == []


def test_that_a_folder_fixed_by_the_environment_cannot_be_moved_here(
    qtbot: QtBot, around: Surroundings
) -> None:
    dialog = Preferences(around.settings, around.tuner)
    qtbot.addWidget(dialog)
    assert not dialog.move_data.isEnabled()
    assert "PEFT_DESKTOP_HOME" in dialog.move_data.toolTip()
    qtbot.waitUntil(lambda: dialog.device.count() > 1, timeout=3000)
