"""Joining the prompt's and the head's answers, and taking a prompt's bias out of its answers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

WEIGHTS = (1.0, 0.75, 0.5, 0.25, 0.0)  # of the prompt; the prompt first, so that it wins ties
_LOWEST = -1e4  # stands for log 0: 0 * -inf would be no number
_TIE = 1e-9  # nats; closer than this is rounding


def log_softmax(scores: npt.ArrayLike) -> Array:
    """Log-probabilities [..., classes] of log scores [..., classes]; -inf counts as -10000.

    Raises ValueError for NaN and +inf.
    """
    raw = np.asarray(scores, dtype=np.float64)
    if np.isnan(raw).any() or np.isposinf(raw).any():
        raise ValueError("scores that are no numbers")
    # relative to the row's best first, so that the floor cannot level a row of low scores
    best = raw.max(axis=-1, keepdims=True)
    shifted = np.maximum(raw - np.where(np.isneginf(best), 0.0, best), _LOWEST)
    logs: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logs


def negative_log_likelihood(log_probs: npt.ArrayLike, gold: npt.ArrayLike) -> float:
    """Mean of -log p(gold) in nats; `log_probs` [rows, classes], `gold` [rows] places of classes.

    Raises ValueError for shapes that do not fit.
    """
    logs, truth = np.asarray(log_probs, dtype=np.float64), np.asarray(gold)
    if logs.ndim != 2 or truth.shape != logs.shape[:1]:
        raise ValueError(f"log-probabilities {logs.shape} for gold {truth.shape}")
    return float(-np.take_along_axis(logs, truth[:, None].astype(np.int64), axis=1).mean())


def mixed(log_p_prompt: npt.ArrayLike, log_p_head: npt.ArrayLike, weight: float) -> Array:
    """log softmax(w log p_prompt + (1 - w) log p_head), [rows, classes].

    `weight` w is the prompt's share: 1 is the prompt alone, 0 the head alone. Either input may be
    any log scores of the classes; they are normalised first. Raises ValueError for shapes that
    differ and a weight outside 0..1.
    """
    prompt, head = log_softmax(log_p_prompt), log_softmax(log_p_head)
    if prompt.shape != head.shape or not 0.0 <= weight <= 1.0:
        raise ValueError(f"prompt {prompt.shape}, head {head.shape}, weight {weight}")
    return log_softmax(weight * prompt + (1.0 - weight) * head)


def choose_weight(
    log_p_prompt: npt.ArrayLike, log_p_head: npt.ArrayLike, gold: npt.ArrayLike
) -> float:
    """The prompt's share w in {0, .25, .5, .75, 1} with the lowest loss on validation rows.

    Log-probabilities [rows, classes], `gold` [rows] places of classes; the loss is the mean
    negative log-likelihood of `mixed`. Equal losses go to the prompt, and so do no rows.
    """
    truth = np.asarray(gold)
    if truth.size == 0:
        return WEIGHTS[0]
    best, lowest = WEIGHTS[0], np.inf
    for weight in WEIGHTS:
        loss = negative_log_likelihood(mixed(log_p_prompt, log_p_head, weight), truth)
        if loss < lowest - _TIE:
            best, lowest = weight, loss
    return best


def contextual_calibration(
    label_log_probs: npt.ArrayLike, content_free_log_probs: npt.ArrayLike
) -> Array:
    """Take out of a prompt's answers what it says to inputs that say nothing.

    q(y|x) = p(y|x) / p_cf(y), normalised, with p_cf the mean label distribution over content-free
    inputs ("N/A", "", "[MASK]") in the same template: W = diag(p_cf)^-1, b = 0. Source: Zhao et
    al. 2021, "Calibrate Before Use", arXiv:2102.09690. For few or no training rows; of no use, or
    harmful, once the prompt was tuned on balanced classes.

    Takes log scores [rows, classes] and [inputs, classes] (or [classes]); gives log q
    [rows, classes]. Raises ValueError for numbers of classes that differ.
    """
    logs = log_softmax(label_log_probs)
    free = np.atleast_2d(log_softmax(content_free_log_probs))
    if free.shape[0] == 0 or free.shape[1] != logs.shape[-1]:
        raise ValueError(f"answers {logs.shape}, content-free {free.shape}")
    return log_softmax(logs - _log_of_mean(free))


def batch_prior_calibration(log_probs: npt.ArrayLike, prior: npt.ArrayLike | None = None) -> Array:
    """Take the mean answer over a whole set of rows out of each answer.

    log q(y|x) = log p(y|x) - log mean_x p(y|x) + log prior(y), normalised; `prior` [classes] is
    the share of each class that is known to hold for the rows, even shares when None. Source:
    Zhou et al. 2023, "Batch Calibration", arXiv:2309.17249 (even prior). An answer then depends
    on the rows beside it; for single texts give `contextual_calibration` the answers to a fixed
    set of unlabelled rows instead, which is the same formula.

    Takes log scores and gives log q, [rows, classes]. Raises ValueError for a prior that is not
    positive, does not sum to one or does not fit.
    """
    logs = log_softmax(log_probs)
    if logs.shape[0] == 0:
        return logs
    scores = logs - _log_of_mean(logs)
    if prior is not None:
        shares = np.asarray(prior, dtype=np.float64)
        if shares.shape != logs.shape[1:] or not (shares > 0).all():
            raise ValueError(f"a prior {shares} for answers {logs.shape}")
        if abs(shares.sum() - 1.0) > 1e-6:
            raise ValueError(f"a prior that sums to {shares.sum()}")
        scores = scores + np.log(shares)
    return log_softmax(scores)


def _log_of_mean(logs: Array) -> Array:
    """log of the mean over rows of exp(logs), [classes], without underflow."""
    top = logs.max(axis=0)
    mean: Array = top + np.log(np.exp(logs - top).mean(axis=0))
    return mean
