"""Entities of a text: where they are, how they are written in a cell, what can be wrong with them.

Positions count characters (Unicode code points) of the text from 0; the end is exclusive. A cell
holds a JSON list of {"start", "end", "label"}, sorted; "[]" is a text without entities.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

NO_JSON = QT_TRANSLATE_NOOP("engine", "the entities are no list of spans: {cell}")
NO_PLACE = QT_TRANSLATE_NOOP("engine", "an entity has no start and end: {entity}")
NO_TYPE = QT_TRANSLATE_NOOP("engine", "the entity at {start} to {end} has no type")
OUTSIDE = QT_TRANSLATE_NOOP(
    "engine", "the entity at {start} to {end} is not in the text of {length} characters"
)
OVERLAP = QT_TRANSLATE_NOOP(
    "engine", 'the entities "{first}" ({start} to {end}) and "{second}" overlap'
)
BLANK = QT_TRANSLATE_NOOP("engine", "the entity at {start} to {end} is blank")
TORN = QT_TRANSLATE_NOOP(
    "engine", "the entity at {start} to {end} begins or ends inside a character (a mark, an emoji)"
)
OTHER_TEXT = QT_TRANSLATE_NOOP(
    "engine", 'the text at {start} to {end} is "{found}", not "{surface}"'
)
_JOINERS = ("\u200d",)  # holds emoji together


class Span(NamedTuple):
    """One entity: characters [start, end) of the text, and its type."""

    start: int
    end: int
    label: str


class SpanError(ValueError):
    """Why a cell's entities cannot be used: a marked template and its values."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.sentence = Sentence(reason, values)


def written(spans: Iterable[Sequence[Any]]) -> str:
    """The cell for these (start, end, label)."""
    ordered = sorted((int(start), int(end), str(label)) for start, end, label in spans)
    return json.dumps(
        [{"start": start, "end": end, "label": label} for start, end, label in ordered],
        ensure_ascii=False,
    )


def labels_in(cell: str) -> list[str]:
    """The entity types of a cell in our own spelling, each once; none of one that is broken."""
    try:
        return sorted({span.label for span in plain_spans(cell)})
    except SpanError:
        return []


def plain_spans(cell: str) -> list[Span]:
    """The spans of a cell in our own spelling, unchecked. Raises SpanError for anything else."""
    try:
        found = json.loads(cell) if cell.strip() else []
        spans = [Span(item["start"], item["end"], item["label"]) for item in found]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise SpanError(NO_JSON, cell=short(cell)) from error
    for span in spans:
        if type(span.start) is not int or type(span.end) is not int:
            raise SpanError(NO_PLACE, entity=short(cell))
        if not isinstance(span.label, str):
            raise SpanError(NO_TYPE, start=span.start, end=span.end)
    return spans


def checked_spans(cell: str, text: str) -> list[Span]:
    """The spans of a cell that fit the text, sorted.

    Raises SpanError for the first that does not.
    """
    return fitting(plain_spans(cell), text)


def fitting(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans, sorted, if every one fits the text and none overlaps another."""
    ordered = sorted(spans)
    for span in ordered:
        place = {"start": span.start, "end": span.end}
        if not 0 <= span.start < span.end <= len(text):
            raise SpanError(OUTSIDE, **place, length=len(text))
        if not span.label.strip():
            raise SpanError(NO_TYPE, **place)
        if not text[span.start : span.end].strip():
            raise SpanError(BLANK, **place)
        if inside_a_character(text, span.start) or inside_a_character(text, span.end):
            raise SpanError(TORN, **place)
    for first, second in pairwise(ordered):
        if second.start < first.end:
            raise SpanError(
                OVERLAP,
                first=short(text[first.start : first.end]),
                second=short(text[second.start : second.end]),
                start=first.start,
                end=first.end,
            )
    return ordered


def inside_a_character(text: str, place: int) -> bool:
    """Whether what a reader sees as one character would be cut at `place`."""
    if not 0 < place < len(text):
        return False
    behind, before = text[place], text[place - 1]
    if unicodedata.category(behind) in ("Mn", "Me", "Mc") and not before.isspace():
        return True
    if behind in _JOINERS or before in _JOINERS:
        # Persian writes joiners between letters, too: only emoji are held together by them
        return unicodedata.category(behind if before in _JOINERS else before) == "So"
    if "\U0001f3fb" <= behind <= "\U0001f3ff":  # skin tones
        return unicodedata.category(before) == "So"
    return "\ud800" <= before <= "\udbff" and "\udc00" <= behind <= "\udfff"


def short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
