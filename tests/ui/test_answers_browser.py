"""Evaluate with tasks whose answers are more than a label: every kind of row is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluate_steps import settled, shown
from pytestqt.qtbot import QtBot
from task_runs import MADE, judged_run, make_project

from peft_desktop.ui.pages.evaluate_page import EvaluatePage
from peft_desktop.ui.pages.page import Surroundings


def evaluated(qtbot: QtBot, around: Surroundings, tmp_path: Path, task: str) -> EvaluatePage:
    project = make_project(tmp_path / task, MADE[task])
    judged_run(project, MADE[task])
    around.document.open(project.folder)
    page = shown(qtbot, around)
    page.show_run("lora-1")
    settled(qtbot, page)
    return page


@pytest.mark.parametrize("task", sorted(MADE))
def test_that_every_task_has_a_headline_tiles_and_its_rows(
    qtbot: QtBot, around: Surroundings, tmp_path: Path, task: str
) -> None:
    page = evaluated(qtbot, around, tmp_path, task)
    assert page.notices.isHidden() or not page.notices.findChildren(type(page))
    assert "of 100" in page.view.headline.text() and "{" not in page.view.headline.text()
    assert page.view.tiles.tiles
    assert page.view.answers.isVisible() and not page.view.rows.isVisible()
    assert page.view.answers.count == len(MADE[task].rows)


def test_that_spans_are_drawn_with_tags_and_listed(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    browser = evaluated(qtbot, around, tmp_path, "tagging").view.answers
    browser.pick("place")
    marked = browser.text.marked.replace("\u200b", "")
    assert "Anna person ✓ " in marked
    assert "李雷 person − " in marked
    assert "Paris place ≠ group " in marked
    assert "London 😀 place + " in marked
    assert browser.items.lines()[1] == ["− missed", "person", "李雷", "–", "9–11"]


def test_that_rows_are_filtered_by_what_became_of_their_spans(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    browser = evaluated(qtbot, around, tmp_path, "tagging").view.answers
    counts = {}
    for place in range(browser.state.count()):
        browser.state.setCurrentIndex(place)
        counts[browser.state.itemData(place)] = browser.count
    assert counts == {
        "": 3,
        "wrong rows": 2,
        "missed": 1,
        "spurious": 1,
        "type": 1,
        "bounds": 1,
        "right": 1,
    }
    browser.state.setCurrentIndex(0)
    browser.pick("group")
    assert browser.count == 1


def test_that_generated_texts_stand_side_by_side(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    texts = evaluated(qtbot, around, tmp_path, "generation").view.answers.texts
    assert texts.isVisible()
    assert texts.edits["untrained"].toPlainText() == "name name name"
    assert texts.marked("tuned") == ["very", "place"]
    assert texts.marked("target") == ["pub"]


def test_that_a_label_has_its_threshold(qtbot: QtBot, around: Surroundings, tmp_path: Path) -> None:
    classes = evaluated(qtbot, around, tmp_path, "several_labels").view.classes
    heads = [classes.horizontalHeaderItem(c).text() for c in range(classes.columnCount())]  # type: ignore[union-attr]
    assert heads[-1] == "Threshold"
    assert classes.item(0, 6).text() == "0.310"  # type: ignore[union-attr]


def test_that_a_question_stands_above_its_text(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    browser = evaluated(qtbot, around, tmp_path, "question_answering").view.answers
    assert browser.question.text().startswith("Question: ")
