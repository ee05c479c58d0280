"""Commands that do everything: the demo, the self-test, a model of the user's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run, make_model
from fake_tuner import FakeTuner

from peft_desktop.core.project import open_project

ROOT = Path(__file__).parents[2]
Refused = Callable[..., str]


def test_that_the_demo_prints_the_numbers_beside_the_baselines(
    run: Run, model: str, fake: FakeTuner, tmp_path: Path
) -> None:
    outcome = run("demo", "--model", model)
    assert outcome.code == 0, outcome
    for word in ("Accuracy", "Precision", "Recall", "F1", "Majority", "Zero-shot"):
        assert word in outcome.out
    assert fake.asked == ["train", "close", "evaluate test", "close"]


def test_that_the_demo_keeps_its_project_where_it_is_told_to(
    run: Run, model: str, fake: FakeTuner, tmp_path: Path
) -> None:
    result = run("demo", "--model", model, "--keep", tmp_path / "kept", "--json").result
    assert (result["rows"], result["train_rows"], result["valid_rows"]) == (500, 32, 32)
    assert result["kept"]
    splits = open_project(tmp_path / "kept").file.splits
    assert len(splits["test"]) == 500
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_that_the_demo_without_its_model_says_how_to_install_it(refused: Refused) -> None:
    assert "peft-desktop models install" in refused("demo", "--json")


def test_that_a_model_of_ones_own_is_added(run: Run, tmp_path: Path, home: Path) -> None:
    make_model(tmp_path / "mine")
    outcome = run("models", "add", tmp_path / "mine", "--name", "own", "--json")
    assert outcome.code == 0, outcome
    assert outcome.result["name"] == "own"
    assert outcome.result["path"] == str(home / "models" / "own")
    assert outcome.events[-1]["kind"] == "Finished"


def test_that_a_pickled_model_is_not_added(refused: Refused, tmp_path: Path, home: Path) -> None:
    make_model(tmp_path / "mine")
    (tmp_path / "mine" / "model.safetensors").rename(tmp_path / "mine" / "pytorch_model.bin")
    assert "safetensors" in refused("models", "add", tmp_path / "mine")
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_that_an_unknown_starter_model_is_named(refused: Refused) -> None:
    assert "all-minilm-l6-v2" in refused("models", "install", "minilm")


@pytest.mark.slow
def test_that_the_self_test_passes_from_end_to_end() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "peft_desktop", "selftest", "--json"],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["failed"] == [], result["checks"]
    assert done.returncode == 0
    assert result["ok"]


def test_that_a_check_that_fails_is_named_and_the_exit_code_is_1(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peft_desktop.commands import selftest_checks

    def broken(state: object) -> str:
        raise ImportError("libgomp.so.1")

    monkeypatch.setattr(selftest_checks, "CHECKS", {"imports": broken})
    outcome = run("selftest", "--json")
    assert outcome.code == 1
    assert outcome.result["failed"] == ["imports"]
    assert "libgomp" in outcome.result["checks"][0]["detail"]
