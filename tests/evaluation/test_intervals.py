"""Intervals: Wilson's by its formula, the bootstrap by its properties, the headline."""

import math

import numpy as np
import pytest

from peft_desktop.evaluation.intervals import (
    SAME_AS_ACCURACY,
    _averages,
    intervals_for,
    sentence_for,
    wilson,
)
from peft_desktop.evaluation.metrics import judge


def judged(right, rows):
    """Two classes of `rows` / 2 rows each, the mistakes shared between them."""
    gold = [0, 1] * (rows // 2)
    return judge(
        ["a", "b"], gold, predicted=[g if i < right else 1 - g for i, g in enumerate(gold)]
    )


def test_that_wilson_is_wilsons_formula():
    n, p, z = 100, 0.86, 1.959964
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    found = wilson(86, 100)
    assert (found.low, found.high) == pytest.approx((middle - half, middle + half), abs=1e-6)


def test_that_wilson_is_honest_at_the_ends():
    assert wilson(10, 10).high == 1.0 and wilson(10, 10).low == pytest.approx(0.7225, abs=1e-3)
    assert wilson(0, 10).low == 0.0
    with pytest.raises(ValueError):
        wilson(0, 0)


def test_that_the_point_without_drawing_is_scikit_learns_number():
    random = np.random.default_rng(5)
    gold, answers = random.integers(0, 4, 80), random.integers(0, 5, 80)
    found = judge(list("abcdef"), gold, predicted=answers)  # e is only an answer, f is nothing
    matrix = np.asarray(found.confusion["matrix"])
    support, called = matrix.sum(axis=1), matrix.sum(axis=0)
    points = _averages(np.diag(matrix)[None], called[None], support, support + called > 0)
    from sklearn.metrics import cohen_kappa_score, matthews_corrcoef

    agreements = {
        "mcc": matthews_corrcoef(gold, answers),
        "kappa": cohen_kappa_score(gold, answers),
    }
    for name, value in points.items():
        assert value[0] == pytest.approx((found.metrics | agreements)[name])


def test_that_every_metric_but_the_loss_gets_an_interval_around_it():
    found = judged(160, 200)
    intervals = intervals_for(found)
    assert set(intervals) == set(found.metrics) | {"mcc", "kappa"}
    assert intervals["kappa"].low < 0.6 < intervals["kappa"].high  # 80 right, 50 by chance
    for name, interval in intervals.items():
        if name in found.metrics:
            assert interval.low < found.metrics[name] < interval.high
    assert all(intervals[name] == wilson(160, 200) for name in SAME_AS_ACCURACY)


def test_that_drawing_within_the_confusion_is_drawing_rows_within_classes():
    found = judged(150, 200)
    from sklearn.metrics import f1_score

    matrix = found.confusion["matrix"]
    gold = np.repeat([0, 1], [100, 100])
    answers = np.concatenate([np.repeat([0, 1], line) for line in matrix])
    random = np.random.default_rng(7)
    drawn = []
    for _ in range(400):
        rows = np.concatenate([random.integers(0, 100, 100), random.integers(100, 200, 100)])
        drawn.append(f1_score(gold[rows], answers[rows], average="macro"))
    low, high = np.percentile(drawn, [2.5, 97.5])
    interval = intervals_for(found)["macro_f1"]
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=0.015)


def test_that_the_seed_decides_and_more_rows_are_surer():
    assert intervals_for(judged(80, 100)) == intervals_for(judged(80, 100))
    few, many = (
        intervals_for(judged(80, 100))["macro_f1"],
        intervals_for(judged(800, 1000))["macro_f1"],
    )
    assert many.high - many.low < (few.high - few.low) / 2


def test_that_a_higher_level_is_wider():
    narrow, wide = (intervals_for(judged(80, 100), level=x)["macro_f1"] for x in (0.8, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high and wide.level == 0.99


def test_that_nothing_is_claimed_where_there_is_no_spread():
    intervals = intervals_for(judged(100, 100))
    assert set(intervals) == set(SAME_AS_ACCURACY)
    assert intervals["accuracy"].low < 0.97


def test_that_the_headline_reads_as_designed():
    said = sentence_for(judged(1566, 1822), 0.5)
    assert str(said) == (
        "Right in 86 of 100, between 84 and 88; the majority would be right in 50."
    )
    assert said.values == {"right": "86", "low": "84", "high": "88", "majority": "50"}
    assert str(sentence_for(judged(8, 10))) == "Right in 80 of 100, between 49 and 95."


def test_that_only_a_model_without_a_mistake_is_right_in_100():
    assert sentence_for(judged(1999, 2000)).values["right"] == "99.9"
    assert sentence_for(judged(2000, 2000)).values["right"] == "100"
    assert sentence_for(judged(1, 2000)).values["right"] == "0.1"
    assert sentence_for(judged(0, 2000)).values["right"] == "0"
