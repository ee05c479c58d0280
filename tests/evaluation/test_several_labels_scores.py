"""Lists of labels are judged as scikit-learn does; thresholds come from the validation rows."""

from __future__ import annotations

import numpy as np
import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.evaluation.several_labels import (
    baselines_of,
    best_thresholds,
    indicator,
    intervals_of,
    metrics_of,
    per_label,
)

LABELS = ["area", "food", "price"]
GOLD = indicator(LABELS, [["area"], ["area", "food"], [], ["food", "price"]])
ANSWERS = indicator(LABELS, [["area"], ["area"], ["price"], ["food", "price"]])


def test_that_the_metrics_are_those_counted_by_hand() -> None:
    found = metrics_of(GOLD, ANSWERS)
    assert found["exact_match"] == 0.5
    assert found["hamming_loss"] == pytest.approx(2 / 12)
    assert found["micro_precision"] == pytest.approx(4 / 5)
    assert found["micro_recall"] == pytest.approx(4 / 5)
    assert found["macro_f1"] == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)


def test_that_each_label_has_its_own_line() -> None:
    food = per_label(LABELS, GOLD, ANSWERS)[1]
    assert food == {
        "label": "food",
        "precision": 1.0,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3),
        "support": 2,
        "predicted": 1,
    }


def test_that_a_single_label_is_not_read_as_two_classes() -> None:
    gold, answers = np.array([[1], [0], [0]], bool), np.array([[0], [0], [0]], bool)
    assert metrics_of(gold, answers)["micro_f1"] == 0.0
    assert metrics_of(gold, answers)["exact_match"] == pytest.approx(2 / 3)
    assert per_label(["x"], gold, answers)[0]["recall"] == 0.0


def test_that_a_threshold_parts_what_can_be_parted() -> None:
    gold = np.array([[1, 0], [1, 0], [0, 0], [0, 0]], bool)
    chances = np.array([[0.3, 0.9], [0.2, 0.8], [0.1, 0.7], [0.05, 0.6]])
    thresholds = best_thresholds(gold, chances)
    assert thresholds[0] == pytest.approx(0.15)
    assert thresholds[1] == 0.5  # no row says anything about it
    assert (chances[:, 0] >= thresholds[0]).tolist() == [True, True, False, False]


def test_that_equal_probabilities_are_never_parted_by_a_threshold() -> None:
    gold = np.array([[1], [0], [0], [1]], bool)
    chances = np.array([[0.4], [0.4], [0.4], [0.6]])
    threshold = best_thresholds(gold, chances)[0]
    assert threshold == pytest.approx(0.5) or threshold == pytest.approx(0.2)
    assert not 0.4 - 1e-9 < threshold < 0.4 + 1e-9


def test_that_the_log_loss_is_finite_where_a_model_is_sure_and_wrong() -> None:
    chances = np.where(ANSWERS, 1.0, 0.0)
    assert np.isfinite(metrics_of(GOLD, ANSWERS, chances)["log_loss"])


def test_that_an_unknown_label_is_named() -> None:
    with pytest.raises(UserError, match="colour"):
        indicator(LABELS, [["area", "colour"]])


def test_that_the_baselines_answer_every_row_alike() -> None:
    found = baselines_of(GOLD, GOLD)
    assert set(found) == {"majority", "commonest_list", "every_label"}
    assert found["every_label"]["micro_recall"] == 1.0
    assert found["majority"]["micro_f1"] == 0.0  # no label is in more than half of the rows
    assert baselines_of(GOLD[:0], GOLD) == {}


def test_that_intervals_hold_the_measured_numbers() -> None:
    gold, answers = np.tile(GOLD, (20, 1)), np.tile(ANSWERS, (20, 1))
    metrics, spread = metrics_of(gold, answers), intervals_of(gold, answers)
    for name in ("exact_match", "micro_f1", "macro_f1", "hamming_loss"):
        assert spread[name].low < metrics[name] < spread[name].high


def test_that_no_rows_are_refused() -> None:
    with pytest.raises(UserError, match="no rows"):
        metrics_of(GOLD[:0], ANSWERS[:0])
