"""Every task from file to answers, as the commands do it: a tiny real model, a real engine."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Run, write_csv

from peft_desktop.core.project import open_project

PLACES = ("Rome", "Oslo", "Lima", "Bonn")


def _tagged(place: str) -> str:
    return json.dumps([{"start": 8, "end": 8 + len(place), "label": "place"}])


def _answer(place: str) -> str:
    return json.dumps([{"text": place, "start": 8}])


# task -> columns, and a row's cells of a place and a number
ROADS: dict[str, tuple[tuple[str, ...], Any]] = {
    "classification": (
        ("first", "second", "label"),
        lambda p, n: [
            f"where is {p}, question {n}?",
            f"how do I find {p}, question {n}?",
            ("same", "different")[n % 2],
        ],
    ),
    "several_labels": (
        ("text", "labels"),
        lambda p, n: [
            f"I am in {p} {n}",
            json.dumps([("south", "north")[n % 2], *(["far"] if n % 3 == 0 else [])]),
        ],
    ),
    "tagging": (("text", "entities"), lambda p, n: [f"I am in {p} {n}", _tagged(p)]),
    "extraction": (
        ("text", "fields"),
        lambda p, n: [f"I am in {p} {n}", json.dumps({"place": p})],
    ),
    "question_answering": (
        ("context", "question", "answers"),
        lambda p, n: [f"I am in {p} {n}", "Where am I?", _answer(p)],
    ),
    "generation": (
        ("facts", "target"),
        lambda p, n: [f"place[{p}] number[{n}]", f"I stay in {p} for {n} days, and then I go on."],
    ),
}
FEW = ("max_steps=2", "max_length=120", "evaluate_every_steps=2", "threads=1")
SHORT = ("task.max_new_tokens=4",)


def rows_of(task: str, first: int, count: int) -> list[list[str]]:
    make = ROADS[task][1]
    return [make(PLACES[n % len(PLACES)], n) for n in range(first, first + count)]


def project_of(run: Run, model: str, folder: Path, task: str) -> Path:
    """The project of a table whose task is guessed."""
    data = write_csv(folder / "data.csv", rows_of(task, 0, 40), ROADS[task][0])
    outcome = run("init", folder / "p", "--data", data, "--model", model, "--json")
    assert outcome.code == 0, outcome
    assert outcome.result["task"] == task
    return folder / "p"


@pytest.mark.parametrize("task", ROADS)
def test_that_a_task_goes_its_whole_road(run: Run, model: str, tmp_path: Path, task: str) -> None:
    project = project_of(run, model, tmp_path, task)
    writes = task in ("generation", "extraction")
    settings = [*FEW, *(SHORT if writes else ())]
    sets = [part for setting in settings for part in ("--set", setting)]
    trained = run("train", project, "--name", "one", *sets)
    assert trained.code == 0, trained
    judged = run("evaluate", project, "one")
    assert judged.code == 0, judged
    assert "split test" in judged.out
    columns = ROADS[task][0][:-1]
    new = write_csv(
        tmp_path / "new.csv", [row[:-1] for row in rows_of(task, 100, 5)], tuple(columns)
    )
    done = run("predict", project, "one", new, "--out", tmp_path / "out.csv")
    assert done.code == 0, done
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        answers = list(csv.DictReader(file))
    if task == "extraction":
        filled = sum(json.loads(row["predicted_label"])["place"] is not None for row in answers)
        told = run("predict", project, "one", new, "--out", tmp_path / "again.csv", "--json")
        assert told.result["counts"] == {"place": filled}
    assert len(answers) == 5 and all("predicted_label" in row for row in answers)
    assert [row[columns[0]] for row in answers] == [row[0] for row in rows_of(task, 100, 5)]


def test_that_a_pair_s_prompt_shows_both_texts_and_a_file_without_the_second_is_refused(
    run: Run, model: str, tmp_path: Path
) -> None:
    project = project_of(run, model, tmp_path, "classification")
    template = open_project(project).file.prompt.template
    assert "{text}" in template and "{second}" in template
    sets = [part for setting in FEW for part in ("--set", setting)]
    assert run("train", project, "--name", "one", *sets).code == 0
    pair = ("--text", "where is Rome?", "--column", "second=how do I find Rome?")
    answered = run("predict", project, "one", *pair, "--json")
    assert answered.code == 0, answered
    assert answered.result["rows"][0]["predicted_label"] in ("same", "different")
    alone = write_csv(tmp_path / "alone.csv", [["where is Rome?"]], ("first",))
    refused = run("predict", project, "one", alone, "--out", tmp_path / "out.csv")
    assert refused.code == 2
    assert 'The prompt needs the column "second"' in refused.err
    assert not (tmp_path / "out.csv").exists()
