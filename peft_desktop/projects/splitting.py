"""Which rows teach, which choose the best step, which judge: by file, by column, or by seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..core.errors import UserError
from ..core.events import Event, Warned
from ..core.words import QT_TRANSLATE_NOOP

Report = Callable[[Event], None]
VALID_SHARE = 0.15
TEST_SHARE = 0.15
# what a split column says, in the words that data sets use
_NAMED = {
    **dict.fromkeys(("train", "training", "训练", "训练集"), "train"),
    **dict.fromkeys(("valid", "validation", "val", "dev", "验证", "验证集"), "valid"),
    **dict.fromkeys(("test", "testing", "测试", "测试集"), "test"),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row with a text and a label. `part` is its file (data, valid or test), `named` what its
    split column says, `group` what its group column says (empty: there is none). `classes`: where
    a row may hold several or none, those that it holds; `cell`: its gold answer as written."""

    row_id: int
    label: str
    part: str
    named: str = ""
    group: str = ""
    classes: tuple[str, ...] | None = None
    cell: str = ""


def split_rows(
    rows: Sequence[Labelled],
    per_class: int | None,
    seed: int,
    report: Report,
    valid: float = VALID_SHARE,
    test: float = TEST_SHARE,
) -> dict[str, list[int]]:
    """Row ids of train, valid and test; rows of a file of their own keep to it.

    Rows of one group stay together, save where files or a split column part them: that is told.
    `valid` and `test` are shares of 0 to 1. Raises UserError when no row is left to train on.
    """
    from ..data.splits import short_classes

    rows = _by_rarest(rows)
    main = _apart([row for row in rows if row.part == "data"], rows, report)
    fixed = {name: [row.row_id for row in rows if row.part == name] for name in ("valid", "test")}
    if per_class is not None:
        needed = 1 if fixed["valid"] else 2  # to train, and as many to validate
        told = [n for row in main for n in ((row.label,) if row.classes is None else row.classes)]
        for warning in short_classes(told, per_class, needed):
            report(warning)
        splits = _few(main, per_class, seed, fixed)
    elif _is_named(main) and not any(fixed.values()):
        splits = {
            name: [row.row_id for row in main if _NAMED[row.named.strip().lower()] == name]
            for name in ("train", "valid", "test")
        }
        _warn_of_parted(main, splits, report)
    else:
        valid, test = 0.0 if fixed["valid"] else valid, 0.0 if fixed["test"] else test
        splits = _by_shares(main, seed, valid, test)
    for name, given in fixed.items():
        splits[name] = given or splits[name]
    _check(splits, report)
    return splits


def _by_rarest(rows: Sequence[Labelled]) -> Sequence[Labelled]:
    """Rows with several classes get one to be shared out by: their rarest."""
    from ..data.class_splits import strata

    if all(row.classes is None for row in rows):
        return rows
    shares = strata([row.classes or () for row in rows])
    return [replace(row, label=share) for row, share in zip(rows, shares, strict=True)]


def _by_shares(
    rows: Sequence[Labelled], seed: int, valid: float, test: float
) -> dict[str, list[int]]:
    from ..data.group_splits import grouped
    from ..data.splits import stratified

    labels, ids = [row.label for row in rows], [row.row_id for row in rows]
    groups = [row.group for row in rows]
    if any(group.strip() for group in groups):
        return grouped(labels, ids, groups, seed, valid, test)
    return stratified(labels, ids, seed, valid, test)


def _apart(main: list[Labelled], rows: Sequence[Labelled], report: Report) -> list[Labelled]:
    """The rows to deal out whose group is not in a validation or test file already."""
    taken = {row.group for row in rows if row.part != "data" and row.group.strip()}
    free = [row for row in main if row.group not in taken]
    if len(free) < len(main):
        report(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "{count} rows are not used: other rows of their groups are in the file for "
                    "validation or test.",
                ),
                {"count": len(main) - len(free)},
            )
        )
    return free


def _warn_of_parted(rows: Sequence[Labelled], splits: dict[str, list[int]], report: Report) -> None:
    from ..data.group_splits import parted_groups

    count = parted_groups({row.row_id: row.group for row in rows}, splits)
    if count:
        report(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "The split column puts rows of one group into several splits ({count} "
                    "groups), so the result will look better than it is.",
                ),
                {"count": count},
            )
        )


def _is_named(rows: Sequence[Labelled]) -> bool:
    """Whether the split column says train, valid or test for every row, and train for some."""
    said = {_NAMED.get(row.named.strip().lower(), "") for row in rows}
    return "train" in said and "" not in said


def _few(
    rows: Sequence[Labelled], count: int, seed: int, fixed: dict[str, list[int]]
) -> dict[str, list[int]]:
    from ..data.class_splits import few_by_classes, split_for_few
    from ..data.group_splits import grouped_few_shot
    from ..data.splits import per_class, split_for_few_shot

    labels, ids = [row.label for row in rows], [row.row_id for row in rows]
    several = any(row.classes is not None for row in rows)
    if not fixed["valid"] and not fixed["test"]:
        if any(row.group.strip() for row in rows):
            return grouped_few_shot(labels, ids, [row.group for row in rows], count, seed)
        if several:
            return split_for_few([row.classes or () for row in rows], ids, count, seed)
        return split_for_few_shot(labels, ids, count, seed)

    def few(some: Sequence[Labelled]) -> list[int]:
        its_ids = [row.row_id for row in some]
        if several:
            return few_by_classes([row.classes or () for row in some], its_ids, count, seed)
        return per_class([row.label for row in some], its_ids, count, seed)

    train = set(few(rows))
    groups = {row.group for row in rows if row.row_id in train and row.group.strip()}
    left = [row for row in rows if row.row_id not in train and row.group not in groups]
    rest = [row.row_id for row in left]
    if fixed["valid"]:
        return {"train": sorted(train), "valid": [], "test": rest}
    valid = few(left)
    return {"train": sorted(train), "valid": valid, "test": []}


def _check(splits: dict[str, list[int]], report: Report) -> None:
    if not splits["train"]:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "No row is left to train on."),
            QT_TRANSLATE_NOOP("engine", "Add rows that have a text and a label."),
        )
    if not splits["test"]:
        report(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "There are no test rows, so the model cannot be judged on new ones."
                )
            )
        )
