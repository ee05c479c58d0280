"""Records in a table: a column of them in any spelling, or a column for each field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .field_records import from_columns, is_record, record_in, written
from .imported import Imported
from .roles import GROUP_NAMES, ID_NAMES, SPLIT_NAMES, TEXT_NAMES, by_name

if TYPE_CHECKING:
    import pyarrow as pa

RECORD = "record"
_MADE = QT_TRANSLATE_NOOP(
    "engine",
    '{file}: the records were made of the columns {columns} and stand in the column "{record}".',
)
_TEXTS = ("ref", "reference", "human_reference", "utterance", "raw")
_LOOKED_AT = 200


def with_records(imported: Imported, text: str | None, label: str | None) -> Imported:
    """The table with a column of JSON objects; rows that cannot be read stay as they are.

    Without a column of records, every column that is neither text, id, group nor split becomes a
    field of a new column "record". Changes the import in place.
    """
    import pyarrow as pa

    table = imported.table
    names = list(table.column_names)
    if label is None:
        label = next((n for n in names if n != text and _holds_records(table, n)), None)
    if label is not None and label in names:
        if not _holds_records(table, label):
            return imported  # its rows are named when they are checked
        cells = [
            written(record_in(cell)) if cell.lstrip()[:1] != "{" and is_record(cell) else cell
            for cell in table[label].to_pylist()
        ]
        column = pa.array(cells, pa.string())
        imported.table = table.set_column(names.index(label), label, column)
        return imported
    if label is not None or RECORD in names:
        return imported
    if text is None:
        text = by_name(names, (*TEXT_NAMES, *_TEXTS)) or _longest(table)
    taken = {text, *(by_name(names, some) for some in (ID_NAMES, GROUP_NAMES, SPLIT_NAMES))}
    fields = [name for name in names if name not in taken]
    if not fields:
        return imported
    made = from_columns({name: table[name].to_pylist() for name in fields})
    imported.table = table.append_column(RECORD, pa.array(made, pa.string()))
    values = {"file": imported.receipt.file, "columns": ", ".join(fields), "record": RECORD}
    imported.receipt.warnings.append(Warned(_MADE, values))
    return imported


def _holds_records(table: pa.Table, name: str) -> bool:
    """Whether most filled cells are records; a plain text is none."""
    cells = [cell for cell in table[name].slice(0, _LOOKED_AT).to_pylist() if cell.strip()]
    return bool(cells) and sum(map(is_record, cells)) > len(cells) / 2


def _longest(table: pa.Table) -> str:
    import pyarrow.compute as pc

    def length(name: str) -> float:
        return float(pc.mean(pc.utf8_length(table[name].slice(0, _LOOKED_AT))).as_py() or 0.0)

    names: list[str] = table.column_names
    return max(names, key=length)
