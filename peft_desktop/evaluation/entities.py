"""Entities found against entities that are there: precision, recall and F1 of whole entities.

Counted by `nervaluate` (SemEval-2013 task 9.1): `entity_*` wants the same place and type (as
conlleval and seqeval count), `boundary_f1` the same place, `type_f1` a common character and the
same type, `partial_f1` a common character, which counts half where the places differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .intervals import Interval
from .word_units import units_of

OUTSIDE = "O"
_STRATEGIES = ("strict", "exact", "ent_type", "partial")
_ROUNDS = 1000
_DRAWN_AT_ONCE = 2_000_000  # numbers in memory


class Span(NamedTuple):
    """An entity: characters [start, end) of its text, and its type."""

    start: int
    end: int
    label: str


Spans = Sequence[Sequence[tuple[int, int, str]]]  # of every row


@dataclass(frozen=True, slots=True)
class EntityJudgement:
    """`metrics` 0..1; `per_class` a type each; `confusion` over words, "O" is outside.

    `counts` [rows, 3]: right, predicted and gold entities of every row.
    """

    metrics: dict[str, float]
    per_class: list[dict[str, Any]]
    confusion: dict[str, Any]
    counts: npt.NDArray[np.int64]

    def to_dict(self) -> dict[str, Any]:
        """As metrics.json holds it."""
        right, predicted, gold = self.counts.sum(0).tolist() if len(self.counts) else (0, 0, 0)
        return {
            "rows": len(self.counts),
            "entities": {"right": right, "predicted": predicted, "gold": gold},
            "metrics": self.metrics,
            "per_class": self.per_class,
            "confusion": self.confusion,
            "labels": self.confusion["labels"],
        }


def judge_entities(
    texts: Sequence[str], gold: Spans, predicted: Spans, labels: Sequence[str]
) -> EntityJudgement:
    """Compare the entities of every row; entities of one row must not overlap each other.

    Raises ValueError where the three are not of one length.
    """
    counts = np.zeros((len(texts), 3), dtype=np.int64)
    every = _Sums()
    of_type = {label: _Sums() for label in labels}
    for row, (_, true, said) in enumerate(zip(texts, gold, predicted, strict=True)):
        strict = every.add(true, said)
        counts[row] = strict, len(said), len(true)
        for label in {span[2] for span in (*true, *said)}:
            own = [[s for s in some if s[2] == label] for some in (true, said)]
            of_type.setdefault(label, _Sums()).add(*own)
    per_class = [_of_class(label, sums) for label, sums in of_type.items()]
    confusion = _confusion(texts, gold, predicted, list(of_type))
    seen = [one["f1"] for one in per_class if one["support"] or one["predicted"]]
    right = [bool(c[0] == c[1] == c[2]) for c in counts]
    matrix = np.asarray(confusion["matrix"])
    metrics = {
        **every.metrics(),
        "entity_macro_f1": float(np.mean(seen)) if seen else 0.0,
        "row_accuracy": float(np.mean(right)) if right else 0.0,
        "word_accuracy": float(np.trace(matrix) / max(1, matrix.sum())),
    }
    return EntityJudgement(metrics, per_class, confusion, counts)


def entity_intervals(
    counts: npt.NDArray[np.int64], *, rounds: int = _ROUNDS, seed: int = 0, level: float = 0.95
) -> dict[str, Interval]:
    """Percentiles of a bootstrap over rows (Efron 1979) for entity precision, recall and F1.

    Rows are drawn anew, not entities: those of one text are not independent. Empty where no row
    could differ from another.
    """
    if len(counts) < 2 or not counts[:, 2].sum():
        return {}
    random = np.random.default_rng(seed)
    size = max(1, _DRAWN_AT_ONCE // len(counts))
    sums: list[npt.NDArray[np.float64]] = []
    share = np.full(len(counts), 1 / len(counts))
    for start in range(0, rounds, size):
        drawn = random.multinomial(len(counts), share, size=min(size, rounds - start))
        sums.append((drawn @ counts).astype(np.float64))
    right, said, true = np.concatenate(sums).T
    values = {
        "entity_precision": right / np.maximum(said, 1),
        "entity_recall": right / np.maximum(true, 1),
        "entity_f1": 2 * right / np.maximum(said + true, 1),
    }
    tail = 100 * (1 - level) / 2
    found = {}
    for name, drawn in values.items():
        low, high = np.percentile(drawn, [tail, 100 - tail])
        if low < high:
            found[name] = Interval(float(low), float(high), level)
    return found


class _Sums:
    """What nervaluate counted, summed over rows."""

    def __init__(self) -> None:
        from nervaluate.entities import EvaluationResult
        from nervaluate.strategies import (
            EntityTypeEvaluation,
            ExactEvaluation,
            PartialEvaluation,
            StrictEvaluation,
        )

        kinds = (StrictEvaluation, ExactEvaluation, EntityTypeEvaluation, PartialEvaluation)
        self.ways = dict(zip(_STRATEGIES, (kind() for kind in kinds), strict=True))
        self.results = {name: EvaluationResult() for name in _STRATEGIES}

    def add(self, gold: Sequence[Any], predicted: Sequence[Any]) -> int:
        """Count a row's entities; gives how many are wholly right."""
        from nervaluate.entities import Entity

        if not gold and not predicted:
            return 0
        true, said = (
            [Entity(label=label, start=start, end=end - 1) for start, end, label in sorted(some)]
            for some in (gold, predicted)
        )
        right = 0
        for name, way in self.ways.items():
            counted, _ = way.evaluate(true, said, [])
            total = self.results[name]
            for part in ("correct", "incorrect", "partial", "missed", "spurious"):
                setattr(total, part, getattr(total, part) + getattr(counted, part))
            right = counted.correct if name == "strict" else right
        return right

    def computed(self, name: str) -> Any:
        result = self.results[name]
        result.compute_metrics(partial_or_type=name in ("partial", "ent_type"))
        return result

    def metrics(self) -> dict[str, float]:
        strict = self.computed("strict")
        return {
            "entity_f1": float(strict.f1),
            "entity_precision": float(strict.precision),
            "entity_recall": float(strict.recall),
            "type_f1": float(self.computed("ent_type").f1),
            "boundary_f1": float(self.computed("exact").f1),
            "partial_f1": float(self.computed("partial").f1),
        }


def _of_class(label: str, sums: _Sums) -> dict[str, Any]:
    strict = sums.computed("strict")
    return {
        "label": label,
        "precision": float(strict.precision),
        "recall": float(strict.recall),
        "f1": float(strict.f1),
        "support": int(strict.possible),
        "predicted": int(strict.actual),
        "partial_f1": float(sums.computed("partial").f1),
    }


def _confusion(
    texts: Sequence[str], gold: Spans, predicted: Spans, labels: list[str]
) -> dict[str, Any]:
    """Word by word: the type that is there against the type that was said."""
    names = [*labels, OUTSIDE]
    index = {label: number for number, label in enumerate(names)}
    matrix = np.zeros((len(names), len(names)), dtype=np.int64)
    for text, true, said in zip(texts, gold, predicted, strict=True):
        units = units_of(text)
        if not true and not said:
            matrix[-1, -1] += len(units)
            continue
        for a, b in zip(_types(units, true), _types(units, said), strict=True):
            matrix[index[a], index[b]] += 1
    return {"labels": names, "matrix": matrix.tolist()}


def _types(units: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """The type at each unit's first character."""
    found, at = [OUTSIDE] * len(units), 0
    for start, end, label in sorted(spans):
        while at < len(units) and units[at][1] <= start:
            at += 1
        here = at
        while here < len(units) and units[here][0] < end:
            found[here] = label
            here += 1
    return found


def known_entities(
    train_texts: Sequence[str], train_gold: Spans, texts: Sequence[str]
) -> list[list[Span]]:
    """What a dictionary of the training entities finds: the longest known words, from the left.

    Words that are an entity less often than not in the training texts are left out.
    """
    inside: dict[tuple[str, ...], dict[str, int]] = {}
    for text, spans in zip(train_texts, train_gold, strict=True):
        for start, end, label in spans:
            words = _words(text[start:end])
            if words:
                types = inside.setdefault(words, {})
                types[label] = types.get(label, 0) + 1
    seen = _times(train_texts, set(inside))
    known = {
        words: max(types, key=lambda label: types[label])
        for words, types in inside.items()
        if 2 * sum(types.values()) >= seen.get(words, 0)
    }
    longest = max((len(words) for words in known), default=0)
    return [_looked_up(text, known, longest) for text in texts]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in units_of(text))


def _times(texts: Sequence[str], known: set[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """How often each known run of words stands in the texts."""
    lengths = sorted({len(words) for words in known})
    firsts = {words[0] for words in known}
    found: dict[tuple[str, ...], int] = {}
    for text in texts:
        words = _words(text)
        for place, first in enumerate(words):
            if first not in firsts:
                continue
            for length in lengths:
                some = words[place : place + length]
                if len(some) == length and some in known:
                    found[some] = found.get(some, 0) + 1
    return found


def _looked_up(text: str, known: dict[tuple[str, ...], str], longest: int) -> list[Span]:
    units = units_of(text)
    words = [text[start:end] for start, end in units]
    found: list[Span] = []
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            label = known.get(tuple(words[place : place + length]))
            if label is not None:
                found.append(Span(units[place][0], units[place + length - 1][1], label))
                place += length - 1
                break
        place += 1
    return found
