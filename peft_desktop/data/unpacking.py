"""A ZIP file's tables and texts, unpacked beside: no bombs, no ways out of the folder."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP

MOST_UNPACKED = 4 * 2**30  # bytes
MOST_FILES = 200_000
_MOST_PACKED = 200  # times smaller than its content; texts are rarely below a twentieth
_HARMLESS = 100 * 2**20  # bytes, however well they were packed
_BLOCK = 2**20


def unpack(path: Path, folder: Path) -> None:
    """Write the files of a ZIP into `folder`, in their own folders.

    Raises UserError for a damaged or protected ZIP and for one that holds too much.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            entries = [e for e in packed.infolist() if not e.is_dir() and is_of_use(_name(e))]
            _check(path, entries)
            left = MOST_UNPACKED
            for number, entry in enumerate(entries):
                left = _write(packed, entry, folder / _place(_name(entry), number), left)
                if left < 0:  # the sizes that it tells are not true
                    raise _too_much(path, MOST_UNPACKED)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged(path) from error
    except OSError as error:
        if error.errno is None:  # zlib's own complaints come so, too
            raise damaged(path) from error
        raise
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma"):
            raise damaged(path) from error
        raise


def is_of_use(name: str) -> bool:
    """Whether a file may hold data: not what systems leave about."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not any(
        (part.startswith(".") and part not in (".", ".."))
        or part in ("__MACOSX", "Thumbs.db", "desktop.ini")
        for part in parts
    )


def _name(entry: zipfile.ZipInfo) -> str:
    """Names without the mark for UTF-8 are in the writer's own encoding: GBK more often than not
    where they are no ASCII."""
    name = entry.filename.replace("\\", "/")
    if not entry.flag_bits & 0x800:
        raw = name.encode("cp437", errors="ignore")
        for codec in ("utf-8", "gb18030"):
            try:
                return raw.decode(codec)
            except UnicodeDecodeError:
                continue
    return name


def _place(name: str, number: int) -> Path:
    """A path below the folder, short enough for every system."""
    kept = [part for part in PurePosixPath(name).parts if part not in ("/", "..", ".")]
    clean = ["".join("_" if c in '<>:"|?*' or ord(c) < 32 else c for c in part) for part in kept]
    short = [part if len(part.encode()) < 200 else part[:40] for part in clean[:-1]]
    last = clean[-1] if clean else "file"
    if len(last.encode()) >= 200:
        stem, dot, ending = last.rpartition(".")
        last = f"{(stem or last)[:40]}-{number}{dot}{ending[:10]}"
    return Path(*short, last)


def _check(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The ZIP file is protected by a password."),
            QT_TRANSLATE_NOOP("engine", "Unpack it and choose the folder."),
            file=path,
        )
    if not entries:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The ZIP file holds no files."),
            QT_TRANSLATE_NOOP("engine", "Choose one with tables or texts in it."),
            file=path,
        )
    size = sum(entry.file_size for entry in entries)
    packed = max(1, path.stat().st_size)
    too_well = size > _HARMLESS and size > _MOST_PACKED * packed
    if size > MOST_UNPACKED or too_well or len(entries) > MOST_FILES:
        raise _too_much(path, size)


def _too_much(path: Path, size: int) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP(
            "engine", "The ZIP file unpacks to {size} MB or more, too much to be safe."
        ),
        QT_TRANSLATE_NOOP("engine", "Unpack it by yourself and choose the folder or the files."),
        file=path,
        size=size // 2**20,
    )


def _write(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(entry) as source, target.open("wb") as file:
        while left >= 0 and (block := source.read(_BLOCK)):
            left -= len(block)
            file.write(block)
    return left


def damaged(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The ZIP file is damaged or cut off."),
        QT_TRANSLATE_NOOP("engine", "Get it again, or unpack it and choose the folder."),
        file=path,
    )
