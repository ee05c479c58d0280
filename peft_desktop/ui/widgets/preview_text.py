"""Writes a row as the model will read it into a text view, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtGui import QPalette, QTextCursor, QTextDocument

from ..preview_spans import Span
from .piece_formats import piece_format

_BREAK = re.compile("\r\n|[\r\n\u2028\u2029\u0085\x0b\x0c]")
_LONGEST = {False: (2500, 500), True: (250, 0)}  # characters shown of a piece, and of its end
_MOST_WORDS = 8


class PreviewWriter:
    """Puts spans into a document; texts are never read as HTML. `more` says how much is not
    shown, with {count}."""

    def __init__(self, document: QTextDocument, palette: QPalette, more: str) -> None:
        document.clear()
        self._cursor = QTextCursor(document)
        self._palette = palette
        self._more = more

    def row(self, spans: Sequence[Span], words: Sequence[str], space: bool) -> None:
        """The row; in the slot stand `words`, one of which the model chooses."""
        self._cursor.beginEditBlock()
        for span in spans:
            if span.kind == "slot":
                self._slot(words, space)
            elif span.kind == "special":
                self.write(f" {span.text} ", "special")
            else:
                self.write(_shortened(span.text, span.cut, self._more), span.kind, span.cut)
        self._cursor.endEditBlock()

    def write(self, text: str, kind: str = "literal", cut: bool = False) -> None:
        """Text of a kind; its line breaks are shown."""
        lines = _BREAK.split(text)
        for number, line in enumerate(lines):
            self._cursor.insertText(line, piece_format(kind, self._palette, cut))
            if number < len(lines) - 1:
                self._cursor.insertText("↵", piece_format("mark", self._palette))
                self._cursor.insertBlock()

    def heading(self, text: str) -> None:
        """A line of its own that is ours, not the model's."""
        self._cursor.insertBlock()
        self._cursor.insertText(text, piece_format("mark", self._palette))
        self._cursor.insertBlock()

    def remark(self, text: str) -> None:
        """Words of ours that end a line."""
        self._cursor.insertText(text, piece_format("mark", self._palette))
        self._cursor.insertBlock()

    def _slot(self, words: Sequence[str], space: bool) -> None:
        shown = [word.strip() for word in words[:_MOST_WORDS]]
        if words[_MOST_WORDS:]:
            shown.append(f"… +{len(words) - _MOST_WORDS}")
        if space:
            self.write(" ")
        self.write("[" + " | ".join(shown) + "]", "slot")


def _shortened(text: str, cut: bool, more: str) -> str:
    head, tail = _LONGEST[cut]
    if len(text) <= head + tail + 100:
        return text
    note = more.format(count=len(text) - head - tail)
    return f"{text[:head]} … [{note}] … {text[len(text) - tail :]}"
