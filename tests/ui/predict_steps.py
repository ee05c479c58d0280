"""Steps that the tests of the Predict page share."""

from __future__ import annotations

from pytestqt.qtbot import QtBot
from window_fakes import FakeTuner

from peft_desktop.core.ports import PredictRequest
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.predict_page import PredictPage


def shown(qtbot: QtBot, around: Surroundings) -> PredictPage:
    page = PredictPage(around)
    qtbot.addWidget(page)
    page.resize(1180, 690)
    page.show()
    page.shown()
    settled(qtbot, page)
    return page


def settled(qtbot: QtBot, page: PredictPage) -> None:
    qtbot.waitUntil(
        lambda: (
            not (page.work.busy or page._errands.busy or page.batch.file.busy)
            and not page.live._timer.isActive()
        ),
        timeout=10_000,
    )


def typed(page: PredictPage, text: str, field: int = 0) -> None:
    page.text.edits[field].setPlainText(text)


def asked(tuner: FakeTuner) -> list[PredictRequest]:
    return [request for kind, request in tuner.asked if kind == "predict"]
