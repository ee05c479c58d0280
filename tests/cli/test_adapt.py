"""`adapt`: what it asks of the engine, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run
from fake_tuner import FakeTuner

from peft_desktop.core import events as ev
from peft_desktop.core.ports import AdaptRequest, Events

Refused = Callable[..., str]
TOLD = {
    "base": "tiny",
    "texts": {"used": 90, "in_test": 3, "in_valid": 0, "repeated": 2},
    "tokens": 1234,
    "epochs": 2.5,
    "steps": 10,
    "before": {"loss": 3.0, "perplexity": 20.09},
    "after": {"loss": 2.0, "perplexity": 7.39},
}


class Reader(FakeTuner):
    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[AdaptRequest] = []

    def adapt(self, request: AdaptRequest) -> Events:
        self.wanted.append(request)
        yield ev.Started("adapt")
        yield ev.Stepped(1, 0.1, 2.0, None, None, 1e-4, 1.0, 5.0, 1)
        yield ev.Finished({"name": request.name or "tiny-adapted", "adapted": TOLD})


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Reader:
    from peft_desktop.commands import engine

    tuner = Reader()
    monkeypatch.setattr(engine, "make_tuner", lambda: tuner)
    return tuner


def test_that_the_project_s_own_model_and_texts_are_taken(
    run: Run, project: Path, fake: Reader
) -> None:
    outcome = run("adapt", project)
    assert outcome.code == 0, outcome
    wanted = fake.wanted[0]
    assert (wanted.model, wanted.project, wanted.own_rows) == ("tiny", project, True)
    assert (wanted.files, wanted.minutes, wanted.steps) == ((), 0.0, 0)
    assert "20.09 before, 7.39 after" in outcome.out
    assert "left out: 3 test rows, 2 repeated" in outcome.out
    assert "--model tiny-adapted" in outcome.out


def test_that_files_time_and_name_are_passed_on(
    run: Run, project: Path, fake: Reader, tmp_path: Path
) -> None:
    given = ["--texts", tmp_path / "a.txt", "--texts", tmp_path / "b.csv", "--text", "body"]
    outcome = run("adapt", project, *given, "--only-files", "--name", "mine", "--minutes", 3,
                  "--steps", 9, "--seed", 7, "--json")  # fmt: skip
    wanted = fake.wanted[0]
    assert wanted.files == (tmp_path / "a.txt", tmp_path / "b.csv") and wanted.column == "body"
    assert (wanted.own_rows, wanted.name, wanted.minutes) == (False, "mine", 3.0)
    assert (wanted.steps, wanted.seed) == (9, 7)
    assert outcome.result["adapted"]["after"]["perplexity"] == 7.39
    assert [event["kind"] for event in outcome.events] == ["Started", "Stepped", "Finished"]


def test_that_a_model_that_is_not_there_is_refused(
    refused: Refused, project: Path, fake: Reader
) -> None:
    assert "tinny" in refused("adapt", project, "--model", "tinny")
    assert not fake.wanted
