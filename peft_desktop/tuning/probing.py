"""Zero-shot probe: which prompt does the untrained model understand best, before any training."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import torch

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import ProbeRequest
from ..core.recipe import DataRef, ModelRef, PromptSpec, Recipe, TrainingSettings
from ..core.steps import longest_reading
from ..evaluation.baselines import baselines
from ..evaluation.intervals import wilson
from ..evaluation.metrics import judge
from ..evaluation.mixing import contextual_calibration
from .batches import rows_of
from .device import choose_device, set_threads
from .loading import set_precision
from .models import Library
from .prompt_model import PromptModel
from .rows import TableRows, encoded_rows
from .scoring import content_free_scores, scores_of
from .trained import build


def probe(request: ProbeRequest, library: Library) -> Generator[Event, None, None]:
    """Score every prompt on the rows, raw and calibrated; the result is ranked, best first."""
    yield ev.Started("probe", len(request.prompts), {"model": request.model})
    yield ev.PhaseChanged("loading")
    card = library.get(request.model)
    library.path(card.name)  # a model that cannot be used is no prompt's fault
    device = choose_device(request.device)
    set_threads(0)
    base: PromptModel | None = None
    ranked: list[dict[str, Any]] = []
    majority: dict[str, float] = {}
    length = longest_reading(card.context_length)
    for number, prompt in enumerate(request.prompts):
        recipe = _recipe(request, prompt, card.name)
        table = TableRows.of(request.project, recipe)
        rows, gold = table.rows(request.rows)
        try:
            model = build(recipe, card, library, table.columns, length) if base is None else base
            if base is not None:
                model.plan = _plan(recipe, card, library, table.columns, length)
                model.forget()
        except UserError as error:
            ranked.append({"template": prompt.template, "words": prompt.words, "error": str(error)})
            continue
        if base is None:
            set_precision(model, _precision(card.family, device))
            base = model.to(device)
        precision = _precision(card.family, device)
        encoded = yield from encoded_rows(model.plan, rows)
        scores = yield from scores_of(model, rows_of(encoded, gold), device, precision, quiet=True)
        free = yield from content_free_scores(model, table.columns, device, precision)
        labels = recipe.labels
        raw = judge(labels, gold, np.exp(scores.prompt))
        calibrated_logs = contextual_calibration(scores.prompt, free)
        calibrated = judge(labels, gold, np.exp(calibrated_logs))
        majority = baselines(labels, gold, gold)["majority"]
        spread = wilson(calibrated.right, calibrated.rows)
        ranked.append(
            {
                "template": prompt.template,
                "words": prompt.words,
                "accuracy": raw.metrics["accuracy"],
                "macro_f1": raw.metrics["macro_f1"],
                "calibrated_accuracy": calibrated.metrics["accuracy"],
                "calibrated_macro_f1": calibrated.metrics["macro_f1"],
                "interval": [spread.low, spread.high],
            }
        )
        yield ev.Progressed(number + 1, len(request.prompts), "prompts")
    ranked.sort(key=lambda row: -float(row.get("calibrated_accuracy", -1.0)))
    yield ev.Finished({"ranked": ranked, "majority": majority, "rows": len(request.rows)})


def _precision(family: str, device: torch.device) -> str:
    # nothing is trained: rounding costs little, and the answer is wanted in seconds
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported() else "fp32"
    capable = device.type == "cpu" and torch.cpu._is_avx512_bf16_supported()
    return "bf16" if capable and family == "causal" else "fp32"


def _plan(recipe: Recipe, card: Any, library: Library, columns: list[str], length: int) -> Any:
    from ..families import family_called
    from ..families.contract import PlanSettings
    from ..prompts.tokens import Tokens

    return family_called(card.family).plan(
        PlanSettings(
            prompt=recipe.prompt,
            columns=columns,
            text_column=recipe.data.text,
            max_length=length,
            facts={"pooling": card.pooling},
        ),
        Tokens(library.path(card.name)),
    )


def _recipe(request: ProbeRequest, prompt: PromptSpec, model: str) -> Recipe:
    return Recipe(
        name="probe",
        model=ModelRef(name=model),
        method="head_only",
        prompt=prompt,
        data=DataRef(text=request.text, label=request.label),
        training=TrainingSettings(weight_fine_tune=0.0),
    )
