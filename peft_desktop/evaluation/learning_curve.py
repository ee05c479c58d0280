"""Would more labelled rows help: a curve through accuracies at more and more rows.

The curve is a - b * n^-c, an inverse power law (Figueroa et al. 2012, "Predicting sample size
required for classification performance", doi:10.1186/1472-6947-12-8). How sure the gain is comes
from drawing each accuracy anew as a share of its validation rows, and fitting again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.words import QT_TRANSLATE_NOOP, Sentence

SHARES = (0.25, 0.5, 0.75, 1.0)
MORE = 100
_ROUNDS = 200
_WORTH = 0.01  # a gain below it is hardly one


def gain(
    points: Sequence[tuple[int, float]], judged_rows: int, more: int = MORE
) -> dict[str, Any] | None:
    """What `more` rows are expected to bring: `gain` with bounds `low` and `high` (95 %).

    `points`: training rows and the accuracy on `judged_rows` rows. None for fewer than three.
    """
    if len({rows for rows, _ in points}) < 3 or judged_rows < 1:
        return None
    sizes = np.array([rows for rows, _ in points], dtype=np.float64)
    seen = np.array([accuracy for _, accuracy in points])
    last = float(sizes.max())
    random = np.random.default_rng(0)
    drawn = random.binomial(judged_rows, np.clip(seen, 0, 1), (_ROUNDS, len(seen))) / judged_rows
    gains = [_gain(sizes, each, last, more) for each in drawn]
    low, high = np.percentile(gains, [2.5, 97.5])
    expected = _gain(sizes, seen, last, more)
    return {"rows": more, "gain": expected, "low": float(low), "high": float(high)}


def sentence(found: dict[str, Any] | None) -> Sentence:
    """What to make of it."""
    if found is None:
        return Sentence(
            QT_TRANSLATE_NOOP("engine", "Fewer than three points: no curve can be drawn through.")
        )
    values = {"rows": found["rows"]}
    values |= {name: f"{100 * found[name]:.1f}" for name in ("gain", "low", "high")}
    if found["high"] < _WORTH:
        template = QT_TRANSLATE_NOOP(
            "engine",
            "{rows} more rows would hardly help: {gain} points of accuracy, {high} at most.",
        )
    elif found["low"] > _WORTH:
        template = QT_TRANSLATE_NOOP(
            "engine",
            "Label more: {rows} more rows are expected to bring {gain} points of accuracy "
            "({low} to {high}).",
        )
    else:
        template = QT_TRANSLATE_NOOP(
            "engine",
            "{rows} more rows are expected to bring {gain} points of accuracy, but it may be "
            "anything from {low} to {high}: there are too few validation rows to tell.",
        )
    return Sentence(template, values)


def _gain(
    sizes: npt.NDArray[np.float64], seen: npt.NDArray[np.float64], last: float, more: int
) -> float:
    """By the best of a grid of falls c; a and b by least squares, b never below 0."""
    best, found = np.inf, 0.0
    for fall in (0.25, 0.5, 0.75, 1.0, 1.5):
        x = sizes**-fall
        spread = x - x.mean()
        b = max(0.0, -float(spread @ (seen - seen.mean())) / max(float(spread @ spread), 1e-18))
        a = min(1.0, float(seen.mean() + b * x.mean()))
        missed = float(((a - b * x - seen) ** 2).sum())
        if missed < best - 1e-12:
            best, found = missed, b * (last**-fall - (last + more) ** -fall)
    return float(found)
