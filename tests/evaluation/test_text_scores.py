"""BLEU, chrF, ROUGE-L and exact match: figures that the libraries' own papers show, offline."""

from __future__ import annotations

import pytest

from peft_desktop.evaluation.record_report import record_report
from peft_desktop.evaluation.text_scores import rouge_l, row_scores, text_intervals, text_scores

SAID = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."]
WANTED = ["The dog bit the man.", "It was not unexpected.", "The man bit him first."]


def test_that_rouge_l_is_what_google_s_package_shows() -> None:
    # the example of rouge-score's own page: precision 5/8, recall 5/9
    target = "The quick brown fox jumps over the lazy dog"
    assert rouge_l("The quick brown dog jumps on the log.", target) == pytest.approx(10 / 17)
    assert rouge_l("A, b!", "a b") == 1.0
    assert rouge_l("", "a") == rouge_l("...", "a") == 0.0


def test_that_chinese_is_compared_by_characters() -> None:
    assert rouge_l("今天天气很好", "今天天气不好") == pytest.approx(5 / 6)
    found = text_scores(["今天天气很好"] * 3, ["今天天气很好"] * 3)
    assert found["bleu"] == pytest.approx(1.0) and found["length_ratio"] == 1.0


def test_that_bleu_and_chrf_are_sacrebleu_s() -> None:
    found = text_scores(SAID, WANTED)
    from sacrebleu.metrics.chrf import CHRF

    assert found["chrf"] == pytest.approx(CHRF().corpus_score(SAID, [WANTED]).score / 100)
    assert found["exact_match"] == pytest.approx(1 / 3)
    # by hand: 6/7, 5/6, 4/5, 3/4 of the one to four words in a row, and no word too few
    longer = text_scores(["the cat sat on the mat today"], ["the cat sat on the mat"])
    assert longer["bleu"] == pytest.approx((3 / 7) ** 0.25)
    assert longer["length_ratio"] == pytest.approx(7 / 6)
    same = text_scores(WANTED, WANTED)
    assert same["bleu"] == pytest.approx(1.0) and same["chrf"] == pytest.approx(1.0)
    empty = text_scores(["", "", ""], WANTED)
    assert empty["bleu"] == empty["rouge_l"] == empty["exact_match"] == 0.0


def test_that_blanks_alone_make_no_difference_to_an_exact_match() -> None:
    exact, _ = row_scores([" a  b\n", "a b."], ["a b", "a b"])
    assert exact == [1.0, 0.0]
    with pytest.raises(ValueError, match="as many"):
        text_scores([], [])


def test_that_intervals_hold_the_figure_and_are_the_same_each_time() -> None:
    spread = text_intervals(SAID * 10, WANTED * 10)
    value = text_scores(SAID * 10, WANTED * 10)["rouge_l"]
    assert spread["rouge_l"].low < value < spread["rouge_l"].high
    assert spread == text_intervals(SAID * 10, WANTED * 10)


def test_that_a_record_of_any_task_is_told_in_words() -> None:
    record = {
        "metrics": {"bleu": 0.314, "own_metric": 2},
        "baselines": {"copy_input": {"bleu": 0.1}},
        "intervals": {"bleu": {"low": 0.2, "high": 0.4, "level": 0.95}},
        "per_class": [{"label": "x", "f1": 0.5}],
    }
    said = record_report(record)
    assert "BLEU" in said and "0.314  0.200 - 0.400              0.100" in said
    assert "Own metric" in said and "Label" in said and "0.500" in said
