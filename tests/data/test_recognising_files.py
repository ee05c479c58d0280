"""A file is what its bytes say, whatever its name; the list of readers is the folder."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from peft_desktop.core.errors import UserError
from peft_desktop.data import readers
from peft_desktop.data.readers import READERS, read_file


def make_xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_column(0, 0, ["text", "a"])


def make_parquet(path: Path) -> None:
    pq.write_table(pa.table({"text": ["a"]}), path)


def make_csv(path: Path) -> None:
    path.write_text("text\na\n")


def make_jsonl(path: Path) -> None:
    path.write_text('{"text": "a"}\n{"text": "b"}\n')


MAKERS = {"xlsx": make_xlsx, "parquet": make_parquet, "csv": make_csv, "jsonl": make_jsonl}


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet", "a.tsv", "a.jsonl", "a.CSV"])
@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_that_a_wrong_ending_is_read_by_content_with_one_sentence(
    tmp_path: Path, kind: str, name: str
) -> None:
    path = tmp_path / name
    MAKERS[kind](path)
    imported = read_file(path)
    assert imported.receipt.format == kind
    assert imported.table["text"].to_pylist() == ["a"]
    right = name.lower() == f"a.{kind}"
    told = [w.template.format(**w.values) for w in imported.receipt.warnings]
    expected = f"{name} is really a {kind.upper()} file, whatever its name; it was read as such."
    assert told == ([] if right else [expected])


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
def test_that_a_csv_with_a_binary_ending_is_read_with_one_sentence(
    tmp_path: Path, name: str
) -> None:
    make_csv(tmp_path / name)
    imported = read_file(tmp_path / name)
    assert imported.receipt.format == "csv"
    assert "really a CSV file" in imported.receipt.warnings[0].template.format(
        **imported.receipt.warnings[0].values
    )


def test_that_json_lines_called_csv_are_seen(tmp_path: Path) -> None:
    make_jsonl(tmp_path / "a.csv")
    assert read_file(tmp_path / "a.csv").receipt.format == "jsonl"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7 rest", "PDF"),
        (b"\x1f\x8b\x08 rest", "GZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (b"\x89PNG\r\n\x1a\n rest", "PNG"),
        (bytes(range(256)) * 40, "no text and no table"),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.unknown"])
def test_that_other_files_are_refused_by_what_they_are(
    tmp_path: Path, content: bytes, word: str, name: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=word):
        read_file(tmp_path / name)


def test_that_an_unknown_ending_of_a_text_is_refused_and_the_known_ones_are_named(
    tmp_path: Path,
) -> None:
    make_csv(tmp_path / "a.dat")
    with pytest.raises(UserError, match=r"\.csv, .*\.txt, .*\.parquet"):
        read_file(tmp_path / "a.dat")


def test_that_the_list_of_readers_is_the_folder() -> None:
    folder = Path(readers.__file__).parent
    files = {path.stem.removesuffix("_file") for path in folder.glob("*_file.py")}
    assert [reader.name for reader in READERS][:2] == ["csv", "tsv"]
    assert {reader.name for reader in READERS} == files


def test_that_no_ending_belongs_to_two_readers() -> None:
    endings = [ending for reader in READERS for ending in reader.extensions]
    assert len(endings) == len(set(endings))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_that_every_reader_gives_texts_and_a_receipt(
    tmp_path: Path, reader: readers.Reader
) -> None:
    path = tmp_path / f"a{reader.extensions[0]}"
    if reader.name == "feather":
        pyarrow.feather.write_feather(pa.table({"text": ["a"]}), str(path))
    elif reader.name in ("xlsx", "parquet"):
        MAKERS[reader.name](path)
    else:
        texts = {"csv": "text\na\n", "tsv": "text\na\n", "jsonl": '{"text": "a"}\n'}
        texts |= {"txt": "a\n", "conll": "a O\n"}
        path.write_text(texts.get(reader.name, '[{"text": "a"}]'))
    imported = reader.read(path)
    assert imported.table["text"].to_pylist() == ["a"]
    assert set(imported.table.schema.types) == {pa.string()}
    assert (imported.receipt.format, imported.receipt.rows_read) == (reader.name, 1)
