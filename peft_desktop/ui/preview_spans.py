"""A row as the model will read it, as stretches of text: what they are, and what is cut off."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from ..prompts.notation import written
from ..prompts.parts import Piece
from ..prompts.reading import Reader, Reading
from ..prompts.tokens import Tokens

_NO_LIMIT = 2**31


class Span(NamedTuple):
    """`kind` is literal, column, parameter, slot (without text), soft (as it is written) or
    special; `cut`: not read."""

    kind: str
    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class LaidOut:
    """`tokens` counts all tokens of the row, `cut` of them are left out, at the places `gone`;
    `own` of those that are read come from columns."""

    spans: tuple[Span, ...]
    tokens: int
    cut: int
    gone: tuple[Gone, ...] = ()
    own: int = 0


class Gone(NamedTuple):
    """Of the tokens [start, end) of a column, `cut` are left out, those at its end."""

    start: int
    end: int
    cut: int


def lay_out(reader: Reader, row: Mapping[str, str]) -> LaidOut:
    """The row's text with the borders of its pieces, exactly as `reader` cuts it."""
    kept = whole = reader.read(row)
    if kept.cut:
        whole = Reader(
            reader.template,
            reader.parameters,
            reader.tokens,
            _NO_LIMIT,
            before=reader.before,
            after=reader.after,
            slot_ids=reader.slot_ids,
            ahead=reader.ahead,
        ).read(row)
    gone = _gone(whole, kept) if kept.cut else []
    at = len(reader.before) + reader.ahead
    spans = [Span("special", reader.tokens.token(i)) for i in reader.before]
    for stretch, pieces in zip(reader.stretches, reader.filled(row), strict=True):
        if stretch.kind == "slot":
            spans.append(Span("slot", ""))
            at += len(reader.slot_ids)
        elif stretch.kind == "soft":
            part = reader.template.parts[stretch.parts[0]]
            spans.append(Span("soft", written(part)))
            at += len(getattr(part, "places", ()))
        else:
            spans += _segment(reader.tokens, pieces, gone, at, start=stretch.start)
            at += _length(reader.tokens, pieces, gone, start=stretch.start)
    spans += [Span("special", reader.tokens.token(i)) for i in reader.after]
    return LaidOut(
        tuple(span for span in spans if span.text or span.kind == "slot"),
        len(whole.ids),
        kept.cut,
        tuple(gone),
        sum(end - start for start, end in kept.own),
    )


def _gone(whole: Reading, kept: Reading) -> list[Gone]:
    """Where the two differ: only columns get shorter, down to nothing."""
    found = []
    left = list(kept.pieces)
    for kind, start, end in whole.pieces:
        length = 0
        if left and left[0][0] == kind:
            _, kept_start, kept_end = left.pop(0)
            length = kept_end - kept_start
        if length < end - start:
            found.append(Gone(start, end, end - start - length))
    return found


def _length(tokens: Tokens, pieces: Sequence[Piece], gone: Sequence[Gone], start: bool) -> int:
    """Tokens of a stretch of text; only asked where something is cut."""
    text = "".join(piece.text for piece in pieces)
    return len(tokens.ids(text, start=start)) if gone and text else 0


def _segment(
    tokens: Tokens, pieces: Sequence[Piece], gone: Sequence[Gone], first: int, start: bool
) -> list[Span]:
    """The pieces as spans; `first`: the number of the segment's first token in the whole row."""
    if not gone or not pieces:
        return [Span(piece.kind, piece.text) for piece in pieces]
    text = "".join(piece.text for piece in pieces)
    offsets = tokens.encode_many([text], start=start)[0].offsets
    ends = list(accumulate(len(piece.text) for piece in pieces))
    cuts = [
        _characters(text, offsets, ends, each.start - first, each.end - first, each.cut)
        for each in gone
        if first <= each.start and each.end - first <= len(offsets)
    ]
    spans = []
    for piece, end in zip(pieces, ends, strict=True):
        begin = end - len(piece.text)
        cut = next((c for c in cuts if piece.kind == "column" and begin <= c[0] < end), None)
        if cut is None:
            spans.append(Span(piece.kind, piece.text))
            continue
        low, high = cut[0] - begin, min(cut[1], end) - begin
        spans += [
            Span(piece.kind, piece.text[:low]),
            Span(piece.kind, piece.text[low:high], cut=True),
            Span(piece.kind, piece.text[high:]),
        ]
    return spans


def _characters(
    text: str,
    offsets: Sequence[tuple[int, int]],
    ends: Sequence[int],
    low: int,
    high: int,
    cut: int,
) -> tuple[int, int]:
    """The characters of the tokens left out of the run [low, high)."""
    first, last = tokens_left_out(text, offsets, ends, low, high, cut)
    return offsets[first][0], offsets[max(low, last - 1)][1]


def tokens_left_out(
    text: str,
    offsets: Sequence[tuple[int, int]],
    ends: Sequence[int],
    low: int,
    high: int,
    cut: int,
) -> tuple[int, int]:
    """Which tokens of the run [low, high) are left out.

    A last token that also holds a character of the next piece is never cut, so the cut may end
    before it. `ends`: where the pieces of `text` end.
    """
    border = ends[piece_of(text, offsets[low], ends)]
    last = high
    while last > low and offsets[last - 1][1] > border:
        last -= 1
    return max(low, last - cut), last


def piece_of(text: str, offset: tuple[int, int], ends: Sequence[int]) -> int:
    """The piece that a token belongs to: that of its first character that is no blank."""
    at, stop = offset
    while at < stop - 1 and text[at].isspace():
        at += 1
    return min(bisect_right(ends, at), len(ends) - 1)
