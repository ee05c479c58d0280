from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import Run
from fake_tuner import FakeTuner

from peft_desktop.core.errors import UserError
from peft_desktop.core.project import open_project
from peft_desktop.core.runs import list_runs, load_recipe

Refused = Callable[..., str]
TWO = ("--methods", "lora,full", "--seeds", "1,2")


def plan_of(project: Path, name: str = "shoot-out-1") -> dict[str, Any]:
    text = (project / "shootouts" / f"{name}.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def states(project: Path) -> list[str]:
    return [cell["state"] for cell in plan_of(project)["cells"]]


def test_that_every_cell_is_an_ordinary_run_on_the_same_rows(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    outcome = run("shootout", project, *TWO, "--json")
    assert outcome.code == 0, outcome
    runs = list_runs(project / "runs")
    assert [one.name for one in runs] == [
        "shoot-out-1 lora 1",
        "shoot-out-1 full 1",
        "shoot-out-1 lora 2",
        "shoot-out-1 full 2",
    ]
    assert {one.state for one in runs} == {"finished"}
    assert [(one.recipe.method, one.recipe.seed) for one in runs][:2] == [("lora", 1), ("full", 1)]
    assert len({json.dumps(one.recipe.data.model_dump()) for one in runs}) == 1
    assert run("evaluate", project, "shoot-out-1 full 2").code == 0


def test_that_the_table_has_the_contenders_and_the_baselines(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    result = run("shootout", project, *TWO, "--json").result
    rows = result["table"]
    assert {row["row"] for row in rows} >= {"lora", "full", "majority", "zero_shot"}
    assert result["winner"] in ("lora", "full")
    assert rows[0]["best"] and rows[0]["done"] == 2
    assert rows[0]["test"]["accuracy"] == {"mean": 1.0, "std": 0.0, "each": [1.0, 1.0]}
    assert result["cells"] == {"done": 4, "failed": 0, "waiting": 0}


def test_that_people_get_a_table(run: Run, project: Path, fake: FakeTuner) -> None:
    outcome = run("shootout", project, *TWO)
    assert "lora" in outcome.out and "majority" in outcome.out
    assert "pick by (*)" in outcome.out
    assert "[3/4] shoot-out-1 lora 2" in outcome.err


def test_that_a_look_at_the_test_rows_is_counted_once(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    run("shootout", project, *TWO)
    assert open_project(project).file.test_peeks == 1


def test_that_a_stopped_one_goes_on_without_repeating_what_is_done(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    def in_the_second_run() -> None:
        fake.at_step[3] = lambda: os.kill(os.getpid(), signal.SIGINT)

    fake.at_step[3] = lambda: fake.at_step.update({1: in_the_second_run})
    outcome = run("shootout", project, *TWO)
    assert outcome.code == 130
    assert "--resume" in outcome.err
    assert states(project) == ["done", "waiting", "waiting", "waiting"]
    fake.asked.clear()
    assert run("shootout", project, "--resume").code == 0
    assert [what for what in fake.asked if what in ("train", "resume")] == [
        "resume",
        "train",
        "train",
    ]
    assert states(project) == ["done"] * 4
    assert len(list_runs(project / "runs")) == 4
    fake.asked.clear()
    assert run("shootout", project, "--resume").code == 0
    assert fake.asked == []


def test_that_a_failed_run_is_kept_with_its_reason_and_the_next_one_begins(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    def fail() -> None:
        raise UserError("The loss became NaN.", "Lower it.")

    fake.at_step[2] = fail
    outcome = run("shootout", project, *TWO, "--json")
    assert outcome.code == 0
    assert states(project) == ["failed", "done", "done", "done"]
    cell = plan_of(project)["cells"][0]
    assert "The loss became NaN." in cell["why"]
    rows = {row["row"]: row for row in outcome.result["table"]}
    assert rows["lora"]["failures"] == [cell["why"]]
    assert rows["lora"]["done"] == 1
    assert run("shootout", project, "--resume").code == 0
    assert states(project) == ["done"] * 4


def test_that_a_bug_in_one_run_does_not_end_the_queue(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    fake.at_step[2] = lambda: 1 / 0
    assert run("shootout", project, *TWO).code == 0
    assert states(project) == ["failed", "done", "done", "done"]
    assert "ZeroDivisionError" in plan_of(project)["cells"][0]["why"]


def test_that_the_winner_gets_into_the_project(run: Run, project: Path, fake: FakeTuner) -> None:
    given = ("--methods", "full", "--seeds", "1", "--set", "batch_size=4", "--pick")
    result = run("shootout", project, *given, "--json").result
    assert result["picked"] == "full"
    file = open_project(project).file
    assert file.method == "full"
    assert file.training == {"batch_size": 4}


def test_that_a_setting_can_be_for_one_method(run: Run, project: Path, fake: FakeTuner) -> None:
    given = (
        "--set",
        "lora.rank=2",
        "--set",
        "lora.learning_rate=0.5",
        "--set",
        "rank_stabilised=1",
    )
    assert run("shootout", project, *TWO, *given).code == 0
    recipes = {r.recipe.method: r.recipe for r in list_runs(project / "runs")}
    assert recipes["lora"].method_settings["rank"] == 2
    assert recipes["lora"].method_settings["rank_stabilised"] is True
    assert recipes["lora"].training.learning_rate == 0.5
    assert recipes["full"].training.learning_rate is None


def test_that_the_rate_of_the_projects_method_is_not_given_to_others(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    open_project(project).update(training={"learning_rate": 0.125, "max_steps": 7})
    assert run("shootout", project, *TWO).code == 0
    recipes = {r.recipe.method: r.recipe.training for r in list_runs(project / "runs")}
    assert (recipes["lora"].learning_rate, recipes["lora"].max_steps) == (0.125, 7)
    assert (recipes["full"].learning_rate, recipes["full"].max_steps) == (None, 7)


def test_that_the_test_rows_can_be_a_fixed_sample(run: Run, project: Path, fake: FakeTuner) -> None:
    whole = open_project(project).file.splits["test"]
    result = run("shootout", project, *TWO, "--rows-test", 5, "--json").result
    assert result["rows"]["test"] == 5
    recipes = [load_recipe(folder) for folder in (project / "runs").iterdir()]
    samples = {tuple(recipe.data.rows["test"]) for recipe in recipes}
    assert len(samples) == 1
    assert set(samples.pop()) < set(whole)


def test_that_several_prompts_are_rows_of_their_own(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    two = ("--template", "{text} It was {mask}", "--template", "{text}\\nAll in all {mask}")
    given = ("--methods", "lora", "--seeds", "1", *two)
    result = run("shootout", project, *given, "--json").result
    trained = {row["row"]: row["template"] for row in result["table"] if row["kind"] == "trained"}
    assert trained == {
        "lora prompt 1": "{text} It was {mask}",
        "lora prompt 2": "{text}\nAll in all {mask}",
    }


def test_that_a_dry_run_tells_the_plan_and_leaves_nothing(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    outcome = run("shootout", project, *TWO, "--dry-run", "--json")
    assert len(outcome.result["runs"]) == 4
    assert outcome.result["seconds"] is None
    assert not (project / "shootouts").exists()
    assert list_runs(project / "runs") == []
    assert fake.asked == []


def test_that_time_is_estimated_from_earlier_runs(run: Run, project: Path, fake: FakeTuner) -> None:
    run("shootout", project, *TWO)
    for folder in (project / "runs").iterdir():  # the tuner of plain Python says no times
        events = folder / "events.jsonl"
        text = events.read_text(encoding="utf-8")
        said = text.replace('"best_step": 4', '"steps": 10, "training_seconds": 8.0')
        events.write_text(said, encoding="utf-8")
    found = run("shootout", project, *TWO, "--dry-run", "--json").result
    # 0.1 s a row, 300 steps of 8 rows, four runs: at least that
    assert found["seconds"] > 4 * 240


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--methods", "lora,magic"), "magic"),
        (("--seeds", "one"), "--seeds"),
        (("--models", "nowhere"), "nowhere"),
        (("--set", "rnk=3"), "rnk"),
        (("--template", "{text} It was {mask} {"), "brace"),
        (("--template", "{mask} {text}"), "before the text"),
        (("--resume",), "no such shoot-out"),
        (("--resume", "--methods", "lora"), "--methods"),
    ],
)
def test_that_what_cannot_be_is_refused_before_anything_starts(
    refused: Refused, project: Path, fake: FakeTuner, given: tuple[str, ...], said: str
) -> None:
    assert said in refused("shootout", project, *given)
    assert list_runs(project / "runs") == []
    assert not list((project / "shootouts").glob("*")) if (project / "shootouts").exists() else True
    assert fake.asked == []


def test_that_every_combination_that_cannot_be_trained_has_its_sentence(
    refused: Refused, project: Path, fake: FakeTuner
) -> None:
    good, bad = "{text} It was {mask}", "{nowhere} It was {mask}"
    given = ("--methods", "lora,full", "--template", good, "--template", bad)
    said = refused("shootout", project, *given)
    assert "lora prompt 2: " in said and "full prompt 2: " in said
    assert "prompt 1" not in said


def test_that_a_taken_name_is_refused_and_runs_of_that_name_are_left_alone(
    run: Run, refused: Refused, project: Path, fake: FakeTuner
) -> None:
    run("train", project, "--name", "mine lora 1")
    given = ("--methods", "lora", "--seeds", "1", "--name", "mine")
    assert run("shootout", project, *given).code == 0
    assert (project / "runs" / "mine lora 1 2").is_dir()
    assert "mine" in refused("shootout", project, *given)
