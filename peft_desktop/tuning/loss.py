"""L = w_prompt * L_prompt + w_fine_tune * L_fine_tune: the one place that owns the loss.

    L_prompt    = -(1/N)  sum_n  log P(y_n | prompt, x_n)   label words at the slot of [x, prompt]
    L_fine_tune = -(1/N') sum_n' log P(y_n' | x_n')         a head on x's own states

P is a softmax over the labels in both. N and N' may be different rows: `for_prompt`, `for_head`.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor
from torch.nn import functional

from .batches import RowBatch
from .prompt_model import Outputs


@dataclass(frozen=True, slots=True)
class Weights:
    """w_prompt and w_fine_tune."""

    prompt: float
    fine_tune: float


@dataclass(frozen=True, slots=True)
class Loss:
    """The total (with gradient) and its unweighted parts; a part is None where it has no rows."""

    total: Tensor
    prompt: Tensor | None
    fine_tune: Tensor | None


def loss_of(outputs: Outputs, batch: RowBatch, weights: Weights) -> Loss:
    """The loss of one batch, in nats, computed in float32 whatever the model's precision."""
    prompt = _part(outputs.prompt, batch.gold, batch.for_prompt) if weights.prompt else None
    fine_tune = (
        _part(outputs.head, batch.gold, batch.for_head)
        if weights.fine_tune and outputs.head.numel()
        else None
    )
    total = outputs.prompt.new_zeros(())
    if prompt is not None:
        total = total + weights.prompt * prompt
    if fine_tune is not None:
        total = total + weights.fine_tune * fine_tune
    return Loss(total, prompt, fine_tune)


def _part(logits: Tensor, gold: Tensor, rows: Tensor) -> Tensor | None:
    """Mean negative log-likelihood over the rows that count."""
    if not bool(rows.any()):
        return None
    each = functional.cross_entropy(logits.float(), gold, reduction="none")
    return (each * rows).sum() / rows.sum()
