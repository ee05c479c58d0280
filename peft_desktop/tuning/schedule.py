"""How long, how fast, with which gradient method: the settings, worked out for a run."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from ..core.recipe import TrainingSettings
from ..core.steps import steps_per_epoch, total_steps
from .tuned_model import TunedModel


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long, how often to look, when to give up: the settings, worked out for these rows."""

    total_steps: int
    steps_per_epoch: int
    evaluate_every: int
    patience: int  # validations without better answers; 0 is never

    @staticmethod
    def of(settings: TrainingSettings, rows: int, valid_rows: int) -> Schedule:
        per_epoch, total = steps_per_epoch(settings, rows), total_steps(settings, rows)
        seen = settings.batch_size * settings.accumulation
        every = settings.evaluate_every_steps or max(
            5, min(per_epoch, total // 10), math.ceil(valid_rows / (2 * seen))
        )
        patience = settings.patience
        if patience is None:
            patience = 4 if settings.epochs is None else 0
        return Schedule(total, per_epoch, min(every, total), patience)

    def looks(self, step: int) -> bool:
        """Whether the validation rows are looked at after `step` steps."""
        return step % self.evaluate_every == 0 or step == self.total_steps

    def factor(self, step: int, settings: TrainingSettings) -> float:
        """The share of the learning rate in force at `step` (from 0)."""
        warm = round(settings.warm_up * self.total_steps)
        if step < warm:
            return (step + 1) / (warm + 1)
        if settings.schedule == "constant":
            return 1.0
        gone = (step - warm) / max(1, self.total_steps - warm)
        if settings.schedule == "cosine":
            return 0.5 * (1.0 + math.cos(math.pi * min(1.0, gone)))
        return max(0.0, 1.0 - gone)


def optimizer_of(
    model: TunedModel, settings: TrainingSettings, rate: float, head_rate: float
) -> torch.optim.Optimizer:
    """AdamW, Adam or SGD; the heads have a rate of their own; biases, norms, factors no decay."""
    groups = []
    for is_head in (False, True):
        named = [
            (name, p)
            for name, p in model.trained().items()
            if name.startswith(("head.", "shift", "virtual.")) == is_head
        ]
        for decays in (True, False):
            chosen = [p for name, p in named if _decays(name, p) == decays]
            if chosen:
                groups.append(
                    {
                        "params": chosen,
                        "lr": head_rate if is_head else rate,
                        "base_lr": head_rate if is_head else rate,  # lr itself follows the schedule
                        "weight_decay": settings.weight_decay if decays else 0.0,
                    }
                )
    # one pass over each tensor instead of a dozen, where PyTorch has it
    places = {p.device.type for p in model.trained().values()}
    fused = places <= {"cpu", "cuda"}
    if settings.optimizer == "sgd":
        for group in groups:
            group["weight_decay"] = 0.0
        return torch.optim.SGD(groups, lr=rate, momentum=0.9, fused=fused)
    if settings.optimizer == "adam":
        for group in groups:
            group["weight_decay"] = 0.0
        return torch.optim.Adam(groups, lr=rate, fused=fused)
    return torch.optim.AdamW(groups, lr=rate, fused=fused)


def _decays(name: str, parameter: torch.nn.Parameter | torch.Tensor) -> bool:
    """Whether weight decay may draw it to zero: not IA3's factors, which rest at 1."""
    return parameter.ndim > 1 and ".ia3_l." not in name
