"""What a user does in the windows that train several runs, for their tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from peft_desktop.ui.help_topics import section_of
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pet_window import PetWindow
from peft_desktop.ui.shoot_out_window import ShootOutWindow


@contextmanager
def shoot_out(qtbot: QtBot, around: Surroundings) -> Iterator[ShootOutWindow]:
    """The window, seen, with a plan worked out."""
    window = ShootOutWindow(around)
    window.show()
    if around.document.project is not None:
        qtbot.waitUntil(lambda: window.planner._choices is not None, timeout=10_000)
    try:
        yield window
    finally:
        _end(qtbot, around, window)


@contextmanager
def pet(qtbot: QtBot, around: Surroundings) -> Iterator[PetWindow]:
    window = PetWindow(around)
    window.show()
    qtbot.waitUntil(lambda: window.planner._choices is not None, timeout=10_000)
    try:
        yield window
    finally:
        _end(qtbot, around, window)


def _end(qtbot: QtBot, around: Surroundings, window: Any) -> None:
    around.work.stop()
    qtbot.waitUntil(lambda: not around.work.busy, timeout=10_000)
    planner = window.planner
    qtbot.waitUntil(lambda: not planner._errands.busy and not window.desk.busy, timeout=10_000)
    window.close()
    window.deleteLater()


def ready(qtbot: QtBot, window: Any) -> None:
    """Wait for the plan of what is chosen."""
    qtbot.waitUntil(lambda: window.start.isEnabled(), timeout=10_000)


def ended(qtbot: QtBot, around: Surroundings) -> None:
    qtbot.waitUntil(lambda: not around.work.busy, timeout=20_000)


def texts_file(folder: Path, count: int = 60) -> Path:
    """A table of texts without labels; the last one is also a test row of the project."""
    lines = ["text", *(f"another film {n} that is clever, positive" for n in range(count))]
    lines.append("the film number 41 is a warm and clever delight, positive")
    path = folder / "more.csv"
    path.write_text("\n".join(f'"{line}"' for line in lines) + "\n", encoding="utf-8")
    return path


def unexplained(window: QDialog) -> list[str]:
    """The controls that Tab reaches and that lack a name, a tool tip or a section of the guide."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QAccessible

    gaps = []
    for widget in window.findChildren(QWidget):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
        if not reached or widget.objectName().startswith("qt_") or widget.window() is not window:
            continue
        reader = QAccessible.queryAccessibleInterface(widget)
        name = "" if reader is None else reader.text(QAccessible.Text.Name)
        what = f"{type(widget).__name__} {name!r}"
        if not name.strip():
            gaps.append(f"without a name: {what} in {type(widget.parentWidget()).__name__}")
        if not widget.toolTip().strip():
            gaps.append(f"without a tool tip: {what} in {type(widget.parentWidget()).__name__}")
        if not section_of(widget):
            gaps.append(f"without a section: {what}")
    return gaps


def letters_twice(window: QDialog) -> list[str]:
    """The underlined letters that stand on two things that are seen at once."""
    QApplication.processEvents()
    found: dict[str, list[str]] = {}
    for widget in window.findChildren(QWidget):
        button = isinstance(widget, QAbstractButton)
        labels = isinstance(widget, QLabel) and widget.buddy() is not None
        if widget.isVisible() and (button or labels):
            letter = QKeySequence.mnemonic(widget.text()).toString()  # type: ignore[attr-defined]
            if letter:
                found.setdefault(letter, []).append(widget.text())  # type: ignore[attr-defined]
    return [f"{letter}: {texts}" for letter, texts in found.items() if len(texts) > 1]
