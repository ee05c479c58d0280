"""How a row becomes the tokens that a model reads: rendered, tokenised, cut at the text alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from .segments import after_slot as after_slot
from .segments import columns_alone
from .segments import label_prompt as label_prompt
from .segments import space_before_slot as space_before_slot
from .segments import up_to_slot as up_to_slot
from .segments import without_slot_segment as without_slot_segment
from .template import Piece, Template, fill
from .tokens import Encoded, Tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """One row as a model reads it.

    `ids`: all tokens. `slots`: positions of the slot's tokens; where the slot has none (causal
    models), the last position before it; empty for a template without a slot. `own`: ranges
    [start, end) of tokens that come from columns. `cut`: tokens of columns left out. `pieces`:
    (kind, start, end) in order, kind being special, literal, column, parameter or slot.
    """

    ids: tuple[int, ...]
    slots: tuple[int, ...]
    own: tuple[tuple[int, int], ...]
    cut: int
    pieces: tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class _Run:
    """Tokens of one piece; the first `free` of them may be cut, from their end."""

    kind: str
    ids: list[int]
    offsets: list[tuple[int, int]]
    free: int = 0

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


class Reader:
    """Turns rows into readings of at most `max_length - reserve` tokens.

    `before`, `after`: special tokens around the whole. `slot_ids`: what stands in the slot, e.g.
    m mask tokens, or nothing for a causal model. `reserve`: room kept for label words.
    The blank right before the slot belongs to the label word (see `space_before_slot`), so it
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
    ) -> None:
        self.template = template
        self.parameters = dict(parameters)
        self.tokens = tokens
        self.max_length = max_length
        self.before = tuple(before)
        self.after = tuple(after)
        self.slot_ids = tuple(slot_ids)
        self.reserve = reserve
        self.read_many([dict.fromkeys(template.columns, "")])  # the prompt alone must fit

    def read(self, row: Mapping[str, str]) -> Reading:
        return self.read_many([row])[0]

    def read_many(self, rows: Sequence[Mapping[str, str]]) -> list[Reading]:
        """Readings in the order of the rows. Rows map column names to texts."""
        heads, tails = [], []
        for row in rows:
            head, tail = self.segments(row)
            heads.append(head)
            tails.append(tail)
        head_codes = self.tokens.encode_many([_text(pieces) for pieces in heads])
        tail_codes: Sequence[Encoded | None] = [None] * len(rows)
        if any(tails):
            tail_codes = self.tokens.encode_many([_text(p) for p in tails], start=False)
        return [
            self._reading(head, head_code, tail, tail_code)
            for head, head_code, tail, tail_code in zip(
                heads, head_codes, tails, tail_codes, strict=True
            )
        ]

    def segments(self, row: Mapping[str, str]) -> tuple[list[Piece], list[Piece]]:
        """The filled pieces before and after the slot, exactly as they are tokenised."""
        pieces = fill(self.template, row, self.parameters)
        slot = self.template.slot
        if slot is None:
            return pieces, []
        head, tail = pieces[:slot], pieces[slot + 1 :]
        if head and head[-1].kind == "literal" and head[-1].text.endswith(" "):
            head[-1] = Piece("literal", head[-1].text[:-1])
        if not self.slot_ids and not self.before and not _text(head):
            # a causal model needs one token to predict from, also where the text is empty
            head.append(Piece("literal", "\n"))
        return head, tail

    def _reading(
        self,
        head: Sequence[Piece],
        head_code: Encoded,
        tail: Sequence[Piece],
        tail_code: Encoded | None,
    ) -> Reading:
        head_runs = _runs(head, head_code)
        tail_runs = [] if tail_code is None else _runs(tail, tail_code)
        fixed = len(self.before) + len(self.slot_ids) + len(self.after)
        total = fixed + sum(len(run.ids) for run in (*head_runs, *tail_runs))
        cut = self._cut([*head_runs, *tail_runs], total - (self.max_length - self.reserve))

        ids: list[int] = []
        pieces: list[tuple[str, int, int]] = []

        def add(kind: str, more: Sequence[int]) -> None:
            if more:
                pieces.append((kind, len(ids), len(ids) + len(more)))
                ids.extend(more)

        add("special", self.before)
        for run in head_runs:
            add(run.kind, run.ids)
        slots: tuple[int, ...] = ()
        if self.template.slot is not None:
            first = len(ids)
            add("slot", self.slot_ids)
            slots = tuple(range(first, len(ids))) or (first - 1,)
        for run in tail_runs:
            add(run.kind, run.ids)
        add("special", self.after)
        own = tuple((start, end) for kind, start, end in pieces if kind == "column")
        return Reading(tuple(ids), slots, own, cut, tuple(pieces))

    def _cut(self, runs: Sequence[_Run], excess: int) -> int:
        """Shorten the longest columns first until `excess` tokens are gone; returns how many."""
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
