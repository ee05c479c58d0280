"""The project's table, receipt and rejected rows: all or none, found again by id."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pyarrow as pa
import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data.imported import Imported
from peft_desktop.data.readers import read_file
from peft_desktop.data.store import load_receipts, load_table, rows_by_id, store


def imported(folder: Path, content: str, name: str = "a.csv") -> Imported:
    (folder / name).write_text(content, encoding="utf-8")
    return read_file(folder / name)


FIRST = "text,label\none,pos\nodd\ntwo,neg\n"


def test_that_a_table_comes_back_as_it_was_with_row_ids(tmp_path: Path) -> None:
    ids = store([("data", imported(tmp_path, FIRST))], tmp_path / "p")
    table = load_table(tmp_path / "p")
    assert ids == {"data": range(2)}
    assert table.schema.names == ["text", "label", "_row_id"]
    assert table.schema.types == [pa.string(), pa.string(), pa.int64()]
    assert table.to_pylist() == [
        {"text": "one", "label": "pos", "_row_id": 0},
        {"text": "two", "label": "neg", "_row_id": 1},
    ]
    assert sorted(p.name for p in (tmp_path / "p" / "data").iterdir()) == [
        "receipt.json",
        "rejected.csv",
        "table.parquet",
    ]


def test_that_parts_are_appended_whatever_the_order_of_their_columns(tmp_path: Path) -> None:
    first = imported(tmp_path, FIRST)
    second = imported(tmp_path, "label,text\nneg,three\nx\n", "b.csv")
    ids = store([("data", first), ("test", second)], tmp_path / "p")
    assert ids == {"data": range(2), "test": range(2, 3)}
    assert load_table(tmp_path / "p")["text"].to_pylist() == ["one", "two", "three"]
    assert [r.file for r in load_receipts(tmp_path / "p")] == ["a.csv", "b.csv"]


def test_that_rejected_rows_are_kept_with_file_line_reason_and_text(tmp_path: Path) -> None:
    second = imported(tmp_path, "text,label\na,b,c\nd,e\n", "b.csv")
    store([("data", imported(tmp_path, FIRST)), ("test", second)], tmp_path / "p")
    with (tmp_path / "p/data/rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["file"], r["line"], r["raw"]) for r in rows] == [
        ("a.csv", "3", "odd"),
        ("b.csv", "2", "a,b,c"),
    ]
    assert rows[0]["reason"] == "1 instead of 2 fields"


def test_that_columns_that_do_not_match_are_one_sentence_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    other = imported(tmp_path, "text,class\na,b\n", "b.csv")
    with pytest.raises(UserError, match=r"missing: label; unknown: class"):
        store([("data", imported(tmp_path, FIRST)), ("test", other)], tmp_path / "p")
    assert not (tmp_path / "p" / "data").exists()


def test_that_the_programs_own_column_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match='may not be called "_row_id"'):
        store([("data", imported(tmp_path, "text,_row_id\na,1\n"))], tmp_path / "p")


def test_that_a_failed_write_leaves_the_old_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store([("data", imported(tmp_path, FIRST))], tmp_path / "p")
    (tmp_path / "p/data/note.txt").write_text("mine")
    before = load_table(tmp_path / "p")
    new = imported(tmp_path, "text,label\nnew,pos\n", "b.csv")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pyarrow.parquet.write_table", full)
        with pytest.raises(UserError, match="disk is full"):
            store([("data", new)], tmp_path / "p")
    assert load_table(tmp_path / "p") == before
    store([("data", new)], tmp_path / "p")
    assert load_table(tmp_path / "p")["text"].to_pylist() == ["new"]
    assert (tmp_path / "p/data/note.txt").read_text() == "mine"
    assert [p.name for p in (tmp_path / "p").iterdir()] == ["data"]


def test_that_rows_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    store([("data", imported(tmp_path, FIRST))], tmp_path / "p")
    table = load_table(tmp_path / "p")
    assert rows_by_id(table, [1, 0, 1], ["text"]) == [
        {"text": "two"},
        {"text": "one"},
        {"text": "two"},
    ]
    assert rows_by_id(table, [], ["text"]) == []
    with pytest.raises(UserError, match="no row with the id 7"):
        rows_by_id(table, [0, 7], ["text"])
    with pytest.raises(UserError, match='no column "texts"'):
        rows_by_id(table, [0], ["texts"])


def test_that_a_hundred_thousand_rows_are_found_in_a_moment(tmp_path: Path) -> None:
    count = 200_000
    table = pa.table(
        {"text": [f"t{n}" for n in range(count)], "_row_id": pa.array(range(count), pa.int64())}
    )
    start = time.perf_counter()
    rows = rows_by_id(table, range(count - 1, -1, -2), ["text"])
    assert time.perf_counter() - start < 3
    assert (len(rows), rows[0]) == (count // 2, {"text": f"t{count - 1}"})


def test_that_a_missing_or_damaged_table_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="has no data"):
        load_table(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/table.parquet").write_bytes(b"PAR1 broken")
    with pytest.raises(UserError, match="table is damaged"):
        load_table(tmp_path)
