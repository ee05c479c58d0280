"""Contrastive fine-tuning of a sentence encoder: texts of one label are drawn together.

SetFit's idea (Tunstall et al. 2022, "Efficient Few-Shot Learning Without Prompts",
arXiv:2209.11055) in one stage and without sampled pairs: all rows of a step are compared with each
other (supervised contrastive loss, Khosla et al. 2020, arXiv:2004.11362) and with the embedded
label prompts, and the head learns along. Every weight but the word embeddings is trained.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.fields import Settings, setting
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .contract import Contrast, Facts, Prepared


class ContrastiveSettings(Settings):
    weight_contrast: float = setting(
        1.0,
        label=QT_TRANSLATE_NOOP("settings", "Weight of the contrastive loss"),
        help=QT_TRANSLATE_NOOP(
            "settings", "How much it counts that texts of one label are close to each other."
        ),
        low=0.0,
        high=1000.0,
        typical="0.1 .. 2",
    )
    temperature: float = setting(
        0.1,
        label=QT_TRANSLATE_NOOP("settings", "Temperature"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "What the similarities are divided by: lower looks at the nearest texts only.",
        ),
        low=0.001,
        high=10.0,
        typical="0.05 .. 0.5",
    )


class Contrastive:
    name = "contrastive"
    title = QT_TRANSLATE_NOOP("methods", "Contrastive (few texts)")
    summary = QT_TRANSLATE_NOOP(
        "methods",
        "Draws texts of one label together; quick and strong for sentence encoders with few rows.",
    )
    settings: type[Settings] = ContrastiveSettings

    def supports(self, family: str, task: str) -> Sentence | None:
        if task != "classification":
            return Sentence(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "Contrastive fine-tuning draws texts of one label together, so it is for "
                    "classification alone: choose LoRA.",
                )
            )
        if family == "encoder":
            return None
        return Sentence(
            QT_TRANSLATE_NOOP(
                "engine",
                "Contrastive fine-tuning compares the vectors of whole texts, which only sentence "
                "encoders give: choose one (such as MiniLM), or LoRA.",
            )
        )

    def learning_rate(self, facts: Facts) -> float:
        return 5e-5

    def head_learning_rate(self, facts: Facts) -> float:
        return 1e-3

    def prepare(
        self, model: Any, backbone: Any, settings: ContrastiveSettings, hints: Mapping[str, Any]
    ) -> Prepared:
        model.requires_grad_(True)
        # a few rows meet few of them, and they are half of a small model
        backbone.get_input_embeddings().requires_grad_(False)
        contrast = Contrast(settings.weight_contrast, settings.temperature)
        return Prepared(model, contrast=contrast if settings.weight_contrast else None, refit=True)
