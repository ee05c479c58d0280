"""Texts as windows of tokens, the units that the tokens make up, and each unit's tag."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from ...core.events import Event, Progressed, Tick, Warned
from ...core.words import QT_TRANSLATE_NOOP
from ...evaluation.word_units import units_of
from ...prompts.span_reading import SpanReader, Window
from ...prompts.tokens import Encoded
from ..batches import inputs_of
from ..rows import CHUNK
from .contract import Row, Work
from .tag_decoding import Spans
from .tagging_model import TagBatch

INSIDE_WORDS = QT_TRANSLATE_NOOP(
    "engine",
    "{count} of {rows} entities begin or end inside a word, which the model tags as a whole; the "
    'first is "{example}".',
)


class TagReader(SpanReader):
    """Reads windows of a template in which the text stands `copies` times."""

    copies: int = 1

    def _parts(self, number: int, values: dict[str, str], code: Encoded, room: int) -> list[Any]:
        return list(super()._parts(number, values, code, max(1, room // self.copies)))


@dataclass(slots=True)
class TagWindow:
    """A window's reading, the tokens of its own units (`piece`: position in the reading, `unit`:
    number within the window), and the number of its first unit among all."""

    window: Window
    piece: np.ndarray
    unit: np.ndarray
    units: np.ndarray  # each unit's number among all


@dataclass(slots=True)
class TagRows:
    """Rows as windows. `places` [U] are the characters of all units that have tokens, text after
    text (`counts` each); `tags` [U] their gold tags. `gold`: each text's entities."""

    windows: list[TagWindow] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    tags: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    gold: list[Spans] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.windows)

    def batch(self, places: Sequence[int], pad_id: int, device: torch.device) -> TagBatch:
        chosen = [self.windows[place] for place in places]
        inputs = inputs_of([one.window.reading for one in chosen], pad_id, device)
        longest = inputs.ids.shape[1]
        pieces, units, first = [], [], 0
        for row, one in enumerate(chosen):
            pieces.append(one.piece + row * longest)
            units.append(one.unit + first)
            first += len(one.units)
        numbers = np.concatenate([one.units for one in chosen])
        return TagBatch(
            inputs,
            torch.from_numpy(np.concatenate(pieces)).to(device),
            torch.from_numpy(np.concatenate(units)).to(device),
            torch.from_numpy(self.tags[numbers]).to(device),
            numbers,
        )


def tag_rows(
    reader: TagReader,
    rows: Sequence[Row],
    gold: Sequence[Spans],
    labels: Sequence[str],
    quiet: bool = True,
) -> Work[TagRows]:
    """The rows in windows; warns of entities that no row of whole units can be."""
    made = TagRows(gold=[list(spans) for spans in gold])
    tags: list[np.ndarray] = []
    torn: list[str] = []
    for first in range(0, len(rows), CHUNK):
        some = [dict(row) for row in rows[first : first + CHUNK]]
        windows, _ = reader.windows(some)
        for number, (row, several) in enumerate(zip(some, windows, strict=True), start=first):
            text = row[reader.context]
            units = units_of(text)
            own, broken = _tags(units, gold[number], labels)
            torn += [text[start:end] for start, end in broken]
            kept = _add(made, several, units)
            tags.append(own[kept])
        yield Tick() if quiet else Progressed(min(first + CHUNK, len(rows)), len(rows))
    made.tags = np.concatenate(tags) if tags else made.tags
    yield from _told(torn, sum(map(len, gold)))
    return made


def _told(torn: list[str], entities: int) -> Iterator[Event]:
    if torn:
        yield Warned(INSIDE_WORDS, {"count": len(torn), "rows": entities, "example": torn[0]})


def _tags(
    units: Sequence[tuple[int, int]], spans: Spans, labels: Sequence[str]
) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Each unit's tag, and the entities whose ends lie inside of units."""
    tags = np.zeros(len(units), dtype=np.int64)
    starts = [start for start, _ in units]
    torn = []
    for start, end, label in sorted(spans):
        first = max(0, bisect_right(starts, start) - 1)
        if units and units[first][1] <= start:
            first += 1
        last = first
        while last < len(units) and units[last][0] < end:
            last += 1
        free = first
        while free < last and tags[free]:
            free += 1  # the unit belongs to the entity before
        if free == last or units[first][0] != start or units[last - 1][1] != end:
            torn.append((start, end))
        if free < last:
            kind = 1 + 2 * labels.index(label)
            tags[free] = kind
            tags[free + 1 : last] = kind + 1
    return tags, torn


def _add(rows: TagRows, windows: Sequence[Window], units: Sequence[tuple[int, int]]) -> list[int]:
    """Add a text's windows; each unit is tagged in the window that shows most around it. Gives
    the units that have tokens at all."""
    pieces: list[dict[int, list[int]]] = []
    owner: dict[int, tuple[int, int]] = {}  # unit -> (context on its narrower side, window)
    for number, window in enumerate(windows):
        found: dict[int, list[int]] = {}
        at = 0
        for position, (start, end) in enumerate(window.places):
            if start >= end:
                continue
            while at < len(units) and units[at][1] <= start:
                at += 1
            here = at
            while here < len(units) and units[here][0] < end:
                found.setdefault(here, []).append(window.first + position)
                here += 1
        pieces.append(found)
        last = len(window.places) - 1
        edges = (number == 0, number == len(windows) - 1)
        for unit, places in found.items():
            left = last if edges[0] else places[0] - window.first
            right = last if edges[1] else window.first + last - places[-1]
            room = min(left, right)
            if unit not in owner or room > owner[unit][0]:
                owner[unit] = (room, number)
    kept = sorted(owner)
    numbers = {unit: len(rows.places) + place for place, unit in enumerate(kept)}
    rows.places += [units[unit] for unit in kept]
    rows.counts.append(len(kept))
    for number, window in enumerate(windows):
        own = [unit for unit in kept if owner[unit][1] == number]
        if not own:
            continue
        tokens = [token for unit in own for token in pieces[number][unit]]
        local = [where for where, unit in enumerate(own) for _ in pieces[number][unit]]
        rows.lengths.append(len(window.reading.ids))
        rows.windows.append(
            TagWindow(
                window,
                np.array(tokens, dtype=np.int64),
                np.array(local, dtype=np.int64),
                np.array([numbers[unit] for unit in own], dtype=np.int64),
            )
        )
    return kept
