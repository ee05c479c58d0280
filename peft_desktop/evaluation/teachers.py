"""Several models' answers to the same rows, merged into one, and how far they agree.

As in PET (Schick and Schuetze 2021, arXiv:2001.07676): the scores of all models are averaged in the
log domain, each weighted by what its prompt got right before any training.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .mixing import log_softmax

Array = npt.NDArray[np.float64]
_LEAST = 1e-12  # stands for a probability of zero


def log_scores(probabilities: npt.ArrayLike) -> Array:
    """Log-probabilities [N, C] of probabilities; they stand for logits, up to a row's constant."""
    return log_softmax(np.log(np.maximum(np.asarray(probabilities, dtype=np.float64), _LEAST)))


def merged(scores: Sequence[Array], weights: Sequence[float]) -> Array:
    """The weighted mean [N, C] of several models' log scores; all alike where all weigh nothing.

    Raises ValueError for no models, for weights below zero, and for numbers that do not fit.
    """
    of_all = np.asarray(weights, dtype=np.float64)
    if not len(scores) or len(scores) != len(of_all) or (of_all < 0).any():
        raise ValueError(f"{len(scores)} models, weights {list(weights)}")
    if not of_all.sum():
        of_all = np.ones_like(of_all)
    result: Array = np.tensordot(of_all / of_all.sum(), np.stack(list(scores)), axes=1)
    return result


def agreement(scores: Sequence[Array]) -> dict[str, Any]:
    """How often the models answer alike, over N rows: all of them, and the mean of the pairs.

    Empty where there is one model, or no row.
    """
    said = np.stack([each.argmax(1) for each in scores])
    count = len(said)
    if count < 2 or not said.shape[1]:
        return {}
    pairs = [float((said[i] == said[j]).mean()) for i in range(count) for j in range(i + 1, count)]
    return {"all": float((said == said[0]).all(axis=0).mean()), "pairs": sum(pairs) / len(pairs)}


def counts(labels: Sequence[str], scores: Array) -> dict[str, int]:
    """How many rows get each label."""
    found = (
        np.bincount(scores.argmax(1), minlength=len(labels)) if len(scores) else [0] * len(labels)
    )
    return {label: int(number) for label, number in zip(labels, found, strict=True)}
