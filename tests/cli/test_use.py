"""Judging, using and keeping what was trained."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run, review_rows, write_csv
from fake_tuner import FakeTuner

from peft_desktop.core.project import open_project

Refused = Callable[..., str]


@pytest.fixture
def trained(run: Run, project: Path, fake: FakeTuner) -> Path:
    """A project with the finished runs `one` and `two`."""
    for name in ("one", "two"):
        assert run("train", project, "--name", name).code == 0
    fake.asked.clear()
    return project


def test_that_evaluate_gives_flat_metrics_beside_the_baselines(run: Run, trained: Path) -> None:
    result = run("evaluate", trained, "--json").result
    assert result["run"] == "two", "the newest run where none is named"
    assert result["split"] == "test"
    for name in ("accuracy", "balanced_accuracy", "macro_f1", "weighted_recall", "micro_precision"):
        assert isinstance(result["metrics"][name], float)
    assert not [name for name in result["metrics"] if "second" in name]
    assert {"majority", "zero_shot"} <= set(result["baselines"])
    assert [score["label"] for score in result["per_class"]] == ["negative", "positive"]
    assert result["confusion"]["labels"] == ["negative", "positive"]


def test_that_evaluate_prints_the_report(run: Run, trained: Path) -> None:
    outcome = run("evaluate", trained, "one", "--split", "valid")
    assert outcome.code == 0
    for word in ('Run "one"', "Majority", "Zero-shot", "Precision", "Recall", "F1"):
        assert word in outcome.out


def test_that_looks_at_the_test_rows_are_counted(run: Run, trained: Path) -> None:
    assert run("evaluate", trained, "--split", "valid", "--json").result["test_peeks"] == 0
    assert run("evaluate", trained, "--json").result["test_peeks"] == 1
    outcome = run("evaluate", trained, "one")
    assert "2 times" in outcome.out
    assert open_project(trained).file.test_peeks == 2


def test_that_a_labelled_file_can_be_judged(run: Run, trained: Path, tmp_path: Path) -> None:
    data = write_csv(tmp_path / "new.csv", review_rows(12, 500))
    result = run("evaluate", trained, "--data", data, "--json").result
    assert result["data"] == str(data)
    assert result["rows"] == 12
    assert open_project(trained).file.test_peeks == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [(["three"], "one, two"), (["--split", "tests"], "valid"), (["one", "two"], "two")],
)
def test_that_an_unknown_run_or_split_is_named(
    refused: Refused, trained: Path, words: list[str], said: str
) -> None:
    assert said in refused("evaluate", trained, *words)


@pytest.mark.parametrize("named", [[], ["one"]])
def test_that_predict_writes_the_columns_and_the_answers(
    run: Run, trained: Path, tmp_path: Path, named: list[str]
) -> None:
    data = write_csv(tmp_path / "new.csv", review_rows(3, 500))
    out = tmp_path / "out.csv"
    result = run("predict", trained, *named, data, "--out", out, "--json").result
    assert result["run"] == (named or ["two"])[0]
    assert (result["rows"], result["out"]) == (3, str(out))
    with out.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0][:4] == ["text", "label", "predicted_label", "probability"]
    assert rows[0][4:] == ["probability_negative", "probability_positive"]
    assert len(rows) == 4


def test_that_one_text_is_answered_with_its_probabilities(run: Run, trained: Path) -> None:
    outcome = run("predict", trained, "--text", "a fine film")
    assert outcome.out.startswith("positive  0.750")
    assert "negative: 0.250" in outcome.out
    result = run("predict", trained, "one", "--text", "a fine film", "--json").result
    assert result["rows"][0]["predicted_label"] == "positive"


def test_that_predict_refuses_what_it_cannot_do_and_writes_nothing(
    refused: Refused, trained: Path, tmp_path: Path, fake: FakeTuner
) -> None:
    data = write_csv(tmp_path / "new.csv", review_rows(3))
    before = data.read_bytes()
    assert "INPUT" in refused("predict", trained, "--out", tmp_path / "o.csv")
    assert "--out" in refused("predict", trained, data)
    assert "none.csv" in refused("predict", trained, tmp_path / "none.csv", "--out", "o.csv")
    assert ".parquet" in refused("predict", trained, data, "--out", tmp_path / "o.doc")
    assert "over" in refused("predict", trained, data, "--out", data)
    assert "one, two" in refused("predict", trained, "three", data, "--out", tmp_path / "o.csv")
    assert data.read_bytes() == before
    assert not list(tmp_path.glob("o.*"))
    assert fake.asked == []


def test_that_export_asks_for_a_new_folder(
    run: Run, refused: Refused, trained: Path, tmp_path: Path
) -> None:
    target = tmp_path / "exported"
    result = run("export", trained, "one", "--to", target, "--json").result
    assert (result["folder"], result["format"]) == (str(target), "adapter")
    (target / "mine.txt").touch()
    assert "taken" in refused("export", trained, "--to", target)
    assert [path.name for path in target.iterdir()] == ["mine.txt"]


def test_that_probe_ranks_prompts_without_touching_the_test_rows(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    outcome = run("probe", project, "--rows", 10)
    assert outcome.code == 0, outcome
    assert "{mask}" in outcome.out
    result = run("probe", project, "--json").result
    prompts = [(entry["template"], str(entry["words"])) for entry in result["ranked"]]
    assert len(prompts) == len(set(prompts)) >= 8
    assert open_project(project).file.test_peeks == 0


def test_that_words_are_found_on_other_rows_than_prompts_are_ranked_on(
    run: Run, project: Path, fake: FakeTuner
) -> None:
    assert run("probe", project, "--find-words", "--words-by", "llr").code == 0
    request = fake.probed[-1]
    splits = open_project(project).file.splits
    assert request.find_words == "llr" and request.word_rows and request.rows
    assert not set(request.word_rows) & set(request.rows)
    assert not {*request.word_rows, *request.rows} & set(splits["test"])
    assert run("probe", project).code == 0
    assert fake.probed[-1].find_words == "" and fake.probed[-1].word_rows == ()


def test_that_runs_are_listed_and_shown(run: Run, trained: Path) -> None:
    runs = run("runs", "list", trained, "--json").result["runs"]
    assert [(r["name"], r["state"], r["method"]) for r in runs] == [
        ("one", "finished", "lora"),
        ("two", "finished", "lora"),
    ]
    assert "one" in run("runs", "list", trained).out
    shown = run("runs", "show", trained, "one", "--json").result
    assert shown["recipe"]["name"] == "one"
    assert shown["result"]["best_step"] == 4
    assert "Template" in run("runs", "show", trained).out


def test_that_a_project_without_runs_lists_none(run: Run, project: Path) -> None:
    assert run("runs", "list", project, "--json").result == {"runs": []}


def test_that_a_run_is_renamed(run: Run, refused: Refused, trained: Path) -> None:
    assert '"two"' in refused("runs", "rename", trained, "one", "two")
    assert run("runs", "rename", trained, "one", "first").code == 0
    assert run("runs", "show", trained, "first", "--json").result["recipe"]["name"] == "first"


def test_that_a_run_is_deleted_only_when_it_is_said_so(
    run: Run, refused: Refused, trained: Path
) -> None:
    assert "--yes" in refused("runs", "delete", trained, "one")
    assert "--yes" in refused("runs", "delete", trained, "one", "--json")
    assert (trained / "runs" / "one").is_dir()
    assert run("runs", "delete", trained, "one", "--yes").code == 0
    assert not (trained / "runs" / "one").exists()


def test_that_models_are_listed_shown_and_removed(
    run: Run, refused: Refused, model: str, home: Path
) -> None:
    listed = run("models", "list", "--json").result
    assert [m["name"] for m in listed["models"]] == [model]
    assert "smollm2-135m-instruct" in listed["installable"]
    shown = run("models", "show", model, "--json").result
    assert shown["path"] == str(home / "models" / model)
    assert (shown["family"], shown["trainable"]) == ("causal", True)
    assert "Cannot read" in run("models", "show", model).out
    assert '"nothing"' in refused("models", "show", "nothing")
    assert "--yes" in refused("models", "remove", model)
    assert run("models", "remove", model, "--yes").code == 0
    assert not (home / "models" / model).exists()


def test_that_the_doctor_finds_what_is_missing(run: Run, fake: FakeTuner) -> None:
    outcome = run("doctor", "--json")
    assert outcome.code == 0
    assert any("models install" in problem for problem in outcome.result["problems"])
    assert outcome.result["folders"]["home"]["writable"]
    assert "Python" in run("doctor").out
