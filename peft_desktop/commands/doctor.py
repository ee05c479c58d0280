"""`doctor`: what this installation has to work with, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .options import Json


def doctor(json: Json = False) -> None:
    """Tell what there is to work with, and what is missing."""
    from .screen import Screen

    record = examined()
    Screen(json).result(record, lambda: in_words(record))


def examined() -> dict[str, Any]:
    """Facts about this installation, and `problems`: a sentence for each thing amiss."""
    from .. import __version__
    from ..core.places import home, logs_folder, models_folder, resources
    from ..core.runs import environment

    problems: list[str] = []
    facts = environment()
    for name, version in facts["packages"].items():
        if not version:
            problems.append(f"The package {name} is not installed.")
    folders = {
        name: _folder(name, folder, problems)
        for name, folder in (
            ("home", home()),
            ("models", models_folder()),
            ("logs", logs_folder()),
        )
    }
    if not (resources() / "samples").is_dir():
        problems.append(f"The samples are missing: {resources() / 'samples'}")
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
        "problems": problems,
    }


def _folder(name: str, folder: Path, problems: list[str]) -> dict[str, Any]:
    import shutil
    import tempfile

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        problems.append(f"The folder {folder} ({name}) cannot be written to: {error.strerror}.")
        return {"path": str(folder), "writable": False, "free_bytes": 0}
    free = shutil.disk_usage(folder).free
    if free < 2 * 2**30:
        problems.append(f"Only {free // 2**20} MB are free on the drive of {folder}.")
    return {"path": str(folder), "writable": True, "free_bytes": free}


def _devices(problems: list[str]) -> list[dict[str, Any]]:
    from .engine import make_tuner

    try:
        tuner = make_tuner()
        try:
            return tuner.devices()
        finally:
            tuner.close()
    except Exception as error:  # a doctor must finish whatever he finds
        problems.append(f"The engine does not start: {type(error).__name__}: {error}")
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


def _models(problems: list[str]) -> list[str]:
    from ..core.errors import UserError
    from .library import library

    try:
        names = [card.name for card in library().list()]
    except UserError as error:
        problems.append(str(error))
        return []
    if not names:
        problems.append("No model is installed: peft-desktop models install smollm2-135m-instruct")
    return names


def _offline() -> dict[str, Any]:
    import os

    names = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
    settings = {name: os.environ.get(name, "") for name in names}
    return {"guarded": all(value == "1" for value in settings.values()), "settings": settings}


def in_words(record: dict[str, Any]) -> str:
    """The findings, one line each."""
    bf16 = {True: "yes", False: "no", None: "found out by measuring"}[record["bf16"]["processor"]]
    lines = [
        f"PEFT Desktop {record['version']}, Python {record['python']}, {record['system']}",
        "Packages: " + ", ".join(f"{n} {v}" for n, v in record["packages"].items() if v),
    ]
    for device in record["devices"]:
        if device["why_not"]:
            lines.append(f"Device {device['name']}: no. {device['why_not']}")
        else:
            size = device["total_bytes"] / 2**30
            lines.append(f"Device {device['name']}: {device['title']}, {size:.0f} GiB")
    threads = record["threads"]
    lines.append(f"Threads: {threads['physical']} cores ({threads['logical']} logical)")
    lines.append(f"bf16 in the processor: {bf16}")
    lines.append("Models: " + (", ".join(record["models"]) or "none"))
    for name, folder in record["folders"].items():
        state = "writable" if folder["writable"] else "NOT writable"
        lines.append(f"Folder {name}: {folder['path']} ({state})")
    guarded = "closed: nothing is fetched" if record["offline"]["guarded"] else "not closed"
    lines.append(f"Network: {guarded}")
    lines += [f"Problem: {problem}" for problem in record["problems"]]
    if not record["problems"]:
        lines.append("Everything is in order.")
    return "\n".join(lines)
