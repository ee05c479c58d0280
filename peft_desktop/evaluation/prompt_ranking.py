"""How good prompts are before any training, with labelled rows and without, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .intervals import intervals_for
from .metrics import judge
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
        accuracy, macro_f1 = at_once(gold, some.argmax(axis=1))
        found[f"{prefix}accuracy"] = accuracy
        found[f"{prefix}macro_f1"] = macro_f1
        found[f"{prefix}log_loss"] = negative_log_likelihood(some, gold)
        found[_INTERVAL[prefix]] = spread_at_once(round(accuracy * len(logs)), len(logs))
        if complete:
            interval = intervals_for(judge(labels, gold, np.exp(some))).get("macro_f1")
            if interval is not None:
                found[f"{prefix}macro_f1_interval"] = [interval.low, interval.high]
    found["mutual_information"] = mutual_information(logs)
    return found


_INTERVAL = {"": "accuracy_interval", "calibrated_": "interval", "batch_": "batch_interval"}
_Z = 1.959963984540054  # of the normal distribution, 95 % between -z and z


def at_once(gold: Sequence[int], answers: npt.ArrayLike) -> tuple[float, float]:
    """Accuracy and macro F1 as `judge` gives them, without its library: first figures wait for
    nothing that takes a second to load."""
    truth, said = np.asarray(gold), np.asarray(answers)
    scores = []
    for label in np.union1d(truth, said):
        hits = np.sum((truth == label) & (said == label))
        scores.append(2 * hits / (np.sum(truth == label) + np.sum(said == label)))
    return float(np.mean(truth == said)), float(np.mean(scores))


def spread_at_once(right: int, rows: int) -> list[float]:
    """`wilson` by its formula (Wilson 1927), for the same reason: [low, high]."""
    share, z = right / rows, _Z
    middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    half = z / (1 + z * z / rows) * np.sqrt(share * (1 - share) / rows + (z / (2 * rows)) ** 2)
    return [max(0.0, float(middle - half)), min(1.0, float(middle + half))]


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
