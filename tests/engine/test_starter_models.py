"""The real starter models learn a real task from 32 rows."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pytest
from engine_project import Workshop, of_kind, result_of

from peft_desktop.core import events as ev
from peft_desktop.core.places import resources
from peft_desktop.core.ports import EvaluateRequest, PredictRequest
from peft_desktop.core.recipe import PromptSpec

TRAIN, VALID, TEST = 32, 16, 200
PROMPT = PromptSpec(
    template="Review: {text}\nOverall, the movie was {mask}",
    words={"positive": ["great"], "negative": ["terrible"]},
)


def reviews() -> list[tuple[str, str]]:
    """Rows of the shipped sample, as many of each label in every split."""
    found: list[tuple[str, str]] = []
    for name, sizes in (("train.csv", (TRAIN, VALID)), ("test.csv", (TEST,))):
        path = resources() / "samples" / "movie_reviews" / name
        with path.open(encoding="utf-8", newline="") as file:
            rows = [(row["text"], row["label"]) for row in csv.DictReader(file)]
        random.Random(1).shuffle(rows)
        for size in sizes:
            for label in PROMPT.words:
                some = [row for row in rows if row[1] == label][: size // 2]
                found += some
                rows = [row for row in rows if row not in some]
    return found


def result_on_reviews(models: Path, tmp_path: Path, name: str, **more: Any) -> dict[str, Any]:
    shop = Workshop(tmp_path, models / name, reviews())
    splits = {
        "train": range(TRAIN),
        "valid": range(TRAIN, TRAIN + VALID),
        "test": range(TRAIN + VALID, TRAIN + VALID + TEST),
    }
    how: dict[str, Any] = {
        "precision": "auto",
        "max_length": 64,
        "batch_size": 4,
        "evaluate_every_steps": 10,
        "threads": 1,  # two are slower where other work goes on
    }
    recipe = shop.recipe(prompt=PROMPT, splits=splits, **{**how, **more})
    events = list(shop.training(recipe))
    losses = [event.loss for event in of_kind(events, ev.Stepped)]
    assert sum(losses[-4:]) < sum(losses[:4])
    run = shop.run_folder(recipe)
    found = result_of(shop.tuner.evaluate(run, EvaluateRequest("test")))
    one = PredictRequest(rows=({"text": "a wonderful, moving film that i loved"},))
    [said] = result_of(shop.tuner.predict(run, one))["rows"]
    found["said"] = said["predicted_label"]
    return found


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_that_smollm2_learns_reviews_from_32_rows(starter_models: Path, tmp_path: Path) -> None:
    found = result_on_reviews(
        starter_models, tmp_path, "smollm2-135m-instruct", method="lora", max_steps=30
    )
    assert found["metrics"]["accuracy"] >= 0.75
    assert found["metrics"]["accuracy"] > found["baselines"]["majority"]["accuracy"]
    assert found["said"] == "positive"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_that_minilm_is_fully_fine_tuned_on_32_rows(starter_models: Path, tmp_path: Path) -> None:
    found = result_on_reviews(
        starter_models, tmp_path, "all-minilm-l6-v2", method="full", max_steps=40
    )
    assert found["metrics"]["accuracy"] >= 0.6
    assert found["metrics"]["accuracy"] >= found["baselines"]["zero_shot"]["accuracy"] - 0.05
    assert found["said"] == "positive"
