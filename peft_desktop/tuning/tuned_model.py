"""A pretrained backbone and what a method put into it: what the models of all tasks share."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Self, cast

import torch
from torch import Tensor, nn

from ..families.contract import Family, Inputs
from ..families.words import as_mask
from ..methods.contract import Prepared
from .attention import LONGEST, NAME
from .packing import packing, same_beginning, worth_packing
from .prefix import Prefix


class TunedModel(nn.Module):
    """Backbone, soft prompt, prefix; a task's model adds its heads (named `head...`, which have a
    learning rate of their own) and its `forward`."""

    def __init__(self, family: Family, prepared: Prepared, prefix: Prefix | None) -> None:
        super().__init__()
        self.model = prepared.model
        self.soft = prepared.soft
        self.encoder = prepared.encoder
        self.prefix = prefix
        self.family = family
        self._memo: dict[int, dict[str, Any]] = {}  # of each template

    @property
    def warnings(self) -> list[tuple[str, dict[str, Any]]]:
        """What the user should know of the prompt with this model: marked templates and values."""
        return []

    def trained(self) -> dict[str, Tensor]:
        """The tensors that training changes, by name: what is saved, and all that is saved."""
        return {name: p for name, p in self.named_parameters() if p.requires_grad}

    def vectors(self) -> Tensor | None:
        """The soft prompt [P, H] in float32, or None without one."""
        if self.soft is None:
            return None
        vectors = cast(Tensor, self.soft.vectors)
        if self.encoder is None:
            return vectors
        with torch.autocast(vectors.device.type, enabled=False):
            added = self.encoder(torch.arange(len(vectors), device=vectors.device))
        return vectors + cast(Tensor, added)

    def kept(self, trained: Mapping[str, Tensor] | None = None) -> dict[str, Tensor]:
        """What prediction needs of the trained tensors: the soft prompt, not what made it."""
        tensors = dict(self.trained() if trained is None else trained)
        if self.soft is None or self.encoder is None:
            return tensors
        start = cast(Tensor, self.soft.vectors)
        names = [name for name in tensors if name.startswith("encoder.")]
        made = deepcopy(self.encoder)
        made.load_state_dict({name.removeprefix("encoder."): tensors.pop(name) for name in names})
        with torch.no_grad():
            places = torch.arange(len(start), device=start.device)
            tensors["soft.vectors"] = (start + made(places)).detach().cpu()
        return tensors

    def settle(self) -> None:
        """Train the soft prompt's vectors themselves from now on, without what made them."""
        vectors = self.vectors()
        if self.soft is not None and self.encoder is not None and vectors is not None:
            self.encoder = None
            del self.soft.vectors
            self.soft.vectors = nn.Parameter(vectors.detach().clone())

    def train(self, mode: bool = True) -> Self:
        self._memo.clear()
        super().train(mode)
        return self

    def forget(self) -> None:
        """Drop what was remembered for weights that have changed since."""
        self._memo.clear()

    def hidden(self, inputs: Inputs) -> Tensor:
        """The backbone's last states [B, T, H], with the soft tokens in their places."""
        if inputs.visible is None and inputs.positions is None and self.prefix is None:
            shared = self._shared(inputs)
            config = self.family.backbone(self.model).config
            if worth_packing(config, inputs.mask, NAME, LONGEST, shared):
                return self._packed(inputs, shared)
        extra: dict[str, Any] = {}
        if inputs.visible is not None:
            extra["attention_mask"] = as_mask(inputs.visible, self.model.config)
        elif not bool(inputs.mask.all()):
            extra["attention_mask"] = inputs.mask.long()
        if inputs.positions is not None:
            extra["position_ids"] = inputs.positions
        return self._states(inputs.ids, inputs.soft, **extra)

    def _states(self, ids: Tensor, places: Tensor | None, **extra: Any) -> Tensor:
        """What the backbone makes of token ids and soft tokens."""
        backbone = self.family.backbone(self.model)
        if getattr(backbone.config, "use_cache", False):
            extra["use_cache"] = False
        states: Tensor = backbone(**self._embedded(ids, places), **extra)[0]
        return states

    def _embedded(self, ids: Tensor, places: Tensor | None) -> dict[str, Tensor]:
        """What the backbone reads: token ids, or vectors where soft tokens stand among them."""
        soft = self.vectors() if places is not None else None
        if soft is None or places is None:
            return {"input_ids": ids}
        embedded = self.family.backbone(self.model).get_input_embeddings()(ids)
        vectors = nn.functional.embedding(places.clamp(min=0), soft).to(embedded.dtype)
        return {"inputs_embeds": torch.where((places >= 0).unsqueeze(-1), vectors, embedded)}

    def _shared(self, inputs: Inputs) -> int:
        """The beginning that a model reading from left to right says the same of in all rows."""
        if self.family.name != "causal" or inputs.ids.device.type != "cpu":
            return 0
        told = (
            inputs.ids
            if inputs.soft is None
            else torch.where(inputs.soft >= 0, -1 - inputs.soft, inputs.ids)
        )
        return same_beginning(told, inputs.mask)

    def _packed(self, inputs: Inputs, shared: int) -> Tensor:
        """The same states, computed without the padding; it stays zero."""
        with packing(inputs.mask, shared) as line:
            soft = None if inputs.soft is None else line.packed(inputs.soft)
            states = self._states(line.packed(inputs.ids), soft, position_ids=line.positions)
        return line.padded(states) * inputs.mask.unsqueeze(-1)
