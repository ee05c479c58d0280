"""Text generation: the model writes the answer itself, token by token."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from ..core.errors import UserError
from ..core.events import Warned
from ..core.fields import Settings, setting
from ..core.words import QT_TRANSLATE_NOOP
from .base import TaskBase

_LEAST_ROWS = 10


class WritingSettings(Settings):
    """How an answer is written, token by token: of every task whose answers a model writes."""

    max_new_tokens: int = setting(
        64,
        label=QT_TRANSLATE_NOOP("settings", "Longest answer"),
        help=QT_TRANSLATE_NOOP(
            "settings", "The model stops after so many tokens, also in the middle of a sentence."
        ),
        low=1,
        high=4096,
        unit="tokens",
        typical="32 .. 256",
        main=True,
    )
    temperature: float = setting(
        0.0,
        label=QT_TRANSLATE_NOOP("settings", "Temperature"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "0: always the likeliest token, so that the same input gets the same answer. Above: "
            "tokens are drawn, the higher the more varied.",
        ),
        low=0.0,
        high=5.0,
        typical="0 .. 1",
        main=True,
    )
    top_p: float = setting(
        1.0,
        label=QT_TRANSLATE_NOOP("settings", "Top p"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "Draw from the likeliest tokens that together have this probability (with a "
            "temperature above 0).",
        ),
        low=0.01,
        high=1.0,
        typical="0.8 .. 1",
    )
    repetition_penalty: float = setting(
        1.0,
        label=QT_TRANSLATE_NOOP("settings", "Repetition penalty"),
        help=QT_TRANSLATE_NOOP(
            "settings", "Above 1 makes tokens that were said already less likely; 1 is off."
        ),
        low=1.0,
        high=5.0,
        typical="1 .. 1.3",
    )
    stop: str = setting(
        "",
        label=QT_TRANSLATE_NOOP("settings", "Stop at"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "The answer ends before this text (write \\n for a line break). Empty: where the model "
            "itself ends it.",
        ),
    )
    chat: Literal["auto", "on", "off"] = setting(
        "auto",
        label=QT_TRANSLATE_NOOP("settings", "Chat template"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "on: the prompt is a message in the model's own chat template. off: the prompt alone. "
            "auto: on where the model has such a template.",
        ),
        choices=("auto", "on", "off"),
    )
    system: str = setting(
        "",
        label=QT_TRANSLATE_NOOP("settings", "System message"),
        help=QT_TRANSLATE_NOOP(
            "settings", "What the chat template puts in front of the prompt; empty: its own."
        ),
    )
    look_rows: int = setting(
        8,
        label=QT_TRANSLATE_NOOP("settings", "Rows written at a look"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "While training, so many validation rows are answered at each look, to see how the "
            "answers get better; the best step is chosen by the loss. 0: none.",
        ),
        low=0,
        high=1000,
        typical="0 .. 32",
    )


class Generation(TaskBase):
    name = "generation"
    title = QT_TRANSLATE_NOOP("engine", "Text generation")
    summary = QT_TRANSLATE_NOOP(
        "engine", "Writes a text for a text: descriptions, summaries, rewordings, replies."
    )
    settings: type[Settings] = WritingSettings
    has_words = False
    two_losses = False

    def check(self, labels: Iterable[str | None]) -> list[Warned]:
        """Warnings about the targets; UserError where there is none, or all are the same."""
        cells = list(labels)
        targets = [cell.strip() for cell in cells if cell is not None and cell.strip()]
        if not targets:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "No row has a target text."),
                QT_TRANSLATE_NOOP("engine", "Choose the column that holds the texts to write."),
            )
        if len(targets) > 1 and len(set(targets)) == 1:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'All {rows} rows have the same target, "{target}".'),
                QT_TRANSLATE_NOOP("engine", "Choose the column that holds the texts to write."),
                rows=len(targets),
                target=targets[0][:80],
            )
        told = []
        empty = len(cells) - len(targets)
        if empty:
            told.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine", "{empty} of {rows} rows have no target: nothing is learnt there."
                    ),
                    {"empty": empty, "rows": len(cells)},
                )
            )
        different = len(set(targets))
        if len(targets) >= _LEAST_ROWS and different * 4 <= len(targets):
            told.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        "There are only {different} different targets in {rows} rows: "
                        "classification may fit them better.",
                    ),
                    {"different": different, "rows": len(targets)},
                )
            )
        return told

    def first_words(self, labels: Sequence[str], texts: Sequence[str]) -> dict[str, list[str]]:
        return {}
