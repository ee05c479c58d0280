"""Arrow columns as text: numbers and dates as Arrow writes them, nested values as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import pyarrow as pa


def refuse_bytes(schema: pa.Schema, path: Path) -> None:
    """Raises UserError for a column of bytes: they are not text."""
    for field in schema:
        if holds_bytes(field.type):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'The column "{column}" holds bytes, not text.'),
                QT_TRANSLATE_NOOP("engine", "Leave it out or save it as text."),
                file=path,
                column=field.name,
            )


def holds_bytes(kind: pa.DataType) -> bool:
    import pyarrow.types as types

    if types.is_dictionary(kind):
        return holds_bytes(kind.value_type)
    inner = [kind.field(i).type for i in range(kind.num_fields)]
    return (
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_fixed_size_binary(kind)
        or types.is_binary_view(kind)
        or any(holds_bytes(k) for k in inner)
    )


def as_text(column: pa.Array) -> pa.Array:
    """Strings as they are, numbers and dates as Arrow writes them, missing values empty."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as types

    kind = column.type
    if types.is_dictionary(kind):
        return as_text(column.dictionary_decode())
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
