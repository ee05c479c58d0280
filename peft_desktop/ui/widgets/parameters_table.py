"""Named constants of the template: a name, a value, add and remove."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGroupBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..wording import plain, tip
from .live_cells import LiveCells, edit_at_a_click

NAME, VALUE = range(2)


class ParametersTable(QGroupBox):
    """`edited(parameters)`: all of them, anew; `renamed(old, new)` where a name was changed."""

    edited = Signal(object)
    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given: dict[str, str] = {}
        self._quiet = False
        self.table = QTableWidget(0, 2, self)
        self.table.setItemDelegateForColumn(VALUE, LiveCells(self.table))
        edit_at_a_click(self.table)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.resizeSection(NAME, 120)
        self.table.setMinimumHeight(
            header.sizeHint().height() + 2 * (self.fontMetrics().height() + 10)
        )
        self.table.itemChanged.connect(self._on_changed)
        self.table.itemSelectionChanged.connect(self._dead_or_alive)
        self.add_button = QPushButton(self)
        self.add_button.clicked.connect(self._add)
        self.remove_button = QPushButton(self)
        self.remove_button.clicked.connect(self._remove)
        self._label = plain(QLabel(self))
        self._label.setBuddy(self.table)
        top = QHBoxLayout()
        top.addWidget(self._label, 1)
        top.addWidget(self.add_button)
        top.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        QWidget.setTabOrder(self.add_button, self.remove_button)
        QWidget.setTabOrder(self.remove_button, self.table)
        self.retranslate()

    def set_parameters(self, parameters: Mapping[str, str]) -> None:
        if dict(parameters) == self._given and self.table.rowCount() == len(parameters):
            return
        self._quiet = True
        same_names = list(parameters) == list(self._given)
        self._given = dict(parameters)
        if not same_names or self.table.rowCount() != len(parameters):
            self.table.setRowCount(len(parameters))
            for row, name in enumerate(parameters):
                self.table.setItem(row, NAME, QTableWidgetItem(name))
                self.table.setItem(row, VALUE, QTableWidgetItem())
        for row, value in enumerate(parameters.values()):
            item = self.table.item(row, VALUE)
            if item is not None and item.text() != value:
                item.setText(value)
        self._quiet = False
        self._dead_or_alive()

    def add(self, name: str) -> None:
        """A parameter of that name, whose value is asked for at once."""
        if name not in self._given:
            self.edited.emit({**self._given, name: ""})
        row = list(self._given).index(name) if name in self._given else -1
        if row >= 0:
            self._ask_for(row, VALUE)

    def retranslate(self) -> None:
        self.setTitle(self.tr("Parameters"))
        self._label.setText(self.tr("Constants for ever&y row"))
        self.table.setAccessibleName(self.tr("Parameters of the template"))
        self.table.setToolTip(
            self.tr(
                "A parameter is a text that is the same in every row, such as the keyword to look "
                "for; write its name in braces in the template."
            )
        )
        self.table.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Value")])
        self.add_button.setText(self.tr("Add"))
        self.add_button.setAccessibleName(self.tr("Add a parameter"))
        self.add_button.setToolTip(self.tr("Adds a parameter; then type its name and its value."))
        self.remove_button.setText(self.tr("Remove"))
        self.remove_button.setAccessibleName(self.tr("Remove the chosen parameter"))
        self._dead_or_alive()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(QTableWidgetItem)
    def _on_changed(self, item: QTableWidgetItem) -> None:
        if self._quiet:
            return
        names = list(self._given)
        old = names[item.row()]
        if item.column() == VALUE:
            self.edited.emit({**self._given, old: item.text()})
            return
        new = item.text().strip()
        if not new or new in self._given or set(new) & set("{}"):
            self._quiet = True
            item.setText(old)
            self._quiet = False
        else:
            self.renamed.emit(old, new)

    @Slot()
    def _add(self) -> None:
        number = 1
        while f"parameter{number}" in self._given:
            number += 1
        name = f"parameter{number}"
        self.edited.emit({**self._given, name: ""})
        if name in self._given:
            self._ask_for(list(self._given).index(name), NAME)

    def _ask_for(self, row: int, column: int) -> None:
        self.table.setFocus()
        self.table.setCurrentCell(row, column)
        self.table.edit(self.table.model().index(row, column))

    @Slot()
    def _remove(self) -> None:
        row = self.table.currentRow()
        names = list(self._given)
        if 0 <= row < len(names):
            self.edited.emit({n: v for n, v in self._given.items() if n != names[row]})

    @Slot()
    def _dead_or_alive(self) -> None:
        chosen = 0 <= self.table.currentRow() < len(self._given)
        self.remove_button.setEnabled(chosen)
        names = list(self._given)
        self.remove_button.setToolTip(
            tip(
                self.tr("Removes the parameter “{name}”.").format(
                    name=names[self.table.currentRow()][:100]
                )
            )
            if chosen
            else self.tr("Choose a parameter in the table first.")
        )
