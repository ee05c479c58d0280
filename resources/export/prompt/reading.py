"""How a row becomes the tokens that the model reads: filled in, tokenised, cut at the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ANCHORS = ("a", "1", "\n", ":", ",", ")", "\u3002")

Code = tuple[list[int], list[tuple[int, int]]]  # token ids, and the characters that they stand for
Pieces = list[tuple[str, str]]  # (kind, text); kind is literal, column, parameter or slot
Reading = tuple[list[int], tuple[int, ...], list[tuple[int, int]]]  # ids, slots, own


class Tokens:
    """The tokenizer: texts are plain text, nothing is padded or cut."""

    def __init__(self, folder: Path, adds_blank: bool) -> None:
        from tokenizers import Tokenizer, processors

        self.rust = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
        self.rust.no_padding()
        self.rust.no_truncation()
        self.rust.encode_special_tokens = True
        self.rust.post_processor = processors.ByteLevel(trim_offsets=False)
        self.adds_blank = adds_blank

    def encode(self, texts: Sequence[str], start: bool = True) -> list[Code]:
        """`start=False`: the texts follow other text, so no blank is put in front of them."""
        texts = ["".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in t) for t in texts]
        if start or not self.adds_blank:
            return self._plain(texts)
        found: list[Code | None] = [None if text else ([], []) for text in texts]
        for anchor in ANCHORS:
            left = [i for i, code in enumerate(found) if code is None]
            codes = self._plain([anchor + texts[i] for i in left])
            for i, code in zip(left, codes):  # noqa: B905
                found[i] = _without_anchor(code, len(anchor))
        rest = iter(self._plain([t for t, code in zip(texts, found) if code is None]))  # noqa: B905
        return [next(rest) if code is None else code for code in found]

    def _plain(self, texts: Sequence[str]) -> list[Code]:
        codes = self.rust.encode_batch(list(texts), add_special_tokens=False) if texts else []
        return [(code.ids, code.offsets) for code in codes]


def _without_anchor(code: Code, length: int) -> Code | None:
    ids, offsets = code
    first = next((i for i, (_, end) in enumerate(offsets) if end > length), None)
    if first is None or any(start < length for start, _ in offsets[first:]):
        return None
    return ids[first:], [(start - length, end - length) for start, end in offsets[first:]]


class Run:
    """The tokens of one piece; the first `free` of them may be left out, from their end."""

    def __init__(self, kind: str, code: Code, free: int) -> None:
        self.kind, self.free = kind, free
        self.ids, self.offsets = code

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
    """Rows to readings of at most `length` tokens, by the parts of the prompt in `prompt.json`."""

    def __init__(self, how: Mapping[str, Any], tokens: Tokens) -> None:
        self.parts: Pieces = [(kind, text) for kind, text in how["parts"]]
        self.slot = next((i for i, (kind, _) in enumerate(self.parts) if kind == "slot"), None)
        self.before: list[int] = how["before"]
        self.after: list[int] = how["after"]
        self.slot_ids: list[int] = how["slot_ids"]
        self.length = int(how["length"])
        self.tokens = tokens

    def read(self, rows: Sequence[Mapping[str, str]]) -> list[Reading]:
        pairs = [self._segments(row) for row in rows]
        heads = self.tokens.encode([_text(head) for head, _ in pairs])
        tails = self.tokens.encode([_text(tail) for _, tail in pairs], start=False)
        return [
            self._reading(_runs(head, head_code), _runs(tail, tail_code))
            for (head, tail), head_code, tail_code in zip(pairs, heads, tails)  # noqa: B905
        ]

    def _segments(self, row: Mapping[str, str]) -> tuple[Pieces, Pieces]:
        filled = [(kind, row[text] if kind == "column" else text) for kind, text in self.parts]
        if self.slot is None:
            return filled, []
        head, tail = filled[: self.slot], filled[self.slot + 1 :]
        if head and head[-1][0] == "literal" and head[-1][1].endswith(" "):
            head[-1] = ("literal", head[-1][1][:-1])  # this blank belongs to the label word
        if not self.slot_ids and not self.before and not _text(head):
            head.append(("literal", "\n"))
        return head, tail

    def _reading(self, head: list[Run], tail: list[Run]) -> Reading:
        fixed = len(self.before) + len(self.slot_ids) + len(self.after)
        _cut([*head, *tail], fixed + sum(len(run.ids) for run in (*head, *tail)) - self.length)
        ids = list(self.before)
        slots: tuple[int, ...] = ()
        own: list[tuple[int, int]] = []

        def add(runs: list[Run]) -> None:
            for run in runs:
                if run.kind == "column" and run.ids:
                    own.append((len(ids), len(ids) + len(run.ids)))
                ids.extend(run.ids)

        add(head)
        if self.slot is not None:
            first = len(ids)
            ids.extend(self.slot_ids)
            slots = tuple(range(first, len(ids))) or (first - 1,)
        add(tail)
        return [*ids, *self.after], slots, own


def _cut(runs: list[Run], excess: int) -> None:
    """Shorten the longest columns first until `excess` tokens are gone."""
    columns, gone = [run for run in runs if run.kind == "column" and run.free], 0
    while gone < excess and columns:
        columns.sort(key=lambda run: run.free, reverse=True)
        longest, shorter = columns[0], columns[1].free if len(columns) > 1 else 0
        step = min(excess - gone, max(longest.free - shorter, 1))
        equals = sum(run.free == longest.free for run in columns)
        if equals > 1:
            step = max(1, -(-(excess - gone) // equals))
        gone += longest.shorten(min(step, longest.free))
        columns = [run for run in columns if run.free]


def _text(pieces: Pieces) -> str:
    return "".join(text for _, text in pieces)


def _runs(pieces: Pieces, code: Code) -> list[Run]:
    """Share the tokens out: each belongs to the piece of its first character that is no blank."""
    ids, offsets = code
    text, runs, first, at = _text(pieces), [], 0, 0
    for index, (kind, piece) in enumerate(pieces):
        at += len(piece)
        end = len(ids)
        if index < len(pieces) - 1:
            end = max(first, sum(start < at for start, _ in offsets))
            while end > first and _reaches(text, offsets[end - 1], at):
                end -= 1
        free = end - first if kind == "column" else 0
        while free and offsets[first + free - 1][1] > at:
            free -= 1
        runs.append(Run(kind, (ids[first:end], offsets[first:end]), free))
        first = end
    return runs


def _reaches(text: str, offset: tuple[int, int], border: int) -> bool:
    start, end = offset
    return end > border and (start >= border or text[start:border].isspace())
