"""5,000 signals and 5,000 queued deliveries through the window's own path, 50 runs in a row.

A tuner that only goes through the motions "trains" 5,000 steps in a worker process; every event
is handed over by itself (a signal emitted in the job's thread, a delivery queued to the window's)
and shown on the Train page of the real window. After each run nothing may be left: no thread, no
process, no widget; memory may grow by 50 MB from the 5th run to the last.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import _common as common
import _window

RUNS, STEPS, EVALUATE_EVERY = 50, 5_000, 100
SETTLED = 5  # runs after which caches are full and memory is compared
MOST_GROWTH = 50 * 2**20


class Steps:
    """In the worker: the events of a training of thousands of steps; nothing is computed."""

    def train(self, recipe: Any, run_folder: Path, resume: bool = False) -> Any:
        from peft_desktop.core import events as ev

        yield ev.Started("training", STEPS, {"device": "cpu", "precision": "fp32", "threads": 1})
        yield ev.PhaseChanged("training")
        for step in range(1, STEPS + 1):
            loss = 1.0 / step**0.5
            yield ev.Stepped(step, step / 100, loss, loss, loss, 1e-4, 1.0, 20.0, 10**9, 1.0)
            if step % EVALUATE_EVERY == 0:
                yield ev.Evaluated(step, "valid", loss, {"macro_f1": 0.5}, best=True)
        yield ev.Finished({"name": recipe.name, "steps": STEPS, "metrics": {}})

    def close(self) -> None:
        """Nothing is held."""


def steps() -> Steps:
    return Steps()


class AnewEachTime:
    """In the window: every training has a worker process of its own, which ends with it."""

    def train(self, recipe: Any, run_folder: Path, resume: bool = False) -> Any:
        from peft_desktop.tuning.worker import WorkerTuner

        with WorkerTuner(steps) as tuner:
            yield from tuner.train(recipe, run_folder, resume)

    def devices(self) -> list[dict[str, Any]]:
        return []

    def close(self) -> None:
        """Nothing is held."""


def trained(project: Path, kept: Path, count: int) -> list[dict[str, Any]]:
    """`count` runs in one window; after each: what was delivered, and what there is."""
    import psutil
    from PySide6.QtCore import QObject, Slot
    from PySide6.QtWidgets import QApplication

    from peft_desktop.ui import job

    job._BATCH_S = 0.0  # each event by itself, as fast as they come

    class Counter(QObject):
        deliveries = steps = 0

        @Slot(object)
        def take(self, events: list[Any]) -> None:
            self.deliveries += 1
            self.steps += sum(1 for event in events if type(event).__name__ == "Stepped")

    window = _window.Window(project, kept, AnewEachTime())
    window.wait(lambda: window.document.project is not None)
    page = window.train_page()
    counter, ours, told = Counter(), psutil.Process(), []
    window.work.events.connect(counter.take)
    for number in range(count):
        counter.deliveries = counter.steps = 0
        since = time.perf_counter()
        page.main_action()
        window.wait(lambda: not window.work.busy)
        seconds = time.perf_counter() - since
        assert len(page.view.curves.series["loss"]) == STEPS
        shutil.rmtree(project / "runs")
        window.document.runs_changed.emit()
        window.wait(lambda: not page._errands.busy)
        _window.collect()
        told.append(
            {
                "deliveries": counter.deliveries,
                "steps": counter.steps,
                "seconds": seconds,
                "threads": ours.num_threads(),
                "python_threads": threading.active_count(),
                "processes": len(_workers(ours)),
                "widgets": len(QApplication.allWidgets()),
                "memory_bytes": ours.memory_info().rss,
            }
        )
        print(f"run {number + 1}: {json.dumps(told[-1])}", file=sys.stderr, flush=True)
    window.end()
    return told


def _workers(ours: Any) -> list[Any]:
    """Our children but for Python's resource tracker, which lives as long as we do."""
    return [c for c in ours.children() if "resource_tracker" not in " ".join(c.cmdline())]


def main() -> None:
    given = common.arguments(__doc__ or "", data=False)
    results = common.Results("signals", given.again)
    count = SETTLED + 3 if given.quick else RUNS
    project = _window.sample_project(results.work / "project")

    def measure() -> list[dict[str, Any]]:
        copy = _window.copied(project, results.work / "copy")
        words = [sys.executable, __file__, "--runs", str(count), str(copy), str(results.work)]
        done = subprocess.run(words, stdout=subprocess.PIPE, encoding="utf-8", check=False)
        if done.returncode:
            sys.exit(f"the window's process ended with {done.returncode}")
        found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
        return found

    told = results.once(f"{count} runs", measure)
    settled, last = told[SETTLED - 1], told[-1]
    print(f"\n{common.machine()}\n")
    rows = [
        ["runs without a crash", str(len(told)), str(count)],
        ["steps shown, least of a run", str(min(each["steps"] for each in told)), f"{STEPS}"],
        ["queued deliveries, least of a run", str(min(e["deliveries"] for e in told)), f"{STEPS}"],
    ]
    for name in ("threads", "python_threads", "processes", "widgets"):
        said = f"{name.replace('_', ' ')} after run {SETTLED} and the last"
        rows.append([said, f"{settled[name]}, {last[name]}", "the same"])
    grown = last["memory_bytes"] - settled["memory_bytes"]
    rows.append(["memory grown, MB", f"{grown / 2**20:.1f}", f"at most {MOST_GROWTH / 2**20:.0f}"])
    rows.append(["seconds a run", f"{sum(e['seconds'] for e in told) / len(told):.1f}", ""])
    print(common.table(["what", "seen", "goal"], rows))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--runs"]:
        print(json.dumps(trained(Path(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[2]))))
    else:
        main()
