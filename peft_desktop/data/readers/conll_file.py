"""CoNLL: tagged tokens, a line each; every sentence becomes a row with its text and entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from ..conll import BadLine, Block, Layout, blocks_of, layout_of, sentence_of
from ..delimited import open_text
from ..encodings import find_encoding
from ..imported import Rejected
from ..joined_tokens import by_character
from ..source import Reader, ReadSettings, Source, empty_file
from ..tag_schemes import Scheme

if TYPE_CHECKING:
    import pyarrow as pa

ENTITIES = "entities"
_ODD = QT_TRANSLATE_NOOP(
    "engine",
    "{file}: {count} tags break the rules of {scheme} (an entity that has not begun, or is not "
    "closed), for example in line {lines}; each is read as an entity that begins there.",
)
_SHOWN = 5


@dataclass
class ConllSource(Source):
    """`blocks` are the sentences, `layout` says which columns count, `scheme` how tags read."""

    blocks: list[Block] = field(default_factory=list)
    layout: Layout = field(default_factory=lambda: Layout(0, 1))
    scheme: Scheme = field(default_factory=Scheme)
    characters: bool = False

    def tables(self, rows: int) -> Iterator[pa.Table]:
        odd: list[int] = []
        begun = Counter(cells[self.layout.tag][:1] for cells in self.cells())["B"]
        yield from self.row_tables(self._rows(odd), rows)
        # the oldest scheme (IOB1) has B only between two entities that touch
        if odd and (begun > len(odd) or self.scheme.name != "BIO"):
            self.warnings.append(
                Warned(
                    _ODD,
                    {
                        "file": self.path.name,
                        "count": len(odd),
                        "scheme": self.scheme.name,
                        "lines": ", ".join(map(str, odd[:_SHOWN])),
                    },
                )
            )

    def cells(self) -> Iterator[list[str]]:
        """The columns of every token that has a tag."""
        for block in self.blocks:
            yield from (cells for _, cells in block.lines if len(cells) > self.layout.tag)

    def _rows(self, odd: list[int]) -> Iterator[list[str]]:
        for block in self.blocks:
            found = sentence_of(block, self.layout, self.scheme, self.characters)
            if isinstance(found, BadLine):
                reason = found.reason
                self.rejected.append(
                    Rejected(found.line, found.raw, reason.template, reason.values)
                )
                continue
            odd += found.odd
            row = [found.text, found.cell]
            yield [*row, str(block.document)] if "document" in self.columns else row


class ConllReader(Reader):
    """IO, IOB, BIO, BIOES, BMES and BILOU; the last column with tags counts, or `tag_column`."""

    name = "conll"
    extensions = (
        *(".conll", ".conllu", ".conll2003", ".bio", ".iob", ".iob2", ".bioes", ".bmes", ".ner"),
    )

    def open(self, path: Path, settings: ReadSettings) -> Source:
        encoding = find_encoding(path, settings.encoding)
        with open_text(path, encoding.codec) as file:
            blocks = list(blocks_of(file))
        if not blocks:
            raise empty_file(path)
        layout = layout_of(blocks, settings.tag_column)
        rows = [cells for block in blocks for _, cells in block.lines]
        scheme = Scheme.of(cells[layout.tag] for cells in rows if len(cells) > layout.tag)
        documents = any(block.document for block in blocks)
        return ConllSource(
            path=path,
            format=self.name,
            columns=["text", ENTITIES, *(["document"] if documents else [])],
            encoding=encoding.codec,
            encoding_confidence=encoding.confidence,
            blocks=blocks,
            layout=layout,
            scheme=scheme,
            characters=by_character(cells[layout.token] for cells in rows),
        )
