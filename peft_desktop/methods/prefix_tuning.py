"""Prefix tuning: trained keys and values in front of every layer's own, everything else frozen.

Li and Liang 2021, arXiv:2101.00190; for classification P-tuning v2, Liu et al. 2022,
arXiv:2110.07602, whose form this is: directly trained, without a network in between. They start as
the keys and values of real words, which says the same as these words in front of the input.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.fields import Settings, setting
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .contract import Facts, PrefixWish, Prepared, task_reason
from .start import StartSettings, start_ids


class PrefixTuningSettings(StartSettings):
    prefix_tokens: int = setting(
        16,
        label=QT_TRANSLATE_NOOP("settings", "Prefix tokens"),
        help=QT_TRANSLATE_NOOP(
            "settings", "How many trained keys and values stand before those of every layer."
        ),
        low=1,
        high=1000,
        typical="8 .. 40",
    )
    dropout: float = setting(
        0.0,
        label=QT_TRANSLATE_NOOP("settings", "Dropout"),
        help=QT_TRANSLATE_NOOP(
            "settings", "The share of the prefix's numbers that a step does not see."
        ),
        low=0.0,
        high=0.95,
        typical="0 .. 0.1",
    )


class PrefixTuning:
    name = "prefix_tuning"
    title = QT_TRANSLATE_NOOP("methods", "Prefix tuning (P-tuning v2)")
    summary = QT_TRANSLATE_NOOP(
        "methods", "Trains keys and values before every layer's own: stronger than a soft prompt."
    )
    settings: type[Settings] = PrefixTuningSettings

    def supports(self, family: str, task: str) -> Sentence | None:
        return task_reason(family, task)

    def learning_rate(self, facts: Facts) -> float:
        return 1e-2

    def head_learning_rate(self, facts: Facts) -> float:
        return 1e-3

    def prepare(
        self, model: Any, backbone: Any, settings: PrefixTuningSettings, hints: Mapping[str, Any]
    ) -> Prepared:
        model.requires_grad_(False)
        start = start_ids(settings, settings.prefix_tokens, hints)
        return Prepared(model, prefix=PrefixWish(settings.prefix_tokens, start, settings.dropout))
