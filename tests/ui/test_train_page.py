"""The Train page: what is missing, what will happen, training, stopping, and old runs again."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from train_steps import ended, picked, shown_page, trained, typed
from window_fakes import DEFAULT_MODEL, FakeLibrary, FakeTuner

from peft_desktop.core.errors import UserError
from peft_desktop.core.project import ProjectFile
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.core.runs import find_run, holder_of, list_runs
from peft_desktop.methods import METHODS
from peft_desktop.projects.recipes import recipe_for
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.train_page import TrainPage
from peft_desktop.ui.widgets.editors import ValueLine


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> TrainPage:
    return shown_page(qtbot, opened)


def test_that_one_press_trains_and_shows_every_step(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner, project_folder: Path
) -> None:
    assert page.button.text() == "Train"
    name = trained(qtbot, page)
    assert name == "lora-1"
    run = find_run(project_folder / "runs", name)
    assert run.state == "finished"
    assert (run.folder / "environment.json").is_file()
    assert page.view.curves is not None
    assert len(page.view.curves.series["loss"]) == 12
    assert "finished" in page.view.status._head.text()
    assert holder_of(run.folder / "run.lock") is None
    assert page.button.text() == "Train"


def test_that_the_lock_is_held_while_it_works(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner, project_folder: Path
) -> None:
    tuner.delay_s = 0.05
    page.main_action()
    folder = project_folder / "runs" / page.desk.live
    qtbot.waitUntil(lambda: holder_of(folder / "run.lock") is not None, timeout=5000)
    assert not page.button.isEnabled() and "lora-1" in page.button.text()
    ended(qtbot, page)


def test_that_an_old_run_looks_as_it_did_live(qtbot: QtBot, page: TrainPage) -> None:
    name = trained(qtbot, page)
    curves, status = page.view.curves, page.view.status
    assert curves is not None

    def seen() -> list[Any]:
        return [
            {key: series.y.tolist() for key, series in curves.series.items()},
            curves.best,
            curves.checkpoints,
            status._head.text(),
            [label.text() for label in status._numbers],
            status._best.text(),
            page.view.log.text.toPlainText(),
        ]

    live = seen()
    page.view.forget()
    page.show_run(name)
    qtbot.waitUntil(lambda: seen() == live, timeout=5000)


def test_that_looking_at_an_old_run_does_not_disturb_the_live_one(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner
) -> None:
    old = trained(qtbot, page)
    tuner.delay_s, tuner.steps = 0.02, 30
    page.main_action()
    live = page.desk.live
    curves = page.view.curves
    assert curves is not None
    qtbot.waitUntil(lambda: len(curves.series["loss"]) > 3, timeout=5000)
    page.show_run(old)
    qtbot.waitUntil(lambda: len(curves.series["loss"]) == 12, timeout=5000)
    assert page.view.status.stop.isHidden()
    page.show_run(live)
    assert not page.view.status.stop.isHidden()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=5000)
    assert curves.series["loss"].x.tolist() == list(range(1, 31))


def test_that_stop_asks_says_what_is_kept_and_stops(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner, project_folder: Path
) -> None:
    tuner.delay_s, tuner.steps = 0.02, 500
    page.main_action()
    name = page.desk.live
    qtbot.waitUntil(lambda: page.view.status.best is not None, timeout=5000)
    page.view.status.stop.click()
    question = page.desk.question
    assert question is not None
    assert "best weights so far" in question.informativeText()
    assert page.work.busy
    stop = next(b for b in question.buttons() if "Stop" in b.text())
    stop.click()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=5000)
    assert tuner.closed == 1
    assert find_run(project_folder / "runs", name).state == "stopped"
    assert "stopped" in page.view.status._head.text()


def test_that_going_on_instead_of_stopping_keeps_training(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner
) -> None:
    tuner.delay_s = 0.03
    page.main_action()
    page.ask_to_stop()
    question = page.desk.question
    assert question is not None
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert page.desk.question is None
    qtbot.waitUntil(lambda: not page.work.busy, timeout=5000)
    assert tuner.closed == 0 and page.view.status.ended == "finished"


def test_that_pause_rests_and_goes_on(qtbot: QtBot, page: TrainPage, tuner: FakeTuner) -> None:
    tuner.delay_s, tuner.steps = 0.02, 60
    page.main_action()
    qtbot.waitUntil(lambda: page.view.status.step is not None, timeout=5000)
    page.view.status.pause.click()
    qtbot.wait(150)
    assert "paused" in page.view.status._head.text()
    before = page.view.status.step
    qtbot.wait(200)
    assert page.view.status.step == before
    page.view.status.pause.click()
    qtbot.waitUntil(lambda: page.view.status.step != before, timeout=5000)
    ended(qtbot, page)


def test_that_a_run_with_a_checkpoint_is_resumed_with_its_past(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner, project_folder: Path
) -> None:
    tuner.fail_with, tuner.fail_at_step = UserError("The disk is full.", "Make room."), 11
    name = trained(qtbot, page)
    assert "Make room." in page.notices.texts()[0]
    tuner.fail_with = None
    folder = project_folder / "runs" / name / "checkpoints" / "step-6"
    folder.mkdir(parents=True)
    (folder / "MANIFEST.json").write_text("{}", encoding="utf-8")
    page.view.forget()
    page.show_run(name)
    qtbot.waitUntil(lambda: page.view.status.ended == "failed", timeout=5000)
    assert not page.view.status.resume.isHidden()
    page.view.status.resume.click()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=5000)
    curves = page.view.curves
    assert curves is not None
    assert curves.series["loss"].x.tolist() == list(range(1, 13))
    assert find_run(project_folder / "runs", name).state == "finished"


def test_that_a_bug_is_shown_on_the_page(qtbot: QtBot, page: TrainPage, tuner: FakeTuner) -> None:
    tuner.fail_with, tuner.fail_at_step = ZeroDivisionError("oops"), 0
    trained(qtbot, page)
    assert any("oops" in text for text in page.notices.texts())
    assert "error" in page.view.status._head.text()


Change = Callable[[ProjectFile], dict[str, Any]]


@pytest.mark.parametrize(
    ("change", "said", "goes"),
    [
        (lambda file: {"model": ""}, "Choose a model", None),
        (lambda file: {"model": "gone"}, "Choose a model", None),
        (
            lambda file: {"model": "broken-bert"},
            "Choose another model: this one cannot be trained",
            None,
        ),
        (
            lambda file: {"prompt": PromptSpec(template=file.prompt.template)},
            "Give words for 2 labels",
            "prompt",
        ),
        (
            lambda file: {"prompt": file.prompt.model_copy(update={"template": ""})},
            "Write a prompt",
            "prompt",
        ),
        (
            lambda file: {"prompt": file.prompt.model_copy(update={"template": "{text}"})},
            "Correct the prompt",
            "prompt",
        ),
        (
            lambda file: {"roles": file.roles.model_copy(update={"label": None})},
            "Choose the label column",
            "data",
        ),
        (lambda file: {"splits": {}}, "Split the rows: none are there to learn from", "data"),
        (lambda file: {"training": {"batch_size": 0}}, "Correct 1 setting", None),
    ],
)
def test_that_the_button_names_what_is_missing_and_goes_there(
    page: TrainPage, change: Change, said: str, goes: str | None
) -> None:
    gone: list[str] = []
    page.go.connect(gone.append)
    page.document.edit("change", **change(page.document.file))
    assert page.button.text() == said
    assert page.state() == ("needs", said)
    page.main_action()
    page.form.model.box.hidePopup()
    assert gone == ([goes] if goes else [])
    assert not page.work.busy
    page.document.undo.undo()
    assert page.button.text() == "Train"


def test_that_without_a_project_nothing_can_be_trained(qtbot: QtBot, around: Surroundings) -> None:
    page = TrainPage(around)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    gone: list[str] = []
    page.go.connect(gone.append)
    assert page.button.text() == "Open a project first"
    page.main_action()
    assert gone == ["data"]  # where one is opened, imported, or the sample is taken
    qtbot.waitUntil(lambda: page._look is not None, timeout=5000)


def test_that_edits_reach_the_project_and_can_be_undone(page: TrainPage) -> None:
    document = page.document
    typed(page, "batch_size", "16")
    assert document.file.training == {"batch_size": 16}
    assert document.undo.count() == 1
    picked(page.form.method.box, "prompt_tuning")
    assert document.file.method == "prompt_tuning"
    assert page.form.own is not None and "soft_tokens" in page.form.own.rows
    document.undo.undo()
    assert document.file.method == "lora" and "rank" in page.form.own.rows
    document.undo.undo()
    assert document.file.training == {}
    editor = page.form.main.rows["batch_size"].editor
    assert isinstance(editor, ValueLine) and editor.text() == "8"


def test_that_a_wrong_value_stays_out_of_the_project(page: TrainPage) -> None:
    typed(page, "batch_size", "0")
    assert page.button.text() == "Correct 1 setting"
    assert page.document.file.training.get("batch_size", 8) != 0


def test_that_a_preset_fills_in_settings_and_keeps_the_others(page: TrainPage) -> None:
    typed(page, "max_length", "128")
    picked(page.form.preset.box, "article")
    assert page.document.file.training["optimizer"] == "adam"
    assert page.document.file.training["max_length"] == 128
    assert not page.form.main.rows["max_steps"].editor.isEnabled()
    typed(page, "batch_size", "2")
    assert page.form.preset.box.currentText() == "Your own"
    picked(page.form.preset.box, "balanced")
    assert page.document.file.training == {"max_length": 128}


def test_that_a_model_tells_whether_it_fits_and_why_not(page: TrainPage) -> None:
    assert "fits: needs about" in page.form.model.about.text()
    picked(page.form.model.box, "broken-bert")
    assert "needs code of its own" in page.form.model.about.text()
    picked(page.form.model.box, DEFAULT_MODEL)
    page.form.device.set_devices(
        [{"name": "cpu", "title": "", "free_bytes": 10**9, "total_bytes": 2 * 10**9, "why_not": ""}]
    )
    page._refresh()
    assert "you have" in page.form.model.about.text()


def test_that_a_device_that_cannot_be_used_says_why(page: TrainPage) -> None:
    box = page.form.device.box
    place = box.findData("cuda")
    assert not box.model().flags(box.model().index(place, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert "No NVIDIA GPU" in box.itemData(place, Qt.ItemDataRole.ToolTipRole)
    assert "free" in box.currentText()


def test_that_the_card_tells_rows_steps_and_after_a_run_time_and_weights(
    qtbot: QtBot, page: TrainPage
) -> None:
    texts = page.card.texts()
    assert texts["rows"] == "32 to learn from, 8 to validate"
    assert texts["steps"].startswith("300")
    trained(qtbot, page)
    qtbot.waitUntil(lambda: "0.34" in page.card.texts()["weights"], timeout=5000)
    assert "about" in page.card.texts()["time"]


@pytest.mark.skipif(sys.platform == "win32", reason="the command is quoted for another shell there")
def test_that_the_command_trains_exactly_the_same(
    qtbot: QtBot, page: TrainPage, tuner: FakeTuner, library: FakeLibrary
) -> None:
    picked(page.form.preset.box, "quick")
    typed(page, "max_length", "128")
    page.form.own_value_wanted.emit("rank", 4)
    words = shlex.split(page.card.command.text())
    assert words[:2] == ["peft-desktop", "train"]
    options: dict[str, list[str]] = {}
    for option, value in zip(words[3::2], words[4::2], strict=True):
        options.setdefault(option, []).append(value)
    project = page.document.project
    assert project is not None and words[2] == str(project.folder)
    recipe = recipe_for(
        project,
        options["--model"][0],
        options["--method"][0],
        options["--set"],
        int(options["--seed"][0]),
        options["--name"][0],
        options["--preset"][0],
        library=library,
        methods=METHODS,
    )
    trained(qtbot, page)
    [(_, used)] = [asked for asked in tuner.asked if asked[0] == "train"]
    assert used.model_copy(update={"created_at": ""}) == recipe


def test_that_the_first_rows_are_shown_token_by_token(qtbot: QtBot, page: TrainPage) -> None:
    trained(qtbot, page)
    page.view.rows.fold.button.click()
    qtbot.waitUntil(lambda: "R\u2502e\u2502v" in page.view.rows.text.toPlainText(), timeout=5000)
    assert "terrible" in page.view.rows.text.toPlainText()


def test_that_html_in_names_shows_as_it_is(qtbot: QtBot, page: TrainPage) -> None:
    library = page.around.library
    library.cards[DEFAULT_MODEL] = library.cards[DEFAULT_MODEL].model_copy(
        update={"title": "<b>bold</b>"}
    )
    page.library_changed()
    qtbot.waitUntil(lambda: page.form.model.box.findText("<b>bold</b>") >= 0, timeout=5000)
    assert page.form.model.about.textFormat() == Qt.TextFormat.PlainText


def test_that_a_run_deleted_behind_our_back_is_a_sentence(
    qtbot: QtBot, page: TrainPage, project_folder: Path
) -> None:
    import shutil

    name = trained(qtbot, page)
    shutil.rmtree(project_folder / "runs" / name)
    page.show_run(name)
    assert page.notices.texts()
    assert list_runs(project_folder / "runs") == []
