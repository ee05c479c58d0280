"""A window without a screen, a model or a past; nothing of it outlives its test."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from whole_program import collect, running_threads
from window_fakes import DEFAULT_MODEL, FakeLibrary, FakeTuner
from window_parts import NAMES, Answers, Plain

from peft_desktop.core.files import sha256_of
from peft_desktop.core.project import ProjectFile, Roles, create_project, open_project
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.core.runs import create_run, recorded
from peft_desktop.methods import METHODS
from peft_desktop.projects.recipes import recipe_for
from peft_desktop.ui.document import Document
from peft_desktop.ui.main_window import MainWindow, Start
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.settings import AppSettings
from peft_desktop.ui.work import Work

LABELS = ("negative", "positive")


@pytest.fixture(autouse=True)
def nothing_of_the_window_is_left(qapp: QApplication, home: Path) -> Iterator[None]:
    """No window, no running QThread, no translator and no theme may outlive a test."""
    before = set(map(id, qapp.topLevelWidgets()))
    yield
    collect()
    windows = [w for w in qapp.topLevelWidgets() if id(w) not in before]
    running = running_threads()
    QGuiApplication.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    gc.enable()  # a window may have taken the collector over
    assert not windows, f"left open: {windows}"
    assert not running, f"left running: {running}"


@pytest.fixture
def tuner() -> FakeTuner:
    return FakeTuner()


@pytest.fixture
def library(tmp_path: Path) -> FakeLibrary:
    return FakeLibrary(tmp_path / "library")


@pytest.fixture
def settings(home: Path) -> AppSettings:
    return AppSettings()


@pytest.fixture
def around(
    qtbot: QtBot, tuner: FakeTuner, library: FakeLibrary, settings: AppSettings
) -> Iterator[Surroundings]:
    """What a page is given; no project is open. What is still at work is stopped at the end."""
    document, work = Document(), Work()
    yield Surroundings(document, work, tuner, settings, library)
    if work.busy:
        work.stop()
        qtbot.waitUntil(lambda: not work.busy, timeout=5000)
    document.close()


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 60 reviews: 32 to train on, 8 to validate, 20 to test."""
    from peft_desktop.data.readers import ReadSettings, read_file
    from peft_desktop.data.store import store

    source = tmp_path_factory.mktemp("reviews") / "reviews.csv"
    lines = ["text,label,source"]
    for n in range(60):
        tone = ("a dull and noisy mess", "a warm and clever delight")[n % 2]
        lines.append(f'"the film number {n} is {tone}, {LABELS[n % 2]}",{LABELS[n % 2]},paper')
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    folder = tmp_path_factory.mktemp("projects") / "reviews"
    file = ProjectFile(
        name="reviews",
        roles=Roles(text="text", label="label"),
        columns=["text", "label", "source"],
        labels=list(LABELS),
        prompt=PromptSpec(
            template="Review: {text}\nOverall, the movie was {mask}",
            words={"negative": ["terrible"], "positive": ["great"]},
        ),
        model=DEFAULT_MODEL,
        splits={
            "train": list(range(32)),
            "valid": list(range(32, 40)),
            "test": list(range(40, 60)),
        },
    )
    project = create_project(folder, file)
    store([("data", read_file(source, ReadSettings()))], folder)
    project.update(data_sha256=sha256_of(project.table_path))
    return folder


@pytest.fixture
def project_folder(_made_once: Path, tmp_path: Path) -> Path:
    """A project of one's own, ready to train: reviews with labels, words and splits."""
    return Path(shutil.copytree(_made_once, tmp_path / "reviews"))


@pytest.fixture
def opened(around: Surroundings, project_folder: Path) -> Surroundings:
    """The surroundings with the project of reviews open in them."""
    around.document.open(project_folder)
    return around


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
