"""What becomes of the child: killed, hung, crowded, closed in the middle, used 200 times."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from scripted_tuner import make, script, trace

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Event, Finished, PhaseChanged, Started, Stepped, Tick
from peft_desktop.core.ports import Events
from peft_desktop.core.runs import list_runs, recorded
from peft_desktop.tuning.worker import WorkerDied, WorkerTuner

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


@pytest.fixture
def tuner() -> Iterator[WorkerTuner]:
    with WorkerTuner(make, grace_s=0.6) as tuner:
        yield tuner


def until(events: Events, wanted: Callable[[Event], bool]) -> Event:
    return next(event for event in events if wanted(event))


def step(number: int) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, Stepped) and event.step == number


def is_gone(pid: int | None, within_s: float = 5.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                raise AssertionError("a zombie")
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def handles() -> int:
    """The open ones, without those that only wait for the collector: earlier tests leave some."""
    gc.collect()
    me = psutil.Process()
    return me.num_fds() if hasattr(me, "num_fds") else me.num_handles()


@needs_posix
def test_that_a_killed_child_is_survived_and_said(tuner: WorkerTuner, tmp_path: Path) -> None:
    folder = tmp_path / "lora-7"
    folder.mkdir()
    events = tuner.train(script(steps=1000, pause_s=0.05), folder)
    until(events, step(2))
    first = tuner.pid
    psutil.Process(first).kill()
    with pytest.raises(WorkerDied) as caught:
        list(events)
    assert isinstance(caught.value, UserError)
    assert str(caught.value) == (
        "The process at work was killed (SIGKILL), as the system does when the memory runs out. "
        "What was saved before is kept: resume lora-7 (on the command line: --resume lora-7)."
    )
    assert is_gone(first)
    *_, last = tuner.train(script(), folder)
    assert isinstance(last, Finished)
    assert last.result["pid"] not in (None, first)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        pytest.param("killed", "was killed", marks=needs_posix),
        pytest.param("crash", r"crashed \(SIGSEGV\)", marks=needs_posix),
        ("vanish", r"exit code 7\)"),
    ],
)
def test_that_all_events_before_a_death_arrive(
    tuner: WorkerTuner, tmp_path: Path, then: str, said: str
) -> None:
    seen = []
    with pytest.raises(WorkerDied, match=said):
        seen.extend(e for e in tuner.train(script(then=then), tmp_path) if not isinstance(e, Tick))
    assert len(seen) == 4
    assert tuner.pid is None


def test_that_a_child_that_died_while_idle_is_replaced(tuner: WorkerTuner, tmp_path: Path) -> None:
    before = tuner.devices()[0]["pid"]
    psutil.Process(before).kill()
    while tuner.pid is not None:
        time.sleep(0.01)
    *_, last = tuner.train(script(), tmp_path)
    assert isinstance(last, Finished)
    assert last.result["pid"] != before
    assert is_gone(before)


def test_that_a_bug_that_exits_does_not_end_the_child(tuner: WorkerTuner, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="SystemExit: 3"):
        list(tuner.train(script(then="exit"), tmp_path))
    assert tuner.pid is not None


def test_that_a_hung_child_is_killed_after_the_grace(tuner: WorkerTuner, tmp_path: Path) -> None:
    events = tuner.train(script(then="hang"), tmp_path)
    until(events, step(2))
    until(events, lambda event: isinstance(event, Tick))
    pid, asked = tuner.pid, time.monotonic()
    with pytest.raises(WorkerDied, match="did not stop within 1 s"):
        events.close()
    assert 0.5 < time.monotonic() - asked < 2.0
    assert is_gone(pid)
    assert isinstance([*tuner.train(script(), tmp_path)][-1], Finished)


@needs_posix
def test_that_a_frozen_child_is_killed_by_close(tuner: WorkerTuner) -> None:
    pid = tuner.devices()[0]["pid"]
    psutil.Process(pid).suspend()
    asked = time.monotonic()
    tuner.close()
    assert time.monotonic() - asked < 2.0
    assert is_gone(pid)


def test_that_a_forced_stop_leaves_the_run_interrupted(tuner: WorkerTuner, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    recipe = script(then="hang")
    (folder / "recipe.json").write_text(recipe.model_dump_json(), encoding="utf-8")
    events = recorded(tuner.train(recipe, folder), folder)
    until(events, step(2))
    until(events, lambda event: isinstance(event, Tick))
    with pytest.raises(WorkerDied):
        events.close()
    assert [run.state for run in list_runs(tmp_path)] == ["interrupted"]


def test_that_waiting_ticks_ten_times_a_second(tuner: WorkerTuner, tmp_path: Path) -> None:
    tuner.devices()
    events = tuner.train(script(steps=1, pause_s=1.0), tmp_path)
    until(events, lambda event: isinstance(event, PhaseChanged))
    began = time.monotonic()
    ticks = 0
    for event in events:
        if isinstance(event, Stepped):
            break
        ticks += 1
    assert 0.8 < time.monotonic() - began < 3.0
    assert 5 <= ticks <= 11
    events.close()


def test_that_200_jobs_leave_no_process_pipe_or_thread(tmp_path: Path) -> None:
    me = psutil.Process()
    with WorkerTuner(make) as tuner:
        pid = tuner.devices()[0]["pid"]
        opened, threads, children = handles(), threading.active_count(), len(me.children())
        for number in range(200):
            events = tuner.train(script(steps=2), tmp_path)
            if number % 10:
                *_, last = events
                assert isinstance(last, Finished)
                assert last.result["pid"] == pid
            else:
                next(events)
                events.close()
        assert handles() <= opened
        assert threading.active_count() == threads
        assert len(me.children()) == children
        assert psutil.Process(pid).num_threads() <= 2  # its own, and the one that minds the parent
    assert trace(tmp_path).count("started") == trace(tmp_path).count("closed")
    assert is_gone(pid)


def test_that_children_that_die_leave_nothing_behind(tmp_path: Path) -> None:
    with WorkerTuner(make) as tuner:
        tuner.devices()
    opened = handles()
    with WorkerTuner(make) as tuner:
        for _ in range(5):
            with pytest.raises(WorkerDied):
                list(tuner.train(script(then="vanish"), tmp_path))
        assert handles() <= opened
    assert handles() <= opened


def test_that_a_second_piece_of_work_waits_for_the_first(
    tuner: WorkerTuner, tmp_path: Path
) -> None:
    first = tuner.train(script(steps=10, pause_s=0.05), tmp_path)
    until(first, step(1))
    seen: list[Event] = []

    def ask() -> None:
        seen.extend(tuner.train(script(steps=1), tmp_path))

    second = threading.Thread(target=ask)
    second.start()
    *_, last = first
    second.join(10)
    assert isinstance(last, Finished)
    assert seen[0] == PhaseChanged("waiting")
    assert isinstance(seen[-1], Finished)
    spoken = [word for word in trace(tmp_path) if word in ("started", "closed")]
    assert spoken == ["started", "closed"] * 2


def test_that_waiting_work_can_be_given_up(tuner: WorkerTuner, tmp_path: Path) -> None:
    first = tuner.train(script(steps=5), tmp_path)
    until(first, lambda event: isinstance(event, Started))
    second = tuner.train(script(), tmp_path)
    assert next(second) == PhaseChanged("waiting")
    assert next(second) == Tick()
    second.close()
    with pytest.raises(UserError, match="Another piece of work"):
        tuner.devices()
    *_, last = first
    assert isinstance(last, Finished)


def test_that_closing_the_tuner_stops_work_that_another_thread_asks_for(
    tuner: WorkerTuner, tmp_path: Path
) -> None:
    stepping, errors = threading.Event(), []

    def ask() -> None:
        try:
            for event in tuner.train(script(steps=1000, pause_s=0.05), tmp_path):
                if isinstance(event, Stepped):
                    stepping.set()
        except UserError as error:
            errors.append(str(error))

    asker = threading.Thread(target=ask)
    asker.start()
    assert stepping.wait(10)
    opened = handles()
    tuner.close()
    asker.join(5)
    assert errors == ["The work was stopped because the program is closing."]
    assert trace(tmp_path)[-1] == "closed"
    assert handles() < opened


def test_that_closing_the_tuner_ends_paused_work(tuner: WorkerTuner, tmp_path: Path) -> None:
    events = tuner.train(script(steps=1000), tmp_path)
    until(events, step(3))
    pid, opened = tuner.pid, handles()
    tuner.close()
    assert trace(tmp_path)[-1] == "closed"
    assert is_gone(pid)
    events.close()
    assert handles() < opened
    with pytest.raises(UserError, match="closing"):
        list(tuner.train(script(), tmp_path))
    tuner.close()


def test_that_a_tuner_that_is_forgotten_ends_its_child(tmp_path: Path) -> None:
    tuner = WorkerTuner(make)
    pid = tuner.devices()[0]["pid"]
    del tuner
    assert is_gone(pid)


def test_that_the_child_can_be_started_ahead(tmp_path: Path) -> None:
    with WorkerTuner(make) as tuner:
        asked = time.monotonic()
        tuner.warm_up(("wave", "no_such_module"))
        assert time.monotonic() - asked < 1.0
        assert tuner.pid is not None
        *_, last = tuner.train(script(), tmp_path)
        assert isinstance(last, Finished)
        assert last.result["pid"] == tuner.pid


def test_that_a_log_takes_what_the_child_prints(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from peft_desktop.core.ports import ExportRequest

    log = tmp_path / "logs" / "worker.log"
    with WorkerTuner(make, log=log) as tuner:
        list(tuner.export(tmp_path, ExportRequest(tmp_path)))
    said = log.read_text(encoding="utf-8").splitlines()
    assert said == ["to standard output", "to handle 1", "to the output of a program"]
    assert capfd.readouterr() == ("", "")


@needs_posix
def test_that_a_crash_leaves_its_trace_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    with WorkerTuner(make, log=log) as tuner, pytest.raises(WorkerDied):
        list(tuner.train(script(then="crash"), tmp_path))
    assert "Fatal Python error: Segmentation fault" in log.read_text(encoding="utf-8")
