"""JSON values as text, written as the file wrote them; what cannot be text is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

BROKEN = QT_TRANSLATE_NOOP("engine", "not valid JSON (character {column})")
NO_OBJECT = QT_TRANSLATE_NOOP("engine", "not an object with named values")
TWICE = QT_TRANSLATE_NOOP("engine", 'the key "{key}" occurs twice')
TOO_DEEP = QT_TRANSLATE_NOOP("engine", "nested too deeply")
HALF = QT_TRANSLATE_NOOP("engine", "half a character (a lone surrogate)")
DEEPEST = 100


class BrokenError(ValueError):
    """Why an object cannot be a row: a marked template and its values."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values: Mapping[str, Any] = values


class _Written(float):
    """A number that remembers how it was written: 1e5 and 1.50 stay as they are."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> _Written:
        number = super().__new__(cls, text)
        number.text = text
        return number


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise BrokenError(TWICE, key=next(key for key in keys if keys.count(key) > 1))
    return found


# numbers stay as they are written; a key that stands twice would lose one of its values
DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=_Written, parse_int=_Written, parse_constant=str
)
PLAIN = json.JSONDecoder(parse_int=float)  # int() refuses numbers of thousands of digits


def object_in(raw: str) -> dict[str, Any]:
    """The object that a line holds. Raises BrokenError with the reason for the user."""
    try:
        value, end = DECODER.raw_decode(raw)
    except RecursionError as error:
        raise BrokenError(TOO_DEEP) from error
    except json.JSONDecodeError as error:
        raise BrokenError(BROKEN, column=error.pos + 1) from error
    if raw[end:].strip():
        raise BrokenError(BROKEN, column=end + 1)
    return checked_object(value, raw)


def checked_object(value: Any, raw: str) -> dict[str, Any]:
    """`value` if it can be a row: an object, no key twice, nothing that cannot be text."""
    if not isinstance(value, dict):
        raise BrokenError(NO_OBJECT)
    if raw.count("[") + raw.count("{") > DEEPEST:
        for cell in value.values():
            as_text(cell)  # raises where it is too deep
    if "\\ud" in raw or "\\uD" in raw:
        try:
            for key, cell in value.items():
                f"{key}{as_text(cell)}".encode()
        except UnicodeEncodeError as error:
            raise BrokenError(HALF) from error
    return value


def as_text(value: Any) -> str:
    """Text as it is, null and missing as empty, the rest as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, _Written):
        return value.text
    if value is True:
        return "true"
    if value is False:
        return "false"
    return _nested(value)


def _nested(value: Any, depth: int = 0) -> str:
    """JSON text; numbers inside keep their writing too."""
    if depth > DEEPEST:
        raise BrokenError(TOO_DEEP)
    if isinstance(value, dict):
        inner = (
            f"{json.dumps(key, ensure_ascii=False)}: {_nested(cell, depth + 1)}"
            for key, cell in value.items()
        )
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([_nested(cell, depth + 1) for cell in value]) + "]"
    if isinstance(value, _Written):
        return value.text
    return json.dumps(value, ensure_ascii=False)


def holes_warning(path: Path, count: int) -> list[Warned]:
    """What to tell when rows lack keys that other rows have."""
    if not count:
        return []
    return [
        Warned(
            QT_TRANSLATE_NOOP(
                "engine", "{file}: {count} rows lack a key that others have; it is left empty."
            ),
            {"file": path.name, "count": count},
        )
    ]
