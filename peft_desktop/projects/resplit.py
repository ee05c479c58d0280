"""A project's rows dealt out anew: by date, by a column's values, into folds, or by shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.errors import UserError
from ..core.events import Warned
from ..core.project import ProjectFile
from ..core.words import QT_TRANSLATE_NOOP
from .splitting import TEST_SHARE, VALID_SHARE, Labelled, Report, split_rows

if TYPE_CHECKING:
    import pyarrow as pa

Splits = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """One way to deal the rows out. `by_date` and `by_column` name a column; `valid_values` and
    `test_values` are what that column says for these splits, every other value means training;
    `fold` of `folds` is the test. Without any of these: `per_class`, or the shares."""

    seed: int = 42
    valid: float = VALID_SHARE
    test: float = TEST_SHARE
    per_class: int | None = None
    by_date: str | None = None
    by_column: str | None = None
    valid_values: Sequence[str] = ()
    test_values: Sequence[str] = ()
    folds: int | None = None
    fold: int = 1
    group: str | None = None


def dealt(table: pa.Table, file: ProjectFile, plan: SplitPlan, report: Report) -> Splits:
    """The new splits, frozen by row id; excluded rows are in none.

    Raises UserError for a column that is not there and when no row is left to train on.
    """
    from ..data.roles import require
    from ..data.store import ROW_ID
    from ..tasks import task_named
    from .gold import rows_with_gold

    roles = file.roles
    for field, name in (("group", plan.group), ("date", plan.by_date), ("column", plan.by_column)):
        if name is not None:
            require(table.column_names, name, field=field)
    if plan.group is not None:
        roles = roles.model_copy(update={"group": plan.group})
    ids = table[ROW_ID].to_pylist()
    task = task_named(file.task)
    rows = rows_with_gold(task, table, ids, roles, lambda row: "data", report)
    out = {row for left in file.excluded.values() for row in left}
    rows = [row for row in rows if row.row_id not in out]
    if plan.by_date is not None:
        splits = _by_date(table, rows, plan, report)
    elif plan.by_column is not None and (plan.valid_values or plan.test_values):
        splits = _by_values(table, rows, plan)
    elif plan.folds is not None:
        from ..data.class_splits import strata
        from ..data.folds import fold_split, folds

        classes = [(row.label,) if row.classes is None else row.classes for row in rows]
        parts = folds(
            strata(classes),
            [row.row_id for row in rows],
            [row.group for row in rows],
            plan.folds,
            plan.seed,
        )
        splits = fold_split(parts, plan.fold)
    else:
        splits = split_rows(rows, plan.per_class, plan.seed, report, plan.valid, plan.test)
    if not splits["train"]:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "No row is left to train on."),
            QT_TRANSLATE_NOOP("engine", "Choose other values, or smaller shares."),
        )
    if file.test_peeks and set(splits["test"]) != set(file.splits.get("test", ())):
        report(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "The test was opened {count} times before: figures of the new test rows are "
                    "not those of rows that nobody has seen.",
                ),
                {"count": file.test_peeks},
            )
        )
    return splits


def _column(table: pa.Table, rows: Sequence[Labelled], name: str) -> list[str]:
    from ..data.store import ROW_ID

    cells = dict(zip(table[ROW_ID].to_pylist(), table[name].to_pylist(), strict=True))
    return [cells[row.row_id] for row in rows]


def _by_date(table: pa.Table, rows: Sequence[Labelled], plan: SplitPlan, report: Report) -> Splits:
    from ..data.date_splits import by_date

    column = str(plan.by_date)
    ids = [row.row_id for row in rows]
    splits, lost = by_date(ids, _column(table, rows, column), plan.valid, plan.test)
    if len(lost) == len(rows):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The column "{column}" holds no dates that can be read.'),
            QT_TRANSLATE_NOOP("engine", "Choose a column with dates such as 2024-05-31."),
            field=column,
            column=column,
        )
    if lost:
        report(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    '{count} rows are in no split: their "{column}" is no date (the first has the '
                    "id {row}).",
                ),
                {"count": len(lost), "column": column, "row": lost[0]},
            )
        )
    return splits


def _by_values(table: pa.Table, rows: Sequence[Labelled], plan: SplitPlan) -> Splits:
    column = str(plan.by_column)
    said = [value.strip() for value in _column(table, rows, column)]
    strange = [v for v in (*plan.valid_values, *plan.test_values) if v not in set(said)]
    if strange:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'No row has "{value}" in the column "{column}".'),
            QT_TRANSLATE_NOOP("engine", "It holds for example: {known}."),
            field=column,
            value=strange[0],
            column=column,
            known=", ".join(sorted(set(said))[:8]),
        )
    splits: Splits = {"train": [], "valid": [], "test": []}
    for row, value in zip(rows, said, strict=True):
        name = (
            "test"
            if value in plan.test_values
            else "valid"
            if value in plan.valid_values
            else "train"
        )
        splits[name].append(row.row_id)
    return splits
