"""Prompt tuning: a few trained vectors in front of the input, everything else frozen.

Lester et al. 2021, "The Power of Scale for Parameter-Efficient Prompt Tuning". The two levers are a
learning rate far above LoRA's and a start from real words (peft's method comparison: 0.06 from
random vectors at 1e-4, 0.34 from vocabulary at 1e-3).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.fields import Settings, setting
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .contract import Facts, Prepared, task_reason
from .start import StartSettings, soft_count, start_vectors


class PromptTuningSettings(StartSettings):
    soft_tokens: int = setting(
        20,
        label=QT_TRANSLATE_NOOP("settings", "Soft tokens"),
        help=QT_TRANSLATE_NOOP("settings", "How many trained vectors stand before the input."),
        low=1,
        high=1000,
        typical="8 .. 100",
    )


class PromptTuning:
    name = "prompt_tuning"
    title = QT_TRANSLATE_NOOP("methods", "Prompt tuning")
    summary = QT_TRANSLATE_NOOP(
        "methods", "Trains only a soft prompt of a few vectors; weak on small models."
    )
    settings: type[Settings] = PromptTuningSettings
    places_soft = True

    def supports(self, family: str, task: str) -> Sentence | None:
        return task_reason(family, task)

    def learning_rate(self, facts: Facts) -> float:
        return 1e-2

    def head_learning_rate(self, facts: Facts) -> float:
        return 1e-3

    def prepare(
        self, model: Any, backbone: Any, settings: PromptTuningSettings, hints: Mapping[str, Any]
    ) -> Prepared:
        import torch

        model.requires_grad_(False)
        embedding = backbone.get_input_embeddings()
        soft = torch.nn.Module()
        soft.vectors = torch.nn.Parameter(
            start_vectors(settings, soft_count(settings.soft_tokens, hints), embedding, hints)
        )
        return Prepared(model, soft=soft)
