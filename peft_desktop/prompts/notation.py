"""Reads the notation of templates: braces, names, and where they are wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..core.words import QT_TRANSLATE_NOOP
from .parts import SLOT_NAME, TEXT_NAME, Column, Complaint, Literal, Parameter, Part, Slot
from .parts import complaint as say

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
    inside = text[start + 1 : end - 1]
    for name in (inside, inside.strip()):
        if name == SLOT_NAME:
            return Slot(start, end), None
        if name in columns:
            return Column(name, start, end), None
        if name in parameters:
            return Parameter(name, start, end), None
        if name == TEXT_NAME and text_column is not None:
            return Column(text_column, start, end), None
    name = inside.strip()
    if not name:
        return None, say(start, end - start, _EMPTY, _EMPTY_DO)
    near = _nearest(name, [SLOT_NAME, *columns, *parameters, *([TEXT_NAME] if text_column else [])])
    if near:
        wrong = say(start, end - start, _UNKNOWN, _NEAREST_DO, name=name, near="{" + near + "}")
    else:
        wrong = say(start, end - start, _UNKNOWN, _UNKNOWN_DO, name=name)
    return Column(name, start, end), wrong


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
        case Column(name=name) | Parameter(name=name):
            return "{" + name + "}"
        case Slot():
            return "{" + SLOT_NAME + "}"
