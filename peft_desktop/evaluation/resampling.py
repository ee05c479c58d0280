"""Intervals of the metrics that need every row's probabilities, by drawing the rows anew.

Rows are drawn within their gold class (a stratified bootstrap, Efron 1979), all metrics on the same
draws. The areas under curves are reckoned on scores sorted into at most 1,000 places; what that
changes is the same in each draw and taken off again.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .calibration import ROWS_FOR_ERROR
from .further import MOST_SCORES
from .intervals import Interval

ROUNDS = 1000
_FEWEST = 200
_PLACES = 1000
_WORK = 2_000_000_000  # rows x classes x rounds that are worth waiting for
_BINS = 15  # of the calibration error
_LUCKY_DRAWS = 100
_MANY = 20_000  # rows
_STEPS = 2**16
_SMALLEST = np.finfo(np.float64).tiny
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


def score_intervals(
    gold: npt.NDArray[np.int64],
    chances: Numbers,
    points: dict[str, float],
    *,
    rounds: int = ROUNDS,
    seed: int = 0,
    level: float = 0.95,
) -> dict[str, Interval]:
    """Metric name -> interval, for those of `points` (metric -> its value on these rows) that this
    knows: log_loss, brier, ece, roc_auc, pr_auc. What has no spread is left out."""
    order = np.argsort(gold, kind="stable")
    gold, chances = gold[order], chances[order]
    per_row = _per_row(gold, chances)
    areas = _Areas(gold, chances) if "roc_auc" in points and _bearable(gold) else None
    if areas is not None:
        most = _WORK // max(1, gold.size * len(areas.classes))
        rounds = max(_FEWEST, min(rounds, most))
    calibration = _Calibration(gold, chances) if len(gold) >= ROWS_FOR_ERROR else None
    drawn: dict[str, list[float]] = {name: [] for name in points}
    random = np.random.default_rng(seed)
    draw = _Draw(gold, random)
    for _ in range(rounds):
        weights = draw()
        found = {name: float(weights @ values / len(gold)) for name, values in per_row.items()}
        if calibration is not None:
            found["ece"] = calibration.error(weights)
        if areas is not None:
            found["roc_auc"], found["pr_auc"] = areas.under(weights)
        for name, value in found.items():
            if name in drawn:
                drawn[name].append(value)
    if calibration is not None and "ece" in points:
        drawn["ece"] = _unbiased(drawn["ece"], points["ece"], calibration.by_luck(random))
    if areas is not None:
        plain = dict(zip(("roc_auc", "pr_auc"), areas.under(np.ones(len(gold))), strict=True))
        for name, value in plain.items():
            drawn[name] = [each - value + points[name] for each in drawn[name]]
    return _intervals(drawn, points, level)


def _intervals(
    drawn: dict[str, list[float]], points: dict[str, float], level: float
) -> dict[str, Interval]:
    found = {}
    tail = 100 * (1 - level) / 2
    for name, values in drawn.items():
        if not values:
            continue
        low, high = np.percentile(values, [tail, 100 - tail])
        if name in ("roc_auc", "pr_auc", "ece"):
            low, high = max(0.0, low), min(1.0, high)
        if low < high:
            found[name] = Interval(float(low), float(high), level)
    return found


class _Draw:
    """How often each row is drawn when each class is drawn anew; rows lie sorted by class.

    With many rows each is drawn by itself, as often as a Poisson number of mean 1 says, and the
    class brought back to its size: the same in the limit, and three times as fast (Chamandy et
    al. 2012, "Estimating Uncertainty for Massive Data Streams").
    """

    def __init__(self, gold: Places, random: np.random.Generator) -> None:
        from scipy.stats import poisson

        counts = np.bincount(gold)
        ends = np.cumsum(counts)
        self._random = random
        self._sizes, self._first = counts[gold], (ends - counts)[gold]
        self._classes = [slice(e - n, e) for e, n in zip(ends, counts, strict=True) if n]
        steps = (np.arange(_STEPS) + 0.5) / _STEPS
        self._often = poisson.ppf(steps, 1.0).astype(np.float64)

    def __call__(self) -> Numbers:
        rows = len(self._sizes)
        if rows < _MANY:
            places = self._first + (self._random.random(rows) * self._sizes).astype(np.int64)
            return np.bincount(places, minlength=rows).astype(np.float64)
        weights: Numbers = self._often[self._random.integers(0, _STEPS, rows, dtype=np.uint16)]
        for some in self._classes:
            weights[some] *= (some.stop - some.start) / max(1.0, weights[some].sum())
        return weights


def _unbiased(drawn: list[float], point: float, by_luck: float) -> list[float]:
    """Calibration errors without what luck adds: it is never below zero, so noise makes it larger,
    in the rows once and in the draws once more. Towards zero there is room for all that luck alone
    would give to a model whose probabilities are right."""
    values = np.asarray(drawn)
    added = float(values.mean()) - point
    middle = float(np.median(values))
    low = np.maximum(values - added - max(added, by_luck), 0.0)
    high = np.maximum(values - 2 * added, point)
    return list(np.where(values < middle, low, high).astype(float))


def _bearable(gold: npt.NDArray[np.int64]) -> bool:
    return gold.size * len(np.unique(gold)) <= MOST_SCORES // 2


def _per_row(gold: npt.NDArray[np.int64], chances: Numbers) -> dict[str, Numbers]:
    """What each row adds to the log loss and the Brier score, as scikit-learn counts them."""
    of_gold = chances[np.arange(len(gold)), gold]
    square = (chances**2).sum(axis=1) - 2 * of_gold + 1.0
    if chances.shape[1] == 2:
        square = square / 2
    floor = np.finfo(chances.dtype).eps
    return {"log_loss": -np.log(np.clip(of_gold, floor, 1 - floor)), "brier": square}


class _Calibration:
    """The calibration error of rows that count more or less often."""

    def __init__(self, gold: npt.NDArray[np.int64], chances: Numbers) -> None:
        sure = chances.max(axis=1)
        edges = np.linspace(0.0, 1.0, _BINS + 1)[1:-1]
        self._place = np.searchsorted(edges, sure, side="left")
        self._gap = sure - (chances.argmax(axis=1) == gold)
        self._sure = sure
        self._weighted = np.empty_like(self._gap)

    def error(self, weights: Numbers) -> float:
        np.multiply(weights, self._gap, out=self._weighted)
        gaps = np.bincount(self._place, self._weighted, minlength=_BINS)
        return float(np.abs(gaps).sum() / weights.sum())

    def by_luck(self, random: np.random.Generator) -> float:
        """The mean error that these very probabilities would show if they were right."""
        found = []
        for _ in range(_LUCKY_DRAWS):
            gap = self._sure - (random.random(len(self._sure)) < self._sure)
            found.append(np.abs(np.bincount(self._place, gap, minlength=_BINS)).sum())
        return float(np.mean(found) / len(self._sure))


class _Areas:
    """The mean areas under the curves of rows (sorted by class) that count more or less often."""

    def __init__(self, gold: npt.NDArray[np.int64], chances: Numbers) -> None:
        self.classes = np.unique(gold)
        self._mirror = len(self.classes) == 2 and chances.shape[1] == 2
        if self._mirror:  # the other class's curve is the same one from the other end
            self.classes = self.classes[1:]
        self._places = [_ranked(chances[:, place]) for place in self.classes]
        starts = np.searchsorted(gold, self.classes, side="left")
        ends = np.searchsorted(gold, self.classes, side="right")
        self._own = [slice(a, b) for a, b in zip(starts, ends, strict=True)]

    def under(self, weights: Numbers) -> tuple[float, float]:
        roc, precise = [], []
        for places, own in zip(self._places, self._own, strict=True):
            size = int(places.max()) + 1
            every: Numbers = np.bincount(places, weights, minlength=size).astype(np.float64)
            hits: Numbers = np.bincount(places[own], weights[own], size).astype(np.float64)
            misses = every - hits
            below = np.cumsum(misses) - misses
            roc.append(float(hits @ (below + misses / 2) / max(1.0, hits.sum() * misses.sum())))
            precise.append(_precision(hits, every))
            if self._mirror:
                precise.append(_precision(misses[::-1], every[::-1]))
        return float(np.mean(roc)), float(np.mean(precise))


def _precision(hits: Numbers, every: Numbers) -> float:
    """The mean precision where a hit is found, going down from the highest scores."""
    found = np.cumsum(hits[::-1])
    seen = np.maximum(np.cumsum(every[::-1]), _SMALLEST)
    return float((found / seen) @ hits[::-1] / max(1.0, hits.sum()))


def _ranked(scores: Numbers) -> Places:
    """The place of each score among 1,000 at most, low scores first; equal scores share one."""
    _, places = np.unique(scores, return_inverse=True)
    places = places.reshape(-1)
    if places.max() >= _PLACES:
        edges = np.unique(np.quantile(places, np.linspace(0, 1, _PLACES + 1)[1:-1]))
        places = np.searchsorted(edges, places, side="right")
    return np.asarray(places, dtype=np.int64)
