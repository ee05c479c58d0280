"""Predict with tasks whose answers are more than a label: spans, fields, labels, written texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from predict_steps import settled, shown
from pytestqt.qtbot import QtBot
from task_runs import MADE, judged_run, make_project
from window_fakes import FakeTuner

from peft_desktop.core import events as ev
from peft_desktop.core.ports import Events, PredictRequest
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.predict_page import PredictPage


class AnsweringTuner(FakeTuner):
    """Answers every text with `answer`, written in two pieces where that is asked for."""

    answer: dict[str, Any] = {}  # noqa: RUF012

    def predict(self, run_folder: Path, request: PredictRequest) -> Events:
        self.asked.append(("predict", request))
        yield ev.Started("predict")
        if request.stream:
            yield ev.Wrote("The ")
            yield ev.Wrote("The Vaults")
        yield ev.Finished({"labels": [], "rows": [self.answer]})


@pytest.fixture
def tuner() -> AnsweringTuner:
    return AnsweringTuner()


def page_of(qtbot: QtBot, around: Surroundings, tmp_path: Path, task: str) -> PredictPage:
    project = make_project(tmp_path / task, MADE[task])
    judged_run(project, MADE[task])
    around.document.open(project.folder)
    page = shown(qtbot, around)
    settled(qtbot, page)
    return page


def typed(qtbot: QtBot, page: PredictPage, *texts: str) -> None:
    for edit, text in zip(page.text.edits, texts, strict=True):
        edit.setPlainText(text)
    settled(qtbot, page)


def test_that_entities_are_marked_in_the_typed_text(
    qtbot: QtBot, around: Surroundings, tuner: AnsweringTuner, tmp_path: Path
) -> None:
    tuner.answer = {"predicted_label": '[{"start": 0, "end": 4, "label": "person"}]'}
    page = page_of(qtbot, around, tmp_path, "tagging")
    typed(qtbot, page, "Anna sings")
    assert "Anna person" in page.view.text.marked and not page.bars.isVisible()
    assert page.view.items.lines() == [["person", "Anna", "0–4"]]
    assert page.answer.text() == "Entities found: 1"


def test_that_a_document_is_asked_and_its_answer_marked(
    qtbot: QtBot, around: Surroundings, tuner: AnsweringTuner, tmp_path: Path
) -> None:
    tuner.answer = {"predicted_label": '[{"text": "Africa", "start": 17}]'}
    page = page_of(qtbot, around, tmp_path, "question_answering")
    typed(qtbot, page, "The Nile runs in Africa.", "Where?")
    assert page.answer.text() == "Africa"
    assert page.view.items.lines()[0][0] == "Africa"
    tuner.answer = {"predicted_label": "[]"}
    typed(qtbot, page, "The Nile runs in Africa.", "Why?")
    assert page.answer.text() == "Not in the text"


def test_that_nothing_is_asked_before_there_is_a_document_and_a_question(
    qtbot: QtBot, around: Surroundings, tuner: AnsweringTuner, tmp_path: Path
) -> None:
    tuner.answer = {"predicted_label": '[{"text": "Africa", "start": 17}]', "probability": 0.874}
    page = page_of(qtbot, around, tmp_path, "question_answering")
    names = [edit.accessibleName() for edit in page.text.edits]
    assert names == ["Document to ask", "Question"]
    assert page.text.edits[1].placeholderText() == "Type a question here"
    typed(qtbot, page, "The Nile runs in Africa.", " ")
    assert not tuner.asked and "a document and a question" in page._about.text()
    typed(qtbot, page, "The Nile runs in Africa.", "Where?")
    assert page._about.text() == "The model is 87.4 % sure."
    page.text.edits[1].clear()
    settled(qtbot, page)
    assert page.answer.text() == "\u2013" and "sure" not in page._about.text()


def test_that_the_question_column_of_a_file_is_found_under_another_name(
    qtbot: QtBot, around: Surroundings, tuner: AnsweringTuner, tmp_path: Path
) -> None:
    page = page_of(qtbot, around, tmp_path, "question_answering")
    source = tmp_path / "asked.csv"
    lines = [f"River {n} runs through the land of {n}.,Where does river {n} run?" for n in range(9)]
    source.write_text("\n".join(["passage,query", *lines]), encoding="utf-8")
    page.batch.file.set_path(source)
    settled(qtbot, page)
    match = page.batch.file.match
    assert [box.accessibleName()[:9] for box in match.boxes] == ["Texts (\u201ct", "Questions"]
    assert ("question", "query") in match.pairs()


def test_that_fields_stand_in_a_table_and_as_json(
    qtbot: QtBot, around: Surroundings, tuner: AnsweringTuner, tmp_path: Path
) -> None:
    tuner.answer = {"predicted_label": '{"name": "The Vaults", "food": null}'}
    page = page_of(qtbot, around, tmp_path, "extraction")
    typed(qtbot, page, "The Vaults is a pub")
    assert page.view.items.lines() == [["name", "The Vaults", "0–10"]]
    assert '"food": null' in page.view.json.toPlainText()


def test_that_several_labels_are_named_beside_their_probabilities(
    qtbot: QtBot, around: Surroundings, tuner: AnsweringTuner, tmp_path: Path
) -> None:
    chances = {"probability_family": 0.2, "probability_food": 0.7, "probability_price": 0.9}
    tuner.answer = {"predicted_label": '["food", "price"]', **chances}
    page = page_of(qtbot, around, tmp_path, "several_labels")
    typed(qtbot, page, "Cheap food")
    assert page.answer.text() == "food, price"
    assert page.view.bars.lines()[2] == ("price", "90.0 %")


def test_that_a_text_is_written_when_it_is_asked_for_with_the_settings_of_the_form(
    qtbot: QtBot, around: Surroundings, tuner: AnsweringTuner, tmp_path: Path
) -> None:
    tuner.answer = {"predicted_label": "The Vaults is a pub."}
    page = page_of(qtbot, around, tmp_path, "generation")
    assert page.view.button.text() == "Type a text first" and not page.view.button.isEnabled()
    typed(qtbot, page, "name[The Vaults]")
    assert not tuner.asked
    assert page.view.form is not None
    page.view.form.rows["temperature"].editor.edited.emit(0.7)
    page.view.button.click()
    settled(qtbot, page)
    request = tuner.asked[-1][1]
    assert request.stream and request.settings == {"temperature": 0.7}
    assert page.view.written.toPlainText() == "The Vaults is a pub."
    page.main_action()
    settled(qtbot, page)
    assert len(tuner.asked) == 2
