"""Results written batch by batch: safe for a spreadsheet, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data.readers import read_file
from peft_desktop.data.writers import EXCEL_CELL, check_output, neutral, open_writer

BATCHES = [
    {"text": ['好, "q"\nx', "007"], "label": ["pos", None], "p": [0.5, 0.25]},
    {"text": ["third"], "label": ["NA"], "p": [1.0]},
]
ENDINGS = pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "parquet"])


@ENDINGS
def test_that_batches_come_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    with open_writer(path, ["text", "label", "p"]) as out:
        for batch in BATCHES:
            out.write(batch)
        assert not path.exists()
    assert (out.rows, out.warnings) == (3, [])
    table = read_file(path).table
    assert table.column_names == ["text", "label", "p"]
    assert table["text"].to_pylist() == ['好, "q"\nx', "007", "third"]
    assert table["label"].to_pylist() == ["pos", "", "NA"]
    assert [float(p) for p in table["p"].to_pylist()] == [0.5, 0.25, 1.0]


@ENDINGS
def test_that_tables_are_taken_too_and_columns_are_put_in_order(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"out.{ending}"
    with open_writer(path, ["a", "b"]) as out:
        out.write(pa.table({"b": ["2"], "a": ["1"]}))
        out.write(pa.table({"b": ["4", "6"], "a": ["3", "5"]}))
    assert [tuple(r.values()) for r in read_file(path).table.to_pylist()] == [
        ("1", "2"),
        ("3", "4"),
        ("5", "6"),
    ]


@ENDINGS
def test_that_an_error_leaves_the_old_file_and_no_rest(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    path.write_bytes(b"old")

    class StopError(Exception):
        pass

    with pytest.raises(StopError), open_writer(path, ["a"]) as out:
        out.write({"a": ["x"] * 100})
        raise StopError
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@ENDINGS
def test_that_no_rows_still_make_a_file_with_its_columns(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    with open_writer(path, ["a", "b"]):
        pass
    with pytest.raises(UserError, match="column names but no rows"):
        read_file(path)


def test_that_excel_sees_unicode_in_our_csv(tmp_path: Path) -> None:
    with open_writer(tmp_path / "a.csv", ["文本"]) as out:
        out.write({"文本": ["好"]})
    assert (tmp_path / "a.csv").read_bytes() == "\ufeff文本\r\n好\r\n".encode()


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("- a list item", "'- a list item"),
        ("-1.5", "-1.5"),
        ("+7", "+7"),
        ("-1e-5", "-1e-5"),
        ("-1,234.5", "-1,234.5"),
        ("-5%", "-5%"),
        ("plain = text", "plain = text"),
        ("", ""),
    ],
)
def test_that_formulas_are_neutralised_and_numbers_are_not(cell: str, safe: str) -> None:
    assert neutral(cell) == safe


def test_that_neutralised_cells_are_counted_in_csv_and_untouched_elsewhere(tmp_path: Path) -> None:
    for ending, expected in (("csv", "'=1+1"), ("xlsx", "=1+1"), ("parquet", "=1+1")):
        path = tmp_path / f"a.{ending}"
        with open_writer(path, ["t"]) as out:
            out.write({"t": ["=1+1", "http://x.org", "-1.5"]})
        assert read_file(path).table["t"].to_pylist() == [expected, "http://x.org", "-1.5"]
        assert [w.values["count"] for w in out.warnings] == ([1] if ending == "csv" else [])


def test_that_cells_beyond_excels_limit_are_cut_counted_and_told(tmp_path: Path) -> None:
    texts = ["x" * EXCEL_CELL, "y" * (EXCEL_CELL + 1), "😀" * 20_000, "z\0\x01_x0041_"]
    with open_writer(tmp_path / "a.xlsx", ["t"]) as out:
        out.write({"t": texts})
    assert out.warnings[0].values["count"] == 2
    found = read_file(tmp_path / "a.xlsx").table["t"].to_pylist()
    assert found == [texts[0], "y" * EXCEL_CELL, "😀" * (EXCEL_CELL // 2), texts[3]]


def test_that_more_rows_than_a_sheet_holds_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peft_desktop.data.writers.EXCEL_ROWS", 4)
    with (
        pytest.raises(UserError, match="3 rows at most"),
        open_writer(tmp_path / "a.xlsx", ["t"]) as out,
    ):
        out.write({"t": ["a"] * 4})
    assert list(tmp_path.iterdir()) == []


def test_that_an_unknown_ending_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    for name in ("a.xls", "a", "a.doc"):
        with pytest.raises(UserError, match=r"\.csv, \.tsv, \.xlsx, \.parquet"):
            check_output(tmp_path / name)
        with pytest.raises(UserError), open_writer(tmp_path / name, ["a"]):
            pass
    assert list(tmp_path.iterdir()) == []


def test_that_a_place_that_cannot_be_written_to_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError), open_writer(tmp_path / "file" / "a.csv", ["a"]):
        pass
