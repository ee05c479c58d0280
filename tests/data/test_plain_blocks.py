"""The fast reader of plain blocks and the careful reader of records tell the same about a file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from peft_desktop.data import delimited, plain_blocks
from peft_desktop.data.imported import Imported
from peft_desktop.data.readers import read_file

_ODD = [
    *("one field", "a,b,c,d", '"open,b', 'a "b",c', '"a" b,c', "", "   ", "nul \0,b", "a,b,,"),
    *(
        '"two\nlines",b',
        '"two\r\nlines",b',
        "a\rb,c",
        '"",""',
        ",",
        '"a,""b""",c',
        "\u2028,b",
        "é,ü",
    ),
]


def everything(imported: Imported) -> tuple[object, ...]:
    rejected = [(row.line, row.raw, row.in_words()) for row in imported.rejected]
    warnings = [(w.template, w.values) for w in imported.receipt.warnings]
    return imported.table.to_pylist(), rejected, warnings


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_that_both_readers_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, end: str
) -> None:
    chance = random.Random(seed)
    lines = [f"row {n} of a plain table,label {n % 3}" for n in range(3000)]
    lines = [f'"{line[:9]}, quoted",x' if n % 7 == 0 else line for n, line in enumerate(lines)]
    for _ in range(seed * 3):
        lines.insert(chance.randrange(len(lines)), chance.choice(_ODD))
    path = tmp_path / "a.csv"
    path.write_bytes(("text,label" + end + end.join(lines) + chance.choice(["", end])).encode())
    monkeypatch.setattr(plain_blocks, "_SMALLEST", 512)
    monkeypatch.setattr(plain_blocks, "_FIRST", 8192)
    monkeypatch.setattr(plain_blocks, "_BIGGEST", 32768)
    monkeypatch.setattr(delimited, "SLOW_STRETCH", 512)
    fast = everything(read_file(path))
    monkeypatch.setattr(delimited, "plain_table", lambda *_: None)
    assert fast == everything(read_file(path))


def test_that_a_plain_table_needs_no_careful_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,label\n" + '"well, fine",good\n' * 50_000, encoding="utf-8")
    careful = []
    judged = delimited.DelimitedSource._judged
    monkeypatch.setattr(
        delimited.DelimitedSource,
        "_judged",
        lambda *given: careful.append(1) or judged(*given),  # type: ignore[func-returns-value]
    )
    assert read_file(path).table.num_rows == 50_000
    assert len(careful) < 8000
