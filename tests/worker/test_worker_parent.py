"""What becomes of the child when its parent ends: at its exit, by Ctrl-C, by a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

PROLOGUE = """
import json, os, sys, time
from pathlib import Path
sys.path[:0] = [{root!r}, {here!r}]
from scripted_tuner import make, script
from peft_desktop.core.events import Finished, Stepped
from peft_desktop.core.ports import EvaluateRequest, ExportRequest
from peft_desktop.tuning.worker import WorkerTuner

folder = Path({folder!r})

def say(**what):
    print(json.dumps(what), flush=True)

def main():
"""
EPILOGUE = """
if __name__ == "__main__":
    main()
"""

Begin = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    """Start a program whose `main` has the given body; its folder is the test's."""

    def start(body: str) -> subprocess.Popen[str]:
        prologue = PROLOGUE.format(root=str(ROOT), here=str(HERE), folder=str(tmp_path))
        file = tmp_path / "program.py"
        lines = textwrap.indent(textwrap.dedent(body), "    ")
        file.write_text(prologue + lines + EPILOGUE, encoding="utf-8")
        return subprocess.Popen(
            [sys.executable, str(file)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    return start


def said(program: subprocess.Popen[str]) -> dict[str, object]:
    import json

    assert program.stdout is not None
    line = program.stdout.readline()
    assert line, program.communicate()[1]
    record: dict[str, object] = json.loads(line)
    return record


def kill(program: subprocess.Popen[str]) -> None:
    """Without waiting for the end of its output: the child holds that open."""
    program.kill()
    program.wait()
    for stream in (program.stdout, program.stderr):
        assert stream is not None
        stream.close()


def is_gone(pid: object, within_s: float = 8.0) -> bool:
    assert isinstance(pid, int)
    deadline = time.monotonic() + within_s
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True  # the system's first process has yet to collect it
        time.sleep(0.02)
    return not psutil.pid_exists(pid)


def trace(folder: Path) -> list[str]:
    return (folder / "trace").read_text(encoding="utf-8").split()


def test_that_the_output_of_the_parent_is_its_own(begin: Begin, tmp_path: Path) -> None:
    program = begin(
        """
        with WorkerTuner(make) as tuner:
            *_, last = tuner.export(folder, ExportRequest(folder))
            say(event=type(last).__name__)
        """
    )
    out, err = program.communicate(timeout=60)
    assert out == '{"event": "Finished"}\n'
    assert "to handle 1" in err
    assert "to standard output" in err
    assert program.returncode == 0


def test_that_the_parent_never_imports_the_engine(begin: Begin) -> None:
    program = begin(
        """
        with WorkerTuner(make) as tuner:
            tuner.warm_up()
            *_, last = tuner.evaluate(folder, EvaluateRequest())
            heavy = {"torch", "transformers", "peft", "numpy", "pandas"}
            say(child=last.result["torch"], parent=sorted(heavy & sys.modules.keys()))
        """
    )
    out, err = program.communicate(timeout=110)
    assert out == '{"child": true, "parent": []}\n', err


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX's")
def test_that_ctrl_c_is_the_parents_business(begin: Begin, tmp_path: Path) -> None:
    program = begin(
        """
        tuner = WorkerTuner(make)
        try:
            for event in tuner.train(script(steps=1000, pause_s=0.05), folder):
                if isinstance(event, Stepped):
                    say(pid=tuner.pid)
        except KeyboardInterrupt:
            *_, last = tuner.train(script(steps=1), folder)
            say(pid=tuner.pid, end=type(last).__name__)
        tuner.close()
        """
    )
    pid = said(program)["pid"]
    os.killpg(program.pid, signal.SIGINT)
    out, err = program.communicate(timeout=60)
    assert err == ""
    assert out.splitlines()[-1] == f'{{"pid": {pid}, "end": "Finished"}}'
    assert program.returncode == 0
    assert trace(tmp_path).count("closed") == 2
    assert is_gone(pid)


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX's")
def test_that_ctrl_c_during_the_start_does_not_reach_the_child(begin: Begin) -> None:
    program = begin(
        """
        import signal
        tuner = WorkerTuner(make)
        tuner.warm_up(())
        try:
            os.killpg(0, signal.SIGINT)
            time.sleep(1)
        except KeyboardInterrupt:
            pass
        say(pid=tuner.pid, same=tuner.devices()[0]["pid"] == tuner.pid)
        tuner.close()
        """
    )
    out, err = program.communicate(timeout=60)
    assert '"same": true' in out, err
    assert err == ""


@pytest.mark.parametrize("paused", [False, True])
def test_that_the_child_closes_its_work_when_the_parent_is_killed(
    begin: Begin, tmp_path: Path, paused: bool
) -> None:
    program = begin(
        f"""
        tuner = WorkerTuner(make)
        for event in tuner.train(script(steps=1000, pause_s=0.05), folder):
            if isinstance(event, Stepped):
                say(pid=tuner.pid)
                time.sleep({60 if paused else 0})
        """
    )
    pid = said(program)["pid"]
    kill(program)
    assert is_gone(pid)
    assert trace(tmp_path)[-1] == "closed"


@pytest.mark.parametrize("work", ["tuner.devices()", "next(tuner.train(script(), folder))"])
def test_that_an_idle_child_ends_with_a_killed_parent(begin: Begin, work: str) -> None:
    program = begin(
        f"""
        tuner = WorkerTuner(make)
        {work}
        say(pid=tuner.pid)
        time.sleep(60)
        """
    )
    pid = said(program)["pid"]
    kill(program)
    assert is_gone(pid)


def test_that_a_hung_child_ends_with_a_killed_parent(begin: Begin) -> None:
    program = begin(
        """
        tuner = WorkerTuner(make, grace_s=0.5)
        for event in tuner.train(script(then="hang", at=2), folder):
            if isinstance(event, Stepped):
                say(pid=tuner.pid)
        """
    )
    pid = said(program)["pid"]
    time.sleep(0.3)
    kill(program)
    assert is_gone(pid)


def test_that_the_child_closes_its_work_at_the_parents_exit(begin: Begin, tmp_path: Path) -> None:
    program = begin(
        """
        global tuner, events
        tuner = WorkerTuner(make)
        events = tuner.train(script(steps=1000, pause_s=0.05), folder)
        while not isinstance(next(events), Stepped):
            pass
        say(pid=tuner.pid)
        """
    )
    out, err = program.communicate(timeout=60)
    assert err == ""
    assert program.returncode == 0
    assert is_gone(int(out.split(":")[1].strip(" }\n")), within_s=0.5)
    assert trace(tmp_path)[-1] == "closed"
