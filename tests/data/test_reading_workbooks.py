"""XLSX and Parquet: cells as one reads them, and what the file does not hold is told."""

from __future__ import annotations

import datetime
import decimal
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from peft_desktop.core.errors import UserError
from peft_desktop.data.imported import Imported
from peft_desktop.data.readers import ReadSettings, read_chunks, read_file


def workbook(folder: Path, fill: Callable[[Any], None], name: str = "a.xlsx") -> Path:
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as book:
        fill(book)
    return path


def sheet(book: Any, rows: list[list[Any]], name: str | None = None) -> Any:
    made = book.add_worksheet(name)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                made.write_string(number, column, value)
            elif value is not None:
                made.write(number, column, value)
    return made


def told(imported: Imported) -> str:
    return " ".join(w.template.format(**w.values) for w in imported.receipt.warnings)


def test_that_numbers_dates_and_texts_read_as_in_excel(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        made = sheet(book, [["a", "b", "c"], ["007", 7, 1.5], ["NA", True, 1e20], [" x ", 0.1, -2]])
        made.write_datetime(4, 0, datetime.datetime(2020, 1, 2), day)
        made.write_datetime(4, 1, datetime.datetime(2020, 1, 2, 3, 4), moment)

    imported = read_file(workbook(tmp_path, fill))
    assert [tuple(r.values()) for r in imported.table.to_pylist()] == [
        ("007", "7", "1.5"),
        ("NA", "TRUE", "1e+20"),
        (" x ", "0.1", "-2"),
        ("2020-01-02", "2020-01-02 03:04:00", ""),
    ]
    assert imported.receipt.format == "xlsx"
    assert imported.receipt.encoding is None


def test_that_the_first_visible_sheet_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet(book, [["x"], ["hidden"]], "hidden").hide()
        book.add_worksheet("empty")
        sheet(book, [["text"], ["seen"]], "数据").activate()
        sheet(book, [["text"], ["more"]], "more")

    path = workbook(tmp_path, fill)
    imported = read_file(path)
    assert imported.receipt.sheet == "数据"
    assert imported.table["text"].to_pylist() == ["seen"]
    assert "there are also: more" in told(imported)
    assert read_file(path, ReadSettings(sheet="hidden")).table["x"].to_pylist() == ["hidden"]
    with pytest.raises(UserError, match="The sheets are: hidden, empty, 数据, more"):
        read_file(path, ReadSettings(sheet="none"))


def test_that_the_margin_is_cut_and_gaps_are_told(tmp_path: Path) -> None:
    rows = [[], [None, "text", "", "label"], [None, "a", "", "pos"], [], [None, "b", "", "neg"]]
    imported = read_file(workbook(tmp_path, lambda book: sheet(book, rows)))  # type: ignore[arg-type]
    assert imported.table.to_pylist() == [
        {"text": "a", "label": "pos"},
        {"text": "b", "label": "neg"},
    ]
    assert "1 blank lines" in told(imported)


def test_that_a_value_without_a_column_name_is_kept(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["text"], ["a", "note"]]
    imported = read_file(workbook(tmp_path, lambda book: sheet(book, rows)))
    assert imported.table.to_pylist() == [{"text": "a", "column_2": "note"}]
    assert imported.receipt.header_changes == [{"from": "", "to": "column_2"}]


def test_that_merged_cells_errors_and_unsaved_formulas_are_told(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("first")  # so that the sheet's number and its place differ
        made = sheet(book, [["text", "n"], ["a"], ["b"], ["c"], ["d", 1]], "second")
        made.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        made.write_formula(2, 1, '=A1&"x"', None, "")
        made.write_formula(3, 1, "=1+1", None, 2)
        made.merge_range(5, 0, 5, 1, "merged")

    imported = read_file(workbook(tmp_path, fill))
    assert imported.table["n"].to_pylist() == ["", "", "2", "1", ""]
    assert "1 areas of merged cells" in told(imported)
    assert "2 cells hold an error or a formula" in told(imported)
    assert "the first at B2" in told(imported)


def test_that_a_cell_at_excels_limit_is_suspected_of_being_cut(tmp_path: Path) -> None:
    rows = [["text"], ["x" * 32_767], ["y" * 32_766]]
    imported = read_file(workbook(tmp_path, lambda book: sheet(book, rows)))  # type: ignore[arg-type]
    assert "1 cells are as long as Excel allows" in told(imported)


def test_that_a_workbook_without_rows_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file is empty"):
        read_file(workbook(tmp_path, lambda book: book.add_worksheet()))
    with pytest.raises(UserError, match="column names but no rows"):
        read_file(workbook(tmp_path, lambda book: sheet(book, [["text"]])))  # type: ignore[arg-type]
    twice = [["text", "text "], ["a", "b"]]
    with pytest.raises(UserError, match='Two columns are called "text"'):
        read_file(workbook(tmp_path, lambda book: sheet(book, twice)))  # type: ignore[arg-type]


def test_that_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (150 * 2**20))
    with pytest.raises(UserError, match="unpacks to 150 MB"):
        read_file(path)


def test_that_entities_are_not_expanded(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda book: sheet(book, [["text"], ["a"]]))  # type: ignore[arg-type]
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "'
        + "ha" * 100
        + '">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    )
    evil = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(evil, "w") as out:
        for name in good.namelist():
            content = good.read(name).decode()
            if name == "xl/sharedStrings.xml":
                content = content.replace("?>", "?>" + bomb + "]>", 1).replace("<t>a<", "<t>&j;<")
            out.writestr(name, content)
    try:
        cells = read_file(evil).table["text"].to_pylist()
    except UserError:
        return
    assert all(len(cell) < 1000 for cell in cells)


@pytest.mark.parametrize("cut", [30, 1000, -30])
def test_that_a_cut_off_workbook_is_one_sentence(tmp_path: Path, cut: int) -> None:
    path = workbook(tmp_path, lambda book: sheet(book, [["text"], ["a"]]))  # type: ignore[arg-type]
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UserError, match="workbook is damaged"):
        read_file(path)


def test_that_a_workbook_comes_in_chunks(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["n"], *[[n] for n in range(25)]]
    path = workbook(tmp_path, lambda book: sheet(book, rows))  # type: ignore[arg-type]
    assert [t.num_rows for t in read_chunks(path, rows=10)] == [10, 10, 5]


def test_that_parquet_becomes_text(tmp_path: Path) -> None:
    day = datetime.date(2020, 1, 2)
    table = pa.table(
        {
            "text": ["007", None, "NA"],
            "n": pa.array([1, None, 3], pa.int64()),
            "f": [1.0, 0.1, None],
            "b": [True, False, None],
            "d": [day, None, day],
            "t": [datetime.datetime(2020, 1, 2, 3, 4, 5), None, datetime.datetime(2020, 1, 2)],
            "c": pa.array(["x", "y", "x"]).dictionary_encode(),
            "l": [["a", "好"], [], None],
            "s": [{"k": 1}, None, {"k": None}],
            "m": [decimal.Decimal("1.50"), None, decimal.Decimal("2.00")],
            "nothing": pa.nulls(3),
            "big": pa.array(["p", "q", None], pa.large_string()),
        }
    )
    path = tmp_path / "a.parquet"
    pq.write_table(table, path)
    rows = [tuple(r.values()) for r in read_file(path).table.to_pylist()]
    assert [row[:7] for row in rows] == [
        ("007", "1", "1", "true", "2020-01-02", "2020-01-02 03:04:05", "x"),
        ("", "", "0.1", "false", "", "", "y"),
        ("NA", "3", "", "", "2020-01-02", "2020-01-02 00:00:00", "x"),
    ]
    assert [row[7:] for row in rows] == [
        ('["a", "好"]', '{"k": 1}', "1.50", "", "p"),
        ("[]", "", "", "", "q"),
        ("", '{"k": null}', "2.00", "", ""),
    ]


def test_that_bytes_in_parquet_are_refused(tmp_path: Path) -> None:
    for number, kind in enumerate([pa.binary(), pa.list_(pa.binary())]):
        value = [b"x"] if number == 0 else [[b"x"]]
        pq.write_table(pa.table({"raw": pa.array(value, kind)}), tmp_path / "a.parquet")
        with pytest.raises(UserError, match='"raw" holds bytes'):
            read_file(tmp_path / "a.parquet")


@pytest.mark.parametrize("cut", [8, 200, -4])
def test_that_a_cut_off_parquet_is_one_sentence(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["a", "b"] * 100}), path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UserError, match="damaged or cut off"):
        read_file(path)


def test_that_a_parquet_without_rows_or_with_twin_columns_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), path)
    with pytest.raises(UserError, match="column names but no rows"):
        read_file(path)
    pq.write_table(pa.table([["a"], ["b"]], names=["text", "text"]), path)
    with pytest.raises(UserError, match='Two columns are called "text"'):
        read_file(path)
