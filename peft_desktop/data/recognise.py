"""What a file really is, whatever its name says: the first bytes know."""

from __future__ import annotations

import zipfile
from pathlib import Path

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .encodings import wide_without_mark
from .unpacking import damaged

_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS, or a workbook with a password"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x28\xb5\x2f\xfd", "ZSTD"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ\x00", "XZ"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x93NUMPY", "NumPy"),
)
TEXT, XLSX, PARQUET, JSON, JSONL = "text", "xlsx", "parquet", "json", "jsonl"
FEATHER, ZIP = "feather", "zip"


def content_of(path: Path) -> str:
    """`xlsx`, `parquet`, `feather`, `zip` (of files), `json` (a list), `jsonl` (an object a line),
    or `text` for all else.

    Raises UserError for a file that is none of these, and says what it is where that is known.
    """
    with path.open("rb") as file:
        start = file.read(64 * 1024)
    if start.startswith(b"PAR1"):
        return PARQUET
    if start.startswith((b"ARROW1", b"FEA1")):
        return FEATHER
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_the_zip(path)
    for magic, kind in _REFUSED:
        if start.startswith(magic):
            raise refused(path, kind)
    if _is_binary(start):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The file is no text and no table that is known."),
            QT_TRANSLATE_NOOP("engine", "Save the table as CSV, TSV, JSON lines, XLSX or Parquet."),
            file=path,
        )
    return _text_kind(start)


def refused(path: Path, kind: str) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "This kind of file cannot be read: {kind}."),
        QT_TRANSLATE_NOOP("engine", "Save the table as CSV, TSV, JSON lines, XLSX or Parquet."),
        file=path,
        kind=kind,
    )


def _in_the_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        if path.suffix.lower() == ".zip":
            raise damaged(path) from error
        return XLSX  # cut off: its reader says so
    if "xl/workbook.xml" in names:
        return XLSX
    if "xl/workbook.bin" in names:
        raise refused(path, "XLSB")
    if "content.xml" in names:
        raise refused(path, "OpenDocument")
    if "word/document.xml" in names:
        raise refused(path, "DOCX")
    return ZIP


def _is_binary(start: bytes) -> bool:
    """Control characters that no text has; UTF-16 and UTF-32 are told by their zeros' order."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    odd_ones = sum(start.count(bytes([b])) for b in (*range(1, 9), *range(14, 27), 28, 29, 30))
    zeros = start.count(0)
    half = max(1, len(start) // 2)
    even, odd = start[0::2].count(0), start[1::2].count(0)
    wide = zeros and (min(even, odd) <= 0.02 * half and max(even, odd) > 0.25 * half)
    wide = wide or wide_without_mark(start) is not None
    return not wide and (odd_ones + zeros) > max(16, 0.02 * len(start))


def _text_kind(start: bytes) -> str:
    import json

    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = start.decode(encoding, errors="replace").lstrip(" \t\r\n\ufeff")
    if text.startswith("["):
        return JSON
    if not text.startswith("{"):
        return TEXT
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    try:
        json.loads(lines[0])
    except (ValueError, RecursionError):
        return TEXT  # pretty-printed, or a broken line: the name decides
    return JSONL if len(lines) > 1 else TEXT
