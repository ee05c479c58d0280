"""Parquet: every column as text; nested values as JSON text."""

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


@dataclass
class ParquetSource(Source):
    """Row groups are read one after the other."""

    def tables(self, rows: int) -> Iterator[pa.Table]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with pq.ParquetFile(self.path) as file:
                for batch in file.iter_batches(batch_size=rows):
                    batch.validate(full=True)  # text that is not UTF-8 is found here
                    cells = [as_text(column) for column in batch.columns]
                    yield pa.table(cells, names=self.columns)
        except (pa.ArrowException, OSError, EOFError) as error:
            raise _damaged(self.path) from error


class ParquetReader(Reader):
    """Binary columns are refused: they are not text."""

    name = "parquet"
    extensions = (".parquet", ".pq")

    def open(self, path: Path, settings: ReadSettings) -> Source:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            schema = pq.read_schema(path)
        except (pa.ArrowException, OSError, EOFError) as error:
            raise _damaged(path) from error
        refuse_bytes(schema, path)
        columns, changes = clean_header(schema.names, path)
        return ParquetSource(path, self.name, columns, changes)


def _damaged(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The Parquet file is damaged or cut off."),
        QT_TRANSLATE_NOOP("engine", "Save it again from the program that made it."),
        file=path,
    )
