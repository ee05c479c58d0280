"""The training loop: short and explicit, the file to read first.

It is the same for every task; what a task does in its own way is its craft's (`tuning/crafts`).
It is a generator. It yields after every step; whoever asks for no more stops it, and what was best
so far is in `Fit.best`. Devices, precision and gradient scaling come from `accelerate`.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from accelerate import Accelerator
from torch import Tensor

from ..core.errors import UserError
from ..core.events import Evaluated, Event, Stepped, Tick, Warned
from ..core.recipe import TrainingSettings
from ..core.words import QT_TRANSLATE_NOOP
from .batches import epoch_order
from .checkpoint import Snapshot
from .device import peak_memory_bytes
from .loss import Weights
from .out_of_memory import (
    HALVED,
    NO_MOMENTS,
    NOTHING_LEFT,
    WHAT_TO_DO,
    give_back,
    in_pieces,
    is_out_of_memory,
)
from .schedule import Schedule
from .tuned_model import TunedModel

if TYPE_CHECKING:
    from .crafts.contract import Craft

LEARNT = 0.01  # nats: all validation rows are right, and surely; more steps would change nothing


@dataclass(slots=True)
class Fit:
    """Where training stands; `best` holds the trained tensors that answered best.

    `best_loss` is what the craft's look at the validation rows calls deciding (for classification
    L, each head at its own temperature); `valid` and `metrics` are those of the best weights.
    """

    step: int = 0
    best: dict[str, Tensor] = field(default_factory=dict)
    best_step: int = 0
    best_loss: float = math.inf
    weight: float = 1.0  # the prompt's share in the prediction
    worse: int = 0
    stopped_early: bool = False
    valid: Any = None  # the craft's own: label scores, or nothing
    metrics: dict[str, float] = field(default_factory=dict)
    looked: int = -1  # the step of the last look at the validation rows
    pieces: int = 1  # that each batch is computed in, since the memory ran out

    def state(self) -> dict[str, Any]:
        return {
            "best_step": self.best_step,
            "best_loss": self.best_loss if math.isfinite(self.best_loss) else None,
            "weight": self.weight,
            "worse": self.worse,
            "looked": self.looked,
            "pieces": self.pieces,
            "metrics": self.metrics,
        }

    def restore(self, snapshot: Snapshot, craft: Craft) -> None:
        self.step = snapshot.step
        self.best = dict(snapshot.best)
        self.best_step = snapshot.state["best_step"]
        loss = snapshot.state["best_loss"]
        self.best_loss = math.inf if loss is None else loss
        self.weight = snapshot.state["weight"]
        self.worse = snapshot.state["worse"]
        self.looked = snapshot.state["looked"]
        self.pieces = snapshot.state.get("pieces", 1)
        self.metrics = dict(snapshot.state.get("metrics", {}))
        arrays = {name: tensor.numpy() for name, tensor in snapshot.scores.items()}
        self.valid = craft.restored(arrays)


@dataclass(slots=True)
class Trainee:
    """Everything that the loop works with; model and rows are the craft's own kinds.

    `frozen_train` and `frozen_valid`: what the craft has computed once and for all (`freeze`).
    """

    craft: Craft
    model: Any
    train: Any
    valid: Any
    settings: TrainingSettings
    weights: Weights
    accelerator: Accelerator
    optimizer: Any
    schedule: Schedule
    precision: str
    seed: int
    frozen_train: Any = None
    frozen_valid: Any = None
    save: Callable[[Snapshot], Event | None] = lambda snapshot: None


def fit(trainee: Trainee, state: Fit) -> Generator[Event, None, None]:
    """Train until the steps are used up or the validation rows are answered no better.

    Stopped between two events, it keeps what there is: a checkpoint to go on from.
    """
    chance = torch.get_rng_state()
    steps = _steps(trainee, state)
    try:
        for event in steps:
            if not isinstance(event, Tick):  # a tick may come from the middle of a step
                chance = torch.get_rng_state()
            yield event
    except GeneratorExit:
        steps.close()
        if not len(trainee.valid):
            state.best, state.best_step = copied(trainee.model), state.step
        if state.step and _is_small(trainee.model):
            torch.set_rng_state(chance)
            with suppress(UserError):  # a full disk must not keep the best weights from being saved
                trainee.save(snapshot_of(trainee, state))
        raise


def _steps(trainee: Trainee, state: Fit) -> Generator[Event, None, None]:
    settings, schedule = trainee.settings, trainee.schedule
    rates = [group["base_lr"] for group in trainee.optimizer.param_groups]
    if state.looked < state.step and schedule.looks(state.step):
        yield from evaluate(trainee, state)
    clock, seen = time.perf_counter(), 0
    started_at = state.step
    last_save = time.monotonic()
    for group_of_places in groups_of_places(trainee, state.step):
        if state.step >= schedule.total_steps or state.stopped_early:
            return
        factor = schedule.factor(state.step, settings)
        for group, rate in zip(trainee.optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        parts, norm, size = yield from _healed(trainee, state, group_of_places)
        state.step += 1
        seen += size
        elapsed = time.perf_counter() - clock
        left = schedule.total_steps - state.step
        _check_finite(parts["total"], norm, trainee, state)
        yield Stepped(
            step=state.step,
            epoch=state.step / schedule.steps_per_epoch,
            loss=parts["total"],
            loss_prompt=parts.get("prompt"),
            loss_fine_tune=parts.get("fine_tune"),
            learning_rate=max(group["lr"] for group in trainee.optimizer.param_groups[:1]),
            gradient_norm=norm,
            examples_per_second=seen / elapsed,
            memory_bytes=peak_memory_bytes(trainee.accelerator.device),
            seconds_left=left * elapsed / (state.step - started_at),
            loss_contrast=parts.get("contrast"),
        )
        if schedule.looks(state.step):
            yield from evaluate(trainee, state)
        wanted = settings.checkpoint_every_steps
        due = state.step % wanted == 0 if wanted else time.monotonic() - last_save > 60
        if due and state.step < schedule.total_steps:
            saved = trainee.save(snapshot_of(trainee, state))
            last_save = time.monotonic()
            if saved is not None:
                yield saved


def _healed(
    trainee: Trainee, state: Fit, group: Group
) -> Generator[Event, None, tuple[dict[str, float], float, int]]:
    """One step; where the memory runs out, the same rows once more in smaller pieces."""
    chance = torch.get_rng_state()
    while True:
        pieces = in_pieces(group.places, state.pieces)
        try:
            batches = trainee.craft.batches(trainee, pieces, random.Random(group.key))
            return (yield from step_of(trainee, batches))
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            if max(map(len, pieces)) < 2:
                raise UserError(NOTHING_LEFT, WHAT_TO_DO) from error
        # out of the `except`: its traceback held the tensors
        batches = []
        trainee.optimizer.zero_grad(set_to_none=True)
        give_back()
        torch.set_rng_state(chance)
        state.pieces *= 2
        rows = max(map(len, in_pieces(group.places, state.pieces)))
        yield Warned(HALVED, {"step": state.step + 1, "rows": rows})


def _is_small(model: TunedModel) -> bool:
    """Whether a checkpoint (weights, best weights, two moments) is written in no time."""
    return 16 * sum(p.numel() for p in model.trained().values()) < 2**28


def step_of(
    trainee: Trainee, batches: list[Any]
) -> Generator[Event, None, tuple[dict[str, float], float, int]]:
    """One optimiser step over one or more batches; gives mean losses, gradient norm, rows.

    Yields between the batches, so that a stop never waits for a long step.
    """
    model, accelerator, craft = trainee.model, trainee.accelerator, trainee.craft
    model.train()
    trainee.optimizer.zero_grad(set_to_none=True)
    sums: dict[str, float] = {}
    shares = yield from craft.shares(trainee, batches)
    for batch, share in zip(batches, shares, strict=True):
        loss = craft.loss(model, batch, trainee.weights, share, accelerator.autocast())
        if loss.total.requires_grad:
            accelerator.backward(loss.total)
        for name, part in (("total", loss.total), *loss.parts.items()):
            sums[name] = sums.get(name, 0.0) + float(part.detach())
        yield Tick()
    limit = trainee.settings.gradient_clip or math.inf
    norm = accelerator.clip_grad_norm_(list(model.trained().values()), limit)
    value = float(norm) if norm is not None else 0.0
    # in fp16 the gradient scaler needs to see an overflow: it passes the step over and scales down
    if math.isfinite(sums["total"]) and (math.isfinite(value) or trainee.precision == "fp16"):
        try:
            trainee.optimizer.step()
        except Exception as error:  # half a step may be done: it cannot be done once more
            if is_out_of_memory(error):
                raise UserError(NO_MOMENTS, WHAT_TO_DO) from error
            raise
    return sums, value, sum(batch.size for batch in batches)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one step, batch by batch; `key` draws what is drawn for it."""

    places: list[list[int]]
    key: str


def groups_of_places(trainee: Trainee, done_steps: int) -> Iterator[Group]:
    """The rows of every step, from step `done_steps` on, epoch after epoch."""
    settings = trainee.settings
    per_epoch = trainee.schedule.steps_per_epoch
    epoch = done_steps // per_epoch
    skip = done_steps % per_epoch
    while True:
        order = epoch_order(trainee.train.lengths, settings.batch_size, trainee.seed, epoch)
        for step in range(skip, per_epoch):
            places = order[step * settings.accumulation : (step + 1) * settings.accumulation]
            yield Group(places, f"{trainee.seed}-{epoch}-{step}")
        epoch, skip = epoch + 1, 0


def evaluate(trainee: Trainee, state: Fit) -> Generator[Event, None, None]:
    """Look at the validation rows; remember the weights if they are the best so far."""
    model = trainee.model
    if not len(trainee.valid):
        state.looked = state.step
        # without validation rows the last weights are the best that can be said
        state.best, state.best_step = copied(model), state.step
        state.weight = trainee.craft.unseen_weight(trainee)
        return
    look = yield from trainee.craft.look(trainee, state.step)
    if not math.isfinite(look.deciding):
        raise _not_finite(math.nan, state)
    better = look.deciding < state.best_loss or not state.best
    state.looked = state.step
    if better:
        state.best, state.best_step, state.best_loss = copied(model), state.step, look.deciding
        state.weight, state.worse, state.valid = look.weight, 0, look.kept
        state.metrics = look.metrics
        if trainee.schedule.patience and look.loss < LEARNT:
            state.stopped_early = True
    elif state.step > trainee.schedule.total_steps // 15:  # the first looks say little
        state.worse += 1
        if trainee.schedule.patience and state.worse >= trainee.schedule.patience:
            state.stopped_early = True
    yield Evaluated(state.step, "valid", look.loss, look.metrics, best=better)


def copied(model: TunedModel) -> dict[str, Tensor]:
    """The trained tensors as they are now, on the CPU."""
    return {name: p.detach().cpu().clone() for name, p in model.trained().items()}


def snapshot_of(trainee: Trainee, state: Fit) -> Snapshot:
    arrays = trainee.craft.arrays(state.valid)
    scores = {name: torch.from_numpy(np.ascontiguousarray(a)) for name, a in arrays.items()}
    return Snapshot(
        step=state.step,
        trained=copied(trainee.model),
        best=state.best,
        optimizer=trainee.optimizer.state_dict(),
        state={**state.state(), "precision": trainee.precision},
        scores=scores,
    )


def _check_finite(loss: float, norm: float, trainee: Trainee, state: Fit) -> None:
    if math.isfinite(loss) and (math.isfinite(norm) or trainee.precision == "fp16"):
        return
    raise _not_finite(math.nan if math.isnan(norm) else loss, state)


def _not_finite(loss: float, state: Fit) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP(
            "engine",
            "The loss became {loss} at step {step}; the last good weights (step {best}) are kept.",
        ),
        QT_TRANSLATE_NOOP(
            "engine", "Lower the learning rate, or choose precision=fp32, and train again."
        ),
        loss="NaN" if math.isnan(loss) else "infinite",
        step=state.step,
        best=state.best_step,
    )
