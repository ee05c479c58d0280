"""How a row becomes the tokens that the model reads: filled in, tokenised, cut at the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ANCHORS = ("a", "1", "\n", ":", ",", ")", "\u3002")

Code = tuple[list[int], list[tuple[int, int]]]  # token ids, and the characters that they stand for
Pieces = list[tuple[str, str]]  # (kind, text); kind is literal, column or parameter
Soft = list[tuple[int, int]]  # (position, number of the trained vector)
Reading = tuple[list[int], tuple[int, ...], list[tuple[int, int]], Soft]  # ids, slots, own, soft


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

    def text(self, ids: Sequence[int]) -> str:
        """What tokens say together, special ones left out."""
        return str(self.rust.decode(list(ids), skip_special_tokens=True))

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
        self.kind, self.free, self.importance = kind, free, 0
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
        self.parts: list[tuple[str, Any]] = [(kind, said) for kind, said in how["parts"]]
        self.importances: list[int] = how["importances"]
        self.before: list[int] = how["before"]
        self.after: list[int] = how["after"]
        self.slot_ids: list[int] = how["slot_ids"]
        self.length = int(how["length"])
        self.ahead, self.keeper = int(how["ahead"]), int(how["keeper"])
        self.tokens = tokens
        self.stretches = _stretches([kind for kind, _ in self.parts])

    def read(self, rows: Sequence[Mapping[str, str]]) -> list[Reading]:
        filled = [self._filled(row) for row in rows]
        codes: list[list[Code]] = []
        begun = False  # whether text or a slot stands before
        for number, (kind, _) in enumerate(self.stretches):
            texts = [_text(pieces[number]) for pieces in filled]
            codes.append(self.tokens.encode(texts, start=not begun))
            begun = begun or kind != "soft"
        return [
            self._reading([_runs(p, code[row]) for p, code in zip(pieces, codes)])  # noqa: B905
            for row, pieces in enumerate(filled)
        ]

    def _filled(self, row: Mapping[str, str]) -> list[Pieces]:
        """The pieces of text of each stretch; a slot and soft tokens have none."""
        found: list[Pieces] = []
        for kind, places in self.stretches:
            parts = [self.parts[place] for place in places] if kind == "text" else []
            found.append([(k, row[said] if k == "column" else said) for k, said in parts])
        kinds = [kind for kind, _ in self.stretches]
        for number, kind in enumerate(kinds):
            if kind != "text" and number:
                _drop_blank(found[number - 1], -1)  # this blank belongs to the label word
            if kind == "soft" and "slot" not in kinds[:number] and "text" not in kinds[:number]:
                _drop_blank(found[number + 1] if number + 1 < len(found) else [], 0)
        if kinds[:2] == ["text", "slot"] and not self.slot_ids and not self.before:
            found[0] = found[0] if _text(found[0]) else [*found[0], ("literal", "\n")]
        return found

    def _reading(self, runs: list[list[Run]]) -> Reading:
        fixed = len(self.before) + len(self.after)
        for (kind, places), some in zip(self.stretches, runs):  # noqa: B905
            if kind == "text":
                for run, place in zip(some, places):  # noqa: B905
                    run.importance = self.importances[place]
            else:
                fixed += len(self.slot_ids if kind == "slot" else self.parts[places[0]][1])
        every = [run for some in runs for run in some]
        excess = fixed + sum(len(run.ids) for run in every) - self.length
        for importance in sorted({run.importance for run in every}):
            excess -= _cut([run for run in every if run.importance == importance], excess)
        ids = list(self.before)
        slots: list[int] = []
        own: list[tuple[int, int]] = []
        soft: Soft = []

        def add_soft(vectors: Sequence[int]) -> None:
            soft.extend((len(ids) + i, vector) for i, vector in enumerate(vectors))
            ids.extend([self.keeper] * len(vectors))

        add_soft(range(self.ahead))
        for (kind, places), some in zip(self.stretches, runs):  # noqa: B905
            if kind == "soft":
                add_soft(self.parts[places[0]][1])
            elif kind == "slot":
                slots += range(len(ids), len(ids) + len(self.slot_ids)) or (len(ids) - 1,)
                ids.extend(self.slot_ids)
            for run in some:
                if run.kind == "column" and run.ids:
                    own.append((len(ids), len(ids) + len(run.ids)))
                ids.extend(run.ids)
        return [*ids, *self.after], tuple(slots), own, soft


def _stretches(kinds: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Parts that stand together: text that is tokenised as one, a slot, or soft tokens."""
    found: list[tuple[str, list[int]]] = []
    for place, kind in enumerate(kinds):
        if kind in ("slot", "soft"):
            found.append((kind, [place]))
        elif found and found[-1][0] == "text":
            found[-1][1].append(place)
        else:
            found.append(("text", [place]))
    return [("text", []), *found] if found and found[0][0] == "slot" else found


def _drop_blank(pieces: Pieces, place: int) -> None:
    """Take one blank off the literal at the end (-1) or the beginning (0)."""
    if pieces and pieces[place][0] == "literal":
        text = pieces[place][1]
        pieces[place] = ("literal", text.removesuffix(" ") if place else text.removeprefix(" "))


def _cut(runs: list[Run], excess: int) -> int:
    """Shorten the longest columns first until `excess` tokens or all are gone; how many went."""
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
    return gone


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
