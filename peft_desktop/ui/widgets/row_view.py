"""One row in full: every column, and a text of any length in pieces that can be turned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ..wording import number, plain, tip

PIECE = 20_000  # characters; Qt lays out a line of 10 MB for minutes
_NAME_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Rows:
    """What the view may ask of a table: its columns, how many rows show, where a row stands in
    the file (from 0), a cell's first characters from a place on, and a cell's length."""

    columns: list[str]
    count: int
    position: Callable[[int], int]
    text: Callable[[int, int, int, int], str]  # row, column, from, to
    length: Callable[[int, int], int]


class RowView(QDialog):
    """Shows row `row` and column `column` of `rows` first; goes on to others by keys."""

    def __init__(self, rows: Rows, row: int, column: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._row = rows, row
        self._head = plain(QLabel(self))
        self.columns = QListWidget(self)
        for name in rows.columns:
            short = " ".join(name[: 4 * _NAME_SHOWN].split())[:_NAME_SHOWN]
            item = QListWidgetItem(short + ("…" if len(name) > _NAME_SHOWN else ""))
            item.setToolTip(tip(name))
            self.columns.addItem(item)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.piece = QSpinBox(self)
        self.piece.setKeyboardTracking(False)
        self._pieces = plain(QLabel(self))
        self._piece_head = QLabel(self)
        self._piece_head.setBuddy(self.piece)
        self.back, self.on, self.copy_button = (QPushButton(self) for _ in range(3))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        for keys, slot in (
            ("Alt+Left", self.show_before),
            ("Alt+Right", self.show_next),
            ("Ctrl+Shift+C", self.copy),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.back.clicked.connect(self.show_before)
        self.on.clicked.connect(self.show_next)
        self.copy_button.clicked.connect(self.copy)
        self.columns.currentRowChanged.connect(self._first_piece)
        self.piece.valueChanged.connect(self._show_piece)
        self.resize(860, 520)
        self.retranslate()
        self.columns.setCurrentRow(max(0, column))
        self.text.setFocus()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.columns)
        halves.addWidget(self.text)
        halves.setStretchFactor(1, 1)
        halves.setSizes([190, 650])
        below = QHBoxLayout()
        for widget in (self.back, self.on, self._piece_head, self.piece, self._pieces):
            below.addWidget(widget)
        below.addStretch(1)
        below.addWidget(self.copy_button)
        below.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(self._head)
        layout.addWidget(halves, 1)
        layout.addLayout(below)

    @property
    def row(self) -> int:
        """The row that shows, as the table counts."""
        return self._row

    @Slot()
    def show_before(self) -> None:
        self._go(self._row - 1)

    @Slot()
    def show_next(self) -> None:
        self._go(self._row + 1)

    def _go(self, row: int) -> None:
        if 0 <= row < self._rows.count:
            self._row = row
            self._first_piece()

    @Slot()
    def copy(self) -> None:
        """The whole text, however long, on the clipboard."""
        column = self.columns.currentRow()
        length = self._rows.length(self._row, column)
        QGuiApplication.clipboard().setText(self._rows.text(self._row, column, 0, length))

    @Slot()
    def _first_piece(self) -> None:
        length = self._rows.length(self._row, self.columns.currentRow())
        count = max(1, -(-length // PIECE))
        blocked = self.piece.blockSignals(True)
        self.piece.setRange(1, count)
        self.piece.setValue(1)
        self.piece.blockSignals(blocked)
        for widget in (self._piece_head, self.piece, self._pieces):
            widget.setVisible(count > 1)
        self._tell()
        self._show_piece()

    @Slot()
    def _show_piece(self) -> None:
        start = (self.piece.value() - 1) * PIECE
        column = self.columns.currentRow()
        self.text.setPlainText(self._rows.text(self._row, column, start, start + PIECE))

    def _tell(self) -> None:
        place = number(self._rows.position(self._row) + 1)
        self.setWindowTitle(self.tr("Row {number}").format(number=place))
        column = max(0, self.columns.currentRow())
        length = self._rows.length(self._row, column) if self._rows.columns else 0
        self._head.setText(
            self.tr("Row {number} of the file; this text has {length} characters").format(
                number=place, length=number(length)
            )
        )
        self._pieces.setText(self.tr("of {count}").format(count=number(self.piece.maximum())))
        self.back.setEnabled(self._row > 0)
        self.on.setEnabled(self._row + 1 < self._rows.count)

    def retranslate(self) -> None:
        self.back.setText(self.tr("Row &before"))
        self.back.setToolTip(self.tr("The row above in the table (Alt+Left)."))
        self.on.setText(self.tr("&Next row"))
        self.on.setToolTip(self.tr("The row below in the table (Alt+Right)."))
        self.copy_button.setText(self.tr("&Copy all"))
        self.copy_button.setToolTip(
            self.tr("Copies the whole text, not only what shows (Ctrl+Shift+C).")
        )
        self._piece_head.setText(self.tr("&Part"))
        self.piece.setToolTip(
            self.tr("A very long text shows in parts of {count} characters.").format(
                count=number(PIECE)
            )
        )
        self.piece.setAccessibleName(self.tr("Part of the text"))
        self.columns.setAccessibleName(self.tr("Columns"))
        self.columns.setToolTip(self.tr("The columns of the table; choose one to read its text."))
        self.text.setAccessibleName(self.tr("The whole text of the cell"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
