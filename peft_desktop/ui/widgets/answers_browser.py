"""The judged rows of tagging, extraction, questions, generation and several labels, one by one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ..answers import BOUNDS, LABELS, MISSED, STATES, TEXT, WRONG, kind_of
from ..judged_answers import ANSWER_COLUMNS, WRONG_ROWS, AnswerRows
from ..wording import number, plain
from .answer_looks import legend, word_of
from .data_table import DataTable
from .items_table import ItemsTable
from .side_by_side import SideBySide
from .span_text import SpanText

_NAME_SHOWN = 40


class AnswersBrowser(QWidget):
    """Rows above, the chosen row below: its text with what was found, and the same as a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: AnswerRows | None = None
        self._head = plain(QLabel(self))
        self.state, self.name = QComboBox(self), QComboBox(self)
        self._state_head, self._name_head = QLabel(self), QLabel(self)
        self._state_head.setBuddy(self.state)
        self._name_head.setBuddy(self.name)
        for box in (self.state, self.name):
            box.currentIndexChanged.connect(self._refresh)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.table = DataTable(self, roles=False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.selectionModel().currentChanged.connect(self._show_row)
        self.table.text_model.modelReset.connect(self._show_row)
        self.question, self._legend = plain(QLabel(self)), plain(QLabel(self))
        self.question.setWordWrap(True)
        self.text, self.items = SpanText(self), ItemsTable(self)
        self.items.picked.connect(self.text.show_item)
        self.texts = SideBySide(self)
        self._below = QStackedWidget(self)
        self._below.addWidget(self._marked())
        self._below.addWidget(self.texts)
        bar = QHBoxLayout()
        bar.addWidget(self._head, 1)
        for widget in (self._state_head, self.state, self._name_head, self.name):
            bar.addWidget(widget)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.addWidget(self.table)
        halves.addWidget(self._below)
        halves.setChildrenCollapsible(False)
        halves.setSizes([130, 170])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(bar)
        layout.addWidget(halves, 1)
        self.retranslate()

    def _marked(self) -> QWidget:
        left, marked = QWidget(self), QSplitter(Qt.Orientation.Horizontal, self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (self.question, self.text, self._legend):
            column.addWidget(widget)
        column.setStretchFactor(self.text, 1)
        marked.addWidget(left)
        marked.addWidget(self.items)
        marked.setChildrenCollapsible(False)
        marked.setSizes([640, 480])
        return marked

    def show_rows(self, rows: AnswerRows | None) -> None:
        self._rows = rows
        self._fill()

    @Slot(str)
    def pick(self, name: str) -> None:
        """Only rows with this type, field or label."""
        place = self.name.findData(name)
        if place >= 0:
            self.name.setCurrentIndex(place)

    @property
    def count(self) -> int:
        return self.table.text_model.rowCount()

    @property
    def row(self) -> int:
        """The place of the chosen row among the judged ones, -1 for none."""
        index = self.table.currentIndex()
        return self.table.text_model.position(index.row()) if index.isValid() else -1

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        below = (self.text, self.items, *self.texts.in_order())
        return (self.state, self.name, self.table, *below)

    def _fill(self) -> None:
        rows = self._rows
        self._fill_boxes()
        if rows is None:
            self.table.text_model.set_table(None)
            self._refresh()
            return
        names = self._names(rows)
        self.table.text_model.set_table(
            rows.shown.rename_columns(names),
            rows.full.rename_columns(names),
            numeric=(names[0], names[4]),
        )
        self.table.refresh_columns({})
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnHidden(4, all(each != each for each in rows.sure))
        for column in (2, 3):
            self.table.setColumnWidth(column, 260)
        self._refresh()
        if self.count:
            self.table.setCurrentIndex(self.table.text_model.index(0, 0))

    def _fill_boxes(self) -> None:
        rows = self._rows
        chosen = self.state.currentData(), self.name.currentData()
        with QSignalBlocker(self.state), QSignalBlocker(self.name):
            self.state.clear()
            self.name.clear()
            self.state.addItem(self.tr("all rows"), "")
            self.name.addItem(self.tr("all"), "")
            if rows is not None:
                wrong = number(rows.count(WRONG_ROWS))
                self.state.addItem(
                    self.tr("with mistakes ({count})").format(count=wrong), WRONG_ROWS
                )
                for state in STATES:
                    count = rows.count(state)
                    if count:
                        said = f"{word_of(state)} ({number(count)})"
                        self.state.addItem(said, state)
                for name in rows.names:
                    short = name if len(name) <= _NAME_SHOWN else name[:_NAME_SHOWN] + "…"
                    self.name.addItem(short, name)
            for box, key in zip((self.state, self.name), chosen, strict=True):
                box.setCurrentIndex(max(0, box.findData(key)))
        named = rows is not None and bool(rows.names)
        for widget in (self._name_head, self.name):
            widget.setVisible(named)
        for box in (self.state, self.name):
            box.setEnabled(rows is not None)

    def _names(self, rows: AnswerRows) -> list[str]:
        said = {
            "row": self.tr("Row"),
            "text": self.tr("Text"),
            "label": self.tr("In the data"),
            "predicted": self.tr("Predicted"),
            "probability": self.tr("Probability"),
        }
        return [said[key] for key in ANSWER_COLUMNS]

    @Slot()
    def _refresh(self) -> None:
        rows = self._rows
        if rows is not None:
            state, name = str(self.state.currentData()), str(self.name.currentData())
            self.table.show_positions(rows.positions(state, name))
            if self.count and not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.table.text_model.index(0, 0))
        self._head.setText(self._in_words())
        self._show_row()

    def _in_words(self) -> str:
        if self._rows is None:
            return self.tr("Rows")
        said = self.tr("Rows: {count}").format(count=number(self.count))
        if self._rows.stale:
            said += " " + self.tr("(the project's data is another now, so the texts are not shown)")
        return said

    @Slot()
    def _show_row(self) -> None:
        rows, row = self._rows, self.row
        side_by_side = rows is not None and kind_of(rows.task) == TEXT
        self._below.setCurrentIndex(1 if side_by_side else 0)
        self._below.setVisible(rows is not None and row >= 0)
        if rows is None or row < 0:
            self.text.show_items("", ())
            self.items.show_items("tagging", ())
            return
        if side_by_side:
            before = None if rows.untrained is None else rows.untrained[row]
            self.texts.show_texts(rows.texts[row], rows.gold[row], before, rows.predicted[row])
            return
        items = rows.items(row)
        asked = rows.questions[row]
        self.question.setText(self.tr("Question: {question}").format(question=asked))
        self.question.setVisible(bool(asked))
        self.text.show_items(rows.texts[row], () if kind_of(rows.task) == LABELS else items)
        self.items.show_items(rows.task, items)
        held = {item.state for item in items}
        answer_apart = WRONG in held and rows.task == "question_answering"
        if BOUNDS in held or answer_apart:  # the sign of the place where the gold lies
            held.add(MISSED)
        there = [state for state in STATES if state in held]
        self._legend.setText(legend(there) if there else self.tr("Nothing to find here."))

    def retranslate(self) -> None:
        self._state_head.setText(self.tr("Sho&w:"))
        self.state.setAccessibleName(self.tr("Which rows to show"))
        self.state.setToolTip(
            self.tr(
                "Rows with something of this kind: missed (in the data only), too much (predicted "
                "only), other type or other bounds than in the data, right."
            )
        )
        self._name_head.setText(self.tr("T&ype:"))
        self.name.setAccessibleName(self.tr("Rows with this type, field or label"))
        self.name.setToolTip(self.tr("Only rows in which this type, field or label occurs."))
        self.table.setAccessibleName(self.tr("Judged rows"))
        self.table.setToolTip(
            self.tr("One line a row, wrong ones first; the chosen one is shown below.")
        )
        self._fill()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
