"""Versions of the project's table: a run finds the one it was trained on, whatever came later.

`data/table.parquet` is the version in force. Another one is `data/versions/<its sha256>.parquet`.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from peft_desktop.core.errors import UserError
from peft_desktop.core.files import sha256_of, staged_file, writing
from peft_desktop.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "versions"
_KNOWN: dict[tuple[str, int, int], str] = {}  # hashing 150 MB takes 0.2 s


def version_path(project_folder: Path, sha256: str) -> Path:
    return Path(project_folder) / "data" / FOLDER / f"{sha256}.parquet"


def find_version(project_folder: Path, sha256: str) -> Path | None:
    """The file of the version with this hash; None where there is none any more.

    Without a hash it is the table in force.
    """
    from .store import TABLE

    now = Path(project_folder) / "data" / TABLE
    if now.is_file() and (not sha256 or hash_of(now) == sha256):
        return now
    kept = version_path(project_folder, sha256)
    return kept if sha256 and kept.is_file() and hash_of(kept) == sha256 else None


def hash_of(path: Path) -> str:
    """The sha256 of a file, reckoned once as long as the file stays as it is."""
    found = path.stat()
    key = (str(path.resolve()), found.st_size, found.st_mtime_ns)
    if key not in _KNOWN:
        if len(_KNOWN) > 100:
            _KNOWN.clear()
        _KNOWN[key] = sha256_of(path)
    return _KNOWN[key]


def add_version(project_folder: Path, table: pa.Table) -> str:
    """Write a table beside the one in force; returns its sha256. Nothing is in force yet."""
    import pyarrow.parquet as pq

    folder = Path(project_folder) / "data" / FOLDER
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"new-{uuid.uuid4().hex[:8]}.part"
    try:
        with staged_file(new) as temporary:
            pq.write_table(table, temporary, compression="zstd")
        sha256 = sha256_of(new)
        with writing(new):
            os.replace(new, version_path(project_folder, sha256))
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
    return sha256


def put_in_force(project_folder: Path, before: str, after: str) -> None:
    """Let the version `after` be the table; the one that was, `before`, is kept beside.

    Both are moved, not copied. Raises UserError where the version is not there any more.
    """
    from .store import TABLE

    if before == after:
        return
    now, new = Path(project_folder) / "data" / TABLE, version_path(project_folder, after)
    if not new.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This version of the data is not there any more."),
            QT_TRANSLATE_NOOP("engine", "The data stays as it is now."),
            file=new,
        )
    old = version_path(project_folder, before)
    with writing(now):
        old.unlink(missing_ok=True)
        try:
            os.link(now, old)  # the table is never gone, not even for a moment
        except OSError:
            import shutil

            shutil.copy2(now, old)
        os.replace(new, now)


def forget_versions(project_folder: Path, needed: Collection[str]) -> int:
    """Remove the kept versions that nobody needs (by sha256); returns the bytes freed."""
    freed = 0
    for path in (Path(project_folder) / "data" / FOLDER).glob("*.parquet"):
        if path.stem not in needed:
            with suppress(OSError):
                size = path.stat().st_size
                path.unlink()
                freed += size
    return freed
