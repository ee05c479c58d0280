"""L = w_prompt * L_prompt + w_fine_tune * L_fine_tune: the one place that owns the loss.

Methods that compare texts with each other add w_contrast * L_contrast (`tuning/contrast.py`).

    L_prompt    = -(1/N)  sum_n  log P(y_n | prompt, x_n)   label words at the slot of [x, prompt]
    L_fine_tune = -(1/N') sum_n' log P(y_n' | x_n')         a head on x's own states

P is a softmax over the labels in both. N and N' may be different rows: `for_prompt`, `for_head`.

For rows labelled by other models (distillation) -log P is replaced in both by T^2 KL(q || p), with
q their probabilities and p the model's own, both softened by the temperature T: the gradient keeps
its size whatever T is (Hinton et al. 2015, arXiv:1503.02531; PET, arXiv:2001.07676).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from ..methods.contract import Contrast
from .batches import RowBatch
from .contrast import Pull, contrastive_loss
from .prompt_model import Outputs


@dataclass(frozen=True, slots=True)
class Weights:
    """w_prompt and w_fine_tune, and the method's own w_contrast with its temperature."""

    prompt: float
    fine_tune: float
    contrast: Contrast | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """The total (with gradient) and its unweighted parts; a part is None where it has no rows."""

    total: Tensor
    prompt: Tensor | None
    fine_tune: Tensor | None
    contrast: Tensor | None = None


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
    outputs: Outputs,
    batch: RowBatch,
    weights: Weights,
    counts: Counts | None = None,
    pull: Pull | None = None,
) -> Loss:
    """The batch's share of the step's loss, in nats, in float32 whatever the model's precision.

    The shares of a step's batches sum to its loss: each divides by the `counts` of the whole step
    (of this batch, if it is the only one), so that cutting a step into batches changes nothing.
    `pull`: how the other batches of the step pull at this one's vectors.
    """
    whole = Counts.of([batch]) if counts is None else counts
    prompt = fine_tune = None
    if weights.prompt:
        prompt = _part(outputs.prompt, batch, batch.for_prompt, whole.prompt)
    if weights.fine_tune and outputs.head.numel():
        fine_tune = _part(outputs.head, batch, batch.for_head, whole.fine_tune)
    total = outputs.prompt.new_zeros(())
    if prompt is not None:
        total = total + weights.prompt * prompt
    if fine_tune is not None:
        total = total + weights.fine_tune * fine_tune
    contrast = _contrast(outputs, batch, weights, pull)
    if contrast is not None and weights.contrast is not None:
        total = total + weights.contrast.weight * contrast
    return Loss(total, prompt, fine_tune, contrast)


def _contrast(
    outputs: Outputs, batch: RowBatch, weights: Weights, pull: Pull | None
) -> Tensor | None:
    """L_contrast of the batch's rows, or its share of that of the whole step's."""
    vectors = outputs.vectors
    if weights.contrast is None or vectors is None:
        return None
    if pull is None:
        return contrastive_loss(vectors, batch.gold, weights.contrast.temperature)
    through = (vectors * pull.gradient).sum()
    return pull.loss + through - through.detach()


def _part(logits: Tensor, batch: RowBatch, rows: Tensor, count: float) -> Tensor | None:
    """The losses of the rows that count, summed and divided by `count`."""
    if not bool(rows.any()):
        return None
    each = functional.cross_entropy(logits.float(), batch.gold, reduction="none")
    if batch.soft is not None:
        told = batch.soft.sum(-1) > 0
        each = torch.where(told, distilled(logits, batch.soft, batch.temperature), each)
    return (each * rows).sum() / count


def distilled(logits: Tensor, soft: Tensor, temperature: float) -> Tensor:
    """T^2 KL(soft || softmax(logits / T)) of each row [B]; `soft` [B, C] is at T already."""
    own = functional.log_softmax(logits.float() / temperature, dim=-1)
    return temperature**2 * functional.kl_div(own, soft.float(), reduction="none").sum(-1)
