"""What a user does on the Train page, for its tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.train_page import TrainPage
from peft_desktop.ui.widgets.editors import ValueLine


def shown_page(qtbot: QtBot, around: Surroundings) -> TrainPage:
    """The page, seen, after its look around."""
    page = TrainPage(around)
    qtbot.addWidget(page)
    page.resize(1180, 690)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page._look is not None, timeout=10_000)
    return page


def typed(page: TrainPage, name: str, text: str) -> None:
    form = next(f for f in (page.form.main, page.form.seed, page.form.more) if name in f.rows)
    editor = form.rows[name].editor
    assert isinstance(editor, ValueLine)
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, text)


def picked(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def ended(qtbot: QtBot, page: TrainPage) -> None:
    page.work.stop()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=10_000)


def trained(qtbot: QtBot, page: TrainPage) -> str:
    """Press the button, wait for the end; gives the run's name."""
    page.main_action()
    name = page.desk.live
    qtbot.waitUntil(lambda: not page.work.busy, timeout=10_000)
    return name
