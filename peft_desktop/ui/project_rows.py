"""The open project's rows as the Data page shows them: loading, counting, searching, splitting."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.events import Warned
from ..core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import pyarrow as pa

    from ..data.imported import Receipt

Splits = dict[str, list[int]]
SPLITS = ("train", "valid", "test")
NO_SPLIT = "none"
_BINS = 24


@dataclass(frozen=True)
class ProjectRows:
    """`table` has text columns and `_row_id`; `shown` the same columns cut for display.

    `parts` maps each imported file's part (data, valid, test) to its row ids.
    """

    table: pa.Table
    shown: pa.Table
    receipts: list[Receipt] = field(default_factory=list)
    parts: dict[str, range] = field(default_factory=dict)
    orders: dict[tuple[str, bool], Any] = field(default_factory=dict)  # see `order`

    @property
    def columns(self) -> list[str]:
        return list(self.shown.column_names)


def load(folder: Path) -> ProjectRows:
    """Read the project's table and receipts. Raises UserError when they are gone or damaged."""
    from ..data.store import ROW_ID, load_receipts, load_table, parts_of
    from .widgets.table_model import cut_for_display

    table = load_table(folder)
    try:
        receipts = load_receipts(folder)
        parts = parts_of(folder)
    except (OSError, ValueError, KeyError, TypeError):
        receipts, parts = [], {}  # the rows are what matters
    shown = cut_for_display(table.drop_columns([ROW_ID]))
    return ProjectRows(table, shown, receipts, parts or {"data": range(table.num_rows)})


@dataclass(frozen=True)
class Lengths:
    """How many texts are how long, in characters. `edges` has one number more than `counts`;
    the last bin also holds all that is longer."""

    edges: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    median: int = 0
    longest: int = 0
    blank: int = 0


@dataclass(frozen=True)
class Facts:
    classes: list[tuple[str, int]]
    unlabelled: int
    lengths: Lengths


def facts(rows: ProjectRows, text: str, label: str | None) -> Facts:
    """Class counts (largest first) and text lengths; a column that is not there counts as none."""
    classes, unlabelled = _classes(rows.table, label)
    return Facts(classes, unlabelled, _lengths(rows.table, text))


def _classes(table: pa.Table, label: str | None) -> tuple[list[tuple[str, int]], int]:
    import pyarrow.compute as pc

    if label is None or label not in table.column_names:
        return [], 0
    pairs = [
        (pair["values"].as_py(), pair["counts"].as_py()) for pair in pc.value_counts(table[label])
    ]
    classes = [(name, count) for name, count in pairs if name.strip()]
    unlabelled = sum(count for name, count in pairs if not name.strip())
    return sorted(classes, key=lambda pair: (-pair[1], pair[0])), unlabelled


def _lengths(table: pa.Table, text: str) -> Lengths:
    import numpy as np
    import pyarrow.compute as pc

    if text not in table.column_names or not table.num_rows:
        return Lengths()
    lengths = pc.utf8_length(table[text]).to_numpy()
    blank = pc.sum(pc.equal(pc.utf8_trim_whitespace(table[text]), "")).as_py() or 0
    longest = int(lengths.max())
    # the longest few would squeeze all others into one bar
    width = max(1, -(-int(np.percentile(lengths, 99) + 1) // _BINS))
    bins = min(_BINS, longest // width + 1)
    edges = [width * n for n in range(bins + 1)]
    found = np.bincount(np.minimum(lengths // width, bins - 1), minlength=bins)
    return Lengths(edges, [int(n) for n in found], int(np.median(lengths)), longest, int(blank))


@dataclass(frozen=True, slots=True)
class Search:
    """What to show: rows that hold `text` (in `column`, or in any), of a split and a label, with
    `values` (column, value); in the order of the column `sort`, or of the file."""

    text: str = ""
    column: str | None = None
    split: str | None = None
    label: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    sort: str | None = None
    falling: bool = False


def find(
    rows: ProjectRows, wish: Search, splits: Splits, label_column: str | None, wanted: Any = None
) -> Any:
    """The positions of the matching rows (numpy int64), None for all rows.

    `wanted()` is asked between columns; when it says no, the answer does not matter.
    """
    import numpy as np
    import pyarrow.compute as pc

    table = rows.table
    mask = None
    if wish.split is not None:
        mask = _in_split(table, wish.split, splits)
    if wish.label is not None and label_column in table.column_names:
        mask = _both(mask, _has_label(table[label_column], wish.label))
    for name, value in wish.values:
        if name in rows.columns:
            mask = _both(mask, pc.equal(table[name], value))
    if wish.text:
        columns = [wish.column] if wish.column in rows.columns else rows.columns
        hit = None
        for name in columns:
            if wanted is not None and not wanted():
                return None
            here = pc.match_substring(table[name], wish.text, ignore_case=True)
            hit = here if hit is None else pc.or_(hit, here)
        mask = _both(mask, hit)
    if wish.sort in rows.columns:
        if wanted is not None and not wanted():
            return None
        everywhere = order(rows, str(wish.sort), wish.falling)
        return everywhere if mask is None else everywhere[mask.to_numpy()[everywhere]]
    return None if mask is None else np.flatnonzero(mask.to_numpy())


def _has_label(cells: Any, label: str) -> Any:
    """Cells that are the label, or a JSON list or object that names it."""
    import pyarrow.compute as pc

    named = pc.match_substring(cells, json.dumps(label, ensure_ascii=False))
    lists = pc.match_substring_regex(cells, r"^\s*[\[{]")
    return pc.or_(pc.equal(cells, label), pc.and_(lists, named))


_SORTED_BY = 200  # characters: what is alike that long is alike


def order(rows: ProjectRows, column: str, falling: bool) -> Any:
    """All positions (numpy int64) sorted by a column, reckoned once; equal rows keep the file's
    order, empty cells come last.

    By number where every value is one, else by character, capital and small letters alike.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if (column, falling) not in rows.orders:
        cells = pc.utf8_slice_codeunits(rows.table[column], 0, _SORTED_BY)
        cells = pc.utf8_lower(pc.utf8_trim_whitespace(cells))
        cells = pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)
        with suppress(pa.ArrowInvalid):
            cells = pc.cast(cells, pa.float64())
        way = "descending" if falling else "ascending"
        found = pc.sort_indices(pa.table({"by": cells}), sort_keys=[("by", way)])
        rows.orders[column, falling] = found.to_numpy().astype("int64")
    return rows.orders[column, falling]


def _both(left: Any, right: Any) -> Any:
    import pyarrow.compute as pc

    return right if left is None else pc.and_(left, right)


def _in_split(table: pa.Table, split: str, splits: Splits) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    names = SPLITS if split == NO_SPLIT else (split,)
    ids = pa.array([row for name in names for row in splits.get(name, ())], pa.int64())
    inside = pc.is_in(table["_row_id"], value_set=ids)
    return pc.invert(inside) if split == NO_SPLIT else inside


@dataclass(frozen=True, slots=True)
class SplitWish:
    """How to deal the rows out. `per_class` set: so many of each class; `by_column`: as the split
    column says; otherwise by shares of 0 to 1."""

    seed: int = 42
    valid: float = 0.15
    test: float = 0.15
    per_class: int | None = None
    by_column: bool = False


@dataclass(frozen=True, slots=True)
class Dealt:
    labels: list[str]
    splits: Splits
    warnings: list[Warned]


def deal(
    rows: ProjectRows,
    task_name: str,
    roles: Any,
    wish: SplitWish,
    excluded: Collection[int] = (),
) -> Dealt:
    """Labels and splits of the rows that have a text and a label and are not `excluded`.

    Rows of a test or validation file of their own keep to it. Raises UserError for columns that
    cannot be learnt from.
    """
    from dataclasses import replace

    from ..projects.gold import rows_with_gold, untaught
    from ..projects.splitting import split_rows
    from ..tasks import task_named

    if roles.label is None or not roles.text:
        return Dealt([], {}, [])
    table = rows.table
    task = task_named(task_name)
    part_of = {row: name for name, part in rows.parts.items() if name != "data" for row in part}
    warnings: list[Warned] = []
    found = rows_with_gold(
        task,
        table,
        table["_row_id"].to_pylist(),
        roles,
        lambda row: part_of.get(row, "data"),
        _keep(warnings),
        roles.label,
    )
    if excluded:
        left_out = set(excluded)
        found = [row for row in found if row.row_id not in left_out]
    if not wish.by_column:
        found = [replace(row, named="") for row in found]
    warnings += task.check([row.cell for row in found])
    names = task.labels_of([row.cell for row in found if row.part == "data"])
    splits = split_rows(
        found, wish.per_class, wish.seed, _keep(warnings), valid=wish.valid, test=wish.test
    )
    warnings += untaught(names, found, splits)
    if wish.by_column:
        _check_column(found, splits, roles.split)
    return Dealt(names, splits, warnings)


def follows_column(rows: ProjectRows, splits: Splits, column: str | None) -> bool:
    """Whether the splits are what the split column says: each value is one split's alone."""
    import pyarrow as pa

    if column is None or column not in rows.columns or not splits.get("train"):
        return False
    ids = [row for name in SPLITS for row in splits.get(name, ())]
    homes = [name for name in SPLITS for _ in splits.get(name, ())]
    said = rows.table.take(pa.array(ids, pa.int64()))[column].to_pylist()
    pairs = set(zip(said, homes, strict=True))
    return len(pairs) == len({value for value, _ in pairs}) == len(set(homes)) > 1


def parts_groups(rows: ProjectRows, column: str | None, splits: Splits) -> bool:
    """Whether rows of one group are in several splits."""
    from ..data.group_splits import parted_groups

    if column not in rows.columns:
        return False
    ids, groups = rows.table["_row_id"].to_pylist(), rows.table[column].to_pylist()
    return parted_groups(dict(zip(ids, groups, strict=True)), splits) > 0


def _check_column(found: Sequence[Any], splits: Splits, column: str | None) -> None:
    """Raises UserError where one value of the split column fell into several splits: then the
    engine did not understand the column and dealt the rows out by itself."""
    home = {row: name for name, ids in splits.items() for row in ids}
    said: dict[str, str] = {}
    for row in found:
        there = home.get(row.row_id, "")
        if column is None or said.setdefault(row.named, there) != there or not row.named.strip():
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "The split column does not say train, valid or test in every row."
                ),
                QT_TRANSLATE_NOOP("engine", "Choose another split column, or split by shares."),
                field=column,
            )


def _keep(warnings: list[Warned]) -> Callable[[Any], None]:
    def report(event: Any) -> None:
        if isinstance(event, Warned):
            warnings.append(event)

    return report
