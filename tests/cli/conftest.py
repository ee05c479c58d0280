"""A command line without torch: a tuner of plain Python and a model of random numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Outcome, Run, make_model, review_rows, write_csv
from fake_tuner import FakeTuner

from peft_desktop.cli import main
from peft_desktop.commands import engine


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("init", folder, "--data", file)` as the program would do it."""

    def call(*words: object) -> Outcome:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return call


@pytest.fixture
def refused(run: Run) -> Callable[..., str]:
    """Run a command that must fail with exit code 2 and one line; gives the line."""

    def call(*words: object) -> str:
        outcome = run(*words)
        assert outcome.code == 2, outcome
        lines = outcome.err.splitlines()
        assert len(lines) == 1, outcome.err
        assert lines[0].startswith("peft-desktop: ")
        assert "Traceback" not in outcome.err
        if "--json" in words:
            assert outcome.result["error"]["message"] == lines[0].removeprefix("peft-desktop: ")
        else:
            assert outcome.out == ""
        return lines[0]

    return call


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeTuner:
    """The tuner that the commands get."""
    tuner = FakeTuner()
    monkeypatch.setattr(engine, "make_tuner", lambda: tuner)
    return tuner


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """A CSV of 80 reviews, two labels in turn."""
    return write_csv(tmp_path / "reviews.csv", review_rows(80))


@pytest.fixture
def model(home: Path) -> str:
    """A tiny causal model in the library; its tokens are single bytes."""
    make_model(home / "models" / "tiny")
    return "tiny"


@pytest.fixture
def project(run: Run, model: str, reviews: Path, tmp_path: Path) -> Path:
    """A project of the reviews, made by `init`."""
    folder = tmp_path / "project"
    outcome = run("init", folder, "--data", reviews, "--model", model)
    assert outcome.code == 0, outcome
    return folder
