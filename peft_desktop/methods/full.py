"""Full fine-tuning: every weight of the model is trained (PET and LM-BFF do this)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.fields import Settings
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .contract import Facts, Prepared, task_reason


class FullSettings(Settings):
    """Full fine-tuning has no settings of its own."""


class FullFineTuning:
    name = "full"
    title = QT_TRANSLATE_NOOP("methods", "Full fine-tuning")
    summary = QT_TRANSLATE_NOOP(
        "methods", "Trains every weight. Strong on small models; needs the most memory."
    )
    settings: type[Settings] = FullSettings

    def supports(self, family: str, task: str) -> Sentence | None:
        return task_reason(family, task)

    def learning_rate(self, facts: Facts) -> float:
        # small models want more: docs/methods.md, "Learning rates"
        if facts.family == "encoder":
            return 5e-5
        return 1e-4 if 0 < facts.parameters < 60_000_000 else 3e-5

    def head_learning_rate(self, facts: Facts) -> float:
        return 1e-3

    def prepare(
        self, model: Any, backbone: Any, settings: FullSettings, hints: Mapping[str, Any]
    ) -> Prepared:
        model.requires_grad_(True)
        return Prepared(model)
