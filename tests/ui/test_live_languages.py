"""The language changes while the window is open: then all of it is as if it had begun so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_parts import NAMES, Answers

from peft_desktop.ui.document import Document
from peft_desktop.ui.errands import Errands
from peft_desktop.ui.looks import Looks
from peft_desktop.ui.main_window import MainWindow
from peft_desktop.ui.models_dialog import ModelsDialog
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.preferences import Preferences
from peft_desktop.ui.work import Work


@pytest.fixture
def looks(qapp: QApplication, around: Surroundings) -> Iterator[Looks]:
    made = Looks(qapp, around.settings)
    yield made
    made.translations.use("en")
    made.deleteLater()


def texts_in(top: QWidget) -> set[str]:
    """Every text that `top` shows, says or hints at."""
    found: set[str] = set()
    for each in [top, *top.findChildren(QWidget)]:
        if not each.isVisible():
            continue
        found |= {each.toolTip(), each.accessibleName(), each.accessibleDescription()}
        found |= {each.windowTitle(), *(action.text() for action in each.actions())}
        match each:
            case QLabel() | QAbstractButton():
                found.add(each.text())
            case QGroupBox():
                found.add(each.title())
            case QLineEdit():
                found.add(each.placeholderText())
            case QComboBox():
                found |= {each.itemText(n) for n in range(each.count())}
            case QTreeWidget():
                head = each.headerItem()
                found |= {head.text(n) for n in range(each.columnCount())}
            case QHeaderView() if each.model() is not None:
                count = each.model().columnCount()
                found |= {
                    str(each.model().headerData(n, each.orientation()) or "") for n in range(count)
                }
    return found


def settled(qtbot: QtBot, top: QWidget) -> None:
    def idle() -> bool:
        return not any(errands.busy for errands in top.findChildren(Errands))

    qtbot.waitUntil(idle, timeout=20_000)
    qtbot.wait(400)  # what waits a moment before it is drawn
    qtbot.waitUntil(idle, timeout=20_000)


def texts_of_all(qtbot: QtBot, window: MainWindow) -> dict[str, set[str]]:
    found = {}
    for name in NAMES:
        window.stack.show_page(name)
        settled(qtbot, window)
        found[name] = texts_in(window)
    return found


def made(qtbot: QtBot, around: Surroundings, answers: Answers, folder: Path) -> MainWindow:
    fresh = Surroundings(Document(), Work(), around.tuner, around.settings, around.library)
    window = MainWindow(fresh, questions=answers)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted, timeout=5000):
        window.show()
    qtbot.wait(50)  # the page used last comes back after the first paint
    fresh.document.open(folder)
    window.show_run("lora-1")
    return window


def ended(qtbot: QtBot, window: MainWindow) -> None:
    window.end()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    window.end_errands()


def test_that_every_page_speaks_the_new_language_at_once(
    qtbot: QtBot, looks: Looks, around: Surroundings, trained: Path, answers: Answers
) -> None:
    around.settings.put("language", "en")
    first = made(qtbot, around, answers, trained)
    english = texts_of_all(qtbot, first)
    around.settings.put("language", "zh_CN")
    changed = texts_of_all(qtbot, first)
    ended(qtbot, first)
    second = made(qtbot, around, answers, trained)
    expected = texts_of_all(qtbot, second)
    around.settings.put("language", "en")
    back = texts_of_all(qtbot, second)
    ended(qtbot, second)
    for name in NAMES:
        assert changed[name] - expected[name] == set(), name
        assert back[name] - english[name] == set(), name


def test_that_open_dialogs_speak_the_new_language_at_once(
    qtbot: QtBot, looks: Looks, around: Surroundings, trained: Path
) -> None:
    def dialogs() -> list[QDialog]:
        made: list[QDialog] = [Preferences(around.settings, around.tuner), ModelsDialog(around)]
        for dialog in made:
            qtbot.addWidget(dialog)
            dialog.show()
            settled(qtbot, dialog)
        return made

    around.settings.put("language", "en")
    first = dialogs()
    around.settings.put("language", "zh_CN")
    qtbot.wait(50)
    for old, new in zip(first, dialogs(), strict=True):
        assert texts_in(old) - texts_in(new) == set()
