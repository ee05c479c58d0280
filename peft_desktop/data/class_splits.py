"""Splits of rows that hold several classes each: entity types, labels of a list, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .splits import NAMES, Splits, _place

NO_CLASS = "-"  # the stratum of rows without any class

Classes = Sequence[Sequence[str]]  # of each row, each class once


def strata(classes: Classes) -> list[str]:
    """One class for each row to be shared out by: the rarest of its own, so that rare classes are
    in every split (the idea of iterative stratification, Sechidis et al. 2011)."""
    counts = Counter(name for names in classes for name in names)
    return [
        min(names, key=lambda name: (counts[name], name)) if names else NO_CLASS
        for names in classes
    ]


def few_by_classes(classes: Classes, ids: Sequence[int], k: int, seed: int) -> list[int]:
    """Row ids in which each class occurs in `k` rows at least, where there are as many.

    Rows without any class count as a class too. Rows are taken in the seed's order for the class
    that is rarest, then for the next; a row that is not needed in the end is left out again
    (minimum-including sampling, Hou et al. 2020, arXiv:2006.05702).
    """
    found = {int(row): tuple(names) or (NO_CLASS,) for row, names in zip(ids, classes, strict=True)}
    order = sorted(found, key=_place(seed))
    counts = Counter(name for names in found.values() for name in names)
    have: Counter[str] = Counter()
    chosen: dict[int, None] = {}
    for name in sorted(counts, key=lambda name: (counts[name], name)):
        for row in order:
            if have[name] >= k:
                break
            if row not in chosen and name in found[row]:
                chosen[row] = None
                have.update(found[row])
    for row in list(chosen):
        if all(have[name] > k for name in found[row]):
            del chosen[row]
            have.subtract(found[row])
    return sorted(chosen)


def split_for_few(classes: Classes, ids: Sequence[int], k: int, seed: int) -> Splits:
    """`k` rows of each class to train, as many to validate, the rest to test.

    With too few rows for that (at least a third for the test), `k` is halved until it fits.
    """
    by_id = dict(zip(map(int, ids), classes, strict=True))
    while True:
        train = few_by_classes(classes, ids, k, seed)
        left = [row for row in by_id if row not in set(train)]
        valid = few_by_classes([by_id[row] for row in left], left, k, seed)
        rest = sorted(set(left) - set(valid))
        if k == 1 or 3 * len(rest) >= len(by_id):
            return dict(zip(NAMES, (train, valid, rest), strict=True))
        k = max(1, k // 2)
