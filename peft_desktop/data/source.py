"""An open file of rows: what every reader offers, and how rows become a table of texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.fields import Settings, setting
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .imported import HeaderChange, Imported, Member, Receipt, Rejected
from .steady import Stamp, check_steady, told_where_it_breaks

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_A_TIME = 16_384
_BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\u200e\u200f\u2060\ufeff"


class ReadSettings(Settings):
    """How to read a file where the program should not find out by itself."""

    encoding: str | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Encoding"),
        help=QT_TRANSLATE_NOOP(
            "settings", "utf-8, gb18030, big5, shift_jis, cp1252 ... Empty: found out by itself."
        ),
    )
    delimiter: str | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Delimiter"),
        help=QT_TRANSLATE_NOOP(
            "settings", "The character between two fields, or tab. Empty: found out by itself."
        ),
    )
    sheet: str | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Sheet"),
        help=QT_TRANSLATE_NOOP("settings", "The sheet of a workbook. Empty: the first visible."),
    )
    header: bool = setting(
        True,
        label=QT_TRANSLATE_NOOP("settings", "First row has the names"),
        help=QT_TRANSLATE_NOOP(
            "settings", "Off: the columns are called column_1, column_2 and so on."
        ),
    )
    quote: str | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Quotation mark"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "The mark around fields that hold the delimiter: \", ' or none. Empty: found out.",
        ),
    )
    decimal: str | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Decimal mark"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "A comma here turns numbers such as 1.234,5 into 1234.5. Empty: all stays as it is.",
        ),
    )
    join: str | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Join extra fields into"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "The text column: fields too many in a row are joined into it with the delimiters "
            "between them. Empty: such rows are rejected.",
        ),
    )
    tag_column: int | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Column of the tags"),
        help=QT_TRANSLATE_NOOP(
            "settings", "In CoNLL files: its number from 1. Empty: found out by itself."
        ),
        low=1,
        high=1000,
    )

    def __init__(
        self,
        encoding: str | None = None,
        delimiter: str | None = None,
        sheet: str | None = None,
        header: bool = True,
        tag_column: int | None = None,
        quote: str | None = None,
        decimal: str | None = None,
        join: str | None = None,
        **unknown: Any,  # for pydantic to complain about
    ) -> None:
        told: dict[str, Any] = {
            "encoding": encoding,
            "delimiter": delimiter,
            "sheet": sheet,
            "header": header,
        }
        told |= {"tag_column": tag_column, "quote": quote, "decimal": decimal, "join": join}
        super().__init__(**told, **unknown)


@dataclass
class Source:
    """A file that was opened and understood; `tables` may be taken once.

    `columns` are the clean names; `tables` yields string tables of at most the asked-for number
    of rows and appends to `rejected` and `warnings` as it goes along. `stamp` is the file's when
    it was opened.
    """

    path: Path
    format: str
    columns: list[str]
    header_changes: list[HeaderChange] = field(default_factory=list)
    encoding: str | None = None
    encoding_confidence: float | None = None
    delimiter: str | None = None
    sheet: str | None = None
    rejected: list[Rejected] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    stamp: Stamp | None = None
    members: list[Member] = field(default_factory=list)
    read_as: dict[str, Any] = field(default_factory=dict)
    mended: int = 0

    def tables(self, rows: int) -> Iterator[pa.Table]:
        raise NotImplementedError

    def sources(self) -> list[Path]:
        """What the user chose: one file or folder, or several files."""
        return [self.path]

    def all_tables(self, rows: int) -> Iterator[pa.Table]:
        """`tables` with the decimal mark as wished and a UserError where the file breaks."""
        tables = told_where_it_breaks(self.tables(rows), self.path, self.stamp)
        return map(with_points, tables) if self.read_as.get("decimal") == "," else tables

    def identity(self) -> tuple[str, int]:
        """The file's SHA-256 and its size in bytes."""
        from peft_desktop.core.files import sha256_of

        return sha256_of(self.path), self.path.stat().st_size

    def row_tables(self, rows: Iterable[Sequence[str]], size: int) -> Iterator[pa.Table]:
        """Gather rows (each as long as `columns`) into tables."""
        batch: list[Sequence[str]] = []
        for row in rows:
            batch.append(row)
            if len(batch) >= size:
                yield self.table_of(batch)
                batch = []
        if batch:
            yield self.table_of(batch)

    def table_of(self, rows: Sequence[Sequence[str]]) -> pa.Table:
        import pyarrow as pa

        cells = zip(*rows, strict=True) if rows else ([] for _ in self.columns)
        # a column beyond 2 GB comes back in several chunks, which Table takes as they are
        return pa.table([pa.array(list(c), pa.string()) for c in cells], names=self.columns)


class Reader:
    """One file format. A subclass sets `name` and `extensions` and opens a `Source`."""

    name: str
    extensions: tuple[str, ...]

    def open(self, path: Path, settings: ReadSettings) -> Source:
        """Raises UserError where the file as a whole cannot be understood."""
        raise NotImplementedError

    def read(self, path: Path, settings: ReadSettings | None = None) -> Imported:
        """The whole file."""
        return collected(self.open(Path(path), settings or ReadSettings()))


class Chunks(Iterator["pa.Table"]):
    """A file read in pieces, in constant memory; `rejected` and `warnings` grow on the way."""

    def __init__(self, source: Source, rows: int) -> None:
        self._source = source
        self._tables = source.all_tables(rows)
        self._any = False

    @property
    def columns(self) -> list[str]:
        return self._source.columns

    @property
    def rejected(self) -> list[Rejected]:
        return self._source.rejected

    @property
    def warnings(self) -> list[Warned]:
        return self._source.warnings

    def __next__(self) -> pa.Table:
        """Raises UserError at the end when not a single row was left, as `read_file` does."""
        try:
            table = next(self._tables)
        except StopIteration:
            if not self._any:
                raise no_rows(self._source) from None
            raise
        self._any = True
        return table


def collected(source: Source) -> Imported:
    """Read everything. Raises UserError when not a single row is left, and when the file is not
    what it was at the beginning."""
    import pyarrow as pa

    parts = list(source.all_tables(ROWS_AT_A_TIME))
    check_steady(source.path, source.stamp)
    if not parts:
        raise no_rows(source)
    table = pa.concat_tables(parts)
    _look_for_a_missing_header(source, table)
    receipt = receipt_of(source, table.num_rows)
    return Imported(table, receipt, source.rejected)


def receipt_of(source: Source, rows: int) -> Receipt:
    """The receipt of a source that was read to its end. Raises UserError where it changed."""
    try:
        digest, size = source.identity()
    finally:
        check_steady(source.path, source.stamp)
    return Receipt(
        file=source.path.name,
        sha256=digest,
        size_bytes=size,
        format=source.format,
        encoding=source.encoding,
        encoding_confidence=source.encoding_confidence,
        delimiter=source.delimiter,
        sheet=source.sheet,
        rows_read=rows,
        rows_rejected=len(source.rejected),
        header_changes=source.header_changes,
        members=source.members,
        read_as=source.read_as,
        sources=[str(path.absolute()) for path in source.sources()],
        mended=source.mended,
        warnings=source.warnings,
        imported_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


_COMMA_NUMBER = r"^\s*([+-]?)(\d{1,3}(?:[. ]\d{3})+|\d+),(\d+)\s*$"


def with_points(table: pa.Table) -> pa.Table:
    """Cells that are numbers with a decimal comma get a point, and lose the marks of thousands."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = []
    for column in table.columns:
        found = pc.match_substring_regex(column, _COMMA_NUMBER)
        if pc.any(found).as_py():
            plain = pc.replace_substring_regex(column, r"[.\s]", "")
            plain = pc.replace_substring(plain, ",", ".")
            column = pc.if_else(found, plain, column)
        columns.append(column)
    return pa.table(columns, names=table.column_names)


def no_rows(source: Source) -> UserError:
    """The sentence for a file of which nothing is left: header only, or every row rejected."""
    if not source.rejected:
        return UserError(
            QT_TRANSLATE_NOOP("engine", "The file has column names but no rows."),
            QT_TRANSLATE_NOOP("engine", "Add rows under the header."),
            file=source.path,
        )
    first = source.rejected[0]
    return UserError(
        QT_TRANSLATE_NOOP(
            "engine", "None of the {count} rows can be used; the first problem: {reason}."
        ),
        QT_TRANSLATE_NOOP("engine", "Write one object with named values for each row.")
        if source.format in ("json", "jsonl")
        else QT_TRANSLATE_NOOP(
            "engine",
            "Put texts that hold the delimiter into quotation marks, or name another delimiter.",
        ),
        file=source.path,
        row=first.line,
        count=len(source.rejected),
        reason=first.in_words(),
    )


def empty_file(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The file is empty."),
        QT_TRANSLATE_NOOP("engine", "Choose a file with a header and rows."),
        file=path,
    )


def clean_header(names: Sequence[str], path: Path) -> tuple[list[str], list[HeaderChange]]:
    """Names without blanks around them; an empty one becomes `column_N`.

    Raises UserError when two columns end up with one name.
    """
    clean: list[str] = []
    changes: list[HeaderChange] = []
    for number, name in enumerate(names, start=1):
        new = name.strip(_BLANKS) or f"column_{number}"
        if new != name:
            changes.append({"from": name, "to": new})
        if new in clean:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'Two columns are called "{name}".'),
                QT_TRANSLATE_NOOP("engine", "Give each column a name of its own."),
                file=path,
                name=new,
            )
        clean.append(new)
    return clean, changes


def numbered_columns(count: int) -> list[str]:
    return [f"column_{number}" for number in range(1, count + 1)]


_UNNAMED = re.compile(r"column_\d+")


def _look_for_a_missing_header(source: Source, table: pa.Table) -> None:
    source.warnings.extend(missing_header(source.path, table))


def missing_header(path: Path, table: pa.Table) -> list[Warned]:
    """A label's name as a column's name means that the first row was taken for the header."""
    import pyarrow.compute as pc

    found = []
    for name in table.column_names:
        if _UNNAMED.fullmatch(name):
            continue
        same = pc.sum(pc.equal(table[name], name)).as_py() or 0
        if same:
            found.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        '{file}: the column "{name}" also holds "{name}" as a value ({count} '
                        "times); if the first row is data, tell that there is no header.",
                    ),
                    {"file": path.name, "name": name, "count": same},
                )
            )
    return found
