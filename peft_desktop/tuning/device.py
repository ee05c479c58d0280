"""Where to compute: device, threads, and the precision that a few measured steps show is faster."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch

from ..core.errors import UserError
from ..core.events import Event, Tick
from ..core.files import atomic_write
from ..core.words import QT_TRANSLATE_NOOP

AUTOCAST = {"bf16": torch.bfloat16, "fp16": torch.float16}


def physical_cores() -> int:
    import psutil

    return psutil.cpu_count(logical=False) or os.cpu_count() or 1


def choose_device(wanted: str) -> torch.device:
    """`auto`, `cpu`, `cuda`, `cuda:N` or `mps` as a device; UserError when it is not there."""
    name = wanted.strip().lower()
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda:0")
        return torch.device("mps") if torch.backends.mps.is_available() else torch.device("cpu")
    known = {d["name"] for d in devices() if not d["why_not"]}
    if name == "cuda":
        name = "cuda:0"
    if name in known:
        return torch.device(name)
    raise UserError(
        QT_TRANSLATE_NOOP("engine", 'The device "{name}" cannot be used here.'),
        QT_TRANSLATE_NOOP("engine", "This machine has: {known}."),
        field="device",
        name=wanted,
        known=", ".join(sorted(known)),
    )


def devices() -> list[dict[str, Any]]:
    """Every device with its name, a title, free and total bytes, and why it cannot be used."""
    import psutil

    memory = psutil.virtual_memory()
    found: list[dict[str, Any]] = [
        {
            "name": "cpu",
            "title": processor_name(),
            "free_bytes": memory.available,
            "total_bytes": memory.total,
            "why_not": "",
        }
    ]
    if torch.cuda.is_available():
        for number in range(torch.cuda.device_count()):
            free, total = torch.cuda.mem_get_info(number)
            found.append(
                {
                    "name": f"cuda:{number}",
                    "title": torch.cuda.get_device_name(number),
                    "free_bytes": free,
                    "total_bytes": total,
                    "why_not": "",
                }
            )
    elif torch.version.cuda is None:
        found.append(
            _absent(
                "cuda", QT_TRANSLATE_NOOP("engine", "This installation of PyTorch has no CUDA.")
            )
        )
    else:
        found.append(
            _absent("cuda", QT_TRANSLATE_NOOP("engine", "No NVIDIA GPU, or its driver is too old."))
        )
    if torch.backends.mps.is_available():
        found.append(
            {
                "name": "mps",
                "title": "Apple GPU",
                "free_bytes": memory.available,
                "total_bytes": memory.total,
                "why_not": "",
            }
        )
    return found


def _absent(name: str, why_not: str) -> dict[str, Any]:
    return {"name": name, "title": "", "free_bytes": 0, "total_bytes": 0, "why_not": why_not}


def processor_name() -> str:
    """The processor's name as a person would say it."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def set_threads(wanted: int) -> int:
    """Use `wanted` cores, or all physical ones for 0; gives the number in force."""
    count = wanted or physical_cores()
    torch.set_num_threads(count)
    torch.set_flush_denormal(True)
    return count


def peak_memory_bytes(device: torch.device) -> int:
    """The most memory that this process held so far: of the GPU there, of the machine here."""
    if device.type == "cuda":
        return int(torch.cuda.max_memory_allocated(device))
    import psutil

    with suppress(ImportError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return int(peak if platform.system() == "Darwin" else peak * 1024)
    return int(psutil.Process().memory_info().peak_wset)


def forget_peak_memory(device: torch.device) -> None:
    """Begin the peak anew, so that each of several runs in one process has its own.

    Where the system cannot do it (macOS, Windows) the peak stays that of the process.
    """
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def choose_precision(
    wanted: str,
    device: torch.device,
    key: str,
    cache: Path,
    seconds_of_step: Callable[[str], Generator[Event, None, float]],
) -> Generator[Event, None, tuple[str, dict[str, float]]]:
    """`auto` becomes what is faster here; the measured seconds a step are given with it.

    The choice is kept in `cache` under `key` and this machine, so that it is made once.
    """
    if wanted != "auto":
        return wanted, {}
    if device.type == "cuda":
        return ("bf16" if torch.cuda.is_bf16_supported() else "fp32"), {}
    if device.type != "cpu":
        return "fp32", {}
    machine = f"{processor_name()} | {torch.__version__} | {torch.get_num_threads()} | {key}"
    kept = _read(cache)
    known = kept.get(machine)
    if isinstance(known, dict) and known.get("precision") in ("fp32", "bf16"):
        return str(known["precision"]), dict(known.get("seconds", {}))
    seconds = {}
    for name in ("bf16", "fp32"):
        seconds[name] = yield from seconds_of_step(name)
    # rounding is only worth it for a clear gain
    precision = "bf16" if seconds["bf16"] < 0.9 * seconds["fp32"] else "fp32"
    kept[machine] = {"precision": precision, "seconds": seconds, "version": 1}
    with suppress(UserError):  # a home that cannot be written only costs the next measuring
        atomic_write(cache, json.dumps(kept, indent=1))
    return precision, seconds


def _read(cache: Path) -> dict[str, Any]:
    try:
        kept = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def fastest(step: Callable[[], object], times: int = 2) -> Generator[Event, None, float]:
    """Seconds of the quickest of `times` steps, after one that does not count; ticks between."""
    step()
    best = float("inf")
    for _ in range(times):
        yield Tick()
        start = time.perf_counter()
        step()
        best = min(best, time.perf_counter() - start)
    yield Tick()
    return best
