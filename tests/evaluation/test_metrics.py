"""The numbers are scikit-learn's, and those that come out by hand."""

import json
import math

import numpy as np
import pytest
import sklearn.metrics as reference

from peft_desktop.core.errors import UserError
from peft_desktop.evaluation.metrics import METRIC_TITLES, Judgement, gold_indexes, judge

LABELS = ["bad", "fair", "good"]

# gold \ predicted   bad fair good
# bad                  3    1    0
# fair                 1    2    1
# good                 0    0    2
GOLD = ["bad"] * 4 + ["fair"] * 4 + ["good"] * 2
ANSWERS = ["bad", "bad", "bad", "fair", "bad", "fair", "fair", "good", "good", "good"]


def noisy(rows=400, classes=5, seed=3):
    random = np.random.default_rng(seed)
    gold = random.integers(0, classes, rows)
    probabilities = random.dirichlet(np.full(classes, 0.4), rows) + 0.4 * np.eye(classes)[gold]
    return gold, probabilities / probabilities.sum(axis=1, keepdims=True)


def test_that_a_confusion_worked_out_by_hand_gives_these_numbers():
    judged = judge(LABELS, GOLD, predicted=ANSWERS)
    assert judged.confusion == {
        "labels": LABELS,
        "matrix": [[3, 1, 0], [1, 2, 1], [0, 0, 2]],
    }
    by_hand = {
        "accuracy": 7 / 10,
        "balanced_accuracy": (3 / 4 + 2 / 4 + 2 / 2) / 3,
        "macro_precision": (3 / 4 + 2 / 3 + 2 / 3) / 3,
        "macro_recall": (3 / 4 + 2 / 4 + 2 / 2) / 3,
        "macro_f1": (3 / 4 + 4 / 7 + 4 / 5) / 3,
        "micro_precision": 7 / 10,
        "micro_recall": 7 / 10,
        "micro_f1": 7 / 10,
        "weighted_precision": (4 * 3 / 4 + 4 * 2 / 3 + 2 * 2 / 3) / 10,
        "weighted_recall": 7 / 10,
        "weighted_f1": (4 * 3 / 4 + 4 * 4 / 7 + 2 * 4 / 5) / 10,
    }
    assert judged.metrics == pytest.approx(by_hand)
    fair = judged.per_class[1]
    assert (fair["label"], fair["support"], fair["predicted"]) == ("fair", 4, 3)
    assert (fair["precision"], fair["recall"]) == pytest.approx((2 / 3, 1 / 2))
    assert fair["f1"] == pytest.approx(4 / 7)
    assert (judged.rows, judged.right, judged.notes) == (10, 7, ())


def test_that_every_metric_is_the_one_scikit_learn_gives():
    gold, probabilities = noisy()
    answers = probabilities.argmax(axis=1)
    expected = {
        "accuracy": reference.accuracy_score(gold, answers),
        "balanced_accuracy": reference.balanced_accuracy_score(gold, answers),
        "log_loss": reference.log_loss(gold, probabilities),
    }
    for average in ("macro", "micro", "weighted"):
        for name in ("precision", "recall", "f1"):
            score = getattr(reference, f"{name}_score")
            expected[f"{average}_{name}"] = score(gold, answers, average=average)
    judged = judge([f"c{i}" for i in range(5)], gold, probabilities)
    assert judged.metrics == pytest.approx(expected)
    assert set(judged.metrics) <= set(METRIC_TITLES)
    assert judged.confusion["matrix"] == reference.confusion_matrix(gold, answers).tolist()


def test_that_averages_leave_out_classes_that_occur_nowhere_as_scikit_learn_does():
    gold, answers = [0, 0, 1, 1, 1, 3], [0, 1, 1, 1, 2, 0]
    metrics = judge(list("abcde"), gold, predicted=answers).metrics
    for average in ("macro", "weighted"):
        expected = reference.f1_score(gold, answers, average=average, zero_division=0)
        assert metrics[f"{average}_f1"] == pytest.approx(expected)
    # recall of a, b, d, which have rows: 1/2, 2/3, 0; c was only ever an answer
    assert metrics["balanced_accuracy"] == pytest.approx((1 / 2 + 2 / 3 + 0) / 3)


def test_that_a_class_never_predicted_counts_as_zero_and_is_named():
    judged = judge(LABELS, ["bad", "fair", "good"], predicted=["bad", "bad", "good"])
    fair = judged.per_class[1]
    assert (fair["precision"], fair["recall"], fair["f1"], fair["predicted"]) == (0, 0, 0, 0)
    assert judged.metrics["macro_f1"] == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert [str(n) for n in judged.notes] == [
        'Never predicted: "fair". Their precision, recall and F1 count as 0.'
    ]


def test_that_a_class_without_rows_is_named_and_kept_in_the_table():
    judged = judge(LABELS, ["bad", "good"], predicted=["bad", "good"])
    assert [c["support"] for c in judged.per_class] == [1, 0, 1]
    assert judged.metrics["macro_f1"] == 1.0
    (warned,) = judged.warnings()
    assert warned.template.startswith("No rows here") and warned.values == {"labels": '"fair"'}


def test_that_a_class_of_one_row_is_judged():
    right = judge(LABELS, ["bad", "bad", "good"], predicted=["bad", "bad", "good"])
    wrong = judge(LABELS, ["bad", "bad", "good"], predicted=["bad", "bad", "bad"])
    assert (right.per_class[2]["recall"], wrong.per_class[2]["recall"]) == (1.0, 0.0)


def test_that_one_row_is_enough():
    judged = judge(LABELS, ["fair"], [[0.2, 0.5, 0.3]])
    assert judged.metrics["accuracy"] == 1.0
    assert judged.metrics["log_loss"] == pytest.approx(-math.log(0.5))


def test_that_unknown_labels_are_an_error_that_counts_the_rows():
    gold = ["bad", "BAD", "mixed", "mixed", None, "good"]
    with pytest.raises(UserError) as caught:
        judge(LABELS, gold, predicted=["bad"] * 6)
    said = str(caught.value)
    assert "does not know: 4" in said and '"mixed": 2' in said and '"BAD": 1' in said
    assert '"bad", "fair", "good"' in said


@pytest.mark.parametrize("place", [-1, 3, True])
def test_that_a_place_outside_the_label_list_is_unknown(place):
    with pytest.raises(UserError):
        gold_indexes(LABELS, [0, place])


def test_that_names_and_places_mean_the_same_and_digits_stay_names():
    assert gold_indexes(["1", "0"], ["0", "1", 0, np.int64(1)]).tolist() == [1, 0, 0, 1]


def test_that_no_rows_are_an_error_for_the_user():
    with pytest.raises(UserError, match="no rows to evaluate"):
        judge(LABELS, [], np.zeros((0, 3)))


@pytest.mark.parametrize(
    "row", [[0.5, 0.2, 0.2], [0.6, 0.6, -0.2], [2.0, 1.0, 0.0], [-1.0, -2.0, -0.5]]
)
def test_that_what_does_not_sum_to_one_is_refused(row):
    with pytest.raises(ValueError, match="no probabilities"):
        judge(LABELS, ["bad", "bad"], [[0.2, 0.3, 0.5], row])


def test_that_probabilities_that_are_no_numbers_are_an_error_for_the_user():
    probabilities = [[0.2, 0.3, 0.5], [math.nan, 0.5, 0.5]]
    with pytest.raises(UserError, match="not a number: 1 of 2"):
        judge(LABELS, ["bad", "bad"], probabilities)


@pytest.mark.parametrize("shape", [(2, 3), (3, 2), (9,)])
def test_that_probabilities_of_another_shape_are_refused(shape):
    with pytest.raises(ValueError, match="shape"):
        judge(LABELS, ["bad", "fair", "good"], np.full(shape, 1 / 3))


def test_that_predicted_labels_must_fit_the_rows_and_the_labels():
    for predicted in (["bad"], ["bad", "mixed"]):
        with pytest.raises(ValueError, match="predictions"):
            judge(LABELS, ["bad", "fair"], predicted=predicted)
    with pytest.raises(ValueError, match="neither"):
        judge(LABELS, ["bad"])


@pytest.mark.parametrize("labels", [["bad"], ["bad", "bad"]])
def test_that_a_label_list_needs_two_different_names(labels):
    with pytest.raises(ValueError, match="label list"):
        judge(labels, ["bad"], predicted=["bad"])


def test_that_rounded_float32_probabilities_pass_and_zero_keeps_the_loss_finite():
    probabilities = np.asarray([[1.0, 0.0, 0.0], [0.33333, 0.33333, 0.33334]], dtype=np.float32)
    judged = judge(LABELS, ["good", "bad"], probabilities * np.float32(1.0001))
    assert 5 < judged.metrics["log_loss"] < 40


def test_that_given_answers_win_over_the_most_probable_class():
    judged = judge(["no", "yes"], ["yes"], [[0.6, 0.4]], predicted=["yes"])
    assert judged.metrics["accuracy"] == 1.0
    assert judged.metrics["log_loss"] == pytest.approx(-math.log(0.4))


def test_that_a_judgement_goes_through_json_and_back():
    gold, probabilities = noisy(40, 3)
    judged = judge(["消极", "中性", "积极"], gold, probabilities)
    record = json.loads(json.dumps(judged.to_dict(), allow_nan=False))
    assert Judgement.from_dict(record | {"baselines": {}}) == judged
    assert all(type(value) is float for value in judged.metrics.values())
    absent = judge(LABELS, ["bad"], predicted=["good"])
    assert Judgement.from_dict(json.loads(json.dumps(absent.to_dict()))) == absent
