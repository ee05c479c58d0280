"""`compare` and `evaluate`'s kin on the command line, over runs with answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run
from fake_tuner import FakeTuner
from judged_runs import answer

from peft_desktop.core.project import open_project

Refused = Callable[..., str]


@pytest.fixture
def judged(run: Run, project: Path, fake: FakeTuner) -> Path:
    for place, name in enumerate(("one", "two")):
        assert run("train", project, "--name", name, "--seed", str(place)).code == 0
        answer(project / "runs" / name, seed=place, good=0.5 + 2 * place)
    return project


def test_that_two_runs_stand_side_by_side(run: Run, judged: Path) -> None:
    said = run("compare", judged).out
    assert 'Compared with "one"' in said and "McNemar p =" in said and "seed" in said
    assert "F1 by label" in said and "2 runs: one, two" in said
    assert open_project(judged).file.test_peeks == 0
    result = run("compare", judged, "two", "one", "--split", "test", "--json").result
    assert result["runs"] == ["two", "one"] and result["test_peeks"] == 1
    assert result["pairs"][0]["first"] == "two"


def test_that_what_is_missing_is_said(refused: Refused, judged: Path, run: Run) -> None:
    assert "Two runs or more" in refused("compare", judged, "one")
    assert 'no run called "ten"' in refused("compare", judged, "one", "ten")
    assert "no split" in refused("compare", judged, "--split", "all")
    assert run("train", judged, "--name", "three").code == 0
    assert "not judged on the split" in refused("compare", judged, "one", "three")


def test_that_slices_name_the_worst_part_and_unknown_columns_are_refused(
    run: Run, judged: Path, refused: Refused
) -> None:
    assert "Accuracy" in run("slices", judged, "one").out
    result = run("slices", judged, "one", "--by", "label", "--split", "test", "--json").result
    assert {each["value"] for each in result["slices"]} == {"negative", "positive"}
    assert open_project(judged).file.test_peeks == 1
    assert 'no column "colour"' in refused("slices", judged, "one", "--by", "colour")


def test_that_labels_that_look_wrong_are_listed(run: Run, judged: Path, refused: Refused) -> None:
    found = run("suspects", judged, "--json").result
    assert found["rows"] > 40 and found["suspects"] == []
    assert "looks wrong" in run("suspects", judged).out
    assert "no split" in refused("suspects", judged, "--split", "every")
