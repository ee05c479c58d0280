"""Exact match and F1 as SQuAD's script counts them; characters for Chinese; records by field."""

from __future__ import annotations

import re
import string
from collections import Counter

import numpy as np
import pytest

from peft_desktop.evaluation.answer_scores import (
    bootstrap,
    exact_match,
    judged_answers,
    likely_sentence,
    scores,
    token_f1,
    tokens_of,
)
from peft_desktop.evaluation.record_scores import field_scores, judged_records, most_frequent

PAIRS = [
    ("The Denver Broncos!", "denver broncos"),
    ("a man, a plan", "Man: plan"),
    ("24 October 1648", "October 1648"),
    ("", "something"),
    ("in the U.S.", "US"),
    ("co-operate", "co operate"),
    ("the", "a"),
    ("yes yes no", "yes no no"),
]


def golden_words(text: str) -> list[str]:
    """The official script's normalize_answer, line by line, then split."""
    text = text.lower()
    text = "".join(ch for ch in text if ch not in set(string.punctuation))
    text = re.compile(r"\b(a|an|the)\b", re.UNICODE).sub(" ", text)
    return " ".join(text.split()).split()


def golden_f1(answer: str, gold: str) -> float:
    gold_tokens, tokens = golden_words(gold), golden_words(answer)
    same = sum((Counter(gold_tokens) & Counter(tokens)).values())
    if not gold_tokens or not tokens:
        return float(int(gold_tokens == tokens))
    if not same:
        return 0.0
    precision, recall = same / len(tokens), same / len(gold_tokens)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(("answer", "gold"), PAIRS)
def test_that_scores_are_those_of_the_official_rules(answer: str, gold: str) -> None:
    assert tokens_of(answer) == golden_words(answer)
    assert exact_match(answer, gold) == float(golden_words(answer) == golden_words(gold))
    assert token_f1(answer, gold) == pytest.approx(golden_f1(answer, gold))


def test_that_the_best_of_several_gold_answers_counts() -> None:
    assert scores("Denver", ["Broncos", "the Denver"]) == (1.0, 1.0)


def test_that_no_answer_is_right_only_where_nothing_is_answered() -> None:
    assert scores("", []) == (1.0, 1.0)
    assert scores("Denver", []) == (0.0, 0.0)
    assert scores("", ["Denver"]) == (0.0, 0.0)


def test_that_chinese_is_compared_by_characters() -> None:
    assert tokens_of("北京，2008年") == ["北", "京", "2008", "年"]
    assert exact_match("《北京》。", "北京") == 1.0
    assert token_f1("北京市", "北京") == pytest.approx(0.8)


def test_that_questions_with_and_without_answer_are_also_counted_apart() -> None:
    metrics, each = judged_answers(["x", "", "y"], [["x"], [], ["z"]])
    assert metrics["exact_match"] == pytest.approx(2 / 3)
    assert metrics["answerable_exact_match"] == 0.5 and metrics["no_answer_accuracy"] == 1.0
    assert each.shape == (3, 2)


def test_that_intervals_draw_the_questions_of_a_text_together() -> None:
    values = np.array([1.0] * 20 + [0.0] * 20)
    alone = bootstrap({"em": values})["em"]
    together = bootstrap({"em": values}, ["a"] * 10 + ["b"] * 10 + ["c"] * 10 + ["d"] * 10)["em"]
    assert together["high"] - together["low"] > alone["high"] - alone["low"]
    assert alone["low"] < 0.5 < alone["high"]


def test_that_the_likely_sentence_shares_the_question_s_words() -> None:
    assert likely_sentence("Who left Ulm?", "Ann came. Ben left Ulm. It rained.") == "Ben left Ulm."


def test_that_a_field_is_right_missing_or_spurious() -> None:
    assert field_scores(["Blue spice"], ["The Blue Spice"])["exact"] == 1.0
    assert field_scores([], ["x"])["missing"] == 1.0
    assert field_scores(["x"], [])["spurious"] == 1.0
    assert field_scores([], [])["token_f1"] == 1.0


def test_that_micro_f1_counts_values_over_all_fields() -> None:
    said = [{"a": ["x"], "b": ["y"]}, {"a": ["z"]}]
    gold = [{"a": ["x"]}, {"a": ["w"], "b": ["y"]}]
    metrics, fields, _ = judged_records(said, gold, ["a", "b"])
    assert metrics["micro_precision"] == pytest.approx(1 / 3)
    assert metrics["micro_recall"] == pytest.approx(1 / 3)
    assert metrics["exact_match"] == 0.0
    assert fields[1]["missing"] == 1 and fields[1]["spurious"] == 1


def test_that_the_commonest_value_of_a_field_is_a_baseline() -> None:
    golds = [{"a": ["x"]}, {"a": ["x"], "b": ["y"]}, {"a": ["z"]}]
    assert most_frequent(golds, ["a", "b"]) == {"a": ["x"]}
