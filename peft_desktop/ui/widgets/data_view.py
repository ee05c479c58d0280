"""The rows of a project and what there is to know about them, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ..project_rows import NO_SPLIT, Facts, ProjectRows, Search
from ..wording import number, plain
from .class_bars import ClassBars
from .data_table import DataTable
from .import_bar import ImportBar
from .length_histogram import LengthHistogram
from .split_box import SplitBox

_LONGEST_TEXT = 20_000  # characters of a cell under the table
_MOST_LABELS = 500  # in the filter


class DataView(QWidget):
    """Shows `ProjectRows` and `Facts`; `search_changed` when the filters are new."""

    search_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: ProjectRows | None = None
        self._facts: Facts | None = None
        self._shown = 0
        self._waiting = True
        self.bar = ImportBar(self)
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
        self.classes.picked.connect(self._on_picked)
        self.text.textChanged.connect(self.search_changed)
        for box in (self.column, self.in_split, self.in_label):
            box.activated.connect(self.search_changed)
        self._find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        self._find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._find.activated.connect(self._on_find)
        self.clear()

    def _left(self) -> QWidget:
        self.text = QLineEdit(self)
        self.text.setClearButtonEnabled(True)
        self.column, self.in_split, self.in_label = (QComboBox(self) for _ in range(3))
        self._heads = [plain(QLabel(self)) for _ in range(4)]
        self._count = plain(QLabel(self))
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        fields = (self.text, self.column, self.in_split, self.in_label)
        for head, field in zip(self._heads, fields, strict=True):
            head.setBuddy(field)
            row.addWidget(head)
            row.addWidget(field, 2 if field is self.text else 1)
        for box in (self.column, self.in_split, self.in_label):
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        row.addWidget(self._count)
        half = QWidget(self)
        layout = QVBoxLayout(half)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
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
        order: list[QWidget] = [self.text, self.column, self.in_split, self.in_label]
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
        self.text.clear()
        self.retranslate()

    def set_waiting(self, waiting: bool) -> None:
        self._waiting = waiting
        self._tell_count()

    def show_rows(self, rows: ProjectRows, roles: dict[str, str], folder: Path) -> None:
        self._rows, self._waiting = rows, False
        self.bar.set_rows(rows, folder)
        self.table.text_model.set_table(rows.shown, rows.table)
        self.table.refresh_columns(roles)
        self._order_tabs()
        self._shown = rows.table.num_rows
        self.retranslate()

    def set_roles(self, roles: dict[str, str]) -> None:
        self.table.set_roles(roles)

    def show_facts(self, facts: Facts) -> None:
        self._facts = facts
        self.classes.set_classes(facts.classes)
        found = facts.lengths
        self.lengths.set_lengths(
            found.edges, found.counts, found.median, found.longest, found.blank
        )
        self._fill_labels()
        self._tell_facts()

    def show_only(self, positions: Any) -> None:
        """The found positions, or None for all rows."""
        if positions is None and self._shown == self.table.text_model.total:
            self._tell_count()
            return
        self.table.text_model.set_rows(positions)
        self._shown = self.table.text_model.rowCount()
        self.cell.clear()
        self._tell_count()

    def search(self) -> Search:
        return Search(
            self.text.text(),
            self.column.currentData(),
            self.in_split.currentData(),
            self.in_label.currentData(),
        )

    # -- texts -----------------------------------------------------------------------------

    def retranslate(self) -> None:
        heads = (self.tr("Search te&xt"), self.tr("i&n"), self.tr("Sp&lit"), self.tr("La&bel"))
        for head, words in zip(self._heads, heads, strict=True):
            head.setText(words)
        self.text.setPlaceholderText(self.tr("part of a text"))
        names = (
            (self.text, self.tr("Search"), self.tr("Shows the rows that hold these characters.")),
            (self.column, self.tr("Search in"), self.tr("The column that is searched.")),
            (
                self.in_split,
                self.tr("Rows of the split"),
                self.tr("Train teaches, validation chooses the best step, test judges."),
            ),
            (
                self.in_label,
                self.tr("Rows with the label"),
                self.tr("Shows the rows with one label only."),
            ),
            (self.table, self.tr("Rows"), ""),
            (
                self.cell,
                self.tr("The whole text of the cell"),
                self.tr("The whole text of the cell that is chosen in the table."),
            ),
        )
        for widget, name, tip in names:
            widget.setAccessibleName(name)
            widget.setToolTip(tip)
        self.cell.setPlaceholderText(self.tr("Choose a cell to read all of it here."))
        self._length_head.setText(self.tr("Len&gth of the texts, in characters"))
        self._fill_columns()
        self._fill_splits()
        self._fill_labels()
        self._tell_count()
        self._tell_facts()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fill(self, box: QComboBox, items: list[tuple[str, Any]]) -> None:
        chosen = box.currentData()
        box.clear()
        for title, value in items:
            box.addItem(title, value)
        place = box.findData(chosen) if chosen is not None else 0
        box.setCurrentIndex(max(0, place))

    def _fill_columns(self) -> None:
        names = self._rows.columns if self._rows is not None else []
        self._fill(self.column, [(self.tr("all columns"), None), *((n, n) for n in names)])

    def _fill_splits(self) -> None:
        items = [
            (self.tr("all"), None),
            (self.tr("train"), "train"),
            (self.tr("validation"), "valid"),
            (self.tr("test"), "test"),
            (self.tr("unused"), NO_SPLIT),
        ]
        self._fill(self.in_split, items)

    def _fill_labels(self) -> None:
        classes = self._facts.classes if self._facts is not None else []
        labels = [(" ".join(name[:80].split()), name) for name, _ in classes[:_MOST_LABELS]]
        before = self.in_label.currentData()
        self._fill(self.in_label, [(self.tr("all"), None), *labels])
        if self.in_label.currentData() != before:
            self.search_changed.emit()

    def _tell_facts(self) -> None:
        text = self.tr("Label &counts")
        if self._facts is not None:
            text = self.tr("Label &counts: {count} labels").format(
                count=number(len(self._facts.classes))
            )
            if self._facts.unlabelled:
                text += self.tr("; {count} rows without").format(
                    count=number(self._facts.unlabelled)
                )
        self._class_head.setText(text)

    def _tell_count(self) -> None:
        total = self.table.text_model.total
        if self._waiting:
            text = self.tr("Reading...")
        elif self._shown == total:
            text = self.tr("{count} rows").format(count=number(total))
        else:
            text = self.tr("{count} of {total} rows").format(
                count=number(self._shown), total=number(total)
            )
        self._count.setText(text)

    # -- slots -----------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        if not current.isValid():
            self.cell.clear()
            return
        text, length = self.table.current_text(_LONGEST_TEXT)
        if length > _LONGEST_TEXT:
            text += self.tr("\n… {count} more characters").format(
                count=number(length - _LONGEST_TEXT)
            )
        self.cell.setPlainText(text)

    @Slot(str)
    def _on_picked(self, label: str) -> None:
        place = self.in_label.findData(label)
        if place >= 0:
            self.in_label.setCurrentIndex(place)
            self.search_changed.emit()

    @Slot()
    def _on_find(self) -> None:
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()
