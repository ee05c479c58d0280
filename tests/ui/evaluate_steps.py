"""Steps that the tests of the Evaluate page share."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from peft_desktop.ui.pages.evaluate_page import EvaluatePage
from peft_desktop.ui.pages.page import Surroundings


def shown(qtbot: QtBot, around: Surroundings) -> EvaluatePage:
    page = EvaluatePage(around)
    qtbot.addWidget(page)
    page.resize(1180, 690)
    page.show()
    page.shown()
    settled(qtbot, page)
    return page


def settled(qtbot: QtBot, page: EvaluatePage) -> None:
    parts = (page.work, page._errands, page.file, page.curves, page.tabs.thresholds)
    qtbot.waitUntil(lambda: not any(part.busy for part in parts), timeout=10_000)


def judged(qtbot: QtBot, page: EvaluatePage, split: str) -> None:
    page.split_box.setCurrentIndex(page.split_box.findData(split))
    page.main_action()
    settled(qtbot, page)
