"""The command line: which commands there are, and how their failures end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import __version__
from .commands import (
    adapt,
    check,
    compare,
    demo,
    doctor,
    evaluate,
    export,
    grow,
    init,
    learning_curve,
    models,
    pack,
    pet,
    predict,
    probe,
    report,
    runs,
    selftest,
    shootout,
    slices,
    suspects,
    task,
    thresholds,
    train,
)
from .commands.interrupts import Interrupted, raised_at_once

if TYPE_CHECKING:
    from .core.errors import UserError

PROGRAM = "peft-desktop"
_LOG_BYTES = 2**20  # then it becomes the old log, and the old one goes
COMMANDS: dict[str, Callable[..., None] | typer.Typer] = {
    "init": init.init,
    "task": task.task,
    "append": grow.append,
    "split": grow.split,
    "check": check.check,
    "probe": probe.probe,
    "adapt": adapt.adapt,
    "train": train.train,
    "shootout": shootout.shootout,
    "pet": pet.pet,
    "evaluate": evaluate.evaluate,
    "compare": compare.compare,
    "learning-curve": learning_curve.learning_curve,
    "slices": slices.slices,
    "suspects": suspects.suspects,
    "thresholds": thresholds.thresholds,
    "predict": predict.predict,
    "report": report.report,
    "export": export.export,
    "pack": pack.pack,
    "unpack": pack.unpack,
    "models": models.app,
    "runs": runs.app,
    "demo": demo.demo,
    "selftest": selftest.selftest,
    "doctor": doctor.doctor,
}


def _version(asked: bool) -> None:
    if asked:
        print(f"{PROGRAM} {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """From a spreadsheet of texts to a model you can trust, offline.

    peft-desktop [PROJECT] without a command opens the window.
    """


def build() -> typer.Typer:
    """The program with all its commands; plain help, because drawing it richly costs 0.2 s."""
    app = typer.Typer(name=PROGRAM, add_completion=False, rich_markup_mode=None)
    app.callback()(_root)
    for name, command in COMMANDS.items():
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def main(arguments: list[str]) -> int:
    """Run one command; gives the exit code: 0, 2 for a UserError, 1 for a bug, 128 + signal."""
    as_json = "--json" in arguments
    try:
        with raised_at_once():
            if not arguments or _is_project(arguments[0]):
                return _open_window(Path(arguments[0]) if arguments else None)
            code = build()(arguments, prog_name=PROGRAM, standalone_mode=False)
            return code if isinstance(code, int) else 0
    except Interrupted as stop:
        return _end(f"Stopped. {stop.saved}".strip(), stop.exit_code, as_json)
    except (KeyboardInterrupt, typer.Abort):
        return _end("Stopped.", 130, as_json)
    except BrokenPipeError:  # the reader of our output went away: nothing is left to say
        sys.stdout = None
        return 1
    except Exception as error:
        return _failed(error, as_json)


def _is_project(argument: str) -> bool:
    """Whether the first argument means a project to open, not a command."""
    if argument.startswith("-") or argument in COMMANDS:
        return False
    return Path(argument).exists()


def _open_window(project: Path | None) -> int:
    from .core.errors import UserError
    from .core.words import QT_TRANSLATE_NOOP

    try:
        from .app import main as run
    except ImportError as error:  # PySide6, or a library of the system that it needs
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The window cannot be opened here: {reason}"),
            QT_TRANSLATE_NOOP("engine", "Use the commands: peft-desktop --help"),
            reason=error,
        ) from error
    return run(project)


def _failed(error: Exception, as_json: bool) -> int:
    from .core.errors import UserError

    if isinstance(error, UserError):
        return _end(str(error), 2, as_json, _record_of(error))
    if hasattr(error, "format_message"):  # the ways in which arguments can be wrong
        message = " ".join(str(error.format_message()).split())
        message += "" if message.endswith((".", "?", "!")) else "."
        return _end(f"{message} See: {_help_for(error)}", 2, as_json)
    where = log_failure(error)
    named = f"{type(error).__name__}: {error}".splitlines()[0]
    said = f"Something went wrong in the program itself ({named}). Details: {where}"
    return _end(said, 1, as_json, {"log": str(where)})


def _help_for(error: Any) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.command_path if context is not None else PROGRAM} --help"


def _record_of(error: UserError) -> dict[str, Any]:
    return {
        "what": str(error.what),
        "do": str(error.do),
        "file": error.file,
        "row": error.row,
        "field": error.field,
    }


def _end(message: str, exit_code: int, as_json: bool, more: dict[str, Any] | None = None) -> int:
    """One line on stderr, and with --json the same as the last line of stdout."""
    print(f"{PROGRAM}: {message}", file=sys.stderr)
    if as_json:
        import json

        record = {"message": message, "exit_code": exit_code, **(more or {})}
        print(json.dumps({"error": record}, ensure_ascii=False), flush=True)
    return exit_code


def log_failure(error: Exception) -> Path | str:
    """Write the traceback to the log; where that fails, to stderr."""
    import traceback
    from datetime import UTC, datetime

    from .core.places import logs_folder

    lines = "".join(traceback.format_exception(error))
    path = logs_folder() / "peft-desktop.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LOG_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat()} {PROGRAM} {__version__}\n{lines}\n")
    except OSError:
        print(lines, file=sys.stderr)
        return "above"
    return path
