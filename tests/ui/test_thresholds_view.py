"""Thresholds in the window: found on validation rows, shown on test rows, kept with the model."""

from __future__ import annotations

import numpy as np
import pytest
from evaluate_steps import judged, settled, shown
from pytestqt.qtbot import QtBot
from trained_runs import train

from peft_desktop.evaluation.deciding import read_decisions
from peft_desktop.evaluation.scored import Scored
from peft_desktop.ui.judging import JudgedRows
from peft_desktop.ui.pages.evaluate_page import EvaluatePage
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.widgets.thresholds_view import ThresholdsView


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> EvaluatePage:
    train(opened)
    found = shown(qtbot, opened)
    judged(qtbot, found, "valid")
    found.tabs.setCurrentWidget(found.tabs.thresholds)
    return found


def many(view: ThresholdsView, rows: int = 400) -> JudgedRows:
    """More validation rows than the sample has: thresholds take fifty."""
    random = np.random.default_rng(0)
    sure = random.random(rows)
    chances = np.column_stack([1 - sure, sure])
    gold = (random.random(rows) < sure).astype(int)
    scored = Scored(("negative", "positive"), gold, chances.argmax(1), chances, np.arange(rows))
    known = view._rows["valid"]
    return JudgedRows(
        known.full, known.shown, known.labels, gold, scored.answers, scored.sure, scored
    )


def test_that_few_validation_rows_leave_the_thresholds_alone(
    qtbot: QtBot, page: EvaluatePage
) -> None:
    view = page.tabs.thresholds
    view.seek.click()
    settled(qtbot, page)
    assert "takes 50 validation rows, there are 8" in view.said.text()


def test_that_costs_move_thresholds_which_are_kept_and_taken_back(
    qtbot: QtBot, page: EvaluatePage
) -> None:
    view = page.tabs.thresholds
    assert page.run is not None and not view.keep.isEnabled()
    view.show_judged(page.run, {"test": many(view), "valid": many(view)})
    item = view.costs.item(0, 1)  # negative called positive
    assert item is not None
    item.setText("4")
    view.ask.setChecked(True)
    view.seek.click()
    settled(qtbot, page)
    assert page.document.file.test_peeks == 1  # what it brings on test rows is a look at them
    assert view.table.rowCount() == 5 and view.table.columnCount() == 5
    view.keep.click()
    kept = read_decisions(page.run.folder)
    assert kept is not None and kept.thresholds[1] > 0.65 and kept.person_below > 0
    assert "In force" in view.said.text() and "also on the Predict page" in page.notices.texts()[0]
    view.clear.click()
    assert read_decisions(page.run.folder) is None and not view.clear.isEnabled()


def test_that_a_cost_that_is_none_is_refused(qtbot: QtBot, page: EvaluatePage) -> None:
    view = page.tabs.thresholds
    item = view.costs.item(1, 0)
    assert item is not None
    item.setText("a lot")
    view.seek.click()
    assert "A cost is a number from 0 on" in page.notices.texts()[0]


def test_that_without_validation_answers_it_says_what_to_do(
    qtbot: QtBot, opened: Surroundings
) -> None:
    train(opened)
    found = shown(qtbot, opened)
    assert "validation rows first" in found.tabs.thresholds.said.text()
    assert not found.tabs.thresholds.seek.isEnabled()
