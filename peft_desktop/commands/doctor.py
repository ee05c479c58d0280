"""`doctor`: what this installation has to work with, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..core.checkup import as_record, problem
from ..core.words import Sentence
from .options import Json


def doctor(json: Json = False) -> None:
    """Tell what there is to work with, and what is missing."""
    from ..core.checkup import in_words
    from .screen import Screen

    record = examined()
    Screen(json).result(record, lambda: in_words(record))


def examined() -> dict[str, Any]:
    """Facts about this installation, and `problems`: a sentence for each thing amiss.

    `problem_sentences` are the same in parts, for another language.
    """
    from .. import __version__
    from ..core.places import home, logs_folder, models_folder, resources
    from ..core.runs import environment

    problems: list[Sentence] = []
    facts = environment()
    for name, version in facts["packages"].items():
        if not version:
            problems.append(problem("package", name=name))
    folders = {
        name: _folder(folder, problems)
        for name, folder in (
            ("home", home()),
            ("models", models_folder()),
            ("logs", logs_folder()),
        )
    }
    if not (resources() / "samples").is_dir():
        problems.append(problem("samples", folder=str(resources() / "samples")))
    return {
        "version": __version__,
        "python": facts["python"],
        "system": facts["system"],
        "machine": facts["machine"],
        "packages": facts["packages"],
        "devices": _devices(problems),
        "threads": _threads(),
        "bf16": _bf16(),
        "models": _models(problems),
        "folders": folders,
        "offline": _offline(),
        "problems": [str(each) for each in problems],
        "problem_sentences": [as_record(each) for each in problems],
    }


def _folder(folder: Path, problems: list[Sentence]) -> dict[str, Any]:
    import shutil
    import tempfile

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        problems.append(problem("shut", folder=str(folder), reason=error.strerror))
        return {"path": str(folder), "writable": False, "free_bytes": 0}
    free = shutil.disk_usage(folder).free
    if free < 2 * 2**30:
        problems.append(problem("room", free=free // 2**20, folder=str(folder)))
    return {"path": str(folder), "writable": True, "free_bytes": free}


def _devices(problems: list[Sentence]) -> list[dict[str, Any]]:
    from .engine import make_tuner

    try:
        tuner = make_tuner()
        try:
            return tuner.devices()
        finally:
            tuner.close()
    except Exception as error:  # a doctor must finish whatever he finds
        problems.append(problem("engine", reason=f"{type(error).__name__}: {error}"))
        return []


def _threads() -> dict[str, int]:
    import os

    import psutil

    logical = os.cpu_count() or 1
    return {"physical": psutil.cpu_count(logical=False) or logical, "logical": logical}


def _bf16() -> dict[str, Any]:
    """Whether the processor computes in bf16 (None: not told), and what was measured so far."""
    import json

    from ..core.places import measured_file

    flags: bool | None = None
    try:
        words = set(Path("/proc/cpuinfo").read_text(encoding="utf-8").split())
        flags = bool(words & {"avx512_bf16", "amx_bf16", "bf16", "svebf16"})
    except OSError:
        pass
    try:
        measured = json.loads(measured_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        measured = {}
    return {"processor": flags, "measured": measured if isinstance(measured, dict) else {}}


def _models(problems: list[Sentence]) -> list[str]:
    from ..core.errors import UserError
    from .library import library

    try:
        names = [card.name for card in library().list()]
    except UserError as error:
        problems.append(Sentence("{error}", {"error": str(error)}))
        return []
    if not names:
        problems.append(problem("no model", name="smollm2-135m-instruct"))
    return names


def _offline() -> dict[str, Any]:
    import os

    names = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
    settings = {name: os.environ.get(name, "") for name in names}
    return {"guarded": all(value == "1" for value in settings.values()), "settings": settings}
