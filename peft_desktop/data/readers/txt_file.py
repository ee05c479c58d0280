"""TXT: a table where the lines have a table's shape, one text a line otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from ..csv_records import NUL
from ..delimited import open_delimited, open_text, sample_lines
from ..delimiters import Shape, find_shape
from ..encodings import find_encoding
from ..imported import Rejected
from ..roles import LABEL_NAMES, TEXT_NAMES
from ..source import Reader, ReadSettings, Source, empty_file

if TYPE_CHECKING:
    import pyarrow as pa

COLUMN = "text"
LINES = "lines"  # said as the delimiter: each line is a text, whatever it holds
_FITTING = 0.9  # share of the lines that have the fields of the first
_BLANKS = " \t\r\n\v\f\ufeff"


@dataclass
class LinesSource(Source):
    """`header`: the first line is the name of the column."""

    header: bool = False

    def tables(self, rows: int) -> Iterator[pa.Table]:
        yield from self.row_tables(self._rows(), rows)

    def _rows(self) -> Iterator[tuple[str]]:
        header_due = self.header
        with open_text(self.path, self.encoding or "utf-8") as file:
            for number, line in enumerate(file, start=1):
                text = line.strip(_BLANKS)
                if not text:
                    continue
                if header_due:
                    header_due = False
                elif "\0" in text:
                    self.rejected.append(Rejected(number, text, NUL))
                else:
                    yield (text,)


class TxtReader(Reader):
    """A single line of prose has commas too: a table's lines all have as many fields."""

    name = "txt"
    extensions = (".txt",)

    def open(self, path: Path, settings: ReadSettings) -> Source:
        if settings.delimiter not in (None, LINES):
            return open_delimited(path, settings, "csv", usual=None)
        encoding = find_encoding(path, settings.encoding)
        lines = sample_lines(path, encoding.codec)
        if not lines:
            raise empty_file(path)
        if settings.delimiter is None:
            shape = find_shape(lines, None, settings.header)
            filled = sum(1 for line in lines if line.strip(_BLANKS))
            fits = shape.fitting >= _FITTING or (settings.header and _has_names(lines[0], shape))
            if shape.fields > 1 and fits and filled > 1:
                return open_delimited(path, settings, "csv", usual=None)
        name = lines[0].strip(_BLANKS)
        named = settings.header and name.casefold() in TEXT_NAMES
        source = LinesSource(
            path=path,
            format=self.name,
            columns=[name if named else COLUMN],
            encoding=encoding.codec,
            encoding_confidence=encoding.confidence,
            header=named,
        )
        source.warnings.append(
            Warned(
                QT_TRANSLATE_NOOP("engine", "{file}: each line is read as one text."),
                {"file": path.name},
            )
        )
        return source


def _has_names(line: str, shape: Shape) -> bool:
    """Whether the first line names a column of texts or labels: then it is a table's header."""
    names = {name.strip(_BLANKS + '"').casefold() for name in line.split(shape.delimiter)}
    return bool(names & {*TEXT_NAMES, *LABEL_NAMES})
