"""Runs that are killed (SIGKILL) at a random moment and resumed, against one that never was.

Each training is a forked child: the libraries are imported once. The moment is a random event and
a random part of the time until the next ones, so that it also falls into the middle of writing.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peft_desktop.core import events as ev

STEPS = 8
SETTINGS: dict[str, Any] = {
    "method": "lora",
    "method_settings": {"rank": 2, "dropout": 0.3},
    "max_steps": STEPS,
    "batch_size": 2,
    "accumulation": 2,  # 10 rows: the steps do not end where the epochs do
    "checkpoint_every_steps": 1,
    "evaluate_every_steps": 3,
}


@dataclass(frozen=True)
class Killed:
    """What became of one killed run."""

    event: int
    resumed_at: int
    equal_weights: bool
    equal_curve: bool
    whole_checkpoint: bool  # whether one was there to resume from
    died: bool  # it may have been done before

    @property
    def survived(self) -> bool:
        return self.equal_weights and self.equal_curve


def forked(work: Callable[[], None]) -> int:
    """Do `work` in a child; gives its exit code, or minus the signal that ended it."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _train(shop: Any, name: str, resume: bool = False, told: Callable[[], None] = int) -> None:
    from peft_desktop.core.locks import locked
    from peft_desktop.core.runs import LOCK

    recipe = shop.recipe(name, **SETTINGS)
    folder = shop.run_folder(recipe)
    with locked(folder / LOCK, name):
        for _ in shop.training(recipe, resume=resume):
            told()


def reference(shop: Any) -> tuple[int, Path, float]:
    """Train a run that nobody kills; gives its number of events, its folder, seconds an event."""
    since = time.monotonic()
    tally = shop.project / "events.count"

    def work() -> None:
        seen = 0

        def told() -> None:  # ticks too: they fall into the middle of a step
            nonlocal seen
            seen += 1

        _train(shop, "whole", told=told)
        tally.write_text(str(seen), encoding="utf-8")

    if forked(work):
        raise RuntimeError("the run that is compared with failed")
    count = int(tally.read_text(encoding="utf-8"))
    return count, shop.project / "runs" / "whole", (time.monotonic() - since) / count


def kill_once(shop: Any, whole: Path, events: int, pause_s: float, chance: random.Random) -> Killed:
    """Kill a run at a random moment, resume it, compare it with the whole one, and remove it."""
    from peft_desktop.core.runs import find_run, load_recipe, replay
    from peft_desktop.tuning.checkpoint import newest_whole

    name = "killed"
    folder = shop.project / "runs" / name
    shutil.rmtree(folder, ignore_errors=True)
    number, delay = chance.randrange(1, events), chance.random() * pause_s * 2

    def work() -> None:
        seen = 0

        def told() -> None:
            nonlocal seen
            seen += 1
            if seen == number:
                threading.Timer(delay, os.kill, (os.getpid(), signal.SIGKILL)).start()

        _train(shop, name, told=told)

    died = forked(work) == -signal.SIGKILL
    there = newest_whole(folder / "checkpoints") is not None
    if died:
        assert find_run(folder.parent, name).state in ("interrupted", "finished")
        load_recipe(folder)
        if forked(lambda: _train(shop, name, resume=True)):
            return Killed(number, -1, False, False, there, died)
    resumed = [event.step for event in replay(folder) if isinstance(event, ev.Resumed)]
    return Killed(
        number,
        resumed[-1] if resumed else -1,
        _weights(folder) == _weights(whole),
        _curve(folder) == _curve(whole),
        there,
        died,
    )


def _weights(run: Path) -> dict[str, bytes]:
    from safetensors import safe_open

    with safe_open(run / "model" / "trained.safetensors", "np") as file:
        return {name: file.get_tensor(name).tobytes() for name in sorted(file.keys())}


def _curve(run: Path) -> list[tuple[Any, ...]]:
    from peft_desktop.core.runs import replay

    found: list[tuple[Any, ...]] = []
    for event in replay(run):
        if isinstance(event, ev.Stepped):
            found.append((event.step, event.loss, event.gradient_norm, event.learning_rate))
        elif isinstance(event, ev.Evaluated):
            found.append((event.step, event.loss, event.best, *event.metrics.values()))
    return found
