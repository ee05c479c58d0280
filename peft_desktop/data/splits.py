"""Which rows teach, which choose, which judge: by class, by seed, frozen by row id.

Every row has a place in an order that only the seed and its id decide. So the same rows give the
same split in whatever order they come. Rows that are added later go through `extended`, which
keeps every assignment there is and deals out the new ids alone: no old row ever moves.
Rows without a label (blank) are in no split.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

Splits = dict[str, list[int]]
NAMES = ("train", "valid", "test")


def stratified(
    labels: Sequence[str], ids: Sequence[int], seed: int, valid: float = 0.15, test: float = 0.15
) -> Splits:
    """Row ids by split, each class dealt out in the same shares.

    `labels[i]` belongs to row `ids[i]`; `valid` and `test` are shares of 0 to 1. A class of one
    row goes to train, of two to train and test; from three rows on a class is in every split
    whose share is above zero.
    """
    return extended({}, labels, ids, seed, valid, test)


def extended(
    existing: Mapping[str, Sequence[int]],
    labels: Sequence[str],
    ids: Sequence[int],
    seed: int,
    valid: float = 0.15,
    test: float = 0.15,
) -> Splits:
    """`existing` with the ids that it does not hold yet; `labels` and `ids` cover all rows."""
    _check_shares(valid, test)
    result: Splits = {name: list(existing.get(name, ())) for name in NAMES}
    home = {row: name for name, rows in result.items() for row in rows}
    carried = {"valid": 0.0, "test": 0.0}  # what rounding owes, passed on to the next class
    for members in _by_class(labels, ids, seed).values():
        new = [row for row in members if row not in home]
        there = {name: sum(1 for row in members if home.get(row) == name) for name in NAMES}
        want = _counts(len(members), {"valid": valid, "test": test}, carried)
        at = 0
        for name in ("test", "valid"):
            # a class may not lose its last training row to the other splits
            free = len(new) - at - (0 if there["train"] else 1)
            take = max(0, min(want[name] - there[name], free))
            result[name] += new[at : at + take]
            at += take
        result["train"] += new[at:]
    return {name: sorted(rows) for name, rows in result.items()}


def per_class(labels: Sequence[str], ids: Sequence[int], k: int, seed: int) -> list[int]:
    """`k` row ids of each class; a class with fewer gives all it has (see `short_classes`)."""
    return sorted(row for members in _by_class(labels, ids, seed).values() for row in members[:k])


def split_for_few_shot(labels: Sequence[str], ids: Sequence[int], k: int, seed: int) -> Splits:
    """`k` rows of each class to train, `k` to validate, the rest to test.

    A class with too few rows for that (at least one for the test, too) gives half to train and
    the rest in equal parts to the other two.
    """
    result: Splits = {name: [] for name in NAMES}
    for members in _by_class(labels, ids, seed).values():
        count = len(members)
        if count > 2 * k:
            train = valid = k
        else:
            train = min(k, max(1, count // 2))
            valid = max(1, (count - train) // 2) if count > 2 else 0
        result["train"] += members[:train]
        result["valid"] += members[train : train + valid]
        result["test"] += members[train + valid :]
    return {name: sorted(rows) for name, rows in result.items()}


def short_classes(labels: Sequence[str], k: int, per_row: int = 1) -> list[Warned]:
    """What to tell about classes with fewer than `k * per_row` rows (`per_row=2`: few-shot)."""
    counts: dict[str, int] = {}
    for label in labels:
        if label.strip():
            counts[label] = counts.get(label, 0) + 1
    return [
        Warned(
            QT_TRANSLATE_NOOP(
                "engine", 'The class "{label}" has {count} rows, fewer than the {wanted} asked for.'
            ),
            {"label": label, "count": count, "wanted": k * per_row},
        )
        for label, count in sorted(counts.items())
        if count < k * per_row
    ]


def _check_shares(valid: float, test: float) -> None:
    from peft_desktop.core.errors import UserError

    if valid < 0 or test < 0 or valid + test >= 1:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "Shares of {valid} for validation and {test} for the test do not work."
            ),
            QT_TRANSLATE_NOOP("engine", "Both must be 0 or more, and below 1 together."),
            valid=valid,
            test=test,
        )


def _by_class(labels: Sequence[str], ids: Sequence[int], seed: int) -> dict[str, list[int]]:
    """The ids of each class in the seed's order; classes by name, unlabelled rows left out."""
    groups: dict[str, list[int]] = {}
    for label, row in zip(labels, ids, strict=True):
        if label.strip():
            groups.setdefault(label, []).append(int(row))
    return {label: sorted(groups[label], key=_place(seed)) for label in sorted(groups)}


def _place(seed: int) -> Callable[[int], tuple[bytes, int]]:
    key = str(seed).encode()

    def place(row: int) -> tuple[bytes, int]:
        return hashlib.blake2b(str(row).encode(), digest_size=8, key=key).digest(), row

    return place


def _counts(rows: int, shares: Mapping[str, float], carried: dict[str, float]) -> dict[str, int]:
    """How many of a class's rows each held-out split gets."""
    wanted = {name for name, share in shares.items() if share > 0}
    if rows < 3:
        last = "test" if "test" in wanted else "valid"
        return {name: int(rows == 2 and name == last and name in wanted) for name in shares}
    counts = {}
    for name, share in shares.items():
        exact = rows * share + carried[name]
        counts[name] = max(1 if name in wanted else 0, round(exact))
        carried[name] = exact - counts[name]
    while sum(counts.values()) > rows - 1:
        counts[max(counts, key=lambda n: counts[n])] -= 1
    return counts
