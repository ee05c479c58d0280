"""Runs side by side in the window."""

from __future__ import annotations

import pytest
from evaluate_steps import settled, shown
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from trained_runs import judge, train

from peft_desktop.ui.pages.evaluate_page import EvaluatePage
from peft_desktop.ui.pages.page import Surroundings


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> EvaluatePage:
    for name in ("lora-1", "lora-2"):
        judge(opened, train(opened, name), "test")
    found = shown(qtbot, opened)
    found.tabs.setCurrentWidget(found.tabs.compare)
    return found


def test_that_two_judged_runs_stand_side_by_side(qtbot: QtBot, page: EvaluatePage) -> None:
    view = page.tabs.compare
    assert view.list.count() == 2 and view.button.isEnabled()
    view.split.setCurrentIndex(1)
    view.button.click()
    qtbot.waitUntil(lambda: not view.busy, timeout=10_000)
    assert "McNemar p = 1" in view.said.text()
    metrics = view.tables["metrics"]
    assert metrics.columnCount() == 4 and metrics.rowCount() >= 4
    assert view.tables["labels"].rowCount() == 2 and view.tables["rows"].rowCount() == 0
    assert page.document.file.test_peeks == 1  # comparing on test rows is a look at them
    view.tabs.setCurrentWidget(view.curves)
    assert view.curves.drawing is not None and len(view.curves.drawing.lines) == 2
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert view.tables["metrics"].rowCount() >= 4


def test_that_one_run_alone_and_rows_that_were_not_judged_are_told(
    qtbot: QtBot, page: EvaluatePage
) -> None:
    view = page.tabs.compare
    view.button.click()  # on validation rows, of which nothing is known
    qtbot.waitUntil(lambda: not view.busy, timeout=10_000)
    settled(qtbot, page)
    assert 'not judged on the split "valid"' in page.notices.texts()[0]
    view.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not view.button.isEnabled() and "two runs" in view.button.text()
