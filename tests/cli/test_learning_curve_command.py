"""`learning-curve`: runs on parts of the rows, each part within the next."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from command_line import Run
from fake_tuner import FakeTuner

from peft_desktop.core.runs import load_recipe

Refused = Callable[..., str]


def test_that_parts_are_trained_once_and_lie_within_each_other(
    run: Run, project: Path, fake: FakeTuner, refused: Refused
) -> None:
    assert run("train", project, "--name", "one").code == 0
    outcome = run("learning-curve", project, "one", "--json")
    assert outcome.code == 0, outcome
    points = outcome.result["points"]
    assert [point["share"] for point in points] == [0.25, 0.5, 0.75, 1.0]
    assert points[-1]["run"] == "one" and outcome.result["more"]["rows"] == 100
    parts = [
        set(load_recipe(project / "runs" / point["run"]).data.rows["train"]) for point in points
    ]
    assert all(small < large for small, large in pairwise(parts))
    trained = fake.asked.count("train")
    assert "Accuracy" in run("learning-curve", project, "one").out
    assert fake.asked.count("train") == trained == 4
    assert "no shares in percent" in refused("learning-curve", project, "one", "--shares", "200")
    assert "fewer than 8" in refused("learning-curve", project, "one", "--shares", "1,50,100")
