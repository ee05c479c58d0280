"""The keyboard alone: Tab comes to everything that can be used, and everything says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hands import press
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_parts import NAMES

from peft_desktop.ui.main_window import MainWindow, Start
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.translations import Translations
from peft_desktop.ui.widgets.fold import Fold

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTabBar,
    QTextEdit,
)
_MOST_TABS = 300
_HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, around: Surroundings, trained: Path
) -> Iterator[MainWindow]:
    """The whole window on a project with a run, all pages real, the engine a fake."""
    around.settings.put("started", "true")
    window = MainWindow(around, start=Start(trained))
    window.begin()
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    yield window
    qtbot.waitUntil(lambda: not around.work.busy, timeout=10_000)
    window.close()
    window.end_errands()
    window.deleteLater()


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    translations, before = Translations(qapp), QLocale()
    translations.use(request.param)
    yield request.param
    translations.use("en")
    QLocale.setDefault(before)
    translations.deleteLater()


def controls(root: QWidget) -> list[QWidget]:
    """What can be used now; not the parts that Qt itself puts into others."""
    found = []
    for widget in root.findChildren(QWidget):
        shell = (QComboBox, QAbstractSpinBox, QLineEdit, QAbstractItemView)
        inner = isinstance(widget, QHeaderView) or isinstance(widget.parentWidget(), shell)
        popup = widget.window() is not root.window()
        usable = widget.isVisible() and widget.isEnabled()
        named_by_qt = widget.objectName().startswith("qt_")
        if isinstance(widget, _CONTROLS) and usable and not (inner or popup or named_by_qt):
            found.append(widget)
    return found


def walked(start: QWidget) -> list[QWidget]:
    """What has the focus in turn, from `start` until Tab is back there."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    for _ in range(_MOST_TABS):
        press(Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is start or now is None:
            return seen
        seen.append(now)
    raise AssertionError(f"Tab never comes back: {seen[-20:]}")


def spoken(widget: QWidget) -> str:
    """What a screen reader calls it."""
    reader = QAccessible.queryAccessibleInterface(widget)
    return "" if reader is None else reader.text(QAccessible.Text.Name)


def said(widget: QWidget) -> str:
    called = widget.accessibleName() or getattr(widget, "text", lambda: "")() or "?"
    return f"{type(widget).__name__} {called!r} in {type(widget.parentWidget()).__name__}"


@pytest.mark.parametrize("page", NAMES)
def test_that_tab_comes_to_every_control_of_a_page_and_each_says_what_it_is(
    qtbot: QtBot, window: MainWindow, language: str, page: str
) -> None:
    shown = settled(qtbot, window, page)
    for fold in shown.findChildren(Fold):
        fold.button.setChecked(True)
    reached = [window.side.pages, *walked(window.side.pages)]
    there = controls(window)
    gaps = [f"Tab passes by: {said(each)}" for each in there if each not in reached]
    for each in there:
        if not spoken(each).strip():
            gaps.append(f"without a name: {said(each)}")
        if not each.toolTip().strip():
            gaps.append(f"without a tool tip: {said(each)}")
        elif language == "zh_CN" and not _HAN.search(each.toolTip()):
            gaps.append(f"not in Chinese: {said(each)}: {each.toolTip()}")
    assert not gaps, "\n".join(gaps)


def settled(qtbot: QtBot, window: MainWindow, page: str) -> Any:
    """The page in front, with everything that it reads beside the window's thread."""
    shown: Any = window.stack.show_page(page)
    waits: dict[str, Callable[[], object]] = {
        "data": lambda: shown.facts is not None,
        "prompt": lambda: shown._seen is not None,
        "train": lambda: shown._look is not None,
        "evaluate": lambda: shown.run is not None,
        "predict": lambda: shown.choice.model is not None,
    }
    qtbot.waitUntil(lambda: bool(waits[page]()), timeout=20_000)
    if page == "train":
        window.show_run("lora-1")
        qtbot.waitUntil(lambda: len(shown.view.curves.series["loss"]) > 0, timeout=10_000)
    if page == "evaluate":
        qtbot.waitUntil(lambda: shown.button.isEnabled(), timeout=10_000)
        shown.main_action()
        qtbot.waitUntil(lambda: shown.view.result is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not shown._errands.busy if page != "data" else True, timeout=20_000)
    qtbot.wait(200)  # repaints and what they begin
    return shown


def letters(window: MainWindow) -> dict[str, list[str]]:
    """Which underlined letter stands on what: on the menu bar and on all that is seen below it."""
    found: dict[str, list[str]] = {}

    def note(text: str, what: str) -> None:
        letter = QKeySequence.mnemonic(text).toString()
        if letter:
            found.setdefault(letter, []).append(f"{what} {text!r}")

    for action in window.menuBar().actions():
        note(action.text(), "menu")
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window:
            continue
        if isinstance(widget, QTabBar):
            for at in range(widget.count()):
                note(widget.tabText(at), "tab")
        elif isinstance(widget, QAbstractButton):
            note(widget.text(), "button")
        elif isinstance(widget, QLabel) and widget.buddy() is not None:
            note(widget.text(), "label")
    return found


@pytest.mark.parametrize("page", NAMES)
def test_that_an_underlined_letter_of_a_page_means_one_thing(
    qtbot: QtBot, window: MainWindow, language: str, page: str
) -> None:
    shown = settled(qtbot, window, page)
    for fold in shown.findChildren(Fold):
        fold.button.setChecked(True)
    twice = [f"{key}: {', '.join(on)}" for key, on in letters(window).items() if len(on) > 1]
    assert not twice, "\n".join(twice)
