"""How a row becomes the tokens that a model reads: rendered, tokenised, cut at the text alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import NamedTuple

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from .segments import after_slot as after_slot
from .segments import columns_alone
from .segments import label_prompt as label_prompt
from .segments import space_before_slot as space_before_slot
from .segments import up_to_slot as up_to_slot
from .segments import without_slot_segment as without_slot_segment
from .template import Piece, Slot, Soft, Template, fill
from .tokens import Encoded, Tokens

NO_LIMIT = 2**31


@dataclass(frozen=True, slots=True)
class Reading:
    """One row as a model reads it.

    `ids`: all tokens. `slots`: positions of the slots' tokens; where a slot has none (causal
    models), the last position before it; empty for a template without a slot. `own`: ranges
    [start, end) of tokens that come from columns. `cut`: tokens of columns left out. `pieces`:
    (kind, start, end) in order, kind being special, literal, column, parameter, slot or soft.
    `soft`: (position, number of the vector) of each soft token; its id only keeps the place.
    """

    ids: tuple[int, ...]
    slots: tuple[int, ...]
    own: tuple[tuple[int, int], ...]
    cut: int
    pieces: tuple[tuple[str, int, int], ...]
    soft: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Run:
    """Tokens of one piece; the first `free` of them may be cut, from their end."""

    kind: str
    ids: list[int]
    offsets: list[tuple[int, int]]
    free: int = 0
    importance: int = 0

    def shorten(self, count: int) -> int:
        """Leave out `count` tokens or a few more, so that no character is torn."""
        keep = self.free - count
        while 0 < keep < len(self.offsets) and self.offsets[keep][0] < self.offsets[keep - 1][1]:
            keep -= 1
        gone = self.free - keep
        self.ids = self.ids[:keep] + self.ids[self.free :]
        self.offsets = self.offsets[:keep] + self.offsets[self.free :]
        self.free = keep
        return gone


class Stretch(NamedTuple):
    """Parts of the template that stand together: text that is tokenised as one, a slot, or soft
    tokens. `parts` are their indices; `start`: no other text stands before."""

    kind: OneOf["text", "slot", "soft"]
    parts: tuple[int, ...]
    start: bool = False


class Reader:
    """Turns rows into readings of at most `max_length - reserve` tokens.

    `before`, `after`: special tokens around the whole. `slot_ids`: what stands in each slot, e.g.
    m mask tokens, or nothing for a causal model. `reserve`: room kept for label words. `ahead`:
    soft tokens behind `before`, beyond the length.
    The blank right before a slot belongs to the label word (see `space_before_slot`), so it
    is never a token of its own here.
    Raises UserError where the prompt alone does not fit.
    """

    def __init__(
        self,
        template: Template,
        parameters: Mapping[str, str],
        tokens: Tokens,
        max_length: int,
        *,
        before: Sequence[int] = (),
        after: Sequence[int] = (),
        slot_ids: Sequence[int] = (),
        reserve: int = 0,
        ahead: int = 0,
    ) -> None:
        self.template = template
        self.parameters = dict(parameters)
        self.tokens = tokens
        self.max_length = max_length
        self.before = tuple(before)
        self.after = tuple(after)
        self.slot_ids = tuple(slot_ids)
        self.reserve = reserve
        self.ahead = ahead
        self.stretches = _stretches(template)
        if self.stretches and self.stretches[0].kind == "slot":
            self.stretches = (Stretch("text", (), start=True), *self.stretches)
        self.read_many([dict.fromkeys(template.columns, "")])  # the prompt alone must fit

    def read(self, row: Mapping[str, str]) -> Reading:
        return self.read_many([row])[0]

    def read_many(self, rows: Sequence[Mapping[str, str]]) -> list[Reading]:
        """Readings in the order of the rows. Rows map column names to texts."""
        filled = [self.filled(row) for row in rows]
        codes: list[Sequence[Encoded | None]] = []
        for number, stretch in enumerate(self.stretches):
            texts = [_text(pieces[number]) for pieces in filled]
            if stretch.kind == "text" and any(texts):
                codes.append(self.tokens.encode_many(texts, start=stretch.start))
            else:
                codes.append([None] * len(rows))
        columns = zip(*codes, strict=True) if codes else [()] * len(rows)
        return [self._reading(p, c) for p, c in zip(filled, columns, strict=True)]

    def filled(self, row: Mapping[str, str]) -> list[list[Piece]]:
        """The filled pieces of each stretch, exactly as they are tokenised."""
        pieces = fill(self.template, row, self.parameters)
        found = [[pieces[part] for part in stretch.parts] for stretch in self.stretches]
        for number, stretch in enumerate(self.stretches):
            if stretch.kind == "text":
                continue
            if number and self.stretches[number - 1].kind == "text":
                _drop_blank(found[number - 1], -1)  # it belongs to the label word
            behind = number + 1 < len(self.stretches) and self.stretches[number + 1]
            if stretch.kind == "soft" and behind and behind.start:
                _drop_blank(found[number + 1], 0)
        if self._bare and not _text(found[0]):
            # a causal model needs one token to predict from, also where the text is empty
            found[0].append(Piece("literal", "\n"))
        return found

    @property
    def _bare(self) -> bool:
        """Whether nothing but text stands before the slot."""
        kinds = [stretch.kind for stretch in self.stretches[:2]]
        return kinds == ["text", "slot"] and not self.slot_ids and not self.before

    def segments(self, row: Mapping[str, str]) -> tuple[list[Piece], list[Piece]]:
        """The filled pieces before and after the first slot, exactly as they are tokenised."""
        head: list[Piece] = []
        tail: list[Piece] | None = None
        for stretch, pieces in zip(self.stretches, self.filled(row), strict=True):
            if tail is not None:
                tail += pieces
            elif stretch.kind == "slot":
                tail = []
            else:
                head += pieces
        return head, tail or []

    def _reading(
        self, filled: Sequence[Sequence[Piece]], codes: Sequence[Encoded | None]
    ) -> Reading:
        runs: list[list[_Run]] = []
        fixed = len(self.before) + len(self.after)
        for stretch, pieces, code in zip(self.stretches, filled, codes, strict=True):
            runs.append([] if code is None else _runs(pieces, code))
            if stretch.kind == "text":
                for run, part in zip(runs[-1], stretch.parts, strict=False):
                    run.importance = getattr(self.template.parts[part], "importance", 0)
            elif stretch.kind == "slot":
                fixed += len(self.slot_ids)
            else:
                fixed += len(self._soft(stretch))
        every = [run for some in runs for run in some]
        total = fixed + sum(len(run.ids) for run in every)
        cut = self._cut(every, total - (self.max_length - self.reserve))

        ids: list[int] = []
        pieces_of: list[tuple[str, int, int]] = []
        slots: list[int] = []
        soft: list[tuple[int, int]] = []

        def add(kind: str, more: Sequence[int]) -> None:
            if more:
                pieces_of.append((kind, len(ids), len(ids) + len(more)))
                ids.extend(more)

        def add_soft(places: Sequence[int]) -> None:
            soft.extend((len(ids) + i, place) for i, place in enumerate(places))
            add("soft", [self.keeper] * len(places))

        add("special", self.before)
        add_soft(range(self.ahead))
        for stretch, some in zip(self.stretches, runs, strict=True):
            if stretch.kind == "soft":
                add_soft(self._soft(stretch))
            elif stretch.kind == "slot":
                first = len(ids)
                add("slot", self.slot_ids)
                slots += range(first, len(ids)) or (first - 1,)
            for run in some:
                add(run.kind, run.ids)
        add("special", self.after)
        own = tuple((start, end) for kind, start, end in pieces_of if kind == "column")
        return Reading(tuple(ids), tuple(slots), own, cut, tuple(pieces_of), tuple(soft))

    def _soft(self, stretch: Stretch) -> tuple[int, ...]:
        part = self.template.parts[stretch.parts[0]]
        return part.places if isinstance(part, Soft) else ()

    @property
    def keeper(self) -> int:
        """The id that keeps the place of a vector: any that the model has a row for."""
        return self.tokens.pad_id or self.tokens.eos_id or 0

    def _cut(self, runs: Sequence[_Run], excess: int) -> int:
        """Shorten columns until `excess` tokens are gone; returns how many.

        The least important come first, and of equally important ones the longest.
        """
        gone = 0
        for importance in sorted({run.importance for run in runs}):
            some = [run for run in runs if run.importance == importance]
            gone += _shortened(some, excess - gone)
        if gone < excess:
            allowed = self.max_length - self.reserve
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "The prompt without the text takes {needed} tokens, but {allowed} fit.",
                ),
                QT_TRANSLATE_NOOP("engine", "Shorten the template or allow a longer input."),
                field="template",
                needed=allowed + excess - gone,
                allowed=allowed,
            )
        return gone


def _shortened(runs: Sequence[_Run], excess: int) -> int:
    """Shorten the longest columns first until `excess` tokens or all are gone; how many went."""
    gone = 0
    columns = [run for run in runs if run.kind == "column" and run.free]
    while gone < excess and columns:
        columns.sort(key=lambda run: run.free, reverse=True)
        longest, next_length = columns[0], columns[1].free if len(columns) > 1 else 0
        # down to the next longest at once, or, among equals, a fair share of what is left
        step = min(excess - gone, max(longest.free - next_length, 1))
        equals = sum(run.free == longest.free for run in columns)
        if equals > 1:
            step = max(1, -(-(excess - gone) // equals))
        gone += longest.shorten(min(step, longest.free))
        columns = [run for run in columns if run.free]
    return gone


def plain_reader(
    template: Template,
    parameters: Mapping[str, str],
    tokens: Tokens,
    max_length: int,
    *,
    before: Sequence[int] = (),
    after: Sequence[int] = (),
    reserve: int = 0,
) -> Reader:
    """Reads x without the prompt: the template's columns alone, in its order."""
    return Reader(
        columns_alone(template),
        parameters,
        tokens,
        max_length,
        before=before,
        after=after,
        reserve=reserve,
    )


def _stretches(template: Template) -> tuple[Stretch, ...]:
    """The template in stretches; neighbouring soft parts and slots stay apart."""
    found: list[Stretch] = []
    begun = False  # whether text or a slot stands before
    for index, part in enumerate(template.parts):
        if isinstance(part, Soft):
            found.append(Stretch("soft", (index,)))
        elif isinstance(part, Slot):
            found.append(Stretch("slot", (index,)))
            begun = True
        elif found and found[-1].kind == "text":
            found[-1] = found[-1]._replace(parts=(*found[-1].parts, index))
        else:
            found.append(Stretch("text", (index,), start=not begun))
            begun = True
    return tuple(found)


def _drop_blank(pieces: list[Piece], place: int) -> None:
    """Take one blank off the literal at the end (-1) or the beginning (0) of a stretch."""
    if not pieces or pieces[place].kind != "literal":
        return
    text = pieces[place].text
    pieces[place] = Piece("literal", text.removesuffix(" ") if place else text.removeprefix(" "))


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _runs(pieces: Sequence[Piece], code: Encoded) -> list[_Run]:
    """Share the tokens of a segment out among its pieces by their offsets.

    A token that reaches over a border belongs to the piece of its first character that is no
    blank ("Ġgood" belongs to the text, also where the template wrote the blank), and is never
    cut where it also holds a character of the next piece.
    """
    text = _text(pieces)
    starts = [start for start, _ in code.offsets]
    runs: list[_Run] = []
    first_token, at = 0, 0
    for index, piece in enumerate(pieces):
        at += len(piece.text)
        if index == len(pieces) - 1:
            next_token = len(starts)
        else:
            next_token = max(first_token, bisect_left(starts, at))
            while next_token > first_token and _only_blank_before(
                text, code.offsets[next_token - 1], at
            ):
                next_token -= 1
        free = 0
        if piece.kind == "column":
            free = next_token - first_token
            while free and code.offsets[first_token + free - 1][1] > at:
                free -= 1
        runs.append(
            _Run(
                piece.kind,
                code.ids[first_token:next_token],
                code.offsets[first_token:next_token],
                free,
            )
        )
        first_token = next_token
    return runs


def _only_blank_before(text: str, offset: tuple[int, int], border: int) -> bool:
    start, end = offset
    return end > border and (start >= border or text[start:border].isspace())
