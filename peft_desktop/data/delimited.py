"""Rows of text fields between delimiters; each row that does not fit is kept with its line."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .delimiters import ONE_COLUMN, Shape, find_shape, told_delimiter
from .encodings import find_encoding
from .imported import Rejected
from .source import ReadSettings, Source, clean_header, empty_file, numbered_columns

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST_FIELD = 64 * 2**20  # characters; more than that is an unclosed quotation mark
_SAMPLE_LINES = 2000
_SAMPLE_CHARACTERS = 2**20

TOO_MANY = QT_TRANSLATE_NOOP(
    "engine",
    "{found} instead of {expected} fields: a delimiter in a text without quotation marks",
)
TOO_FEW = QT_TRANSLATE_NOOP("engine", "{found} instead of {expected} fields")
QUOTE = QT_TRANSLATE_NOOP("engine", "a quotation mark is not closed or stands inside a field")
NUL = QT_TRANSLATE_NOOP("engine", "the row holds a NUL character; the file may be damaged")


@dataclass
class DelimitedSource(Source):
    """A CSV or TSV file; `shape` says how its lines fall into fields."""

    shape: Shape = field(default=Shape(",", True, 1, 1.0))
    has_header: bool = True

    def tables(self, rows: int) -> Iterator[pa.Table]:
        yield from self.row_tables(self._rows(), rows)

    def _rows(self) -> Iterator[list[str]]:
        """The rows that fit, in order; the others go to `rejected`."""
        expected = len(self.columns)
        header_due = self.has_header
        counts = _Counts()
        with open_text(self.path, self.encoding or "utf-8") as file:
            for line, row, raw, problem in _records(file, self.shape):
                if header_due:
                    header_due = problem is None and _is_blank(row)
                    continue
                if problem is None and (not row or (expected > 1 == len(row) and _is_blank(row))):
                    counts.blank_now += 1
                    continue
                counts.blank += counts.blank_now
                counts.blank_now = 0
                if problem is not None:
                    self.rejected.append(Rejected(line, raw.rstrip("\r\n"), problem))
                elif len(row) == expected:
                    if len(raw) > _SHORTEST_TWO_ROWS and _swallowed(raw, self.shape):
                        counts.swallowed.append(line)
                    yield row
                elif len(row) > expected and not any(row[expected:]):
                    counts.trailing += 1
                    yield row[:expected]
                else:
                    reason = TOO_MANY if len(row) > expected else TOO_FEW
                    values = {"found": len(row), "expected": expected}
                    self.rejected.append(Rejected(line, raw.rstrip("\r\n"), reason, values))
        self.warnings.extend(counts.warnings(self.path))


_SHORTEST_TWO_ROWS = 6  # characters


@dataclass
class _Counts:
    blank: int = 0
    blank_now: int = 0  # not counted until another row follows: the end of a file is no gap
    trailing: int = 0
    swallowed: list[int] = field(default_factory=list)

    def warnings(self, path: Path) -> Iterator[Warned]:
        if self.blank:
            yield Warned(
                QT_TRANSLATE_NOOP("engine", "{file}: {count} blank lines were passed over."),
                {"file": path.name, "count": self.blank},
            )
        if self.trailing:
            yield Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "{file}: {count} rows end in empty fields beyond the header's."
                ),
                {"file": path.name, "count": self.trailing},
            )
        if self.swallowed:
            yield Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "{file}, line {line}: a field runs over lines that look like rows of their "
                    "own ({count} in all); is a quotation mark missing?",
                ),
                {"file": path.name, "line": self.swallowed[0], "count": len(self.swallowed)},
            )


def open_text(path: Path, encoding: str) -> IO[str]:
    """The decoded file with its own line ends (\\n, \\r\\n and \\r all end a line)."""
    return path.open(encoding=encoding, errors="strict", newline="")


def open_delimited(path: Path, settings: ReadSettings, name: str, usual: str | None) -> Source:
    """Find out encoding, delimiter and columns. `usual` is the delimiter of the format."""
    encoding = find_encoding(path, settings.encoding)
    lines = _sample(path, encoding.codec)
    if not lines:
        raise empty_file(path)
    told = told_delimiter(settings.delimiter) if settings.delimiter is not None else None
    shape = find_shape(lines, told, settings.header)
    if told is None and usual is not None and shape.delimiter != usual:
        own = find_shape(lines, usual, settings.header)
        shape = own if own.fields > 1 or shape.fields == 1 else shape
    source = DelimitedSource(
        path=path,
        format=name,
        columns=[],
        encoding=encoding.codec,
        encoding_confidence=encoding.confidence,
        delimiter=None if shape.delimiter == ONE_COLUMN else shape.delimiter,
        shape=shape,
        has_header=settings.header,
    )
    if settings.header:
        source.columns, source.header_changes = clean_header(_header(path, lines, shape), path)
    else:
        source.columns = numbered_columns(shape.fields)
    if not shape.quoted:
        source.warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "{file}: quotation marks are read as part of the texts."
                ),
                {"file": path.name},
            )
        )
    return source


def _sample(path: Path, encoding: str) -> list[str]:
    """The first lines of text, without the blank ones before the header."""
    lines: list[str] = []
    size = 0
    with open_text(path, encoding) as file:
        for line in file:
            if lines or line.strip(_NOTHING):
                lines.append(line)
                size += len(line)
                if size > _SAMPLE_CHARACTERS or len(lines) >= _SAMPLE_LINES:
                    break
    return lines


_NOTHING = '\r\n \t\v\f\u00a0\u3000\ufeff\u200b,;|，"'


def _is_blank(row: list[str]) -> bool:
    return not any(cell.strip(_NOTHING) for cell in row)


def _header(path: Path, lines: list[str], shape: Shape) -> list[str]:
    for _, row, _, problem in _records(iter(lines), shape):
        if problem is not None:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "The row of column names cannot be read: {problem}."),
                QT_TRANSLATE_NOOP("engine", "Mend the first row of the file."),
                file=path,
                problem=problem,
            )
        if not _is_blank(row):
            return row
    raise empty_file(path)


class _Feed:
    """Lines for the parser, remembered until the record is complete, and taken back if not."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.pending: list[str] = []

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.pending.append(line)
        return line

    def take_back(self) -> None:
        """All lines of the broken record but its first will be read once more."""
        self._again.extendleft(reversed(self.pending[1:]))
        self.pending.clear()


_Record = tuple[int, list[str], str, str | None]


def _records(lines: Iterator[str], shape: Shape) -> Iterator[_Record]:
    """(line number from 1, fields, raw text, problem or None) of each record.

    A quotation mark out of place costs its own line only: the lines after it that the parser had
    swallowed are read again.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))
    feed = _Feed(lines)
    pending = feed.pending
    number = 1  # the line at which the next record begins
    doubtful_until = 0  # lines up to here were swallowed by a broken record before
    doubtful = False  # the next lines may be the tail of a broken record
    while True:
        reader = csv.reader(
            feed,
            delimiter=shape.delimiter,
            quoting=csv.QUOTE_MINIMAL if shape.quoted else csv.QUOTE_NONE,
            strict=True,
        )
        try:
            for row in reader:
                count = len(pending)
                raw = pending[0] if count == 1 else "".join(pending)
                pending.clear()
                problem = None
                if "\0" in raw:
                    problem = NUL
                elif (doubtful or number <= doubtful_until) and raw.count('"') % 2:
                    problem = QUOTE
                yield number, row, raw, problem
                number += count
                doubtful = doubtful and problem is None and len(row) != shape.fields
            return
        except csv.Error:
            first = pending[0]
            doubtful_until = max(doubtful_until, number + len(pending) - 1)
            feed.take_back()
            doubtful = True
            yield number, [], first, NUL if "\0" in first else QUOTE
            number += 1


def _swallowed(raw: str, shape: Shape) -> bool:
    """Whether a record of several lines reads as if each of them were a row."""
    if shape.fields < 2 or raw.find("\n", 0, -1) < 0:
        return False
    # a row has something before its first delimiter; the end of an ordinary field has not
    return all(
        line.count(shape.delimiter) == shape.fields - 1
        and line.split(shape.delimiter, 1)[0].strip('" \t\r') != ""
        for line in raw.rstrip("\r\n").split("\n")
    )
