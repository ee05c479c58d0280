"""From scores of units to entities: the likeliest allowed row of BIO tags (Viterbi), no torch.

Tags are numbered 0 = O, then for type t (from 0) 1 + 2t = B-t and 2 + 2t = I-t. I-t may only
follow B-t or I-t.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Spans = list[tuple[int, int, str]]
_LOWEST = -1e30
_HALF = float(np.log(2.0))
_CONTINUES = 1e-6  # where nothing tells two entities of one type apart, they are one
_ROWS_AT_ONCE = 256


def outside_in(units: int, types: int) -> Floats:
    """Log-scores that say nothing but O."""
    scores = np.full((units, 1 + 2 * types), _LOWEST)
    scores[:, 0] = 0.0
    return scores


def spread(prompt: Floats) -> Floats:
    """Log-probabilities of O and types [U, 1 + T] as those of BIO tags [U, 1 + 2T]: half of a
    type's goes to each of its tags."""
    wide = np.repeat(prompt[:, 1:], 2, axis=1) - _HALF
    wide[:, 0::2] -= _CONTINUES
    return np.concatenate([prompt[:, :1], wide], axis=1)


def mixed_tags(prompt: Floats, head: Floats | None, weight: float, heat: float = 1.0) -> Floats:
    """Log-probabilities of BIO tags, both ways mixed: `weight` is the prompt's share."""
    if head is None or weight == 1.0:
        logs = spread(prompt)
    elif weight == 0.0:
        logs = head
    else:
        logs = weight * spread(prompt) + (1.0 - weight) * head
    logs = logs / heat
    top = logs.max(axis=1, keepdims=True)
    normed: Floats = logs - (top + np.log(np.exp(logs - top).sum(axis=1, keepdims=True)))
    return normed


def best_tags(scores: Floats, lengths: Sequence[int]) -> npt.NDArray[np.int64]:
    """The likeliest allowed tags of texts that stand one after the other in `scores` [U, S];
    `lengths` are the units of each."""
    found = np.zeros(len(scores), dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    order = [row for row in np.argsort(lengths) if lengths[row]]
    for first in range(0, len(order), _ROWS_AT_ONCE):
        rows = order[first : first + _ROWS_AT_ONCE]
        longest = int(lengths[rows[-1]])
        padded = np.tile(outside_in(longest, scores.shape[1] // 2), (len(rows), 1, 1))
        for place, row in enumerate(rows):
            padded[place, : lengths[row]] = scores[starts[row] : starts[row + 1]]
        tags = _viterbi(padded)
        for place, row in enumerate(rows):
            found[starts[row] : starts[row + 1]] = tags[place, : lengths[row]]
    return found


def _viterbi(scores: Floats) -> npt.NDArray[np.int64]:
    """[N, L, S] -> [N, L]."""
    count, length, states = scores.shape
    begins, insides = np.arange(1, states, 2), np.arange(2, states, 2)
    back = np.zeros((count, length, states), dtype=np.int64)
    rows = np.arange(count)
    now = scores[:, 0].copy()
    now[:, insides] = _LOWEST
    for at in range(1, length):
        best = now.argmax(axis=1)
        before = now[rows, best][:, None]
        after = before + scores[:, at]
        back[:, at] = best[:, None]
        goes_on = now[:, insides] >= now[:, begins]
        held = np.where(goes_on, now[:, insides], now[:, begins])
        after[:, insides] = held + scores[:, at][:, insides]
        back[:, at][:, insides] = np.where(goes_on, insides, begins)
        now = after
    tags = np.zeros((count, length), dtype=np.int64)
    tags[:, -1] = now.argmax(axis=1)
    for at in range(length - 1, 0, -1):
        tags[:, at - 1] = back[rows, at, tags[:, at]]
    return tags


def entities_in(
    tags: Sequence[int], units: Sequence[tuple[int, int]], labels: Sequence[str]
) -> tuple[Spans, list[tuple[int, int]]]:
    """The entities of one text, and the units [start, end) of each."""
    found: Spans = []
    places: list[tuple[int, int]] = []
    start = -1
    for at, tag in enumerate([*tags, 0]):
        goes_on = start >= 0 and tag and tag % 2 == 0 and (tag - 1) // 2 == (tags[start] - 1) // 2
        if start >= 0 and not goes_on:
            label = labels[(tags[start] - 1) // 2]
            found.append((units[start][0], units[at - 1][1], label))
            places.append((start, at))
            start = -1
        if tag and start < 0:
            start = at
    return found, places


def sureness(logs: Floats, tags: Sequence[int], places: Sequence[tuple[int, int]]) -> float:
    """The probability of the least sure entity: of its least sure unit's type. Without entities,
    that of the unit that is most nearly one to be none; 1 for a text without units."""
    if not len(logs):
        return 1.0
    shares = np.exp(logs)
    if not places:
        return float(shares[:, 0].min())
    least = 1.0
    for start, end in places:
        first = tags[start] - (1 - tags[start] % 2)  # B of its type
        least = min(least, float(shares[start:end, first : first + 2].sum(axis=1).min()))
    return min(least, 1.0)


def right_counts(gold: Sequence[Spans], found: Sequence[Spans]) -> tuple[int, int, int]:
    """Entities that are wholly right, found, and there."""
    right = sum(len(set(a) & set(b)) for a, b in zip(gold, found, strict=True))
    return right, sum(map(len, found)), sum(map(len, gold))


def scores_of_counts(right: int, found: int, there: int) -> dict[str, float]:
    return {
        "entity_f1": 2 * right / max(1, found + there),
        "entity_precision": right / max(1, found),
        "entity_recall": right / max(1, there),
    }
