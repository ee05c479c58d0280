"""The model that is trained: a pretrained backbone, label words' scores, a head beside them.

z_prompt [B, C] are the label words' scores at the slot of x' = [x, prompt]; z_head [B, C] come
from a linear head on x's own states. The head starts at zero: at the first step it is uniform and
sends no gradient into the backbone, so that a random head cannot damage it.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import torch
from torch import Tensor, nn

from ..families.contract import Family, Inputs, Plan, Scored
from ..families.words import own_mean
from ..methods.contract import Prepared
from .batches import RowBatch


class Outputs(NamedTuple):
    """Logits of the two ways to decide, float32 [B, C]; `head` is empty [0] without a head."""

    prompt: Tensor
    head: Tensor


class PromptModel(nn.Module):
    """Backbone, method and heads in one module; `forward` takes a batch, gives both logits."""

    def __init__(
        self, family: Family, plan: Plan, prepared: Prepared, use_head: bool, separate: bool
    ) -> None:
        super().__init__()
        self.model = prepared.model
        self.soft = prepared.soft
        self.family = family
        self.plan = plan
        self.separate = separate and use_head
        self._memo: dict[str, Any] = {}
        config = self.model.config
        # OPT's last states are narrower than its layers
        width = getattr(config, "word_embed_proj_dim", None) or config.hidden_size
        labels = len(plan.labels)
        self.head = nn.Linear(width, labels) if use_head else None
        if self.head is not None:
            nn.init.zeros_(self.head.weight)
            nn.init.zeros_(self.head.bias)
        self.shift = nn.Parameter(torch.zeros(labels, width)) if prepared.shift else None

    @property
    def frozen(self) -> bool:
        """Whether nothing below the heads is trained, so that states need computing only once."""
        below = [*self.model.parameters(), *(self.soft.parameters() if self.soft else ())]
        return not any(parameter.requires_grad for parameter in below)

    def trained(self) -> dict[str, Tensor]:
        """The tensors that training changes, by name: what is saved, and all that is saved."""
        return {name: p for name, p in self.named_parameters() if p.requires_grad}

    def train(self, mode: bool = True) -> PromptModel:
        self._memo.clear()
        super().train(mode)
        return self

    def forget(self) -> None:
        """Drop what was remembered for weights that have changed since."""
        self._memo.clear()

    def hidden(self, inputs: Inputs, with_soft: bool = True) -> Tensor:
        """Last hidden states [B, T, H]; a soft prompt goes behind the special tokens in front."""
        backbone = self.family.backbone(self.model)
        extra: dict[str, Any] = {}
        soft: Tensor | None = None
        if self.soft is not None and with_soft:
            soft = cast(Tensor, self.soft.vectors)
        count, front = (0, 0) if soft is None else (soft.shape[0], self.plan.before)
        if inputs.visible is not None:
            extra["attention_mask"] = _visible(inputs.visible, count, front, self.model)
        elif not bool(inputs.mask.all()):
            ones = inputs.mask.new_ones((inputs.mask.shape[0], count))
            mask = torch.cat([inputs.mask[:, :front], ones, inputs.mask[:, front:]], dim=1)
            extra["attention_mask"] = mask.long()
        if inputs.positions is not None:
            ahead = torch.arange(front, front + count, device=inputs.positions.device)
            extra["position_ids"] = torch.cat(
                [
                    inputs.positions[:, :front],
                    ahead.expand(inputs.positions.shape[0], -1),
                    inputs.positions[:, front:] + count,
                ],
                dim=1,
            )
        if getattr(self.model.config, "use_cache", False):
            extra["use_cache"] = False
        if soft is None:
            states: Tensor = backbone(input_ids=inputs.ids, **extra).last_hidden_state
            return states
        embedded = backbone.get_input_embeddings()(inputs.ids)
        vectors = soft.to(embedded.dtype).expand(embedded.shape[0], -1, -1)
        joined = torch.cat([embedded[:, :front], vectors, embedded[:, front:]], dim=1)
        states = backbone(inputs_embeds=joined, **extra).last_hidden_state
        return torch.cat([states[:, :front], states[:, front + count :]], dim=1)

    def score(self, batch: RowBatch) -> Scored:
        """Label scores and states before the heads; the costly part."""
        memo: dict[str, Any] = {} if self.training else self._memo
        scored = self.family.score(self.model, self.plan, batch, self.hidden, memo)
        if self.separate:
            assert batch.plain is not None
            states = self.hidden(batch.plain, with_soft=False)
            scored = scored._replace(own_state=own_mean(states, batch.plain.own))
        return scored

    def forward(self, batch: RowBatch) -> Outputs:
        scored = self.score(batch) if batch.scored is None else batch.scored
        prompt = scored.label_logits.float()
        if self.shift is not None:
            prompt = prompt + _levelled(scored.slot_state) @ self.shift.t()
        if self.head is None:
            return Outputs(prompt, prompt.new_zeros(0))
        with torch.autocast(prompt.device.type, enabled=False):
            return Outputs(prompt, self.head(_levelled(scored.own_state)))


def _levelled(states: Tensor) -> Tensor:
    """States brought to mean 0 and variance 1, so that one learning rate fits every model."""
    states = states.float()
    return nn.functional.layer_norm(states, states.shape[-1:])


def _visible(visible: Tensor, count: int, front: int, model: Any) -> Tensor:
    """The 4-d mask [B, 1, T, T] grown by `count` soft places behind the first `front` tokens.

    Everything behind them sees them; they see what stands before them.
    """
    if count:
        length = visible.shape[-1] + count
        soft = slice(front, front + count)
        old = torch.tensor([*range(front), *range(front + count, length)], device=visible.device)
        grown = visible.new_zeros((*visible.shape[:2], length, length))
        grown[..., soft] = True
        grown[..., old[:, None], old[None, :]] = visible
        grown[..., :front, soft] = False
        grown[..., soft, :] = visible.new_ones((length, length)).tril()[soft]
        visible = grown
    if getattr(model.config, "_attn_implementation", "") != "eager":
        return visible
    floor = torch.finfo(torch.float32).min
    return torch.zeros(visible.shape, device=visible.device).masked_fill(~visible, floor)
