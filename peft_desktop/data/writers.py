"""Writing results batch by batch: CSV, XLSX or Parquet, whole or not at all."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.files import staged_file
from peft_desktop.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import pyarrow as pa

EXCEL_CELL = 32_767  # UTF-16 units that a cell can hold
EXCEL_ROWS = 1_048_576  # with the header
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)*|[.,]\d+)([eE][+-]?\d+)?%?")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Writer:
    """Takes batches: a table, or a mapping column -> values (all of one length).

    Values are text, numbers or None (written as an empty cell). `warnings` is complete when the
    file is closed.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        self.columns = list(columns)
        self.rows = 0
        self.warnings: list[Warned] = []

    def write(self, batch: pa.Table | Mapping[str, Sequence[Any]]) -> None:
        """Append the rows of `batch`; a column that it lacks is an error of ours."""
        raise NotImplementedError

    def close(self) -> None:
        """Complete the file; called once, when all went well."""

    def give_up(self) -> None:
        """Let go of the file, which is thrown away."""


def _columns_of(batch: pa.Table | Mapping[str, Sequence[Any]], names: list[str]) -> list[Any]:
    columns = [batch[name] for name in names]
    return [c.to_pylist() if hasattr(c, "to_pylist") else c for c in columns]


def neutral(text: str) -> str:
    """Text that a spreadsheet will not run as a formula: an apostrophe before = + - @, tab, CR.

    Plain numbers like -1.5 stay numbers.
    """
    if text.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


class _CsvWriter(Writer):
    """UTF-8 with a byte-order mark: without one Excel takes the file for the system's old
    encoding and shows Chinese as rubbish; every other reader, ours too, passes the mark over."""

    delimiter = ","

    def __init__(self, path: Path, staged: Path, columns: Sequence[str]) -> None:
        super().__init__(path, columns)
        self._neutralised = 0
        self._file = staged.open("w", encoding="utf-8-sig", newline="", errors="strict")
        self._csv = csv.writer(self._file, delimiter=self.delimiter, lineterminator="\r\n")
        self._csv.writerow([neutral(name) for name in self.columns])

    def write(self, batch: pa.Table | Mapping[str, Sequence[Any]]) -> None:
        cells = [[self._cell(v) for v in c] for c in _columns_of(batch, self.columns)]
        rows = list(zip(*cells, strict=True))
        self._csv.writerows(rows)
        self.rows += len(rows)

    def _cell(self, value: Any) -> Any:
        if not isinstance(value, str):
            return "" if value is None else value
        safe = neutral(value)
        if safe is not value:
            self._neutralised += 1
        return safe

    def close(self) -> None:
        self._file.close()
        if self._neutralised:
            self.warnings.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        "{file}: {count} cells begin like a formula; an apostrophe was put before "
                        "them so that no spreadsheet runs them.",
                    ),
                    {"file": self.path.name, "count": self._neutralised},
                )
            )

    def give_up(self) -> None:
        self._file.close()


class _TsvWriter(_CsvWriter):
    delimiter = "\t"


class _XlsxWriter(Writer):
    """Row by row to the disk; texts are texts: no formulas, no links."""

    def __init__(self, path: Path, staged: Path, columns: Sequence[str]) -> None:
        import xlsxwriter

        super().__init__(path, columns)
        self._cut = 0
        self._book = xlsxwriter.Workbook(
            str(staged),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": True,
                "tmpdir": str(staged.parent),  # the system's own may be small
            },
        )
        self._sheet = self._book.add_worksheet()
        for number, name in enumerate(self.columns):
            self._sheet.write_string(0, number, self._short(name))

    def write(self, batch: pa.Table | Mapping[str, Sequence[Any]]) -> None:
        for row in zip(*_columns_of(batch, self.columns), strict=True):
            self.rows += 1
            if self.rows >= EXCEL_ROWS:
                raise UserError(
                    QT_TRANSLATE_NOOP("engine", "An Excel sheet holds {limit} rows at most."),
                    QT_TRANSLATE_NOOP("engine", "Write CSV or Parquet instead."),
                    file=self.path,
                    limit=EXCEL_ROWS - 1,
                )
            for number, value in enumerate(row):
                if isinstance(value, str):
                    self._sheet.write_string(self.rows, number, self._short(value))
                elif isinstance(value, bool):
                    self._sheet.write_boolean(self.rows, number, value)
                elif value is not None:
                    self._sheet.write_number(self.rows, number, value)

    def _short(self, text: str) -> str:
        if len(text) * 2 <= EXCEL_CELL:
            return text
        units = text.encode("utf-16-le")
        if len(units) // 2 <= EXCEL_CELL:
            return text
        self._cut += 1
        return units[: EXCEL_CELL * 2].decode("utf-16-le", errors="ignore")

    def close(self) -> None:
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as error:  # it hides the system's own error
            raise (error.args[0] if isinstance(error.args[0], OSError) else error) from None
        if self._cut:
            self.warnings.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        "{file}: {count} cells were longer than Excel allows and are cut to "
                        "32,767 characters; write CSV or Parquet to keep all of them.",
                    ),
                    {"file": self.path.name, "count": self._cut},
                )
            )

    def give_up(self) -> None:
        import contextlib

        with contextlib.suppress(Exception):  # only its temporary files are of interest
            self._book.close()


class _ParquetWriter(Writer):
    """The first batch sets the types of the columns."""

    def __init__(self, path: Path, staged: Path, columns: Sequence[str]) -> None:
        super().__init__(path, columns)
        self._staged = staged
        self._out: Any = None

    def write(self, batch: pa.Table | Mapping[str, Sequence[Any]]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = [batch[name] for name in self.columns]
        arrays = [c if isinstance(c, pa.ChunkedArray) else pa.array(c) for c in columns]
        table = pa.table(arrays, names=self.columns)
        if self._out is None:
            kinds = [pa.string() if pa.types.is_null(f.type) else f.type for f in table.schema]
            schema = pa.schema(list(zip(self.columns, kinds, strict=True)))
            self._out = pq.ParquetWriter(self._staged, schema, compression="zstd")
        self._out.write_table(table.cast(self._out.schema))
        self.rows += table.num_rows

    def close(self) -> None:
        import pyarrow as pa

        if self._out is None:  # no rows: the columns are all there is to say
            self.write({name: pa.array([], pa.string()) for name in self.columns})
        self._out.close()

    def give_up(self) -> None:
        if self._out is not None:
            self._out.close()


WRITERS: dict[str, Any] = {
    ".csv": _CsvWriter,
    ".tsv": _TsvWriter,
    ".xlsx": _XlsxWriter,
    ".parquet": _ParquetWriter,
}


def check_output(path: Path | str) -> None:
    """Raises UserError where no writer knows the ending; ask before long work begins."""
    ending = Path(path).suffix.lower()
    if ending not in WRITERS:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'Results cannot be written as "{ending}".'),
            QT_TRANSLATE_NOOP("engine", "Choose a name that ends in {known}."),
            file=path,
            ending=ending or Path(path).name,
            known=", ".join(WRITERS),
        )


@contextmanager
def open_writer(path: Path | str, columns: Sequence[str]) -> Iterator[Writer]:
    """Write row batches to `path`; the file appears, complete, when the block ends without error.

    Raises UserError for an unknown ending, a full disk, a place that cannot be written to.
    """
    path = Path(path)
    check_output(path)
    with staged_file(path) as staged:
        writer: Writer = WRITERS[path.suffix.lower()](path, staged, columns)
        try:
            yield writer
            writer.close()
        except BaseException:
            writer.give_up()
            raise
