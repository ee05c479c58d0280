"""Splits: by class, by seed, frozen by row id."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data.splits import (
    Splits,
    extended,
    per_class,
    short_classes,
    split_for_few_shot,
    stratified,
)

LABELS = ["pos"] * 60 + ["neg"] * 30 + ["rare"] * 3 + ["two"] * 2 + ["one"]
IDS = list(range(len(LABELS)))


def classes(split: Splits, labels: list[str] = LABELS) -> dict[str, Counter[str]]:
    return {name: Counter(labels[row] for row in rows) for name, rows in split.items()}


def test_that_every_row_is_in_one_split() -> None:
    split = stratified(LABELS, IDS, seed=1)
    assert list(split) == ["train", "valid", "test"]
    assert sorted(row for rows in split.values() for row in rows) == IDS


def test_that_classes_keep_their_shares() -> None:
    found = classes(stratified(LABELS, IDS, seed=1))
    assert 9 <= found["valid"]["pos"] <= 10
    assert 9 <= found["test"]["pos"] <= 10
    assert 4 <= found["valid"]["neg"] <= 5
    assert 4 <= found["test"]["neg"] <= 5


def test_that_small_classes_are_dealt_with() -> None:
    found = classes(stratified(LABELS, IDS, seed=1))
    assert [found[name]["rare"] for name in found] == [1, 1, 1]
    assert [found[name]["two"] for name in found] == [1, 0, 1]
    assert [found[name]["one"] for name in found] == [1, 0, 0]


def test_that_many_small_classes_do_not_shift_the_shares() -> None:
    labels = [f"c{n % 150}" for n in range(1500)]
    split = stratified(labels, range(1500), seed=3)
    assert abs(len(split["valid"]) - 225) <= 1
    assert abs(len(split["test"]) - 225) <= 1


def test_that_seed_and_ids_decide_and_the_order_does_not() -> None:
    shuffled = list(zip(LABELS, IDS, strict=True))
    random.Random(0).shuffle(shuffled)
    labels, ids = zip(*shuffled, strict=True)
    assert stratified(labels, ids, seed=1) == stratified(LABELS, IDS, seed=1)
    assert stratified(LABELS, IDS, seed=2) != stratified(LABELS, IDS, seed=1)


def test_that_the_split_of_a_seed_never_changes_between_versions() -> None:
    assert stratified(["a", "b"] * 5, range(10), seed=42) == {
        "train": [2, 4, 5, 7, 8, 9],
        "valid": [0, 1],
        "test": [3, 6],
    }


def test_that_new_rows_never_move_old_ones() -> None:
    old = stratified(LABELS, IDS, seed=1)
    labels = LABELS + ["pos"] * 40 + ["new"] * 10 + ["one"] * 4
    new = extended(old, labels, range(len(labels)), seed=1)
    for name, rows in old.items():
        assert set(rows) <= set(new[name])
    assert sorted(row for rows in new.values() for row in rows) == list(range(len(labels)))
    found = classes(new, labels)
    assert (found["valid"]["pos"], found["test"]["pos"]) == (15, 15)
    assert all(found[name]["new"] >= 1 and found[name]["one"] >= 1 for name in found)
    assert extended(new, labels, range(len(labels)), seed=99) == new


def test_that_rows_without_a_label_are_in_no_split() -> None:
    split = stratified(["a", "b", " ", ""] * 10, range(40), seed=1)
    assert all(row % 4 < 2 for rows in split.values() for row in rows)


def test_that_shares_of_zero_leave_a_split_empty() -> None:
    split = stratified(LABELS, IDS, seed=1, valid=0.2, test=0.0)
    assert split["test"] == []
    assert classes(split)["valid"]["two"] == 1
    assert stratified(LABELS, IDS, seed=1, valid=0, test=0)["train"] == IDS


@pytest.mark.parametrize(("valid", "test"), [(0.5, 0.5), (-0.1, 0.1), (1.0, 0.0)])
def test_that_impossible_shares_are_one_sentence(valid: float, test: float) -> None:
    with pytest.raises(UserError, match="below 1 together"):
        stratified(LABELS, IDS, seed=1, valid=valid, test=test)


def test_that_huge_shares_leave_a_row_to_learn_from() -> None:
    found = classes(stratified(LABELS, IDS, seed=1, valid=0.49, test=0.49))
    assert all(found["train"][label] >= 1 for label in set(LABELS))


def test_that_k_per_class_takes_k_or_all() -> None:
    rows = per_class(LABELS, IDS, 16, seed=1)
    assert Counter(LABELS[row] for row in rows) == {
        **{"pos": 16, "neg": 16},
        **{"rare": 3, "two": 2, "one": 1},
    }
    assert rows == per_class(LABELS, IDS, 16, seed=1) != per_class(LABELS, IDS, 16, seed=2)
    told = short_classes(LABELS, 16)
    assert [(w.values["label"], w.values["count"]) for w in told] == [
        ("one", 1),
        ("rare", 3),
        ("two", 2),
    ]


def test_that_more_shots_hold_the_fewer() -> None:
    assert set(per_class(LABELS, IDS, 4, seed=1)) < set(per_class(LABELS, IDS, 8, seed=1))


def test_that_a_few_shot_split_gives_k_and_k_and_the_rest() -> None:
    found = classes(split_for_few_shot(LABELS, IDS, 10, seed=1))
    assert [found[name]["pos"] for name in found] == [10, 10, 40]
    assert [found[name]["neg"] for name in found] == [10, 10, 10]
    assert [found[name]["rare"] for name in found] == [1, 1, 1]
    assert [found[name]["two"] for name in found] == [1, 0, 1]
    assert [found[name]["one"] for name in found] == [1, 0, 0]
    assert sum(sum(c.values()) for c in found.values()) == len(LABELS)


def test_that_a_hundred_thousand_rows_are_split_in_a_second() -> None:
    import time

    start = time.perf_counter()
    stratified([str(n % 7) for n in range(100_000)], range(100_000), seed=1)
    assert time.perf_counter() - start < 3
