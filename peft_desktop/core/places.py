"""Where the user's own data lives: models, settings, caches, logs."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The folder of all user data; `PEFT_DESKTOP_HOME` moves it."""
    moved = os.environ.get("PEFT_DESKTOP_HOME")
    if moved:
        return Path(moved).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("PEFT Desktop", appauthor=False)


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
