"""A project as one file, to be sent or kept, and back: nothing gets out of its folder on the way.

A pack is a ZIP whose first entry, `peft-desktop-pack.json`, lists every file with size and sha256.
The base model is not in it. A pack may come from anywhere: names, sizes and hashes are checked
before and while anything is written, and the project appears only when all of it fits.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.events import Event, Finished, PhaseChanged, Progressed, Started, Tick
from ..core.files import sha256_of, staged_file, staged_folder
from ..core.ports import Events
from ..core.project import PROJECT_FILE, Project, check_new_folder, open_project
from ..core.runs import list_runs
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .pack_names import (
    LINK,
    SECRET,
    STRANGER,
    TOO_MANY,
    TWICE,
    fault_of_name,
    same_place,
)

ENDING = ".peftpack"
CONTENTS = "peft-desktop-pack.json"
VERSION = 1
MOST_FILES = 100_000
_MOST_CONTENTS = 64 * 2**20  # bytes of the list of files
_SAFETY = 64 * 2**20  # bytes of a drive that are left free
_PIECE = 2**20
_PACKED_ALREADY = (".safetensors", ".parquet", ".zst", ".xlsx")
_LEFT_OUT = (".lock", ".tmp", ".old")


def pack_project(project: Project, target: Path, replace: bool = False) -> Events:
    """Write the project as the file `target`, all of it or nothing.

    Raises UserError while a run of it is at work, for a full disk, where `target` lies in the
    project itself, and where it is there already, unless it is to be replaced.
    """
    folder = project.folder
    yield Started("pack", facts={"file": str(target)})
    _check_idle(project)
    if target.exists() and not replace:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This place is taken."),
            QT_TRANSLATE_NOOP("engine", "Choose another name; nothing was changed."),
            file=target,
        )
    if target.resolve().is_relative_to(folder.resolve()):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "A project cannot be packed into its own folder."),
            QT_TRANSLATE_NOOP("engine", "Choose another folder for the file."),
            file=target,
        )
    yield PhaseChanged("packing")
    names = _names(folder)
    total = sum((folder / name).stat().st_size for name in names)
    entries: list[dict[str, Any]] = []
    done = 0
    for name in names:
        path = folder / name
        entries.append({"name": name, "size": path.stat().st_size, "sha256": sha256_of(path)})
        done += path.stat().st_size
        yield Progressed(done // 2**21, total // 2**20, "MB")  # the first half is hashing
    contents = {"version": VERSION, "name": project.file.name, "files": entries}
    with (
        staged_file(target, total) as stage,
        zipfile.ZipFile(stage, "w", allowZip64=True) as packed,
    ):
        packed.writestr(CONTENTS, json.dumps(contents, ensure_ascii=False, indent=1))
        for entry in entries:
            yield from _add(packed, folder / entry["name"], entry)
            done += entry["size"]
            yield Progressed(done // 2**21, total // 2**20, "MB")
    yield Finished({"file": str(target), "files": len(entries), "bytes": target.stat().st_size})


def _add(
    packed: zipfile.ZipFile, path: Path, entry: dict[str, Any]
) -> Generator[Event, None, None]:
    kind = zipfile.ZIP_STORED if path.suffix in _PACKED_ALREADY else zipfile.ZIP_DEFLATED
    info = zipfile.ZipInfo(entry["name"])  # the date of a file says nothing here
    info.compress_type, info.file_size = kind, entry["size"]
    digest = hashlib.sha256()
    with path.open("rb") as source, packed.open(info, "w") as out:
        while piece := source.read(_PIECE):
            digest.update(piece)
            out.write(piece)
            yield Tick()  # a large file: whoever asked may stop here
    if digest.hexdigest() != entry["sha256"]:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This file changed while it was packed."),
            QT_TRANSLATE_NOOP("engine", "Wait until nothing is at work on the project."),
            file=path,
        )


def _names(folder: Path) -> list[str]:
    """The project's files but for locks, unfinished writes and links; the project file first."""
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = Path(place) / name
            if name.startswith(".") or name.endswith(_LEFT_OUT) or path.is_symlink():
                continue
            found.append(path.relative_to(folder).as_posix())
    return sorted(found, key=lambda name: (name != PROJECT_FILE, name))


def _check_idle(project: Project) -> None:
    for run in list_runs(project.runs_folder):
        if run.state == "running":
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'The run "{name}" is at work.'),
                QT_TRANSLATE_NOOP("engine", "Stop it first."),
                file=run.folder,
                name=run.name,
            )


def unpack_project(source: Path, folder: Path) -> Events:
    """Make the project at `folder`, a new place, of the file `source`; all of it or nothing.

    Raises UserError for what is no pack, is damaged or was tampered with, was made by a newer
    version, holds more than there is room for, or would write outside of the folder.
    """
    check_new_folder(folder)
    yield Started("unpack", facts={"file": str(source), "folder": str(folder)})
    yield PhaseChanged("unpacking")
    try:
        with zipfile.ZipFile(source) as packed:
            files = _checked(packed, source, _contents(packed, source))
            total = sum(int(entry["size"]) for entry in files.values())
            _check_room(folder, total)
            done = 0
            with staged_folder(folder, total) as stage:
                for name, entry in files.items():
                    _write(packed, name, entry, stage, source)
                    done += int(entry["size"])
                    yield Progressed(done // 2**20, total // 2**20, "MB")
                (stage / "runs").mkdir(exist_ok=True)
                _check_opens(stage, source)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(source) from error
    except FileNotFoundError as error:
        if source.exists():
            raise
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no such file."),
            QT_TRANSLATE_NOOP("engine", "Check the name."),
            file=source,
        ) from error
    yield Finished({"folder": str(folder), "files": len(files), "bytes": total})


def _contents(packed: zipfile.ZipFile, source: Path) -> dict[str, dict[str, Any]]:
    """What the pack says that it holds: name -> size and sha256."""
    try:
        info = packed.getinfo(CONTENTS)
        if info.file_size > _MOST_CONTENTS:
            raise _damaged(source)
        with packed.open(info) as file:
            record = json.loads(file.read(_MOST_CONTENTS).decode("utf-8"))
        version = int(record["version"])
        if version > VERSION:
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "This file was packed by a newer version of the program."
                ),
                QT_TRANSLATE_NOOP("engine", "Unpack it with that version; nothing was changed."),
                file=source,
            )
        return {
            str(entry["name"]): {"size": int(entry["size"]), "sha256": str(entry["sha256"])}
            for entry in record["files"]
        }
    except KeyError as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This is no packed project."),
            QT_TRANSLATE_NOOP("engine", "Choose a file that was made with Pack ({ending})."),
            file=source,
            ending=ENDING,
        ) from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(source) from error


def _checked(
    packed: zipfile.ZipFile, source: Path, files: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The files, when each has a harmless name and a place and a size of its own."""
    if len(files) > MOST_FILES or len(packed.infolist()) > MOST_FILES + 1:
        raise _refused(source, "...", TOO_MANY)
    seen: set[str] = set()
    there: dict[str, zipfile.ZipInfo] = {}
    for info in packed.infolist():
        if info.filename in there:
            raise _refused(source, info.filename, TWICE)
        there[info.filename] = info
    for name, entry in files.items():
        fault = fault_of_name(name)
        found = there.get(name)
        if found is None or found.file_size != entry["size"] or entry["size"] < 0:
            raise _damaged(source)
        if stat.S_ISLNK(found.external_attr >> 16) or found.is_dir():
            fault = LINK
        if found.flag_bits & 0x1:
            fault = SECRET
        if same_place(name) in seen:
            fault = TWICE
        if fault:
            raise _refused(source, name, fault)
        seen.add(same_place(name))
    if strangers := sorted(set(there) - set(files) - {CONTENTS}):
        raise _refused(source, strangers[0], STRANGER)
    if PROJECT_FILE not in files:
        raise _damaged(source)
    return files


def _check_room(folder: Path, total: int) -> None:
    """A bomb says how large it is before it goes off; one that lies is stopped by its own size."""
    anchor = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(anchor).free
    if total + _SAFETY > free:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "It needs {needed} MB, and {free} MB are free on the drive of {drive}."
            ),
            QT_TRANSLATE_NOOP("engine", "Make room or choose another drive."),
            file=folder,
            needed=total // 2**20,
            free=free // 2**20,
            drive=str(anchor),
        )


def _write(
    packed: zipfile.ZipFile, name: str, entry: dict[str, Any], stage: Path, source: Path
) -> None:
    place = stage.joinpath(*name.split("/"))
    place.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), int(entry["size"])
    with packed.open(name) as inside, place.open("xb") as out:
        while piece := inside.read(min(_PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                raise _damaged(source)
            digest.update(piece)
            out.write(piece)
    if left or digest.hexdigest() != entry["sha256"]:
        raise _damaged(source)


def _check_opens(stage: Path, source: Path) -> None:
    try:
        open_project(stage)
    except UserError as error:  # of the file that the user knows, not of our stage
        raise UserError(
            error.what.template, error.do.template, file=source, **error.what.values
        ) from error


def _refused(source: Path, name: str, why: str) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP(
            "engine",
            'This file holds an entry that a packed project never has: "{name}" ({reason}).',
        ),
        QT_TRANSLATE_NOOP("engine", "Do not trust it; nothing was unpacked."),
        file=source,
        name=name[:200],
        reason=Sentence(why, {}),
    )


def _damaged(source: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "This packed project is damaged or was changed."),
        QT_TRANSLATE_NOOP("engine", "Get the file again; nothing was unpacked."),
        file=source,
    )
