"""A text with what was found in it: spans by colour and line, each with a tag that names it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from ..answers import BOUNDS, MISSED, WRONG, WRONG_TYPE, Item, Piece
from .answer_looks import SIGNS, span_format, tag_format

MOST_SHOWN = 20_000  # characters of one text


class SpanText(QTextEdit):
    """`show_items(text, items)`. Read only; the arrow keys scroll, Ctrl+C copies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self._text = ""
        self._items: Sequence[Item] = ()
        self._places: dict[int, int] = {}  # of an item: where it begins in the document
        self.retranslate()

    def show_items(self, text: str, items: Sequence[Item]) -> None:
        """Items without a place in the text are left to the table beside it."""
        self._text, self._items = text[:MOST_SHOWN], list(items)
        self._paint()

    def show_item(self, place: int) -> None:
        """Bring the item at this place of the list into view and select it."""
        if place in self._places:
            cursor = self.textCursor()
            cursor.setPosition(self._places[place])
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    @property
    def marked(self) -> str:
        """The text with its tags, as it is shown."""
        return self.toPlainText()

    def _paint(self) -> None:
        palette, font = self.palette(), self.font()
        self.clear()
        self._places = {}
        cursor = QTextCursor(self.document())
        plain = QTextCharFormat()
        plain.setForeground(palette.text())
        drawn = [(n, item, piece) for n, item in enumerate(self._items) for piece in _drawn(item)]
        cuts = {0, len(self._text)}
        for _, _, piece in drawn:
            cuts |= {min(piece.start, len(self._text)), min(piece.end, len(self._text))}
        edges = sorted(cuts)
        cursor.beginEditBlock()
        for start, end in pairwise(edges):
            over = [one for one in drawn if one[2].start <= start and end <= one[2].end]
            for n, _, _ in over:
                self._places.setdefault(n, cursor.position())
            look = span_format(over[0][1].state, palette) if over else plain
            cursor.insertText(self._text[start:end], look)
            for n, item, piece in drawn:
                if piece.end == end and (
                    piece is _drawn(item)[-1] or item.state in (BOUNDS, WRONG)
                ):
                    tag = _tag(item, piece)
                    if tag:
                        cursor.insertText(f" {tag} ", tag_format(item.state, palette, font))
                        cursor.insertText("\u200b", plain)
                    self._places.setdefault(n, cursor.position())
        cursor.endEditBlock()
        start_of_all = self.textCursor()
        start_of_all.setPosition(0)
        self.setTextCursor(start_of_all)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("The text with what was found in it"))
        self.setToolTip(
            self.tr(
                "Spans are underlined, and a tag behind each names its type and, after judging, "
                "what became of it; the table beside lists the same."
            )
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()
        super().changeEvent(event)


def _drawn(item: Item) -> list[Piece]:
    """The places that an item takes: one, or two where gold and prediction lie elsewhere."""
    pieces = [piece for piece in (item.gold, item.predicted) if piece and piece.start >= 0]
    if len(pieces) == 2 and (pieces[0].start, pieces[0].end) == (pieces[1].start, pieces[1].end):
        return pieces[:1]
    return pieces


def _tag(item: Item, piece: Piece) -> str:
    """PER ✓, LOC −, PER ≠ LOC: the gold's name first."""
    sign = SIGNS[item.state]
    if item.state == WRONG_TYPE and item.gold and item.predicted:
        return f"{item.gold.name} {sign} {item.predicted.name}"
    if item.state in (BOUNDS, WRONG) and item.gold and item.predicted:
        # two places: the gold's is the one that was missed, the other one is too much
        other = item.state == BOUNDS or not piece.name
        shown = SIGNS[MISSED] if piece is item.gold and other else sign
        return f"{piece.name} {shown}".strip()
    return f"{piece.name} {sign}".strip()
