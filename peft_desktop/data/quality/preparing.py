"""What all checks share, reckoned once: which rows, and which of them hold the same text."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from peft_desktop.core.events import Event, PhaseChanged, Tick

from .findings import SPLITS, Look, Rows

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_CHUNK = 50_000  # texts between two looks at whether anyone still wants to know
_BETWEEN = "\x1f"  # between the columns of one input
SHORT = 20_000  # characters of a text that are compared; a cell of 10 MB harms nothing


def prepare(table: pa.Table, look: Look) -> Generator[Event, None, Rows]:
    """The rows that are not left out, with equal texts marked."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    yield PhaseChanged("reading")
    if len(look.excluded):
        gone = pa.array(list(look.excluded), pa.int64())
        table = table.filter(pc.invert(pc.is_in(table["_row_id"], value_set=gone)))
        yield Tick()
    ids = table["_row_id"].to_numpy()
    inputs = table[look.text]
    for name in look.beside:
        inputs = pc.binary_join_element_wise(inputs, table[name], _BETWEEN)
    texts, code = yield from coded(inputs)
    parts = []
    for start in range(0, len(texts), _CHUNK):
        parts.append(plain_form(texts.slice(start, _CHUNK)))
        yield Tick()
    chunks = pa.chunked_array(parts, pa.string())
    plain_texts, plain = yield from coded(chunks)
    split = np.zeros(len(ids), dtype=np.int8)
    places = _places(ids)
    for number, name in enumerate(SPLITS, 1):
        wanted = places(np.asarray(list(look.splits.get(name, ())), dtype=np.int64))
        split[wanted] = number
    return Rows(table, ids, texts, code, plain_texts, plain[code] if len(code) else code, split)


def coded(column: Any) -> Generator[Event, None, tuple[pa.Array, np.ndarray]]:
    """The distinct values in the order they come, and the place of each cell's among them."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.dictionary_encode(column)
    yield Tick()
    chunks = found.chunks if isinstance(found, pa.ChunkedArray) else [found]
    if not chunks:
        return pa.array([], pa.string()), np.zeros(0, dtype=np.int64)
    codes = np.concatenate([each.indices.to_numpy(zero_copy_only=False) for each in chunks])
    return chunks[-1].dictionary, codes.astype(np.int64)


def plain_form(texts: pa.Array) -> pa.Array:
    """Texts without differences of width, case and blanks; very long ones by their beginning.

    The same as `checks.normalised`, for a million at a time.
    """
    import pyarrow.compute as pc

    short = pc.utf8_slice_codeunits(texts, 0, SHORT)
    if not bool(pc.all(pc.string_is_ascii(short)).as_py()):
        short = pc.utf8_normalize(short, form="NFKC")
    lower = pc.utf8_lower(short)
    blanks = r"[\s\x{85}\x{a0}\x{2028}\x{2029}]"
    wide = pc.match_substring_regex(
        lower, rf"{blanks}{{2}}|[\t-\r\x{{85}}\x{{a0}}\x{{2028}}\x{{2029}}]"
    )
    if bool(pc.any(wide).as_py()):  # to replace costs ten times as much as to look
        one = pc.replace_substring_regex(lower.filter(wide), f"{blanks}+", " ")
        lower = pc.replace_with_mask(lower, wide, one)
    return pc.utf8_trim_whitespace(lower)


def _places(ids: np.ndarray) -> Any:
    """A function from row ids to their places among `ids`; those that are not there are left."""
    import numpy as np

    order = np.argsort(ids, kind="stable")
    ordered = ids[order]

    def places(wanted: np.ndarray) -> np.ndarray:
        at = np.searchsorted(ordered, wanted)
        at = np.minimum(at, max(0, len(ordered) - 1))
        return order[at[ordered[at] == wanted]] if len(ordered) else np.zeros(0, dtype=np.int64)

    return places
