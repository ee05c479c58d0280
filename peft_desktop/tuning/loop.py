"""The training loop: short and explicit, the file to read first.

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
from typing import Any

import numpy as np
import torch
from accelerate import Accelerator
from torch import Tensor

from ..core.errors import UserError
from ..core.events import Evaluated, Event, Stepped, Tick
from ..core.recipe import TrainingSettings
from ..core.words import QT_TRANSLATE_NOOP
from ..evaluation.calibration import calibrated_loss
from ..evaluation.metrics import judge
from ..evaluation.mixing import choose_weight, mixed, negative_log_likelihood
from ..families.contract import Scored
from .batches import RowBatch, Rows, batch_of, drawn_templates, epoch_order, pieces_of
from .checkpoint import Snapshot
from .contrast import Pull, as_before, pulls_of
from .device import peak_memory_bytes
from .loss import Counts, Weights, loss_of
from .prompt_model import PromptModel
from .schedule import Schedule
from .scoring import Scores, picked, scores_of

LEARNT = 0.01  # nats: all validation rows are right, and surely; more steps would change nothing


@dataclass(slots=True)
class Fit:
    """Where training stands; `best` holds the trained tensors that answered best.

    `best_loss` is L on the validation rows, each head at its own temperature.
    """

    step: int = 0
    best: dict[str, Tensor] = field(default_factory=dict)
    best_step: int = 0
    best_loss: float = math.inf
    weight: float = 1.0  # the prompt's share in the prediction
    worse: int = 0
    stopped_early: bool = False
    valid: Scores | None = None  # of the best weights
    looked: int = -1  # the step of the last look at the validation rows

    def state(self) -> dict[str, Any]:
        return {
            "best_step": self.best_step,
            "best_loss": self.best_loss if math.isfinite(self.best_loss) else None,
            "weight": self.weight,
            "worse": self.worse,
            "looked": self.looked,
        }

    def restore(self, snapshot: Snapshot) -> None:
        self.step = snapshot.step
        self.best = dict(snapshot.best)
        self.best_step = snapshot.state["best_step"]
        loss = snapshot.state["best_loss"]
        self.best_loss = math.inf if loss is None else loss
        self.weight = snapshot.state["weight"]
        self.worse = snapshot.state["worse"]
        self.looked = snapshot.state["looked"]
        if "prompt" in snapshot.scores:
            head = snapshot.scores.get("head")
            prompt = snapshot.scores["prompt"].numpy()
            self.valid = Scores(prompt, None if head is None else head.numpy())


@dataclass(slots=True)
class Trainee:
    """Everything that the loop works with."""

    model: PromptModel
    train: Rows
    valid: Rows
    settings: TrainingSettings
    weights: Weights
    accelerator: Accelerator
    optimizer: Any
    schedule: Schedule
    precision: str
    seed: int
    frozen_train: Scored | None = None
    frozen_valid: Scored | None = None
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
    for micro_batches in groups_of_batches(trainee, state.step):
        if state.step >= schedule.total_steps or state.stopped_early:
            return
        factor = schedule.factor(state.step, settings)
        for group, rate in zip(trainee.optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        parts, norm, size = yield from step_of(trainee, micro_batches)
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


def _is_small(model: PromptModel) -> bool:
    """Whether a checkpoint (weights, best weights, two moments) is written in no time."""
    return 16 * sum(p.numel() for p in model.trained().values()) < 2**28


def step_of(
    trainee: Trainee, batches: list[RowBatch]
) -> Generator[Event, None, tuple[dict[str, float], float, int]]:
    """One optimiser step over one or more batches; gives mean losses, gradient norm, rows.

    Yields between the batches, so that a stop never waits for a long step.
    """
    model, accelerator = trainee.model, trainee.accelerator
    model.train()
    trainee.optimizer.zero_grad(set_to_none=True)
    counts = Counts.of(batches)
    sums: dict[str, float] = {}
    contrast = trainee.weights.contrast
    pulls: list[Pull] = []
    if contrast is not None and len(batches) > 1:
        pulls = yield from pulls_of(model, batches, contrast, accelerator)
    for number, batch in enumerate(batches):
        pull = pulls[number] if pulls else None
        if pull is not None:
            as_before(pull, accelerator.device)
        with accelerator.autocast():
            outputs = model(batch)
        loss = loss_of(outputs, batch, trainee.weights, counts, pull)
        if loss.total.requires_grad:
            accelerator.backward(loss.total)
        for name in ("total", "prompt", "fine_tune", "contrast"):
            part = getattr(loss, name)
            if part is not None:
                sums[name] = sums.get(name, 0.0) + float(part.detach())
        yield Tick()
    limit = trainee.settings.gradient_clip or math.inf
    norm = accelerator.clip_grad_norm_(list(model.trained().values()), limit)
    value = float(norm) if norm is not None else 0.0
    # in fp16 the gradient scaler needs to see an overflow: it passes the step over and scales down
    if math.isfinite(sums["total"]) and (math.isfinite(value) or trainee.precision == "fp16"):
        trainee.optimizer.step()
    return sums, value, sum(batch.size for batch in batches)


def groups_of_batches(trainee: Trainee, done_steps: int) -> Iterator[list[RowBatch]]:
    """The batches of every step, from step `done_steps` on, epoch after epoch."""
    rows, settings = trainee.train, trainee.settings
    device, plan = trainee.accelerator.device, trainee.model.plan
    pad = plan.pad_id
    per_epoch = trainee.schedule.steps_per_epoch
    epoch = done_steps // per_epoch
    skip = done_steps % per_epoch
    while True:
        order = epoch_order(rows.lengths, settings.batch_size, trainee.seed, epoch)
        for step in range(skip, per_epoch):
            places = order[step * settings.accumulation : (step + 1) * settings.accumulation]
            if trainee.frozen_train is not None:
                yield [picked(rows, trainee.frozen_train, some, device) for some in places]
                continue
            chance = random.Random(f"{trainee.seed}-{epoch}-{step}")
            yield [
                batch_of(rows, piece, pad, device, template)
                for batch in places
                for template, some in drawn_templates(batch, plan, chance)
                for piece in pieces_of(some, rows.lengths)
            ]
        epoch, skip = epoch + 1, 0


def evaluate(trainee: Trainee, state: Fit) -> Generator[Event, None, None]:
    """Look at the validation rows; remember the weights if they are the best so far."""
    model = trainee.model
    if not len(trainee.valid):
        state.looked = state.step
        # without validation rows the last weights are the best that can be said
        state.best, state.best_step = copied(model), state.step
        state.weight = 0.5 if model.head is not None and trainee.weights.prompt else 1.0
        return
    scores = yield from scores_of(
        model,
        trainee.valid,
        trainee.accelerator.device,
        trainee.precision,
        frozen=trainee.frozen_valid,
        quiet=True,
    )
    if not (
        np.isfinite(scores.prompt).all() and (scores.head is None or np.isfinite(scores.head).all())
    ):
        raise _not_finite(math.nan, state)
    gold = np.asarray(trainee.valid.gold)
    weight = mixing_weight(scores, gold, trainee.weights)
    mix = mixed(scores.prompt, scores.head, weight) if scores.head is not None else scores.prompt
    loss = validation_loss(scores, gold, trainee.weights)
    deciding = validation_loss(scores, gold, trainee.weights, calibrated_loss)
    judgement = judge(model.plan.labels, gold.tolist(), np.exp(mix))
    better = deciding < state.best_loss or not state.best
    state.looked = state.step
    if better:
        state.best, state.best_step, state.best_loss = copied(model), state.step, deciding
        state.weight, state.worse, state.valid = weight, 0, scores
        if trainee.schedule.patience and loss < LEARNT:
            state.stopped_early = True
    elif state.step > trainee.schedule.total_steps // 15:  # the first looks say little
        state.worse += 1
        if trainee.schedule.patience and state.worse >= trainee.schedule.patience:
            state.stopped_early = True
    yield Evaluated(state.step, "valid", loss, judgement.metrics, best=better)


def validation_loss(
    scores: Scores,
    gold: np.ndarray,
    weights: Weights,
    loss: Callable[[np.ndarray, np.ndarray], float] = negative_log_likelihood,
) -> float:
    """L on the validation rows, with the same weights as in training.

    With `calibrated_loss`, where each head has its own temperature, it tells which step answers
    best: the plain sum also grows when right answers get too sure of themselves, and on few rows
    called an untrained model the best (docs/benchmarks.md).
    """
    total = 0.0
    if weights.prompt:
        total += weights.prompt * loss(scores.prompt, gold)
    if weights.fine_tune and scores.head is not None:
        total += weights.fine_tune * loss(scores.head, gold)
    return float(total)


def mixing_weight(scores: Scores, gold: np.ndarray, weights: Weights) -> float:
    """The prompt's share in the prediction; a way that was not trained has no say."""
    if scores.head is None or not weights.fine_tune:
        return 1.0
    if not weights.prompt:
        return 0.0
    return choose_weight(scores.prompt, scores.head, gold)


def copied(model: PromptModel) -> dict[str, Tensor]:
    """The trained tensors as they are now, on the CPU."""
    return {name: p.detach().cpu().clone() for name, p in model.trained().items()}


def snapshot_of(trainee: Trainee, state: Fit) -> Snapshot:
    scores = {}
    if state.valid is not None:
        scores = {
            name: torch.from_numpy(array)
            for name, array in (("prompt", state.valid.prompt), ("head", state.valid.head))
            if array is not None
        }
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
