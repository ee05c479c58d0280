"""The units in which texts are tagged and compared: words, single characters of scripts without
blanks, punctuation marks."""

from __future__ import annotations

import unicodedata

_ALONE = (
    ("\u2e80", "\u2fdf"),
    ("\u3040", "\u30ff"),  # kana
    ("\u3400", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
    # Thai, Lao, Myanmar, Khmer: no blanks between words either
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
)


def units_of(text: str) -> list[tuple[int, int]]:
    """[start, end) of every unit, in order; blanks are in none.

    Letters and digits that stand together are one unit; every other character is one of its own,
    with the marks (accents, joiners, skin tones) that belong to it.
    """
    found: list[tuple[int, int]] = []
    start, kind = 0, ""
    for place, character in enumerate(text):
        now = _kind(character)
        if now == "mark" and kind:
            continue  # whatever it marks goes on
        if kind and (now != kind or now == "one"):
            found.append((start, place))
            kind = ""
        if now == "blank":
            continue
        if not kind:
            start, kind = place, "one" if now == "mark" else now
    if kind:
        found.append((start, len(text)))
    return _emoji_joined(found, text)


def _kind(character: str) -> str:
    if character.isspace():
        return "blank"
    if character.isascii():
        return "word" if character.isalnum() else "one"
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Mc", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff":
        return "mark"
    if any(low <= character <= high for low, high in _ALONE):
        return "one"
    return "word" if category[0] in "LN" else "one"


def _emoji_joined(units: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Emoji that a joiner holds together are one unit."""
    if "\u200d" not in text:
        return units
    found: list[tuple[int, int]] = []
    for start, end in units:
        before = found[-1] if found else (0, 0)
        held = before[1] == start and start > 0 and text[start - 1] == "\u200d"
        if held and unicodedata.category(text[start]) == "So":
            found[-1] = (before[0], end)
        else:
            found.append((start, end))
    return found
