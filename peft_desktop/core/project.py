"""A project: one portable folder with its data, its prompt and its runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pydantic

from .errors import UserError
from .fields import Settings
from .files import atomic_write, bring_back, writing
from .recipe import PromptSpec
from .words import QT_TRANSLATE_NOOP

PROJECT_VERSION = 1
PROJECT_FILE = "project.peftproj"

# one small step a version: {1: from_1_to_2, ...}
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


class Roles(Settings):
    """Which column of the table plays which part."""

    text: str = ""
    question: str | None = None
    label: str | None = None
    group: str | None = None
    split: str | None = None
    id: str | None = None


class ProjectFile(Settings):
    """What `project.peftproj` holds. Row ids are those of the table's `_row_id` column."""

    schema_version: int = PROJECT_VERSION
    name: str = ""
    created_at: str = ""
    task: str = "classification"
    roles: Roles = Roles()
    columns: list[str] = pydantic.Field(default_factory=list)
    labels: list[str] = pydantic.Field(default_factory=list)
    prompt: PromptSpec = PromptSpec()
    model: str = ""
    method: str = "lora"
    method_settings: dict[str, Any] = pydantic.Field(default_factory=dict)
    training: dict[str, Any] = pydantic.Field(default_factory=dict)
    task_settings: dict[str, Any] = pydantic.Field(default_factory=dict)
    seed: int = 42
    per_class: int | None = None
    data_sha256: str = ""
    splits: dict[str, list[int]] = pydantic.Field(default_factory=dict)
    excluded: dict[str, list[int]] = pydantic.Field(default_factory=dict)  # why -> row ids
    test_peeks: int = 0


class Project:
    """An open project folder. Change it with `update`, which saves at once and atomically."""

    def __init__(self, folder: Path, file: ProjectFile) -> None:
        self.folder = folder
        self.file = file

    @property
    def runs_folder(self) -> Path:
        return self.folder / "runs"

    @property
    def table_path(self) -> Path:
        return self.folder / "data" / "table.parquet"

    def update(self, **changes: Any) -> None:
        """Change fields of the project file and save it."""
        self.file = self.file.model_copy(update=changes)
        self.save()

    def save(self) -> None:
        """Write the project file. Raises UserError when that cannot be done."""
        self.check_there()
        self._write()

    def _write(self) -> None:
        text = self.file.model_dump_json(indent=1)
        atomic_write(self.folder / PROJECT_FILE, text + "\n")

    @property
    def is_there(self) -> bool:
        """Whether the folder still holds the project: its file, or at least its data."""
        return (self.folder / PROJECT_FILE).exists() or self.table_path.exists()

    def check_there(self) -> None:
        """Raise UserError when the folder has gone.

        A folder that has gone is not made anew: it may have been renamed, or be on a drive that
        comes back, and a second project without data would stand in its place.
        """
        if not self.is_there:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "The project's folder is not there any more."),
                QT_TRANSLATE_NOOP(
                    "engine",
                    "Connect its drive again, or open the project where it is now: what was "
                    "changed here is kept until then.",
                ),
                file=self.folder,
            )


def create_project(folder: Path, file: ProjectFile) -> Project:
    """Make a new project folder; an existing project is never overwritten.

    Raises UserError if the folder holds a project or anything else, or cannot be written.
    """
    check_new_folder(folder)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "runs").mkdir(exist_ok=True)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    project = Project(folder, file.model_copy(update={"created_at": now}))
    project._write()
    return project


def check_new_folder(folder: Path) -> None:
    """Raise UserError unless a project can be made at `folder` without touching what is there."""
    if (folder / PROJECT_FILE).exists():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is a project in this folder already."),
            QT_TRANSLATE_NOOP("engine", "Choose another folder; nothing was changed."),
            file=folder,
        )
    if folder.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "A file of this name exists."),
            QT_TRANSLATE_NOOP("engine", "Choose another name for the project folder."),
            file=folder,
        )
    if folder.is_dir() and any(folder.iterdir()):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This folder is not empty."),
            QT_TRANSLATE_NOOP("engine", "Choose a new or an empty folder for the project."),
            file=folder,
        )


def open_project(path: Path) -> Project:
    """Open a project by its folder or its `.peftproj` file, migrating older versions in memory.

    Raises UserError if there is none, it is broken, or it was made by a newer version.
    """
    folder = path.parent if path.name == PROJECT_FILE else path
    source = folder / PROJECT_FILE
    bring_back(folder)
    for run in (folder / "runs").glob("*"):
        bring_back(run)
    if not source.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no project here."),
            QT_TRANSLATE_NOOP("engine", "Make one with: peft-desktop init PROJECT --data FILE"),
            file=folder,
        )
    record = read_record(source)
    version = record.get("schema_version")
    if not isinstance(version, int):
        raise broken(source, "schema_version")
    if version > PROJECT_VERSION:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "This project was saved by a newer version of the program (format {version}; "
                "this one reads up to {known}).",
            ),
            QT_TRANSLATE_NOOP("engine", "Open it with that version; nothing was changed."),
            file=source,
            version=version,
            known=PROJECT_VERSION,
        )
    while version < PROJECT_VERSION:
        record = MIGRATIONS[version](record)
        version = record["schema_version"]
    try:
        file = ProjectFile.model_validate(record)
    except pydantic.ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise broken(source, place) from error
    return Project(folder, file)


def read_record(source: Path) -> dict[str, Any]:
    """A JSON object from a file of ours; UserError when it is not one."""
    try:
        record = json.loads(source.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise broken(source, None) from error
    if not isinstance(record, dict):
        raise broken(source, None)
    return record


def broken(source: Path, field: str | None) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "This file is damaged or was edited by hand."),
        QT_TRANSLATE_NOOP("engine", "Restore it from a copy; the data beside it is untouched."),
        file=source,
        field=field,
    )
