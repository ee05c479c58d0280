"""Writing so that a crash, a full disk or a power cut leaves the old file or the new one."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import UserError
from .words import QT_TRANSLATE_NOOP

_DRIVE_TROUBLE = {
    getattr(errno, name)
    for name in ("EIO", "ENODEV", "ENXIO", "ESTALE", "EBUSY", "ETIMEDOUT", "EHOSTDOWN", "ENOTCONN")
    if hasattr(errno, name)
}
_DISK_FULL_WORDS = ("no space left", "disk is full", "inline_container.cc", "disk quota")


def is_disk_full(error: BaseException) -> bool:
    """Whether `error` means a full disk, in any of the wordings that libraries use."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return any(words in str(error).lower() for words in _DISK_FULL_WORDS)


@contextmanager
def writing(path: Path, needed_bytes: int = 0) -> Iterator[None]:
    """Turn the ways in which writing to `path` can fail into one sentence each.

    Raises UserError when the disk is full, the folder is not writable, or a name is not allowed.
    """
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        if is_disk_full(error):
            anchor = next((p for p in (path, *path.parents) if p.exists()), Path("."))
            free = shutil.disk_usage(anchor).free
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "The disk is full: {free} MB are free on the drive of {drive}."
                ),
                QT_TRANSLATE_NOOP(
                    "engine", "Make room (at least {needed} MB) and try again; nothing was changed."
                ),
                file=path,
                free=free // 2**20,
                drive=str(anchor),
                needed=max(1, needed_bytes // 2**20),
            ) from error
        if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "This place cannot be written to."),
                QT_TRANSLATE_NOOP("engine", "Choose another folder or change its permissions."),
                file=path,
            ) from error
        if isinstance(error, OSError) and error.errno in (errno.ENAMETOOLONG, errno.EINVAL):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "The system does not accept this file name."),
                QT_TRANSLATE_NOOP("engine", "Choose a shorter or simpler name."),
                file=path,
            ) from error
        if isinstance(error, FileNotFoundError):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "This place does not exist and cannot be made."),
                QT_TRANSLATE_NOOP("engine", "Check the drive and the folder's name."),
                file=path,
            ) from error
        if isinstance(error, IsADirectoryError):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "A folder stands where a file is needed."),
                QT_TRANSLATE_NOOP("engine", "Choose another name."),
                file=path,
            ) from error
        if isinstance(error, (NotADirectoryError, FileExistsError)):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "A file stands where a folder is needed."),
                QT_TRANSLATE_NOOP("engine", "Choose another folder."),
                file=path,
            ) from error
        if isinstance(error, OSError) and error.errno in _DRIVE_TROUBLE:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "The drive does not answer: {reason}."),
                QT_TRANSLATE_NOOP("engine", "Check that it is connected, and try again."),
                file=path,
                reason=error.strerror or str(error),
            ) from error
        raise


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:80]}.{uuid.uuid4().hex[:8]}.tmp")


def sync_file(path: Path) -> None:
    """Push a finished file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def staged_file(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`; on success it is synced and takes the place of `path`."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _beside(path)
        try:
            yield temporary
            sync_file(temporary)
            os.replace(temporary, path)
            _sync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


def atomic_write(path: Path, content: str | bytes) -> None:
    """Write a whole file: either the old content or the new one is there, never a part."""
    with staged_file(path) as temporary:
        data = content.encode("utf-8") if isinstance(content, str) else content
        temporary.write_bytes(data)


@contextmanager
def staged_folder(folder: Path) -> Iterator[Path]:
    """A temporary folder beside `folder`; on success it is synced and takes its place."""
    with writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = _beside(folder)
        temporary.mkdir()
        old: Path | None = None
        try:
            yield temporary
            for file in sorted(p for p in temporary.rglob("*") if p.is_file()):
                sync_file(file)
            if folder.exists():
                old = _beside(folder)
                os.replace(folder, old)
            os.replace(temporary, folder)
            _sync_folder(folder.parent)
        except BaseException:
            if old is not None and old.exists() and not folder.exists():
                os.replace(old, folder)
            raise
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
            if old is not None and folder.exists():
                shutil.rmtree(old, ignore_errors=True)


def sha256_of(path: Path) -> str:
    """The hex sha256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(2**20):
            digest.update(piece)
    return digest.hexdigest()
