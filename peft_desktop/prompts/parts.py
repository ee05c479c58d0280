"""What a template is made of, and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from typing import Literal as OneOf

from ..core.words import Sentence

SLOT_NAME = "mask"
TEXT_NAME = "text"
SOFT_NAME = "soft"
KEEP_NAME = "keep"
KEPT = 10  # the importance of a column that is cut only when all others are gone


@dataclass(frozen=True, slots=True)
class Literal:
    """Plain text, escapes already resolved; `start` and `end` are positions in the source."""

    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """The row's text in the column `name`; of two that are too long the less important is cut."""

    name: str
    start: int = 0
    end: int = 0
    importance: int = 0


@dataclass(frozen=True, slots=True)
class Parameter:
    """The value of the named constant `name`."""

    name: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of the label word."""

    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Soft:
    """Trained vectors in place of words: `count` of them, or one for each token of `text`.

    `places` are their numbers among all vectors of the prompt, once a tokenizer has counted them.
    """

    count: int = 0
    text: str = ""
    start: int = 0
    end: int = 0
    places: tuple[int, ...] = ()


Part = Literal | Column | Parameter | Slot | Soft


class Piece(NamedTuple):
    """A part of the template filled with a row; the text of slots and soft tokens is empty."""

    kind: OneOf["literal", "column", "parameter", "slot", "soft"]
    text: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a template: where (from 0, in characters), what, and what to do."""

    position: int
    length: int
    sentence: Sentence
    do: Sentence


def complaint(position: int, length: int, what: str, do: str, **values: Any) -> Complaint:
    """A complaint; its sentences may use {at}, the position counted from 1."""
    told = {"at": position + 1, **values}
    return Complaint(position, length, Sentence(what, told), Sentence(do, told))
