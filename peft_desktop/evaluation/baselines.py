"""What a model has to beat: the majority, the prompt before training, a trivial rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from .further import judge_fully
from .metrics import Labels, gold_indexes, judge

# the baselines that reports know, in the order of their columns
BASELINE_TITLES: dict[str, str] = {
    "majority": QT_TRANSLATE_NOOP("engine", "Majority"),
    "zero_shot": QT_TRANSLATE_NOOP("engine", "Zero-shot"),
    "zero_shot_calibrated": QT_TRANSLATE_NOOP("engine", "Zero-shot, calibrated"),
    "commonest_list": QT_TRANSLATE_NOOP("engine", "Commonest list"),
    "every_label": QT_TRANSLATE_NOOP("engine", "Every label"),
    "no_entities": QT_TRANSLATE_NOOP("engine", "No entities"),
    "dictionary": QT_TRANSLATE_NOOP("engine", "Dictionary of the training entities"),
    "substring_rule": QT_TRANSLATE_NOOP("engine", "Substring rule"),
    "likely_sentence": QT_TRANSLATE_NOOP("engine", "Likely sentence"),
    "no_answer": QT_TRANSLATE_NOOP("engine", "No answer"),
    "most_frequent": QT_TRANSLATE_NOOP("engine", "Commonest values"),
}


def majority(labels: Sequence[str], train_gold: Labels, gold: Labels) -> dict[str, float]:
    """Metrics on `gold` of always answering the commonest label of the training rows.

    The first in `labels` wins among equals. Its log loss is that of the training shares, each
    class counted once more so that none has probability zero. Raises ValueError without training
    rows, UserError as `judge` does.
    """
    train = gold_indexes(labels, train_gold)
    if len(train) == 0:
        raise ValueError("the majority of no training rows")
    counts = np.bincount(train, minlength=len(labels)) + 1.0
    shares = np.tile(counts / counts.sum(), (len(gold), 1))
    return judge_fully(labels, gold, shares).metrics


def substring_rule(texts: Sequence[str], keyword: str, positive: str, negative: str) -> list[str]:
    """The label `positive` for each text that holds `keyword` letter by letter, else `negative`.

    Raises UserError for a blank keyword, which every text would hold.
    """
    if not keyword.strip():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no keyword to look for."),
            QT_TRANSLATE_NOOP("engine", "Give the keyword's parameter a value."),
        )
    return [positive if keyword in text else negative for text in texts]


def baselines(
    labels: Sequence[str],
    train_gold: Labels,
    gold: Labels,
    *,
    zero_shot: Mapping[str, float] | None = None,
    zero_shot_calibrated: Mapping[str, float] | None = None,
    substring_answers: Labels | None = None,
) -> dict[str, dict[str, float]]:
    """Name -> metrics of what stands beside a model's result, as reports and files take it.

    `zero_shot` are the metrics of the untrained prompt on the same rows (raw, and calibrated by
    what it says of empty texts), `substring_answers` what `substring_rule` says to them; what is
    not given, or cannot be known without training rows, is left out.
    """
    found: dict[str, dict[str, float]] = {}
    if len(train_gold):
        found["majority"] = majority(labels, train_gold, gold)
    if zero_shot is not None:
        found["zero_shot"] = dict(zero_shot)
    if zero_shot_calibrated is not None:
        found["zero_shot_calibrated"] = dict(zero_shot_calibrated)
    if substring_answers is not None:
        found["substring_rule"] = judge(labels, gold, predicted=substring_answers).metrics
    return found
