"""Unlabelled texts as rows of tokens of one length: nothing is padded, nothing is cut off."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.events import Event, Progressed, Tick
from ..prompts.tokens import Tokens

Ids = NDArray[np.int32]
_AT_ONCE = 64  # texts tokenised between two events


def token_stream(
    texts: Sequence[str], tokens: Tokens, between: Sequence[int]
) -> Generator[Event, None, Ids]:
    """All texts one after the other, with the tokens `between` behind each."""
    parts: list[Ids] = []
    end = np.asarray(between, np.int32)
    for first in range(0, len(texts), _AT_ONCE):
        for encoded in tokens.encode_many(texts[first : first + _AT_ONCE]):
            if encoded.ids:
                parts += [np.asarray(encoded.ids, np.int32), end]
        done = min(first + _AT_ONCE, len(texts))
        yield Progressed(done, len(texts), "texts")
    yield Tick()
    return np.concatenate(parts) if parts else np.zeros(0, np.int32)


def chunks(stream: Ids, length: int, before: Sequence[int], after: Sequence[int]) -> Ids:
    """The stream in rows [N, length], each between `before` and `after`.

    The last row is filled up from the beginning of the stream; a stream shorter than one row makes
    one shorter row.
    """
    body = length - len(before) - len(after)
    if body < 1:
        raise ValueError("no room for text")
    if not len(stream):
        return np.zeros((0, length), np.int32)
    if len(stream) < body:
        body = len(stream)
    rows = -(-len(stream) // body)
    inner = np.resize(stream, rows * body).reshape(rows, body)
    ends = [np.tile(np.asarray(part, np.int32), (rows, 1)) for part in (before, after)]
    return np.concatenate([ends[0], inner, ends[1]], axis=1)


def batch_at(step: int, rows: int, size: int, seed: int) -> list[int]:
    """Which rows step `step` (from 0) takes: each once an epoch, in an order of the epoch's own.

    A function of the step alone, so that training goes on from any step.
    """
    found: list[int] = []
    place = step * size
    order: Any = None
    epoch = -1
    while len(found) < size:
        if place // rows != epoch:
            epoch = place // rows
            order = np.random.default_rng((seed, epoch)).permutation(rows)
        found.append(int(order[place % rows]))
        place += 1
    return found
