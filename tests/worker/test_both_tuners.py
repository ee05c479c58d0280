"""One contract for the tuner that works here and for the one that works in a child."""

from __future__ import annotations

import inspect
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripted_tuner import ScriptedTuner, make, refuse, script, trace

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Event, Finished, Stepped, Tick, Warned
from peft_desktop.core.ports import (
    AdaptRequest,
    EvaluateRequest,
    Events,
    ExportRequest,
    PredictRequest,
    ProbeRequest,
    Tuner,
)
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.core.runs import recorded, replay
from peft_desktop.tuning.worker import CREDIT, WorkerFailed, WorkerTuner


@pytest.fixture(params=["here", "in a child"], scope="module")
def tuner(request: pytest.FixtureRequest) -> Iterator[Tuner]:
    """One tuner for all the facts: a child serves one piece of work after another."""
    if request.param == "here":
        yield ScriptedTuner()
    else:
        with WorkerTuner(make) as worker:
            worker.devices()  # starts the child, which no single test is to answer for
            yield worker


def told(events: Events) -> Iterator[Event]:
    """The events but for the ticks, which say nothing."""
    return (event for event in events if not isinstance(event, Tick))


def test_that_the_same_events_come_in_the_same_order(tuner: Tuner, tmp_path: Path) -> None:
    events = list(told(tuner.train(script(steps=9), tmp_path)))
    kinds = [type(event).__name__ for event in events]
    assert kinds == ["Started", "PhaseChanged", *["Stepped"] * 9, "Evaluated", "Warned", "Finished"]
    steps = [event for event in events if isinstance(event, Stepped)]
    assert steps == [
        Stepped(n, n / 6, 0.5, None, 0.25, 1e-3, 1.0, 9.5, 2**20) for n in range(1, 10)
    ]
    assert events[-2] == Warned("{n} rows left out", {"n": 2})
    assert isinstance(events[-1], Finished)
    assert events[-1].result["text"] == "é计算机"
    assert trace(tmp_path)[-1] == "closed"


def test_that_every_piece_of_work_gets_its_arguments(tuner: Tuner, tmp_path: Path) -> None:
    rows = tuple({"text": f"row {n} " + "x" * 50} for n in range(5000))  # more than a pipe holds
    probe = ProbeRequest(tmp_path, "m", (PromptSpec(),), (3, 1, 2), "text", "label")

    def result(events: Events) -> dict[str, object]:
        *_, last = told(events)
        assert isinstance(last, Finished)
        return last.result

    assert result(tuner.predict(tmp_path, PredictRequest(rows=rows))) == {"rows": list(rows)}
    assert result(tuner.evaluate(tmp_path, EvaluateRequest(split="valid")))["split"] == "valid"
    assert result(tuner.probe(probe)) == {"rows": [3, 1, 2]}
    assert result(tuner.words(probe)) == {"words": [[]]}
    assert result(tuner.export(tmp_path, ExportRequest(tmp_path))) == {"target": str(tmp_path)}
    assert result(tuner.install_model("small")) == {"name": "small"}
    assert result(tuner.add_model(tmp_path, "mine")) == {"name": "mine"}
    assert result(tuner.adapt(AdaptRequest("m", "mine-too"))) == {"name": "mine-too"}
    assert tuner.devices()[0]["device"] == "cpu"


def test_that_nothing_happens_before_the_first_event_is_asked_for(
    tuner: Tuner, tmp_path: Path
) -> None:
    events = tuner.train(script(), tmp_path)
    time.sleep(0.2)
    assert trace(tmp_path) == []
    events.close()
    assert trace(tmp_path) == []


def test_that_closing_runs_the_finally_blocks(tuner: Tuner, tmp_path: Path) -> None:
    events = tuner.train(script(steps=1000), tmp_path)
    for event in events:
        if isinstance(event, Stepped) and event.step == 5:
            break
    events.close()
    assert trace(tmp_path)[-1] == "closed"
    assert trace(tmp_path).count("closed") == 1
    assert list(events) == []


def test_that_a_stop_is_quick_while_the_steps_are_slow(tuner: Tuner, tmp_path: Path) -> None:
    events = tuner.train(script(steps=1000, pause_s=0.2), tmp_path)
    for event in events:
        if isinstance(event, Stepped) and event.step == 2:
            break
    asked = time.monotonic()
    events.close()
    assert time.monotonic() - asked < 1.0
    assert trace(tmp_path)[-1] == "closed"


def test_that_not_asking_pauses_the_work(tuner: Tuner, tmp_path: Path) -> None:
    events = tuner.train(script(steps=1000), tmp_path)
    taken = 0
    for _ in told(events):
        taken += 1
        if taken == 10:
            break
    time.sleep(0.3)
    made = len(trace(tmp_path)) + 1  # the line "started" stands for two events
    assert taken <= made <= taken + CREDIT
    time.sleep(0.3)
    assert len(trace(tmp_path)) + 1 == made
    assert next(told(events)) is not None
    events.close()


def test_that_a_user_error_arrives_as_one(tuner: Tuner, tmp_path: Path) -> None:
    seen = []
    with pytest.raises(UserError) as caught:
        seen.extend(told(tuner.train(script(then="user error"), tmp_path)))
    assert str(caught.value) == (
        "a.csv, line 7, field \"label\": The word 'so' has 2 tokens (50.0%). Choose another."
    )
    assert caught.value.what.template == "The word {word!r} has {n} tokens ({share:.1%})."
    assert len(seen) == 4  # all that came before it
    assert trace(tmp_path)[-1] == "closed"


def test_that_a_user_error_in_the_closing_arrives_at_the_close(
    tuner: Tuner, tmp_path: Path
) -> None:
    events = tuner.train(script(steps=100, **{"finally": "user error"}), tmp_path)
    next(told(events))
    with pytest.raises(UserError, match="2 tokens"):
        events.close()


def test_that_a_bug_arrives_with_its_words(tuner: Tuner, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="this and that") as caught:
        list(tuner.train(script(then="bug"), tmp_path))
    if isinstance(tuner, WorkerTuner):
        assert isinstance(caught.value, WorkerFailed)
        assert caught.value.kind == "OddError"
        assert "_happen" in caught.value.remote_traceback
        assert caught.value.remote_traceback in caught.value.__notes__[0]


def test_that_a_tuner_goes_on_after_a_failure(tuner: Tuner, tmp_path: Path) -> None:
    for then in ("user error", "bug"):
        with pytest.raises(Exception, match=r"that|tokens"):
            list(tuner.train(script(then=then), tmp_path))
        *_, last = told(tuner.train(script(), tmp_path))
        assert isinstance(last, Finished)


def test_that_a_recorded_run_can_be_replayed(tuner: Tuner, tmp_path: Path) -> None:
    seen = list(told(recorded(tuner.train(script(), tmp_path), tmp_path)))
    assert list(replay(tmp_path)) == seen


def test_that_both_tuners_have_all_that_the_port_asks_for() -> None:
    for name, asked in inspect.getmembers(Tuner, inspect.isfunction):
        if not name.startswith("_"):
            for kind in (ScriptedTuner, WorkerTuner):
                assert inspect.signature(getattr(kind, name)) == inspect.signature(asked), name


def test_that_a_tuner_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    with WorkerTuner(refuse) as tuner:
        for _ in range(2):
            with pytest.raises(UserError, match="no torch"):
                list(tuner.train(script(), tmp_path))
