"""What stands in the answer cells of each task, and how a prediction differs from the gold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# how a task's answers are shown
LABEL, SPANS, FIELDS, LABELS, TEXT = "label", "spans", "fields", "labels", "text"
KINDS = {
    "classification": LABEL,
    "tagging": SPANS,
    "question_answering": SPANS,
    "extraction": FIELDS,
    "several_labels": LABELS,
    "generation": TEXT,
}
# what became of one thing that was to be found; "" where there is no gold to compare with
RIGHT, MISSED, SPURIOUS, WRONG_TYPE, BOUNDS, WRONG = (
    "right",
    "missed",
    "spurious",
    "type",
    "bounds",
    "wrong",
)
STATES = (MISSED, SPURIOUS, WRONG_TYPE, BOUNDS, WRONG, RIGHT)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing in an answer: an entity, a field's value, a label, a text.

    `start` and `end` count the text's characters (code points), -1 where it has no place.
    """

    name: str
    text: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the gold and the predicted one that belongs to it; one of them may be missing."""

    state: str
    gold: Piece | None
    predicted: Piece | None

    @property
    def name(self) -> str:
        piece = self.gold or self.predicted
        return piece.name if piece is not None else ""


def kind_of(task: str) -> str:
    """How this task's answers are shown; one that is not known is shown as text."""
    return KINDS.get(task, TEXT)


def pieces_of(task: str, text: str, cell: str | None) -> list[Piece]:
    """What an answer cell says. Raises ValueError for a cell that is not written as the task's."""
    if cell is None or not cell.strip():
        return []
    kind = kind_of(task)
    if kind in (TEXT, LABEL):
        return [Piece("", cell)]
    held = json.loads(cell)
    if kind == FIELDS:
        return _fields(text, held)
    if not isinstance(held, list):
        raise ValueError("an answer that is no list")
    if kind == LABELS:
        return [Piece(str(each), str(each)) for each in held]
    return [_span(text, each) for each in held]


def _span(text: str, told: Any) -> Piece:
    """An entity {start, end, label}, or an answer {text, start}."""
    if not isinstance(told, dict):
        raise ValueError("a span that is no object")
    start = -1 if told["start"] is None else int(told["start"])  # written, not in the text
    said = told.get("text")
    end = int(told["end"]) if "end" in told else start + len(str(said or ""))
    inside = 0 <= start < end <= len(text)
    shown = text[start:end] if inside else str(said or "")
    return Piece(str(told.get("label", "")), shown, start if inside else -1, end if inside else -1)


def _fields(text: str, held: Any) -> list[Piece]:
    if not isinstance(held, dict):
        raise ValueError("fields that are no object")
    found = []
    for name, value in held.items():
        for each in value if isinstance(value, list) else [value]:
            if each is None or each == "":
                continue
            said = each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)
            at = text.find(said)
            found.append(Piece(str(name), said, at, at + len(said) if at >= 0 else -1))
    return found


def told(task: str, text: str, cell: str | None) -> list[Item]:
    """What an answer says by itself, nothing compared; what cannot be read is one text."""
    try:
        pieces = pieces_of(task, text, cell)
    except (ValueError, KeyError, TypeError):
        pieces = [Piece("", cell or "")]
    return [Item("", None, piece) for piece in pieces]


def compared(task: str, text: str, gold: str | None, predicted: str | None) -> list[Item]:
    """Gold and prediction side by side, in the order of the text.

    Raises ValueError for a gold cell that is not written as the task's; a prediction that is not
    counts as one wrong text.
    """
    wanted = pieces_of(task, text, gold)
    try:
        found = pieces_of(task, text, predicted)
    except (ValueError, KeyError, TypeError):
        found = [Piece("", predicted or "")]
    kind = kind_of(task)
    if task == "question_answering":
        return _one_of(wanted, found)
    if kind == SPANS:
        return _spans(wanted, found)
    if kind == FIELDS:
        return _by_name(wanted, found)
    if kind == LABELS:
        return _labels(wanted, found)
    one, other = next(iter(wanted), None), next(iter(found), None)
    same = (one.text if one else "").split() == (other.text if other else "").split()
    return [Item(RIGHT if same else WRONG, one, other)]


def _one_of(wanted: Sequence[Piece], found: Sequence[Piece]) -> list[Item]:
    """Several golds are several ways to say the same: one of them is enough."""
    if not found:
        return [Item(MISSED, wanted[0], None)] if wanted else []
    piece = found[0]
    if not wanted:
        return [Item(SPURIOUS, None, piece)]
    same = [each for each in wanted if _norm(each.text) == _norm(piece.text)]
    if same:
        return [Item(RIGHT, same[0], piece)]
    near = [each for each in wanted if _meet(each, piece)]
    return [Item(BOUNDS if near else WRONG, (near or list(wanted))[0], piece)]


def _norm(text: str) -> str:
    return " ".join(text.casefold().split())


def _meet(one: Piece, other: Piece) -> bool:
    placed = one.start >= 0 and other.start >= 0
    return placed and one.start < other.end and other.start < one.end


def _spans(wanted: Sequence[Piece], found: Sequence[Piece]) -> list[Item]:
    left, items = list(found), []
    rest = []
    for piece in wanted:
        if piece in left:
            left.remove(piece)
            items.append(Item(RIGHT, piece, piece))
        else:
            rest.append(piece)
    for same_place in (True, False):
        waiting, rest = rest, []
        for piece in waiting:
            other = next(
                (
                    each
                    for each in left
                    if (each.start, each.end) == (piece.start, piece.end)
                    or (not same_place and _meet(each, piece))
                ),
                None,
            )
            if other is None:
                rest.append(piece)
                continue
            left.remove(other)
            items.append(Item(WRONG_TYPE if same_place else BOUNDS, piece, other))
    items += [Item(MISSED, piece, None) for piece in rest]
    items += [Item(SPURIOUS, None, piece) for piece in left]
    return sorted(items, key=_place)


def _place(item: Item) -> tuple[int, int]:
    piece = item.gold or item.predicted
    return (piece.start, piece.end) if piece is not None else (0, 0)


def _by_name(wanted: Sequence[Piece], found: Sequence[Piece]) -> list[Item]:
    left, items = list(found), []
    rest = []
    for piece in wanted:
        same = next(
            (x for x in left if x.name == piece.name and _norm(x.text) == _norm(piece.text)), None
        )
        if same is None:
            rest.append(piece)
        else:
            left.remove(same)
            items.append(Item(RIGHT, piece, same))
    for piece in rest:
        other = next((x for x in left if x.name == piece.name), None)
        if other is not None:
            left.remove(other)
        items.append(Item(MISSED if other is None else WRONG, piece, other))
    items += [Item(SPURIOUS, None, piece) for piece in left]
    order = list(dict.fromkeys(piece.name for piece in (*wanted, *found)))
    return sorted(items, key=lambda item: order.index(item.name))


def _labels(wanted: Sequence[Piece], found: Sequence[Piece]) -> list[Item]:
    items = [Item(RIGHT if piece in found else MISSED, piece, None) for piece in wanted]
    items = [Item(i.state, i.gold, i.gold if i.state == RIGHT else None) for i in items]
    return items + [Item(SPURIOUS, None, piece) for piece in found if piece not in wanted]


def in_short(pieces: Sequence[Piece], none: str = "–") -> str:
    """Pieces on one line: "PER: Anna; LOC: Paris"."""
    said = [
        f"{piece.name}: {piece.text}" if piece.name and piece.name != piece.text else piece.text
        for piece in pieces
    ]
    return "; ".join(said) or none
