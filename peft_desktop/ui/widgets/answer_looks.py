"""How what was found, missed or wrong looks: a colour, a line, a sign and a word for each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QPalette, QTextCharFormat

from ...core.words import QT_TRANSLATE_NOOP
from ..answers import BOUNDS, MISSED, RIGHT, SPURIOUS, WRONG, WRONG_TYPE
from .piece_formats import mixed

# Okabe and Ito's colours; the sign and the line say the same without colour
SIGNS = {RIGHT: "✓", MISSED: "−", SPURIOUS: "+", WRONG_TYPE: "≠", BOUNDS: "↔", WRONG: "×", "": ""}
_HUES = {
    RIGHT: QColor(0, 158, 115),
    MISSED: QColor(0, 114, 178),
    SPURIOUS: QColor(230, 159, 0),
    WRONG_TYPE: QColor(204, 121, 167),
    BOUNDS: QColor(213, 94, 0),
    WRONG: QColor(213, 94, 0),
    "": QColor(0, 114, 178),
}
_LINE = QTextCharFormat.UnderlineStyle
_LINES = {
    RIGHT: _LINE.SingleUnderline,
    MISSED: _LINE.DashUnderline,
    SPURIOUS: _LINE.DotLine,
    WRONG_TYPE: _LINE.WaveUnderline,
    BOUNDS: _LINE.DashDotLine,
    WRONG: _LINE.WaveUnderline,
    "": _LINE.SingleUnderline,
}
_WORDS = {
    RIGHT: QT_TRANSLATE_NOOP("answers", "right"),
    MISSED: QT_TRANSLATE_NOOP("answers", "missed"),
    SPURIOUS: QT_TRANSLATE_NOOP("answers", "too much"),
    WRONG_TYPE: QT_TRANSLATE_NOOP("answers", "other type"),
    BOUNDS: QT_TRANSLATE_NOOP("answers", "other bounds"),
    WRONG: QT_TRANSLATE_NOOP("answers", "wrong"),
    "": "",
}
_STRENGTH = 0.28


def word_of(state: str) -> str:
    """The state in the language in force."""
    word = _WORDS[state]
    return QCoreApplication.translate("answers", word) if word else ""


def legend(states: list[str]) -> str:
    """What the signs mean, on one line."""
    return "   ".join(f"{SIGNS[state]} {word_of(state)}" for state in states)


def span_format(state: str, palette: QPalette) -> QTextCharFormat:
    """The look of a span in the text."""
    found = QTextCharFormat()
    found.setForeground(palette.text())
    found.setBackground(mixed(_HUES[state], palette, _STRENGTH))
    found.setUnderlineStyle(_LINES[state])
    found.setUnderlineColor(palette.text().color())
    return found


def tag_format(state: str, palette: QPalette, font: QFont) -> QTextCharFormat:
    """The look of the small tag behind a span."""
    found = QTextCharFormat()
    found.setForeground(palette.text())
    found.setBackground(mixed(_HUES[state], palette, 0.45 if state else _STRENGTH))
    found.setFontWeight(QFont.Weight.Bold)
    found.setFontPointSize(max(6.0, font.pointSizeF() * 0.8))
    return found
