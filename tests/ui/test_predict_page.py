"""The Predict page: a text as it is typed, a file in and a file out, models of other projects."""

from __future__ import annotations

import shutil
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from predict_steps import asked, settled, shown, typed
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from trained_runs import focus_chain, train
from window_fakes import FakeTuner

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Event, Tick
from peft_desktop.core.project import ProjectFile, create_project
from peft_desktop.ui.needed_columns import columns_of
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.predict_page import PredictPage


@pytest.fixture
def new_rows(tmp_path: Path) -> Path:
    source = tmp_path / "new.csv"
    lines = [f"row {n} is {('positive', 'negative')[n % 2]},Times" for n in range(12)]
    source.write_text("\n".join(["text,paper", *lines]) + "\n", encoding="utf-8")
    return source


def resting() -> Generator[Event, None, None]:
    while True:
        time.sleep(0.01)
        yield Tick()


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> PredictPage:
    train(opened)
    return shown(qtbot, opened)


def test_that_without_a_model_the_page_says_where_to_get_one(
    qtbot: QtBot, around: Surroundings, project_folder: Path
) -> None:
    page = shown(qtbot, around)
    assert page.choice.train.text() == "Open &a project first"
    assert not page.text.isEnabled()
    with qtbot.waitSignal(page.go) as gone:
        page.main_action()
    assert gone.args == ["open"]
    around.document.open(project_folder)
    settled(qtbot, page)
    assert page.choice.train.text() == "Tr&ain a model first"
    with qtbot.waitSignal(page.go) as gone:
        page.choice.train.click()
    assert gone.args == ["train"]


def test_that_a_text_is_answered_as_it_is_typed(
    qtbot: QtBot, page: PredictPage, tuner: FakeTuner
) -> None:
    typed(page, "all in all positive")
    settled(qtbot, page)
    assert page.bars.lines() == [("negative", "20.0 %"), ("positive", "80.0 %")]
    assert page.answer.text() == "positive"
    assert "80.0 %" in page._about.text()
    assert [request.rows for request in asked(tuner)] == [({"text": "all in all positive"},)]


def test_that_only_the_text_after_a_rest_is_asked_for(
    qtbot: QtBot, page: PredictPage, tuner: FakeTuner
) -> None:
    for end in range(1, 9):
        typed(page, "positive"[:end])
    settled(qtbot, page)
    assert [request.rows[0]["text"] for request in asked(tuner)] == ["positive"]


def test_that_the_newest_text_wins_over_one_that_is_still_at_work(
    qtbot: QtBot, page: PredictPage, tuner: FakeTuner
) -> None:
    tuner.delay_s = 0.4
    typed(page, "negative")
    qtbot.waitUntil(lambda: page.work.busy, timeout=5000)
    typed(page, "so so")
    typed(page, "positive")
    settled(qtbot, page)
    qtbot.waitUntil(lambda: page.answer.text() == "positive", timeout=5000)
    assert [request.rows[0]["text"] for request in asked(tuner)] == ["negative", "positive"]
    assert tuner.closed == 0  # the model stays loaded


def test_that_an_emptied_text_has_no_answer(qtbot: QtBot, page: PredictPage) -> None:
    typed(page, "positive")
    settled(qtbot, page)
    page.text.clear_button.click()
    assert page.answer.text() == "\u2013"
    assert [line[1] for line in page.bars.lines()] == ["\u2013", "\u2013"]
    typed(page, "  \n ")
    assert not page.live._timer.isActive()


def test_that_it_waits_for_other_work_and_says_so(
    qtbot: QtBot, page: PredictPage, tuner: FakeTuner
) -> None:
    page.work.start("training lora-7", resting(), page, lambda _: None, lambda _: None)
    typed(page, "positive")
    qtbot.waitUntil(lambda: "training lora-7" in page._about.text(), timeout=5000)
    assert asked(tuner) == []
    assert page.batch.button.text() == "Choose a file"
    page.work.stop()
    qtbot.waitUntil(lambda: page.answer.text() == "positive", timeout=5000)
    settled(qtbot, page)


def test_that_an_error_is_a_bar_and_the_next_text_is_tried(
    qtbot: QtBot, page: PredictPage, tuner: FakeTuner
) -> None:
    tuner.fail_with, tuner.fail_at_step = UserError("The model has gone."), 0
    typed(page, "positive")
    settled(qtbot, page)
    assert page.notices.texts() == ["The model has gone."]
    assert len(asked(tuner)) == 1
    tuner.fail_with = None
    typed(page, "negative")
    settled(qtbot, page)
    assert page.answer.text() == "negative"


def test_that_every_column_of_the_prompt_has_a_field(qtbot: QtBot, opened: Surroundings) -> None:
    file = opened.document.file
    prompt = file.prompt.model_copy(
        update={"template": "{source} writes: {text}\nOverall, it was {mask}"}
    )
    opened.document.apply({"prompt": prompt})
    train(opened)
    page = shown(qtbot, opened)
    model = page.choice.model
    assert model is not None and columns_of(model.run.recipe) == ("text", "source")
    assert [edit.accessibleName() for edit in page.text.edits] == ["text", "source"]
    typed(page, "positive")
    typed(page, "The Times", 1)
    settled(qtbot, page)
    last = asked(opened.tuner)[-1]  # type: ignore[arg-type]
    assert last.rows == ({"text": "positive", "source": "The Times"},)


def test_that_another_run_answers_the_same_text(
    qtbot: QtBot, opened: Surroundings, tuner: FakeTuner
) -> None:
    train(opened, "lora-1")
    train(opened, "lora-2")
    page = shown(qtbot, opened)
    model = page.choice.model
    assert model is not None and model.run.name == "lora-2"
    typed(page, "positive")
    settled(qtbot, page)
    with qtbot.waitSignal(page.run_chosen) as chosen:
        page.choice.box.setCurrentIndex(1)
    assert chosen.args == ["lora-1"]
    settled(qtbot, page)
    assert len(asked(tuner)) == 2
    page.show_run("lora-2")
    settled(qtbot, page)
    assert len(asked(tuner)) == 3 and page.text.edits[0].toPlainText() == "positive"


def test_that_a_model_of_another_project_predicts_without_opening_it(
    qtbot: QtBot, page: PredictPage, tuner: FakeTuner, project_folder: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(project_folder, tmp_path / "elsewhere"))
    (other / "project.lock").unlink(missing_ok=True)
    page.open_other(other)
    settled(qtbot, page)
    model = page.choice.model
    assert model is not None and model.folder.parent.parent == other
    assert page.choice.box.currentText() == "lora-1 (project reviews)"
    typed(page, "positive")
    settled(qtbot, page)
    assert page.answer.text() == "positive"
    assert page.document.folder == project_folder
    assert not (other / "project.lock").exists()
    # a run that came in the open project does not take its place
    train(page.around, "lora-2")
    settled(qtbot, page)
    assert page.choice.model is not None and page.choice.model.folder == model.folder


def test_that_a_project_without_models_is_a_sentence(
    qtbot: QtBot, page: PredictPage, tmp_path: Path
) -> None:
    create_project(tmp_path / "bare", ProjectFile(name="bare"))
    page.open_other(tmp_path / "bare")
    settled(qtbot, page)
    assert "no trained model" in page.notices.texts()[0]
    page.open_other(tmp_path / "nowhere")
    settled(qtbot, page)
    assert len(page.notices.texts()) == 2


def test_that_a_run_that_went_is_no_longer_offered(
    qtbot: QtBot, page: PredictPage, project_folder: Path
) -> None:
    shutil.rmtree(project_folder / "runs" / "lora-1")
    page.document.runs_changed.emit()
    settled(qtbot, page)
    assert page.choice.box.count() == 0 and not page.text.isEnabled()


def test_that_many_labels_are_sorted_and_html_shows_as_it_is(
    qtbot: QtBot, page: PredictPage
) -> None:
    labels = [f"<i>{n}</i>" for n in range(150)]
    page.bars.set_labels(labels)
    page.bars.show_chances({label: (n + 1) / 11325 for n, label in enumerate(labels)})
    assert page.bars.lines()[0] == ("<i>149</i>", "1.3 %")
    assert page.answer.textFormat() == Qt.TextFormat.PlainText
    assert page.batch.said.textFormat() == Qt.TextFormat.PlainText


def test_that_tab_goes_through_the_page_as_one_reads(
    qtbot: QtBot, page: PredictPage, new_rows: Path
) -> None:
    top = [page.choice.box, page.choice.other, page.tabs.tabBar()]
    text = [*page.text.edits, page.text.clear_button, page.bars]
    assert focus_chain(page) == top + text
    page.tabs.setCurrentWidget(page.batch)
    page.batch.set_source(new_rows)
    page.batch.ask()
    settled(qtbot, page)
    form = page.batch.file.form
    assert form.sheet.isHidden() and page.batch.stop.isHidden()
    shown = [w for w in page.batch.in_order() if w not in (form.sheet, page.batch.stop)]
    assert focus_chain(page) == [*top, *shown]


def test_that_another_language_keeps_what_stands_there(qtbot: QtBot, page: PredictPage) -> None:
    typed(page, "positive")
    settled(qtbot, page)
    parts: list[Any] = [page, page.choice, page.text, page.bars, page.batch]
    for part in parts:
        QApplication.sendEvent(part, QEvent(QEvent.Type.LanguageChange))
    assert page.text.edits[0].toPlainText() == "positive"
    assert page.bars.lines()[1] == ("positive", "80.0 %")
    assert page.minimumSizeHint().width() <= 1180
