"""Entities judged: golden counts, types, words, the dictionary, intervals."""

from __future__ import annotations

import numpy as np
import pytest

from peft_desktop.evaluation.entities import entity_intervals, judge_entities, known_entities
from peft_desktop.evaluation.word_units import units_of

TEXT = "Ada Lovelace met Alan Turing in New York ."
ADA, ALAN, NEW_YORK = (0, 12, "PER"), (17, 28, "PER"), (32, 40, "LOC")


def judged(gold, predicted):
    return judge_entities([TEXT] * len(gold), gold, predicted, ["LOC", "PER"])


def test_that_golden_counts_are_those_of_the_definition():
    # right, wrong type, half of it, missed, and one that is none
    gold = [[ADA], [ALAN], [NEW_YORK], [ADA], []]
    said = [[ADA], [(17, 28, "LOC")], [(36, 40, "LOC")], [], [(13, 16, "LOC")]]
    found = judged(gold, said).metrics
    assert found["entity_precision"] == pytest.approx(1 / 4)
    assert found["entity_recall"] == pytest.approx(1 / 4)
    assert found["entity_f1"] == pytest.approx(1 / 4)
    assert found["boundary_f1"] == pytest.approx(2 / 4)  # ADA and ALAN
    assert found["type_f1"] == pytest.approx(2 / 4)  # ADA and the half of New York
    assert found["partial_f1"] == pytest.approx(2.5 / 4)
    assert found["row_accuracy"] == pytest.approx(1 / 5)


def test_that_it_counts_as_the_library_s_own_evaluator():
    from nervaluate import Evaluator

    gold = [[ADA, ALAN, NEW_YORK], [NEW_YORK], [], [ADA]]
    said = [[ADA, (17, 21, "PER"), (32, 40, "PER")], [], [ALAN], [(0, 12, "LOC")]]

    def told(rows):
        return [[{"label": t, "start": s, "end": e - 1} for s, e, t in row] for row in rows]

    whole = Evaluator(told(gold), told(said), tags=["PER", "LOC"], loader="dict").evaluate()
    ours = judged(gold, said)
    for name, theirs in (
        ("entity_f1", "strict"),
        ("boundary_f1", "exact"),
        ("type_f1", "ent_type"),
        ("partial_f1", "partial"),
    ):
        assert ours.metrics[name] == pytest.approx(whole["overall"][theirs].f1)
    for one in ours.per_class:
        theirs = whole["entities"][one["label"]]["strict"]
        assert (one["f1"], one["support"]) == (pytest.approx(theirs.f1), theirs.possible)


def test_that_words_are_counted_by_their_types():
    found = judged([[ADA, NEW_YORK]], [[(0, 3, "PER"), (32, 40, "PER")]])
    assert found.confusion["labels"] == ["LOC", "PER", "O"]
    assert found.confusion["matrix"] == [[0, 2, 0], [0, 1, 1], [0, 0, 5]]
    assert found.to_dict()["entities"] == {"right": 0, "predicted": 2, "gold": 2}


def test_that_rows_without_entities_are_right_when_none_is_found():
    found = judged([[], []], [[], []])
    assert found.metrics["entity_f1"] == 0.0 and found.metrics["row_accuracy"] == 1.0


def test_that_the_dictionary_finds_the_longest_words_that_are_mostly_entities():
    texts = ["New York is big", "York is old", "a may be", "may I", "May came"]
    gold = [[(0, 8, "LOC")], [(0, 4, "LOC")], [], [], [(0, 3, "PER")]]
    found = known_entities(texts, gold, ["in New York or York", "May may", "nothing"])
    assert [[tuple(span) for span in row] for row in found] == [
        [(3, 11, "LOC"), (15, 19, "LOC")],
        [(0, 3, "PER")],
        [],
    ]


def test_that_intervals_hold_the_score_and_narrow_with_rows():
    few = np.array([[1, 1, 1], [0, 1, 1], [1, 2, 1], [1, 1, 2]] * 5)
    wide, narrow = entity_intervals(few)["entity_f1"], entity_intervals(np.tile(few, (20, 1)))
    score = 2 * few[:, 0].sum() / (few[:, 1].sum() + few[:, 2].sum())
    assert wide.low < score < wide.high
    assert narrow["entity_f1"].high - narrow["entity_f1"].low < (wide.high - wide.low) / 2
    assert entity_intervals(np.array([[1, 1, 1]])) == {}


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Don't stop!", ["Don", "'", "t", "stop", "!"]),
        ("我在iPhone店", ["我", "在", "iPhone", "店"]),
        ("cafe\u0301 \U0001f44d\U0001f3fd", ["cafe\u0301", "\U0001f44d\U0001f3fd"]),
        ("a\U0001f469\u200d\U0001f680b", ["a", "\U0001f469\u200d\U0001f680", "b"]),
        ("القاهرة ١٢", ["القاهرة", "١٢"]),
        ("  ", []),
    ],
)
def test_that_units_are_words_marks_and_characters(text, units):
    assert [text[start:end] for start, end in units_of(text)] == units
