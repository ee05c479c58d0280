"""A table of many rows whose header says, and lets one choose, what each column is for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from .role_header import MOST_BOXES, ROLES, RoleHeader
from .table_model import TextTableModel

__all__ = ["MOST_BOXES", "ROLES", "DataTable", "RoleHeader"]

_WIDEST = 460  # pixels that a column takes by itself
_NARROWEST = 96
_TEXT_AT_LEAST = 280
_COPIED_ROWS = 10_000


class DataTable(QTableView):
    """The rows, as fast as Qt can: fixed heights, no wrapping, nothing asked beyond what shows.

    `role_chosen(column, role)` when the user gives a column a part to play, `order_changed` when
    the rows shall stand in another order (see `order`), `row_opened` by Return or a double click,
    `only_asked(column, value)` for the rows with the value of a cell alone.
    """

    role_chosen = Signal(str, str)
    order_changed = Signal()
    row_opened = Signal()
    only_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, roles: bool = True) -> None:
        super().__init__(parent)
        self._model = TextTableModel(self)
        self.setModel(self._model)
        self.header: RoleHeader | None = None
        if roles:
            self.header = RoleHeader(self)
            self.header.chosen.connect(self.role_chosen)
            self.header.sorted.connect(self.order_changed)
            self.setHorizontalHeader(self.header)
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            self.customContextMenuRequested.connect(self._on_menu)
        else:
            self.horizontalHeader().setDefaultAlignment(
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            )
            self.horizontalHeader().setHighlightSections(False)
            self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.doubleClicked.connect(self.row_opened)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 8)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows.setHighlightSections(False)

    @property
    def text_model(self) -> TextTableModel:
        return self._model

    def set_roles(self, roles: dict[str, str]) -> None:
        if self.header is not None:
            self.header.set_roles(roles)

    def refresh_columns(self, roles: dict[str, str]) -> None:
        """After another table was set: boxes and widths anew."""
        if self.header is not None:
            self.header.clear_order()
            self.header.set_columns(self._model.names, roles)
        self._fit_columns(roles)

    @property
    def order(self) -> tuple[str | None, bool]:
        """The column that the rows shall be sorted by (None: the file's order), and if falling."""
        section, falling = self.header.order if self.header is not None else (-1, False)
        names = self._model.names
        return (names[section], falling) if 0 <= section < len(names) else (None, False)

    @Slot()
    def sort_here(self) -> None:
        """Sort by the column of the current cell: rising, falling, and back to the file's order."""
        if self.header is not None and self._model.names:
            self.header.turn_order(max(0, self.currentIndex().column()))

    @Slot()
    def only_here(self) -> None:
        """Ask for the rows that have the value of the current cell in its column."""
        index = self.currentIndex()
        if index.isValid():
            self.only_asked.emit(self._model.names[index.column()], self._model.full_text(index))

    def show_positions(self, positions: Any) -> None:
        """These rows (positions in the whole table), None for all; the first one is current."""
        column = self.currentIndex().column()
        across = self.horizontalScrollBar().value()
        self._model.set_rows(positions)
        self.scrollToTop()
        if column >= 0 and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, column))
        self.horizontalScrollBar().setValue(across)

    def current_text(self, most: int) -> tuple[str, int]:
        """The first `most` characters of the current cell, and its whole length."""
        index = self.currentIndex()
        return self._model.full_text(index, most), self._model.full_length(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.row_opened.emit()
            return
        super().keyPressEvent(event)

    def copy(self) -> None:
        """The selected rows as tab-separated text on the clipboard."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = []
        for row in rows[:_COPIED_ROWS]:
            cells = [
                self._model.full_text(self._model.index(row, column))
                for column in range(self._model.columnCount())
            ]
            lines.append("\t".join(" ".join(cell.split()) for cell in cells))
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _fit_columns(self, roles: dict[str, str]) -> None:
        """Widths from the first rows: what shows at once is measured, not all of it."""
        metrics = self.fontMetrics()
        columns, rows = self._model.columnCount(), min(50, self._model.rowCount())
        widths: list[int] = []
        for column in range(min(columns, MOST_BOXES)):
            wide = metrics.horizontalAdvance(self._model.names[column][:60]) + 24
            for row in range(rows):
                text = self._model.data(self._model.index(row, column))
                wide = max(wide, metrics.horizontalAdvance(text[:80]) + 16)
            widest = _WIDEST if roles.get(self._model.names[column]) == "text" else _WIDEST // 2
            widths.append(max(_NARROWEST, min(wide, widest)))
        self._widen_text(widths, roles)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def _widen_text(self, widths: list[int], roles: dict[str, str]) -> None:
        """The text column takes the room that is left, or gives some up to the others."""
        names = self._model.names
        texts = [place for place, name in enumerate(names) if roles.get(name) == "text"]
        text = texts[-1] if texts else None
        if text is None or len(names) > len(widths):
            return
        bar = self.verticalScrollBar()
        room = self.viewport().width() - sum(widths)
        room -= 0 if bar.isVisible() else bar.sizeHint().width()
        widths[text] = max(_TEXT_AT_LEAST, widths[text] + room)

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        """The role menu of the column under the mouse, or of the current one by the menu key."""
        index = self.indexAt(at)
        if not index.isValid():
            index = self.currentIndex()
        menu = self.role_menu(index)
        if menu is not None:
            menu.popup(self.viewport().mapToGlobal(at))

    @Slot()
    def ask_role(self) -> None:
        """The role menu of the column of the current cell, or of the first."""
        index = self.currentIndex()
        index = index if index.isValid() else self._model.index(0, 0)
        menu = self.role_menu(index)
        if menu is not None:
            menu.popup(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def role_menu(self, index: QModelIndex) -> QMenu | None:
        if not index.isValid() or self.header is None:
            return None
        name = self._model.names[index.column()]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = name if len(name) <= 40 else name[:40] + "…"
        title = menu.addAction(
            self.tr('The column "{name}" is').format(name=shown.replace("&", "&&"))
        )
        title.setEnabled(False)
        here = self.header._roles.get(name, "")
        for role, words in self.header.role_titles().items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(role == here)
            action.setData((name, role))
        menu.addSeparator()
        self.setCurrentIndex(index)
        shown = self._model.data(index)
        shown = shown if len(shown) <= 30 else shown[:30] + "…"
        for words, slot in (
            (self.tr("Sort by this column"), self.sort_here),
            (
                self.tr('Only rows with "{value}"').format(value=shown.replace("&", "&&")),
                self.only_here,
            ),
            (self.tr("Open the row"), self.row_opened.emit),
        ):
            menu.addAction(words).triggered.connect(slot)
        menu.triggered.connect(self._on_role)
        return menu

    @Slot(QAction)
    def _on_role(self, action: QAction) -> None:
        if action.data():
            name, role = action.data()
            self.role_chosen.emit(name, role)
