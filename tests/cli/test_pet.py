from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import Run, review_rows, write_csv
from fake_tuner import FakeTuner

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.core.ports import Events, PredictRequest, ProbeRequest
from peft_desktop.core.project import open_project
from peft_desktop.core.runs import find_run, list_runs, load_recipe
from peft_desktop.projects.pet_plan import load

Refused = Callable[..., str]
TWO = ("--patterns", "2", "--seeds", "1,2")


class Teachers(FakeTuner):
    """Says of a text what its number says; the run decides how surely."""

    def __init__(self) -> None:
        super().__init__()
        self.labelled: list[str] = []
        self.one_class = False

    def predict(self, run_folder: Path, request: PredictRequest) -> Events:
        self.labelled += [run_folder.name] * len(request.rows)
        rows = []
        for row in request.rows:
            positive = 0.9 if self.one_class or "delight" in row["text"] else 0.2
            label = "positive" if positive > 0.5 else "negative"
            rows.append(
                {
                    "predicted_label": label,
                    "probability": max(positive, 1 - positive),
                    "probability_negative": 1 - positive,
                    "probability_positive": positive,
                }
            )
        yield ev.Finished({"labels": ["negative", "positive"], "rows": rows})

    def probe(self, request: ProbeRequest) -> Events:
        self.probed.append(request)
        ranked = [
            {"template": p.template, "words": p.words, "accuracy": 0.75 - 0.25 * n}
            for n, p in enumerate(request.prompts)
        ]
        yield ev.Finished({"ranked": ranked[::-1]})


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Teachers:
    from peft_desktop.commands import engine

    tuner = Teachers()
    monkeypatch.setattr(engine, "make_tuner", lambda: tuner)
    return tuner


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """80 new texts, 4 of the project (normalised alike), 2 alike, 1 blank; no labels."""
    new = [[text] for text, _ in review_rows(80, start=500)]
    known = [[f"  {text.upper()}"] for text, _ in review_rows(80)[:4]]
    return write_csv(tmp_path / "texts.csv", [*new, *known, new[0], [" "]], header=("text",))


def test_that_teachers_and_a_student_are_ordinary_runs(
    run: Run, project: Path, texts: Path, fake: Teachers
) -> None:
    outcome = run("pet", project, "--unlabelled", texts, *TWO, "--json")
    assert outcome.code == 0, outcome
    names = [one.name for one in list_runs(project / "runs")]
    assert names == [
        "pet-1 pattern 1 1",
        "pet-1 pattern 2 1",
        "pet-1 pattern 1 2",
        "pet-1 pattern 2 2",
        "pet-1 student 1",
    ]
    recipes = [load_recipe(project / "runs" / name) for name in names]
    assert recipes[0].prompt.template != recipes[1].prompt.template
    assert [recipe.soft_labels is None for recipe in recipes] == [True] * 4 + [False]
    assert outcome.result["run"] == "pet-1 student 1"
    assert outcome.result["student"]["test"]["metrics"]["accuracy"] == 1.0


def test_that_the_student_gets_the_merged_answers_of_the_pool(
    run: Run, project: Path, texts: Path, fake: Teachers
) -> None:
    import pyarrow.parquet as pq

    result = run("pet", project, "--unlabelled", texts, *TWO, "--json").result
    assert result["label_counts"] == {"negative": 40, "positive": 40}
    assert result["agreement"] == {"all": 1.0, "pairs": 1.0}
    folder = project / "runs" / "pet-1 student 1"
    soft = load_recipe(folder).soft_labels
    assert soft is not None and (soft.rows, soft.temperature) == (80, 2.0)
    rows = pq.read_table(folder / soft.file).to_pylist()
    assert len(rows) == 80
    for row in rows:
        negative, positive = row["_log_scores"]
        assert (positive > negative) == ("delight" in row["text"])


def test_that_known_blank_and_repeated_texts_are_left_out_and_counted(
    run: Run, project: Path, texts: Path, fake: Teachers
) -> None:
    counts = run("pet", project, "--unlabelled", texts, *TWO, "--json").result["pool_counts"]
    known = counts["in_train"] + counts["in_valid"] + counts["in_test"]
    assert (known, counts["repeated"], counts["blank"], counts["of_file"]) == (4, 1, 1, 86)


def test_that_texts_of_the_test_rows_are_named_in_a_warning(
    run: Run, project: Path, tmp_path: Path, fake: Teachers
) -> None:
    from peft_desktop.data.store import load_table, rows_by_id

    file = open_project(project).file
    tests = rows_by_id(load_table(project), file.splits["test"][:3], ["text"])
    new = [[text] for text, _ in review_rows(80, start=500)]
    pool = write_csv(tmp_path / "p.csv", [[t["text"]] for t in tests] + new, header=("text",))
    outcome = run("pet", project, "--unlabelled", pool, *TWO)
    assert "3 unlabelled texts stand among the test rows" in outcome.err


def test_that_a_pattern_weighs_what_it_got_right_untrained(
    run: Run, project: Path, texts: Path, fake: Teachers
) -> None:
    result = run("pet", project, "--unlabelled", texts, *TWO, "--json").result
    weights = {row["row"]: row["weight"] for row in result["table"]}
    assert weights == {"pattern 1": 0.75, "pattern 2": 0.5, "student": None}
    file = open_project(project).file
    assert set(fake.probed[0].rows) <= set(file.splits["train"])
    given = ("--unlabelled", texts, *TWO, "--mean", "--json")
    result = run("pet", project, *given).result
    assert [row["weight"] for row in result["table"]] == [None] * 5
    assert len(fake.probed) == 1


def test_that_a_stopped_one_goes_on_without_repeating_what_is_done(
    run: Run, project: Path, texts: Path, fake: Teachers
) -> None:
    def later() -> None:
        fake.at_step[3] = lambda: os.kill(os.getpid(), signal.SIGTERM)

    fake.at_step[3] = lambda: fake.at_step.update({1: later})
    outcome = run("pet", project, "--unlabelled", texts, *TWO)
    assert outcome.code == 143
    assert "--resume" in outcome.err
    fake.asked.clear()
    fake.labelled.clear()
    outcome = run("pet", project, "--resume", "--json")
    assert outcome.code == 0, outcome
    assert [what for what in fake.asked if what in ("train", "resume")] == [
        "resume",
        "train",
        "train",
        "train",
    ]
    assert "pet-1 pattern 1 1" not in fake.labelled
    assert len(fake.probed) == 1
    fake.asked.clear()
    assert run("pet", project, "--resume").code == 0
    assert fake.asked == []


def test_that_a_teacher_that_fails_is_left_out(
    run: Run, project: Path, texts: Path, fake: Teachers
) -> None:
    def fail() -> None:
        raise UserError("The loss became NaN.")

    fake.at_step[1] = fail
    result = run("pet", project, "--unlabelled", texts, *TWO, "--json").result
    assert result["teachers"] == 3
    assert result["table"][0]["why"]
    assert find_run(project / "runs", "pet-1 student 1").state == "finished"


def test_that_a_student_that_fails_can_be_tried_again_with_the_same_labels(
    run: Run, project: Path, texts: Path, fake: Teachers
) -> None:
    def fail() -> None:
        raise UserError("The loss became NaN.")

    def in_the_last_run() -> None:
        started.append(1)
        fake.at_step[2] = fail if len(started) == 4 else in_the_last_run

    started: list[int] = []
    fake.at_step[2] = in_the_last_run
    outcome = run("pet", project, "--unlabelled", texts, *TWO)
    assert outcome.code == 2
    assert "The student could not be trained" in outcome.err
    before = load_recipe(project / "runs" / "pet-1 student 1").soft_labels
    assert run("pet", project, "--resume").code == 0
    assert load_recipe(project / "runs" / "pet-1 student 1").soft_labels == before


def test_that_a_pool_that_is_called_one_class_is_warned_of(
    run: Run, project: Path, texts: Path, fake: Teachers
) -> None:
    fake.one_class = True
    outcome = run("pet", project, "--unlabelled", texts, *TWO)
    assert 'The teachers call 100 of 100 unlabelled texts "positive"' in outcome.err


def test_that_a_tiny_pool_is_warned_of(
    run: Run, project: Path, tmp_path: Path, fake: Teachers
) -> None:
    few = write_csv(tmp_path / "few.csv", [["one new text"], ["another"]], header=("text",))
    assert "Only 2 unlabelled texts" in run("pet", project, "--unlabelled", few, *TWO).err


def test_that_a_dry_run_tells_the_pool_and_leaves_nothing(
    run: Run, project: Path, texts: Path, fake: Teachers
) -> None:
    outcome = run("pet", project, "--unlabelled", texts, *TWO, "--dry-run", "--json")
    assert outcome.result["pool_rows"] == 80
    assert len(outcome.result["runs"]) == 5
    assert not (project / "pet").exists()
    assert list_runs(project / "runs") == []
    assert fake.asked == []


def test_that_rows_of_the_project_without_a_label_are_the_pool(
    run: Run, model: str, tmp_path: Path, fake: Teachers
) -> None:
    rows = review_rows(60) + [[text, ""] for text, _ in review_rows(60, start=300)]
    data = write_csv(tmp_path / "some.csv", rows)
    folder = tmp_path / "half"
    assert run("init", folder, "--data", data, "--model", model).code == 0
    result = run("pet", folder, *TWO, "--json").result
    assert (result["pool_rows"], result["pool_counts"]["of_project"]) == (60, 60)


def test_that_the_pool_can_be_limited(run: Run, project: Path, texts: Path, fake: Teachers) -> None:
    result = run("pet", project, "--unlabelled", texts, *TWO, "--pool", 30, "--json").result
    assert (result["pool_rows"], result["pool_counts"]["over_limit"]) == (30, 50)
    plan = load(open_project(project))
    assert plan.pool_rows == 30


def given_column(tmp_path: Path, *names: str) -> Path:
    rows: list[list[Any]] = [[f"text {i}"] * len(names) for i in range(60)]
    return write_csv(tmp_path / "other.csv", rows, header=names)


def test_that_the_column_of_texts_may_have_another_name(
    run: Run, refused: Refused, project: Path, tmp_path: Path, fake: Teachers
) -> None:
    assert run("pet", project, "--unlabelled", given_column(tmp_path, "x"), *TWO).code == 0
    two = given_column(tmp_path, "x", "y")
    assert 'no column "text"' in refused("pet", project, "--unlabelled", two, *TWO)
    assert run("pet", project, "--unlabelled", two, "--text", "y", *TWO).code == 0


def test_that_a_plain_file_has_a_text_on_each_line(
    run: Run, project: Path, tmp_path: Path, fake: Teachers
) -> None:
    plain = tmp_path / "texts.txt"
    plain.write_text("\n".join(f"a new text, {i}" for i in range(60)) + "\n\n", "utf-8")
    assert run("pet", project, "--unlabelled", plain, *TWO, "--json").result["pool_rows"] == 60


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "no unlabelled texts"),
        (("--unlabelled", "nowhere.csv"), "nowhere.csv"),
        (("--unlabelled", "{texts}", "--template", "{text} It was {mask} {"), "brace"),
        (("--unlabelled", "{texts}", "--model", "nowhere"), "nowhere"),
        (("--unlabelled", "{texts}", "--student", "nowhere"), "nowhere"),
        (("--unlabelled", "{texts}", "--method", "magic"), "magic"),
        (("--unlabelled", "{texts}", "--seeds", ""), "--seeds"),
        (("--resume",), "no such training"),
    ],
)
def test_that_what_cannot_be_is_refused_before_anything_starts(
    refused: Refused,
    project: Path,
    texts: Path,
    fake: Teachers,
    given: tuple[str, ...],
    said: str,
) -> None:
    words = [texts if word == "{texts}" else word for word in given]
    assert said in refused("pet", project, *words)
    assert list_runs(project / "runs") == []
    assert not (project / "pet").exists()
