"""Parquet: every column as text; nested values as JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP

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
                    cells = [_as_text(column) for column in batch.columns]
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
        for field in schema:
            if _holds_bytes(field.type):
                raise UserError(
                    QT_TRANSLATE_NOOP("engine", 'The column "{column}" holds bytes, not text.'),
                    QT_TRANSLATE_NOOP("engine", "Leave it out or save it as text."),
                    file=path,
                    column=field.name,
                )
        columns, changes = clean_header(schema.names, path)
        return ParquetSource(path, self.name, columns, changes)


def _damaged(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The Parquet file is damaged or cut off."),
        QT_TRANSLATE_NOOP("engine", "Save it again from the program that made it."),
        file=path,
    )


def _holds_bytes(kind: pa.DataType) -> bool:
    import pyarrow.types as types

    if types.is_dictionary(kind):
        return _holds_bytes(kind.value_type)
    inner = [kind.field(i).type for i in range(kind.num_fields)]
    return (
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_fixed_size_binary(kind)
        or types.is_binary_view(kind)
        or any(_holds_bytes(k) for k in inner)
    )


def _as_text(column: pa.Array) -> pa.Array:
    """Strings as they are, numbers and dates as Arrow writes them, missing values empty."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as types

    kind = column.type
    if types.is_dictionary(kind):
        return _as_text(column.dictionary_decode())
    if types.is_nested(kind):
        texts = [None if value is None else _json(value) for value in column.to_pylist()]
        column = pa.array(texts, pa.string())
    elif types.is_timestamp(kind) and kind.tz is None:
        # 2020-01-02 03:04:05 without the zeros behind it
        texts = pc.cast(column, pa.string())
        column = pc.replace_substring_regex(texts, r"(\.\d*?)0+$", r"\1")
        column = pc.replace_substring_regex(column, r"\.$", "")
    elif not types.is_string(kind):
        column = pc.cast(column, pa.string())
    return pc.fill_null(column, "")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
