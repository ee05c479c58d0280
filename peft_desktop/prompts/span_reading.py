"""A long text read in windows that overlap, with the characters that each token stands for.

The prompt is whole in every window; only the text is a different stretch of itself. Where even
the question is too long, its end is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .reading import Reader, Reading
from .template import Column, Piece
from .tokens import Encoded

_MARGIN = 4  # tokens that a stretch may take more than it did inside the whole text
_LEAST_TEXT = 16  # tokens of the text that a window holds at least


@dataclass(frozen=True, slots=True)
class Window:
    """`reading.own` is the text's range of tokens; `places` are the characters [start, end) of the
    whole text that each of them stands for, without blanks around."""

    reading: Reading
    places: tuple[tuple[int, int], ...]

    @property
    def first(self) -> int:
        """The position of the text's first token."""
        return self.reading.own[0][0] if self.reading.own else 0

    def tokens_for(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and last token of the characters [start, end); None unless all are here."""
        inside = [i for i, (a, b) in enumerate(self.places) if b > start and a < end and b > a]
        if not inside or self.places[inside[0]][0] > start or self.places[inside[-1]][1] < end:
            return None
        return inside[0], inside[-1]


@dataclass(slots=True)
class _Part:
    """A stretch [start, end) of a row's text that one window is to hold."""

    row: int
    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)


class SpanReader(Reader):
    """Reads rows in windows of the column `context`; other arguments as for `Reader`."""

    context: str = ""
    stride: int = 128

    def windows(self, rows: Sequence[Mapping[str, str]]) -> tuple[list[list[Window]], int]:
        """The windows of every row, one at least, and of how many rows a question was cut."""
        parts: list[_Part] = []
        cut = 0
        contexts = self.tokens.encode_many([row[self.context] for row in rows], start=False)
        bare = self._lengths([{**row, self.context: ""} for row in rows])
        for number, (row, code, used) in enumerate(zip(rows, contexts, bare, strict=True)):
            values = dict(row)
            room = self.max_length - self.reserve - used - _MARGIN
            if room < min(_LEAST_TEXT, len(code.ids)):
                values, gained = self._shortened(values, _LEAST_TEXT - room)
                room += gained
                cut += 1
            parts += self._parts(number, values, code, max(room, 1))
        found: list[list[Window]] = [[] for _ in rows]
        made = self._read([self._with(part) for part in parts])
        for part, window in zip(parts, made, strict=True):
            found[part.row].append(_moved(window, part.start))
        return found, cut

    def _parts(self, number: int, values: dict[str, str], code: Encoded, room: int) -> list[_Part]:
        text, count = values[self.context], len(code.ids)
        if count <= room:
            return [_Part(number, 0, len(text), values)]
        parts = []
        step = max(1, room - min(self.stride, room // 2))
        for first in range(0, count, step):
            last = min(first + room, count) - 1
            start = 0 if first == 0 else code.offsets[first][0]
            end = len(text) if last == count - 1 else code.offsets[last][1]
            parts.append(_Part(number, start, end, values))
            if last == count - 1:
                break
        return parts

    def _with(self, part: _Part) -> dict[str, str]:
        return {**part.values, self.context: part.values[self.context][part.start : part.end]}

    def _lengths(self, rows: Sequence[Mapping[str, str]]) -> list[int]:
        """Tokens of the rows as they stand, special and soft ones beyond the length left out."""
        return [len(window.reading.ids) - self.ahead for window in self._read(rows)]

    def _shortened(self, values: dict[str, str], excess: int) -> tuple[dict[str, str], int]:
        """The row with the longest of its other columns cut by about `excess` tokens."""
        others = [name for name in self.template.columns if name != self.context]
        if not others:
            return values, 0
        longest = max(others, key=lambda name: len(values[name]))
        code = self.tokens.encode_many([values[longest]], start=False)[0]
        keep = max(len(code.ids) - excess, 0)
        end = code.offsets[keep][0] if keep < len(code.offsets) else len(values[longest])
        return {**values, longest: values[longest][:end]}, len(code.ids) - keep

    def _read(self, rows: Sequence[Mapping[str, str]]) -> list[Window]:
        """One window a row, cut at the end of the text where it is too long all the same."""
        filled = [self.filled(row) for row in rows]
        codes: list[Sequence[Encoded | None]] = []
        for number, stretch in enumerate(self.stretches):
            texts = ["".join(piece.text for piece in pieces[number]) for pieces in filled]
            if stretch.kind == "text" and any(texts):
                codes.append(self.tokens.encode_many(texts, start=stretch.start))
            else:
                codes.append([None] * len(rows))
        columns = zip(*codes, strict=True) if codes else [()] * len(rows)
        return [self._window(p, c) for p, c in zip(filled, columns, strict=True)]

    def _window(self, filled: Sequence[Sequence[Piece]], codes: Sequence[Encoded | None]) -> Window:
        place = self._context_place()
        ids: list[int] = list(self.before)
        soft: list[tuple[int, int]] = []
        slots: list[int] = []
        places: tuple[tuple[int, int], ...] = ()
        own = (0, 0)

        def add_soft(numbers: Sequence[int]) -> None:
            for number in numbers:
                soft.append((len(ids), number))
                ids.append(self.keeper)

        add_soft(range(self.ahead))
        for number, (stretch, pieces, code) in enumerate(
            zip(self.stretches, filled, codes, strict=True)
        ):
            if stretch.kind == "soft":
                add_soft(self._soft(stretch))
            elif stretch.kind == "slot":
                first = len(ids)
                ids += self.slot_ids
                slots += range(first, len(ids)) or (first - 1,)
            elif code is not None:
                if place is not None and place[0] == number:
                    first, last, places = _inside(pieces, place[1], code)
                    own = (len(ids) + first, len(ids) + last)
                ids += code.ids
        ids += self.after
        excess = len(ids) - self.ahead - (self.max_length - self.reserve)
        gone = min(max(excess, 0), own[1] - own[0])
        if gone:
            del ids[own[1] - gone : own[1]]
            border = own[1]
            slots = [at - gone if at >= border else at for at in slots]
            soft = [(at - gone if at >= border else at, number) for at, number in soft]
            own, places = (own[0], own[1] - gone), places[: len(places) - gone]
        return Window(Reading(tuple(ids), tuple(slots), (own,), gone, (), tuple(soft)), places)

    def _context_place(self) -> tuple[int, int] | None:
        """(stretch, piece) of the text where it stands last in the template."""
        found = None
        for number, stretch in enumerate(self.stretches):
            for index, part in enumerate(stretch.parts):
                piece = self.template.parts[part]
                if isinstance(piece, Column) and piece.name == self.context:
                    found = (number, index)
        return found


def _inside(
    pieces: Sequence[Piece], index: int, code: Encoded
) -> tuple[int, int, tuple[tuple[int, int], ...]]:
    """The tokens [first, last) that stand for the piece, and each one's characters in it."""
    begin = sum(len(piece.text) for piece in pieces[:index])
    text = pieces[index].text
    end = begin + len(text)
    inside = [i for i, (a, b) in enumerate(code.offsets) if b > begin and a < end]
    if not inside:
        return 0, 0, ()
    places = []
    for a, b in code.offsets[inside[0] : inside[-1] + 1]:
        start, stop = max(a - begin, 0), min(b - begin, len(text))
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        places.append((start, stop))
    return inside[0], inside[-1] + 1, tuple(places)


def _moved(window: Window, by: int) -> Window:
    if not by:
        return window
    return Window(window.reading, tuple((a + by, b + by) for a, b in window.places))
