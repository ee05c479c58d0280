"""Judging lists of labels beside what costs nothing: common lists, and the untrained model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...core import events as ev
from ...core.words import QT_TRANSLATE_NOOP
from ...data.label_lists import written
from ...evaluation.several_labels import (
    baselines_of,
    intervals_of,
    metrics_of,
    per_label,
)
from ...evaluation.yes_no import joined, sigmoid
from ..batches import Rows, rows_of
from ..rows import encoded_rows
from ..scoring import CONTENT_FREE
from .contract import Judged, Judging, Work
from .several_labels import answer, list_scores, thresholds_of
from .untrained import kept_once, untrained_model

NEVER_GIVEN = QT_TRANSLATE_NOOP(
    "engine", "Never predicted: {labels}. Their precision, recall and F1 count as 0."
)


def judged(job: Judging) -> Work[Judged]:
    """Score the rows and compare with their lists."""
    ready = job.ready
    labels, gold = ready.recipe.labels, np.asarray(job.gold, dtype=bool)
    yield ev.PhaseChanged("tokenising")
    encoded = yield from encoded_rows(ready.model.plan, job.rows)
    prepared = rows_of(encoded, [0] * len(encoded))
    zero_shot = yield from _zero_shot(job, prepared, gold)
    yield ev.PhaseChanged("evaluating")
    precision = ready.file.precision
    scores = yield from list_scores(ready.model, prepared, ready.device, precision, quiet=False)
    chances = sigmoid(
        joined(scores.prompt, scores.head, ready.file.weight) / ready.file.temperature
    )
    thresholds = thresholds_of(ready)
    given = chances >= thresholds
    train = ready.craft.gold(ready.recipe, job.table.of_split("train"), job.table.path)
    found = np.asarray(train, dtype=bool).reshape(-1, len(labels))
    record: dict[str, Any] = {
        "rows": len(gold),
        "metrics": metrics_of(gold, given, chances),
        "per_class": per_label(labels, gold, given),
        "baselines": {**baselines_of(found, gold), **zero_shot},
        "intervals": {n: each.to_dict() for n, each in intervals_of(gold, given).items()},
        "thresholds": {n: float(t) for n, t in zip(labels, thresholds, strict=True)},
    }
    rows = [answer(labels, line, yes) for line, yes in zip(chances, given, strict=True)]
    answers: dict[str, Sequence[Any]] = {"label": [written(_named(labels, g)) for g in gold]}
    answers |= {name: [row[name] for row in rows] for name in rows[0]}
    unused = np.any(gold, axis=0) & ~np.any(given, axis=0)
    silent = [labels[place] for place in np.flatnonzero(unused)]
    warnings = [ev.Warned(NEVER_GIVEN, {"labels": ", ".join(silent[:20])})] if silent else []
    heads = {"prompt": _micro(scores.prompt, gold)}
    if scores.head is not None:
        heads["head"] = _micro(scores.head, gold)
    return Judged(record, answers, {"heads": heads}, warnings)


def _named(labels: Sequence[str], line: np.ndarray) -> list[str]:
    return [label for label, yes in zip(labels, line, strict=True) if yes]


def _micro(logits: np.ndarray, gold: np.ndarray) -> float:
    return metrics_of(gold, logits >= 0)["micro_f1"]


def _zero_shot(job: Judging, rows: Rows, gold: np.ndarray) -> Work[dict[str, dict[str, float]]]:
    """What the untrained model says with the same prompt: a label is given where its words are
    likelier than "none"; calibrated: likelier than to texts that say nothing."""
    asked = [
        (row.variants[0].ids, line.tolist()) for row, line in zip(rows.encoded, gold, strict=True)
    ]

    def counted() -> Work[dict[str, dict[str, float]]]:
        ready = job.ready
        model = untrained_model(job)
        of_untrained = rows
        if ready.model.soft is not None:  # an untrained model has no vectors for their places
            encoded = yield from encoded_rows(model.plan, job.rows)
            of_untrained = rows_of(encoded, rows.gold)
        precision, device = ready.file.precision, ready.device
        scores = yield from list_scores(model, of_untrained, device, precision, quiet=False)
        texts = [dict.fromkeys(ready.file.columns, text) for text in CONTENT_FREE]
        nothing = rows_of(model.plan.read_many(texts), [0] * len(texts))
        free = yield from list_scores(model, nothing, device, precision)
        calibrated = scores.prompt - free.prompt.mean(0)
        return {
            "zero_shot": metrics_of(gold, scores.prompt >= 0, sigmoid(scores.prompt)),
            "zero_shot_calibrated": metrics_of(gold, calibrated >= 0, sigmoid(calibrated)),
        }

    return (yield from kept_once(job, asked, "zero_shot_calibrated", counted))
