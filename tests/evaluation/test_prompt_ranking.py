"""Prompts are ranked by what they answer before any training."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from peft_desktop.evaluation.intervals import wilson
from peft_desktop.evaluation.metrics import judge
from peft_desktop.evaluation.prompt_ranking import (
    at_once,
    judged,
    mutual_information,
    ranked,
    spread_at_once,
)

LABELS = ["no", "yes"]
GOLD = [0, 1] * 10
SURE = np.where(np.eye(2)[GOLD] > 0, -0.1, -2.4)
EVEN = np.full((20, 2), -0.7)
FREE = np.full((3, 2), -0.7)


def test_that_a_bias_towards_one_label_is_taken_out() -> None:
    leaning = SURE + np.array([0.0, 5.0])  # always "yes"
    found = judged(LABELS, GOLD, leaning, FREE + np.array([0.0, 5.0]))
    assert found["accuracy"] == 0.5
    assert found["calibrated_accuracy"] == found["batch_accuracy"] == 1.0
    assert found["interval"][0] > 0.8 and found["accuracy_interval"][1] < 0.75
    assert found["calibrated_log_loss"] < found["log_loss"]


def test_that_the_batch_prior_helps_where_empty_texts_say_nothing() -> None:
    found = judged(LABELS, GOLD, SURE + np.array([0.0, 5.0]), FREE)
    assert found["calibrated_accuracy"] == 0.5 and found["batch_accuracy"] == 1.0


def test_that_mutual_information_needs_no_labels() -> None:
    sure = np.where(np.eye(2)[GOLD] > 0, 0.0, -50.0)
    assert mutual_information(sure) == pytest.approx(1.0)
    assert mutual_information(EVEN) == pytest.approx(0.0)
    assert mutual_information(np.tile([0.0, -50.0], (20, 1))) == pytest.approx(0.0)
    assert 0.1 < mutual_information(SURE) < 0.9


def test_that_macro_f1_has_an_interval_only_on_all_rows() -> None:
    some = SURE.copy()
    some[:5] = some[:5, ::-1]
    for complete in (True, False):
        found = judged(LABELS, GOLD, some, FREE, complete=complete)
        assert ("macro_f1_interval" in found) is complete
        assert found["rows"] == 20


def test_that_the_best_prompt_comes_first_and_failed_ones_last() -> None:
    entries = [
        {"template": "broken", "error": "why"},
        {"template": "even", **judged(LABELS, GOLD, EVEN, FREE)},
        {"template": "unsure", **judged(LABELS, GOLD, SURE / 4, FREE)},
        {"template": "sure", **judged(LABELS, GOLD, SURE, FREE)},
    ]
    found = ranked(entries)
    assert [entry["template"] for entry in found] == ["sure", "unsure", "even", "broken"]
    assert [entry.get("rank_without_labels") for entry in found] == [1, 2, 3, None]


def test_that_figures_that_are_wanted_at_once_are_those_of_the_libraries() -> None:
    random = np.random.default_rng(3)
    for classes, rows in ((2, 1), (2, 12), (5, 40), (7, 9)):
        gold, said = random.integers(classes, size=(2, rows))
        names = [str(n) for n in range(classes)]
        metrics = judge(names, gold.tolist(), predicted=said.tolist()).metrics
        assert at_once(gold.tolist(), said) == pytest.approx(
            (metrics["accuracy"], metrics["macro_f1"])
        )
    for right, rows in ((0, 3), (3, 3), (50, 100), (99, 100), (1, 200)):
        found = wilson(right, rows)
        assert spread_at_once(right, rows) == pytest.approx([found.low, found.high])


def test_that_first_figures_load_no_slow_library() -> None:
    code = (
        "import sys; from peft_desktop.evaluation.prompt_ranking import judged, ranked\n"
        "ranked([judged(['a', 'b'], [0, 1], [[-1, -2], [-2, -1]], [[-1, -1]], complete=False)])\n"
        "print(sorted({'sklearn', 'scipy', 'pandas'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert said.stdout.decode().strip() == "[]"
