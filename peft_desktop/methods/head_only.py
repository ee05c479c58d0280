"""Head only: the model stays as it is; the classification head and a correction of the label
scores are trained on its states. Weak, but ready in seconds: a floor to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.fields import Settings
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .contract import Facts, Prepared, task_reason


class HeadOnlySettings(Settings):
    """Head-only training has no settings of its own."""


class HeadOnly:
    name = "head_only"
    title = QT_TRANSLATE_NOOP("methods", "Head only")
    summary = QT_TRANSLATE_NOOP(
        "methods", "Trains only a small classifier on the frozen model: a quick floor."
    )
    settings: type[Settings] = HeadOnlySettings

    def supports(self, family: str, task: str) -> Sentence | None:
        if task in ("generation",):
            return Sentence(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "A model that writes its answer has no head to train: choose LoRA.",
                )
            )
        return task_reason(family, task)

    def learning_rate(self, facts: Facts) -> float:
        return 1e-2

    def head_learning_rate(self, facts: Facts) -> float:
        return 1e-2

    def prepare(
        self, model: Any, backbone: Any, settings: HeadOnlySettings, hints: Mapping[str, Any]
    ) -> Prepared:
        model.requires_grad_(False)
        return Prepared(model, shift=True)
