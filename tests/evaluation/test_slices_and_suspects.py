"""Parts of the rows, and labels that are likely wrong."""

from __future__ import annotations

import numpy as np
import pytest
from scored_rows import drawn

from peft_desktop.core.errors import UserError
from peft_desktop.evaluation.intervals import wilson
from peft_desktop.evaluation.label_errors import out_of_fold, suspects
from peft_desktop.evaluation.scored import Scored
from peft_desktop.evaluation.slices import by_length, slices

TEXTS = ("a warm and clever delight number {n}", "a dull and noisy mess number {n}")


def test_that_the_worst_part_comes_first_and_is_told_from_luck():
    rows = drawn(600)
    bad = np.arange(600) < 150
    answers = np.where(bad, (rows.gold + 1) % 3, rows.answers)
    spoilt = Scored(rows.labels, rows.gold, answers, rows.chances, rows.ids)
    found = slices(spoilt, ["forum" if each else "paper" for each in bad])
    assert [each["value"] for each in found] == ["forum", "paper"]
    assert found[0]["accuracy"] == 0.0 and found[0]["p_value"] < 1e-6
    bounds = wilson(found[1]["right"], 450)
    assert (found[1]["low"], found[1]["high"]) == (bounds.low, bounds.high)
    even = slices(rows, [("x", "y")[n % 2] for n in range(600)])
    assert all(each["p_value"] > 0.05 for each in even)


def test_that_rare_and_missing_values_are_told_together():
    rows = drawn(40)
    values = [None] * 10 + ["many"] * 20 + [f"once {n}" for n in range(10)]
    found = {each["value"]: each["rows"] for each in slices(rows, values)}
    assert found == {"": 10, "many": 20, None: 10}
    assert slices(drawn(1), ["only"])[0]["value"] is None  # fewer than five


def test_that_lengths_are_ranges_that_sort():
    found = by_length(["x" * n for n in range(1, 101)])
    assert len(set(found)) == 4 and sorted(set(found)) == list(dict.fromkeys(found))
    assert found[0].split("–")[0].strip() == "1" and found[-1].endswith("100")
    assert by_length([]) == [] and len(set(by_length(["same"] * 9))) == 1


def test_that_swapped_labels_are_found():
    gold = np.arange(200) % 2
    texts = [TEXTS[g].format(n=n) for n, g in enumerate(gold)]
    wrong = [10, 55, 90, 133]
    gold[wrong] = 1 - gold[wrong]
    chances = out_of_fold(texts, gold, 3)  # the third label has no rows
    assert chances.shape == (200, 3) and np.allclose(chances.sum(axis=1), 1)
    found = suspects(gold, chances, ["good", "bad", "none"], np.arange(200) + 1000)
    assert sorted(each["row"] for each in found) == [row + 1000 for row in wrong]
    assert all(each["suggested"] != each["label"] and each["quality"] < 0.5 for each in found)


def test_that_too_few_rows_of_a_label_are_said():
    with pytest.raises(UserError, match="5 rows each"):
        out_of_fold(["a text"] * 12, np.array([0] * 10 + [1] * 2), 2)
    with pytest.raises(UserError, match="5 rows each"):
        out_of_fold(["a text"] * 12, np.zeros(12, dtype=int), 2)
    with pytest.raises(UserError, match="empty"):
        out_of_fold([" "] * 20, np.arange(20) % 2, 2)
