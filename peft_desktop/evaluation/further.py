"""The metrics that take more than a count of right rows, and why one cannot be told where not.

Matthews' correlation, Cohen's kappa, Brier score, calibration error, and the areas under the ROC
and the precision-recall curve (each class against the rest, the mean over the classes that occur):
scikit-learn's numbers. A figure that cannot be known is left out with a reason, never shown as 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .calibration import ROWS_FOR_ERROR, expected_calibration_error
from .intervals import wilson
from .metrics import Judgement, Labels, gold_indexes, judge

FEW_ROWS = 10  # of a class: its figures are mostly luck
MOST_SCORES = 20_000_000  # rows x classes; the areas under more curves than that take minutes
_NAMED = 8


def judge_fully(labels: Sequence[str], gold: Labels, probabilities: npt.ArrayLike) -> Judgement:
    """`judge` with the further metrics, the reasons of those that are missing, and what to make of
    the number of rows."""
    found = judge(labels, gold, probabilities)
    truth = gold_indexes(labels, gold)
    chances = np.asarray(probabilities, dtype=np.float64)
    chances = chances / chances.sum(axis=1, keepdims=True)
    metrics, unknown = further(truth, chances)
    return replace(
        found,
        metrics=found.metrics | metrics,
        unknown=unknown,
        notes=(*_reading(found), *found.notes, *_few(found)),
    )


def further(
    gold: npt.NDArray[np.int64], chances: npt.NDArray[np.float64]
) -> tuple[dict[str, float], dict[str, Sentence]]:
    """Metric name -> number, and metric name -> why there is none."""
    from sklearn.metrics import brier_score_loss, cohen_kappa_score, matthews_corrcoef

    answers, every = chances.argmax(axis=1), np.arange(chances.shape[1])
    found: dict[str, float] = {}
    unknown: dict[str, Sentence] = {}
    alone, silent = len(np.unique(gold)) < 2, len(np.unique(answers)) < 2
    if alone or silent:
        unknown["mcc"] = _ONE_LABEL if alone else _ONE_ANSWER
    else:
        found["mcc"] = float(matthews_corrcoef(gold, answers))
    if alone:
        unknown |= dict.fromkeys(("kappa", "roc_auc", "pr_auc"), _ONE_LABEL)
    else:
        found["kappa"] = float(cohen_kappa_score(gold, answers))
        areas = areas_under_curves(gold, chances)
        if areas is None:
            unknown |= dict.fromkeys(("roc_auc", "pr_auc"), _TOO_MANY)
        else:
            found["roc_auc"], found["pr_auc"] = areas
    found["brier"] = float(brier_score_loss(gold, chances, labels=every))
    error = expected_calibration_error(chances, gold)
    if error is None:
        unknown["ece"] = Sentence(_FEW_FOR_ERROR, {"needed": ROWS_FOR_ERROR, "rows": len(gold)})
    else:
        found["ece"] = error
    return found, unknown


def areas_under_curves(
    gold: npt.NDArray[np.int64], chances: npt.NDArray[np.float64]
) -> tuple[float, float] | None:
    """Under the ROC and the precision-recall curve: each class that occurs against the rest, the
    mean. None where there are too many rows and classes. Two classes or more occur."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    classes = np.unique(gold)
    if gold.size * classes.size > MOST_SCORES:
        return None
    roc = [roc_auc_score(gold == place, chances[:, place]) for place in classes]
    precise = [average_precision_score(gold == place, chances[:, place]) for place in classes]
    return float(np.mean(roc)), float(np.mean(precise))


def _reading(judgement: Judgement) -> tuple[Sentence, ...]:
    """What cannot be told apart with so few rows; nothing where the bounds round to the value."""
    value = round(judgement.metrics["accuracy"], 2)
    bounds = wilson(judgement.right, judgement.rows)
    low, high = math.ceil(100 * bounds.low) / 100, math.floor(100 * bounds.high) / 100
    other = high if high - value >= value - low else low
    if abs(other - value) < 0.01:
        return ()
    values: dict[str, Any] = {"rows": judgement.rows}
    values |= {"value": f"{min(value, other):.2f}", "other": f"{max(value, other):.2f}"}
    return (Sentence(READING, values),)


def _few(judgement: Judgement) -> tuple[Sentence, ...]:
    few = [s for s in judgement.per_class if 0 < s["support"] < FEW_ROWS]
    if not few:
        return ()
    few.sort(key=lambda score: score["support"])
    named = ", ".join(f'"{score["label"]}" ({score["support"]})' for score in few[:_NAMED])
    rest = f", ... (+{len(few) - _NAMED})" if len(few) > _NAMED else ""
    return (Sentence(_FEW, {"labels": named + rest, "few": FEW_ROWS}),)


_ONE_LABEL = Sentence(
    QT_TRANSLATE_NOOP("engine", "All rows have the same label, so this cannot be told.")
)
_ONE_ANSWER = Sentence(
    QT_TRANSLATE_NOOP("engine", "All rows were given the same answer, so this cannot be told.")
)
_TOO_MANY = Sentence(
    QT_TRANSLATE_NOOP("engine", "Too many rows and labels to reckon this in good time.")
)
_FEW_FOR_ERROR = QT_TRANSLATE_NOOP("engine", "It takes {needed} rows, there are {rows}.")
READING = QT_TRANSLATE_NOOP("engine", "With {rows} rows, {value} and {other} cannot be told apart.")
_FEW = QT_TRANSLATE_NOOP(
    "engine", "Fewer than {few} rows of: {labels}. What is said of these labels is mostly luck."
)
