"""Cross-validation: each row is in the test of one fold; the next fold's rows choose the step."""

from __future__ import annotations

from collections.abc import Sequence

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .splits import Splits, _by_class, _place


def folds(
    labels: Sequence[str], ids: Sequence[int], groups: Sequence[str], count: int, seed: int
) -> list[list[int]]:
    """`count` parts of the rows with like shares of each label; a group is in one part alone.

    Rows without a group stand alone. A row's part hangs on seed and id, not on the order of rows.
    Raises UserError for fewer than two folds and more folds than rows.
    """
    if not 2 <= count <= max(2, len(ids)):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "{count} folds of {rows} rows do not work."),
            QT_TRANSLATE_NOOP("engine", "Use from 2 up to as many folds as there are rows."),
            field="folds",
            count=count,
            rows=len(ids),
        )
    parts: list[list[int]] = [[] for _ in range(count)]
    if not any(group.strip() for group in groups):
        at = 0
        for of_class in _by_class(labels, ids, seed).values():
            for row in of_class:
                parts[at % count].append(row)
                at += 1
        return [sorted(part) for part in parts]
    members_of: dict[str, list[tuple[int, str]]] = {}
    for row, label, group in zip(ids, labels, groups, strict=True):
        members_of.setdefault(group.strip() or f"\0{row}", []).append((row, label))
    place = _place(seed)
    held: list[dict[str, int]] = [{} for _ in range(count)]
    # the large groups first; each goes where its labels are rarest, then where fewest rows are
    order = sorted(members_of.values(), key=lambda m: (-len(m), place(min(row for row, _ in m))))
    for members in order:
        names = [label for _, label in members]

        def burden(at: int, names: list[str] = names) -> tuple[int, int, int]:
            return sum(held[at].get(name, 0) for name in names), len(parts[at]), at

        best = min(range(count), key=burden)
        parts[best] += [row for row, _ in members]
        for name in names:
            held[best][name] = held[best].get(name, 0) + 1
    return [sorted(part) for part in parts]


def fold_split(parts: Sequence[Sequence[int]], number: int) -> Splits:
    """The splits in which fold `number` (from 1) is the test and the one after it validates."""
    if not 1 <= number <= len(parts):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no fold {number}."),
            QT_TRANSLATE_NOOP("engine", "Use 1 to {count}."),
            field="fold",
            number=number,
            count=len(parts),
        )
    test = number - 1
    valid = number % len(parts) if len(parts) > 2 else -1
    train = [row for at, part in enumerate(parts) if at not in (test, valid) for row in part]
    return {
        "train": sorted(train),
        "valid": sorted(parts[valid]) if valid >= 0 else [],
        "test": sorted(parts[test]),
    }
