"""JSON lines: one object a line; each line that is broken is kept with its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..encodings import find_encoding
from ..imported import Rejected
from ..json_blocks import Block, Shapes, pieces
from ..json_values import BrokenError, as_text, holes_warning
from ..plain_blocks import Utf8Stream
from ..source import Reader, ReadSettings, Source, clean_header, empty_file, no_rows

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass
class JsonlSource(Source):
    """`keys` are the objects' keys as written, in the order in which they first appear."""

    keys: tuple[str, ...] = ()
    shapes: Shapes = field(default_factory=Shapes)
    holes: int = 0

    def tables(self, rows: int) -> Iterator[pa.Table]:
        waiting: list[list[str]] = []
        with Utf8Stream(self.path, self.encoding or "utf-8") as stream:
            for piece in pieces(stream, self.shapes):
                if isinstance(piece, Block):
                    yield from self._flushed(waiting)
                    table = piece.table(self.keys, self.columns)
                    self.holes += table.num_rows * (len(piece.shape.keys) < len(self.keys))
                    for start in range(0, table.num_rows, rows):
                        yield table.slice(start, rows)
                    continue
                line, raw, value = piece
                if isinstance(value, BrokenError):
                    self.rejected.append(Rejected(line, raw, value.reason, value.values))
                    continue
                self.holes += len(value) < len(self.keys)
                waiting.append([as_text(value.get(key)) for key in self.keys])
                if len(waiting) >= rows:
                    yield from self._flushed(waiting)
        yield from self._flushed(waiting)
        self.warnings.extend(holes_warning(self.path, self.holes))

    def _flushed(self, waiting: list[list[str]]) -> Iterator[pa.Table]:
        if waiting:
            yield self.table_of(waiting)
            waiting.clear()


class JsonlReader(Reader):
    """Read twice: once for the keys, once for the rows, so that memory stays small."""

    name = "jsonl"
    extensions = (".jsonl", ".ndjson")

    def open(self, path: Path, settings: ReadSettings) -> Source:
        encoding = find_encoding(path, settings.encoding)
        keys: dict[str, None] = {}
        rejected: list[Rejected] = []
        shapes = Shapes()
        some = False
        with Utf8Stream(path, encoding.codec) as stream:
            for piece in pieces(stream, shapes):
                some = True
                if isinstance(piece, Block):
                    continue  # its keys are known
                line, raw, value = piece
                if not isinstance(value, BrokenError):
                    keys.update(dict.fromkeys(value))
                    shapes.learn(value)
                elif not keys and not rejected:
                    rejected.append(Rejected(line, raw, value.reason, value.values))
        if not some:
            raise empty_file(path)
        if not keys:
            raise no_rows(Source(path, self.name, [], rejected=rejected))
        columns, changes = clean_header(list(keys), path)
        return JsonlSource(
            path=path,
            format=self.name,
            columns=columns,
            header_changes=changes,
            encoding=encoding.codec,
            encoding_confidence=encoding.confidence,
            keys=tuple(keys),
            shapes=shapes,
        )
