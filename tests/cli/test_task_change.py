"""`task`: told, changed, refused; runs of another task stay what they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from command_line import Run, write_csv

from peft_desktop.core.project import open_project

FEW = ("max_steps=1", "max_length=120", "threads=1", "task.max_new_tokens=4")


def questions(run: Run, model: str, folder: Path) -> Path:
    rows = []
    for n in range(40):
        place = ("Rome", "Oslo", "Lima", "Bonn")[n % 4]
        answer = json.dumps([{"text": place, "start": 8}])
        text = f"I am in {place} and stay there for {n} days with all of my friends"
        rows.append([text, "Where am I?", answer, f"{place} it is, for {n} days and no more."])
    test = rows[30:]
    header = ("context", "question", "answers", "reply")
    data, held = folder / "data.csv", folder / "test.csv"
    write_csv(data, rows[:30], header)
    write_csv(held, test, header)
    made = run(
        "init", folder / "p", "--data", data, "--test", held, "--model", model,
        "--label", "answers", "--json",
    )  # fmt: skip
    assert made.code == 0 and made.result["task"] == "question_answering", made
    return folder / "p"


def test_that_a_task_is_told_and_changed_and_the_runs_stay(
    run: Run, model: str, tmp_path: Path
) -> None:
    project = questions(run, model, tmp_path)
    sets = [part for setting in FEW for part in ("--set", setting)]
    assert run("train", project, "--name", "asked", *sets).code == 0
    told = run("task", project, "--json").result
    assert told["task"] == told["guess"] == "question_answering"
    assert told["runs"] == {"question_answering": 1}

    before = open_project(project).file
    tried = run("task", project, "generation", "--target", "reply", "--dry-run")
    assert tried.code == 0 and "Nothing was changed." in tried.out
    assert open_project(project).file == before

    changed = run("task", project, "generation", "--target", "reply")
    assert changed.code == 0, changed
    assert "1 runs stay as they are" in changed.err + changed.out
    file = open_project(project).file
    assert (file.task, file.roles.label, file.labels) == ("generation", "reply", [])
    assert "{mask}" in file.prompt.template and file.method_settings == {}
    assert file.splits["test"] == before.splits["test"]  # a test file of its own stays the test

    assert run("evaluate", project, "asked", "--split", "valid").code == 0
    one = ("--text", "I am in Rome", "--question", "Where am I?", "--json")
    assert "predicted_answer" in run("predict", project, "asked", *one).result["rows"][0]
    assert run("train", project, "--name", "wrote", *sets).code == 0
    assert run("task", project, "--json").result["runs"] == {
        "question_answering": 1,
        "generation": 1,
    }


def test_that_a_task_that_the_table_cannot_teach_changes_nothing(
    run: Run, refused: Callable[..., str], model: str, tmp_path: Path
) -> None:
    project = questions(run, model, tmp_path)
    before = open_project(project).file
    assert "Named-entity recognition" in refused("task", project, "tagging")
    assert "poetry" in refused("task", project, "poetry")
    assert "nothing" in refused("task", project, "generation", "--label", "nothing")
    assert open_project(project).file == before
