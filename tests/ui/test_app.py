"""The window as a program: a light start, an engine by choice, a clean end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from window_fakes import FakeTuner

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.core.ports import ProbeRequest, Tuner
from peft_desktop.engine_choice import ChosenTuner

ROOT = Path(__file__).parents[2]
HEAVY = ("torch", "transformers", "peft", "sklearn", "pandas", "pyarrow")

# what a script adds to the program: it looks at the first paint, and closes the window then
_LOOK = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from peft_desktop import app
from peft_desktop.ui.main_window import MainWindow

class Looked(MainWindow):
    def show(self):
        self.painted.connect(self.look)
        super().show()
    def look(self):
        print("loaded:", *sorted(set({heavy!r}) & sys.modules.keys()))
        print("title:", self.windowTitle())
        QTimer.singleShot(0, self.{then})

if __name__ == "__main__":
    app.MainWindow = Looked
    words = sys.argv[1:]
    print("exit:", app.main(Path(words[0]) if words else None))
"""


def look(tmp_path: Path, *words: str, then: str = "close", heavy: Any = HEAVY) -> list[str]:
    script = tmp_path / "look.py"
    script.write_text(_LOOK.format(heavy=heavy, then=then), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout.splitlines()


def test_that_nothing_heavy_is_loaded_before_the_first_paint(
    tmp_path: Path, project_folder: Path
) -> None:
    lines = look(tmp_path, str(project_folder))
    assert lines[0] == "loaded:"
    assert lines[1] == "title: reviews \u2013 PEFT Desktop"
    assert lines[2] == "exit: 0"


def test_that_a_project_is_let_go_at_the_end(tmp_path: Path, project_folder: Path) -> None:
    look(tmp_path, str(project_folder))
    assert not (project_folder / "project.lock").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_that_ctrl_c_closes_the_window(tmp_path: Path, project_folder: Path) -> None:
    script = tmp_path / "run.py"
    text = _LOOK.format(heavy=HEAVY, then="raise_")
    script.write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-u", str(script), str(project_folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline().startswith("loaded:")
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    assert process.wait(timeout=20) == 0
    assert rest.splitlines()[-1] == "exit: 0"
    assert not (project_folder / "project.lock").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
def test_that_a_missing_display_is_said_in_a_sentence(tmp_path: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    clean = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "peft_desktop"],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "There is no display" in done.stderr


REQUEST = ProbeRequest(Path(), "m", (), (), "text", "label")


class NoWorker(FakeTuner):
    """A worker that the system does not let start."""

    def probe(self, request: ProbeRequest) -> Any:
        raise self.failure()
        yield

    def failure(self) -> UserError:
        error = UserError("No worker process could be started.")
        error.__cause__ = OSError("too many processes")
        return error


@pytest.fixture
def made() -> Iterator[dict[str, FakeTuner]]:
    yield {"worker": FakeTuner(), "thread": FakeTuner()}


def test_that_a_change_of_the_setting_holds_for_the_next_piece(made: dict[str, FakeTuner]) -> None:
    wanted = "worker"
    tuner: Tuner = ChosenTuner(lambda: wanted, lambda kind: made[kind])
    list(tuner.probe(REQUEST))
    wanted = "thread"
    list(tuner.probe(REQUEST))
    assert [len(each.asked) for each in made.values()] == [1, 1]
    tuner.close()
    assert made["thread"].is_closed


def test_that_the_thread_takes_over_where_no_worker_starts(made: dict[str, FakeTuner]) -> None:
    made["worker"] = NoWorker()
    tuner = ChosenTuner(lambda: "worker", lambda kind: made[kind])
    events = list(tuner.probe(REQUEST))
    assert isinstance(events[0], ev.Warned)
    assert "too many processes" in events[0].values["reason"]
    assert isinstance(events[-1], ev.Finished)
    assert not tuner.in_worker


def test_that_closing_the_events_closes_the_work(made: dict[str, FakeTuner]) -> None:
    tuner = ChosenTuner(lambda: "worker", lambda kind: made[kind])
    events = tuner.probe(REQUEST)
    next(events)
    events.close()
    assert made["worker"].closed == 1


class Worker(FakeTuner):
    """Notes how it was ended."""

    ended = ""

    def end_now(self) -> None:
        self.ended = "now"

    def close(self) -> None:
        self.ended = "with time to save"


def test_that_an_idle_worker_is_ended_at_once_and_a_busy_one_gets_time() -> None:
    """One that only loads its libraries would let who closes the window wait for seconds."""
    idle, busy = Worker(), Worker()
    tuner = ChosenTuner(lambda: "worker", lambda kind: idle)
    list(tuner.probe(REQUEST))
    tuner.close()
    assert idle.ended == "now"
    tuner = ChosenTuner(lambda: "worker", lambda kind: busy)
    events = tuner.probe(REQUEST)
    next(events)
    tuner.close()
    assert busy.ended == "with time to save"
    events.close()
