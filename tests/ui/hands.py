"""A user's two hands on the window: what a mouse does, and what a keyboard alone does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QTreeWidgetItem,
    QWidget,
)

from peft_desktop.ui.main_window import MainWindow

Key, Held = Qt.Key, Qt.KeyboardModifier
_MOST_TABS = 200
_MOST_TRIES = 10
_STORY = ("data", "prompt", "train", "evaluate", "predict")


class Mouse:
    """Clicks in the middle of things, as far as they are seen, and types where it clicked."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def click(self, widget: QWidget) -> None:
        self._see(widget)
        inside = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        QTest.mouseClick(inside, Qt.MouseButton.LeftButton)

    def go_to(self, page: str) -> None:
        pages = self.window.side.pages
        item = pages.topLevelItem(_STORY.index(page))
        assert isinstance(item, QTreeWidgetItem)
        at = pages.visualItemRect(item).center()
        QTest.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def type_into(self, widget: QWidget, text: str) -> None:
        """Click, mark what is there, type over it."""
        self.click(widget)
        assert QApplication.focusWidget() is widget
        press(Key.Key_A, Held.ControlModifier)
        write(text)

    def type_into_cell(self, index: QModelIndex, view: QWidget, text: str) -> None:
        at = view.visualRect(index).center()  # type: ignore[attr-defined]
        self._see(view)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)  # type: ignore[attr-defined]
        press(Key.Key_A, Held.ControlModifier)
        write(text)
        press(Key.Key_Return)

    def choose(self, box: QComboBox, data: object) -> None:
        """Open the list of a combo box and click the line that says or stands for `data`."""
        self.click(box)
        view = box.view()
        index = box.model().index(_place(box, data), box.modelColumn())
        view.scrollTo(index)
        at = view.visualRect(index).center()
        QTest.mouseMove(view.viewport(), at)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def drop(self, path: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        at, copy = QPoint(400, 300), Qt.DropAction.CopyAction
        held = (Qt.MouseButton.LeftButton, Held.NoModifier)
        over = QDragEnterEvent(at, copy, mime, *held)
        QApplication.sendEvent(self.window, over)
        assert over.isAccepted()
        drop = QDropEvent(QPointF(at), copy, mime, *held)
        QApplication.sendEvent(self.window, drop)
        assert drop.isAccepted()

    def _see(self, widget: QWidget) -> None:
        """What is not seen cannot be clicked; scroll areas are scrolled to it."""
        parent = widget.parentWidget()
        while parent is not None:
            scroll = getattr(parent, "ensureWidgetVisible", None)
            if scroll is not None:
                scroll(widget)
            parent = parent.parentWidget()
        assert widget.isVisible() and widget.isEnabled(), widget
        assert not widget.visibleRegion().isEmpty(), f"not to be seen: {widget}"


class Keyboard:
    """Keys only: shortcuts, Tab, arrows, letters."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def go_to(self, page: str) -> None:
        # without a screen nobody gives the window back what a list of names took from it
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        press(Key(Key.Key_1 + _STORY.index(page)), Held.ControlModifier)

    def tab_to(self, widget: QWidget) -> None:
        """Press Tab until the focus is there, as somebody does who sees where it is."""
        seen = []
        for _ in range(_MOST_TABS):
            now = QApplication.focusWidget()
            if now is widget:
                return
            seen.append(now)
            press(Key.Key_Tab)
        raise AssertionError(
            f"Tab never comes to {widget} in {QApplication.activeWindow()}: {seen[:40]}"
        )

    def type_into(self, widget: QWidget, text: str) -> None:
        self.tab_to(widget)
        press(Key.Key_A, Held.ControlModifier)
        write(text)

    def type_into_cell(self, row: int, view: QWidget, text: str) -> None:
        """In a table of label words: arrows to the line, then just type."""
        self.tab_to(view)
        press(Key.Key_Home, Held.ControlModifier)
        press(Key.Key_Right)
        for _ in range(row):
            press(Key.Key_Down)
        press(Key.Key_F2)
        press(Key.Key_A, Held.ControlModifier)
        write(text)
        press(Key.Key_Return)

    def choose(self, box: QComboBox, data: object) -> None:
        """Arrow keys until the box says it."""
        self.tab_to(box)
        steps = _place(box, data) - box.currentIndex()
        press(Key.Key_Space)  # opens the list
        for _ in range(abs(steps)):
            press(Key.Key_Down if steps > 0 else Key.Key_Up)
        press(Key.Key_Return)

    def push(self, widget: QWidget) -> None:
        self.tab_to(widget)
        press(Key.Key_Space)

    def choose_file(self, path: Path, ask: Callable[[], None]) -> None:
        """Do what opens the dialog for files, type the path there, and press Enter."""
        ticks = QTimer()
        ticks.setInterval(100)
        seen: list[QFileDialog] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QFileDialog) or not dialog.isActiveWindow():
                return
            seen.append(dialog)
            if len(seen) == 1:
                write(str(path))
            elif len(seen) < _MOST_TRIES:
                press(Key.Key_Return)  # the first may only close the list of files that begin so
            else:  # or this would wait for ever
                dialog.reject()

        ticks.timeout.connect(look)
        ticks.start()
        ask()
        ticks.stop()
        assert seen, "no dialog for files came"
        assert len(seen) < _MOST_TRIES, f"the dialog did not take {path}"


def _place(box: QComboBox, said: object) -> int:
    place = max(box.findData(said), box.findText(str(said)))
    assert place >= 0, f"the box has no {said}"
    return place


def press(key: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> None:
    """A key where keys go now: to the popup that is open, else to what has the focus."""
    QTest.keyClick(_taker(), key, held)


def write(text: str) -> None:
    """Letter by letter; what is not on the keys comes from an input method, as Chinese does."""
    for letter in text:
        if letter == "\n":
            press(Key.Key_Return)
            continue
        if letter.isascii():
            QTest.keyClicks(_taker(), letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(QApplication.focusWidget(), event)


def _taker() -> QWidget:
    """Where Qt sends keys."""
    popup, target = QApplication.activePopupWidget(), QApplication.focusWidget()
    if popup is not None and (target is None or not popup.isAncestorOf(target)):
        target = popup
    target = target or QApplication.activeWindow()
    assert target is not None, "nothing takes keys"
    return target
