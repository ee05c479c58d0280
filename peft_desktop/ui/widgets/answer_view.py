"""What a model answers to one text: spans in it, fields, labels, or a text as it is written."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ...core.fields import fields_of
from ...tasks import TASKS
from ..answers import FIELDS, SPANS, TEXT, Item, kind_of, told
from ..predicting_desk import chances_of
from .fields_form import FieldsForm
from .items_table import ItemsTable
from .probability_bars import ProbabilityBars
from .span_text import SpanText
from .tabs import Tabs

_NOT_ASKED = ("look_rows",)  # settings of a training


class AnswerView(QWidget):
    """`show_model(task, labels, settings)`, then `show_answer(text, row)` or `show_written(text)`.

    `asked()`: the user wants a text written now; `stop_asked()`: no more of it.
    """

    asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = "tagging"
        self.settings: dict[str, Any] = {}
        self._writing = False
        self.text, self.items = SpanText(self), ItemsTable(self)
        self.items.picked.connect(self.text.show_item)
        self.json = QPlainTextEdit(self)
        self.bars = ProbabilityBars(self)
        self.written = QPlainTextEdit(self)
        for edit in (self.json, self.written):
            edit.setReadOnly(True)
            edit.setTabChangesFocus(True)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._clicked)
        self.form: FieldsForm | None = None
        self._form_place = QScrollArea(self)
        self._form_place.setWidgetResizable(True)
        self._form_place.setFrameShape(QFrame.Shape.NoFrame)
        self._form_place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget(self)
        for page in (self._marked(), self.bars, self._playground()):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack, 1)
        self.retranslate()

    def _marked(self) -> QWidget:
        self.tabs = Tabs(self)
        self.tabs.addTab(self.items, "")
        self.tabs.addTab(self.json, "")
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.addWidget(self.text)
        halves.addWidget(self.tabs)
        halves.setChildrenCollapsible(False)
        return halves

    def _playground(self) -> QWidget:
        inside = QWidget(self)
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addStretch(1)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.written, 3)
        layout.addWidget(self._form_place, 2)
        return inside

    @property
    def writes(self) -> bool:
        """Whether the answer is a text that is written when it is asked for."""
        return kind_of(self.task) == TEXT

    def show_model(self, task: str, labels: list[str], settings: dict[str, Any]) -> None:
        """Another model; `settings` are its run's, which the form starts from."""
        self.task, self.settings = task, {}
        kind = kind_of(task)
        self._stack.setCurrentIndex(2 if kind == TEXT else 0 if kind in (SPANS, FIELDS) else 1)
        self.bars.set_labels(labels, task == "several_labels")
        self.tabs.setTabVisible(1, kind == FIELDS)
        self._draw_form(settings)
        self.show_answer("", {})

    def _draw_form(self, settings: dict[str, Any]) -> None:
        if self.form is not None:
            self._form_place.takeWidget()
            self.form.deleteLater()
            self.form = None
        found = next((task for task in TASKS if task.name == self.task), None)
        if not self.writes or found is None or not fields_of(found.settings):
            return
        self.form = FieldsForm(found.settings, self, without=_NOT_ASKED)
        self.form.set_values(settings, True)
        self.form.edited.connect(self._set)
        self._form_place.setWidget(self.form)

    @Slot(str, object)
    def _set(self, name: str, value: Any) -> None:
        self.settings[name] = value

    def show_answer(self, text: str, row: dict[str, Any]) -> str:
        """The answer's columns to `text` ({}: none yet); the answer in a few words."""
        cell = str(row.get("predicted_label") or "")
        if self.writes:
            self.written.setPlainText(cell)
            return ""
        items = told(self.task, text, cell) if row else []
        given = {item.predicted.name for item in items if item.predicted is not None}
        self.bars.show_chances(chances_of(row), given)
        self.text.show_items(text, items)
        self.items.show_items(self.task, items, judged=False)
        self.json.setPlainText(_pretty(cell))
        return self._in_words(items) if row else ""

    def show_written(self, text: str) -> None:
        """The answer as far as it is written."""
        self.written.setPlainText(text)
        bar = self.written.verticalScrollBar()
        bar.setValue(bar.maximum())

    def show_state(self, ready: bool, writing: bool, waits_for: str) -> None:
        """Whether there is something to write from, and what stands in the way."""
        self._writing = writing
        self._ready, self._waits_for = ready, waits_for
        self._tell()

    _ready, _waits_for = False, ""

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as one reads."""
        rows = [] if self.form is None else [row.editor for row in self.form.rows.values()]
        marked = (self.text, self.tabs.tabBar(), self.items, self.json)
        return (*marked, self.bars, self.button, self.written, *rows)

    def _in_words(self, items: list[Item]) -> str:
        found = [item.predicted for item in items if item.predicted is not None]
        if self.task == "question_answering":
            return found[0].text if found else self.tr("Not in the text")
        if self.task == "several_labels":
            return ", ".join(piece.name for piece in found) or self.tr("None of the labels")
        if self.task == "extraction":
            return self.tr("Fields found: {count}").format(count=len(found))
        return self.tr("Entities found: {count}").format(count=len(found))

    @Slot()
    def _clicked(self) -> None:
        if self._writing:
            self.stop_asked.emit()
        else:
            self.asked.emit()

    def _tell(self) -> None:
        if self._writing:
            said = self.tr("&Stop writing")
        elif self._waits_for:
            said = self.tr("Wait: {work}").format(work=self._waits_for)
        else:
            said = self.tr("&Write") if self._ready else self.tr("Type a text first")
        self.button.setText(said)
        self.button.setAccessibleName(said.replace("&", ""))
        self.button.setEnabled(self._writing or (self._ready and not self._waits_for))

    def retranslate(self) -> None:
        self.button.setToolTip(
            self.tr("Lets the model write its answer to the text (Ctrl+Return); Stop ends it.")
        )
        self.written.setAccessibleName(self.tr("The answer as it is written"))
        self.written.setToolTip(
            self.tr("What the model writes, token by token; Ctrl+C copies what is selected.")
        )
        self.written.setPlaceholderText(self.tr("The answer appears here as it is written."))
        self.json.setAccessibleName(self.tr("The fields as JSON"))
        self.json.setToolTip(self.tr("The fields as JSON, ready to copy."))
        self.tabs.setTabText(0, self.tr("As a ta&ble"))
        self.tabs.setTabText(1, "&JSON")
        self.tabs.setAccessibleName(self.tr("Table or JSON"))
        self._form_place.setAccessibleName(self.tr("How the answer is written"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _pretty(cell: str) -> str:
    try:
        return json.dumps(json.loads(cell), ensure_ascii=False, indent=2)
    except ValueError:
        return cell
