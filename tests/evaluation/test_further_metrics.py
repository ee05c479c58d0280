"""The further metrics: scikit-learn's numbers, intervals around them, reasons for none."""

from __future__ import annotations

import numpy as np
import pytest
from scored_rows import drawn

from peft_desktop.evaluation.further import judge_fully
from peft_desktop.evaluation.intervals import intervals_for
from peft_desktop.evaluation.metrics import METRIC_TITLES, Judgement
from peft_desktop.evaluation.report import report
from peft_desktop.evaluation.resampling import _Areas, _Calibration, score_intervals

OF_SCORES = ("log_loss", "brier", "ece", "roc_auc", "pr_auc")


@pytest.mark.parametrize("classes", [2, 4])
def test_that_the_further_metrics_are_scikit_learns(classes):
    from sklearn import metrics as sk

    rows = drawn(500, classes)
    found = judge_fully(rows.labels, rows.gold, rows.chances).metrics
    own = np.eye(classes)[rows.gold]
    golden = {
        "mcc": sk.matthews_corrcoef(rows.gold, rows.answers),
        "kappa": sk.cohen_kappa_score(rows.gold, rows.answers),
        "brier": sk.brier_score_loss(rows.gold, rows.chances, labels=range(classes)),
        "roc_auc": sk.roc_auc_score(own, rows.chances, average="macro"),
        "pr_auc": sk.average_precision_score(own, rows.chances, average="macro"),
    }
    assert {name: found[name] for name in golden} == pytest.approx(golden, abs=1e-9)
    assert 0 < found["ece"] < 0.1  # the labels were drawn from these very probabilities


@pytest.mark.parametrize("classes", [2, 4])
def test_that_rows_that_count_once_give_the_point_itself(classes):
    rows = drawn(700, classes)
    order = np.argsort(rows.gold, kind="stable")
    gold, chances = rows.gold[order], rows.chances[order]
    found = judge_fully(rows.labels, gold, chances).metrics
    even = np.ones(len(gold))
    assert _Areas(gold, chances).under(even) == pytest.approx(
        (found["roc_auc"], found["pr_auc"]), abs=1e-9
    )
    assert _Calibration(gold, chances).error(even) == pytest.approx(found["ece"], abs=1e-12)


def test_that_a_thousand_places_hardly_change_the_areas():
    rows = drawn(20_000, 2)
    order = np.argsort(rows.gold, kind="stable")
    areas = _Areas(rows.gold[order], rows.chances[order]).under(np.ones(20_000))
    found = judge_fully(rows.labels, rows.gold, rows.chances).metrics
    assert areas == pytest.approx((found["roc_auc"], found["pr_auc"]), abs=2e-3)


@pytest.mark.parametrize("classes", [2, 3])
def test_that_every_metric_has_an_interval_around_it(classes):
    rows = drawn(400, classes)
    judgement = judge_fully(rows.labels, rows.gold, rows.chances)
    intervals = intervals_for(judgement)
    intervals |= score_intervals(rows.gold, rows.chances, judgement.metrics, rounds=300)
    assert set(intervals) == set(judgement.metrics)
    for name in set(intervals) - {"ece"}:
        assert intervals[name].low < judgement.metrics[name] < intervals[name].high, name


def test_that_drawing_rows_and_drawing_weights_are_one_bootstrap():
    rows = drawn(120, 3)
    points = judge_fully(rows.labels, rows.gold, rows.chances).metrics
    found = score_intervals(rows.gold, rows.chances, points, rounds=800)["roc_auc"]
    from sklearn.metrics import roc_auc_score

    random, values = np.random.default_rng(9), []
    parts = [np.flatnonzero(rows.gold == label) for label in range(3)]
    for _ in range(300):
        some = np.concatenate([random.choice(part, part.size) for part in parts])
        values.append(roc_auc_score(np.eye(3)[rows.gold[some]], rows.chances[some]))
    low, high = np.percentile(values, [2.5, 97.5])
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.02)


def test_that_figures_that_cannot_be_known_say_why():
    one = judge_fully("ab", [0, 0, 0], [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7]])
    assert not {"mcc", "kappa", "roc_auc", "pr_auc", "ece"} & set(one.metrics)
    assert "same label" in str(one.unknown["roc_auc"])
    assert "takes 200 rows, there are 3" in str(one.unknown["ece"])
    constant = judge_fully("ab", [0, 1, 0, 1], [[0.9, 0.1]] * 4)
    assert "same answer" in str(constant.unknown["mcc"])
    assert constant.metrics["roc_auc"] == 0.5 and constant.metrics["kappa"] == 0.0
    again = Judgement.from_dict(constant.to_dict())
    assert again.unknown == constant.unknown
    said = report(constant, {})
    assert "Matthews' correlation: All rows were given the same answer" in said
    assert "Matthews' correlation  " in said  # and a dash in the table, no 0


def test_that_one_row_a_thousand_classes_and_absent_ones_are_judged():
    single = judge_fully("ab", [1], [[0.4, 0.6]])
    assert single.metrics["accuracy"] == 1.0 and "mcc" in single.unknown
    assert score_intervals(np.array([1]), np.array([[0.4, 0.6]]), single.metrics, rounds=50) == {}
    many = drawn(2_000, 1_000)
    found = judge_fully(many.labels, many.gold, many.chances)
    assert found.metrics.keys() <= METRIC_TITLES.keys() and "roc_auc" in found.metrics
    assert score_intervals(many.gold, many.chances, found.metrics, rounds=1)
    missing = drawn(300, 4)
    kept = missing.at(missing.gold != 2)
    told = judge_fully(kept.labels, kept.gold, kept.chances)
    assert 'No rows here: "c"' in " ".join(map(str, told.notes))
    assert 0 < told.metrics["roc_auc"] <= 1


def test_that_the_number_of_rows_is_read_out_and_small_classes_are_named():
    gold = [0] * 50 + [1] * 10 + [2] * 3
    chances = np.eye(3)[[0] * 45 + [1] * 15 + [2] * 3] * 0.7 + 0.1
    notes = [str(note) for note in judge_fully("abc", gold, chances).notes]
    assert notes[0] == "With 63 rows, 0.83 and 0.92 cannot be told apart."
    assert 'Fewer than 10 rows of: "c" (3).' in notes[-1]
