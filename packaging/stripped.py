"""Libraries without the names that only a debugger reads: a sixth less to install on Linux."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]  # where it goes, where it lies, what it is
# Libraries whose makers left their debugger's names in. Not numpy's and SciPy's: those were
# patched after linking, and what strip writes of them cannot always be loaded.
_FULL_OF_NAMES = ("torch/lib/", "pyarrow/", "libpython", "tokenizers/", "safetensors/")


def without_names(entries: Sequence[Entry], room: Path) -> list[Entry]:
    """The same entries, the large ones stripped into `room`.

    All stay as they are where there is no `strip` (binutils) and on other systems, whose
    libraries keep such names elsewhere.
    """
    tool = shutil.which("strip")
    if sys.platform != "linux" or tool is None:
        return list(entries)
    room.mkdir(parents=True, exist_ok=True)
    return [_without_names(entry, room, tool) for entry in entries]


def _without_names(entry: Entry, room: Path, tool: str) -> Entry:
    target, source, kind = entry
    if kind not in ("BINARY", "EXTENSION") or not _is_full(target):
        return entry
    copy = room / target.replace("/", "__")
    shutil.copyfile(source, copy)  # of a link, the file it leads to
    shutil.copymode(source, copy)
    done = subprocess.run([tool, "--strip-unneeded", str(copy)], capture_output=True, check=False)
    return (target, str(copy), kind) if done.returncode == 0 else entry


def _is_full(target: str) -> bool:
    path = str(PurePosixPath(target))
    return path.startswith(_FULL_OF_NAMES)
