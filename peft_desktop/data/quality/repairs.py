"""From an offered repair to the exact change: which cells, splits and left-out rows become what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from peft_desktop.core.words import Sentence

from .findings import SPLITS, Repair
from .texts import CONTROLS, unmangled

if TYPE_CHECKING:
    import pyarrow as pa

SPLIT, EXCLUDED, CELL = "split", "excluded", "cell:"  # what an edit is of; a cell's column follows


@dataclass(frozen=True, slots=True)
class State:
    """What there is besides the table: columns by their part, splits, left-out rows by reason."""

    text: str
    label: str | None
    splits: Mapping[str, Sequence[int]]
    excluded: Mapping[str, Sequence[int]]


@dataclass(slots=True)
class Change:
    """A change that can be turned round. `edits`: (what, row id, before, after), `what` being
    `split`, `excluded` (with the reason, or nothing) or `cell:` and a column's name; `renamed`
    maps labels that are no more to the one that they are now."""

    what: Sentence
    kind: str
    edits: list[tuple[str, int, str, str]] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len({edit[1] for edit in self.edits})

    @property
    def changes_table(self) -> bool:
        return any(edit[0].startswith(CELL) for edit in self.edits)


def change_of(table: pa.Table, state: State, repair: Repair) -> Change:
    """What the repair would do to this table; rows that it leaves as they are do not count."""
    change = Change(repair.title, repair.kind)
    ids = [int(row) for row in repair.rows]
    make = REPAIRS[repair.kind]
    make(change, table, state, ids, repair.settings)
    return change


def exclude(
    change: Change, table: Any, state: State, ids: list[int], settings: Mapping[str, Any]
) -> None:
    """The rows stay in the data, out of every split."""
    home, known = _homes(state.splits), _homes(state.excluded)
    why = str(settings.get("why", "by hand"))
    for row in ids:
        if row not in known:
            change.edits.append((EXCLUDED, row, "", why))
            if row in home:
                change.edits.append((SPLIT, row, home[row], ""))


def include(
    change: Change, table: Any, state: State, ids: list[int], settings: Mapping[str, Any]
) -> None:
    """Rows that were left out are rows as all others again; a new split deals them out."""
    known = _homes(state.excluded)
    change.edits += [(EXCLUDED, row, known[row], "") for row in ids if row in known]


def move(
    change: Change, table: Any, state: State, ids: list[int], settings: Mapping[str, Any]
) -> None:
    """Into another split; "" is none."""
    home, to = _homes(state.splits), str(settings["to"])
    left_out = _homes(state.excluded)
    for row in ids:
        if home.get(row, "") != to and not (to and row in left_out):
            change.edits.append((SPLIT, row, home.get(row, ""), to))


def merge(
    change: Change, table: pa.Table, state: State, ids: list[int], settings: Mapping[str, Any]
) -> None:
    """Several spellings of a label become one."""
    assert state.label is not None
    to, gone = str(settings["to"]), set(settings["from"])
    for row, cell in _cells(table, state.label, ids):
        if cell in gone:
            change.edits.append((CELL + state.label, row, cell, to))
    change.renamed = {label: to for label in sorted(gone)}


def label(
    change: Change, table: pa.Table, state: State, ids: list[int], settings: Mapping[str, Any]
) -> None:
    """Give rows a label: the one of `settings["to"]`, or each its own of `settings["each"]`.

    Rows in no split that get one join `settings["join"]`; rows that lose theirs leave their split.
    """
    assert state.label is not None
    each: Mapping[int, str] = settings.get("each") or dict.fromkeys(ids, str(settings.get("to")))
    home, left_out = _homes(state.splits), _homes(state.excluded)
    join = str(settings.get("join", "train"))
    for row, cell in _cells(table, state.label, ids):
        new = each[row]
        if new == cell:
            continue
        change.edits.append((CELL + state.label, row, cell, new))
        if new.strip() and row not in home and row not in left_out and join:
            change.edits.append((SPLIT, row, "", join))
        elif not new.strip() and row in home:
            change.edits.append((SPLIT, row, home[row], ""))


def majority(
    change: Change, table: pa.Table, state: State, ids: list[int], settings: Mapping[str, Any]
) -> None:
    """Rows take the label that most rows with their text have."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from .preparing import plain_form

    assert state.label is not None
    known = _homes(state.excluded)
    plain = plain_form(table[state.text].combine_chunks())
    row_ids = table["_row_id"].to_numpy()
    wanted = np.isin(row_ids, np.asarray(ids, dtype=np.int64))
    texts = pc.unique(plain.filter(pa.array(wanted)))
    near = np.flatnonzero(pc.is_in(plain, value_set=texts).to_numpy(zero_copy_only=False))
    votes: dict[str, dict[str, int]] = {}
    cells = table[state.label].take(near).to_pylist()
    for text, cell, row in zip(
        plain.take(pa.array(near)).to_pylist(), cells, row_ids[near].tolist(), strict=True
    ):
        if cell.strip() and row not in known:
            mine = votes.setdefault(text, {})
            mine[cell] = mine.get(cell, 0) + 1
    of_row = dict(zip(row_ids[near].tolist(), plain.take(pa.array(near)).to_pylist(), strict=True))
    for row, cell in _cells(table, state.label, ids):
        most = votes.get(of_row[row], {})
        best = max(most, key=lambda name: most[name], default=cell)
        if best != cell:
            change.edits.append((CELL + state.label, row, cell, best))


def _texts(make: Callable[[str], str]) -> Callable[..., None]:
    """A repair that rewrites the text of each row."""

    def repair(
        change: Change, table: pa.Table, state: State, ids: list[int], settings: Mapping[str, Any]
    ) -> None:
        for row, cell in _cells(table, state.text, ids):
            new = make(cell)
            if new != cell:
                change.edits.append((CELL + state.text, row, cell, new))

    return repair


def _without_controls(text: str) -> str:
    import re

    known = re.sub(r"\\x\{(\w+)\}", lambda m: f"\\u{int(m[1], 16):04x}", CONTROLS)
    return re.sub(known, "", text)


def _masked(text: str) -> str:
    from .personal import masked

    return masked(text)


REPAIRS: dict[str, Callable[..., None]] = {
    "exclude": exclude,
    "include": include,
    "move": move,
    "merge": merge,
    "label": label,
    "majority": majority,
    "trim": _texts(str.strip),
    "controls": _texts(_without_controls),
    "unmangle": _texts(lambda text: unmangled(text) or text),
    "mask": _texts(_masked),
}


def edited(table: pa.Table, edits: Sequence[tuple[str, int, str, str]]) -> pa.Table:
    """The table with the cells of these edits as they shall be; rows and their order stay."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    by_column: dict[str, dict[int, str]] = {}
    for what, row, _, after in edits:
        if what.startswith(CELL):
            by_column.setdefault(what.removeprefix(CELL), {})[row] = after
    row_ids = table["_row_id"].to_numpy()
    for name, new in by_column.items():
        ids = np.fromiter(new.keys(), dtype=np.int64, count=len(new))
        order = np.argsort(ids)
        at = np.minimum(np.searchsorted(ids[order], row_ids), len(ids) - 1)
        mask = ids[order][at] == row_ids
        values = list(new.values())
        cells = pa.array([values[order[place]] for place in at[mask].tolist()], pa.string())
        column = table[name].combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = pa.concat_arrays(column.chunks)
        column = pc.replace_with_mask(column.cast(pa.string()), pa.array(mask), cells)
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def regrouped(
    groups: Mapping[str, Sequence[int]], edits: Sequence[tuple[str, int, str, str]], what: str
) -> dict[str, list[int]]:
    """Splits or left-out rows after these edits; who stays keeps the order, who comes is last."""
    mine = [edit for edit in edits if edit[0] == what]
    gone = {row for _, row, _, _ in mine}
    found = {name: [row for row in ids if row not in gone] for name, ids in groups.items()}
    for _, row, _, after in mine:
        if after:
            found.setdefault(after, []).append(row)
    empty = () if what == SPLIT else tuple(name for name, ids in found.items() if not ids)
    return {name: ids for name, ids in found.items() if name not in empty}


def _homes(groups: Mapping[str, Sequence[int]]) -> dict[int, str]:
    return {row: name for name, ids in groups.items() for row in ids}


def _cells(table: pa.Table, column: str, ids: Sequence[int]) -> list[tuple[int, str]]:
    from ..store import rows_by_id

    found = rows_by_id(table, ids, [column])
    return [(row, cells[column]) for row, cells in zip(ids, found, strict=True)]


__all__ = ["REPAIRS", "SPLITS", "Change", "State", "change_of", "edited", "regrouped"]
