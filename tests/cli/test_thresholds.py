"""`thresholds`: chosen on validation rows, shown on test rows, kept with the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run, review_rows, write_csv
from fake_tuner import FakeTuner
from judged_runs import answer

from peft_desktop.core.project import open_project
from peft_desktop.evaluation.deciding import read_decisions

Refused = Callable[..., str]


@pytest.fixture
def judged(run: Run, model: str, fake: FakeTuner, tmp_path: Path) -> Path:
    """A project with one trained run whose rows are answered."""
    table = write_csv(tmp_path / "many.csv", review_rows(900))
    folder = tmp_path / "project"
    assert run("init", folder, "--data", table, "--model", model).code == 0
    assert run("train", folder, "--name", "one").code == 0
    answer(folder / "runs" / "one")
    return folder


def test_that_thresholds_are_chosen_shown_on_the_test_rows_and_kept(run: Run, judged: Path) -> None:
    words = ("--cost", "negative>positive=5", "--person-cost", "0.3", "--json")
    result = run("thresholds", judged, *words).result
    assert result["thresholds"]["positive"] > 0.6
    assert 0 < result["person_below"] <= 1
    assert result["valid"]["with"]["mean_cost"] < result["valid"]["without"]["mean_cost"]
    assert result["test"]["with"]["rows"] > 50 and result["test_peeks"] == 1
    kept = read_decisions(judged / "runs" / "one")
    assert kept is not None and kept.person_below == result["person_below"]
    assert open_project(judged).file.test_peeks == 1
    assert "most probable label again" in run("thresholds", judged, "--clear").out
    assert read_decisions(judged / "runs" / "one") is None


def test_that_a_dry_run_keeps_nothing_and_a_table_says_what_it_would_bring(
    run: Run, judged: Path
) -> None:
    said = run("thresholds", judged, "--set", "positive=0.9", "--dry-run").out
    assert "nothing was kept" in said and "Cost a row" in said
    assert "positive      0.900" in said and "negative      0.100" in said
    assert read_decisions(judged / "runs" / "one") is None


@pytest.mark.parametrize(
    "words, said",
    [
        (["--cost", "negative=5"], "no cost of a mistake"),
        (["--cost", "negative>awful=5"], 'does not know the label "awful"'),
        (["--cost", "negative>positive=-1"], "A cost is a number from 0 on"),
        (["--set", "positive=often"], "no probability"),
        (["--set", "positive=1.2"], "above 0"),
        (["--person-below", "3"], "between 0 and 1"),
        (["--goal", "fame"], "no goal"),
    ],
)
def test_that_what_cannot_be_meant_is_refused(
    refused: Refused, judged: Path, words: list[str], said: str
) -> None:
    assert said in refused("thresholds", judged, *words)
    assert read_decisions(judged / "runs" / "one") is None
