"""How long a model's inputs are, in its tokens, and how many of them would be cut."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from ..core.events import Event, PhaseChanged, Progressed
from .contract import Plan

_CHUNK = 128  # rows; the tokenizer holds Python's lock while it builds its results


@dataclass(slots=True)
class InputLengths:
    """Tokens of each input with its prompt, before any cut; the numbers of the rows that are cut;
    `limit`: the longest input in tokens."""

    limit: int
    lengths: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)


def input_lengths(
    plan: Plan, rows: Sequence[Mapping[str, str]], limit: int
) -> Generator[Event, None, InputLengths]:
    """Read all rows as the model will, a few at a time."""
    found = InputLengths(limit)
    yield PhaseChanged("tokenising")
    for start in range(0, len(rows), _CHUNK):
        for number, each in enumerate(plan.read_many(rows[start : start + _CHUNK]), start):
            longest = max(each.variants, key=lambda reading: len(reading.ids))
            found.lengths.append(len(longest.ids) + each.cut)
            if each.cut > 0:
                found.cut.append(number)
        yield Progressed(min(start + _CHUNK, len(rows)), len(rows))
    return found
