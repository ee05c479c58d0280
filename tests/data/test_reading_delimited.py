"""CSV and TSV from real bytes: every value as it stands, every odd row with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data.imported import Imported
from peft_desktop.data.readers import ReadSettings, read_chunks, read_file


def read(folder: Path, content: str | bytes, name: str = "a.csv", **settings: object) -> Imported:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file(path, ReadSettings(**settings))  # type: ignore[arg-type]


def rows(imported: Imported) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in imported.table.to_pylist()]


def told(imported: Imported) -> list[str]:
    return [w.template.format(**w.values) for w in imported.receipt.warnings]


@pytest.mark.parametrize(
    "value",
    [
        *("NA", "None", "null", "nan", "N/A", "007", "01", "1e5", "1.0", "True", "-", ""),
        *("trailing ", " leading", "ｆｕｌｌ　ｗｉｄｔｈ", "#N/A", "inf", "2020-01-02", "=1+1"),
    ],
)
def test_that_a_value_stays_as_it_is_written(tmp_path: Path, value: str) -> None:
    imported = read(tmp_path, f"text,label\ngood,{value}\nbad,x\n")
    assert rows(imported) == [("good", value), ("bad", "x")]
    assert {str(kind) for kind in imported.table.schema.types} == {"string"}


def test_that_an_unquoted_comma_rejects_the_row_with_line_text_and_reason(tmp_path: Path) -> None:
    imported = read(tmp_path, "text,label\nfine,pos\nwell, no,neg\nshort\nok,neg\n")
    assert rows(imported) == [("fine", "pos"), ("ok", "neg")]
    long, short = imported.rejected
    assert (long.line, long.raw) == (3, "well, no,neg")
    assert long.in_words().startswith("3 instead of 2 fields")
    assert (short.line, short.raw, short.in_words()) == (4, "short", "1 instead of 2 fields")
    assert (imported.receipt.rows_read, imported.receipt.rows_rejected) == (2, 2)


def test_that_unquoted_commas_everywhere_are_an_error_not_shifted_columns(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="None of the 3 rows can be used") as caught:
        read(tmp_path, "text,label\na, b,pos\nc, d,neg\ne, f,pos\n")
    assert caught.value.row == 2


def test_that_line_numbers_count_lines_inside_quoted_fields(tmp_path: Path) -> None:
    imported = read(tmp_path, 'text,label\r\n"two\r\nlines",pos\r\n\r\nodd\r\n"q ""x"" q",neg\r\n')
    assert rows(imported) == [("two\r\nlines", "pos"), ('q "x" q', "neg")]
    assert [(r.line, r.raw) for r in imported.rejected] == [(5, "odd")]
    assert told(imported) == ["a.csv: 1 blank lines were passed over."]


def test_that_an_unclosed_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    content = 'text,label\nfirst,pos\n"open,neg\nsecond,pos\n"third, fine",neg\nfourth,pos\n'
    imported = read(tmp_path, content)
    assert rows(imported) == [
        *(("first", "pos"), ("second", "pos")),
        *(("third, fine", "neg"), ("fourth", "pos")),
    ]
    assert [(r.line, r.raw) for r in imported.rejected] == [(3, '"open,neg')]
    assert "quotation mark" in imported.rejected[0].reason


def test_that_an_unclosed_quote_at_the_end_of_the_file_costs_one_line(tmp_path: Path) -> None:
    imported = read(tmp_path, 'text,label\n"open,neg\n' + "good,pos\n" * 5000)
    assert imported.table.num_rows == 5000
    assert [r.line for r in imported.rejected] == [2]


def test_that_many_broken_quotes_neither_recurse_nor_crawl(tmp_path: Path) -> None:
    imported = read(tmp_path, "text,label\n" + '"ab" c,pos\n' * 20_000 + "d,neg\n")
    assert len(imported.rejected) == 20_000
    assert rows(imported) == [("d", "neg")]


def test_that_the_tail_of_a_broken_record_is_no_row_of_its_own(tmp_path: Path) -> None:
    imported = read(tmp_path, 'text,label\n"a "b" c\nd",pos\nok,neg\n')
    assert rows(imported) == [("ok", "neg")]
    assert [r.line for r in imported.rejected] == [2, 3]


def test_that_a_swallowed_row_is_warned_about(tmp_path: Path) -> None:
    imported = read(tmp_path, 'text,label\n"open,neg\nclosed by chance",pos\nok,neg\n')
    assert "line 2: a field runs over lines that look like rows" in told(imported)[0]


def test_that_nul_rejects_the_row(tmp_path: Path) -> None:
    imported = read(tmp_path, b"text,label\na\0b,pos\nfine,neg\nalso,pos\n" + b"x,y\n" * 50)
    assert [(r.line, r.raw) for r in imported.rejected] == [(2, "a\0b,pos")]
    assert imported.table.num_rows == 52


def test_that_old_macintosh_line_ends_are_read(tmp_path: Path) -> None:
    imported = read(tmp_path, "text,label\rone,pos\rtwo,neg\rthree\r")
    assert rows(imported) == [("one", "pos"), ("two", "neg")]
    assert imported.rejected[0].line == 4


@pytest.mark.parametrize("mark", [",", "\t", ";", "|", "，"])
def test_that_the_delimiter_is_found_by_consistency(tmp_path: Path, mark: str) -> None:
    lines = [f"text{mark}label", f"a, b; c | d{mark}pos".replace(mark + " ", " "), f"e{mark}neg"]
    quoted = [f'"x {mark} y"{mark}pos']
    imported = read(tmp_path, "\n".join(lines + quoted) + "\n")
    assert imported.receipt.delimiter == mark
    assert imported.table.column_names == ["text", "label"]
    assert rows(imported)[-1] == (f"x {mark} y", "pos")


def test_that_commas_in_texts_do_not_outvote_the_header(tmp_path: Path) -> None:
    imported = read(tmp_path, "text;label\nyes, well;pos\nno, never;neg\n")
    assert imported.receipt.delimiter == ";"
    assert rows(imported) == [("yes, well", "pos"), ("no, never", "neg")]


def test_that_a_told_delimiter_wins(tmp_path: Path) -> None:
    imported = read(tmp_path, "a,b;c\n1,2;3\n", delimiter="semicolon")
    assert imported.table.column_names == ["a,b", "c"]
    assert read(tmp_path, "a\tb\n1\t2\n", delimiter="\\t").table.column_names == ["a", "b"]
    with pytest.raises(UserError, match="cannot be a delimiter"):
        read(tmp_path, "a,b\n1,2\n", delimiter="ab")


def test_that_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    imported = read(tmp_path, 'text\nthe first, best\n"quoted, too"\ntext\n')
    assert rows(imported) == [("the first, best",), ("quoted, too",), ("text",)]
    assert imported.receipt.delimiter is None


def test_that_one_column_may_have_a_comma_in_its_name(tmp_path: Path) -> None:
    imported = read(tmp_path, "Tell us, please\ngreat\nbad\n")
    assert imported.table.column_names == ["Tell us, please"]
    assert rows(imported) == [("great",), ("bad",)]


def test_that_tsv_keeps_literal_quotation_marks_and_says_so(tmp_path: Path) -> None:
    body = '"he said it\tpos\n"what" a film\tneg\nplain\tpos\n'
    imported = read(tmp_path, "text\tlabel\n" + body, "a.tsv")
    assert rows(imported)[:2] == [('"he said it', "pos"), ('"what" a film', "neg")]
    assert not imported.rejected
    assert "quotation marks are read as part" in told(imported)[0]


def test_that_one_stray_quote_does_not_turn_enclosing_quotes_into_text(tmp_path: Path) -> None:
    imported = read(tmp_path, "text,label\n" + '"a",pos\n' * 20 + '"b" c,neg\n')
    assert set(rows(imported)) == {("a", "pos")}
    assert [r.line for r in imported.rejected] == [22]


def test_that_header_names_are_trimmed_and_the_change_is_noted(tmp_path: Path) -> None:
    imported = read(tmp_path, "\ufeff text ,\u3000标签,\n好,正,\n差,负,1\n")
    assert imported.table.column_names == ["text", "标签", "column_3"]
    assert imported.receipt.header_changes == [
        {"from": " text ", "to": "text"},
        {"from": "\u3000标签", "to": "标签"},
        {"from": "", "to": "column_3"},
    ]


def test_that_empty_fields_beyond_the_header_are_told_not_rejected(tmp_path: Path) -> None:
    imported = read(tmp_path, "text,label\na,pos,,\nb,neg\n")
    assert rows(imported) == [("a", "pos"), ("b", "neg")]
    assert told(imported) == ["a.csv: 1 rows end in empty fields beyond the header's."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("text,label,text\na,b,c\n", 'Two columns are called "text"'),
        ("text, text\na,b\n", 'Two columns are called "text"'),
        ("text,label\n", "column names but no rows"),
        ("text,label", "column names but no rows"),
        ("", "The file is empty"),
        ("\n \n\n", "The file is empty"),
        ("\ufeff", "The file is empty"),
    ],
)
def test_that_a_file_without_use_is_one_sentence(
    tmp_path: Path, content: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence) as caught:
        read(tmp_path, content)
    assert caught.value.file is not None
    assert caught.value.file.endswith("a.csv")


def test_that_a_missing_file_and_a_folder_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        read_file(tmp_path / "none.csv")
    with pytest.raises(UserError, match="folder holds no files"):
        read_file(tmp_path)


def test_that_a_missing_header_is_suspected_when_a_name_comes_back_as_a_value(
    tmp_path: Path,
) -> None:
    imported = read(tmp_path, "good,pos\nbad,neg\nfine,pos\n")
    assert 'the column "pos" also holds "pos" as a value' in told(imported)[0]
    without = read(tmp_path, "good,pos\nbad,neg\nfine,pos\n", header=False)
    assert without.table.column_names == ["column_1", "column_2"]
    assert without.table.num_rows == 3


def test_that_a_cell_of_ten_megabytes_is_kept(tmp_path: Path) -> None:
    cell = "长 text, " * 1_100_000
    imported = read(tmp_path, f'text,label\n"{cell}",pos\nshort,neg\n')
    assert rows(imported) == [(cell, "pos"), ("short", "neg")]


def test_that_chunks_give_the_same_rows_in_pieces(tmp_path: Path) -> None:
    body = "".join(f"row {n},pos\n" for n in range(2500)) + "odd\n"
    path = tmp_path / "a.csv"
    path.write_text("text,label\n" + body)
    chunks = read_chunks(path, rows=1000)
    assert chunks.columns == ["text", "label"]
    tables = list(chunks)
    assert [t.num_rows for t in tables] == [1000, 1000, 500]
    assert tables[2]["text"][-1].as_py() == "row 2499"
    assert [r.line for r in chunks.rejected] == [2502]


def test_that_chunks_of_a_file_without_use_are_the_same_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for content, sentence in (
        ("text,label\n", "column names but no rows"),
        ("text,label\na,b,c\n", "None of the 1 rows"),
    ):
        path.write_text(content)
        with pytest.raises(UserError, match=sentence):
            list(read_chunks(path))


def test_that_the_receipt_says_how_the_file_was_read(tmp_path: Path) -> None:
    receipt = read(tmp_path, "text;label\na;b\n", "b.txt").receipt
    assert (receipt.file, receipt.format, receipt.encoding) == ("b.txt", "csv", "utf-8")
    assert (receipt.size_bytes, receipt.version, receipt.encoding_confidence) == (15, 1, 1.0)
    assert len(receipt.sha256) == 64
    assert receipt.imported_at.endswith("+00:00")
    assert type(receipt).model_validate_json(receipt.model_dump_json()) == receipt


def test_that_short_rows_are_read_fast(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text("text,label\n" + "a short review of it,pos\n" * 200_000)
    import time

    start = time.perf_counter()
    assert read_file(path).table.num_rows == 200_000
    assert time.perf_counter() - start < 8  # a fifth of a million; about 0.6 s when all is well
