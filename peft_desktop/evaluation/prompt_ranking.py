"""How good prompts are before any training, with labelled rows and without, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .intervals import intervals_for, wilson
from .metrics import Judgement, judge
from .mixing import (
    batch_prior_calibration,
    contextual_calibration,
    log_softmax,
    negative_log_likelihood,
)


def judged(
    labels: Sequence[str],
    gold: Sequence[int],
    scores: npt.ArrayLike,
    content_free: npt.ArrayLike,
    *,
    complete: bool = True,
) -> dict[str, Any]:
    """One prompt's figures from log scores [rows, labels] and, for empty texts, [inputs, labels].

    Plain names are the model's answers as they are, `calibrated_` those after contextual
    calibration (its interval is called `interval`), `batch_` those after the rows' mean answer was
    taken out. `mutual_information` (0 to 1, in units of the most that the labels allow) needs no
    gold labels. Intervals of macro F1 are drawn only where the rows are `complete`.
    """
    logs = log_softmax(scores)
    calibrated = contextual_calibration(logs, content_free)
    of_batch = batch_prior_calibration(logs)
    found: dict[str, Any] = {"rows": len(logs)}
    for prefix, some in (("", logs), ("calibrated_", calibrated), ("batch_", of_batch)):
        judgement = judge(labels, gold, np.exp(some))
        found[f"{prefix}accuracy"] = judgement.metrics["accuracy"]
        found[f"{prefix}macro_f1"] = judgement.metrics["macro_f1"]
        found[f"{prefix}log_loss"] = negative_log_likelihood(some, gold)
        found[_INTERVAL[prefix]] = _accuracy_interval(judgement)
        if complete:
            interval = intervals_for(judgement).get("macro_f1")
            if interval is not None:
                found[f"{prefix}macro_f1_interval"] = [interval.low, interval.high]
    found["mutual_information"] = mutual_information(logs)
    return found


_INTERVAL = {"": "accuracy_interval", "calibrated_": "interval", "batch_": "batch_interval"}


def _accuracy_interval(judgement: Judgement) -> list[float]:
    spread = wilson(judgement.right, judgement.rows)
    return [spread.low, spread.high]


def mutual_information(log_probs: npt.ArrayLike) -> float:
    """I(label; text) of a prompt's own answers, as a share of log C: 0 to 1, without any gold.

    Entropy of the mean answer less the mean entropy of the answers: a prompt is good whose answers
    are sure and differ from row to row. Source: Sorensen et al. 2022, "An
    Information-theoretic Approach to Prompt Engineering Without Ground Truth Labels",
    arXiv:2203.11364. Takes log scores [rows, labels].
    """
    logs = log_softmax(log_probs)
    if logs.shape[0] == 0 or logs.shape[1] < 2:
        return 0.0
    shares = np.exp(logs)
    mean = shares.mean(axis=0)
    of_mean = -float((mean * np.log(np.maximum(mean, 1e-300))).sum())
    of_rows = -float((shares * logs).sum(axis=1).mean())
    return float(np.clip((of_mean - of_rows) / np.log(logs.shape[1]), 0.0, 1.0))


def ranked(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The prompts, best first: by calibrated accuracy, then likelihood; those that failed last.

    Each that was judged gets `rank_without_labels`, its place (from 1) by mutual information.
    """
    found = [dict(entry) for entry in entries]
    sound = [entry for entry in found if "error" not in entry]
    for place, entry in enumerate(sorted(sound, key=_information, reverse=True), start=1):
        entry["rank_without_labels"] = place
    sound.sort(key=in_order)
    return sound + [entry for entry in found if "error" in entry]


def in_order(entry: dict[str, Any]) -> tuple[float, float]:
    """The key that sorts the best prompt first."""
    return -entry["calibrated_accuracy"], entry["calibrated_log_loss"]


def _information(entry: dict[str, Any]) -> float:
    return float(entry["mutual_information"])
