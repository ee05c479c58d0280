"""Any table that is written in a format that can be read comes back as the same table."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peft_desktop.data.readers import ReadSettings, read_file
from peft_desktop.data.source import _BLANKS

ANY = settings(
    max_examples=60,
    database=None,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
Table = tuple[list[str], list[list[str]]]

# No NUL and none of the other control characters that no text holds: a file that is full of them
# is refused as no text (tests/data/test_recognise.py), and a small table is soon full of them.
_NO_TEXT = "".join(map(chr, [*range(9), *range(14, 27), 28, 29, 30]))
_characters = st.characters(exclude_characters=_NO_TEXT, exclude_categories=("Cs",))
_odd = st.sampled_from(
    ["NA", "null", "007", "1e5", "True", "=1+1", '"', ",", "，", "\t", "'", "\\", "{}", "[1]", "😀"]
)
_cells = st.one_of(st.text(_characters, max_size=20), _odd, st.lists(_odd).map("".join))
_names = st.text(_characters, min_size=1, max_size=10).filter(
    lambda name: name == name.strip(_BLANKS) and name.strip() == name and name not in "{["
)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str] = _cells) -> Table:
    columns = draw(st.lists(_names, min_size=2, max_size=4, unique=True))
    row = st.lists(cells, min_size=len(columns), max_size=len(columns))
    return columns, draw(st.lists(row, min_size=1, max_size=8))


def check(path: Path, table: Table, **told: Any) -> None:
    columns, rows = table
    imported = read_file(path, ReadSettings(**told))
    assert imported.rejected == []
    assert imported.table.column_names == columns
    assert [list(row.values()) for row in imported.table.to_pylist()] == rows


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
@ANY
@given(table=tables())
def test_that_delimited_text_comes_back(
    tmp_path: Path, delimiter: str, end: str, table: Table
) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
        writer.writerows([table[0], *table[1]])
    check(path, table, delimiter=delimiter, encoding="utf-8")


@ANY
@given(table=tables())
def test_that_a_quoted_csv_is_understood_without_being_told(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([table[0], *table[1]])
    check(path, table)


@pytest.mark.parametrize("ascii_only", [False, True])
@ANY
@given(table=tables())
def test_that_json_and_json_lines_come_back(tmp_path: Path, ascii_only: bool, table: Table) -> None:
    entries = [dict(zip(table[0], row, strict=True)) for row in table[1]]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(entries, ensure_ascii=ascii_only), encoding="utf-8")
    check(path, table, encoding="utf-8")
    path = tmp_path / "a.jsonl"
    lines = [json.dumps(entry, ensure_ascii=ascii_only) + "\n" for entry in entries]
    path.write_text("".join(lines), encoding="utf-8", newline="")
    check(path, table, encoding="utf-8")


@ANY
@given(table=tables())
def test_that_parquet_and_feather_come_back(tmp_path: Path, table: Table) -> None:
    columns = zip(*table[1], strict=True)
    content = pa.table([pa.array(list(c), pa.string()) for c in columns], names=table[0])
    pyarrow.parquet.write_table(content, tmp_path / "a.parquet")
    check(tmp_path / "a.parquet", table)
    pyarrow.feather.write_feather(content, str(tmp_path / "a.feather"))
    check(tmp_path / "a.feather", table)


# XML cannot hold control characters, and Excel turns every line end into one
_in_a_sheet = _cells.map(lambda text: "".join(c for c in text if c.isprintable()))


@ANY
@given(table=tables(_in_a_sheet))
def test_that_a_workbook_comes_back(tmp_path: Path, table: Table) -> None:
    columns = [
        "".join(c for c in name if c.isprintable()) + str(n) for n, name in enumerate(table[0])
    ]
    rows = [row for row in table[1] if any(row)] or [["a"] * len(columns)]
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([columns, *rows]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    check(tmp_path / "a.xlsx", (columns, rows))


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "gb18030", "utf-32"])
@ANY
@given(table=tables())
def test_that_every_encoding_that_is_told_comes_back(
    tmp_path: Path, codec: str, table: Table
) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding=codec, newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([table[0], *table[1]])
    check(path, table, encoding=codec, delimiter=",")


@ANY
@given(content=st.binary(max_size=300), header=st.booleans())
def test_that_any_bytes_are_a_table_or_one_sentence(
    tmp_path: Path, content: bytes, header: bool
) -> None:
    from peft_desktop.core.errors import UserError

    for ending in ("csv", "tsv", "json", "jsonl", "txt", "xlsx", "parquet"):
        path = tmp_path / f"a.{ending}"
        path.write_bytes(content)
        try:
            imported = read_file(path, ReadSettings(header=header))
        except UserError as error:
            assert str(error)
        else:
            assert imported.table.num_rows == imported.receipt.rows_read > 0
