"""Entity lists as other programs write them: Doccano, spaCy, Label Studio, CLUENER, plain tuples.

Offsets are taken as they stand. Only where a list also holds the entities' texts can another way
of counting (an inclusive end, UTF-16 units) be proved; then it is told, never guessed.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .spans import NO_JSON, NO_PLACE, NO_TYPE, OTHER_TEXT, Span, SpanError, fitting, short

_START = ("start", "begin", "start_offset", "startoffset", "start_index", "start_idx", "from")
_END = ("end", "stop", "end_offset", "endoffset", "end_index", "end_idx", "to")
_TYPE = (
    *("label", "type", "entity", "entity_group", "tag", "labels", "entity_type", "category"),
    *("class", "ner", "slot"),
)
_SURFACE = ("text", "word", "surface", "mention", "value", "name", "entity_text", "span")
_LISTS = ("entities", "spans", "labels", "label", "result", "annotations")
_MOST = 100_000  # characters of a list that is not JSON

INCLUSIVE, UTF_16, TWICE, TRIMMED = "inclusive", "utf16", "twice", "trimmed"


class _Found(NamedTuple):
    start: int
    end: int
    label: str
    surface: str | None


@dataclass(slots=True)
class Shaped:
    """The entities of a cell that fit its text; `notes`: what had to be understood."""

    spans: list[Span]
    notes: set[str] = field(default_factory=set)


def shaped_spans(cell: str, text: str) -> Shaped:
    """The entities of a cell in any of the known shapes. Raises SpanError."""
    value = _value(cell)
    found = list(_walk(value, cell))
    shaped = Shaped([])
    count, told = _counting(found, text)
    if told:
        shaped.notes.add(told)
    spans = [Span(*count(item.start, item.end), item.label) for item in found]
    unlike = next((s for s, f in zip(spans, found, strict=True) if _differs(s, f, text)), None)
    if unlike is not None:
        surface = next(f.surface for s, f in zip(spans, found, strict=True) if s is unlike)
        raise SpanError(
            OTHER_TEXT,
            start=unlike.start,
            end=unlike.end,
            found=short(text[max(0, unlike.start) : max(0, unlike.end)]),
            surface=short(surface or ""),
        )
    trimmed = [_trimmed(span, text) for span in spans]
    if trimmed != spans:
        shaped.notes.add(TRIMMED)
    once = list(dict.fromkeys(trimmed))
    if len(once) < len(trimmed):
        shaped.notes.add(TWICE)
    shaped.spans = fitting(once, text)
    return shaped


def looks_like_spans(cell: str) -> bool:
    """Whether a cell holds a list of entities in one of the shapes, at least one."""
    if not cell.lstrip().startswith(("[", "{", "(")):
        return False
    try:
        return bool(list(_walk(_value(cell), cell)))
    except SpanError:
        return False


def _value(cell: str) -> Any:
    """JSON, or a Python list as tables hold it ("[(0, 5, 'PER')]")."""
    if not cell.strip():
        return []
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(cell.strip()) if len(cell) < _MOST else None
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError) as error:
        raise SpanError(NO_JSON, cell=short(cell)) from error


def _walk(value: Any, cell: str) -> Iterator[_Found]:
    if isinstance(value, Mapping):
        named = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
        if named is not None and not _place_in(value):
            yield from _walk(named, cell)
        elif _place_in(value):
            yield _entity(value, cell)
        else:
            yield from _by_type(value, cell)
        return
    if not isinstance(value, list | tuple):
        raise SpanError(NO_JSON, cell=short(cell))
    if len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], Mapping):
        yield from _walk(value[1], cell)  # spaCy: (text, {"entities": [...]})
        return
    for item in value:
        if isinstance(item, Mapping):
            inner = item.get("value")
            if isinstance(inner, Mapping):  # Label Studio
                yield _entity(inner, cell)
            elif _place_in(item):
                yield _entity(item, cell)
            else:
                results = item.get("result")
                if not isinstance(results, list):
                    raise SpanError(NO_PLACE, entity=short(json.dumps(item, ensure_ascii=False)))
                yield from _walk(results, cell)
        else:
            yield _tuple(item, cell)


def _place_in(item: Mapping[str, Any]) -> bool:
    names = {str(name).lower() for name in item}
    return bool(names & set(_START)) and bool(names & set(_END))


def _entity(item: Mapping[str, Any], cell: str) -> _Found:
    lower = {str(name).lower(): value for name, value in item.items()}
    start, end = (next((lower[n] for n in names if n in lower), None) for names in (_START, _END))
    label = next((lower[name] for name in _TYPE if name in lower), None)
    if isinstance(label, list) and len(label) == 1:
        label = label[0]
    surface = next((lower[n] for n in _SURFACE if isinstance(lower.get(n), str)), None)
    return _Found(*_places(start, end, cell), _type(label, start, end), surface)


def _tuple(item: Any, cell: str) -> _Found:
    """(start, end, type), (type, start, end), with the text perhaps behind."""
    if not isinstance(item, list | tuple) or not 3 <= len(item) <= 4:
        raise SpanError(NO_PLACE, entity=short(json.dumps(item, ensure_ascii=False, default=str)))
    numbers = [value for value in item if type(value) is int]
    words = [value for value in item if isinstance(value, str)]
    if len(numbers) != 2 or not words:
        raise SpanError(NO_PLACE, entity=short(json.dumps(item, ensure_ascii=False, default=str)))
    surface = words[1] if len(words) > 1 else None
    start, end = numbers
    return _Found(*_places(start, end, cell), _type(words[0], start, end), surface)


def _by_type(value: Mapping[str, Any], cell: str) -> Iterator[_Found]:
    """{type: {text: [[start, end], ...]}} (CLUENER), or {type: [[start, end], ...]}."""
    for label, held in value.items():
        groups = held.items() if isinstance(held, Mapping) else [(None, held)]
        for surface, places in groups:
            if not isinstance(places, list):
                raise SpanError(NO_JSON, cell=short(cell))
            for place in places:
                if not isinstance(place, list | tuple) or len(place) != 2:
                    raise SpanError(NO_JSON, cell=short(cell))
                start, end = place
                yield _Found(*_places(start, end, cell), _type(label, start, end), surface)


def _places(start: Any, end: Any, cell: str) -> tuple[int, int]:
    for place in (start, end):
        if type(place) is not int and not (isinstance(place, str) and place.strip().isdigit()):
            raise SpanError(NO_PLACE, entity=short(cell))
    return int(start), int(end)


def _type(label: Any, start: Any, end: Any) -> str:
    if not isinstance(label, str) or not label.strip():
        raise SpanError(NO_TYPE, start=start, end=end)
    return label.strip()


_Count = Callable[[int, int], tuple[int, int]]


def _counting(found: list[_Found], text: str) -> tuple[_Count, str]:
    """How the list counts, where the entities' own texts prove it."""
    proofs = [item for item in found if item.surface is not None]
    plain: _Count = lambda start, end: (start, end)  # noqa: E731
    if not proofs or all(text[f.start : f.end].strip() == _own(f) for f in proofs):
        return plain, ""
    if all(text[f.start : f.end + 1].strip() == _own(f) for f in proofs):
        return lambda start, end: (start, end + 1), INCLUSIVE
    units = _utf16_places(text)

    def from_units(start: int, end: int) -> tuple[int, int]:
        return units.get(start, -1), units.get(end, -1)

    if units and all(text[slice(*from_units(f.start, f.end))].strip() == _own(f) for f in proofs):
        return from_units, UTF_16
    return plain, ""


def _own(found: _Found) -> str:
    return (found.surface or "").strip()


def _utf16_places(text: str) -> dict[int, int]:
    """Place in UTF-16 units -> place in characters; empty where both are the same."""
    if all(c <= "\uffff" for c in text):
        return {}
    places, at = {}, 0
    for number, character in enumerate(text):
        places[at] = number
        at += 2 if character > "\uffff" else 1
    return {**places, at: len(text)}


def _differs(span: Span, found: _Found, text: str) -> bool:
    return found.surface is not None and text[span.start : span.end].strip() != _own(found)


def _trimmed(span: Span, text: str) -> Span:
    """Without blanks at its ends, if it lies in the text and is not all blank."""
    inside = text[span.start : span.end] if 0 <= span.start < span.end <= len(text) else ""
    if not inside.strip():
        return span
    left = len(inside) - len(inside.lstrip())
    right = len(inside) - len(inside.rstrip())
    return Span(span.start + left, span.end - right, span.label)
