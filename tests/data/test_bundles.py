"""Several files, folders of classes and ZIPs become one table; no bomb goes off."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data import unpacking
from peft_desktop.data.readers import ReadSettings, read_chunks, read_file


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def said(imported: object) -> str:
    receipt = imported.receipt  # type: ignore[attr-defined]
    return " ".join(w.template.format(**w.values) for w in receipt.warnings)


def test_that_several_files_are_one_table_that_knows_where_a_row_is_from(tmp_path: Path) -> None:
    one = put(tmp_path / "a.csv", "text,label\ngood,1\nodd,row,here\n")
    two = put(tmp_path / "b.jsonl", '{"text": "坏", "source": "web"}\n')
    imported = read_file([one, two])
    assert imported.table.to_pylist() == [
        {"text": "good", "label": "1", "source": "", "file": "a.csv"},
        {"text": "坏", "label": "", "source": "web", "file": "b.jsonl"},
    ]
    assert [(r.file, r.line, r.raw) for r in imported.rejected] == [("a.csv", 3, "odd,row,here")]
    members = imported.receipt.members
    assert [(m.file, m.format, m.rows_read, m.rows_rejected) for m in members] == [
        ("a.csv", "csv", 1, 1),
        ("b.jsonl", "jsonl", 1, 0),
    ]
    assert "not all files have the columns label, source" in said(imported)
    assert imported.receipt.sources == [str(one), str(two)]
    assert imported.receipt.sha256 != read_file([two, one]).receipt.sha256


def test_that_folders_of_classes_give_the_labels_and_the_splits(tmp_path: Path) -> None:
    put(tmp_path / "train/pos/1.txt", "Good,\nvery good")
    put(tmp_path / "train/neg/1.txt", "这个很差".encode("gb18030") * 3)
    put(tmp_path / "test/pos/7.txt", "\ufeffFine")
    put(tmp_path / "README.txt", "about")
    put(tmp_path / "train/.DS_Store", b"\0\1")
    imported = read_file(tmp_path)
    rows = [(r["text"], r["label"], r["split"]) for r in imported.table.to_pylist()]
    assert rows == [
        ("Fine", "pos", "test"),
        ("这个很差" * 3, "neg", "train"),
        ("Good,\nvery good", "pos", "train"),
    ]
    assert "1 files are no tables and were passed over: README.txt" in said(imported)


def test_that_a_zip_of_one_table_is_that_table(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("inner/reviews.csv", "text,label\na,1\nb,2\n")
        packed.writestr("__MACOSX/._reviews.csv", b"\0\0")
    imported = read_file(tmp_path / "a.zip")
    assert imported.table.column_names == ["text", "label"]
    assert imported.receipt.format == "zip" and imported.receipt.rows_read == 2
    chunks = read_chunks(tmp_path / "a.zip", rows=1)
    assert [table.num_rows for table in chunks] == [1, 1]


def test_that_a_fault_in_a_zip_is_told_by_the_name_inside(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("one.csv", "text,text\na,1\n")
    with pytest.raises(UserError, match=r"^one\.csv: Two columns are called"):
        read_file(tmp_path / "a.zip")


def test_that_names_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    long = "😀" * 300
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("../../outside.csv", "text\na\n")
        packed.writestr("/rooted.csv", "text\nb\n")
        packed.writestr(f"{long}.csv", "text\nc\n")
    target = tmp_path / "deep" / "target"
    target.mkdir(parents=True)
    unpacking.unpack(tmp_path / "a.zip", target)
    assert len([p for p in target.rglob("*") if p.is_file()]) == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip", "deep"]
    texts = read_file(tmp_path / "a.zip").table["text"].to_pylist()
    assert sorted(texts) == ["a", "b", "c"]


def test_that_bombs_and_broken_zips_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", "text\n" + "0" * 2_000_000)
    whole = (tmp_path / "bomb.zip").read_bytes()
    put(tmp_path / "cut.zip", whole[: len(whole) // 2])
    flipped = bytearray(whole)
    flipped[200] ^= 0xFF
    put(tmp_path / "flipped.zip", bytes(flipped))
    with zipfile.ZipFile(tmp_path / "none.zip", "w"):
        pass
    monkeypatch.setattr(unpacking, "_HARMLESS", 1_000_000)
    for name, words in {
        "bomb": "too much to be safe",
        "cut": "damaged or cut off",
        "flipped": "too much|damaged",
        "none": "holds no files|damaged",
    }.items():
        with pytest.raises(UserError, match=words):
            read_file(tmp_path / f"{name}.zip")
    monkeypatch.setattr(unpacking, "_HARMLESS", 10**9)
    with pytest.raises(UserError, match="damaged or cut off"):
        read_file(tmp_path / "flipped.zip")
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 1000)
    with pytest.raises(UserError, match="too much to be safe"):
        read_file(tmp_path / "bomb.zip")


def test_that_a_file_of_lines_is_one_text_a_line_and_a_table_is_a_table(tmp_path: Path) -> None:
    lines = put(tmp_path / "a.txt", "Well, this is fine.\n\nBad\nSo, so, so\n")
    imported = read_file(lines)
    assert imported.table.to_pylist() == [
        {"text": "Well, this is fine."},
        {"text": "Bad"},
        {"text": "So, so, so"},
    ]
    assert "each line is read as one text" in said(imported)
    table = put(tmp_path / "b.txt", "text\tlabel\na\tx\nb\ty\n")
    assert read_file(table).table.column_names == ["text", "label"]
    as_lines = read_file(table, ReadSettings(delimiter="lines")).table
    assert as_lines["text"].to_pylist() == ["text\tlabel", "a\tx", "b\ty"]


def test_that_extra_delimiters_are_joined_into_the_text_where_that_is_wished(
    tmp_path: Path,
) -> None:
    path = put(tmp_path / "a.csv", "id,text,label\n1,well, no, yes,neg\n2,ok,pos\n3,a\n")
    imported = read_file(path, ReadSettings(join="text"))
    assert imported.table.to_pylist()[0] == {"id": "1", "text": "well, no, yes", "label": "neg"}
    assert (imported.receipt.mended, imported.receipt.rows_rejected) == (1, 1)
    assert imported.receipt.read_as == {"join": "text"}
    with pytest.raises(UserError, match='no column "txt"'):
        read_file(path, ReadSettings(join="txt"))


def test_that_every_row_with_a_comma_too_many_can_be_mended(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", "text,label\n" + "well, no,neg\n" * 50)
    imported = read_file(path, ReadSettings(join="text"))
    assert set(imported.table["text"].to_pylist()) == {"well, no"}
    assert imported.receipt.mended == 50


def test_that_quotation_and_decimal_marks_are_read_as_told(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", "text;n\n'a; b';1.234,5\n\"c;-0,25\n")
    imported = read_file(path, ReadSettings(quote="single", decimal=","))
    assert [tuple(r.values()) for r in imported.table.to_pylist()] == [
        ("a; b", "1234.5"),
        ('"c', "-0.25"),
    ]
    plain = read_file(path, ReadSettings(quote="none")).rejected
    assert [row.line for row in plain] == [2]
    with pytest.raises(UserError, match="cannot be the quotation mark"):
        read_file(path, ReadSettings(quote="x"))


def test_that_a_rival_delimiter_is_told(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", "a;x,b;y\n" + "1;2,3;4\n" * 5)
    assert "may also be parted by" in said(read_file(path))
    assert said(read_file(path, ReadSettings(delimiter=","))) == ""
