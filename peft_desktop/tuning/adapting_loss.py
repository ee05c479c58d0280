"""What a model learns from text alone: the hidden words (masked), or each next word (causal).

Scores over the vocabulary are made for a few hundred positions at a time, and only where a token
is asked for: they are the largest tensors of all, and for a small model most of the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor

from ..families.causal import finisher
from ..families.masked import head_bias, transform_of

_AT_ONCE = 256  # positions whose scores over the vocabulary are held at a time


class Objective(Protocol):
    def loss(self, model: Any, ids: Tensor, chance: torch.Generator) -> tuple[Tensor, int, int]:
        """The sum (nats) over the tokens asked for in ids [B, T]; their number; those right."""
        ...


@dataclass(frozen=True, slots=True)
class MaskedWords:
    """`share` of the tokens are hidden, all behind the mask, and asked for.

    That all are masked, and none left or swapped, loses nothing: Wettig et al. 2023
    (arXiv:2202.08005), section 5.
    """

    mask_id: int
    special: tuple[int, ...]  # never hidden
    share: float = 0.2

    def hidden(self, ids: Tensor, chance: torch.Generator) -> Tensor:
        """Which of ids [B, T] are hidden: one at least."""
        hidden = torch.rand(ids.shape, generator=chance).to(ids.device) < self.share
        for token in self.special:
            hidden &= ids != token
        if not hidden.any():  # a row of a few tokens
            hidden[:, ids.shape[1] // 2] = True
        return hidden

    def loss(self, model: Any, ids: Tensor, chance: torch.Generator) -> tuple[Tensor, int, int]:
        hidden = self.hidden(ids, chance)
        lifted = transform_of(model)(
            _states_at(model, ids.masked_fill(hidden, self.mask_id), hidden)
        )
        weight = model.get_output_embeddings().weight
        total, right = scores_loss(lifted, weight, head_bias(model), ids[hidden])
        return total, int(hidden.sum()), right


def _states_at(model: Any, ids: Tensor, places: Tensor) -> Tensor:
    """The last states [N, H] at `places` [B, T] of rows without padding.

    BERT's last layer mixes all positions but then works on the wanted ones alone: 8 % of the whole
    with six layers and a fifth of the tokens hidden.
    """
    base = model.base_model
    if model.config.model_type != "bert":
        states: Tensor = base(input_ids=ids).last_hidden_state[places]
        return states
    states = base.embeddings(input_ids=ids)
    *lower, last = base.encoder.layer
    for layer in lower:
        states = layer(states)
    mixed, _ = last.attention.self(states)
    wanted: Tensor = last.feed_forward_chunk(last.attention.output(mixed[places], states[places]))
    return wanted


@dataclass(frozen=True, slots=True)
class NextWords:
    """Each token but the first is asked for, from what stands before it."""

    def loss(self, model: Any, ids: Tensor, chance: torch.Generator) -> tuple[Tensor, int, int]:
        states = model.base_model(input_ids=ids, use_cache=False).last_hidden_state
        asked = ids[:, 1:].reshape(-1)
        flat = states[:, :-1].reshape(asked.shape[0], -1)
        head = model.get_output_embeddings()
        total, right = scores_loss(
            flat, head.weight, getattr(head, "bias", None), asked, finisher(model.config)
        )
        return total, asked.shape[0], right


def scores_loss(
    states: Tensor, weight: Tensor, bias: Tensor | None, asked: Tensor, finish: Any = None
) -> tuple[Tensor, int]:
    """Cross-entropy, summed, of states [N, H] over weight [V, H] for `asked` [N]; how many right.

    The gradient reaches states and bias; the weight [V, H], which is the word embeddings as a
    rule, rests. Where gradients are wanted, they are computed along, piece by piece.
    """
    total: Tensor
    given = (states, bias, weight.detach(), asked, finish)
    total, right = _Scores.apply(*given)  # type: ignore[no-untyped-call]
    return total, int(right)


class _Scores(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        states: Tensor,
        bias: Tensor | None,
        weight: Tensor,
        asked: Tensor,
        finish: Any,
    ) -> tuple[Tensor, Tensor]:
        kind = states.device.type
        fast = torch.is_autocast_enabled(kind)
        dtype = torch.get_autocast_dtype(kind) if fast else weight.dtype
        matrix, short = weight.to(dtype), states.to(dtype)
        wanted = [ctx.needs_input_grad[0], bias is not None and ctx.needs_input_grad[1]]
        total, right = states.new_zeros((), dtype=torch.float32), torch.zeros_like(asked[:1])
        of_states = torch.empty_like(states) if wanted[0] else None
        of_bias = None
        if wanted[1] and bias is not None:
            of_bias = torch.zeros_like(bias, dtype=torch.float32)
        with torch.autocast(kind, enabled=False):
            for first in range(0, len(asked), _AT_ONCE):
                piece = slice(first, first + _AT_ONCE)
                answer = asked[piece, None]
                logits = (short[piece] @ matrix.t()).float()
                if bias is not None:
                    logits += bias.float()
                raw = logits
                if finish is not None:
                    with torch.enable_grad():
                        raw = logits.detach().requires_grad_()
                        logits = finish(raw)
                finished, logits = logits, logits.detach()
                right += (logits.argmax(-1, keepdim=True) == answer).sum()
                shares = torch.softmax(logits, dim=-1)
                total -= shares.gather(1, answer).clamp(min=1e-30).log().sum()
                if not any(wanted):
                    continue
                shares.scatter_add_(1, answer, shares.new_full(answer.shape, -1.0))
                if finished is not raw:
                    (shares,) = torch.autograd.grad(finished, raw, shares)
                if of_states is not None:
                    of_states[piece] = (shares.to(dtype) @ matrix).to(of_states.dtype)
                if of_bias is not None:
                    of_bias += shares.sum(0)
        ctx.kept = (of_states, of_bias)
        ctx.mark_non_differentiable(right)
        return total, right

    @staticmethod
    def backward(ctx: Any, grad: Tensor, _: Any) -> tuple[Any, ...]:
        of_states, of_bias = ctx.kept
        return (
            None if of_states is None else of_states * grad,
            None if of_bias is None else of_bias * grad,
            None,
            None,
            None,
        )
