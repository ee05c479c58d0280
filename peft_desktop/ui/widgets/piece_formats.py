"""How the pieces of a prompt look: each by colour and by a mark of its own, in any theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QPalette, QTextCharFormat

# Okabe and Ito's colours: told apart by everyone
_HUES = {
    "column": QColor(0, 114, 178),
    "parameter": QColor(0, 158, 115),
    "slot": QColor(230, 159, 0),
    "soft": QColor(204, 121, 167),
    "cut": QColor(213, 94, 0),
}
_LINES = {
    "column": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "parameter": QTextCharFormat.UnderlineStyle.DotLine,
    "soft": QTextCharFormat.UnderlineStyle.DashUnderline,
}
_STRENGTH = 0.28  # of the hue over the page: text on it keeps a contrast above 4.5 in both themes

_QUIET = 0.72  # of the text's colour, for marks that are ours


def piece_format(kind: str, palette: QPalette, cut: bool = False) -> QTextCharFormat:
    """The look of a literal, column, parameter, slot, soft, special, mark or, with `cut`, of what
    is left out: a line under columns, dots under parameters, dashes under soft tokens, the slot in
    bold, what is cut struck through."""
    found = QTextCharFormat()
    if kind in ("special", "mark"):
        found.setForeground(mixed(palette.text().color(), palette, _QUIET))
        found.setFontItalic(kind == "special")
        return found
    hue = _HUES.get("cut" if cut else kind)
    if hue is not None:
        found.setBackground(mixed(hue, palette, _STRENGTH))
    found.setForeground(palette.text())
    if cut:
        found.setFontStrikeOut(True)
    elif kind in _LINES:
        found.setUnderlineStyle(_LINES[kind])
        found.setUnderlineColor(palette.text().color())
    elif kind == "slot":
        found.setFontWeight(QFont.Weight.Bold)
    return found


def wrong_format(palette: QPalette) -> QTextCharFormat:
    """A wave under what is wrong."""
    found = QTextCharFormat()
    dark = palette.base().color().lightness() < 128
    found.setUnderlineColor(QColor(255, 130, 110) if dark else QColor(200, 30, 0))
    found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    return found


def hue_of(kind: str) -> QColor | None:
    """The full colour of a kind; None for template text and special tokens."""
    return _HUES.get("slot" if kind == "word" else kind)


def tint_of(kind: str, palette: QPalette) -> QColor | None:
    """The colour behind text of a kind, on which text can be read."""
    hue = hue_of(kind)
    return None if hue is None else mixed(hue, palette, _STRENGTH)


def mixed(hue: QColor, palette: QPalette, strength: float) -> QColor:
    """`strength` (0 to 1) of a colour over the page's."""
    base = palette.base().color()

    def mean(of_hue: int, of_base: int) -> int:
        return round(strength * of_hue + (1 - strength) * of_base)

    return QColor(
        mean(hue.red(), base.red()),
        mean(hue.green(), base.green()),
        mean(hue.blue(), base.blue()),
    )
