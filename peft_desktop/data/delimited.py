"""Rows of text fields between delimiters; each row that does not fit is kept with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .csv_records import Records
from .delimiters import ONE_COLUMN, Shape, find_shape, rivals, told_delimiter, told_quote
from .encodings import find_encoding
from .imported import Rejected
from .plain_blocks import Utf8Stream, plain_table
from .roles import require
from .source import ReadSettings, Source, clean_header, empty_file, numbered_columns

if TYPE_CHECKING:
    import pyarrow as pa

SLOW_STRETCH = 64 * 1024  # bytes that are read record by record where something is odd
_SAMPLE_LINES = 2000
_SAMPLE_CHARACTERS = 2**20

TOO_MANY = QT_TRANSLATE_NOOP(
    "engine",
    "{found} instead of {expected} fields: a delimiter in a text without quotation marks",
)
TOO_FEW = QT_TRANSLATE_NOOP("engine", "{found} instead of {expected} fields")


@dataclass
class DelimitedSource(Source):
    """A CSV or TSV file; `shape` says how its lines fall into fields."""

    shape: Shape = field(default=Shape(",", True, 1, 1.0))
    has_header: bool = True
    join_at: int | None = None  # the place of the column that takes fields too many

    def __post_init__(self) -> None:
        self._counts = _Counts()

    def tables(self, rows: int) -> Iterator[pa.Table]:
        """Blocks that are plain go to Arrow; odd ones are read record by record."""
        self._counts = _Counts()
        stream = Utf8Stream(self.path, self.encoding or "utf-8")
        header_due = self.has_header
        with stream:
            while not stream.ended:
                plain = None if header_due else plain_table(stream, self.shape, self.columns)
                if plain is not None:
                    self._counts.blank += self._counts.blank_now
                    self._counts.blank_now = 0
                    for start in range(0, plain.num_rows, rows):
                        yield plain.slice(start, rows)
                    continue
                yield from self.row_tables(self._rows(stream, header_due), rows)
                header_due = False
        self.warnings.extend(self._counts.warnings(self.path))

    def _rows(self, stream: Utf8Stream, header_due: bool) -> Iterator[list[str]]:
        """The rows of a stretch that fit, in order; the others go to `rejected`."""
        expected, counts = len(self.columns), self._counts
        records = Records(stream.lines(), self.shape, stream.line)
        enough = stream.consumed + SLOW_STRETCH
        for line, row, raw, problem in records:
            if header_due:
                header_due = problem is None and _is_blank(row)
            elif problem is None and (not row or (expected > 1 == len(row) and _is_blank(row))):
                counts.blank_now += 1
            else:
                counts.blank += counts.blank_now
                counts.blank_now = 0
                kept = self._judged(line, row, raw, problem)
                if kept is not None:
                    yield kept
            if not header_due and records.settled and stream.consumed >= enough:
                return

    def _judged(self, line: int, row: list[str], raw: str, problem: str | None) -> list[str] | None:
        """The row if it fits, mended where that is wished; None when it was rejected."""
        expected, counts = len(self.columns), self._counts
        if problem is not None:
            self.rejected.append(Rejected(line, raw.rstrip("\r\n"), problem))
            return None
        if len(row) == expected:
            if len(raw) > _SHORTEST_TWO_ROWS and _swallowed(raw, self.shape):
                counts.swallowed.append(line)
            return row
        more = len(row) - expected
        if more > 0 and not any(row[expected:]):
            counts.trailing += 1
            return row[:expected]
        if more > 0 and self.join_at is not None:
            at = self.join_at
            self.mended += 1
            joined = self.shape.delimiter.join(row[at : at + more + 1])
            return [*row[:at], joined, *row[at + more + 1 :]]
        reason = TOO_MANY if more > 0 else TOO_FEW
        values = {"found": len(row), "expected": expected}
        self.rejected.append(Rejected(line, raw.rstrip("\r\n"), reason, values))
        return None


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
    lines = sample_lines(path, encoding.codec)
    if not lines:
        raise empty_file(path)
    told = told_delimiter(settings.delimiter) if settings.delimiter is not None else None
    quote = told_quote(settings.quote) if settings.quote is not None else None
    shape = find_shape(lines, told, settings.header, quote)
    if told is None and usual is not None and shape.delimiter != usual:
        own = find_shape(lines, usual, settings.header, quote)
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
    if settings.join is not None:
        require(source.columns, settings.join, field="join", file=str(path))
        source.join_at = source.columns.index(settings.join)
    others = rivals(lines, shape, settings.header) if told is None and usual is None else []
    if others:
        source.warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "{file}: fields may also be parted by {others}; look at the preview, and name "
                    "the delimiter if it is not {delimiter}.",
                ),
                {"file": path.name, "others": " ".join(others), "delimiter": shape.delimiter},
            )
        )
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


def sample_lines(path: Path, encoding: str) -> list[str]:
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
    for _, row, _, problem in Records(iter(lines), shape):
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
