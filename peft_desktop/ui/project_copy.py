"""A project copied elsewhere, as events for a job."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ..core.events import Finished, PhaseChanged, Progressed, Started
from ..core.files import staged_folder
from ..core.ports import Events
from ..core.project import check_new_folder

_LOCKS = ("project.lock", "run.lock")


def copy_project(source: Path, target: Path) -> Events:
    """Copy a project's folder, file by file; all of it arrives, or nothing is there.

    Raises UserError when something stands at `target`, or the disk is full.
    """
    check_new_folder(target)
    yield Started("copy", facts={"folder": str(target)})
    yield PhaseChanged("copying")
    names = [
        (Path(folder) / name).relative_to(source)
        for folder, _, files in os.walk(source)
        for name in files
        if name not in _LOCKS and not name.endswith(".tmp")
    ]
    total = sum((source / name).stat().st_size for name in names)
    done = 0
    with staged_folder(target) as stage:
        (stage / "runs").mkdir()
        for name in names:
            place = stage / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, place)
            done += place.stat().st_size
            yield Progressed(done // 2**20, total // 2**20, "MB")
    yield Finished({"folder": str(target), "bytes": done})
