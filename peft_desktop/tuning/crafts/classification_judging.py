"""Judging a classification beside the majority, and the untrained model with the same prompt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ...core.errors import UserError
from ...core.recipe import Recipe
from ...core.words import QT_TRANSLATE_NOOP
from ...evaluation.baselines import baselines
from ...evaluation.further import READING, judge_fully
from ...evaluation.intervals import intervals_for
from ...evaluation.mixing import contextual_calibration
from ...evaluation.report import evaluation_record
from ...evaluation.resampling import score_intervals
from ..batches import Rows, rows_of
from ..rows import encoded_rows
from ..scoring import content_free_scores, scores_of
from .contract import Judged, Judging, Work
from .untrained import kept_once, untrained_model


def judged(job: Judging) -> Work[Judged]:
    """Score the rows and compare with their labels."""
    from ...core import events as ev

    ready, gold = job.ready, job.gold
    labels = ready.recipe.labels
    yield ev.PhaseChanged("tokenising")
    encoded = yield from encoded_rows(ready.model.plan, job.rows)
    prepared = rows_of(encoded, gold)
    zero_shot = yield from _zero_shot(job, prepared)
    yield ev.PhaseChanged("evaluating")
    scores = yield from scores_of(ready.model, prepared, ready.device, ready.file.precision)
    probabilities = ready.probabilities(scores)
    judgement = judge_fully(labels, gold, probabilities)
    _, train_gold = job.table.split("train")
    compared = baselines(
        labels,
        train_gold,
        gold,
        zero_shot=zero_shot["zero_shot"],
        zero_shot_calibrated=zero_shot["zero_shot_calibrated"],
    )
    yield ev.Tick()
    intervals = intervals_for(judgement)
    intervals |= score_intervals(np.asarray(gold), probabilities, judgement.metrics)
    record = evaluation_record(judgement, compared, intervals)
    heads = {"prompt": _accuracy(scores.prompt, gold)}
    if scores.head is not None:
        heads["head"] = _accuracy(scores.head, gold)
    answers: dict[str, Any] = {
        "label": [labels[g] for g in gold],
        "predicted_label": [labels[int(i)] for i in probabilities.argmax(1)],
    }
    answers |= {f"probability_{name}": probabilities[:, i] for i, name in enumerate(labels)}
    warnings = [warned for warned in judgement.warnings() if warned.template != READING]
    return Judged(record, answers, {"heads": heads}, warnings)


def _accuracy(logs: np.ndarray, gold: Sequence[int]) -> float:
    return float((logs.argmax(1) == np.asarray(gold)).mean())


def labels_of_file(recipe: Recipe, rows: Sequence[Mapping[str, str]], source: Path) -> list[int]:
    """The index of each row's label; UserError naming those that the model does not know."""
    label = recipe.data.label or ""
    index = {text: number for number, text in enumerate(recipe.labels)}
    unknown = sorted({row[label] for row in rows} - set(index))
    if unknown:
        count = sum(row[label] in unknown for row in rows)
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "{count} rows have labels that the model does not know: {labels}."
            ),
            QT_TRANSLATE_NOOP("engine", "The model knows: {known}."),
            file=source,
            field=label,
            count=count,
            labels=", ".join(unknown[:10]),
            known=", ".join(recipe.labels[:20]),
        )
    return [index[row[label]] for row in rows]


def _zero_shot(job: Judging, rows: Rows) -> Work[dict[str, dict[str, float]]]:
    """What the untrained model says with the same prompt, raw and calibrated; kept once counted."""
    asked = [(row.variants[0].ids, g) for row, g in zip(rows.encoded, rows.gold, strict=True)]

    def counted() -> Work[dict[str, dict[str, float]]]:
        ready = job.ready
        model = untrained_model(job)
        of_untrained = rows
        if ready.model.soft is not None:  # an untrained model has no vectors for their places
            encoded = yield from encoded_rows(model.plan, job.rows)
            of_untrained = rows_of(encoded, rows.gold)
        precision = ready.file.precision
        scores = yield from scores_of(model, of_untrained, ready.device, precision)
        free = yield from content_free_scores(model, ready.file.columns, ready.device, precision)
        logs = {
            "zero_shot": scores.prompt,
            "zero_shot_calibrated": contextual_calibration(scores.prompt, free),
        }
        return {
            name: judge_fully(ready.recipe.labels, rows.gold, np.exp(of)).metrics
            for name, of in logs.items()
        }

    return (yield from kept_once(job, asked, "zero_shot_calibrated", counted))
