"""Writing so that a crash, a full disk or a power cut leaves the old file or the new one."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import UserError
from .words import QT_TRANSLATE_NOOP

_DRIVE_TROUBLE = {
    getattr(errno, name)
    for name in ("EIO", "ENODEV", "ENXIO", "ESTALE", "EBUSY", "ETIMEDOUT", "EHOSTDOWN", "ENOTCONN")
    if hasattr(errno, name)
}
# a folder that cannot be synced (some network drives) is no reason to call a write failed
_NO_FOLDER_SYNC = {
    getattr(errno, name)
    for name in ("EINVAL", "ENOTSUP", "EOPNOTSUPP", "EBADF", "EACCES", "EPERM")
    if hasattr(errno, name)
}
_MOVED_ASIDE = re.compile(r"\.(.+)\.[0-9a-f]{8}\.old")
_STAGED = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")
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
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(handle)


def _beside(path: Path, ending: str = "tmp") -> Path:
    return path.with_name(f".{path.name[:80]}.{uuid.uuid4().hex[:8]}.{ending}")


def sync_file(path: Path) -> None:
    """Push a finished file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def staged_file(path: Path, needed_bytes: int = 0) -> Iterator[Path]:
    """A temporary path beside `path`; on success it is synced and takes the place of `path`.

    `needed_bytes`, where it is known, is what a full disk is said to lack.
    """
    with writing(path, needed_bytes):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _beside(path)
        try:
            yield temporary
            sync_file(temporary)
            os.replace(temporary, path)
            _sync_folder(path.parent)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def atomic_write(path: Path, content: str | bytes) -> None:
    """Write a whole file: either the old content or the new one is there, never a part."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    with staged_file(path, len(data)) as temporary:
        temporary.write_bytes(data)


@contextmanager
def staged_folder(folder: Path, needed_bytes: int = 0) -> Iterator[Path]:
    """A temporary folder beside `folder`; on success it is synced and takes its place.

    A folder cannot be replaced in one step everywhere: the old one is moved aside first. A crash
    just then leaves it there, and `bring_back` puts it in its place again.
    """
    with writing(folder, needed_bytes):
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = _beside(folder)
        temporary.mkdir()
        old: Path | None = None
        try:
            yield temporary
            _sync_tree(temporary)
            if folder.exists():
                old = _beside(folder, "old")
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


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            _sync_folder(path)
        elif path.is_file():
            sync_file(path)
    _sync_folder(folder)


def bring_back(parent: Path) -> None:
    """Undo what a crash left in `parent` in the middle of replacing a folder: the old one is back.

    Where the new one is in its place already, the old one goes.
    """
    for old in parent.glob(".*.old"):
        name = _MOVED_ASIDE.fullmatch(old.name)
        if name is None or not old.is_dir():
            continue
        with suppress(OSError):
            if (parent / name[1]).exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                os.replace(old, parent / name[1])


def sweep(parent: Path) -> None:
    """Remove what writers that were killed left half done in `parent`, which nobody else writes."""
    for path in parent.glob(".*.tmp"):
        if _STAGED.fullmatch(path.name):
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def sha256_of(path: Path) -> str:
    """The hex sha256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(2**20):
            digest.update(piece)
    return digest.hexdigest()
