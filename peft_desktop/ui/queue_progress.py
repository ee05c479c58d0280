"""How far a queue of trainings has come: which run, what it does, how long the rest will take."""

from __future__ import annotations

import time

from ..core import events as ev
from ..core.events import Event


class QueueProgress:
    """Told every event; `number` of `total` runs is at work, `share` of it is done (0 to 1)."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.run, self.phase = "", ""
        self.number = self.total = 0
        self.share = 0.0
        self._steps = 0
        self._left: float | None = None
        self._since = time.monotonic()

    def take(self, event: Event) -> None:
        match event:
            case ev.Started(what="cell", facts=facts):
                self.run = str(facts.get("run", ""))
                self.number, self.total = int(facts["number"]), int(facts["total"])
                self.share, self._steps, self.phase = 0.0, 0, "starting"
                self._left, self._since = facts.get("seconds_left"), time.monotonic()
            case ev.Started(what="training", total_steps=total):
                self._steps = total
            case ev.PhaseChanged(phase):
                self.phase = phase
            case ev.Stepped(step=step) if self._steps:
                self.share = 0.9 * min(1.0, step / self._steps)  # the rest is judging
            case ev.Ranked(ranked) if all("row" in entry for entry in ranked):
                self.share = 1.0

    @property
    def seconds_left(self) -> float | None:
        """Of all that is still to do; None while nothing is known."""
        if self._left is None:
            return None
        return max(0.0, self._left - (time.monotonic() - self._since))

    @property
    def thousandths(self) -> int:
        """How much of all runs is done, for a progress bar of 1000."""
        if not self.total:
            return 0
        return round(1000 * (max(0, self.number - 1) + self.share) / self.total)
