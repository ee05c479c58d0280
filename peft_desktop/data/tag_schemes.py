"""Tags of tokens (IO, IOB, BIO, BIOES, BMES, BILOU) turned into entities, and back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .spans import SpanError

OUTSIDE = "O"
UNKNOWN_TAG = QT_TRANSLATE_NOOP("engine", 'the tag "{tag}" belongs to no scheme of this file')
_PREFIXED = re.compile(r"([BIOESMLU])[-_](\S.*)")
_BEGINS, _INSIDE, _ENDS, _ALONE = {"B"}, {"I", "M"}, {"E", "L"}, {"S", "U"}


class Tag(NamedTuple):
    """A tag's position letter (B, I, E, S; empty: the type stands alone; O: outside) and type."""

    part: str
    label: str


class Chunk(NamedTuple):
    """An entity over the tokens [start, end)."""

    start: int
    end: int
    label: str


@dataclass
class Scheme:
    """How a file tags: the letters that it uses, found out over all its tags.

    `name` is IO, IOB, BIO, BIOES, BMES or BILOU. `bare`: types without a letter ("PER").
    """

    letters: Counter[str] = field(default_factory=Counter)
    bare: int = 0

    @staticmethod
    def of(tags: Iterable[str]) -> Scheme:
        found = Scheme()
        for tag, count in Counter(tags).items():
            if is_outside(tag):
                continue
            match = _PREFIXED.fullmatch(tag)
            if match:
                found.letters[match[1]] += count
            else:
                found.bare += count
        return found

    @property
    def plain(self) -> bool:
        """Whether types stand without letters."""
        return self.bare > self.letters.total()

    @property
    def name(self) -> str:
        letters = set(self.letters)
        if self.plain or letters <= {"I"}:
            return "IO"
        if letters & {"L", "U"}:
            return "BILOU"
        if "M" in letters:
            return "BMES"
        if letters & {"E", "S"}:
            return "BIOES"
        return "BIO"

    def read(self, tag: str) -> Tag:
        """Raises SpanError for a tag that does not belong here."""
        if is_outside(tag):
            return Tag(OUTSIDE, "")
        match = _PREFIXED.fullmatch(tag)
        if self.plain:
            if match and self.letters:
                raise SpanError(UNKNOWN_TAG, tag=tag)
            return Tag("", tag)
        if match is None:
            raise SpanError(UNKNOWN_TAG, tag=tag)
        letter = match[1]
        if self.name == "IO":
            return Tag("", match[2].strip())
        for part, letters in (("B", _BEGINS), ("I", _INSIDE), ("E", _ENDS), ("S", _ALONE)):
            if letter in letters:
                return Tag(part, match[2].strip())
        raise SpanError(UNKNOWN_TAG, tag=tag)


def is_outside(tag: str) -> bool:
    return tag in ("O", "_", "-X-", "")


def chunks_of(tags: Sequence[Tag]) -> tuple[list[Chunk], list[int]]:
    """The entities of a sentence, as conlleval reads them, and the tokens at which its tags break
    the rules (an entity that goes on without having begun, or is not closed)."""
    found: list[Chunk] = []
    odd: list[int] = []
    start, label, closes = -1, "", False
    ends_are_told = any(tag.part in ("E", "S") for tag in tags)
    for place, tag in enumerate([*tags, Tag(OUTSIDE, "")]):
        goes_on = start >= 0 and tag.label == label and tag.part in ("I", "E", "") and not closes
        if start >= 0 and not goes_on:
            if ends_are_told and not closes:
                odd.append(place - 1)
            found.append(Chunk(start, place, label))
            start = -1
        if tag.part != OUTSIDE and start < 0:
            start, label = place, tag.label
            if tag.part in ("I", "E"):
                odd.append(place)
        closes = tag.part in ("E", "S")
    return found, odd


def bio_tags(chunks: Iterable[Chunk], count: int) -> list[str]:
    """`count` BIO tags for these entities."""
    tags = [OUTSIDE] * count
    for start, end, label in chunks:
        tags[start] = f"B-{label}"
        tags[start + 1 : end] = [f"I-{label}"] * (end - start - 1)
    return tags
