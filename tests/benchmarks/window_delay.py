"""How late the window answers while SmolLM2 trains, and what the window costs the training.

Three sides train the same recipe on the sample, each in a fresh process: the command line, the
window with the worker process, the window with the work in its own thread. A precise timer of
5 ms runs in the window's event loop, the Train page in front with its curves; how much later than
5 ms it comes is the delay.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import _common as common
import _window

STEPS, EVERY_MS, ROUNDS = 40, 5, 3
GOALS = {"worker": "p99 20, most 150", "thread": "p99 50"}


def window_side(side: str, project: Path, kept: Path) -> dict[str, Any]:
    """Train in a window; delays in ms by phase, and what the engine said at the end."""
    from PySide6.QtCore import QTimer

    from peft_desktop.core import events as ev
    from peft_desktop.engine_choice import ChosenTuner

    tuner = ChosenTuner(lambda: side)
    window = _window.Window(project, kept, tuner)
    window.wait(lambda: window.document.project is not None)
    if side == "worker":
        tuner.warm_up_soon()
    page = window.train_page()
    delays: dict[str, list[float]] = {"before": [], "training": []}
    now = {"phase": "before"}
    result: dict[str, Any] = {}

    def hear(events: list[Any]) -> None:
        for event in events:
            if isinstance(event, ev.Started) and event.what == "training":
                now["phase"] = "training"
            elif isinstance(event, ev.Finished):
                result.update(event.result)

    last = [0.0]

    def tick() -> None:
        at = time.perf_counter()
        delays[now["phase"]].append(max(0.0, (at - last[0]) * 1000 - EVERY_MS))
        last[0] = time.perf_counter()

    timer = QTimer()
    timer.setTimerType(_precise())
    timer.timeout.connect(tick)
    window.work.events.connect(hear)
    page.main_action()
    last[0] = time.perf_counter()
    timer.start(EVERY_MS)
    window.wait(lambda: not window.work.busy)
    timer.stop()
    assert page.view.curves.isVisible() and len(page.view.curves.series["loss"]) == STEPS
    told = {
        "result": result,
        "delays": {name: _summary(found) for name, found in delays.items()},
        "repaints": page.view.curves.repaints,
    }
    window.end()
    return told


def _precise() -> Any:
    from PySide6.QtCore import Qt

    return Qt.TimerType.PreciseTimer


def _summary(delays: list[float]) -> dict[str, float]:
    found = sorted(delays)
    shares = {"p50": 0.5, "p99": 0.99}
    summary = {name: _window.quantile(found, share) for name, share in shares.items()}
    return {**summary, "most": found[-1], "looks": len(found)}


def measured(side: str, project: Path, work: Path) -> dict[str, Any]:
    copy = _window.copied(project, work / side)
    if side == "command line":
        found = common.command("train", copy, "--name", "run")
        return {"result": {k: v for k, v in found.items() if k != "events"}, "delays": {}}
    words = [sys.executable, __file__, "--side", side, str(copy), str(work)]
    done = subprocess.run(words, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return dict(found)


def losses(folder: Path) -> list[float]:
    """The loss of every step, as the run keeps them."""
    (file,) = folder.glob("runs/*/events.jsonl")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [line["loss"] for line in lines if line.get("type", line.get("event")) == "Stepped"]


def main() -> None:
    given = common.arguments(__doc__ or "", data=False)
    results = common.Results("window-delay", given.again)
    rounds = 1 if given.quick else ROUNDS
    how = {"max_steps": STEPS, "patience": 0, "evaluate_every_steps": 20}
    project = _window.sample_project(results.work / "project", **how)
    sides: dict[str, list[dict[str, Any]]] = {"command line": [], "worker": [], "thread": []}
    for turn in range(rounds):
        for side, found in sides.items():

            def one(side: str = side) -> dict[str, Any]:
                return measured(side, project, results.work)

            found.append(results.once(f"{side} {turn + 1}", one))
    print(f"\n{common.machine()}; {rounds} rounds, {STEPS} steps\n")
    rows = []
    for side in ("worker", "thread"):
        for phase in ("training", "before"):
            told = [each["delays"][phase] for each in sides[side]]
            cells = [f"{max(each[name] for each in told):.1f}" for name in ("p50", "p99", "most")]
            rows.append([side, phase, *cells, GOALS[side] if phase == "training" else ""])
    head = ["work in", "phase", "median, ms", "p99, ms", "most, ms", "goal, ms"]
    print(common.table(head, rows))
    print()
    base = statistics.median(e["result"]["training_seconds"] for e in sides["command line"])
    wanted = sides["command line"][0]["result"]["metrics"]
    rows = []
    for side, found in sides.items():
        seconds = [each["result"]["training_seconds"] for each in found]
        same = all(each["result"]["metrics"] == wanted for each in found)
        middle = statistics.median(seconds)
        rows.append(
            [
                side,
                f"{middle:.1f} ({min(seconds):.1f} - {max(seconds):.1f})",
                f"{100 * (middle / base - 1):+.1f} %",
                "yes" if same else "NO",
            ]
        )
    print(common.table(["side", "training, s (least - most)", "more", "same final metrics"], rows))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--side"]:
        print(json.dumps(window_side(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))))
    else:
        main()
