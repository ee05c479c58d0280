"""L = w_prompt * L_prompt + w_fine_tune * L_fine_tune: the one place that owns the loss.

    L_prompt    = -(1/N)  sum_n  log P(y_n | prompt, x_n)   label words at the slot of [x, prompt]
    L_fine_tune = -(1/N') sum_n' log P(y_n' | x_n')         a head on x's own states

P is a softmax over the labels in both. N and N' may be different rows: `for_prompt`, `for_head`.
"""

from __future__ import annotations

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Counts:
    """N and N' of the whole step: the rows that teach the prompt, and the head."""

    prompt: float
    fine_tune: float

    @staticmethod
    def of(batches: Sequence[RowBatch]) -> Counts:
        return Counts(
            sum(float(batch.for_prompt.sum()) for batch in batches),
            sum(float(batch.for_head.sum()) for batch in batches),
        )


def loss_of(
    outputs: Outputs, batch: RowBatch, weights: Weights, counts: Counts | None = None
) -> Loss:
    """The batch's share of the step's loss, in nats, in float32 whatever the model's precision.

    The shares of a step's batches sum to its loss: each divides by the `counts` of the whole step
    (of this batch, if it is the only one), so that cutting a step into batches changes nothing.
    """
    whole = Counts.of([batch]) if counts is None else counts
    prompt = fine_tune = None
    if weights.prompt:
        prompt = _part(outputs.prompt, batch.gold, batch.for_prompt, whole.prompt)
    if weights.fine_tune and outputs.head.numel():
        fine_tune = _part(outputs.head, batch.gold, batch.for_head, whole.fine_tune)
    total = outputs.prompt.new_zeros(())
    if prompt is not None:
        total = total + weights.prompt * prompt
    if fine_tune is not None:
        total = total + weights.fine_tune * fine_tune
    return Loss(total, prompt, fine_tune)


def _part(logits: Tensor, gold: Tensor, rows: Tensor, count: float) -> Tensor | None:
    """Negative log-likelihood of the rows that count, summed and divided by `count`."""
    if not bool(rows.any()):
        return None
    each = functional.cross_entropy(logits.float(), gold, reduction="none")
    return (each * rows).sum() / count
