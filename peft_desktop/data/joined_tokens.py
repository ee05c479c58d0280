"""Tokens joined to a text with the exact place of each, or found in a text that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .spans import SpanError, short

NOT_IN_TEXT = QT_TRANSLATE_NOOP(
    "engine", 'the token "{token}" (number {number}) is not in the text where it should be'
)
_CJK = (
    ("\u2e80", "\u303f"),  # radicals, punctuation
    ("\u3040", "\u30ff"),  # kana
    ("\u31c0", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\ufe30", "\ufe4f"),
    ("\uff00", "\uffef"),
    ("\U00020000", "\U0003ffff"),
)


def is_cjk(character: str) -> bool:
    """A character of a script that writes without blanks."""
    return character > "\u2e7f" and any(low <= character <= high for low, high in _CJK)


def by_character(tokens: Iterable[str]) -> bool:
    """Whether tokens are the characters of a text without blanks, as Chinese sets have them."""
    count = single = cjk = 0
    for token in tokens:
        count += 1
        single += len(token) == 1
        cjk += any(is_cjk(c) for c in token)
    return count > 0 and single >= 0.8 * count and cjk >= 0.3 * count


def joined(
    tokens: Sequence[str], characters: bool = False, glued: Sequence[bool] | None = None
) -> tuple[str, list[tuple[int, int]]]:
    """The text and each token's [start, end).

    A blank goes between two tokens, save between two of Chinese or Japanese; where tokens are
    `characters` only between two words of other letters. `glued[i]`: no blank after token i.
    """
    text, places = "", []
    for number, token in enumerate(tokens):
        told = glued is not None and number > 0 and glued[number - 1]
        if number and not told and _apart(tokens[number - 1], token, characters):
            text += " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def _apart(first: str, second: str, characters: bool) -> bool:
    if not first or not second:
        return False
    if characters:
        long = len(first) > 1 and len(second) > 1
        return long and first[-1].isalnum() and second[0].isalnum() and not is_cjk(first[-1])
    return not (is_cjk(first[-1]) and is_cjk(second[0]))


def found_in(text: str, tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Where each token stands in the text, in order, nothing but blanks between them.

    Raises SpanError for the first token that does not.
    """
    places, at = [], 0
    for number, token in enumerate(tokens, start=1):
        while at < len(text) and text[at].isspace() and not text.startswith(token, at):
            at += 1
        if not text.startswith(token, at):
            raise SpanError(NOT_IN_TEXT, token=short(token), number=number)
        places.append((at, at + len(token)))
        at += len(token)
    if text[at:].strip():
        raise SpanError(NOT_IN_TEXT, token=short(text[at:].strip()), number=len(tokens) + 1)
    return places
