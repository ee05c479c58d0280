"""Yes-no logits of many labels: their loss, how two ways are joined, how sure they should be."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .mixing import WEIGHTS

Array = npt.NDArray[np.float64]
_TIE = 1e-9
_SCALES = 2.0 ** np.linspace(-5, 5, 81)  # what logits are divided by


def sigmoid(logits: npt.ArrayLike) -> Array:
    """1 / (1 + exp(-z)), without overflow."""
    raw = np.asarray(logits, dtype=np.float64)
    found: Array = np.exp(-np.logaddexp(0.0, -raw))
    return found


def list_nll(logits: npt.ArrayLike, gold: npt.ArrayLike) -> float:
    """Mean over rows of -log p(the whole list) in nats, labels being independent given the text.

    `logits`, `gold` [rows, labels].
    """
    raw, truth = np.asarray(logits, dtype=np.float64), np.asarray(gold, dtype=bool)
    return float(np.logaddexp(0.0, np.where(truth, -raw, raw)).sum(axis=1).mean())


def best_scale(logits: npt.ArrayLike, gold: npt.ArrayLike) -> float:
    """The temperature that the logits are divided by for the lowest `list_nll`; 1 where no rows."""
    raw = np.asarray(logits, dtype=np.float64)
    if not len(raw):
        return 1.0
    losses = [list_nll(raw / scale, gold) for scale in _SCALES]
    return float(_SCALES[int(np.argmin(losses))])


def joined(prompt: Array, head: Array | None, weight: float) -> Array:
    """The logits of both ways together; `weight` is the prompt's share."""
    return prompt if head is None else weight * prompt + (1.0 - weight) * head


def best_weight(prompt: Array, head: Array, gold: npt.ArrayLike) -> float:
    """The prompt's share with the lowest loss on validation rows; the prompt wins ties."""
    best, lowest = WEIGHTS[0], np.inf
    for weight in WEIGHTS:
        loss = list_nll(joined(prompt, head, weight), gold)
        if loss < lowest - _TIE:
            best, lowest = weight, loss
    return best
