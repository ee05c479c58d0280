"""The judged rows: wrong and least sure first, all of them or those of one cell or label."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..judging import AS_STORED, COLUMNS, SURE_FIRST, UNSURE_FIRST, JudgedRows, positions
from ..wording import number, plain
from .data_table import DataTable
from .label_keys import LabelKeys

_ORDERS = (UNSURE_FIRST, SURE_FIRST, AS_STORED)
_LABEL_SHOWN = 40
_MOST_SHOWN = 20_000  # characters of one text


class RowsList(QWidget):
    """`show_rows`, then `pick(gold, predicted)` narrows; `shown_again` when all are back.

    `label_asked`: a number key gave the chosen rows another label, where `set_labels` allows it.
    """

    shown_again = Signal()
    label_asked = Signal(object, str)  # row ids, the label that they shall have

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: JudgedRows | None = None
        self._gold: int | None = None
        self._predicted: int | None = None
        self._head = plain(QLabel(self))
        self.wrong = QCheckBox(self)
        self.wrong.toggled.connect(self._refresh)
        self._order_head = QLabel(self)
        self.order = QComboBox(self)
        for key in _ORDERS:
            self.order.addItem("", key)
        self.order.currentIndexChanged.connect(self._refresh)
        self._order_head.setBuddy(self.order)
        self.all = QPushButton(self)
        self.all.clicked.connect(self.show_all)
        self.table = DataTable(self, roles=False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(False)
        self.keys = LabelKeys(self)
        self.keys.listen(self.table)
        self.keys.picked.connect(self._on_label)
        self.keys.hide()
        self.whole = QPlainTextEdit(self)
        self.whole.setReadOnly(True)
        self.whole.setTabChangesFocus(True)
        self.whole.setMaximumHeight(3 * self.fontMetrics().height() + 14)
        self.table.selectionModel().currentChanged.connect(self._tell_whole)
        self.table.text_model.modelReset.connect(self._tell_whole)
        bar = QHBoxLayout()
        bar.addWidget(self._head, 1)
        for widget in (self.all, self.wrong, self._order_head, self.order):
            bar.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.whole)
        layout.addWidget(self.keys)
        self.retranslate()

    def show_rows(self, rows: JudgedRows | None) -> None:
        self._rows, self._gold, self._predicted = rows, None, None
        self._fill()

    def set_labels(self, labels: list[str]) -> None:
        """The labels that chosen rows can be given by number keys; none: they stay as they are."""
        self.keys.set_labels(labels)
        self.keys.setVisible(bool(labels))

    @Slot(str)
    def _on_label(self, label: str) -> None:
        rows = [index.row() for index in self.table.selectionModel().selectedRows()]
        model = self.table.text_model
        chosen = [int(str(model.full_text(model.index(row, 0)))) - 1 for row in rows]
        if chosen and self._rows is not None:
            self.label_asked.emit(chosen, label)

    def pick(self, gold: int | None, predicted: int | None) -> None:
        """Only rows of this true label and this prediction (places in the labels; None: any)."""
        self._gold, self._predicted = gold, predicted
        self._refresh()

    @Slot()
    def show_all(self) -> None:
        self.wrong.setChecked(False)
        self.pick(None, None)
        self.shown_again.emit()

    @property
    def count(self) -> int:
        return self.table.text_model.rowCount()

    def lines(self) -> list[list[str]]:
        """What stands in the table, for tests and copying."""
        model = self.table.text_model
        return [
            [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        return (*(self.all, self.wrong, self.order, self.table, self.whole), *self.keys.buttons)

    def _fill(self) -> None:
        rows = self._rows
        if rows is None:
            self.table.text_model.set_table(None)
        else:
            names = self._names()
            self.table.text_model.set_table(
                rows.shown.rename_columns(names),
                rows.full.rename_columns(names),
                numeric=(names[0], names[4]),
            )
            self.table.refresh_columns({})
            self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._refresh()

    def _names(self) -> list[str]:
        said = {
            "row": self.tr("Row"),
            "text": self.tr("Text"),
            "label": self.tr("True label"),
            "predicted": self.tr("Predicted"),
            "probability": self.tr("Probability"),
        }
        return [said[key] for key in COLUMNS]

    @Slot()
    def _refresh(self) -> None:
        rows = self._rows
        if rows is not None:
            found = positions(
                rows,
                str(self.order.currentData()),
                self._gold,
                self._predicted,
                self.wrong.isChecked(),
            )
            self.table.text_model.set_rows(found)
        self.all.setVisible(self._gold is not None or self._predicted is not None)
        for widget in (self.wrong, self.order, self._order_head):
            widget.setEnabled(rows is not None)
        self._head.setText(self._in_words())

    @Slot()
    def _tell_whole(self) -> None:
        """The whole text of the current row, for what does not fit into its line."""
        model, current = self.table.text_model, self.table.currentIndex()
        index = model.index(current.row(), COLUMNS.index("text"))
        usable = self._rows is not None and current.isValid() and index.isValid()
        text = model.full_text(index, _MOST_SHOWN) if usable else ""
        self.whole.setPlainText(text)
        self.whole.setVisible(bool(text))

    def _in_words(self) -> str:
        rows = self._rows
        if rows is None:
            return self.tr("Rows")
        count = number(self.count)
        if self._gold is None and self._predicted is None:
            said = self.tr("Rows: {count}").format(count=count)
        elif self._predicted is None:
            said = self.tr("Rows of “{label}”: {count}").format(
                count=count, label=self._label(self._gold)
            )
        elif self._predicted == self._gold:
            said = self.tr("Rows of “{label}” that are right: {count}").format(
                count=count, label=self._label(self._gold)
            )
        else:
            said = self.tr("Rows of “{label}” taken for “{other}”: {count}").format(
                count=count, label=self._label(self._gold), other=self._label(self._predicted)
            )
        if rows.stale:
            said += " " + self.tr("(the project's data is another now, so the texts are not shown)")
        return said

    def _label(self, place: int | None) -> str:
        label = self._rows.labels[place] if self._rows is not None and place is not None else ""
        return label if len(label) <= _LABEL_SHOWN else label[:_LABEL_SHOWN] + "…"

    def retranslate(self) -> None:
        self.wrong.setText(self.tr("&Only wrong ones"))
        self.wrong.setToolTip(self.tr("Leaves out the rows that were predicted right."))
        self._order_head.setText(self.tr("Order &by:"))
        said = {
            UNSURE_FIRST: self.tr("wrong first, least sure on top"),
            SURE_FIRST: self.tr("wrong first, surest on top"),
            AS_STORED: self.tr("as in the table"),
        }
        for place in range(self.order.count()):
            self.order.setItemText(place, said[self.order.itemData(place)])
        self.order.setAccessibleName(self.tr("Order of the rows"))
        self.order.setToolTip(
            self.tr(
                "Least sure: where the model hesitates. Surest and wrong: often a wrong label in "
                "the data, or something the model has learnt badly."
            )
        )
        self.all.setText(self.tr("&Show all rows"))
        self.all.setToolTip(self.tr("Back from the rows of one cell or label to all of them."))
        self.table.setAccessibleName(self.tr("Judged rows"))
        self.table.setToolTip(self.tr("One line a row; the whole text of the chosen one is below."))
        self.whole.setAccessibleName(self.tr("The whole text of the row"))
        self.whole.setToolTip(self.tr("The whole text of the row that is chosen above."))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
