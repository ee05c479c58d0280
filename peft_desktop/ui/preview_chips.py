"""A row as tokens: what each is a piece of, how it is spelt out, and whether it is cut off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from ..prompts.parts import Piece, Soft
from ..prompts.reading import Reader, Stretch
from ..prompts.tokens import Tokens
from .preview_spans import LaidOut, piece_of, tokens_left_out

MOST_CUT = 300  # chips shown of what is cut off in one place
MOST = 12_000  # chips shown at all
_SIGNS = {" ": "␣", "\n": "↵", "\r": "␍", "\t": "⇥", "\u3000": "□", "\u00a0": "⍽"}
_NO_TOKEN = -1


class Chip(NamedTuple):
    """One token. `kind` is literal, column, parameter, slot, soft, special, or one of ours: word
    (what may stand in the slot), heading, more (`text` says how many are not shown).

    `text` is spelt out: blanks and line breaks can be seen. `part`: the column's or parameter's
    name, or what soft tokens start from. `share`: (which, of how many) where a character is
    several tokens. `id` is -1 for what is no token of the model's.
    """

    kind: str
    text: str
    id: int = _NO_TOKEN
    cut: bool = False
    part: str = ""
    share: tuple[int, int] = (1, 1)
    unknown: bool = False


def chips_of(reader: Reader, row: Mapping[str, str], laid: LaidOut) -> tuple[Chip, ...]:
    """The tokens of a row in order, those that are cut off included; at most `MOST`."""
    tokens = reader.tokens
    found = [Chip("special", spelt(tokens.token(i)), i) for i in reader.before]
    found += [Chip("soft", str(n + 1), share=(n + 1, reader.ahead)) for n in range(reader.ahead)]
    at = len(reader.before) + reader.ahead
    for stretch, pieces in zip(reader.stretches, reader.filled(row), strict=True):
        if stretch.kind == "slot":
            found += [Chip("slot", spelt(tokens.token(i)), i) for i in reader.slot_ids]
            found += [] if reader.slot_ids else [Chip("slot", "")]
            at += len(reader.slot_ids)
        elif stretch.kind == "soft":
            part = reader.template.parts[stretch.parts[0]]
            if isinstance(part, Soft):
                found += _soft_chips(part, tokens)
                at += len(part.places)
        else:
            more, count = _text_chips(reader, stretch, pieces, laid, at)
            found += more
            at += count
    found += [Chip("special", spelt(tokens.token(i)), i) for i in reader.after]
    return tuple(_some(found))


def prompt_chips(tokens: Tokens, prompt: str, word: str) -> tuple[Chip, ...]:
    """The tokens of a label's prompt, in which its word stands."""
    code = tokens.encode_many([prompt])[0]
    start = prompt.rfind(word.strip())
    end = start + len(word.strip()) if start >= 0 else start
    found = [Chip("special", spelt(tokens.token(i)), i) for i in tokens.before]
    for group in _characters(code.offsets):
        for number in group:
            offset, token_id = code.offsets[number], code.ids[number]
            inside = start >= 0 and offset[0] < end and offset[1] > start
            chip = _chip(tokens, prompt, offset, token_id, group, number)
            found.append(chip._replace(kind="word" if inside else "literal"))
    found += [Chip("special", spelt(tokens.token(i)), i) for i in tokens.after]
    return tuple(found)


def written_chips(pieces: Sequence[tuple[str, str]], tokens: Tokens) -> tuple[Chip, ...]:
    """The tokens of a filled template, each of the kind of the piece that it begins in."""
    text = "".join(part for _, part in pieces)
    kinds = [kind for kind, part in pieces for _ in part]
    code = tokens.encode_many([text])[0]
    return tuple(
        Chip(kinds[start] if start < len(kinds) else "literal", spelt(text[start:end]), token_id)
        for (start, end), token_id in zip(code.offsets, code.ids, strict=True)
        if end > start
    )


@lru_cache(maxsize=20_000)
def spelt(text: str) -> str:
    """A token's text such that nothing in it is invisible."""
    if text.isascii() and text.isprintable() and " " not in text:
        return text
    return "".join(_SIGNS.get(c) or (c if _shows(c) else f"‹{ord(c):04X}›") for c in text)


def _shows(character: str) -> bool:
    return character.isprintable() and character not in "\u200b\u200c\u200d\ufeff\u2060"


def _soft_chips(part: Soft, tokens: Tokens) -> list[Chip]:
    count = len(part.places)
    if not part.text:
        return [Chip("soft", str(n), share=(n, count)) for n in range(1, count + 1)]
    pieces = [spelt(tokens.token(i)) for i in tokens.ids(part.text)]
    return [
        Chip("soft", piece, part=part.text, share=(n, count)) for n, piece in enumerate(pieces, 1)
    ]


def _text_chips(
    reader: Reader, stretch: Stretch, pieces: Sequence[Piece], laid: LaidOut, first: int
) -> tuple[list[Chip], int]:
    """The chips of a stretch of text whose first token is number `first`, and how many tokens."""
    text = "".join(piece.text for piece in pieces)
    if not text:
        return [], 0
    tokens = reader.tokens
    code = tokens.encode_many([text], start=stretch.start)[0]
    ends = list(accumulate(len(piece.text) for piece in pieces))
    parts = [reader.template.parts[part] for part in stretch.parts]
    names = [getattr(part, "name", "") for part in parts] + [""] * len(pieces)
    cuts = []
    for each in laid.gone:
        if first <= each.start and each.end - first <= len(code.ids):
            low, high = each.start - first, each.end - first
            cuts.append(tokens_left_out(text, code.offsets, ends, low, high, each.cut))
    found: list[Chip] = []
    skip = 0
    for group in _characters(code.offsets):
        for number in group:
            if number < skip:
                continue
            cut = next(((low, high) for low, high in cuts if low <= number < high), None)
            if cut is not None and number == cut[0] + MOST_CUT:
                found.append(Chip("more", str(cut[1] - number), cut=True))
                skip = cut[1]
                continue
            offset = code.offsets[number]
            place = piece_of(text, offset, ends) if offset[1] > offset[0] else 0
            chip = _chip(tokens, text, offset, code.ids[number], group, number)
            found.append(
                chip._replace(kind=pieces[place].kind, part=names[place], cut=cut is not None)
            )
    return found, len(code.ids)


def _chip(
    tokens: Tokens, text: str, offset: tuple[int, int], token_id: int, group: range, number: int
) -> Chip:
    """Token `number`, spelt out; `group`: the tokens that share a character with it."""
    said = tokens.token(token_id)
    unknown = token_id == tokens.unk_id
    share = (1, 1)
    if unknown or len(group) > 1 or "\ufffd" in said:
        said = text[offset[0] : offset[1]] or said
        share = (number - group.start + 1, len(group))
    return Chip("literal", spelt(said), token_id, False, "", share, unknown)


def _characters(offsets: Sequence[tuple[int, int]]) -> Iterator[range]:
    """Runs of tokens that share a character with the next one of the run."""
    start = 0
    for number in range(1, len(offsets) + 1):
        if number == len(offsets) or offsets[number][0] >= offsets[number - 1][1]:
            yield range(start, number)
            start = number


def _some(chips: list[Chip]) -> list[Chip]:
    if len(chips) <= MOST:
        return chips
    return [*chips[:MOST], Chip("more", str(len(chips) - MOST))]
