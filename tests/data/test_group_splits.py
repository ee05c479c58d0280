"""Splits that keep groups together, whatever the groups are like."""

from __future__ import annotations

import random
import time

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data.group_splits import grouped, grouped_few_shot, parted_groups
from peft_desktop.data.splits import Splits


def rows(count: int, groups: int, classes: int = 3, seed: int = 0) -> tuple[list[str], list[str]]:
    dice = random.Random(seed)
    return (
        [f"c{dice.randrange(classes)}" for _ in range(count)],
        [f"g{int(dice.random() ** 2 * groups)}" for _ in range(count)],  # some large, many small
    )


def parted(split: Splits, groups: list[str]) -> int:
    return parted_groups(dict(enumerate(groups)), split)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("count", "many"), [(2000, 300), (300, 40), (60, 8), (40, 4)])
def test_that_no_group_is_in_two_splits_and_each_split_has_rows(
    seed: int, count: int, many: int
) -> None:
    labels, groups = rows(count, many, seed=seed)
    split = grouped(labels, range(count), groups, seed)
    assert sorted(row for ids in split.values() for row in ids) == list(range(count))
    assert parted(split, groups) == 0
    assert all(split.values())
    assert {labels[row] for row in split["train"]} == set(labels)


def test_that_shares_are_met_class_by_class_where_groups_are_small() -> None:
    labels, groups = rows(3000, 500)
    split = grouped(labels, range(3000), groups, seed=1, valid=0.1, test=0.2)
    for label in set(labels):
        total = labels.count(label)
        for name, share in (("valid", 0.1), ("test", 0.2)):
            here = sum(labels[row] == label for row in split[name])
            assert abs(here / total - share) < 0.02


def test_that_the_seed_decides_and_the_order_of_rows_does_not() -> None:
    labels, groups = rows(400, 60)
    split = grouped(labels, range(400), groups, seed=5)
    order = random.Random(1).sample(range(400), 400)
    again = grouped([labels[n] for n in order], order, [groups[n] for n in order], seed=5)
    assert split == again != grouped(labels, range(400), groups, seed=6)


def test_that_rows_without_a_group_stand_alone_and_rows_without_a_label_in_no_split() -> None:
    labels = ["a", "b"] * 50 + [" "]
    split = grouped(labels, range(101), [""] * 101, seed=1)
    assert [len(split[name]) for name in ("train", "valid", "test")] == [70, 14, 16]
    assert 100 not in {row for ids in split.values() for row in ids}


def test_that_a_share_of_nothing_gets_nothing() -> None:
    labels, groups = rows(300, 50)
    split = grouped(labels, range(300), groups, seed=1, valid=0.2, test=0.0)
    assert split["test"] == [] and split["valid"]


@pytest.mark.parametrize(
    ("labels", "groups"),
    [
        (["a", "b"] * 10, ["all"] * 20),
        (["a"] * 10 + ["b"] * 10, ["one"] * 10 + ["two"] * 10),
    ],
)
def test_that_groups_that_leave_nothing_to_hold_out_are_refused(
    labels: list[str], groups: list[str]
) -> None:
    for split in (
        lambda: grouped(labels, range(20), groups, seed=1),
        lambda: grouped_few_shot(labels, range(20), groups, 2, seed=1),
    ):
        with pytest.raises(UserError, match="each group stays together"):
            split()


@pytest.mark.parametrize("seed", range(4))
def test_that_k_rows_of_each_class_come_from_groups_of_their_own(seed: int) -> None:
    labels, groups = rows(600, 120, seed=seed)
    split = grouped_few_shot(labels, range(600), groups, 4, seed)
    assert parted(split, groups) == 0
    for name in ("train", "valid"):
        assert [sum(labels[r] == c for r in split[name]) for c in ("c0", "c1", "c2")] == [4, 4, 4]
    assert len(split["test"]) > 400


def test_that_a_hundred_thousand_groups_are_dealt_out_in_seconds() -> None:
    labels = [f"c{n % 7}" for n in range(100_000)]
    since = time.perf_counter()
    split = grouped(labels, range(100_000), [str(n) for n in range(100_000)], seed=1)
    assert time.perf_counter() - since < 8
    assert abs(len(split["test"]) - 15_000) < 200
