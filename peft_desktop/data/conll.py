"""CoNLL files: a token and its tag a line, sentences apart by blank lines.

Any columns, tabs or blanks between them; comments and -DOCSTART- lines are told from tokens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from .joined_tokens import found_in, joined
from .spans import Span, SpanError, fitting, written
from .tag_schemes import Scheme, chunks_of, is_outside

FEW_COLUMNS = QT_TRANSLATE_NOOP("engine", "{count} columns, but the tag is in column {column}")
NO_TOKEN = QT_TRANSLATE_NOOP("engine", "the token is empty")
_DOCUMENT = "-DOCSTART-"
_TAG = re.compile(r"O|[BIESMLU][-_]\S.*")
_NUMBER = re.compile(r"\d+([-.]\d+)?")
_TEXT = re.compile(r"#\s*text\s*=\s?(.*)")


@dataclass(slots=True)
class Block:
    """The lines of one sentence: (number, columns) of its tokens, the text that a comment tells."""

    document: int
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    text: str | None = None

    @property
    def line(self) -> int:
        return self.lines[0][0]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what (from 0); `last` the column that may say SpaceAfter=No, or None."""

    token: int
    tag: int
    index: bool = False  # the first column numbers the tokens (CoNLL-U)


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """A sentence as text and entities; `odd`: lines whose tags break the scheme's rules."""

    text: str
    cell: str
    odd: list[int]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line because of which its sentence cannot be used."""

    line: int
    raw: str
    reason: Sentence


def blocks_of(lines: Iterable[str]) -> Iterator[Block]:
    """The sentences of a file, as columns; `lines` with or without their ends."""
    document = 0
    block = Block(document)
    told: str | None = None
    for number, whole in enumerate(lines, start=1):
        line = whole.strip("\r\n\ufeff")
        if not line.strip():
            if block.lines:
                yield block
            block, told = Block(document), None
            continue
        if line.startswith(_DOCUMENT):
            if block.lines:
                yield block
            document += 1
            block, told = Block(document), None
            continue
        if not block.lines and is_comment(line):
            match = _TEXT.fullmatch(line)
            told = match[1] if match else told
            block.text = told
            continue
        block.lines.append((number, columns_of(line)))
    if block.lines:
        yield block


def columns_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t")] if "\t" in line else line.split()


def is_comment(line: str) -> bool:
    """A line before a sentence that begins with # and is no token: "# text = ..."; "#tag O" is
    one."""
    if not line.startswith("#"):
        return False
    return not _TAG.fullmatch(columns_of(line)[-1])


def layout_of(blocks: Sequence[Block], wanted: int | None = None) -> Layout:
    """Where token and tag stand, from what the columns hold; `wanted` (from 1) is the user's."""
    rows = [cells for block in blocks for _, cells in block.lines]
    width = Counter(len(cells) for cells in rows).most_common(1)[0][0]
    full = [cells for cells in rows if len(cells) >= width]
    index = width > 2 and all(_NUMBER.fullmatch(cells[0]) for cells in full)
    token = 1 if index else 0
    if wanted is not None:
        return Layout(token, wanted - 1, index)
    best, most = width - 1, -1.0
    for column in range(width - 1, token, -1):  # the last of equals: the entities stand last
        values = [cells[column] for cells in full]
        share = sum(bool(_TAG.fullmatch(value)) for value in values) / len(values)
        if share > most + 1e-9:
            best, most = column, share
    if most < 0.5:  # types without letters: the column that most often says "outside"
        best = max(
            range(width - 1, token, -1), key=lambda c: sum(is_outside(cells[c]) for cells in full)
        )
    return Layout(token, best, index)


def is_tagged(path: Path) -> bool:
    """Whether a text file, whatever its name, holds tokens with tags."""
    with path.open("rb") as file:
        start = file.read(64 * 1024)
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    lines = start.decode(encoding, errors="replace").splitlines()
    return looks_tagged(lines[:-1] if len(start) == 64 * 1024 else lines)


def looks_tagged(lines: Sequence[str]) -> bool:
    """Whether these first lines of a file are tokens with tags."""
    blocks = list(blocks_of(lines))
    rows = [cells for block in blocks for _, cells in block.lines]
    if len(rows) < 4 or any(len(cells) < 2 for cells in rows[:-1]):
        return False
    tags = [cells[-1] for cells in rows]
    fitting_ones = sum(bool(_TAG.fullmatch(tag)) for tag in tags)
    inside = sum(not is_outside(tag) for tag in tags)
    short = sum(len(cells[0].split()) <= 1 for cells in rows) >= 0.95 * len(rows)
    return short and fitting_ones >= 0.95 * len(rows) and (inside > 0 or len(blocks) > 1)


def sentence_of(
    block: Block, layout: Layout, scheme: Scheme, characters: bool
) -> TaggedSentence | BadLine:
    """One sentence's text and entities, or the line that spoils it."""
    tokens, tags, glued, numbers = [], [], [], []
    for number, cells in block.lines:
        if layout.index and not cells[0].isdigit():
            continue  # CoNLL-U: a range of tokens, or one that is not written
        raw = "\t".join(cells)
        if len(cells) <= layout.tag:
            reason = Sentence(FEW_COLUMNS, {"count": len(cells), "column": layout.tag + 1})
            return BadLine(number, raw, reason)
        if not cells[layout.token]:
            return BadLine(number, raw, Sentence(NO_TOKEN, {}))
        try:
            tags.append(scheme.read(cells[layout.tag]))
        except SpanError as error:
            return BadLine(number, raw, error.sentence)
        tokens.append(cells[layout.token])
        glued.append(layout.index and "SpaceAfter=No" in cells[-1])
        numbers.append(number)
    try:
        if block.text is not None:
            text, places = block.text, found_in(block.text, tokens)
        else:
            text, places = joined(tokens, characters, glued)
        chunks, odd = chunks_of(tags)
        spans = [Span(places[s][0], places[e - 1][1], label) for s, e, label in chunks]
        return TaggedSentence(text, written(fitting(spans, text)), [numbers[i] for i in odd])
    except SpanError as error:
        return BadLine(block.line, " ".join(tokens), error.sentence)
