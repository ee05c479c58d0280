"""How many training rows would be cut: counted in the background, in small chunks."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.errors import UserError
from .preview_sources import LONGEST_TEXT, Asked, Sources, plan_of, reader_of, rows_shown

if TYPE_CHECKING:
    from ..families.contract import Plan

CHUNK = 256  # rows counted at a time, at most
_MANY = 2000  # rows; fewer are counted at once
_PAUSE_S = 0.3
_CHUNK_S = 0.05  # what a chunk may take, so that a newer edit never waits for long


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the training rows would be cut; `cut_rows` are their places."""

    done: int
    total: int
    cut_rows: tuple[int, ...]


def count_cuts(
    sources: Sources,
    asked: Asked,
    wanted: Callable[[], bool],
    tell: Callable[[Counted], None],
) -> Counted | None:
    """Which training rows would lose words; None where that cannot be said (no model, a prompt
    that cannot be read). `wanted` is asked, and `tell` told, between chunks of rows."""
    from ..data.store import rows_by_id

    file = asked.file
    if asked.folder is None or not file.model:
        return None
    try:
        card, tokens = sources.model(file.model)
        plan, _ = plan_of(file, card, tokens)
        table = sources.table(asked)
        _, ids = rows_shown(file, table)
        if plan is None:
            return None
        used = reader_of(plan).template.columns
        if len(ids) > _MANY:
            _pause(wanted)  # who types on shall not feel it
        found: list[int] = []
        done, size = 0, 8
        while done < len(ids) and wanted():
            began = time.monotonic()
            chunk = rows_by_id(table, ids[done : done + size], used)
            found += [done + n for n, is_cut in enumerate(_are_cut(plan, chunk)) if is_cut]
            done += len(chunk)
            tell(Counted(done, len(ids), tuple(found)))
            took = time.monotonic() - began
            size = min(CHUNK, max(1, int(size * min(4.0, _CHUNK_S / max(took, 1e-4)))))
            time.sleep(0.001)  # the window comes first
    except UserError:
        return None  # the preview tells
    return Counted(done, len(ids), tuple(found))


def _pause(wanted: Callable[[], bool]) -> None:
    until = time.monotonic() + _PAUSE_S
    while wanted() and time.monotonic() < until:
        time.sleep(0.02)


def _are_cut(plan: Plan, rows: Sequence[Mapping[str, str]]) -> list[bool]:
    """Whether each row loses anything; of a very long one the beginning mostly tells."""
    short = [{name: cell[:LONGEST_TEXT] for name, cell in row.items()} for row in rows]
    cut = [each.cut > 0 for each in plan.read_many(short)]
    return [
        is_cut or (brief != row and plan.read_many([row])[0].cut > 0)
        for is_cut, brief, row in zip(cut, short, rows, strict=True)
    ]
