"""A text file in big blocks of UTF-8; blocks without anything odd are parsed by Arrow at once.

What is odd is left to the slow reader, so that both give the same rows and the same complaints.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .delimiters import Shape

if TYPE_CHECKING:
    import pyarrow as pa

_SMALLEST, _FIRST, _BIGGEST = 64 * 1024, 256 * 1024, 4 * 2**20  # bytes
_LINE_END = re.compile(rb"\r\n|\r|\n")
# A repeat that keeps nothing to go back to. Python before 3.11.5 does not put back what the last,
# failing round of such a repeat of a group took (cpython issue 106052): there it costs memory.
MANY = "*+" if sys.version_info >= (3, 11, 5) else "*"


class Utf8Stream:
    """The file as UTF-8, read block by block or line by line; `line` is the next line's number."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._file = path.open("rb")
        plain = codecs.lookup(encoding).name == "utf-8"
        self._decoder = None if plain else codecs.getincrementaldecoder(encoding)("strict")
        self._size = _FIRST
        self._buffer = b""
        self._at = 0
        self._complete = False
        self.line = 1
        self.consumed = 0
        self.limit = _FIRST  # bytes of the next block

    def __enter__(self) -> Utf8Stream:
        return self

    def __exit__(self, *what: object) -> None:
        self._file.close()

    @property
    def ended(self) -> bool:
        if self._at >= len(self._buffer) and not self._complete:
            self._more()
        return self._at >= len(self._buffer)

    def _more(self) -> None:
        block = self._file.read(self._size)
        self._complete = not block
        self._size = min(self._size * 2, _BIGGEST)
        if self._decoder is not None:
            text = self._decoder.decode(block, final=not block)
            block = text.encode("utf-8", "surrogatepass")
        self._buffer = self._buffer[self._at :] + block
        self._at = 0

    def lines(self) -> Iterator[str]:
        """Lines with their ends; \\n, \\r\\n and \\r all end one."""
        while True:
            found = _LINE_END.search(self._buffer, self._at)
            # a \\r that ends the buffer may be the half of a \\r\\n
            cut = found is None or (found.end() == len(self._buffer) and found[0] == b"\r")
            if cut and not self._complete:
                self._more()
                continue
            end = len(self._buffer) if found is None else found.end()
            if end == self._at:
                return
            raw = self._buffer[self._at : end]
            self.take(end, 1)
            yield raw.decode()

    def block(self) -> tuple[bytes, int]:
        """Whole lines from here on, and where they end in the buffer; empty where a line is too
        long for that, or has no end."""
        while len(self._buffer) - self._at < self.limit and not self._complete:
            self._more()
        end = self._buffer.rfind(b"\n", self._at, self._at + self.limit) + 1
        return (self._buffer[self._at : end], end) if end > self._at else (b"", self._at)

    def pass_over(self, size: int, lines: int) -> None:
        """Go on by so many bytes."""
        self.take(self._at + size, lines)

    def narrow(self) -> bool:
        """Try a smaller block, because this one holds something odd; False when it is small."""
        if self.limit <= _SMALLEST:
            return False
        self.limit //= 4
        return True

    def widen(self) -> None:
        self.limit = min(self.limit * 2, _BIGGEST)

    def take(self, end: int, lines: int) -> None:
        """Go on to a place in the buffer."""
        self.consumed += end - self._at
        self._at = end
        self.line += lines


def _pattern(delimiter: str) -> re.Pattern[bytes]:
    d = re.escape(delimiter.encode())
    field = rb'(?:"[^"]*+(?:""[^"]*+)*"|[^"\r\n' + d + rb"]*+)"
    many = MANY.encode()
    return re.compile(rb"(?:" + field + rb"(?:" + d + field + rb")" + many + rb"\r?\n)" + many)


def plain_table(stream: Utf8Stream, shape: Shape, columns: list[str]) -> pa.Table | None:
    """The next plain block as a table; None where the next lines must be read with care."""
    if len(columns) < 2 or len(shape.delimiter.encode()) > 1 or not shape.quoted:
        return None
    if shape.quote != '"':
        return None
    while True:
        table = _block_table(stream, shape, columns)
        if table is not None:
            stream.widen()
            return table
        if not stream.narrow():
            return None


def _block_table(stream: Utf8Stream, shape: Shape, columns: list[str]) -> pa.Table | None:
    """The next block as a table; None where it holds anything that a careful reader must see:
    blank or ragged rows, quotation marks out of place, line ends in fields, NULs."""
    block, end = stream.block()
    if not block or b"\0" in block or block.startswith((b"\n", b"\r")):
        return None
    if b"\n\n" in block or b"\n\r" in block or block.count(b"\r") != block.count(b"\r\n"):
        return None
    if b'"' in block:
        found = _pattern(shape.delimiter).match(block)
        good = found.end() if found is not None else 0
        if good < len(block) // 2:
            return None
        end -= len(block) - good
        block = block[:good]
    table = _parsed(block, shape.delimiter, columns)
    lines = block.count(b"\n")
    if table is None or table.num_rows != lines:
        return None
    stream.take(end, lines)
    return table


def _parsed(block: bytes, delimiter: str, columns: list[str]) -> pa.Table | None:
    import pyarrow as pa
    import pyarrow.csv

    ragged: list[Any] = []

    def odd(row: Any) -> str:
        ragged.append(row)
        return "skip"

    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(block),
            read_options=pyarrow.csv.ReadOptions(
                column_names=columns, block_size=len(block) + 1, use_threads=False
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=odd,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    return None if ragged else table
