"""How many steps a training takes, and how long its inputs are: worked out before any model."""

from __future__ import annotations

import math

from .recipe import TrainingSettings

LENGTH_LIMIT = 512  # tokens; longer inputs only when asked for: time grows with them


def steps_per_epoch(settings: TrainingSettings, rows: int) -> int:
    """Optimizer steps in which every one of `rows` training rows is seen once."""
    batches = math.ceil(rows / settings.batch_size)
    return max(1, math.ceil(batches / settings.accumulation))


def total_steps(settings: TrainingSettings, rows: int) -> int:
    """Optimizer steps at most, for `rows` training rows."""
    if settings.epochs is None:
        return settings.max_steps
    return max(1, round(settings.epochs * steps_per_epoch(settings, rows)))


def longest_reading(
    context_length: int | None, soft_tokens: int = 0, wanted: int | None = None
) -> int:
    """Tokens that inputs are cut to: what is `wanted`, else 512, as far as the model has room."""
    room = (context_length or LENGTH_LIMIT) - soft_tokens
    return max(1, min(room, wanted or LENGTH_LIMIT))
