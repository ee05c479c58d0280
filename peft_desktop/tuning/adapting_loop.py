"""The loop of adapt-first: warm up, hold the rate, let it fall; stops anywhere, goes on anywhere.

The rate rises, holds, and falls to nothing in the last part of the time (Haegele et al. 2024,
arXiv:2405.18392: as good as a cosine, and the length need not be known beforehand).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from ..core.events import Event, Stepped, Tick
from .adapting_chunks import Ids, batch_at
from .adapting_loss import Objective
from .device import AUTOCAST, peak_memory_bytes

_Part = tuple[float, int, tuple[Tensor | None, ...]]  # loss, tokens asked for, gradients


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast: rates, rows a step, rows at a time, and the shape of the rate over time.

    One of `steps` and `seconds` says how long; both may, then the first to end counts.
    """

    rate: float
    head_rate: float
    rows: int = 32
    at_once: int = 16
    steps: int = 0
    seconds: float = 0.0
    warm_up: int = 50
    falling: float = 0.2  # the last part of the whole
    hands: int = 1  # threads that each take the next rows: more than 1 where others want the cores
    decay: float = 0.01
    clip: float = 1.0
    seed: int = 42

    def gone(self, step: int, seconds: float) -> float:
        """How much of the whole is done, 0 to 1."""
        by_steps = step / self.steps if self.steps else 0.0
        by_time = seconds / self.seconds if self.seconds else 0.0
        return min(1.0, max(by_steps, by_time))

    def factor(self, step: int, seconds: float) -> float:
        """The share of the rate in force at `step` (from 0)."""
        gone = self.gone(step, seconds)
        # where minutes hold few steps, a tenth of the time is warm-up enough
        warm = min(1.0, max((step + 1) / (self.warm_up + 1), gone / 0.1))
        left = (1.0 - gone) / self.falling if self.falling else 1.0
        return warm if left >= 1.0 else min(warm, 1.0 - math.sqrt(1.0 - max(0.0, left)))


@dataclass(slots=True)
class Learner:
    """A model that learns from `rows` [N, T]; `seconds` counts what earlier sessions took too."""

    model: Any
    objective: Objective
    rows: Ids
    pace: Pace
    precision: str = "fp32"
    step: int = 0
    seconds: float = 0.0
    optimizer: Any = None
    trained: dict[str, nn.Parameter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        head = {id(p) for p in head_parameters(self.model)}
        self.trained = {n: p for n, p in self.model.named_parameters() if p.requires_grad}
        groups = []
        for is_head in (False, True):
            for decays in (True, False):
                chosen = [
                    p
                    for p in self.trained.values()
                    if (id(p) in head) == is_head and (p.ndim > 1) == decays
                ]
                rate = self.pace.head_rate if is_head else self.pace.rate
                if chosen:
                    decay = self.pace.decay if decays else 0.0
                    groups.append({"params": chosen, "lr": rate, "weight_decay": decay})
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)

    @property
    def device(self) -> torch.device:
        found: torch.device = next(self.model.parameters()).device
        return found


def head_parameters(model: Any) -> list[nn.Parameter]:
    """What stands above the backbone and is not shared with it."""
    below = {id(p) for p in model.base_model.parameters()}
    return [p for p in model.parameters() if id(p) not in below]


def learn(
    learner: Learner, after: Callable[[Learner], None] = lambda learner: None
) -> Generator[Event, None, None]:
    """Train to the pace's end; `after` is called behind every step (to keep a checkpoint).

    Closed between two events, the weights are those of the last whole step.
    """
    pace, first = learner.pace, learner.step
    clock, before = time.perf_counter(), learner.seconds
    learner.model.train()
    rows = 0
    while pace.gone(learner.step, learner.seconds) < 1.0:
        factor = pace.factor(learner.step, learner.seconds)
        for group in learner.optimizer.param_groups:
            group.setdefault("base_lr", group["lr"])
            group["lr"] = group["base_lr"] * factor
        loss, norm = yield from _step(learner)
        learner.step += 1
        rows += pace.rows
        elapsed = time.perf_counter() - clock
        learner.seconds = before + elapsed
        gone = pace.gone(learner.step, learner.seconds)
        done = (learner.step - first) / elapsed
        left = learner.seconds * (1.0 - gone) / gone if gone else None
        after(learner)
        yield Stepped(
            step=learner.step,
            epoch=learner.step * pace.rows / len(learner.rows),
            loss=loss,
            loss_prompt=None,
            loss_fine_tune=None,
            learning_rate=learner.optimizer.param_groups[0]["lr"],
            gradient_norm=norm,
            examples_per_second=done * pace.rows,
            memory_bytes=peak_memory_bytes(learner.device),
            seconds_left=left,
        )


def _step(learner: Learner) -> Generator[Event, None, tuple[float, float]]:
    pace = learner.pace
    chosen = batch_at(learner.step, len(learner.rows), pace.rows, pace.seed)
    pieces = [(i, chosen[i : i + pace.at_once]) for i in range(0, len(chosen), pace.at_once)]
    trained = list(learner.trained.values())
    for parameter in trained:
        parameter.grad = None
    total, count = 0.0, 0
    for loss, tokens, grads in _worked_off(learner, pieces):
        total, count = total + loss, count + tokens
        for parameter, grad in zip(trained, grads, strict=True):
            if parameter.grad is None:
                parameter.grad = grad
            elif grad is not None:
                parameter.grad += grad
        yield Tick()
    for parameter in trained:
        if parameter.grad is not None:
            parameter.grad /= count
    norm = nn.utils.clip_grad_norm_(trained, pace.clip or math.inf)
    learner.optimizer.step()
    return total / count, float(norm)


def _worked_off(learner: Learner, pieces: list[tuple[int, list[int]]]) -> Iterator[_Part]:
    """The pieces' losses and gradients as they come, from one thread or from several."""

    def work(piece: tuple[int, list[int]]) -> _Part:
        first, chosen = piece
        seed = (learner.pace.seed * 1_000_003 + learner.step) * 4_099 + first
        chance = torch.Generator().manual_seed(seed)
        with autocast(learner):
            loss, tokens, _ = learner.objective.loss(
                learner.model, _tensor(learner, chosen), chance
            )
        grads = torch.autograd.grad(loss, list(learner.trained.values()), allow_unused=True)
        return loss.item(), tokens, grads

    if learner.pace.hands < 2:
        yield from map(work, pieces)
        return
    with ThreadPoolExecutor(learner.pace.hands) as pool:
        for done in as_completed([pool.submit(work, piece) for piece in pieces]):
            yield done.result()


def judge(
    learner: Learner, rows: Ids, objective: Objective | None = None, seed: int = 0
) -> Generator[Event, None, tuple[float, float]]:
    """Mean loss (nats a token) and share of tokens right, on other rows; always the same masks."""
    chance = torch.Generator().manual_seed(seed)
    total, count, right = 0.0, 0, 0
    was_training = learner.model.training
    learner.model.eval()
    try:
        for first in range(0, len(rows), learner.pace.at_once):
            ids = torch.from_numpy(rows[first : first + learner.pace.at_once]).long()
            with torch.inference_mode(), autocast(learner):
                loss, tokens, found = (objective or learner.objective).loss(
                    learner.model, ids.to(learner.device), chance
                )
            total, count, right = total + loss.item(), count + tokens, right + found
            yield Tick()
    finally:
        learner.model.train(was_training)
    return total / max(1, count), right / max(1, count)


def autocast(learner: Learner) -> Any:
    kind = AUTOCAST.get(learner.precision, torch.bfloat16)
    return torch.autocast(learner.device.type, kind, enabled=learner.precision in AUTOCAST)


def _tensor(learner: Learner, chosen: list[int]) -> Tensor:
    return torch.from_numpy(learner.rows[chosen]).long().to(learner.device)
