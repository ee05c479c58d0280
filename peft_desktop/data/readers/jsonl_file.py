"""JSON lines: one object a line; each line that is broken is kept with its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..delimited import open_text
from ..encodings import find_encoding
from ..imported import Rejected
from ..json_values import BrokenError, as_text, holes_warning, object_in
from ..source import Reader, ReadSettings, Source, clean_header, empty_file, no_rows

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass
class JsonlSource(Source):
    """`keys` are the objects' keys as written, in the order in which they first appear."""

    keys: tuple[str, ...] = ()
    holes: int = 0

    def tables(self, rows: int) -> Iterator[pa.Table]:
        yield from self.row_tables(self._rows(), rows)
        self.warnings.extend(holes_warning(self.path, self.holes))

    def _rows(self) -> Iterator[list[str]]:
        for line, raw, value in _objects(self.path, self.encoding or "utf-8"):
            if isinstance(value, BrokenError):
                self.rejected.append(Rejected(line, raw, value.reason, value.values))
                continue
            if len(value) < len(self.keys):
                self.holes += 1
            yield [as_text(value.get(key)) for key in self.keys]


class JsonlReader(Reader):
    """Read twice: once for the keys, once for the rows, so that memory stays small."""

    name = "jsonl"
    extensions = (".jsonl", ".ndjson")

    def open(self, path: Path, settings: ReadSettings) -> Source:
        encoding = find_encoding(path, settings.encoding)
        keys: dict[str, None] = {}
        rejected: list[Rejected] = []
        some = False
        for line, raw, value in _objects(path, encoding.codec):
            some = True
            if isinstance(value, BrokenError):
                if not keys and not rejected:
                    rejected.append(Rejected(line, raw, value.reason, value.values))
            else:
                keys.update(dict.fromkeys(value))
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
        )


def _objects(path: Path, encoding: str) -> Iterator[tuple[int, str, dict[str, Any] | BrokenError]]:
    with open_text(path, encoding) as file:
        for number, line in enumerate(file, start=1):
            raw = line.strip(" \t\r\n\ufeff")
            if not raw:
                continue
            try:
                yield number, raw, object_in(raw)
            except BrokenError as broken:
                yield number, raw, broken
