"""Records of delimited text: a quotation mark out of place costs its own line only."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .delimiters import Shape

LONGEST_FIELD = 64 * 2**20  # characters; more than that is an unclosed quotation mark
QUOTE = QT_TRANSLATE_NOOP("engine", "a quotation mark is not closed or stands inside a field")
NUL = QT_TRANSLATE_NOOP("engine", "the row holds a NUL character; the file may be damaged")

Record = tuple[int, list[str], str, str | None]


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

    @property
    def waits(self) -> bool:
        return bool(self._again)

    def take_back(self) -> None:
        """All lines of the broken record but its first will be read once more."""
        self._again.extendleft(reversed(self.pending[1:]))
        self.pending.clear()


class Records:
    """(line number from 1, fields, raw text, problem or None) of each record, in order.

    Lines that the parser had swallowed after a quotation mark out of place are read again.
    """

    def __init__(self, lines: Iterator[str], shape: Shape, number: int = 1) -> None:
        csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))
        self._feed = _Feed(lines)
        self._shape = shape
        self.number = number  # the line at which the next record begins
        self._doubtful_until = 0  # lines up to here were swallowed by a broken record before
        self._doubtful = False  # the next lines may be the tail of a broken record

    @property
    def settled(self) -> bool:
        """Whether the lines to come can be read without knowing what was before."""
        waits = self._feed.waits or self._doubtful
        return not waits and self.number > self._doubtful_until

    def __iter__(self) -> Iterator[Record]:
        feed, pending, shape = self._feed, self._feed.pending, self._shape
        while True:
            reader = csv.reader(
                feed,
                delimiter=shape.delimiter,
                quoting=csv.QUOTE_MINIMAL if shape.quoted else csv.QUOTE_NONE,
                quotechar=shape.quote,
                strict=True,
            )
            try:
                for row in reader:
                    number, count = self.number, len(pending)
                    raw = pending[0] if count == 1 else "".join(pending)
                    pending.clear()
                    problem = None
                    if "\0" in raw:
                        problem = NUL
                    elif (self._doubtful or number <= self._doubtful_until) and (
                        raw.count(shape.quote) % 2
                    ):
                        problem = QUOTE
                    self.number += count
                    self._doubtful = self._doubtful and problem is None and len(row) != shape.fields
                    yield number, row, raw, problem
                return
            except csv.Error:
                first = pending[0]
                number = self.number
                self._doubtful_until = max(self._doubtful_until, number + len(pending) - 1)
                feed.take_back()
                self._doubtful = True
                self.number += 1
                yield number, [], first, NUL if "\0" in first else QUOTE
