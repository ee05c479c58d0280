"""Train page: what a run is called, where chance begins, and what a preset changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from train_steps import picked, shown_page, trained, typed
from window_fakes import FakeTuner

from peft_desktop.core.presets import PRESETS
from peft_desktop.core.runs import find_run
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.train_page import TrainPage


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> TrainPage:
    return shown_page(qtbot, opened)


def test_that_an_empty_name_means_the_next_free_one_shown_in_grey(
    qtbot: QtBot, page: TrainPage
) -> None:
    assert page.form.run.line.placeholderText() == "lora-1"
    picked(page.form.method.box, "prompt_tuning")
    assert page.form.run.line.placeholderText() == "prompt-tuning-1"
    assert trained(qtbot, page) == "prompt-tuning-1"
    assert page.form.run.line.placeholderText() == "prompt-tuning-2"


def test_that_a_run_gets_the_name_that_was_typed_and_the_next_one_does_not(
    qtbot: QtBot, page: TrainPage, project_folder: Path
) -> None:
    QTest.keyClicks(page.form.run.line, "my first try")
    assert "--name 'my first try'" in page.card.command.text()
    assert trained(qtbot, page) == "my first try"
    assert find_run(project_folder / "runs", "my first try").state == "finished"
    assert page.form.run.line.text() == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lora-1", 'There is a run called "lora-1" already. Choose another name.'),
        ("LoRA-1", 'There is a run called "LoRA-1" already. Choose another name.'),
        ("a/b", 'A run cannot be called "a/b".'),
        ("con", 'A run cannot be called "con".'),
    ],
)
def test_that_a_name_that_is_taken_or_impossible_is_told_beside_it(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner, name: str, said: str
) -> None:
    trained(qtbot, page)
    QTest.keyClicks(page.form.run.line, name)
    assert said in page.form.run._complaint.text()
    assert page.button.text() == "Choose another name for the run"
    page.main_action()
    assert not page.work.busy and len(tuner.asked) == 1
    QTest.keyClicks(page.form.run.line, "x")
    page.form.run.line.setText("")
    QTest.keyClicks(page.form.run.line, "other")
    assert page.form.run._complaint.isHidden()
    assert page.button.text() == "Train"


def test_that_the_seed_is_a_setting_of_the_project_that_can_be_undone(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner
) -> None:
    typed(page, "seed", "7")
    assert page.document.file.seed == 7
    assert "--seed 7" in page.card.command.text()
    trained(qtbot, page)
    assert tuner.asked[-1][1].seed == 7
    page.document.undo.undo()
    assert page.document.file.seed == 42
    assert page.form.seed.rows["seed"].editor.text() == "42"  # type: ignore[union-attr]


def test_that_a_seed_that_is_none_is_refused_with_the_range(page: TrainPage) -> None:
    typed(page, "seed", "-3")
    assert page.document.file.seed == 42 or page.document.file.seed == 3
    assert page.button.text() == "Correct 1 setting"
    assert "It may be 0 to" in page.form.seed.rows["seed"].complaint.text()


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "balanced"])
def test_that_a_preset_changes_what_is_trained_and_can_be_undone(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner, name: str
) -> None:
    before = page.document.file.training
    picked(page.form.preset.box, name)
    trained(qtbot, page)
    used = tuner.asked[-1][1]
    assert used.preset == name
    for setting, value in PRESETS[name].training.items():
        assert getattr(used.training, setting) == value
    page.document.undo.undo()
    assert page.document.file.training == before
    assert page.form.preset.box.currentData() == "balanced"
    page.document.undo.redo()
    assert page.form.preset.box.currentData() == name


def test_that_preferred_device_and_threads_hold_where_the_project_says_nothing(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner
) -> None:
    page.around.settings.put("device", "cpu")
    page.around.settings.put("threads", "3")
    assert page.form.device.box.currentData() == "cpu"
    assert "--set device=cpu --set threads=3" in page.card.command.text()
    trained(qtbot, page)
    assert (tuner.asked[-1][1].training.device, tuner.asked[-1][1].training.threads) == ("cpu", 3)
    assert page.document.file.training == {}  # a preference is no property of the project
    picked(page.form.device.box, "auto")
    trained(qtbot, page)
    assert tuner.asked[-1][1].training.device == "auto"
    page.document.undo.undo()
    assert page.form.device.box.currentData() == "cpu"
