"""JSON lines and JSON: values as written, broken entries with their line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data.imported import Imported
from peft_desktop.data.readers import read_chunks, read_file


def read(folder: Path, content: str | bytes, name: str = "a.jsonl") -> Imported:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file(path)


def rejected(imported: Imported) -> list[tuple[int, str]]:
    return [(r.line, r.in_words()) for r in imported.rejected]


BOTH = pytest.mark.parametrize("shape", ["jsonl", "json", "data"])


def shaped(objects: list[str], shape: str) -> tuple[str, str]:
    if shape == "jsonl":
        return "\n".join(objects) + "\n", "a.jsonl"
    listed = "[\n" + ",\n".join(objects) + "\n]"
    return (listed, "a.json") if shape == "json" else ('{"data": ' + listed + "}", "a.json")


@BOTH
def test_that_values_are_text_as_the_file_wrote_them(tmp_path: Path, shape: str) -> None:
    objects = [
        '{"text": "007", "n": 1e5, "date": "2020-01-02", "x": null, "b": true}',
        '{"text": "NA", "n": 1.50, "date": "", "x": {"a": [1, 2.50, "好"]}, "b": false}',
        '{"text": "\\ud83d\\ude00", "n": ' + "9" * 5000 + ', "date": "d", "x": NaN, "b": []}',
    ]
    table = read(tmp_path, *shaped(objects, shape)).table
    assert table.to_pylist() == [
        {"text": "007", "n": "1e5", "date": "2020-01-02", "x": "", "b": "true"},
        {"text": "NA", "n": "1.50", "date": "", "x": '{"a": [1, 2.50, "好"]}', "b": "false"},
        {"text": "😀", "n": "9" * 5000, "date": "d", "x": "NaN", "b": "[]"},
    ]


@BOTH
def test_that_odd_entries_are_kept_with_their_line(tmp_path: Path, shape: str) -> None:
    objects = [
        '{"text": "a"}',
        '["no", "object"]',
        '{"text": "b", "text": "c"}',
        '{"text": "\\ud83d"}',
        '{"text": {"k": [{"x": 1, "x": 2}]}}',
        '{"text": "d"}',
    ]
    imported = read(tmp_path, *shaped(objects, shape))
    first = 1 if shape == "jsonl" else 2
    assert rejected(imported) == [
        (first + 1, "not an object with named values"),
        (first + 2, 'the key "text" occurs twice'),
        (first + 3, "half a character (a lone surrogate)"),
        (first + 4, 'the key "x" occurs twice'),
    ]
    assert imported.rejected[1].raw == '{"text": "b", "text": "c"}'
    assert imported.table["text"].to_pylist() == ["a", "d"]


def test_that_a_broken_line_costs_itself_alone(tmp_path: Path) -> None:
    deep = '{"text": ' + "[" * 100_000 + "]" * 100_000 + "}"
    less = '{"text": ' + "[" * 400 + "]" * 400 + "}"
    lines = ['{"text": "a"}', '{"text": "b"', "", deep, less, '{"text": "c"} x', '{"text": "d"}']
    imported = read(tmp_path, "\n".join(lines))
    assert [line for line, _ in rejected(imported)] == [2, 4, 5, 6]
    assert "nested too deeply" in rejected(imported)[1][1]
    assert "nested too deeply" in rejected(imported)[2][1]
    assert rejected(imported)[3][1] == "not valid JSON (character 14)"
    assert imported.table["text"].to_pylist() == ["a", "d"]


def test_that_mixed_schemas_give_all_columns_and_a_warning(tmp_path: Path) -> None:
    imported = read(tmp_path, '{"a": 1}\n{"b": 2, "a": 3}\n')
    assert imported.table.to_pylist() == [{"a": "1", "b": ""}, {"a": "3", "b": "2"}]
    assert "1 rows lack a key" in imported.receipt.warnings[0].template.format(
        **imported.receipt.warnings[0].values
    )


def test_that_a_byte_order_mark_and_gbk_are_read(tmp_path: Path) -> None:
    line = json.dumps({"文本": "这部电影很好看，我很喜欢"}, ensure_ascii=False) + "\n"
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        table = read(tmp_path, (line * 2).encode(encoding)).table
        assert table["文本"].to_pylist() == ["这部电影很好看，我很喜欢"] * 2


def test_that_json_lines_in_a_json_file_and_the_reverse_are_read(tmp_path: Path) -> None:
    lines = read(tmp_path, '{"text": "a"}\n{"text": "b"}\n', "a.json")
    assert (lines.receipt.format, lines.table.num_rows) == ("jsonl", 2)
    whole = read(tmp_path, '[{"text": "a"},\n {"text": "b"}]', "b.jsonl")
    assert (whole.receipt.format, whole.table.num_rows) == ("json", 2)


def test_that_what_stands_beside_the_rows_is_told(tmp_path: Path) -> None:
    imported = read(tmp_path, '{"version": 2, "data": [{"text": "a"}]}', "a.json")
    assert imported.receipt.warnings[0].values["keys"] == "version"


@pytest.mark.parametrize(
    ("content", "sentence", "line"),
    [
        ('[{"text": "a"},\n{"text": "b"}\n', "broken here", 3),
        ('[{"text": "a"},\n{"text" "b"}]', "broken here", 2),
        ('[{"text": "a"}]\ntrailing', "broken here", 2),
        ('{"data": [{"text": "a"}]} x', "broken here", 1),
        ('{"text": {"nested": 1}}', "holds no list of rows", None),
        ('{"a": [{"x": 1}], "b": [{"x": 2}]}', "holds no list of rows", None),
        ("[]", "list of rows is empty", None),
        ("[1, 2]", "None of the 2 rows", 1),
        ("  \n", "file is empty", None),
    ],
)
def test_that_json_without_rows_is_one_sentence(
    tmp_path: Path, content: str, sentence: str, line: int | None
) -> None:
    with pytest.raises(UserError, match=sentence) as caught:
        read(tmp_path, content, "a.json")
    assert caught.value.row == line


def test_that_lines_without_an_object_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="None of the"):
        read(tmp_path, "text\nlabel\n")
    with pytest.raises(UserError, match='Two columns are called "a"'):
        read(tmp_path, '{"a": 1, " a": 2}\n')


def test_that_json_beyond_the_cap_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peft_desktop.data.readers.json_file.BIGGEST_BYTES", 10)
    with pytest.raises(UserError, match="Save it as JSON lines"):
        read(tmp_path, '[{"text": "abc"}]', "a.json")


def test_that_chunks_of_json_lines_come_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"n": {n}}}\n' for n in range(25)) + "broken\n")
    chunks = read_chunks(path, rows=10)
    assert [c["n"].to_pylist()[0] for c in chunks] == ["0", "10", "20"]
    assert [r.line for r in chunks.rejected] == [26]
