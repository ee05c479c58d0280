"""Feather and Arrow files: every column as text, one stored batch after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from ..arrow_values import as_text, refuse_bytes
from ..source import Reader, ReadSettings, Source, clean_header

if TYPE_CHECKING:
    import pyarrow as pa

FIRST_VERSION = b"FEA1"


@dataclass
class FeatherSource(Source):
    """No mapping into memory: a file that is cut meanwhile would end the program."""

    def tables(self, rows: int) -> Iterator[pa.Table]:
        import pyarrow as pa

        try:
            for batch in _batches(self.path):
                batch.validate(full=True)  # text that is not UTF-8 is found here
                for start in range(0, batch.num_rows, rows):
                    cells = [as_text(column) for column in batch.slice(start, rows).columns]
                    yield pa.table(cells, names=self.columns)
        except (pa.ArrowException, OSError, EOFError) as error:
            raise _damaged(self.path) from error


class FeatherReader(Reader):
    """Version 2 is an Arrow file; the few files of version 1 are read whole."""

    name = "feather"
    extensions = (".feather", ".arrow", ".ipc")

    def open(self, path: Path, settings: ReadSettings) -> Source:
        import pyarrow as pa

        try:
            schema = _schema(path)
        except (pa.ArrowException, OSError, EOFError) as error:
            raise _damaged(path) from error
        refuse_bytes(schema, path)
        columns, changes = clean_header(schema.names, path)
        return FeatherSource(path, self.name, columns, changes)


def _is_first_version(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == FIRST_VERSION


def _schema(path: Path) -> pa.Schema:
    import pyarrow as pa
    import pyarrow.feather

    if _is_first_version(path):
        return pyarrow.feather.read_table(str(path), memory_map=False).schema
    with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as reader:
        return reader.schema


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa
    import pyarrow.feather

    if _is_first_version(path):
        yield from pyarrow.feather.read_table(str(path), memory_map=False).to_batches()
        return
    with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as reader:
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)


def _damaged(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The Feather file is damaged or cut off."),
        QT_TRANSLATE_NOOP("engine", "Save it again from the program that made it."),
        file=path,
    )
