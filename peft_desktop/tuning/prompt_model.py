"""The model that is trained: a pretrained backbone, label words' scores, a head beside them.

z_prompt [B, C] are the label words' scores at the slot of x' = [x, prompt]; z_head [B, C] come
from a linear head on x's own states. The head starts at zero: at the first step it is uniform and
sends no gradient into the backbone, so that a random head cannot damage it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from ..families.contract import Family, Plan, Scored, Words
from ..families.ensemble import EnsemblePlan, plans_of
from ..families.masked import head_bias
from ..families.words import own_mean, virtual_start
from ..methods.contract import Prepared
from .batches import RowBatch
from .prefix import Prefix
from .tuned_model import TunedModel


class Outputs(NamedTuple):
    """Logits of the two ways to decide, float32 [B, C]; `head` is empty [0] without a head.

    `vectors` [B, H]: the texts' vectors in float32, where the method compares them.
    """

    prompt: Tensor
    head: Tensor
    vectors: Tensor | None = None


class VirtualRows(nn.Module):
    """Rows of the output for label words of several tokens: `rows` [V, H], `bias` [V] or None."""

    def __init__(self, rows: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        self.rows = nn.Parameter(rows)
        self.bias = None if bias is None else nn.Parameter(bias)


class PromptModel(TunedModel):
    """Backbone, method and heads in one module; `forward` takes a batch, gives both logits."""

    def __init__(
        self,
        family: Family,
        plan: Plan,
        prepared: Prepared,
        prefix: Prefix | None = None,
        *,
        use_head: bool,
        separate: bool,
    ) -> None:
        super().__init__(family, prepared, prefix)
        self.contrast = prepared.contrast
        self.refit = prepared.refit
        self.plan = plan
        self.separate = separate and use_head
        config = self.model.config
        # OPT's last states are narrower than its layers
        width = getattr(config, "word_embed_proj_dim", None) or config.hidden_size
        labels = len(plan.labels)
        self.head = nn.Linear(width, labels) if use_head else None
        if self.head is not None:
            nn.init.zeros_(self.head.weight)
            nn.init.zeros_(self.head.bias)
        # templates that read the words alike share them
        readings = [some.words for some in plans_of(plan) if getattr(some, "virtual", False)]
        self._virtual_words = list(dict.fromkeys(readings))
        self.virtual = nn.ModuleList(_virtual_rows(self.model, w) for w in self._virtual_words)
        if prepared.shift:
            self.virtual.requires_grad_(False)  # the correction does what they would do
        self.shift = nn.Parameter(torch.zeros(labels, width)) if prepared.shift else None

    @property
    def warnings(self) -> list[tuple[str, dict[str, Any]]]:
        return self.plan.warnings

    @property
    def frozen(self) -> bool:
        """Whether nothing below the heads is trained, so that states need computing only once."""
        if not self.one_template:
            return False  # every template has states of its own
        return not any(name != "shift" and not name.startswith("head.") for name in self.trained())

    @property
    def one_template(self) -> bool:
        return not isinstance(self.plan, EnsemblePlan)

    def virtual_of(self, plan: Any) -> int | None:
        """The place in `virtual` of the rows for a plan's words; None where it has none."""
        made = getattr(plan, "virtual", False)
        return self._virtual_words.index(plan.words) if made else None

    def score(self, batch: RowBatch) -> Scored:
        """Label scores and states before the heads; the costly part.

        Of several templates those of the batch's, or of the first.
        """
        number, plan = batch.template or 0, plans_of(self.plan)[batch.template or 0]
        if isinstance(self.plan, EnsemblePlan) and batch.template is None:
            batch = self._under(batch, 0)
        memo: dict[str, Any] = {} if self.training else self._memo.setdefault(number, {})
        place = self.virtual_of(plan)
        if place is not None:
            memo["virtual"] = self.virtual[place]
        scored = self.family.score(self.model, plan, batch, self.hidden, memo)
        if self.separate:
            assert batch.plain is not None
            states = self.hidden(batch.plain)
            scored = scored._replace(own_state=own_mean(states, batch.plain.own))
        return scored

    def _under(self, batch: RowBatch, number: int) -> RowBatch:
        """The batch as one of several templates reads it."""
        assert isinstance(self.plan, EnsemblePlan)
        first, end = self.plan.spans[number]
        return replace(batch, variants=batch.variants[first:end], template=number)

    def forward(self, batch: RowBatch) -> Outputs:
        if isinstance(self.plan, EnsemblePlan) and batch.template is None:
            count = len(self.plan.plans)
            return _mean([self.forward(self._under(batch, number)) for number in range(count)])
        scored = self.score(batch) if batch.scored is None else batch.scored
        prompt = scored.label_logits.float()
        if self.shift is not None:
            prompt = prompt + levelled(scored.slot_state) @ self.shift.t()
        vectors = None if self.contrast is None else scored.slot_state.float()
        if self.head is None:
            return Outputs(prompt, prompt.new_zeros(0), vectors)
        with torch.autocast(prompt.device.type, enabled=False):
            return Outputs(prompt, self.head(levelled(scored.own_state)), vectors)


def _mean(outputs: list[Outputs]) -> Outputs:
    """Mean log-probabilities over several templates; the vectors' mean."""
    prompt, head = (
        torch.stack([torch.log_softmax(some.float(), dim=-1) for some in both]).mean(0)
        for both in zip(*(some[:2] for some in outputs), strict=True)
    )
    vectors = [some.vectors for some in outputs if some.vectors is not None]
    return Outputs(prompt, head, torch.stack(vectors).mean(0) if vectors else None)


def _virtual_rows(model: Any, words: Words) -> VirtualRows:
    with torch.no_grad():
        weight = model.get_output_embeddings().weight
        return VirtualRows(*virtual_start(words, weight, head_bias(model)))


def levelled(states: Tensor) -> Tensor:
    """States brought to mean 0 and variance 1, so that one learning rate fits every model."""
    states = states.float()
    return nn.functional.layer_norm(states, states.shape[-1:])
