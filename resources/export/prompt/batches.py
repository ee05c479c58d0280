"""Rows of tokens as tensors, and label words of several tokens as a tree behind them.

B rows, T tokens, M slots, H hidden units, N nodes of the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from .reading import Reading

Node = tuple[int, int, int]  # token, parent node (-1: the slot), depth from 1


class Inputs:
    """A batch: ids, mask and own [B, T], slots [B, M]; positions and visible where unusual.

    `soft` [B, T]: the number of the trained vector that stands in a token's place, or -1.
    """

    def __init__(
        self,
        ids: Tensor,
        mask: Tensor,
        slots: Tensor,
        own: Tensor,
        positions: Tensor | None = None,
        visible: Tensor | None = None,
        soft: Tensor | None = None,
    ) -> None:
        self.ids, self.mask, self.slots, self.own = ids, mask, slots, own
        self.positions, self.visible, self.soft = positions, visible, soft

    @classmethod
    def of(cls, readings: Sequence[Reading], pad_id: int) -> Inputs:
        """Readings padded on the right to their longest."""
        shape = (len(readings), max(len(reading[0]) for reading in readings))
        ids = torch.full(shape, pad_id, dtype=torch.long)
        mask, own = torch.zeros(shape, dtype=torch.bool), torch.zeros(shape, dtype=torch.bool)
        slots = torch.zeros((len(readings), max(1, len(readings[0][1]))), dtype=torch.long)
        soft = torch.full(shape, -1) if any(reading[3] for reading in readings) else None
        for row, (some, places, ranges, vectors) in enumerate(readings):
            ids[row, : len(some)] = torch.tensor(some)
            mask[row, : len(some)] = True
            if places:
                slots[row] = torch.tensor(places)
            for start, end in ranges:
                own[row, start:end] = True
            for position, vector in vectors:
                assert soft is not None
                soft[row, position] = vector
        return cls(ids, mask, slots, own, soft=soft)


def contexts_of(
    tree: Mapping[str, Any], inputs: Inputs, hidden: Callable[[Inputs], Tensor]
) -> tuple[Tensor, Tensor]:
    """States of the slot and of every node [B, 1 + N, H], and of the prompt [B, T, H]."""
    nodes, length = tree["nodes"], inputs.ids.shape[1]
    if tree["at_once"]:
        states = hidden(with_tree(inputs, nodes))
        slot = taken(states[:, :length], inputs.slots[:, :1])
        return torch.cat([slot, states[:, length:]], dim=1), states[:, :length]
    found: dict[int, Tensor] = {}
    for branch in tree["branches"]:
        states = hidden(_followed(inputs, [nodes[node][0] for node in branch]))
        for node in branch:
            found[node] = taken(states, inputs.slots[:, :1] + nodes[node][2])
    slot = taken(states, inputs.slots[:, :1])
    return torch.cat([slot, *(found[n] for n in range(len(nodes)))], dim=1), states[:, :length]


def _followed(inputs: Inputs, tokens: Sequence[int]) -> Inputs:
    """The batch with `tokens` right behind every row's own, before its padding."""
    batch = inputs.ids.shape[0]
    ids = torch.cat([inputs.ids, inputs.ids[:, -1:].expand(-1, len(tokens))], dim=1)
    mask = torch.cat([inputs.mask, inputs.mask.new_zeros((batch, len(tokens)))], dim=1)
    places = inputs.mask.sum(1, keepdim=True) + torch.arange(len(tokens))
    ids = ids.scatter(1, places, torch.tensor(tokens).expand(batch, -1))
    soft = _longer(inputs.soft, len(tokens))
    return Inputs(ids, mask.scatter(1, places, True), inputs.slots, inputs.own, soft=soft)


def _longer(soft: Tensor | None, more: int) -> Tensor | None:
    return None if soft is None else torch.nn.functional.pad(soft, (0, more), value=-1)


def taken(states: Tensor, slots: Tensor) -> Tensor:
    return states.gather(1, slots.unsqueeze(-1).expand(-1, -1, states.shape[-1]))


def with_tree(inputs: Inputs, nodes: Sequence[Node]) -> Inputs:
    """The batch with the tree's nodes behind it: each sees the prompt, its forebears, itself."""
    batch, length = inputs.ids.shape
    count = len(nodes)
    kin = torch.zeros((count, count), dtype=torch.bool)
    for node, (_, parent, _) in enumerate(nodes):
        kin[node, node] = True
        if parent >= 0:
            kin[node] |= kin[parent]
    visible = torch.zeros((batch, 1, length + count, length + count), dtype=torch.bool)
    causal = torch.ones((length, length), dtype=torch.bool).tril()
    visible[:, 0, :length, :length] = causal & inputs.mask[:, None, :]
    visible[:, 0, :length, :length] |= torch.eye(length, dtype=torch.bool)
    visible[:, 0, length:, :length] = inputs.mask[:, None, :]
    visible[:, 0, length:, length:] = kin
    depth = torch.tensor([depth for _, _, depth in nodes])
    places = torch.arange(length).expand(batch, -1)
    behind = inputs.mask.sum(1, keepdim=True) - 1 + depth[None, :]
    ids = torch.tensor([token for token, _, _ in nodes]).expand(batch, -1)
    return Inputs(
        torch.cat([inputs.ids, ids], dim=1),
        torch.cat([inputs.mask, inputs.mask.new_ones((batch, count))], dim=1),
        inputs.slots,
        torch.cat([inputs.own, inputs.own.new_zeros((batch, count))], dim=1),
        torch.cat([places, behind], dim=1),
        visible,
        _longer(inputs.soft, count),
    )


def as_mask(visible: Tensor, model: Any) -> Tensor:
    """Who sees whom [B, 1, T, T] as the model's attention takes it."""
    if not str(getattr(model.config, "_attn_implementation", "")).endswith("eager"):
        return visible
    return torch.zeros(visible.shape).masked_fill(~visible, torch.finfo(torch.float32).min)
