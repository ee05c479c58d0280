"""The project's own table: written once, whole; rows are found by their id ever after."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from peft_desktop.core.errors import UserError
from peft_desktop.core.files import staged_folder
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .imported import Imported, Receipt, Rejected
from .roles import require
from .writers import open_writer

if TYPE_CHECKING:
    import pyarrow as pa

ROW_ID = "_row_id"
TABLE = "table.parquet"
RECEIPT = "receipt.json"
REJECTED = "rejected.csv"
STORE_VERSION = 1


def store(imported_parts: Sequence[tuple[str, Imported]], project_folder: Path) -> dict[str, range]:
    """Write `data/table.parquet`, `data/receipt.json` and `data/rejected.csv`, all or none.

    Each part is (its name, what was read); the parts are appended in order and rows numbered from
    0. Returns the row ids of each part by name. Columns of later parts may stand in another order.
    Raises UserError for columns that do not match and for a column called `_row_id`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not imported_parts:
        raise ValueError("nothing to store")
    columns = imported_parts[0][1].table.column_names
    tables, ranges, start = [], {}, 0
    for name, part in imported_parts:
        _check_columns(columns, part)
        tables.append(part.table.select(columns))
        ranges[name] = range(start, start + part.table.num_rows)
        start += part.table.num_rows
    table = pa.concat_tables(tables).append_column(ROW_ID, pa.array(range(start), pa.int64()))
    table = table.replace_schema_metadata(table_metadata())
    folder = Path(project_folder) / "data"
    with staged_folder(folder, table.nbytes) as staged:
        keep_the_rest(folder, staged)
        pq.write_table(table, staged / TABLE, compression="zstd")
        text = receipts_text(
            [
                (name, rows, part.receipt)
                for (name, part), rows in zip(imported_parts, ranges.values(), strict=True)
            ]
        )
        (staged / RECEIPT).write_text(text, encoding="utf-8")
        write_rejected(staged / REJECTED, [(p.receipt, p.rejected) for _, p in imported_parts])
    return ranges


def table_metadata() -> dict[str, str]:
    return {"peft_desktop.version": str(STORE_VERSION)}


def receipts_text(parts: Sequence[tuple[str, range, Receipt]]) -> str:
    """What `receipt.json` holds: how each part was read, and the ids of its rows."""
    files = [
        {"name": name, "rows": [rows.start, rows.stop], **receipt.model_dump(mode="json")}
        for name, rows, receipt in parts
    ]
    return (
        json.dumps({"version": STORE_VERSION, "files": files}, ensure_ascii=False, indent=2) + "\n"
    )


def write_rejected(path: Path, parts: Sequence[tuple[Receipt, Sequence[Rejected]]]) -> None:
    """All rejected rows with file, line, reason and raw text, as CSV."""
    rows = (
        (r.file or receipt.file, r.line, r.in_words(), r.raw)
        for receipt, rejected in parts
        for r in rejected
    )
    write_rejected_rows(path, rows)


RejectedRow = tuple[str, int, str, str]


def write_rejected_rows(path: Path, rows: Iterable[RejectedRow]) -> None:
    """Rows of file, line, reason and raw text."""
    names = ["file", "line", "reason", "raw"]
    with open_writer(path, names) as out:
        left = iter(rows)
        while some := list(islice(left, 10_000)):
            out.write(dict(zip(names, map(list, zip(*some, strict=True)), strict=True)))


def rejected_of(project_folder: Path) -> list[RejectedRow]:
    """The rejected rows of all imports of the project."""
    from .readers import ReadSettings, read_file

    path = Path(project_folder) / "data" / REJECTED
    try:
        table = read_file(path, ReadSettings(encoding="utf-8", delimiter=",")).table
    except UserError:  # a header alone
        return []
    rows = zip(
        *(table[name].to_pylist() for name in ("file", "line", "reason", "raw")), strict=True
    )
    return [(file, int(line), reason, raw) for file, line, reason, raw in rows]


def load_table(project_folder: Path, sha256: str = "") -> pa.Table:
    """All rows: the user's columns as text, and `_row_id` (int64).

    `sha256` asks for the version of the data with this hash, where it is still there. Raises
    UserError where the table is missing or damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from .versions import find_version

    path = Path(project_folder) / "data" / TABLE
    path = (find_version(project_folder, sha256) if sha256 else None) or path
    if not path.exists():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The project has no data."),
            QT_TRANSLATE_NOOP("engine", "Import a file into a new project."),
            file=path,
        )
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path) from error
    if ROW_ID not in table.column_names:
        raise _damaged(path)
    return table


def load_receipts(project_folder: Path) -> list[Receipt]:
    """How each file of the project was read."""
    path = Path(project_folder) / "data" / RECEIPT
    content = json.loads(path.read_text(encoding="utf-8"))
    known = Receipt.model_fields
    return [
        Receipt.model_validate({k: v for k, v in entry.items() if k in known})
        for entry in content["files"]
    ]


def parts_of(project_folder: Path) -> dict[str, range]:
    """The row ids of each imported file by what it is for: data, valid, test. Raises OSError,
    ValueError, KeyError or TypeError where the record of the import cannot be used."""
    content = json.loads((project_folder / "data" / RECEIPT).read_text(encoding="utf-8"))
    return {entry["name"]: range(*entry["rows"]) for entry in content["files"]}


def rows_by_id(table: pa.Table, ids: Sequence[int], columns: Sequence[str]) -> list[dict[str, str]]:
    """The asked-for rows in the order of `ids`, each as column -> text.

    Raises UserError for a column or a row id that the table does not have.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    for name in columns:
        require(table.column_names, name)
    wanted = pa.array(list(ids), pa.int64())
    places = pc.index_in(wanted, value_set=table[ROW_ID].combine_chunks())
    if places.null_count:
        missing = wanted.filter(pc.is_null(places))[0].as_py()
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The project's table has no row with the id {row_id}."),
            QT_TRANSLATE_NOOP("engine", "The table was changed by hand; import the data again."),
            row_id=missing,
        )
    if not columns:
        return [{} for _ in ids]
    found = table.select(list(columns)).take(places)
    cells = [found[name].to_pylist() for name in columns]
    return [dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True)]


def _check_columns(columns: Sequence[str], part: Imported) -> None:
    here = part.table.column_names
    if ROW_ID in here:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'A column may not be called "{column}" here.'),
            QT_TRANSLATE_NOOP("engine", "Rename it; the program numbers the rows by that name."),
            file=part.receipt.file,
            column=ROW_ID,
        )
    missing = [name for name in columns if name not in here]
    more = [name for name in here if name not in columns]
    if missing or more:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "The columns do not match those of the first file (missing: {missing}; "
                "unknown: {more}).",
            ),
            QT_TRANSLATE_NOOP("engine", "Give all files the same column names."),
            file=part.receipt.file,
            missing=", ".join(missing) or "-",
            more=", ".join(more) or "-",
        )


def keep_the_rest(folder: Path, staged: Path) -> None:
    """Whatever else lies in the data folder stays."""
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.name in (TABLE, RECEIPT, REJECTED):
            continue
        if entry.is_dir():
            shutil.copytree(entry, staged / entry.name)
        else:
            shutil.copy2(entry, staged / entry.name)


def _damaged(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The project's table is damaged."),
        QT_TRANSLATE_NOOP("engine", "Import the data again."),
        file=path,
    )
