"""Where the user's own data lives: models, settings, caches, logs."""

from __future__ import annotations

import json
import os
from pathlib import Path

_ELSEWHERE = "elsewhere.json"  # in the usual place, when the data is not there


def home() -> Path:
    """The folder of all user data: `PEFT_DESKTOP_HOME`, else the one chosen, else the usual one."""
    if home_is_fixed():
        return Path(os.environ["PEFT_DESKTOP_HOME"]).expanduser().absolute()
    usual = usual_home()
    try:
        chosen = json.loads((usual / _ELSEWHERE).read_text(encoding="utf-8"))["home"]
        return Path(chosen).absolute() if chosen else usual
    except (OSError, ValueError, KeyError, TypeError):
        return usual


def home_is_fixed() -> bool:
    """Whether `PEFT_DESKTOP_HOME` says where the data is, and nothing else counts."""
    return bool(os.environ.get("PEFT_DESKTOP_HOME"))


def usual_home() -> Path:
    """Where this system keeps the data of its users' programs."""
    from platformdirs import user_data_path

    return user_data_path("PEFT Desktop", appauthor=False)


def choose_home(folder: Path) -> None:
    """Use another folder from now on, here and in every program started later.

    Nothing is moved. Raises UserError when the choice cannot be written down.
    """
    from .files import atomic_write

    chosen = "" if folder == usual_home() else str(folder.absolute())
    atomic_write(usual_home() / _ELSEWHERE, json.dumps({"version": 1, "home": chosen}) + "\n")


def models_folder() -> Path:
    return home() / "models"


def measured_file() -> Path:
    """Choices made by measuring (precision, threads) for this machine and each model."""
    return home() / "measured.json"


def logs_folder() -> Path:
    return home() / "logs"


def resources() -> Path:
    """The files that ship with the program (samples, translations), frozen or from source."""
    import sys

    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return base / "resources"


def frozen_program() -> str | None:
    """The frozen program's executable that prints; None where it runs from source.

    The window has one of its own, which on Windows has no streams: who wants to hear what a child
    says must not start that one.
    """
    import sys

    if not getattr(sys, "frozen", False):
        return None
    mine = Path(sys.executable)
    console = mine.with_name(mine.name.replace("peft-desktop-window", "peft-desktop"))
    return str(console if console.exists() else mine)
