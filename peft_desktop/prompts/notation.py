"""Reads the notation of templates: braces, names, and where they are wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ..core.words import QT_TRANSLATE_NOOP
from .parts import (
    KEEP_NAME,
    KEPT,
    SLOT_NAME,
    SOFT_NAME,
    TEXT_NAME,
    Column,
    Complaint,
    Literal,
    Parameter,
    Part,
    Slot,
    Soft,
)
from .parts import complaint as say

MOST_SOFT = 1000
_IMPORTANCES = {KEEP_NAME: KEPT, **{str(number): number for number in range(10)}}
_COLONS = (":", "\uff1a")
_QUOTES = {'"': '"', "'": "'", "\u201c": "\u201d", "\u2018": "\u2019", "\u300c": "\u300d"}

_NOT_CLOSED = QT_TRANSLATE_NOOP("engine", "Character {at}: this brace is never closed.")
_NOT_OPENED = QT_TRANSLATE_NOOP("engine", "Character {at}: this brace was never opened.")
_NESTED = QT_TRANSLATE_NOOP("engine", "Character {at}: a brace inside braces.")
_BRACES_DO = QT_TRANSLATE_NOOP(
    "engine", "Write {{name}} for a column or parameter, and {{{{ or }}}} for a brace itself."
)
_EMPTY = QT_TRANSLATE_NOOP("engine", "Character {at}: there is no name between the braces.")
_EMPTY_DO = QT_TRANSLATE_NOOP("engine", "Write a column, a parameter or {{mask}} there.")
_UNKNOWN = QT_TRANSLATE_NOOP(
    "engine", 'Character {at}: there is no column or parameter called "{name}".'
)
_NEAREST_DO = QT_TRANSLATE_NOOP("engine", "Did you mean {near}?")
_UNKNOWN_DO = QT_TRANSLATE_NOOP(
    "engine", "Name a column of the data, or give the parameter a value ({name}=...)."
)

_SOFT = QT_TRANSLATE_NOOP(
    "engine", 'Character {at}: soft tokens need a number of 1 to {most}, or words: not "{given}".'
)
_SOFT_DO = QT_TRANSLATE_NOOP("engine", 'Write {{soft:20}} or {{soft:"some words"}}.')
_IMPORTANCE = QT_TRANSLATE_NOOP(
    "engine", 'Character {at}: "{given}" says nothing about the column "{name}".'
)
_IMPORTANCE_DO = QT_TRANSLATE_NOOP(
    "engine",
    "Write {{{name}:keep}} to cut it last, {{{name}:2}} to cut it after those with a lower number, "
    "or {{{name}}} alone.",
)
_NEVER_CUT = QT_TRANSLATE_NOOP("engine", 'Character {at}: "{name}" is never cut.')
_NEVER_CUT_DO = QT_TRANSLATE_NOOP("engine", "Write {{{name}}}.")


def read(
    text: str,
    columns: Collection[str],
    parameters: Collection[str],
    text_column: str | None,
    all_of_them: bool = False,
) -> tuple[list[Part], list[Complaint]]:
    """Parts and complaints about braces and names; names are judged only against given columns."""
    parts: list[Part] = []
    found: list[Complaint] = []
    plain, plain_start, at = "", 0, 0

    def plain_ends() -> None:
        nonlocal plain
        if plain:
            parts.append(Literal(plain, plain_start, at))
        plain = ""

    while at < len(text):
        if not plain:
            plain_start = at
        if text.startswith(("{{", "}}"), at):
            plain, at = plain + text[at], at + 2
        elif text.startswith("\\\\n", at):
            plain, at = plain + "\\n", at + 3
        elif text.startswith("\\n", at):
            plain, at = plain + "\n", at + 2
        elif text[at] == "}":
            found.append(say(at, 1, _NOT_OPENED, _BRACES_DO))
            at += 1
        elif text[at] == "{":
            plain_ends()
            end = next((i for i in range(at + 1, len(text)) if text[i] in "{}"), None)
            if end is None:
                found.append(say(at, len(text) - at, _NOT_CLOSED, _BRACES_DO))
                at = len(text)
            elif text[end] == "{":
                found.append(say(end, 1, _NESTED, _BRACES_DO))
                at = end
            else:
                part, wrong = _named(text, at, end + 1, columns, parameters, text_column)
                if part is not None:
                    parts.append(part)
                if wrong is not None and (columns or all_of_them or part is None):
                    found.append(wrong)
                at = end + 1
        else:
            plain, at = plain + text[at], at + 1
    plain_ends()
    return parts, found


def _named(
    text: str,
    start: int,
    end: int,
    columns: Collection[str],
    parameters: Collection[str],
    text_column: str | None,
) -> tuple[Part | None, Complaint | None]:
    def known(name: str) -> Part | None:
        if name == SLOT_NAME:
            return Slot(start, end)
        if name in columns:
            return Column(name, start, end)
        if name in parameters:
            return Parameter(name, start, end)
        if name == TEXT_NAME and text_column is not None:
            return Column(text_column, start, end)
        return None

    inside = text[start + 1 : end - 1]
    name = inside.strip()
    part = known(inside) or known(name)
    if part is not None:
        return part, None
    if not name:
        return None, say(start, end - start, _EMPTY, _EMPTY_DO)
    front, colon, given = _at_colon(name)
    if colon and front == SOFT_NAME:
        return _soft(given, start, end)
    importance = _IMPORTANCES.get(given) if colon else None
    whole = known(front) if colon else None
    if isinstance(whole, Column):
        if importance is not None:
            return replace(whole, importance=importance), None
        wrong = say(start, end - start, _IMPORTANCE, _IMPORTANCE_DO, given=given, name=front)
        return Column(name, start, end), wrong
    if whole is not None:
        return whole, say(start, end - start, _NEVER_CUT, _NEVER_CUT_DO, name=front)
    if importance is not None:
        name = front
    if name == SOFT_NAME:
        wrong = say(start, end - start, _UNKNOWN, _SOFT_DO, name=name)
        return Column(name, start, end), wrong
    near = _nearest(name, [SLOT_NAME, *columns, *parameters, *([TEXT_NAME] if text_column else [])])
    if near:
        wrong = say(start, end - start, _UNKNOWN, _NEAREST_DO, name=name, near="{" + near + "}")
    else:
        wrong = say(start, end - start, _UNKNOWN, _UNKNOWN_DO, name=name)
    return Column(name, start, end, importance or 0), wrong


def _at_colon(name: str) -> tuple[str, str, str]:
    """What stands before the colon, the colon, and what stands behind it.

    The first colon counts behind `soft`, whose words may hold more of them, else the last.
    """
    first = min((name.index(c) for c in _COLONS if c in name), default=len(name))
    if name[:first].strip() == SOFT_NAME:
        return SOFT_NAME, name[first : first + 1], name[first + 1 :].strip()
    last = max(name.rfind(c) for c in _COLONS)
    if last < 0:
        return name, "", ""
    return name[:last].strip(), name[last], name[last + 1 :].strip()


def _soft(given: str, start: int, end: int) -> tuple[Part | None, Complaint | None]:
    if given.isdecimal() and 1 <= int(given) <= MOST_SOFT:
        return Soft(count=int(given), start=start, end=end), None
    if len(given) > 2 and _QUOTES.get(given[0]) == given[-1] and given[1:-1].strip():
        return Soft(text=given[1:-1].strip(), start=start, end=end), None
    return None, say(start, end - start, _SOFT, _SOFT_DO, given=given, most=MOST_SOFT)


def _nearest(name: str, known: Sequence[str]) -> str | None:
    from rapidfuzz import fuzz, process, utils

    hit = process.extractOne(
        name, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60
    )
    return None if hit is None else str(hit[0])


def written(part: Part) -> str:
    """A part in the notation, such that reading it gives the same part."""
    match part:
        case Literal(text=text):
            return text.replace("{", "{{").replace("}", "}}").replace("\\n", "\\\\n")
        case Column(name=name, importance=importance) if importance:
            return "{" + name + ":" + (KEEP_NAME if importance == KEPT else str(importance)) + "}"
        case Column(name=name) | Parameter(name=name):
            return "{" + name + "}"
        case Soft(count=count, text=text):
            return "{" + SOFT_NAME + ":" + (f'"{text}"' if text else str(count)) + "}"
        case Slot():
            return "{" + SLOT_NAME + "}"
