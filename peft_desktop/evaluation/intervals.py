"""How far a measured number may lie from the truth, given how few rows measured it."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .metrics import Judgement

SAME_AS_ACCURACY = (
    "accuracy",
    "micro_precision",
    "micro_recall",
    "micro_f1",
    "weighted_recall",
)
_SMALLEST = 1e-12


@dataclass(frozen=True, slots=True)
class Interval:
    """A two-sided confidence interval, 0..1; `level` is its coverage."""

    low: float
    high: float
    level: float = 0.95

    def to_dict(self) -> dict[str, float]:
        return asdict(self)


def wilson(right: int, rows: int, level: float = 0.95) -> Interval:
    """Wilson's score interval (1927) for `right` of `rows`. Raises ValueError for no rows."""
    from scipy.stats import binomtest

    found = binomtest(right, rows).proportion_ci(confidence_level=level, method="wilson")
    return Interval(float(found.low), float(found.high), level)


def intervals_for(
    judgement: Judgement, *, rounds: int = 2000, seed: int = 0, level: float = 0.95
) -> dict[str, Interval]:
    """Metric name -> interval; a metric of which nothing can be said is left out.

    Accuracy, the micro averages and the weighted recall (one and the same number where each row
    has one label) get Wilson's interval. The others get percentiles of a bootstrap (Efron 1979)
    stratified by gold class: rows are drawn anew within each class, which is a multinomial draw
    of the class's line in the confusion matrix. A class whose rows were all answered alike has
    no spread in it: with a handful of rows a class these intervals are too narrow, and where all
    classes are like that (a model without a mistake) there is none.
    """
    of_accuracy = wilson(judgement.right, judgement.rows, level)
    found = dict.fromkeys(SAME_AS_ACCURACY, of_accuracy)
    matrix = np.asarray(judgement.confusion["matrix"], dtype=np.int64)
    support, called = matrix.sum(axis=1), matrix.sum(axis=0)
    hits, answers = _drawn_anew(matrix, rounds, np.random.default_rng(seed))
    tail = 100 * (1 - level) / 2
    for name, values in _averages(hits, answers, support, (support + called) > 0).items():
        low, high = np.percentile(values, [tail, 100 - tail])
        if name not in SAME_AS_ACCURACY and low < high:
            found[name] = Interval(float(low), float(high), level)
    return found


def _drawn_anew(
    matrix: npt.NDArray[np.int64], rounds: int, random: np.random.Generator
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Right rows and answers of each class, [rounds, classes] each."""
    classes = len(matrix)
    hits = np.zeros((rounds, classes), dtype=np.int64)
    answers = np.zeros((rounds, classes), dtype=np.int64)
    for gold in range(classes):
        filled = np.flatnonzero(matrix[gold])
        if filled.size == 0:
            continue
        line = matrix[gold, filled]
        drawn = random.multinomial(line.sum(), line / line.sum(), size=rounds)
        answers[:, filled] += drawn
        hits[:, gold] = drawn[:, filled == gold].sum(axis=1)
    return hits, answers


def _averages(
    hits: npt.NDArray[np.int64],
    answers: npt.NDArray[np.int64],
    support: npt.NDArray[np.int64],
    seen: npt.NDArray[np.bool_],
) -> dict[str, npt.NDArray[np.float64]]:
    """The class-averaged metrics of each round, [rounds] each; 0 where nothing can be divided."""
    precision = hits / np.maximum(answers, 1)
    recall = hits / np.maximum(support, 1)
    f1 = 2 * hits / np.maximum(answers + support, 1)
    found = {"balanced_accuracy": recall[:, support > 0].mean(axis=1)}
    for name, values in (("precision", precision), ("recall", recall), ("f1", f1)):
        found[f"macro_{name}"] = values[:, seen].mean(axis=1)
        found[f"weighted_{name}"] = values @ (support / support.sum())
    return found | _agreements(hits, answers, support)


def _agreements(
    hits: npt.NDArray[np.int64],
    answers: npt.NDArray[np.int64],
    support: npt.NDArray[np.int64],
) -> dict[str, npt.NDArray[np.float64]]:
    """Matthews' correlation and Cohen's kappa of each round; neither where one label is all."""
    total = float(support.sum())
    right, by_chance = hits.sum(axis=1) / total, (answers / total) @ (support / total)
    spread = 1.0 - ((answers / total) ** 2).sum(axis=1)
    of_gold = 1.0 - float(((support / total) ** 2).sum())
    if of_gold <= 0.0 or (spread <= 0.0).all():
        return {}
    bound = np.sqrt(np.maximum(spread * of_gold, _SMALLEST))
    return {
        "mcc": (right - by_chance) / bound,
        "kappa": (right - by_chance) / np.maximum(1.0 - by_chance, _SMALLEST),
    }


def sentence_for(
    judgement: Judgement, majority_accuracy: float | None = None, level: float = 0.95
) -> Sentence:
    """The headline in words: how many of 100 are right, between which bounds, beside the majority.

    The bounds are Wilson's, rounded outwards. Only a model without a mistake is "right in 100".
    """
    interval = wilson(judgement.right, judgement.rows, level)
    values: dict[str, Any] = {
        "right": _of_100(judgement.metrics["accuracy"]),
        "low": str(math.floor(round(100 * interval.low, 6))),
        "high": str(math.ceil(round(100 * interval.high, 6))),
    }
    if majority_accuracy is None:
        return Sentence(
            QT_TRANSLATE_NOOP("engine", "Right in {right} of 100, between {low} and {high}."),
            values,
        )
    return Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "Right in {right} of 100, between {low} and {high}; "
            "the majority would be right in {majority}.",
        ),
        {**values, "majority": _of_100(majority_accuracy)},
    )


def _of_100(share: float) -> str:
    if 0 < share < 1 and round(100 * share) in (0, 100):
        return f"{min(max(100 * share, 0.1), 99.9):.1f}"
    return str(round(100 * share))
