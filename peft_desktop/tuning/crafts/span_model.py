"""A model that points at a part of a text: where the answer begins, where it ends, or nowhere.

Two ways to decide, trained together as in classification. The prompt's way scores each token of
the text as the answer's first one by the pretrained model alone, as the word in the slot; sentence
encoders have no words to put there and go without. The head's way is, for start and end, a linear
layer and a pointer from the slot's state; all of it starts at zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from ...core.recipe import Recipe
from ...families.causal import finisher
from ...families.contract import Family, Inputs
from ...families.masked import head_bias, transform_of
from ...families.words import taken
from ...methods.contract import Prepared
from ...prompts.span_reading import SpanReader
from ..prefix import Prefix
from ..prompt_model import levelled
from ..tuned_model import TunedModel

POINTER = 64  # numbers that slot and token are compared by


@dataclass(slots=True)
class SpanBatch:
    """B windows; `start` and `end` [B] are 0 (not here) or 1 + the token's position."""

    inputs: Inputs
    start: Tensor
    end: Tensor

    @property
    def size(self) -> int:
        return int(self.start.shape[0])


class SpanOutputs(NamedTuple):
    """Log-probabilities, float32: `start`, `end` [B, 1 + T], 0 being "not here"; `prompt` [B, 1 +
    T] of the start by the prompt alone, which knows no "not here"."""

    start: Tensor
    end: Tensor
    prompt: Tensor


class SpanHead(nn.Module):
    """Logits of start and end for each token, and of neither, from the model's states."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.token = nn.Linear(width, 2)
        self.slot = nn.Linear(width, 2)  # "not here"
        self.query = nn.Linear(width, 2 * POINTER)
        self.key = nn.Linear(width, POINTER)
        for layer in (self.token, self.slot, self.query):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, states: Tensor, slot: Tensor) -> Tensor:
        """[B, 1 + T, 2] of states [B, T, H] and the slot's state [B, H]."""
        query = self.query(slot).view(-1, 2, POINTER)
        pointed = self.key(states) @ query.transpose(1, 2) / POINTER**0.5
        result: Tensor = torch.cat([self.slot(slot)[:, None], self.token(states) + pointed], dim=1)
        return result


class SpanModel(TunedModel):
    """`forward` takes a `SpanBatch` and gives `SpanOutputs`."""

    def __init__(
        self,
        family: Family,
        prepared: Prepared,
        prefix: Prefix | None,
        reader: SpanReader,
        pad_id: int,
        recipe: Recipe,
    ) -> None:
        super().__init__(family, prepared, prefix)
        self.reader = reader
        self.pad_id = pad_id
        self.recipe = recipe
        self.head = SpanHead(_width(self.model.config))

    def forward(self, batch: SpanBatch) -> SpanOutputs:
        inputs = batch.inputs
        states = self.hidden(inputs)
        text = inputs.own & inputs.mask
        if self.family.name == "encoder":
            slot = _mean(states, inputs.mask & ~text)
        else:
            slot = taken(states, inputs.slots[:, :1])[:, 0]
        prompt = self._by_prompt(states, slot, inputs)
        device = states.device.type
        with torch.autocast(device, enabled=False):
            logits = self.head(levelled(states), levelled(slot))
            allowed = torch.cat([torch.ones_like(text[:, :1]), text], dim=1)
            logits = logits.masked_fill(~allowed.unsqueeze(-1), -1e9)
            logs = torch.log_softmax(logits, dim=1)
            by_prompt = prompt.float().masked_fill(~text, -1e9)
            by_prompt = torch.log_softmax(by_prompt, dim=1)
            nothing = by_prompt.new_full((len(by_prompt), 1), -1e9)
        return SpanOutputs(logs[..., 0], logs[..., 1], torch.cat([nothing, by_prompt], dim=1))

    def _by_prompt(self, states: Tensor, slot: Tensor, inputs: Inputs) -> Tensor:
        """How well each token fits as the answer's first one, [B, T]."""
        if self.family.name == "encoder":
            return states.new_zeros(states.shape[:2]).float()
        head = self.model.get_output_embeddings()
        bias: Any = getattr(head, "bias", None)
        if self.family.name == "masked":
            slot, bias = transform_of(self.model)(slot), head_bias(self.model)
        rows = head.weight[inputs.ids]
        logits = (rows @ slot.to(rows.dtype).unsqueeze(-1)).squeeze(-1).float()
        if bias is not None:
            logits = logits + bias[inputs.ids].float()
        if self.family.name == "causal":
            logits = finisher(self.model.config)(logits)
        result: Tensor = logits
        return result


def _width(config: Any) -> int:
    # OPT's last states are narrower than its layers
    return int(getattr(config, "word_embed_proj_dim", None) or config.hidden_size)


def _mean(states: Tensor, chosen: Tensor) -> Tensor:
    weight = chosen.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1)
