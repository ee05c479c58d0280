"""One row of generated text: input, target, and what the models wrote, differences marked."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QLabel, QTextEdit, QWidget

from ..answers import MISSED, SPURIOUS
from ..differences import common
from ..wording import plain
from .answer_looks import span_format
from .span_text import MOST_SHOWN

PARTS = ("input", "target", "untrained", "tuned")


class SideBySide(QWidget):
    """`show_texts(input, target, untrained, tuned)`; what is None is not shown.

    In the target, dashes stand under words that the tuned model left out; in what a model wrote,
    dots under words that the target does not have.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[str, str | None] = dict.fromkeys(PARTS)
        self._heads = {name: plain(QLabel(self)) for name in PARTS}
        self.edits = {name: QTextEdit(self) for name in PARTS}
        self._legend = plain(QLabel(self))
        self._legend.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(3)
        for place, name in enumerate(PARTS):
            edit = self.edits[name]
            edit.setReadOnly(True)
            edit.setTabChangesFocus(True)
            edit.setUndoRedoEnabled(False)
            self._heads[name].setBuddy(edit)
            row, column = 2 * (place // 2), place % 2
            grid.addWidget(self._heads[name], row, column)
            grid.addWidget(edit, row + 1, column)
        for line in (1, 3):
            grid.setRowStretch(line, 1)
        grid.addWidget(self._legend, 4, 0, 1, 2)
        self.retranslate()

    def show_texts(
        self, given: str, target: str | None, untrained: str | None, tuned: str | None
    ) -> None:
        self._texts = dict(zip(PARTS, (given, target, untrained, tuned), strict=True))
        for name, text in self._texts.items():
            self.edits[name].setVisible(text is not None)
            self._heads[name].setVisible(text is not None)
        self._paint()

    def in_order(self) -> tuple[QWidget, ...]:
        return tuple(self.edits[name] for name in PARTS)

    def marked(self, name: str) -> list[str]:
        """The words of this part that are marked as different."""
        return [piece.strip() for piece, same in self._pieces(name) if not same and piece.strip()]

    def _pieces(self, name: str) -> list[tuple[str, bool]]:
        text, target = self._texts[name] or "", self._texts["target"]
        text = text[:MOST_SHOWN]
        if name == "input" or target is None:
            return [(text, True)]
        other = self._texts["tuned"] if name == "target" else target
        return [(text, True)] if other is None else common(text, other[:MOST_SHOWN])

    def _paint(self) -> None:
        palette = self.palette()
        plain_look = QTextCharFormat()
        plain_look.setForeground(palette.text())
        for name, edit in self.edits.items():
            edit.clear()
            cursor = QTextCursor(edit.document())
            for piece, same in self._pieces(name):
                state = MISSED if name == "target" else SPURIOUS
                cursor.insertText(piece, plain_look if same else span_format(state, palette))
            start = edit.textCursor()
            start.setPosition(0)
            edit.setTextCursor(start)

    def retranslate(self) -> None:
        said = {
            "input": (self.tr("Input"), self.tr("What the model reads.")),
            "target": (
                self.tr("Target (from the data)"),
                self.tr("The text of the data. Dashes: words that the tuned model left out."),
            ),
            "untrained": (
                self.tr("Untrained model"),
                self.tr("What the model wrote before training. Dots: words not in the target."),
            ),
            "tuned": (
                self.tr("Tuned model"),
                self.tr("What the tuned model wrote. Dots: words that are not in the target."),
            ),
        }
        for name, (title, about) in said.items():
            self._heads[name].setText(title)
            self.edits[name].setAccessibleName(title)
            self.edits[name].setToolTip(about)
        self._legend.setText(
            self.tr(
                "Dashed: words of the target that the tuned model left out. Dotted: words that "
                "the target does not have."
            )
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()
        super().changeEvent(event)
