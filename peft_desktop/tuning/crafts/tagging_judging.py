"""Judging a tagging beside a text without entities, a dictionary, and the untrained model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...core import events as ev
from ...core.errors import UserError
from ...core.recipe import Recipe
from ...core.words import QT_TRANSLATE_NOOP
from ...data.span_shapes import shaped_spans
from ...data.spans import SpanError, written
from ...evaluation.entities import entity_intervals, judge_entities, known_entities
from .contract import Judged, Judging, Row, Work
from .tag_decoding import Spans
from .untrained import kept_once, untrained_model


def gold_of(recipe: Recipe, rows: Sequence[Row], source: Path) -> list[Spans]:
    """The entities of each row; UserError for the first that cannot be used."""
    label, text = recipe.data.label or "", recipe.data.text
    known = set(recipe.labels)
    found: list[Spans] = []
    for number, row in enumerate(rows, start=1):
        try:
            spans = shaped_spans(row.get(label, ""), row.get(text, "")).spans
        except SpanError as error:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "Row {number} cannot be used: {reason}."),
                QT_TRANSLATE_NOOP("engine", "Correct it or leave it out."),
                file=source,
                field=label,
                number=number,
                reason=str(error.sentence),
            ) from error
        strange = sorted({span.label for span in spans} - known)
        if strange:
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "Row {number} has entity types that the model does not know: {types}."
                ),
                QT_TRANSLATE_NOOP("engine", "The model knows: {known}."),
                file=source,
                field=label,
                number=number,
                types=", ".join(strange[:10]),
                known=", ".join(recipe.labels[:20]),
            )
        found.append([(span.start, span.end, span.label) for span in spans])
    return found


def judged(job: Judging) -> Work[Judged]:
    """Tag the rows and compare with their entities."""
    from .tagging import found_entities

    ready, recipe = job.ready, job.ready.recipe
    texts = [row.get(recipe.data.text, "") for row in job.rows]
    zero_shot = yield from _zero_shot(job, texts)
    yield ev.PhaseChanged("evaluating")
    found = yield from found_entities(ready, job.rows, quiet=False)
    spans = [some for some, _ in found]
    judgement = judge_entities(texts, job.gold, spans, recipe.labels)
    train = job.table.of_split("train")
    train_gold = gold_of(recipe, train, job.table.path)
    looked_up = known_entities([row[recipe.data.text] for row in train], train_gold, texts)
    nothing: list[Spans] = [[] for _ in texts]
    baselines = {
        "no_entities": judge_entities(texts, job.gold, nothing, recipe.labels).metrics,
        "dictionary": judge_entities(texts, job.gold, looked_up, recipe.labels).metrics,
        **zero_shot,
    }
    intervals = entity_intervals(judgement.counts)
    record = {
        **judgement.to_dict(),
        "baselines": baselines,
        "intervals": {name: each.to_dict() for name, each in intervals.items()},
        "notes": [],
    }
    answers: dict[str, Any] = {
        "label": [written(some) for some in job.gold],
        "predicted_label": [written(some) for some in spans],
        "probability": [sure for _, sure in found],
    }
    return Judged(record, answers)


def _zero_shot(job: Judging, texts: Sequence[str]) -> Work[dict[str, dict[str, float]]]:
    """What the untrained model finds with the same label words; kept once counted."""
    asked = [(text, tuple(spans)) for text, spans in zip(texts, job.gold, strict=True)]

    def counted() -> Work[dict[str, dict[str, float]]]:
        from .tagging import found_entities

        ready = job.ready
        file = ready.file.model_copy(update={"temperature": 1.0})
        untrained = replace(ready, model=untrained_model(job), file=file)
        found = yield from found_entities(untrained, job.rows, weight=1.0)
        spans = [some for some, _ in found]
        judgement = judge_entities(texts, job.gold, spans, ready.recipe.labels)
        return {"zero_shot": judgement.metrics}

    return (yield from kept_once(job, asked, "zero_shot", counted))
