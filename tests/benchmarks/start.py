"""How long the program takes to start: `--help` as a whole process, and the window.

The window is measured from the start of its process until it has been painted for the first time
and has answered an event after that, with the sample's project open. Beside it, in turn with it: a
bare QApplication that shows a pyqtgraph plot. The first start of each is not counted.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import _common as common
import _window

TIMES = 10
HEAVY = ("torch", "transformers", "peft", "sklearn", "pandas", "pyarrow")

# The program as it is, but for a main window that tells when it was seen, and closes then.
WINDOW = f"""
import json, sys, time
from PySide6.QtCore import QTimer
import peft_desktop.app as app

class Seen(app.MainWindow):
    def show(self):
        self.painted.connect(self.look)
        super().show()
    def look(self):
        self.heavy = sorted(set({HEAVY!r}) & sys.modules.keys())
        QTimer.singleShot(0, self.tell)
    def tell(self):
        print(json.dumps([time.time(), self.heavy, self.windowTitle()]), flush=True)
        self.close()

if __name__ == "__main__":
    app.MainWindow = Seen
    from peft_desktop.__main__ import main
    sys.exit(main())
"""

BARE = """
import json, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import pyqtgraph

class Seen(pyqtgraph.PlotWidget):
    seen = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.seen:
            self.seen = True
            QTimer.singleShot(0, self.look)
    def look(self):
        QTimer.singleShot(0, self.tell)
    def tell(self):
        print(json.dumps([time.time(), [], ""]), flush=True)
        self.close()

app = QApplication([])
window = Seen()
window.resize(1180, 690)
window.plot(range(100))
window.show()
app.exec()
"""


def helped() -> float:
    since = time.perf_counter()
    words = [sys.executable, "-m", "peft_desktop", "--help"]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=common.ROOT)
    return time.perf_counter() - since


def seen(script: Path, *words: str, home: Path) -> dict[str, Any]:
    """Seconds from the start of a process until its window answers; what it had loaded by then."""
    variables = {**os.environ, "PYTHONPATH": str(common.ROOT), "PEFT_DESKTOP_HOME": str(home)}
    since = time.time()
    done = subprocess.run(
        [sys.executable, str(script), *words],
        env=variables,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    at, heavy, title = json.loads(done.stdout.splitlines()[0])
    return {"seconds": at - since, "heavy": heavy, "title": title}


def in_turn(project: Path, work: Path) -> dict[str, list[dict[str, Any]]]:
    """The window and the bare plot, one after the other, so that both meet the same machine."""
    scripts = {name: work / f"{name}_start.py" for name in ("window", "bare")}
    scripts["window"].write_text(WINDOW, encoding="utf-8")
    scripts["bare"].write_text(BARE, encoding="utf-8")
    found: dict[str, list[dict[str, Any]]] = {"window": [], "bare": []}
    for turn in range(TIMES + 1):
        for name, script in scripts.items():
            words = [str(project)] if name == "window" else []
            told = seen(script, *words, home=work / "home")
            if turn:
                found[name].append(told)
    return found


def row(title: str, seconds: Sequence[float], goal: str) -> list[str]:
    least, most = min(seconds), max(seconds)
    return [title, f"{statistics.median(seconds):.2f}", f"{least:.2f} - {most:.2f}", goal]


def main() -> None:
    given = common.arguments(__doc__ or "", data=False)
    results = common.Results("start", given.again)
    project = _window.sample_project(results.work / "project")
    seconds = results.once("help", lambda: [helped() for _ in range(TIMES + 1)][1:])
    found = results.once("window and bare", lambda: in_turn(project, results.work))
    assert all(each["title"].startswith("project") for each in found["window"])
    window, bare = ([each["seconds"] for each in found[name]] for name in ("window", "bare"))
    print(f"\n{common.machine()}\n")
    rows = [
        row("peft-desktop --help", seconds, "0.4"),
        row("window, to its first answer", window, "1.0"),
        row("bare QApplication and pyqtgraph plot", bare, ""),
    ]
    print(common.table(["start", f"s, median of {TIMES}", "least - most", "goal"], rows))
    times = statistics.median(window) / statistics.median(bare)
    loaded = sorted({name for each in found["window"] for name in each["heavy"]})
    print(f"\nThe window takes {times:.2f} times as long as the bare plot (goal 1.5).")
    print(f"Loaded before the first paint, of {', '.join(HEAVY)}: {', '.join(loaded) or 'none'}.")


if __name__ == "__main__":
    main()
