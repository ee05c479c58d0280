"""Judging written texts beside the untrained model with the same prompt, and beside the input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ...core import events as ev
from ...core.events import Warned
from ...core.words import QT_TRANSLATE_NOOP
from ...evaluation.text_scores import text_intervals, text_scores
from .contract import Judged, Judging, Work
from .untrained import kept_once, untrained_model

if TYPE_CHECKING:
    from .generation import GenerationCraft

NO_TARGET = QT_TRANSLATE_NOOP(
    "engine", "{count} of {rows} rows have an empty target and are not judged."
)
NOT_ENDED = QT_TRANSLATE_NOOP(
    "engine",
    "{count} of {rows} answers were cut off at {length} tokens: raise task.max_new_tokens where "
    "they should be longer.",
)


def judged(craft: GenerationCraft, job: Judging) -> Work[Judged]:
    """Write an answer for every row that has a target, and compare."""
    from .generation import WrittenRows, answered

    ready, recipe = job.ready, job.ready.recipe
    settings = ready.model.settings
    places = [place for place, target in enumerate(job.gold) if target]
    if not places:
        raise job.table.nothing_to_learn()
    rows, targets = [job.rows[place] for place in places], [job.gold[place] for place in places]
    yield ev.PhaseChanged("tokenising")
    asked = [
        settings.model_dump(),
        [reading.ids for reading in ready.model.plan.prompts(rows)],
    ]

    def counted() -> Work[dict[str, Any]]:
        # LoRA starts as no change at all
        model = untrained_model(job, "lora")
        said = yield from answered(ready, model, rows, settings, quiet=False)
        return {"said": [one.text for one in said]}

    before = (yield from kept_once(job, asked, "said", counted))["said"]
    yield ev.PhaseChanged("evaluating")
    said = yield from answered(ready, ready.model, rows, settings, quiet=False)
    texts = [one.text for one in said]
    encoded = ready.model.plan.with_targets(rows, targets)
    loss, right = yield from craft.target_loss(
        ready.model, WrittenRows(encoded, rows, targets), ready.device, ready.file.precision
    )
    metrics = {
        **text_scores(texts, targets),
        "loss": loss,
        "perplexity": float(np.exp(min(loss, 50.0))),
        "token_accuracy": right,
    }
    inputs = [row.get(recipe.data.text, "") for row in rows]
    record = {
        "rows": len(rows),
        "metrics": metrics,
        "baselines": {
            "copy_input": text_scores(inputs, targets),
            "untrained": text_scores(before, targets),
        },
        "intervals": {
            name: each.to_dict() for name, each in text_intervals(texts, targets).items()
        },
    }
    warnings = []
    if len(places) < len(job.rows):
        empty = len(job.rows) - len(places)
        warnings.append(Warned(NO_TARGET, {"count": empty, "rows": len(job.rows)}))
    open_ends = sum(not one.ended for one in said)
    if open_ends * 20 > len(said):
        values = {"count": open_ends, "rows": len(said), "length": settings.max_new_tokens}
        warnings.append(Warned(NOT_ENDED, values))
    return Judged(record, _columns(job, places, said, before), {}, warnings)


def _columns(job: Judging, places: list[int], said: list[Any], before: list[str]) -> dict[str, Any]:
    """The answers' columns for all rows; those without a target have no answer."""
    count = len(job.rows)
    columns: dict[str, list[Any]] = {
        "label": list(job.gold),
        "predicted_label": [""] * count,
        "probability": [float("nan")] * count,
        "untrained": [""] * count,
    }
    for place, one, old in zip(places, said, before, strict=True):
        columns["predicted_label"][place] = one.text
        columns["probability"][place] = one.probability
        columns["untrained"][place] = old
    return columns
