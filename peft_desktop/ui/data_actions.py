"""What can be done to the rows by keys and from the Data menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from .widgets.data_view import DataView
from .wording import tip


@dataclass(frozen=True, slots=True)
class _Doing:
    keys: str
    do: Callable[[], None]
    always: bool = False  # also without a project


class DataActions(QObject):
    """The actions of `page`, done on `view`; they stand in the menu of the page."""

    def __init__(self, page: QWidget, view: DataView, paste: Callable[[], None]) -> None:
        super().__init__(page)
        self._open = False
        self._page = page
        doings = (
            _Doing("Ctrl+V", paste, always=True),
            _Doing("Ctrl+F", view.go_to_search),
            _Doing("Ctrl+R", view.table.ask_role),
            _Doing("Ctrl+Shift+O", view.table.sort_here),
            _Doing("Ctrl+Shift+F", view.table.only_here),
            _Doing("Ctrl+Shift+A", view.show_all),
            _Doing("Ctrl+D", view.open_row),
            _Doing("", view.bar.show_rejected),
        )
        self._doings = doings
        self._actions = [QAction(page) for _ in doings]
        for action, doing in zip(self._actions, doings, strict=True):
            action.setShortcut(QKeySequence(doing.keys))
            action.triggered.connect(doing.do)
            page.addAction(action)
        page.installEventFilter(self)
        self.retranslate()

    def set_open(self, is_open: bool) -> None:
        """Whether there are rows to do something to."""
        self._open = is_open
        self.retranslate()

    def retranslate(self) -> None:
        texts = (
            (
                self.tr("&Paste as a new project..."),
                self.tr("Imports what you copied in a spreadsheet or an editor as a new project."),
            ),
            (self.tr("&Search the rows"), self.tr("Goes to the search field over the table.")),
            (
                self.tr("&Role of the column..."),
                self.tr("Says what the column of the current cell is for: text, label, group ..."),
            ),
            (
                self.tr("S&ort by the column"),
                self.tr(
                    "Sorts by the column of the current cell: rising, falling, then the order of "
                    "the file again. A click on the column's name does the same."
                ),
            ),
            (
                self.tr("&Only rows with this value"),
                self.tr("Shows the rows that have the value of the current cell in its column."),
            ),
            (self.tr("Show &all rows"), self.tr("Lifts the search and all filters.")),
            (
                self.tr("Open the ro&w"),
                self.tr("Shows all of the current row, however long its texts are (Return)."),
            ),
            (
                self.tr("Re&jected rows..."),
                self.tr("Shows the rows that did not fit, with their lines and why."),
            ),
        )
        for doing, action, (text, about) in zip(self._doings, self._actions, texts, strict=True):
            action.setText(text)
            ready = self._open or doing.always
            action.setEnabled(ready)
            said = about if ready else self.tr("Import data first.")
            action.setToolTip(tip(said))
            action.setStatusTip(said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        page = getattr(self, "_page", None)  # gone where Python is clearing up before Qt does
        if page is not None and watched is page and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return False
