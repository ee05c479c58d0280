"""Columns that tell nothing, number the rows, or give the answer away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peft_desktop.core.events import PhaseChanged, Tick
from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from .findings import HARMS, LIES, NOTE, Checking, Finding, Look, Rows, nothing

if TYPE_CHECKING:
    import pyarrow as pa

_LEAST = 20  # rows; in fewer all values may well be different, or the same
_FEW = 200  # values of a column that may stand for labels


def check_columns(rows: Rows, look: Look) -> Checking:
    """Constant and id-like columns; columns that hold the label in other words."""
    import pyarrow.compute as pc

    yield PhaseChanged("columns")
    table, found = rows.table, []
    if table.num_rows < _LEAST:
        return []
    labels = 0
    if look.label is not None:
        labels = int(pc.count_distinct(table[look.label]).as_py())
    for name in table.column_names:
        if name in ("_row_id", look.text):
            continue
        role = look.roles.get(name, "")
        values = int(pc.count_distinct(table[name]).as_py())
        yield Tick()
        if role == "label":
            found += _label_column(name, values, table.num_rows)
        elif values == 1:
            found.append(_constant(name, role))
        elif not role and values == table.num_rows:
            found += _numbers_rows(table, name)
        elif not role and 2 <= values <= _FEW and values == labels and look.label is not None:
            pairs = table.select([name, look.label]).group_by([name, look.label]).aggregate([])
            if pairs.num_rows == values:
                found.append(_gives_away(name, look.label))
            yield Tick()
    return found


def _label_column(name: str, values: int, rows: int) -> list[Finding]:
    if values * 2 <= rows:
        return []
    what = Sentence(
        QT_TRANSLATE_NOOP(
            "engine", 'The label column "{column}" has {values} values in {rows} rows.'
        ),
        {"column": name, "values": values, "rows": rows},
    )
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine", "Labels come back; this looks like a text or a number of the row."
        )
    )
    return [Finding("label_column", HARMS, what, why, nothing(), nothing())]


def _constant(name: str, role: str) -> Finding:
    what = Sentence(
        QT_TRANSLATE_NOOP("engine", 'The column "{column}" says the same in every row.'),
        {"column": name},
    )
    why = Sentence(
        QT_TRANSLATE_NOOP("engine", "It tells a model nothing; leave it out of prompts.")
    )
    return Finding("constant", HARMS if role else NOTE, what, why, nothing(), nothing())


def _numbers_rows(table: pa.Table, name: str) -> list[Finding]:
    import pyarrow.compute as pc

    if float(pc.mean(pc.utf8_length(table[name])).as_py() or 0.0) > 40:
        return []  # texts are all different too
    what = Sentence(
        QT_TRANSLATE_NOOP("engine", 'The column "{column}" is different in every row.'),
        {"column": name},
    )
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "It looks like a number or a name of the row: give it the role id, and leave it out of "
            "prompts.",
        )
    )
    return [Finding("id_like", NOTE, what, why, nothing(), nothing())]


def _gives_away(name: str, label: str) -> Finding:
    what = Sentence(
        QT_TRANSLATE_NOOP("engine", 'The column "{column}" says the same as the label "{label}".'),
        {"column": name, "label": label},
    )
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine", "In a prompt it would give the answer away; new texts will not have it."
        )
    )
    return Finding("gives_away", LIES, what, why, nothing(), nothing())
