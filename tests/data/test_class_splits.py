"""Rows with several classes are shared out by their rarest; K rows a class are counted by all."""

from __future__ import annotations

import random
from collections import Counter

from peft_desktop.data.class_splits import NO_CLASS, few_by_classes, split_for_few, strata


def rows(count: int = 200) -> list[list[str]]:
    chance = random.Random(1)
    return [
        [
            name
            for name, share in (("often", 0.6), ("some", 0.3), ("rare", 0.05))
            if chance.random() < share
        ]
        for _ in range(count)
    ]


def test_that_a_row_is_shared_out_by_its_rarest_class() -> None:
    assert strata([["a", "b"], ["a"], ["a"], []]) == ["b", "a", "a", NO_CLASS]


def test_that_every_class_has_k_rows_and_hardly_more_rows_than_that_are_taken() -> None:
    classes = rows()
    chosen = few_by_classes(classes, range(200), 5, 7)
    counts = Counter(name for row in chosen for name in classes[row])
    assert all(counts[name] >= 5 for name in ("often", "some", "rare"))
    assert sum(not classes[row] for row in chosen) >= 5
    assert len(chosen) <= 20


def test_that_the_choice_depends_on_the_seed_and_not_on_the_order_of_the_rows() -> None:
    classes = rows()
    there = few_by_classes(classes, range(200), 5, 7)
    back = few_by_classes(classes[::-1], range(199, -1, -1), 5, 7)
    assert there == back
    assert there != few_by_classes(classes, range(200), 5, 8)


def test_that_few_rows_leave_some_for_the_test() -> None:
    classes = [["a"], ["b"], ["a", "b"], ["a"], ["b"], ["a"], ["b"], ["a"], ["b"]]
    splits = split_for_few(classes, range(9), 16, 1)
    assert len(splits["test"]) >= 3
    assert splits["train"] and splits["valid"]
    assert sorted(row for ids in splits.values() for row in ids) == list(range(9))
