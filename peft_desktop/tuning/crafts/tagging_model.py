"""A model that tags every unit (word, character) of a text, in two ways that are trained together.

The prompt's way is EntLM's (Ma et al. 2022, arXiv:2109.13532), restricted to the words that count:
at each token the model scores the entity types' label words against the token itself, which means
"no entity". Masked models score them through their word head; causal ones where the token comes
next, the text standing in front once already. Encoders have no word head: there a unit's state is
compared with the vectors of the types' words and of a word for everything else.

The head's way is a linear layer over BIO tags on the unit's mean state; it starts at zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from ...families.causal import finisher
from ...families.contract import Family, Inputs
from ...families.masked import head_bias, transform_of
from ...families.words import own_mean
from ...methods.contract import Prepared
from ..prefix import Prefix
from ..prompt_model import levelled
from ..tuned_model import TunedModel

COSINE_SCALE = 20.0


@dataclass(slots=True)
class TagBatch:
    """Windows as tensors. `piece` [P]: places in the flattened inputs of the tokens of units,
    `unit` [P]: whose they are, `tags` [U]: the units' gold tags, `numbers` [U]: which they are."""

    inputs: Inputs
    piece: Tensor
    unit: Tensor
    tags: Tensor
    numbers: np.ndarray

    @property
    def size(self) -> int:
        return int(self.inputs.ids.shape[0])


class TagOutputs(NamedTuple):
    """Logits, float32: `prompt` [U, 1 + T] of O and the types; `head` [U, 1 + 2T] of BIO tags,
    empty [0] without a head."""

    prompt: Tensor
    head: Tensor


class TaggingModel(TunedModel):
    """`forward` takes a `TagBatch` and gives `TagOutputs`.

    `words`: token ids of every label word of every type; for encoders as whole inputs, with those
    of "none of them" in front.
    """

    def __init__(
        self,
        family: Family,
        prepared: Prepared,
        prefix: Prefix | None,
        reader: Any,
        words: Sequence[Sequence[Sequence[int]]],
        *,
        labels: Sequence[str],
        pad_id: int,
        pooling: str = "mean",
        use_head: bool = True,
        told: Sequence[tuple[str, dict[str, Any]]] = (),
    ) -> None:
        super().__init__(family, prepared, prefix)
        self.reader = reader
        self.words = words
        self.labels = list(labels)
        self.pad_id = pad_id
        self.pooling = pooling
        self.told = list(told)
        self.weight_outside = 1.0
        config = self.model.config
        # OPT's last states are narrower than its layers
        width = int(getattr(config, "word_embed_proj_dim", None) or config.hidden_size)
        types = len(self.labels)
        self.head = nn.Linear(width, 1 + 2 * types) if use_head else None
        if self.head is not None:
            nn.init.zeros_(self.head.weight)
            nn.init.zeros_(self.head.bias)
        self.shift = nn.Parameter(torch.zeros(1 + types, width)) if prepared.shift else None

    @property
    def warnings(self) -> list[tuple[str, dict[str, Any]]]:
        return self.told

    def forward(self, batch: TagBatch) -> TagOutputs:
        states = self.hidden(batch.inputs)
        flat = states.flatten(0, 1)
        count = len(batch.numbers)
        share = torch.bincount(batch.unit, minlength=count).float().reciprocal().unsqueeze(-1)
        pieces = flat.index_select(0, batch.piece)
        units = _summed(pieces.float(), batch.unit, count) * share
        if self.family.name == "encoder":
            vectors = self._word_vectors(batch.inputs.ids.device)
            prompt = COSINE_SCALE * (_unit(units) @ _unit(vectors).t())
        else:
            prompt = _summed(self._by_words(flat, pieces, batch), batch.unit, count) * share
        with torch.autocast(states.device.type, enabled=False):
            prompt = prompt.float()
            even = levelled(units)
            if self.shift is not None:
                prompt = prompt + even @ self.shift.t()
            head = prompt.new_zeros(0) if self.head is None else self.head(even)
        return TagOutputs(prompt, head)

    def _by_words(self, flat: Tensor, pieces: Tensor, batch: TagBatch) -> Tensor:
        """Scores [P, 1 + T] of the token itself and of the types' words, at each token."""
        head = self.model.get_output_embeddings()
        bias: Any = getattr(head, "bias", None)
        if self.family.name == "masked":
            pieces, bias = transform_of(self.model)(pieces), head_bias(self.model)
        elif self.family.name == "causal":
            # a token is scored where it is what comes next
            pieces = flat.index_select(0, (batch.piece - 1).clamp(min=0))
        ids = batch.inputs.ids.flatten().index_select(0, batch.piece)
        own = (pieces.to(head.weight.dtype) * head.weight[ids]).float().sum(-1, keepdim=True)
        every = [list(word) for of_type in self.words for word in of_type]
        flat_ids = torch.tensor([i for word in every for i in word], device=pieces.device)
        mean = self._means(every, flat_ids.device)
        rows = mean.to(head.weight.dtype) @ head.weight[flat_ids]
        types = (pieces.to(rows.dtype) @ rows.t()).float()
        if bias is not None:
            own = own + bias[ids].float().unsqueeze(-1)
            types = types + mean @ bias[flat_ids].float()
        logits = torch.cat([own, types], dim=-1)
        result: Tensor = finisher(self.model.config)(logits)
        return result

    def _means(self, every: Sequence[Sequence[int]], device: torch.device) -> Tensor:
        """The matrix [T, tokens] that makes one row of the output of all words of each type."""
        matrix = torch.zeros(len(self.words), sum(map(len, every)), device=device)
        at = 0
        for label, of_type in enumerate(self.words):
            for word in of_type:
                matrix[label, at : at + len(word)] = 1.0 / (len(of_type) * len(word))
                at += len(word)
        return matrix

    def _word_vectors(self, device: torch.device) -> Tensor:
        """Vectors [1 + T, H] of "none of them" and of the types' words, by the encoder itself."""
        memo: dict[str, Any] = {} if self.training else self._memo.setdefault(0, {})
        if "words" in memo:
            return memo["words"]  # type: ignore[no-any-return]
        every = [list(word) for of_type in self.words for word in of_type]
        longest = max(map(len, every))
        ids = torch.full((len(every), longest), self.pad_id)
        mask = torch.zeros((len(every), longest), dtype=torch.bool)
        for row, word in enumerate(every):
            ids[row, : len(word)] = torch.tensor(word)
            mask[row, : len(word)] = True
        nowhere = torch.zeros((len(every), 1), dtype=torch.long, device=device)
        inputs = Inputs(ids.to(device), mask.to(device), nowhere, mask.to(device))
        states = self.hidden(inputs)
        vectors = states[:, 0].float() if self.pooling == "cls" else own_mean(states, inputs.mask)
        means = torch.zeros(len(self.words), len(every), device=device)
        at = 0
        for label, of_type in enumerate(self.words):
            means[label, at : at + len(of_type)] = 1.0 / len(of_type)
            at += len(of_type)
        memo["words"] = means @ _unit(vectors)
        return memo["words"]  # type: ignore[no-any-return]


def _summed(values: Tensor, places: Tensor, count: int) -> Tensor:
    """Rows of `values` added up by their place: [P, N] -> [count, N]."""
    return values.new_zeros((count, values.shape[-1])).index_add(0, places, values)


def _unit(vectors: Tensor) -> Tensor:
    unit: Tensor = vectors / vectors.norm(dim=-1, keepdim=True).clamp(min=1e-9)
    return unit
