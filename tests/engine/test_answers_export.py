"""Models that answer questions and fill fields, exported: a clean process answers the same."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engine_project import Workshop, result_of
from test_questions import questions, recipe_of, records

from peft_desktop.core.ports import ExportRequest, PredictRequest

pytestmark = pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning")
Make = Callable[..., Workshop]
LONG = " ".join(["the movie was good and the plot was bad ."] * 20)


def exported(
    make: Make, target: Path, name: str, task: str, way: str, form: str, **more: Any
) -> tuple[Workshop, Path, dict[str, Any]]:
    shop = (records if task == "extraction" else questions)(make, name)
    how: dict[str, Any] = {"max_steps": 25, "learning_rate": 2e-2, "batch_size": 6}
    recipe = recipe_of(shop, task, way=way, max_length=48, **{**how, **more})
    settings = {**recipe.task_settings, "stride": 8}
    recipe = recipe.model_copy(update={"task_settings": settings})
    result_of(shop.training(recipe))
    run = shop.run_folder(recipe)
    return shop, run, result_of(shop.tuner.export(run, ExportRequest(target, form)))


def said(folder: Path, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """What the exported program says of the rows."""
    source = folder.parent / "asked.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    line = [sys.executable, "-P", "-B", str(folder / "predict.py"), str(source)]
    out = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=True)
    return list(csv.DictReader(io.StringIO(out.stdout)))


@pytest.mark.parametrize(
    ("name", "way", "form", "more"),
    [
        ("minilm", "spans", "adapter", {"method": "full"}),
        ("roberta", "spans", "merged", {"method": "lora"}),
        ("llama", "spans", "adapter", {"method": "lora"}),
        (
            "bert",
            "spans",
            "adapter",
            {"method": "prompt_tuning", "method_settings": {"soft_tokens": 3}},
        ),
        ("gpt2", "generate", "merged", {"method": "full"}),
    ],
)
def test_that_answers_are_the_same_outside_this_program(
    workshop: Make, tmp_path: Path, name: str, way: str, form: str, more: dict[str, Any]
) -> None:
    target = tmp_path / "out"
    *_, result = exported(workshop, target, name, "question_answering", way, form, **more)
    assert result["checked_rows"] == 6 and result["largest_difference"] == 0.0
    card = (target / "README.md").read_text(encoding="utf-8")
    assert "pipeline_tag: question-answering" in card and "`predicted_answer`" in card


def test_that_windows_and_the_threshold_are_the_same_outside(
    workshop: Make, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    how = {"method": "full", "learning_rate": 3e-3, "max_steps": 60, "evaluate_every_steps": 30}
    shop, run, _ = exported(
        workshop, target, "bert", "question_answering", "spans", "merged", **how
    )
    told = json.loads((target / "prompt" / "prompt.json").read_text(encoding="utf-8"))["spans"]
    assert told["threshold"] is not None  # some rows have no answer: it was tuned on validation
    rows = [
        {"text": text, "ask": asked}
        for text in (LONG, "", "the acting was great", "一部好看的电影 \U0001f600 good")
        for asked in ("movie", "plot", "why " * 60)
    ]
    found = result_of(shop.tuner.predict(run, PredictRequest(rows=tuple(rows))))["rows"]
    for mine, theirs in zip(found, said(target, rows), strict=True):
        assert theirs["predicted_label"] == mine["predicted_label"]
        assert float(theirs["probability"]) == pytest.approx(mine["probability"], abs=1e-3)


@pytest.mark.parametrize(
    ("name", "way", "form"),
    [
        ("bert", "spans", "merged"),
        ("llama", "generate", "adapter"),
        ("gpt2", "generate", "merged"),
        ("t5", "generate", "adapter"),
    ],
)
def test_that_records_are_the_same_outside_this_program(
    workshop: Make, tmp_path: Path, name: str, way: str, form: str
) -> None:
    target = tmp_path / "out"
    *_, result = exported(workshop, target, name, "extraction", way, form, method="lora")
    assert result["checked_rows"] == 6 and result["largest_difference"] == 0.0
    if form == "merged":
        awkward = ['"', "{", "\\", "", "一部电影", "a\u0301 \U0001f600"]
        for row in said(target, [{"text": text} for text in awkward]):
            assert list(json.loads(row["predicted_label"])) == ["what", "how"]


def test_that_a_missing_column_is_one_sentence(workshop: Make, tmp_path: Path) -> None:
    target = tmp_path / "out"
    exported(workshop, target, "bert", "question_answering", "spans", "merged")
    (tmp_path / "some.csv").write_text("text\nthe movie was good\n", encoding="utf-8")
    line = [sys.executable, "-P", "-B", str(target / "predict.py"), str(tmp_path / "some.csv")]
    out = subprocess.run(line, capture_output=True, text=True, check=False)
    assert out.returncode == 2 and "'ask'" in out.stderr and "Traceback" not in out.stderr
