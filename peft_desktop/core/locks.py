"""One writer at a time: a lock file that says who holds it, and that a dead holder loses."""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .errors import UserError
from .files import writing
from .words import QT_TRANSLATE_NOOP, Sentence


def _born(pid: int) -> float | None:
    """When the process `pid` started (seconds since 1970), None if there is none."""
    import psutil

    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return float(process.create_time())
    except psutil.NoSuchProcess:
        return None
    except psutil.AccessDenied:
        return 0.0


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def holder_of(path: Path) -> dict[str, Any] | None:
    """Who holds the lock: pid, host, user, since; None when it is free or its holder is dead."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        pid, born = int(record["pid"]), float(record["born"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none, torn or not ours: nobody can be holding it
    if record.get("host") != platform.node():
        return dict(record)  # on a shared drive: that machine's processes cannot be asked
    now = _born(pid)
    # a later process may have got the dead one's number
    return dict(record) if now is not None and (now == 0.0 or abs(now - born) < 2.0) else None


def _local(since: Any) -> str:
    """A moment as the clock on this wall shows it, e.g. 2026-11-23 16:58."""
    try:
        return f"{datetime.fromisoformat(str(since)).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return "?"


@contextmanager
def locked(path: Path, what: str | Sentence) -> Iterator[None]:
    """Hold the lock file `path` while the block runs.

    Raises UserError naming the holder when a living process has it.
    """
    holder = holder_of(path)
    if holder is not None:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "{work} is in use by {user} (process {pid}) since {since}."
            ),
            QT_TRANSLATE_NOOP("engine", "Close it there or wait until it is done."),
            file=path.parent,
            work=what,
            user=holder.get("user", "?"),
            pid=holder.get("pid", "?"),
            since=_local(holder.get("since")),
        )
    record = {
        "pid": os.getpid(),
        "born": _born(os.getpid()) or 0.0,
        "host": platform.node(),
        "user": _who(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with writing(path):
        path.unlink(missing_ok=True)
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "{work} was taken by another process just now."),
                QT_TRANSLATE_NOOP("engine", "Wait until it is done."),
                file=path.parent,
                work=what,
            ) from None
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(record, file)
    try:
        yield
    finally:
        with suppress(OSError):  # the folder is gone, or shut: a dead holder loses the lock anyway
            path.unlink()
