"""The window when things are taken away from it: its worker, its folders, its lock."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot
from train_steps import shown_page
from window_fakes import FakeTuner
from window_parts import Answers, said

from peft_desktop.core.project import open_project
from peft_desktop.core.runs import find_run, list_runs
from peft_desktop.engine_choice import ChosenTuner
from peft_desktop.tuning.worker import WorkerTuner
from peft_desktop.ui.main_window import MainWindow
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.train_page import TrainPage

_HOLD = """
import sys
from pathlib import Path
from peft_desktop.ui.document import Document
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
document = Document()
document.open(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def slow_tuner() -> FakeTuner:
    """What the worker process of these tests works with."""
    return FakeTuner(steps=2000, delay_s=0.02)


@pytest.fixture
def worker() -> Iterator[WorkerTuner]:
    with WorkerTuner(slow_tuner, grace_s=5.0) as made:
        yield made


@pytest.fixture
def other(project_folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another window's process with the project open in it."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(project_folder)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None and process.stdin is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_that_a_project_open_in_another_window_is_refused_with_who_and_since(
    open_window: Callable[..., MainWindow],
    project_folder: Path,
    other: subprocess.Popen[str],
) -> None:
    window = open_window(project_folder)
    assert window.document.project is None
    told = said(window)[-1]
    assert 'The project "reviews" is in use by' in told
    assert f"(process {other.pid}) since {time.strftime('%Y-%m-%d')}" in told
    assert "Close it there" in told


def test_that_the_project_of_a_window_that_was_killed_can_be_opened(
    open_window: Callable[..., MainWindow],
    project_folder: Path,
    other: subprocess.Popen[str],
) -> None:
    other.kill()
    other.wait()
    assert (project_folder / "project.lock").exists()
    window = open_window(project_folder)
    assert window.document.folder == project_folder
    assert not said(window)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_that_a_killed_worker_is_told_and_the_run_can_be_started_again(
    qtbot: QtBot, around: Surroundings, project_folder: Path, worker: WorkerTuner
) -> None:
    around.document.open(project_folder)
    page = shown_page(
        qtbot, replace(around, tuner=ChosenTuner(lambda: "worker", lambda kind: worker))
    )
    page.main_action()
    name = page.desk.live
    qtbot.waitUntil(lambda: page.view.status.step is not None, timeout=20_000)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not page.work.busy, timeout=10_000)
    [told] = page.notices.texts()
    assert "was killed (SIGKILL)" in told and f"resume {name}" in told
    assert "Traceback" not in told
    assert find_run(project_folder / "runs", name).state == "failed"
    resume = page.view.status.resume
    assert not resume.isHidden() and resume.text() == "Start again"
    resume.click()
    assert page.desk.live == name
    qtbot.waitUntil(lambda: page.view.status.step is not None, timeout=20_000)
    page.work.stop()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=10_000)
    assert psutil.pid_exists(worker.pid or 0)


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings, tuner: FakeTuner) -> TrainPage:
    tuner.steps, tuner.delay_s = 2000, 0.02
    return shown_page(qtbot, opened)


def training(qtbot: QtBot, page: TrainPage) -> str:
    page.main_action()
    qtbot.waitUntil(lambda: page.view.status.step is not None, timeout=10_000)
    return page.desk.live


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
@pytest.mark.parametrize("how", ["removed", "renamed"])
def test_that_a_run_folder_that_goes_while_it_trains_ends_the_run_in_a_sentence(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner, project_folder: Path, how: str
) -> None:
    folder = project_folder / "runs" / training(qtbot, page)
    if how == "removed":
        shutil.rmtree(folder, ignore_errors=True)  # the program may be quicker
    else:
        folder.rename(project_folder / "runs" / "elsewhere")
    qtbot.waitUntil(lambda: not page.work.busy, timeout=10_000)
    assert tuner.closed == 1
    [told] = page.notices.texts()
    assert "was removed or renamed while it was at work" in told
    assert not folder.exists()
    assert [(run.name, run.state) for run in list_runs(project_folder / "runs")] == (
        [] if how == "removed" else [("elsewhere", "failed")]
    )
    assert page.view.status.isHidden()  # there is no such run to look at
    assert page.button.text() == "Train"
    tuner.steps, tuner.delay_s = 3, 0.0
    page.main_action()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=10_000)
    assert list_runs(project_folder / "runs")[-1].state == "finished"


def test_that_a_project_folder_that_vanishes_costs_nothing_when_it_comes_back(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_folder: Path, tmp_path: Path
) -> None:
    window = open_window(project_folder)
    project_folder.rename(tmp_path / "unplugged")
    window.document.edit("change", seed=7)
    qtbot.waitUntil(lambda: bool(said(window)), timeout=3000)
    assert "folder is not there any more" in said(window)[-1]
    assert not project_folder.exists()
    window._look_for_runs()
    (tmp_path / "unplugged").rename(project_folder)
    window.document.edit("change", seed=8)
    qtbot.waitUntil(lambda: not window.document.unsaved, timeout=3000)
    assert open_project(project_folder).file.seed == 8


def test_that_a_renamed_project_goes_on_where_it_is_opened(
    open_window: Callable[..., MainWindow],
    project_folder: Path,
    tmp_path: Path,
    answers: Answers,
) -> None:
    window = open_window(project_folder)
    moved = project_folder.rename(tmp_path / "new name")
    window.document.edit("change", seed=7)
    window.desk.open_path(moved)
    assert window.document.folder == moved
    assert open_project(moved).file.seed == 7
    assert answers.asked == []
    window.document.close()
    assert not (moved / "project.lock").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file keeps its folder there")
def test_that_a_project_renamed_while_it_trains_leaves_no_ghost_and_goes_on(
    qtbot: QtBot, page: TrainPage, project_folder: Path, tmp_path: Path
) -> None:
    training(qtbot, page)
    moved = project_folder.rename(tmp_path / "new name")
    qtbot.waitUntil(lambda: not page.work.busy, timeout=10_000)
    (project_folder / "runs").mkdir(parents=True)  # as an engine may that saves while it ends
    page.document.edit("change", seed=7)
    page.document.open(moved)
    assert page.document.folder == moved
    assert open_project(moved).file.seed == 7
    assert [(run.name, run.state) for run in page.document.runs()] == [("lora-1", "failed")]


def test_that_training_in_a_folder_that_vanished_is_a_sentence(
    qtbot: QtBot, page: TrainPage, project_folder: Path, tmp_path: Path
) -> None:
    project_folder.rename(tmp_path / "unplugged")
    page.document.edit("change", seed=7)
    page.main_action()
    assert not page.work.busy
    assert not project_folder.exists()
    assert any("not there any more" in text for text in page.notices.texts())
    assert not any("program itself" in text for text in page.notices.texts())


def test_that_changes_that_cannot_be_saved_are_not_left_without_asking(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_folder: Path, answers: Answers
) -> None:
    window = open_window(project_folder)
    file = project_folder / "project.peftproj"
    file.unlink()
    file.mkdir()  # nothing can be written here, not even by root
    window.document.edit("change", seed=7)
    answers.sure = False
    assert not window.close()
    assert window.isVisible() and answers.asked == ["lose reviews"]
    window.doings["close"].trigger()
    assert window.document.file.seed == 7
    assert "A folder stands where a file is needed" in said(window)[-1]
    file.rmdir()
    assert window.close()
    assert open_project(project_folder).file.seed == 7
    assert answers.asked == ["lose reviews"] * 2


def test_that_who_types_without_a_pause_is_saved_within_a_second(
    qtbot: QtBot, opened: Surroundings, project_folder: Path
) -> None:
    document, begun, saved = opened.document, time.monotonic(), []
    document.saved.connect(lambda: saved.append(time.monotonic() - begun))
    while not saved and time.monotonic() - begun < 3:
        document.edit("type", merge="seed", seed=document.file.seed + 1)
        qtbot.wait(50)
    assert saved and saved[0] < 1.0
    assert open_project(project_folder).file.seed > 42
