"""The rows of a project and what there is to know about them, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ..project_rows import Facts, ProjectRows, Search
from ..wording import number, plain
from .class_bars import ClassBars
from .data_table import DataTable
from .import_bar import ImportBar
from .length_histogram import LengthHistogram
from .row_search import RowSearch
from .row_view import RowView
from .split_box import SplitBox

_LONGEST_TEXT = 2_000  # characters of a cell under the table: what shows at once while moving


class DataView(QWidget):
    """Shows `ProjectRows` and `Facts`; `search_changed` when the filters are new."""

    search_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: ProjectRows | None = None
        self._facts: Facts | None = None
        self._shown = 0
        self._waiting = True
        self._labelled = False
        self._task = "classification"
        self.bar = ImportBar(self)
        self.rows_search = RowSearch(self)
        self.table = DataTable(self)
        self.cell = QPlainTextEdit(self)
        self.cell.setReadOnly(True)
        self.cell.setTabChangesFocus(True)
        self.cell.setFixedHeight(self.fontMetrics().height() * 4 + 12)
        self.classes = ClassBars(self)
        self.lengths = LengthHistogram(self)
        self.split = SplitBox(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._left())
        halves.addWidget(self._right())
        halves.setStretchFactor(0, 1)
        halves.setStretchFactor(1, 0)
        halves.setSizes([860, 300])
        layout.addWidget(halves, 1)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.classes.picked.connect(self.rows_search.pick_label)
        self.rows_search.changed.connect(self.search_changed)
        self.table.order_changed.connect(self.search_changed)
        self.table.only_asked.connect(self.rows_search.values.add)
        self.table.row_opened.connect(self.open_row)
        self.clear()

    def _left(self) -> QWidget:
        half = QWidget(self)
        layout = QVBoxLayout(half)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows_search)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.cell)
        return half

    def _right(self) -> QWidget:
        half = QWidget(self)
        half.setMinimumWidth(250)
        layout = QVBoxLayout(half)
        layout.setContentsMargins(4, 0, 0, 0)
        self._class_head, self._length_head = (plain(QLabel(self)) for _ in range(2))
        self._class_head.setBuddy(self.classes)
        self._length_head.setBuddy(self.lengths)
        layout.addWidget(self._class_head)
        layout.addWidget(self.classes, 1)
        layout.addWidget(self._length_head)
        layout.addWidget(self.lengths)
        layout.addWidget(self.split)
        return half

    def _order_tabs(self) -> None:
        """Tab goes as one reads: the search, the header's roles, the table, then the right."""
        header = self.table.header
        order: list[QWidget] = self.rows_search.fields()
        order += header.boxes if header is not None else []
        order += [self.table, self.cell, self.classes, self.lengths, *self.split.fields()]
        for place in range(len(order) - 1):
            QWidget.setTabOrder(order[place], order[place + 1])

    # -- what is shown ---------------------------------------------------------------------

    def clear(self) -> None:
        """Nothing yet; the rows are being read."""
        self._rows = self._facts = None
        self.bar.set_rows(None, None)
        self._waiting = True
        self.table.text_model.set_table(None)
        self.table.refresh_columns({})
        self.classes.set_classes([])
        self.lengths.set_lengths([], [], 0, 0, 0)
        self.cell.clear()
        blocked = self.rows_search.blockSignals(True)
        self.rows_search.clear()
        self.rows_search.set_columns([])
        self.rows_search.set_labels([])
        self.rows_search.blockSignals(blocked)
        self.retranslate()

    def set_waiting(self, waiting: bool) -> None:
        self._waiting = waiting
        self._tell_count()

    def show_rows(self, rows: ProjectRows, roles: dict[str, str], folder: Path) -> None:
        self._rows, self._waiting = rows, False
        self._labelled = "label" in roles.values()
        self.bar.set_rows(rows, folder)
        self.table.text_model.set_table(rows.shown, rows.table)
        self.table.refresh_columns(roles)
        self._order_tabs()
        self._shown = rows.table.num_rows
        self.rows_search.set_columns(rows.columns)
        self.retranslate()

    def set_task(self, task: str) -> None:
        """Name and show what the task has: a question column, classes to count."""
        self._task = task
        if self.table.header is not None:
            self.table.header.set_question(task == "question_answering")
        has_classes = task not in ("question_answering", "generation")
        self.classes.setVisible(has_classes)
        self._class_head.setVisible(has_classes)
        self._tell_facts()

    def set_used(self, names: frozenset[str]) -> None:
        """Columns that the prompt names."""
        if self.table.header is not None:
            self.table.header.set_used(names)

    def set_roles(self, roles: dict[str, str]) -> None:
        self._labelled = "label" in roles.values()
        self.table.set_roles(roles)

    def show_facts(self, facts: Facts) -> None:
        self._facts = facts
        self.classes.set_classes(facts.classes)
        found = facts.lengths
        self.lengths.set_lengths(
            found.edges, found.counts, found.median, found.longest, found.blank
        )
        self.rows_search.set_labels([name for name, _ in facts.classes])
        self._tell_facts()

    def show_only(self, positions: Any) -> None:
        """The found positions, or None for all rows."""
        if positions is None and self.table.text_model.shows_all:
            self._tell_count()
            return
        self.cell.clear()
        self.table.show_positions(positions)
        self._shown = self.table.text_model.rowCount()
        self._tell_count()

    def search(self) -> Search:
        wish = self.rows_search
        column, falling = self.table.order
        return Search(
            wish.text.text(),
            wish.column.currentData(),
            wish.in_split.currentData(),
            wish.in_label.currentData(),
            wish.values.values,
            column,
            falling,
        )

    @Slot()
    def open_row(self) -> None:
        """The row of the current cell in full, in a window of its own."""
        index, model = self.table.currentIndex(), self.table.text_model
        if not index.isValid():
            return
        dialog = RowView(model.as_rows(), index.row(), index.column(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- texts -----------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Rows of the data"))
        self.table.setToolTip(
            self.tr("The rows as they were read; the boxes above say what each column is for.")
        )
        self.table.text_model.about_names = self.tr(
            "A click sorts by this column: rising, falling, then as in the file."
        )
        self.cell.setAccessibleName(self.tr("The text of the cell"))
        self.cell.setToolTip(
            self.tr("The text of the cell that is chosen in the table; Return opens its row.")
        )
        self.cell.setPlaceholderText(
            self.tr("Choose a cell to read it here; Return opens its row.")
        )
        self._length_head.setText(self.tr("Len&gth of the texts, in characters"))
        self._tell_count()
        self._tell_facts()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _tell_facts(self) -> None:
        text, count = self._counts_in_words()
        if self._facts is not None and not self._labelled:
            text = self.tr("Label &counts: choose a label column in the table")
        elif self._facts is not None:
            text = count.format(count=number(len(self._facts.classes)))
            if self._facts.unlabelled:
                text += self.tr("; {count} rows without").format(
                    count=number(self._facts.unlabelled)
                )
        self._class_head.setText(text)

    def _counts_in_words(self) -> tuple[str, str]:
        """What is counted in this task, before and after it is known."""
        if self._task == "tagging":
            return self.tr("Entity type &counts"), self.tr("Rows with each entity type: {count}")
        if self._task == "extraction":
            return self.tr("Field &counts"), self.tr("Rows with each field: {count} fields")
        return self.tr("Label &counts"), self.tr("Label &counts: {count} labels")

    def _tell_count(self) -> None:
        self.rows_search.tell(self._shown, self.table.text_model.total, self._waiting)

    # -- slots -----------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        if not current.isValid():
            self.cell.clear()
            return
        text, length = self.table.current_text(_LONGEST_TEXT)
        if length > _LONGEST_TEXT:
            text += self.tr("\n… {count} more characters; Return opens all of them").format(
                count=number(length - _LONGEST_TEXT)
            )
        self.cell.setPlainText(text)

    @Slot()
    def show_all(self) -> None:
        """All rows again; they stay sorted as they are."""
        self.rows_search.clear()

    @Slot()
    def go_to_search(self) -> None:
        self.rows_search.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.rows_search.text.selectAll()
