"""Progress on stderr: live bars in a terminal, a line now and then anywhere else."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..core import events as ev
from ..core.events import Event

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LINE_EVERY_S = 10.0
# what the engine calls its phases, and how they are said here
_PHASES = {
    "loading": "Loading the model",
    "tokenising": "Reading the texts",
    "measuring": "Measuring the fastest precision",
    "weighing": "Weighing the patterns",
    "training": "Training",
    "validating": "Validating",
    "evaluating": "Evaluating",
    "predicting": "Predicting",
    "saving": "Saving",
    "checking": "Checking",
    "converting": "Converting the model",
    "installing": "Installing the model",
}


def named(phase: str) -> str:
    """A phase in words; one that is not known is said as it is."""
    return _PHASES.get(phase, phase[:1].upper() + phase[1:].replace("_", " "))


def of_step(event: ev.Stepped, total: int) -> str:
    """One step in words: its loss, the two parts of it, the time left."""
    said = f"step {event.step}" + (f"/{total}" if total else "") + f"  loss {event.loss:.4f}"
    parts = [
        f"{name} {value:.4f}"
        for name, value in (
            ("prompt", event.loss_prompt),
            ("fine-tune", event.loss_fine_tune),
            ("contrast", event.loss_contrast),
        )
        if value is not None
    ]
    if parts:
        said += f" ({' + '.join(parts)})"
    if event.seconds_left is not None:
        said += f"  {clock(event.seconds_left)} left"
    return said


def of_evaluation(event: ev.Evaluated) -> str:
    """A look at a split in words."""
    from ..evaluation.record_report import telling

    said = [f"loss {event.loss:.4f}"]
    for name in telling(event.metrics):
        said.append(f"{name.replace('_', ' ')} {event.metrics[name]:.3f}")
    star = "  (best so far)" if event.best else ""
    return f"step {event.step}  {event.split}: {', '.join(said)}{star}"


def of_cell(facts: dict[str, Any]) -> str:
    """One run of a queue in words: which, of how many, the time left."""
    left = facts.get("seconds_left")
    more = f"  ({clock(left)} left)" if left is not None else ""
    return f"[{facts['number']}/{facts['total']}] {facts['run']}{more}"


def clock(seconds: float) -> str:
    """Seconds as m:ss or h:mm:ss."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


class Lines:
    """A line at each phase and validation, and every ten seconds in between."""

    def __init__(self, silent: bool = False) -> None:
        self._silent = silent
        self._total = 0
        self._next_line_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def show(self, event: Event) -> None:
        match event:
            case ev.Started(what="cell", facts=facts):
                self._say(of_cell(facts))
            case ev.Started(total_steps=total):
                self._total = total or self._total
            case ev.PhaseChanged(phase=phase):
                self._say(f"{named(phase)} ...")
                self._next_line_at = time.monotonic() + _LINE_EVERY_S
            case ev.Evaluated():
                self._say(f"  {of_evaluation(event)}")
            case ev.Stepped() if self._due():
                self._say(f"  {of_step(event, self._total)}")
            case ev.Progressed(done=done, total=total, unit=unit) if self._due():
                self._say(f"  {done}/{total} {unit}")
            case _:
                pass

    def _due(self) -> bool:
        now = time.monotonic()
        if now < self._next_line_at:
            return False
        self._next_line_at = now + _LINE_EVERY_S
        return True

    def _say(self, text: str) -> None:
        if not self._silent:
            print(text, file=sys.stderr, flush=True)


class Bars:
    """One live bar for the phase at hand, over the lines that stay."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._bars: Progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[said]}", markup=False),
            TimeElapsedColumn(),
            console=Console(stderr=True, highlight=False),
        )
        self._phase = "Starting"
        self._steps = 0
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def say(self, text: str) -> None:
        self._bars.console.print(text, markup=False)

    def show(self, event: Event) -> None:
        match event:
            case ev.Started(what="cell", facts=facts):
                self.say(of_cell(facts))
            case ev.Started(total_steps=total):
                self._steps = total or self._steps
            case ev.PhaseChanged(phase=phase):
                self._begin(named(phase))
            case ev.Stepped(step=step):
                self._update(step, self._steps, of_step(event, self._steps))
            case ev.Progressed(done=done, total=total, unit=unit):
                self._update(done, total, f"{done}/{total} {unit}" if total else "")
            case ev.Evaluated():
                self.say(of_evaluation(event))
            case _:
                pass

    def _begin(self, phase: str) -> None:
        self._phase = phase
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._task = self._bars.add_task(phase, total=None, said="")

    def _update(self, done: int, total: int, said: str) -> None:
        if self._task is None:
            self._begin(self._phase)
        assert self._task is not None
        self._bars.update(self._task, completed=done, total=total or None, said=said)
