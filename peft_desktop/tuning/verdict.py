"""Has training done anything? What went wrong in a run, by its own numbers, and what to change."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..core.events import Event, Stepped, Warned
from ..core.runs import replay
from ..core.words import QT_TRANSLATE_NOOP
from .loop import Fit
from .trained import combined

_LEAST_STEPS = 10  # below, nothing is said
_LEAST_ROWS = 8
_FELL = 0.9  # of the first loss: what is above has hardly fallen
_GREW = 1.3
_LEARNT = 0.5  # of the loss of guessing: what is below had little to learn

DID_NOT_TRAIN = QT_TRANSLATE_NOOP(
    "engine",
    "The model has hardly learnt: the training loss went from {first} to {last} in {steps} steps. "
    "Raise the learning rate (now {rate}) three- to tenfold, give it more steps, or choose a "
    "stronger method such as LoRA; and look whether labels and texts belong together.",
)
LOSS_GREW = QT_TRANSLATE_NOOP(
    "engine",
    "The training loss grew from {first} to {last}. Lower the learning rate (now {rate}) to a "
    "third or a tenth.",
)
ONE_LABEL = QT_TRANSLATE_NOOP(
    "engine",
    'The model says "{label}" for all {rows} validation rows. Change the learning rate (now '
    "{rate}: try three times as much, and a third), give every label as many training rows, or "
    "choose label words that fit the template better.",
)
NO_STEP_HELPED = QT_TRANSLATE_NOOP(
    "engine",
    "The model was best on the validation rows before its first step, so it is kept as it came. "
    "Lower the learning rate (now {rate}) to a third, or train on more rows.",
)


@dataclass(slots=True)
class Watch:
    """The training losses of a run, step by step; those of the prompt where it is trained."""

    losses: dict[int, float] = field(default_factory=dict)

    @staticmethod
    def of(run_folder: Path | None) -> Watch:
        """A watch that knows what a resumed run has done before; an empty one without a folder."""
        watch = Watch()
        if run_folder is not None:
            for event in replay(run_folder):
                watch.note(event)
        return watch

    def note(self, event: Event) -> None:
        if isinstance(event, Stepped):
            parts = (event.loss_prompt, event.loss_fine_tune, event.loss)
            self.losses[event.step] = next(part for part in parts if part is not None)

    def through(self, events: Generator[Event, None, None]) -> Iterator[Event]:
        """The same events, watched."""
        with closing(events):
            for event in events:
                self.note(event)
                yield event

    def verdict(
        self, state: Fit, gold: Sequence[int], labels: Sequence[str], rate: float
    ) -> Iterator[Warned]:
        """What the user should know of a classification's training that is over."""
        yield from self.losses_verdict(state, rate, math.log(len(labels)), bool(gold))
        if state.valid is None or len(gold) < _LEAST_ROWS or len(set(gold)) < 2:
            return
        said = np.unique(combined(state.valid, state.weight).argmax(1))
        if len(said) == 1:
            label = labels[int(said[0])]
            values = {"label": label, "rows": len(gold), "rate": f"{rate:g}"}
            yield Warned(ONE_LABEL, values)

    def losses_verdict(
        self, state: Fit, rate: float, guessing: float | None, looked: bool
    ) -> Iterator[Warned]:
        """What the losses tell. `guessing` is the loss of who guesses, where it is known; `looked`:
        whether there are validation rows."""
        first, last = self._ends()
        if last is None or first is None:
            return
        values = {"first": f"{first:.2f}", "last": f"{last:.2f}", "rate": f"{rate:g}"}
        if last > _GREW * first and (guessing is None or last > guessing):
            yield Warned(LOSS_GREW, values)
        elif guessing is not None and last > _FELL * first and last > _LEARNT * guessing:
            yield Warned(DID_NOT_TRAIN, {**values, "steps": len(self.losses)})
        elif looked and state.best_step == 0:
            yield Warned(NO_STEP_HELPED, {"rate": f"{rate:g}"})

    def _ends(self) -> tuple[float | None, float | None]:
        """The mean losses of the first and of the last steps."""
        if len(self.losses) < _LEAST_STEPS:
            return None, None
        ordered = [self.losses[step] for step in sorted(self.losses)]
        count = max(3, len(ordered) // 10)
        return float(np.mean(ordered[:count])), float(np.mean(ordered[-count:]))
