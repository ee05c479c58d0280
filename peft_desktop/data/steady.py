"""A file that another program changes or takes away while it is being read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import pyarrow as pa

Stamp = tuple[int, int]


def stamp_of(path: Path) -> Stamp | None:
    """Size in bytes and time of the last change in ns; None when the file is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def check_steady(path: Path, before: Stamp | None) -> None:
    """Raises UserError where the file is not what it was when its `before` was taken."""
    now = stamp_of(path)
    if now is None:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The file went away while it was being read."),
            QT_TRANSLATE_NOOP("engine", "Put it back, or choose another; nothing was imported."),
            file=path,
        )
    if before is not None and now != before:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The file changed while it was being read."),
            QT_TRANSLATE_NOOP(
                "engine", "Wait until no other program writes to it, then try again."
            ),
            file=path,
        )


def told_where_it_breaks(
    tables: Iterator[pa.Table], path: Path, before: Stamp | None
) -> Iterator[pa.Table]:
    """`tables`, with a UserError in place of what a vanishing or changing file does to readers."""
    try:
        yield from tables
    except (OSError, UnicodeError) as error:
        check_steady(path, before)
        if isinstance(error, UnicodeError):
            raise
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The file cannot be read to its end: {problem}."),
            QT_TRANSLATE_NOOP("engine", "Check the drive or the network, then try again."),
            file=path,
            problem=error.strerror or str(error),
        ) from error
