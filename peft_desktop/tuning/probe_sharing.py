"""Many prompts on the same rows without computing anything twice.

Causal models: a row's readings under several prompts are folded into one tree of tokens, in which
each token sees its forebears alone. What prompts begin with (the text, as a rule) is computed once,
and words of several tokens hang below their slots. All others: batches that read alike are computed
once, so that several verbalizers on one template, or on a sentence encoder several templates,
share their passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor

from ..families.contract import Encoded, Inputs, Plan, Scored
from ..families.word_tree import WordTree, takes_tree
from ..families.words import taken
from ..prompts.reading import Reading
from .batches import RowBatch, batch_of, rows_of
from .prompt_model import PromptModel


class Road(Protocol):
    """Prompts that are computed together; `lengths` are the tokens that each row costs in all."""

    @property
    def numbers(self) -> tuple[int, ...]: ...

    @property
    def lengths(self) -> list[int]: ...

    def scored(self, places: Sequence[int], device: torch.device) -> Iterator[tuple[int, Scored]]:
        """For each prompt its number and its answers to the rows at `places`, as they come."""
        ...


def roads(
    model: PromptModel, plans: Mapping[int, Plan], encoded: Mapping[int, list[Encoded]]
) -> list[Road]:
    """The prompts, grouped by what they share; the group that is soonest done comes first.

    `plans` and `encoded` (one Encoded a row) go by the prompts' numbers.
    """
    groups: dict[tuple[Any, ...], list[int]] = {}
    for number in plans:
        groups.setdefault(_beginning(model, encoded[number]), []).append(number)
    found: list[Road] = []
    for numbers in groups.values():
        of_group = {number: plans[number] for number in numbers}
        rows = [[encoded[number][row] for number in numbers] for row in range(_count(encoded))]
        shared = _shared(model, of_group, rows)
        found.append(shared or Plain(model, of_group, {n: encoded[n] for n in numbers}))
    return sorted(found, key=lambda road: sum(road.lengths))


def _count(encoded: Mapping[int, list[Encoded]]) -> int:
    return len(next(iter(encoded.values())))


def _beginning(model: PromptModel, rows: Sequence[Encoded]) -> tuple[Any, ...]:
    """What the prompts of one group have in common: what stands before the text, or all of it."""
    if model.family.name != "causal":
        return tuple(row.variants[0].ids for row in rows[:2])
    row = next((row for row in rows if row.variants[0].own), rows[0])
    reading = row.variants[0]
    return reading.ids[: reading.own[0][0]] if reading.own else ()


def _shared(
    model: PromptModel, plans: Mapping[int, Plan], rows: Sequence[Sequence[Encoded]]
) -> Shared | None:
    """The group as trees, where the model can be shown one and there is something to share."""
    if model.family.name != "causal" or len(plans) < 2 or any(p.soft_ids for p in plans.values()):
        return None
    trees = [getattr(plan, "tree", None) for plan in plans.values()]
    folded = [Folded.of([one.variants[0] for one in row], trees) for row in rows]
    if not takes_tree(model.model.config, max(len(row.ids) for row in folded)):
        return None
    return Shared(model, dict(plans), folded)


@dataclass(frozen=True, slots=True)
class Folded:
    """One row under several prompts as a tree: each node's token, parent (-1: none) and depth.

    `contexts` gives for each prompt the nodes whose states answer it: the slot, then the nodes of
    its words (`WordTree.nodes`). Parents come before their children.
    """

    ids: tuple[int, ...]
    parents: tuple[int, ...]
    depths: tuple[int, ...]
    contexts: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(readings: Sequence[Reading], trees: Sequence[WordTree | None]) -> Folded:
        places: dict[tuple[int, int], int] = {}
        ids: list[int] = []
        parents: list[int] = []
        depths: list[int] = []

        def node(parent: int, token: int) -> int:
            if (parent, token) not in places:
                places[parent, token] = len(ids)
                ids.append(token)
                parents.append(parent)
                depths.append(0 if parent < 0 else depths[parent] + 1)
            return places[parent, token]

        contexts = []
        for reading, tree in zip(readings, trees, strict=True):
            at, path = -1, []
            for token in reading.ids:
                at = node(at, token)
                path.append(at)
            slot = path[reading.slots[0]]
            found: list[int] = []
            for token, parent, _ in tree.nodes if tree is not None else ():
                found.append(node(slot if parent < 0 else found[parent], token))
            contexts.append((slot, *found))
        return Folded(tuple(ids), tuple(parents), tuple(depths), tuple(contexts))

    def visible(self, length: int) -> np.ndarray:
        """Who sees whom, bool [length, length]; padding sees itself, for NaN's sake."""
        seen = np.eye(length, dtype=bool)
        for place, parent in enumerate(self.parents):
            if parent >= 0:
                seen[place, :place] = seen[parent, :place]
        return seen


@dataclass(slots=True)
class Shared:
    """Prompts of a causal model that begin alike: one pass over the rows' trees for all."""

    model: PromptModel
    plans: dict[int, Plan]
    rows: list[Folded]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(self.plans)

    @property
    def lengths(self) -> list[int]:
        return [len(row.ids) for row in self.rows]

    def scored(self, places: Sequence[int], device: torch.device) -> Iterator[tuple[int, Scored]]:
        chosen = [self.rows[place] for place in places]
        states = states_of(self.model, chosen, next(iter(self.plans.values())).pad_id, device)
        for at, (number, plan) in enumerate(self.plans.items()):
            nodes = torch.tensor([row.contexts[at] for row in chosen], device=device)
            yield number, answers(self.model, plan, taken(states, nodes))


def states_of(
    model: PromptModel, rows: Sequence[Folded], pad_id: int, device: torch.device
) -> Tensor:
    """Last states [B, T, H] of the nodes of folded rows."""
    return model.hidden(_inputs(rows, pad_id, device))


def _inputs(rows: Sequence[Folded], pad_id: int, device: torch.device) -> Inputs:
    length = max(len(row.ids) for row in rows)

    def padded(kind: str, fill: int) -> Tensor:
        listed = [(*getattr(row, kind), *[fill] * (length - len(row.ids))) for row in rows]
        return torch.tensor(listed, device=device)

    seen = np.stack([row.visible(length) for row in rows])[:, None]
    real = torch.tensor([len(row.ids) for row in rows], device=device)
    mask = torch.arange(length, device=device)[None] < real[:, None]
    return Inputs(
        ids=padded("ids", pad_id),
        mask=mask,
        slots=torch.zeros((len(rows), 1), dtype=torch.long, device=device),
        own=torch.zeros_like(mask),
        positions=padded("depths", 0),
        visible=torch.from_numpy(seen).to(device),
    )


def answers(model: PromptModel, plan: Plan, contexts: Tensor) -> Scored:
    """What the family makes of states that are known: the slot's, then the words' [B, 1 + N, H].

    The family is shown rows of nothing but a slot, and finds their states computed.
    """
    batch, device = contexts.shape[0], contexts.device
    nothing = torch.zeros((batch, 1), dtype=torch.long, device=device)
    inputs = Inputs(ids=nothing, mask=nothing == 0, slots=nothing, own=nothing != 0)
    none = torch.zeros(batch, device=device)
    rows = RowBatch([inputs], None, nothing[:, 0], none, none)
    return model.family.score(model.model, plan, rows, lambda _: contexts, {})


@dataclass(slots=True)
class Plain:
    """Prompts that are computed one by one, but never the same batch of tokens twice."""

    model: PromptModel
    plans: dict[int, Plan]
    encoded: dict[int, list[Encoded]]
    memos: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(self.plans)

    @property
    def lengths(self) -> list[int]:
        every = self.encoded.values()
        return [max(row.length for row in rows) for rows in zip(*every, strict=True)]

    def scored(self, places: Sequence[int], device: torch.device) -> Iterator[tuple[int, Scored]]:
        known: dict[tuple[Any, ...], Tensor] = {}

        def hidden(inputs: Inputs) -> Tensor:
            if inputs.visible is not None or inputs.soft is not None:
                return self.model.hidden(inputs)
            parts = (inputs.ids, inputs.mask)
            key = tuple((*part.shape, part.cpu().numpy().tobytes()) for part in parts)
            if key not in known:
                known[key] = self.model.hidden(inputs)
            return known[key]

        for number, plan in self.plans.items():
            chosen = rows_of([self.encoded[number][place] for place in places], [0] * len(places))
            rows = batch_of(chosen, range(len(places)), plan.pad_id, device)
            memo = self.memos.setdefault(number, {})
            yield number, self.model.family.score(self.model.model, plan, rows, hidden, memo)
