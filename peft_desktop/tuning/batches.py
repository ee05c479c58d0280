"""Rows of token ids into batches of tensors, and the order in which they are seen."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from ..families.contract import Encoded, Inputs, Plan, Scored
from ..families.ensemble import EnsemblePlan
from ..prompts.reading import Reading

MOST_TOKENS = 1024  # about a second of training on two CPU cores
POOL = 16  # batches at most that are sorted by length together: little padding, still shuffled


class OneTemplate(NamedTuple):
    """One of several templates, and which of a row's variants are its own."""

    number: int
    first: int
    end: int


@dataclass(slots=True)
class RowBatch:
    """B rows as tensors; `for_prompt` and `for_head` [B] say which loss each row teaches (1 or 0).

    `scored` holds the model's states where they were computed once and for all (frozen model).
    `template`: which of several templates the variants are read with; None: all of them.
    `soft` [B, C] are the probabilities that other models gave at `temperature`, lines of zeros for
    rows with a label of their own.
    """

    variants: list[Inputs]
    plain: Inputs | None
    gold: Tensor
    for_prompt: Tensor
    for_head: Tensor
    scored: Scored | None = None
    template: int | None = None
    soft: Tensor | None = None
    temperature: float = 1.0

    @property
    def size(self) -> int:
        return int(self.gold.shape[0])


@dataclass(frozen=True, slots=True)
class Rows:
    """Encoded rows with the index of their label, and the loss that each one teaches.

    `soft` [N, C]: as in `RowBatch`; None where every row has a label of its own.
    """

    encoded: list[Encoded]
    gold: list[int]
    for_prompt: list[bool]
    for_head: list[bool]
    soft: Tensor | None = None
    temperature: float = 1.0

    @property
    def lengths(self) -> list[int]:
        return [row.length for row in self.encoded]

    def __len__(self) -> int:
        return len(self.encoded)


def rows_of(
    encoded: list[Encoded],
    gold: list[int],
    prompt_share: float = 1.0,
    fine_tune_share: float = 1.0,
    seed: int = 0,
) -> Rows:
    """Deal the rows to the two losses: shares from both ends of one seeded shuffle."""
    order = list(range(len(encoded)))
    random.Random(seed).shuffle(order)
    count = len(order)
    # a share above nothing is one row at least
    end = max(_border(prompt_share, count), 1 if prompt_share else 0)
    start = min(_border(1.0 - fine_tune_share, count), count - 1 if fine_tune_share else count)
    first, last = set(order[:end]), set(order[start:])
    places = range(len(encoded))
    return Rows(encoded, gold, [i in first for i in places], [i in last for i in places])


def _border(share: float, count: int) -> int:
    """Where a share of `count` rows ends: for half of 7 at the same row from both ends."""
    return round(round(share * count, 6))


def inputs_of(readings: Sequence[Reading], pad_id: int, device: torch.device) -> Inputs:
    """Pad readings on the right to their longest."""
    longest = max(len(reading.ids) for reading in readings)
    ids = torch.full((len(readings), longest), pad_id, dtype=torch.long)
    mask = torch.zeros((len(readings), longest), dtype=torch.bool)
    own = torch.zeros((len(readings), longest), dtype=torch.bool)
    soft = None
    if any(reading.soft for reading in readings):
        soft = torch.full((len(readings), longest), -1, dtype=torch.long)
    slots = torch.zeros(
        (len(readings), max(1, *(len(r.slots) for r in readings), 1)), dtype=torch.long
    )
    for place, reading in enumerate(readings):
        ids[place, : len(reading.ids)] = torch.tensor(reading.ids)
        mask[place, : len(reading.ids)] = True
        if reading.slots:
            slots[place, : len(reading.slots)] = torch.tensor(reading.slots)
        for start, end in reading.own:
            own[place, start:end] = True
        for position, vector in reading.soft:
            assert soft is not None
            soft[place, position] = vector
    moved = None if soft is None else soft.to(device)
    return Inputs(ids.to(device), mask.to(device), slots.to(device), own.to(device), soft=moved)


def batch_of(
    rows: Rows,
    places: Sequence[int],
    pad_id: int,
    device: torch.device,
    template: OneTemplate | None = None,
) -> RowBatch:
    """The rows at `places` as one batch, read with one template or with all of them."""
    chosen = [rows.encoded[place] for place in places]
    first, end = (0, len(chosen[0].variants)) if template is None else template[1:]
    variants = [
        inputs_of([row.variants[variant] for row in chosen], pad_id, device)
        for variant in range(first, end)
    ]
    plain = [row.plain for row in chosen if row.plain is not None]
    return RowBatch(
        variants=variants,
        plain=inputs_of(plain, pad_id, device) if plain else None,
        gold=torch.tensor([rows.gold[place] for place in places], device=device),
        for_prompt=torch.tensor([float(rows.for_prompt[place]) for place in places], device=device),
        for_head=torch.tensor([float(rows.for_head[place]) for place in places], device=device),
        template=None if template is None else template.number,
        soft=None if rows.soft is None else rows.soft[list(places)].to(device),
        temperature=rows.temperature,
    )


def epoch_order(lengths: Sequence[int], batch_size: int, seed: int, epoch: int) -> list[list[int]]:
    """The batches of one epoch: shuffled, then sorted by length within pools of some batches.

    A pool holds a quarter of the rows at most: if it held all, the same rows would meet in every
    epoch.
    The same arguments give the same batches, so that a resumed run goes on with the right row.
    """
    chance = random.Random(f"{seed}-{epoch}")
    order = list(range(len(lengths)))
    chance.shuffle(order)
    batches: list[list[int]] = []
    pool = max(1, min(POOL, len(order) // (4 * batch_size))) * batch_size
    for start in range(0, len(order), pool):
        some = sorted(order[start : start + pool], key=lambda place: lengths[place])
        batches += [some[i : i + batch_size] for i in range(0, len(some), batch_size)]
    chance.shuffle(batches)
    return batches


def drawn_templates(
    places: Sequence[int], plan: Plan, chance: random.Random
) -> list[tuple[OneTemplate | None, list[int]]]:
    """The rows of a batch with the template that each of them draws; None where there is one."""
    if not isinstance(plan, EnsemblePlan):
        return [(None, list(places))]
    groups: list[list[int]] = [[] for _ in plan.spans]
    for place in places:
        groups[chance.randrange(len(groups))].append(place)
    found: list[tuple[OneTemplate | None, list[int]]] = []
    for number, (group, span) in enumerate(zip(groups, plan.spans, strict=True)):
        if group:
            found.append((OneTemplate(number, *span), group))
    return found


def pieces_of(
    places: Sequence[int], lengths: Sequence[int], most_tokens: int = MOST_TOKENS
) -> list[list[int]]:
    """A batch cut into pieces that are computed one after the other, at least one row each.

    It bounds the memory of long rows and the time that a stop has to wait.
    """
    pieces: list[list[int]] = []
    longest = 0
    for place in sorted(places, key=lambda place: lengths[place]):
        longest = max(longest, lengths[place])
        if not pieces or (len(pieces[-1]) + 1) * longest > most_tokens:
            pieces.append([])
            longest = lengths[place]
        pieces[-1].append(place)
    return pieces


def scoring_order(
    lengths: Sequence[int], most_rows: int, most_tokens: int = 2048
) -> list[list[int]]:
    """Batches for scoring: longest first, so that memory is known at once; no row is left out."""
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    batches: list[list[int]] = []
    start = 0
    while start < len(order):
        rows = max(1, min(most_rows, most_tokens // max(1, lengths[order[start]])))
        batches.append(order[start : start + rows])
        start += rows
    return batches
