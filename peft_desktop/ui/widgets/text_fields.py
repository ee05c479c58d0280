"""Where a text is typed or pasted: one field a column that the prompt needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ..wording import plain

_NAME_SHOWN = 60  # characters


class TextFields(QWidget):
    """`changed`: something was typed. `row()` gives column -> text."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[str, ...] = ()
        self._main = self._question = ""
        self.edits: list[QPlainTextEdit] = []
        self._heads: list[QLabel] = []
        self.clear_button = QPushButton(self)
        self.clear_button.clicked.connect(self.clear)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignRight)
        self.set_columns(("text",), "text")

    def set_columns(self, columns: tuple[str, ...], main: str, question: str = "") -> None:
        """Other columns; what was typed for a column of the same name, or the main one, stays.

        `question`: the column that holds what is asked of the text.
        """
        if (columns, main, question) == (self._columns, self._main, self._question) and self.edits:
            return
        before = self.row()
        kept = before.get(self._main, "")
        for widget in (*self._heads, *self.edits):
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._columns, self._main, self._question = columns, main, question
        self._heads, self.edits = [], []
        for place, column in enumerate(columns):
            head, edit = plain(QLabel(self)), QPlainTextEdit(self)
            edit.setTabChangesFocus(True)
            edit.setPlainText(before.get(column, kept if column == main else ""))
            edit.textChanged.connect(self.changed)
            head.setBuddy(edit)
            self._layout.insertWidget(2 * place, head)
            self._layout.insertWidget(2 * place + 1, edit, 3 if column == main else 1)
            self._heads.append(head)
            self.edits.append(edit)
        self.retranslate()

    def row(self) -> dict[str, str]:
        return {
            column: edit.toPlainText()
            for column, edit in zip(self._columns, self.edits, strict=True)
        }

    @property
    def main_text(self) -> str:
        """The text itself, of whatever fields stand beside it."""
        return self.row().get(self._main, "")

    @property
    def blank(self) -> bool:
        """Whether there is nothing to predict from."""
        return not any(text.strip() for text in self.row().values())

    @Slot()
    def clear(self) -> None:
        for edit in self.edits:
            edit.clear()
        if self.edits:
            self.edits[0].setFocus()

    def retranslate(self) -> None:
        for column, head, edit in zip(self._columns, self._heads, self.edits, strict=True):
            shown = column if len(column) <= _NAME_SHOWN else column[:_NAME_SHOWN] + "…"
            if len(self._columns) == 1:
                head.setText(self.tr("Te&xt:"))
                edit.setAccessibleName(self.tr("Text"))
            elif self._question and column in (self._main, self._question):
                asks = column == self._question
                said = self.tr("&Question:") if asks else self.tr("Document to as&k:")
                head.setText(said)
                edit.setAccessibleName(said.replace("&", "").rstrip(":"))
            else:
                head.setText(shown.replace("&", "&&"))
                edit.setAccessibleName(column)
            edit.setPlaceholderText(self.tr("Type or paste a text here"))
            edit.setToolTip(
                self.tr("What the model reads and answers; it is read with the run's own prompt.")
            )
            if self._question and column == self._question:
                edit.setPlaceholderText(self.tr("Type a question here"))
                edit.setToolTip(
                    self.tr("What you want to know; the answer is looked for in the document.")
                )
        self.clear_button.setText(self.tr("&Clear"))
        self.clear_button.setAccessibleName(self.tr("Clear the text"))
        self.clear_button.setToolTip(self.tr("Empties the text, to begin with another one."))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
