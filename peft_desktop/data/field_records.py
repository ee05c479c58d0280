"""Records drawn out of texts: a field has one value, several, or none.

A cell holds a JSON object, field -> text, null or list of texts. Read as well: slots as
"name[Blue Spice], area[riverside]". Key and field names are as the user wrote them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from .spans import short

Record = dict[str, list[str]]  # field -> its values; a field without any is left out

NO_OBJECT = QT_TRANSLATE_NOOP("engine", "the record is no object with named values: {cell}")
NESTED = QT_TRANSLATE_NOOP("engine", 'the field "{field}" holds neither a text nor a list of texts')
_SLOT = re.compile(r"\s*([^\[\],{}\"]+?)\s*\[([^\[\]]*)\]\s*(?:,|$)")


class RecordError(ValueError):
    """Why a cell's record cannot be used: a marked template and its values."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.sentence = Sentence(reason, values)


def record_in(cell: str) -> Record:
    """The record of a cell. Raises RecordError for anything else."""
    bare = cell.strip()
    if not bare:
        return {}
    if not bare.startswith("{"):
        return _slots(bare)
    try:
        value = json.loads(bare, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise RecordError(NO_OBJECT, cell=short(cell)) from error
    if not isinstance(value, dict):
        raise RecordError(NO_OBJECT, cell=short(cell))
    found = {str(name): _values(name, held) for name, held in value.items()}
    return {name: values for name, values in found.items() if values}


def is_record(cell: str) -> bool:
    """Whether a cell holds a record."""
    try:
        record_in(cell)
    except RecordError:
        return False
    return bool(cell.strip())


def written(record: Mapping[str, Sequence[str]], fields: Sequence[str] = ()) -> str:
    """The cell for a record: `fields` first and in their order, null where there is no value."""
    names = [*fields, *(name for name in record if name not in fields)]
    plain: dict[str, Any] = {}
    for name in names:
        values = list(record.get(name, ()))
        plain[name] = None if not values else values[0] if len(values) == 1 else values
    return json.dumps(plain, ensure_ascii=False)


def fields_in(cells: Iterable[str]) -> list[str]:
    """The fields that occur in the cells, by their names; those of broken cells do not count."""
    return sorted(field_counts(cells))


def field_counts(cells: Iterable[str]) -> Counter[str]:
    """How many of the cells name each field, also as null (then it counts 0)."""
    counts: Counter[str] = Counter()
    for cell in cells:
        try:
            record = record_in(cell)
        except RecordError:
            continue
        for name in _named(cell, record):
            counts[name] += name in record
    return counts


def from_columns(columns: Mapping[str, Sequence[str]]) -> list[str]:
    """One record a row from columns of values; an empty cell is a field without a value."""
    names = list(columns)
    return [
        written(
            {name: [cell] for name, cell in zip(names, row, strict=True) if cell.strip()}, names
        )
        for row in zip(*columns.values(), strict=True)
    ]


def in_order(names: Iterable[str], cells: Iterable[str]) -> list[str]:
    """The fields in the order in which records write them first."""
    wanted = set(names)
    seen: dict[str, None] = {}
    for cell in cells:
        try:
            found = record_in(cell)
        except RecordError:
            continue
        seen.update(dict.fromkeys(name for name in found if name in wanted))
    return [*seen, *sorted(wanted - set(seen))]


def _named(cell: str, record: Record) -> Iterable[str]:
    if not cell.strip().startswith("{"):
        return record
    return [str(name) for name in json.loads(cell)]


def _values(name: str, held: Any) -> list[str]:
    if held is None or held == "":
        return []
    items = held if isinstance(held, list) else [held]
    texts = []
    for item in items:
        if isinstance(item, bool):
            texts.append("true" if item else "false")
        elif isinstance(item, str):
            texts.append(item)
        elif item is not None:
            raise RecordError(NESTED, field=str(name))
    return [text.strip() for text in texts if text.strip()]


def _slots(text: str) -> Record:
    """`name[value], name[value]`; the same name again is one more value."""
    found: Record = {}
    at = 0
    while at < len(text):
        match = _SLOT.match(text, at)
        if match is None:
            raise RecordError(NO_OBJECT, cell=short(text))
        values = found.setdefault(match[1], [])
        if match[2].strip():
            values.append(match[2].strip())
        at = match.end()
    return {name: values for name, values in found.items() if values}
