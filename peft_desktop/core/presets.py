"""Named sets of training settings: how long to try, or as the article has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .errors import UserError
from .words import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Preset:
    """What it changes in TrainingSettings; all else keeps its default."""

    name: str
    title: str
    summary: str
    training: dict[str, Any] = field(default_factory=dict)


PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            "quick",
            QT_TRANSLATE_NOOP("settings", "Quick"),
            QT_TRANSLATE_NOOP("settings", "A first look: a third of the usual steps."),
            {"max_steps": 100, "patience": 2},
        ),
        Preset(
            "balanced",
            QT_TRANSLATE_NOOP("settings", "Balanced"),
            QT_TRANSLATE_NOOP("settings", "The usual step budget with early stopping."),
        ),
        Preset(
            "thorough",
            QT_TRANSLATE_NOOP("settings", "Thorough"),
            QT_TRANSLATE_NOOP("settings", "Three times the steps and more patience."),
            {"max_steps": 1000, "patience": 10, "warm_up": 0.06},
        ),
        Preset(
            "article",
            QT_TRANSLATE_NOOP("settings", "As in the article"),
            QT_TRANSLATE_NOOP(
                "settings",
                "Adam at 1e-5 for three epochs, one row at a time, both losses with weight 1, "
                "the text read once more without the prompt.",
            ),
            {
                "optimizer": "adam",
                "learning_rate": 1e-5,
                "head_learning_rate": 1e-5,
                "epochs": 3.0,
                "batch_size": 1,
                "accumulation": 1,
                "schedule": "constant",
                "warm_up": 0.0,
                "weight_decay": 0.0,
                "weight_prompt": 1.0,
                "weight_fine_tune": 1.0,
                "fine_tune_pass": "separate",
            },
        ),
    )
}


def preset_called(name: str) -> Preset:
    """The preset of that name; UserError naming those there are."""
    if name not in PRESETS:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no preset "{name}".'),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}."),
            field="preset",
            name=name,
            known=", ".join(PRESETS),
        )
    return PRESETS[name]
