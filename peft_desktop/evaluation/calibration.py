"""Probabilities that mean what they say: one temperature, and how far off they are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .mixing import Array, log_softmax, negative_log_likelihood

ROWS_FOR_TEMPERATURE = 50
ROWS_FOR_ERROR = 200
_COLDEST, _HOTTEST = 0.2, 20.0  # a validation set without a mistake would ask for 0


@dataclass(frozen=True, slots=True)
class Temperature:
    """T in softmax(logits / T); `note` says why it was left at 1."""

    value: float = 1.0
    note: Sentence | None = None


def fit_temperature(logits: npt.ArrayLike, gold: npt.ArrayLike) -> Temperature:
    """The T with the lowest negative log-likelihood on validation rows, within 0.2 .. 20.

    `logits` [rows, classes] may be log-probabilities, `gold` [rows] holds places of classes.
    With fewer than 50 rows T stays 1 and a note says so. Source: Guo et al. 2017, "On
    Calibration of Modern Neural Networks", arXiv:1706.04599.
    """
    truth = np.asarray(gold)
    if len(truth) < ROWS_FOR_TEMPERATURE:
        return Temperature(
            note=Sentence(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "The probabilities are not calibrated: that takes {needed} validation rows, "
                    "there are {rows}.",
                ),
                {"needed": ROWS_FOR_TEMPERATURE, "rows": len(truth)},
            )
        )
    return Temperature(_best(logits, truth)[0])


def calibrated_loss(logits: npt.ArrayLike, gold: npt.ArrayLike) -> float:
    """The negative log-likelihood at the temperature that suits these rows best, however few.

    It tells which of two models answers better where the plain one also tells which of them is
    too sure of itself, which a temperature mends.
    """
    return _best(logits, np.asarray(gold))[1]


def _best(logits: npt.ArrayLike, truth: npt.NDArray[Any]) -> tuple[float, float]:
    """The best temperature, and the negative log-likelihood there."""
    from scipy.optimize import minimize_scalar

    logs = log_softmax(logits)
    found = minimize_scalar(
        lambda log_t: negative_log_likelihood(scaled(logs, math.exp(log_t)), truth),
        bounds=(math.log(_COLDEST), math.log(_HOTTEST)),
        method="bounded",
    )
    return math.exp(float(found.x)), float(found.fun)


def scaled(logits: npt.ArrayLike, temperature: float) -> Array:
    """log softmax(logits / T), [rows, classes]; the answers stay, only their certainty changes.

    Raises ValueError for a temperature that is not positive.
    """
    if not temperature > 0:
        raise ValueError(f"temperature {temperature}")
    return log_softmax(log_softmax(logits) / temperature)


def expected_calibration_error(
    probabilities: npt.ArrayLike, gold: npt.ArrayLike, bins: int = 15
) -> float | None:
    """Mean gap, 0..1, between the answer's probability and how often it is right; None if unsure.

    Rows are put into `bins` bins of equal width by the answer's probability, (low, high]; the
    gaps are weighted by rows (Guo et al. 2017). With fewer than 200 rows the number says
    nothing, so there is none.
    """
    chances, truth = np.asarray(probabilities, dtype=np.float64), np.asarray(gold)
    if chances.ndim != 2 or truth.shape != chances.shape[:1]:
        raise ValueError(f"probabilities {chances.shape} for gold {truth.shape}")
    if len(truth) < ROWS_FOR_ERROR:
        return None
    sure = chances.max(axis=1)
    right = chances.argmax(axis=1) == truth
    edges = np.linspace(0.0, 1.0, bins + 1)[1:-1]
    place = np.searchsorted(edges, sure, side="left")
    gaps = np.bincount(place, weights=sure - right, minlength=bins)
    return float(np.abs(gaps).sum() / len(truth))
