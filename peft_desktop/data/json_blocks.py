"""JSON lines in big blocks: objects that all have the same keys and hold nothing nested.

Every other line is left to the careful reader, so that both give the same rows and complaints.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from .json_values import BrokenError, as_text, object_in
from .plain_blocks import MANY, Utf8Stream

if TYPE_CHECKING:
    import pyarrow as pa

_STRING = r'"({}[^"\\\x00-\x1f]*+(?:\\["\\/bfnrt][^"\\\x00-\x1f]*+)*)"'
_PLAIN = r"({}-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)"
_GAP = r"[ \t]*+"
_MOST_KEYS, _MOST_SHAPES = 40, 4
_CAREFUL = 20  # lines that are read one by one before a block is tried again


@dataclass(frozen=True)
class Shape:
    """`keys` in the order in which the objects have them; a record has two groups for each."""

    keys: tuple[str, ...]
    record: re.Pattern[str]
    run: re.Pattern[str]
    kinds: tuple[str, ...] | None  # of Arrow, where it gives values back as they were written


def shape_of(entry: Mapping[str, Any]) -> Shape | None:
    """The shape of an object; None where it is nested or has too many keys."""
    if not 0 < len(entry) <= _MOST_KEYS:
        return None
    if any(isinstance(cell, (dict, list)) for cell in entry.values()):
        return None
    names = [re.escape(json.dumps(key, ensure_ascii=False)) for key in entry]
    # Many at once, without groups that are remembered and never read.
    record, bare = _record(names, ""), _record(names, "?:")
    return Shape(tuple(entry), re.compile(record), re.compile(f"(?:{bare}){MANY}"), _kinds(entry))


def _record(names: Sequence[str], kind: str) -> str:
    cell = f"(?:{_STRING}|{_PLAIN})".replace("({}", f"({kind}")
    pairs = [f"{_GAP}{name}{_GAP}:{_GAP}{cell}{_GAP}" for name in names]
    return _GAP + r"\{" + ",".join(pairs) + r"\}" + _GAP + r"\r?\n"


def _kinds(entry: Mapping[str, Any]) -> tuple[str, ...] | None:
    found = []
    for cell in entry.values():
        whole = isinstance(cell, float) and as_text(cell).removeprefix("-").isdigit()
        if isinstance(cell, str) and cell not in ("NaN", "Infinity", "-Infinity"):
            found.append("string")
        elif whole or isinstance(cell, bool):
            found.append("int64" if whole else "bool")
        else:
            return None  # 1.50 would come back as 1.5
    return tuple(found)


class Shapes(list[Shape]):
    """The shapes that a file's objects have, the last that fitted first."""

    def learn(self, entry: Mapping[str, Any]) -> None:
        keys = tuple(entry)
        if len(self) < _MOST_SHAPES and all(shape.keys != keys for shape in self):
            shape = shape_of(entry)
            if shape is not None:
                self.append(shape)


@dataclass(frozen=True)
class Block:
    """Many objects of one shape."""

    shape: Shape
    text: str = ""
    parsed: pa.Table | None = None

    def table(self, keys: Sequence[str], columns: Sequence[str]) -> pa.Table:
        """The cells of `keys` as columns of text, named `columns`; a missing one is empty."""
        import pyarrow as pa

        if self.parsed is not None:
            count = self.parsed.num_rows
            nothing = pa.repeat(pa.scalar("", pa.string()), count)
            found = [self.parsed[k] if k in self.shape.keys else nothing for k in keys]
            return pa.table([column.cast(pa.string()) for column in found], names=list(columns))
        groups = list(zip(*self.shape.record.findall(self.text), strict=True))
        count = len(groups[0])
        cells = []
        for key in keys:
            if key in self.shape.keys:
                at = 2 * self.shape.keys.index(key)
                cells.append(pa.array(_texts(groups[at], groups[at + 1]), pa.string()))
            else:
                cells.append(pa.repeat(pa.scalar("", pa.string()), count))
        return pa.table(cells, names=list(columns))


def _texts(strings: Sequence[str], plain: Sequence[str]) -> Sequence[str]:
    """A group that did not take part is empty; what is plain is as the file has it."""
    if any(plain):
        strings = [
            text or ("" if other == "null" else other)
            for text, other in zip(strings, plain, strict=True)
        ]
    if any("\\" in text for text in strings):
        return [scanstring(text + '"', 0)[0] if "\\" in text else text for text in strings]
    return strings


Line = tuple[int, str, dict[str, Any] | BrokenError]


def pieces(stream: Utf8Stream, shapes: Shapes) -> Iterator[Block | Line]:
    """Blocks of objects of a known shape, and all other lines: number, text, what they hold."""
    careful = _CAREFUL
    while not stream.ended:
        block = _next_block(stream, shapes) if careful <= 0 else None
        if block is not None:
            yield block
            continue
        careful = _CAREFUL
        for line in stream.lines():
            careful -= 1
            raw = line.strip(" \t\r\n\ufeff")
            if raw:
                number = stream.line - 1
                try:
                    yield number, raw, object_in(raw)
                except BrokenError as broken:
                    yield number, raw, broken
            if careful <= 0 and shapes:
                break


def _next_block(stream: Utf8Stream, shapes: Shapes) -> Block | None:
    content, end = stream.block()
    lines = content.count(b"\n")
    for at, shape in enumerate(shapes):
        parsed = _parsed(content, shape)
        if parsed is not None and parsed.num_rows == lines:
            shapes.insert(0, shapes.pop(at))
            stream.take(end, lines)
            stream.widen()
            return Block(shape, parsed=parsed)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    for at, shape in enumerate(shapes):
        found = shape.run.match(text)
        if found is not None and found.end():
            shapes.insert(0, shapes.pop(at))
            text = text[: found.end()]
            stream.pass_over(len(text.encode()), text.count("\n"))
            stream.widen()
            return Block(shape, text)
    return None


def _parsed(content: bytes, shape: Shape) -> pa.Table | None:
    """The block as Arrow reads it; None where that is not what the careful reader would give."""
    import pyarrow as pa
    import pyarrow.json

    if shape.kinds is None or b"-0" in content or b"\0" in content or not content:
        return None
    if content.count(b"\r") != content.count(b"\r\n"):
        return None
    kinds = [pa.type_for_alias(kind) for kind in shape.kinds]
    schema = pa.schema(list(zip(shape.keys, kinds, strict=True)))
    try:
        table = pyarrow.json.read_json(
            pa.BufferReader(content),
            read_options=pyarrow.json.ReadOptions(block_size=len(content) + 1, use_threads=False),
            parse_options=pyarrow.json.ParseOptions(
                explicit_schema=schema, unexpected_field_behavior="error"
            ),
        )
    except pa.ArrowException:
        return None
    # a null may be one that was written, or a key that is not there: that is told apart with care
    return None if any(column.null_count for column in table.columns) else table
