"""What a model has to beat."""

import math

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.evaluation.baselines import BASELINE_TITLES, baselines, majority, substring_rule

LABELS = ["no", "yes"]
KEYWORD = "计算机编程"


def test_that_the_majority_is_that_of_the_training_rows_not_of_the_judged_ones():
    metrics = majority(LABELS, ["no", "yes", "yes"], ["no", "no", "no", "yes"])
    assert metrics["accuracy"] == 0.25
    # yes: precision 1/4, recall 1; no: never an answer
    assert metrics["macro_f1"] == pytest.approx((0 + 2 / 5) / 2)
    # shares counted once more each: no 2/5, yes 3/5
    assert metrics["log_loss"] == pytest.approx(-(3 * math.log(0.4) + math.log(0.6)) / 4)


def test_that_equal_training_shares_go_to_the_first_label():
    assert majority(LABELS, ["yes", "no"], ["no", "no", "yes"])["accuracy"] == pytest.approx(2 / 3)


def test_that_a_class_without_training_rows_keeps_the_loss_finite():
    assert majority(LABELS, ["no"] * 9, ["yes"])["log_loss"] == pytest.approx(math.log(11))


def test_that_there_is_no_majority_of_no_rows():
    with pytest.raises(ValueError, match="no training rows"):
        majority(LABELS, [], ["no"])


def test_that_the_substring_rule_reads_letters_and_nothing_else():
    texts = ["我正在学习计算机编程。", "我喜欢编程。", "计算机 编程", "电脑程序", KEYWORD]
    answers = substring_rule(texts, KEYWORD, "yes", "no")
    assert answers == ["yes", "no", "no", "no", "yes"]


@pytest.mark.parametrize("keyword", ["", " \u3000"])
def test_that_a_blank_keyword_is_an_error_for_the_user(keyword):
    with pytest.raises(UserError, match="no keyword"):
        substring_rule(["text"], keyword, "yes", "no")


def test_that_all_baselines_stand_under_their_known_names():
    found = baselines(
        LABELS,
        ["no", "yes", "yes"],
        ["yes", "no"],
        zero_shot={"accuracy": 0.5},
        zero_shot_calibrated={"accuracy": 0.6},
        substring_answers=["yes", "no"],
    )
    assert list(found) == [name for name in BASELINE_TITLES if name in found]
    assert len(found) == 4
    assert found["zero_shot"] == {"accuracy": 0.5}
    assert found["substring_rule"]["accuracy"] == 1.0
    assert "log_loss" not in found["substring_rule"]


def test_that_baselines_that_cannot_be_known_are_left_out():
    assert baselines(LABELS, [], ["yes", "no"]) == {}
