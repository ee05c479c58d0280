"""A run on disk: its recipe, its events one JSON object a line, and what became of it."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import uuid
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import pydantic

from . import events as ev
from .errors import UserError
from .events import Event, from_record, to_record
from .files import atomic_write, writing
from .locks import holder_of
from .project import broken, read_record
from .recipe import RECIPE_VERSION, Recipe
from .words import QT_TRANSLATE_NOOP, Sentence

EVENTS = "events.jsonl"
RECIPE = "recipe.json"
LOCK = "run.lock"
_NAME = re.compile(r"[^\x00-\x1f/\\:*?\"<>|.\s][^\x00-\x1f/\\:*?\"<>|]{0,79}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """One run folder. `state` is running, finished, stopped, failed or interrupted."""

    folder: Path
    recipe: Recipe
    state: str

    @property
    def name(self) -> str:
        return self.folder.name


def check_name(name: str) -> None:
    """Raise UserError unless `name` can be a folder's name on every system."""
    if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name) or name != name.strip(" ."):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'A run cannot be called "{name}".'),
            QT_TRANSLATE_NOOP(
                "engine", "Use letters, digits, spaces and hyphens, at most 80 of them."
            ),
            name=name,
        )


def free_name(runs_folder: Path, method: str) -> str:
    """The first of `method-1`, `method-2`, ... that is not taken."""
    number = 1
    while (runs_folder / f"{method.replace('_', '-')}-{number}").exists():
        number += 1
    return f"{method.replace('_', '-')}-{number}"


def the_run(name: str) -> Sentence:
    """What a lock calls a run."""
    return Sentence(QT_TRANSLATE_NOOP("engine", 'The run "{name}"'), {"name": name})


def release_own_locks(runs_folder: Path) -> None:
    """Take away the locks that this process left in runs whose folders were renamed meanwhile.

    Only for a process that trains one run at a time, when nothing is at work.
    """
    for lock in runs_folder.glob(f"*/{LOCK}"):
        if (holder_of(lock) or {}).get("pid") == os.getpid():
            with suppress(OSError):
                lock.unlink()


def check_free_name(runs_folder: Path, name: str) -> None:
    """Raise UserError unless a new run can be called `name`.

    A name that differs in its capitals only is taken: other systems know no difference.
    """
    check_name(name)
    there = runs_folder.iterdir() if runs_folder.is_dir() else ()
    if any(folder.name.casefold() == name.casefold() for folder in there):
        raise _taken(runs_folder / name)


def _taken(folder: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", 'There is a run called "{name}" already.'),
        QT_TRANSLATE_NOOP("engine", "Choose another name."),
        file=folder,
        name=folder.name,
    )


def create_run(runs_folder: Path, recipe: Recipe) -> Path:
    """Make the run's folder and write its recipe, before anything heavy is imported.

    Raises UserError if the name is taken or cannot be a folder's name.
    """
    check_name(recipe.name)
    folder = runs_folder / recipe.name
    stamped = recipe.model_copy(update={"created_at": datetime.now(UTC).isoformat()})
    stage = runs_folder / f".{recipe.name}.{uuid.uuid4().hex[:8]}.tmp"
    with writing(folder):
        runs_folder.mkdir(parents=True, exist_ok=True)
        if (folder.is_dir() and any(folder.iterdir())) or folder.is_file():
            raise _taken(folder)
        try:  # never a folder without a recipe: it would be no run, and its name taken
            stage.mkdir()
            atomic_write(stage / RECIPE, stamped.model_dump_json(indent=1) + "\n")
            with suppress(OSError):
                folder.rmdir()  # an empty one, left by a crash of earlier versions
            os.rename(stage, folder)
        except OSError as error:
            if folder.exists() and error.errno in (errno.EEXIST, errno.ENOTEMPTY):
                raise _taken(folder) from None  # by another process, just now
            raise
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    return folder


def load_recipe(run_folder: Path) -> Recipe:
    """Read `recipe.json`; UserError when it is missing, damaged or of a newer version."""
    source = run_folder / RECIPE
    record = read_record(source)
    if int(record.get("schema_version", 0)) > RECIPE_VERSION:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This run was made by a newer version of the program."),
            QT_TRANSLATE_NOOP("engine", "Open it with that version; nothing was changed."),
            file=source,
        )
    try:
        return Recipe.model_validate(record)
    except pydantic.ValidationError as error:
        raise broken(source, ".".join(str(p) for p in error.errors()[0]["loc"])) from error


def recorded(
    events: Generator[Event, None, None], run_folder: Path
) -> Generator[Event, None, None]:
    """Pass every event on, after it is written as a line of `events.jsonl`.

    Closing this generator closes the work; what ended it (Stopped, Failed) is written too. When
    the work says that it was resumed at a step, the events past that step are dropped first.
    A crash may tear the last line: `replay` copes.
    """
    with writing(run_folder):
        file = (run_folder / EVENTS).open("a", encoding="utf-8")

        def write(event: Event) -> None:
            file.write(json.dumps(to_record(event), ensure_ascii=False) + "\n")
            file.flush()

        try:
            for event in events:
                if isinstance(event, ev.Resumed):
                    file.close()  # the rewritten file is another one
                    rewind(run_folder, event.step)
                    file = (run_folder / EVENTS).open("a", encoding="utf-8")
                if not isinstance(event, ev.Tick):
                    write(event)
                    if not _is_there(file, run_folder / EVENTS):
                        _give_up(events, run_folder)
                yield event
        except GeneratorExit:
            events.close()
            write(ev.Stopped())
            raise
        except UserError as error:
            with suppress(OSError):
                write(ev.Failed(str(error), user_error=True))
            raise
        except BaseException as error:
            with suppress(OSError):
                write(ev.Failed(f"{type(error).__name__}: {error}"))
            raise
        finally:
            file.close()


def _is_there(file: IO[str], path: Path) -> bool:
    """Whether the open `file` can still be found at `path`."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _give_up(events: Generator[Event, None, None], run_folder: Path) -> None:
    """End the work of a run whose folder has gone; raises UserError."""
    with suppress(Exception):  # it may not be able to save: that is no news here
        events.close()
    if not (run_folder / RECIPE).exists():
        shutil.rmtree(run_folder, ignore_errors=True)  # what the work saved while it was closed
        with suppress(OSError):  # made anew in the place of a project that was renamed
            run_folder.parent.rmdir()
            run_folder.parent.parent.rmdir()
    raise UserError(
        QT_TRANSLATE_NOOP(
            "engine", "The folder of the run was removed or renamed while it was at work."
        ),
        QT_TRANSLATE_NOOP("engine", "The work was stopped; train again to make a new run."),
        file=run_folder,
    )


def replay(run_folder: Path) -> Iterator[Event]:
    """The same events again, for a run that ended earlier; a torn last line is passed over."""
    source = run_folder / EVENTS
    if not source.is_file():
        return
    with source.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if not line.endswith("\n"):
                return
            yield from _read_event(line)


def follow(run_folder: Path) -> Iterator[Event | None]:
    """The events of a run, and then those that come while it is being trained, by whatever process.

    None means that there is nothing new yet: rest a moment, or stop asking. It ends when nobody
    writes the run any more, or when its record was cut back (a run that is resumed).
    """
    held, begun = True, b""
    with suppress(FileNotFoundError), (run_folder / EVENTS).open("rb") as file:
        while held:
            # asked first: what was written before the lock was given back is still read
            held = holder_of(run_folder / LOCK) is not None
            if os.fstat(file.fileno()).st_size < file.tell():
                return
            for line in file:
                begun += line
                if line.endswith(b"\n"):
                    yield from _read_event(begun.decode("utf-8", "replace"))
                    begun = b""
            if held:
                yield None


def _read_event(line: str) -> Iterator[Event]:
    with suppress(ValueError, KeyError, TypeError):
        yield from_record(json.loads(line))


def is_past(event: Event, step: int) -> bool:
    """Whether a run that goes on at `step` will tell the event once more; at 0 it begins anew."""
    return getattr(event, "step", 0) > step or (step == 0 and isinstance(event, ev.Evaluated))


def rewind(run_folder: Path, step: int) -> None:
    """Drop the events past `step`, and how the run ended, before it is resumed there."""
    kept: list[Event] = []
    for event in replay(run_folder):
        if is_past(event, step) or isinstance(event, (ev.Stopped, ev.Failed, ev.Finished)):
            continue
        kept.append(event)
    lines = (json.dumps(to_record(event), ensure_ascii=False) + "\n" for event in kept)
    atomic_write(run_folder / EVENTS, "".join(lines))


_ENDS = {"Finished": "finished", "Stopped": "stopped", "Failed": "failed"}
_TAIL = 1 << 16  # bytes; a list of runs must not read every step of every run


def _state_of(run_folder: Path) -> str:
    if holder_of(run_folder / LOCK) is not None:
        return "running"
    state = "interrupted"
    for line in _last_lines(run_folder / EVENTS):
        with suppress(ValueError, AttributeError):
            kind = json.loads(line).get("kind")
            if kind in _ENDS or kind == "Started":  # begun again after it ended
                state = _ENDS.get(kind, "interrupted")
    return state


def _last_lines(source: Path) -> list[bytes]:
    """The whole lines at the end of a file; what ended a run stands there, or nothing did."""
    with suppress(OSError), source.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        lines = file.read().split(b"\n")[:-1]  # the last one is torn or empty
        return lines if size <= _TAIL else lines[1:]
    return []


def list_runs(runs_folder: Path) -> list[Run]:
    """The project's runs, oldest first; folders that are no runs are passed over."""
    runs = []
    for folder in runs_folder.iterdir() if runs_folder.is_dir() else ():
        if (folder / RECIPE).is_file() and not folder.name.startswith("."):
            with suppress(UserError):
                runs.append(Run(folder, load_recipe(folder), _state_of(folder)))
    return sorted(runs, key=lambda run: (run.recipe.created_at, run.name))


def find_run(runs_folder: Path, name: str | None) -> Run:
    """The run called `name`, or the newest; UserError naming the runs there are."""
    if name is not None and (runs_folder / name / RECIPE).is_file():
        folder = runs_folder / name
        return Run(folder, load_recipe(folder), _state_of(folder))
    runs = list_runs(runs_folder)
    if name is None and runs:
        return runs[-1]
    if not runs:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This project has no runs yet."),
            QT_TRANSLATE_NOOP("engine", "Train one: peft-desktop train PROJECT"),
            file=runs_folder.parent,
        )
    raise UserError(
        QT_TRANSLATE_NOOP("engine", 'There is no run called "{name}".'),
        QT_TRANSLATE_NOOP("engine", "The project has: {known}."),
        file=runs_folder.parent,
        name=name,
        known=", ".join(run.name for run in runs),
    )


def rename_run(run: Run, name: str) -> Path:
    """Give a run another name; UserError if it is taken, not allowed, or the run is at work."""
    check_name(name)
    _check_idle(run)
    target = run.folder.with_name(name)
    if target.exists():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is a run called "{name}" already.'),
            QT_TRANSLATE_NOOP("engine", "Choose another name."),
            file=target,
            name=name,
        )
    with writing(target):
        run.folder.rename(target)
    renamed = run.recipe.model_copy(update={"name": name})
    atomic_write(target / RECIPE, renamed.model_dump_json(indent=1) + "\n")
    return target


def delete_run(run: Run) -> int:
    """Remove a run's folder; gives the bytes that it freed."""
    _check_idle(run)
    size = size_of(run.folder)
    doomed = run.folder.with_name(f".{run.name}.deleted")
    with writing(run.folder):
        run.folder.rename(doomed)  # first out of sight in one step, then at leisure
        shutil.rmtree(doomed)
    return size


def size_of(folder: Path) -> int:
    """Bytes of all files under `folder`."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())


def _check_idle(run: Run) -> None:
    if run.state == "running":
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The run "{name}" is at work.'),
            QT_TRANSLATE_NOOP("engine", "Stop it first."),
            file=run.folder,
            name=run.name,
        )


def environment() -> dict[str, Any]:
    """Versions and hardware facts, written beside the recipe when a run starts."""
    import os
    import platform
    import sys
    from importlib import metadata

    def version(name: str) -> str:
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            return ""

    names = ("torch", "transformers", "peft", "accelerate", "tokenizers", "safetensors", "numpy")
    return {
        "version": 1,
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "packages": {name: version(name) for name in names},
    }
