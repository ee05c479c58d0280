"""A file that changes or goes away while it is read is told in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.data import source as source_module
from peft_desktop.data.readers import ReadSettings, _opened, read_chunks
from peft_desktop.data.source import collected


def reviews(path: Path, rows: int = 50) -> Path:
    path.write_text("text,label\n" + "a film,good\n" * rows, encoding="utf-8")
    return path


def test_that_a_file_that_grew_meanwhile_is_refused(tmp_path: Path) -> None:
    path = reviews(tmp_path / "a.csv")
    opened = _opened(path, ReadSettings())
    with path.open("a", encoding="utf-8") as file:
        file.write("one more,bad\n")
    with pytest.raises(UserError, match=r"a\.csv: The file changed while it was being read\."):
        collected(opened)


def test_that_a_file_that_went_meanwhile_is_refused(tmp_path: Path) -> None:
    path = reviews(tmp_path / "a.csv")
    opened = _opened(path, ReadSettings())
    path.unlink()
    with pytest.raises(UserError, match="went away while it was being read"):
        collected(opened)


def test_that_a_change_at_the_last_moment_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = reviews(tmp_path / "a.csv")
    opened = _opened(path, ReadSettings())

    def look(source: object, table: object) -> None:
        path.write_text("text,label\nsomething,else\n", encoding="utf-8")

    monkeypatch.setattr(source_module, "_look_for_a_missing_header", look)
    with pytest.raises(UserError, match="changed"):
        collected(opened)


def test_that_bytes_of_another_encoding_between_two_looks_are_a_change_and_no_bug(
    tmp_path: Path,
) -> None:
    path = reviews(tmp_path / "a.csv")
    chunks = read_chunks(path)
    path.write_bytes(b"text,label\n\xff\xfe\xfa,good\n")
    with pytest.raises(UserError, match="changed"):
        list(chunks)


def test_that_a_drive_that_fails_is_told_with_what_the_system_said(tmp_path: Path) -> None:
    path = reviews(tmp_path / "a.csv")
    opened = _opened(path, ReadSettings())

    def broken(rows: int) -> object:
        raise OSError(5, "Input/output error")
        yield

    opened.tables = broken  # type: ignore[assignment, method-assign]
    with pytest.raises(UserError, match=r"cannot be read to its end: Input/output error\."):
        collected(opened)
