"""From files straight into a project's table, piece by piece: memory does not grow with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peft_desktop.core.errors import UserError
from peft_desktop.core.files import staged_folder
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .imported import Receipt, Rejected
from .readers import Where, opened
from .source import ReadSettings, missing_header, no_rows, receipt_of
from .steady import check_steady
from .store import (
    RECEIPT,
    REJECTED,
    ROW_ID,
    TABLE,
    keep_the_rest,
    receipts_text,
    table_metadata,
    write_rejected,
)

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_A_TIME = 65_536
_GROUP_BYTES = 32 * 2**20  # of a row group in the table: what a writer holds in memory

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Stored:
    """A part of the table: its name, the ids of its rows, its receipt and its rejected rows."""

    name: str
    rows: range
    receipt: Receipt
    rejected: list[Rejected]


def import_tables(
    project_folder: Path,
    parts: Sequence[tuple[str, Where]],
    settings: ReadSettings | None = None,
    progress: Progress = lambda rows: None,
) -> list[Stored]:
    """Write table, receipt and rejected rows of `parts` (name, where) into `project_folder`/data.

    All or nothing: an error, also one that `progress` raises to stop, leaves what was there.
    `progress` gets the number of rows so far after each piece. A column that a part lacks is
    empty there. Raises UserError where a file cannot be read or has no rows.
    """
    sources = [(name, opened(where, settings)) for name, where in parts]
    columns = list(dict.fromkeys(name for _, source in sources for name in source.columns))
    if ROW_ID in columns:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'A column may not be called "{column}" here.'),
            QT_TRANSLATE_NOOP("engine", "Rename it; the program numbers the rows by that name."),
            file=sources[0][1].path,
            column=ROW_ID,
        )
    folder = Path(project_folder) / "data"
    stored: list[Stored] = []
    with staged_folder(folder) as staged:
        keep_the_rest(folder, staged)
        with table_writer(staged / TABLE, columns) as write:
            start = 0
            for name, source in sources:
                end = start
                doubts: dict[str, Any] = {}
                for table in source.all_tables(ROWS_AT_A_TIME):
                    for warned in missing_header(source.path, table):
                        doubts.setdefault(str(warned.values["name"]), warned)
                    write(table, end)
                    end += table.num_rows
                    progress(end)
                check_steady(source.path, source.stamp)
                if end == start:
                    raise no_rows(source)
                source.warnings.extend(doubts.values())
                receipt = receipt_of(source, end - start)
                stored.append(Stored(name, range(start, end), receipt, source.rejected))
                start = end
        text = receipts_text([(part.name, part.rows, part.receipt) for part in stored])
        (staged / RECEIPT).write_text(text, encoding="utf-8")
        write_rejected(staged / REJECTED, [(part.receipt, part.rejected) for part in stored])
    return stored


@contextmanager
def table_writer(path: Path, columns: Sequence[str]) -> Iterator[Callable[[pa.Table, int], None]]:
    """`write(table, first row id)` appends rows; columns that a table lacks are empty there."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = [pa.field(name, pa.string()) for name in columns]
    schema = pa.schema([*fields, pa.field(ROW_ID, pa.int64())], metadata=table_metadata())
    waiting: list[pa.Table] = []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def flush() -> None:
            if waiting:
                writer.write_table(pa.concat_tables(waiting))
                waiting.clear()

        def write(table: pa.Table, first: int) -> None:
            cells = [
                table[name]
                if name in table.column_names
                else pa.chunked_array([pa.repeat(pa.scalar("", pa.string()), table.num_rows)])
                for name in columns
            ]
            ids = pa.array(range(first, first + table.num_rows), pa.int64())
            waiting.append(pa.table([*cells, ids], schema=schema))
            if sum(part.nbytes for part in waiting) >= _GROUP_BYTES:
                flush()

        yield write
        flush()
