"""A table as it was imported, with its entities in our own spelling.

Known are: a column of entity lists in any shape of `span_shapes`; columns of tokens and of tags;
Label Studio's `data` and `annotations`; lists of text pieces, some with an entity.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from . import span_shapes
from .imported import Imported
from .joined_tokens import by_character, found_in, joined
from .span_shapes import looks_like_spans, shaped_spans
from .spans import Span, SpanError, plain_spans, written
from .tag_schemes import Scheme, chunks_of

if TYPE_CHECKING:
    import pyarrow as pa

TEXT, ENTITIES = "text", "entities"
_LOOKED_AT = 500
_SHOWN = 5
_TOKENS = ("tokens", "words", "token")
_TAGS = ("ner_tags", "tags", "ner", "labels", "tag", "bio", "slots", "entities")
_NOTES = {
    span_shapes.INCLUSIVE: QT_TRANSLATE_NOOP(
        "engine",
        "{file}: in {count} rows the ends of entities count the last character in, as the "
        "entities' texts show; they were written anew (row {rows}).",
    ),
    span_shapes.UTF_16: QT_TRANSLATE_NOOP(
        "engine",
        "{file}: in {count} rows places count UTF-16 units (emoji twice), as the entities' texts "
        "show; they were written anew in characters (row {rows}).",
    ),
    span_shapes.TWICE: QT_TRANSLATE_NOOP(
        "engine", "{file}: in {count} rows an entity stands twice; it is kept once (row {rows})."
    ),
    span_shapes.TRIMMED: QT_TRANSLATE_NOOP(
        "engine",
        "{file}: in {count} rows an entity begins or ends with blanks; these were left out (row "
        "{rows}).",
    ),
}


def tidied(imported: Imported, text: str | None = None, label: str | None = None) -> Imported:
    """The table with a column of entities as `spans.written` writes them.

    `text` and `label` are the columns that the user chose. Cells that cannot be understood stay
    as they are, so that the task's own check names their rows. Changes the import in place.
    """
    table = imported.table
    table, text, label = _restored(table, text, label)
    if label is None:
        label = _entity_column(table)
    if text is None:
        text = _text_column(table, label)
    if label is None or text is None or text == label:
        imported.table = table
        return imported
    notes: dict[str, list[int]] = defaultdict(list)
    cells = []
    pairs = zip(table[text].to_pylist(), table[label].to_pylist(), strict=True)
    for number, (said, cell) in enumerate(pairs, start=1):
        cells.append(_own_spelling(cell, said, number, notes))
    imported.table = _with(table, label, cells)
    for note, rows in notes.items():
        shown = ", ".join(map(str, rows[:_SHOWN])) + (", ..." if rows[_SHOWN:] else "")
        values = {"file": imported.receipt.file, "count": len(rows), "rows": shown}
        imported.receipt.warnings.append(Warned(_NOTES[note], values))
    return imported


def _own_spelling(cell: str, text: str, number: int, notes: dict[str, list[int]]) -> str:
    if not cell.strip():
        return cell
    try:
        shaped = shaped_spans(cell, text)
    except SpanError:
        return cell
    for note in shaped.notes:
        notes[note].append(number)
    return written(shaped.spans)


def has_entities(table: pa.Table) -> bool:
    """Whether a table looks like one of texts with marked entities."""
    columns = set(table.column_names)
    if {"data", "annotations"} <= columns or _token_columns(table) is not None:
        return True
    return _entity_column(table) is not None or _pieces_column(table) is not None


def _entity_column(table: pa.Table) -> str | None:
    """The first column that holds entity lists in nine of ten cells that are not empty."""
    for name in table.column_names:
        cells = [c for c in table[name].slice(0, _LOOKED_AT).to_pylist() if c.strip()]
        lists = [c for c in cells if c.strip() not in ("[]", "{}")]
        if lists and sum(map(looks_like_spans, lists)) >= 0.9 * len(lists):
            return str(name)
    return None


def _text_column(table: pa.Table, label: str | None) -> str | None:
    from .roles import guess_roles

    rest = [name for name in table.column_names if name not in (label, "_row_id")]
    return guess_roles(table.select(rest)).text if rest else None


def _restored(
    table: pa.Table, text: str | None, label: str | None
) -> tuple[pa.Table, str | None, str | None]:
    """The table with text and entities in columns of their own, where it holds them otherwise."""
    columns = table.column_names
    if {"data", "annotations"} <= set(columns) and text is None:
        texts = [_studio_text(cell) for cell in table["data"].to_pylist()]
        return _with(table, TEXT, texts), TEXT, label or "annotations"
    pieces = _pieces_column(table) if text is None else None
    if pieces is not None:
        pairs = [_from_pieces(cell) for cell in table[pieces].to_pylist()]
        table = _with(table, TEXT, [pair[0] for pair in pairs])
        return _with(table, ENTITIES, [pair[1] for pair in pairs]), TEXT, ENTITIES
    tagged = _token_columns(table, label)
    if tagged is not None:
        return _from_tags(table, *tagged, text)
    return table, text, label


def _studio_text(cell: str) -> str:
    try:
        held = json.loads(cell)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(held, dict):
        return ""
    texts = [value for value in held.values() if isinstance(value, str)]
    return str(held.get("text") or max(texts, key=len, default=""))


def _pieces(cell: str) -> list[dict[str, Any]] | None:
    try:
        held = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    pieces = held if isinstance(held, list) else []
    good = all(isinstance(p, dict) and isinstance(p.get("text"), str) for p in pieces)
    known = all(set(p) <= {"text", "entity", "slot_name", "alias"} for p in pieces) if good else 0
    return pieces if pieces and known else None


def _pieces_column(table: pa.Table) -> str | None:
    for name in table.column_names:
        cells = [c for c in table[name].slice(0, 50).to_pylist() if c.strip()]
        if cells and all(_pieces(cell) is not None for cell in cells):
            return str(name)
    return None


def _from_pieces(cell: str) -> tuple[str, str]:
    text, spans = "", []
    for piece in _pieces(cell) or []:
        start, text = len(text), text + piece["text"]
        label, own = piece.get("entity"), piece["text"]
        if isinstance(label, str) and own.strip():
            left = start + len(own) - len(own.lstrip())
            spans.append(Span(left, start + len(own.rstrip()), label))
    return text, written(spans)


def _strings(cell: str) -> list[str] | None:
    try:
        held = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    good = isinstance(held, list) and all(isinstance(item, str) for item in held)
    return held if good else None


def _token_columns(table: pa.Table, label: str | None = None) -> tuple[str, str] | None:
    """The columns of tokens and of tags, as long as each other in the first rows."""
    lower = {name.lower(): name for name in table.column_names}
    tokens = next((lower[name] for name in _TOKENS if name in lower), None)
    tags = label or next((lower[name] for name in _TAGS if name in lower), None)
    if tokens is None or tags is None or tokens == tags:
        return None
    for one, other in zip(
        table[tokens].slice(0, 20).to_pylist(), table[tags].slice(0, 20).to_pylist(), strict=True
    ):
        some, named = _strings(one), _strings(other)
        if some is None or named is None or len(some) != len(named):
            return None
    return tokens, tags


def _from_tags(
    table: pa.Table, tokens: str, tags: str, text: str | None
) -> tuple[pa.Table, str, str]:
    words = [_strings(cell) or [] for cell in table[tokens].to_pylist()]
    names = [_strings(cell) for cell in table[tags].to_pylist()]
    scheme = Scheme.of(tag for some in names for tag in some or [])
    characters = by_character(word for some in words for word in some)
    own = text if text and text not in (tokens, tags) else None
    own = own or (TEXT if TEXT in table.column_names else None)
    told = table[own].to_pylist() if own else [None] * len(words)
    texts, cells = [], []
    for some, named, said, raw in zip(words, names, told, table[tags].to_pylist(), strict=True):
        try:
            whole, places = (
                joined(some, characters) if said is None else (said, found_in(said, some))
            )
            chunks, _ = chunks_of([scheme.read(tag) for tag in named or []])
            spans = [Span(places[c.start][0], places[c.end - 1][1], c.label) for c in chunks]
            cell = written(spans) if named is not None and len(named) == len(some) else raw
        except (SpanError, IndexError):
            whole, cell = said if said is not None else joined(some, characters)[0], raw
        texts.append(whole)
        cells.append(cell)
    table = table if own else _with(table, TEXT, texts)
    return _with(table, ENTITIES, cells), own or TEXT, ENTITIES


def _with(table: pa.Table, name: str, cells: Sequence[str]) -> pa.Table:
    """The table with this column set, in its old place or at the end."""
    import pyarrow as pa

    column = pa.array(cells, pa.string())
    if name in table.column_names:
        return table.set_column(table.column_names.index(name), name, column)
    return table.append_column(name, column)


def entities_of(cell: str) -> list[Span]:
    """The entities of a cell in our own spelling; none of one that is broken."""
    try:
        return plain_spans(cell)
    except SpanError:
        return []
