"""What benchmarks share: resumable results, commands as a user runs them, plain tables."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "bench-results"
SEEDS = (13, 21, 42, 87, 100)


def arguments(what: str, data: bool = True, tasks: Sequence[str] = ()) -> argparse.Namespace:
    """`--data FOLDER`, `--again` (forget kept results), `--quick` (fewer rows and seeds).

    Where there are several `tasks`, `--task` picks some of them.
    """
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--data", type=Path, required=data, help="folder with the labelled data")
    parser.add_argument("--again", action="store_true", help="forget kept results")
    parser.add_argument("--quick", action="store_true", help="two seeds, 200 test rows")
    if tasks:
        parser.add_argument("--task", action="append", choices=tasks, help="all where left out")
    given = parser.parse_args()
    if given.data is not None and not given.data.is_dir():
        parser.error(f"--data: there is no folder {given.data}")
    return given


class Results:
    """Measured results, kept after each one, so that an interrupted benchmark goes on."""

    def __init__(self, name: str, again: bool) -> None:
        self.path = OUT / f"{name}.json"
        self.work = OUT / "work" / name
        if again:
            self.path.unlink(missing_ok=True)
            shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True, exist_ok=True)
        self.kept: dict[str, Any] = (
            json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}
        )

    def once(self, key: str, measure: Callable[[], Any]) -> Any:
        """The kept result of `key`, or a new one, kept at once."""
        if key not in self.kept:
            print(f"... {key}", file=sys.stderr, flush=True)
            self.kept[key] = measure()
            if self.path.exists():  # another process may be measuring other cells
                self.kept |= json.loads(self.path.read_text(encoding="utf-8")) | {
                    key: self.kept[key]
                }
            temporary = self.path.with_suffix(".tmp")
            temporary.write_text(json.dumps(self.kept, indent=1, ensure_ascii=False), "utf-8")
            temporary.replace(self.path)
        return self.kept[key]


def command(*words: str | Path) -> dict[str, Any]:
    """Run `peft-desktop ... --json` as a process of its own.

    Gives its result object with `wall_seconds` and `peak_bytes` (of the command's own process).
    """
    line = [sys.executable, "-m", "peft_desktop", *map(str, words), "--json"]
    since = time.perf_counter()
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        last = b""
        for said in process.stdout:
            last = said
        errors = process.stderr.read().decode("utf-8", "replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(line)}\nfailed ({process.returncode}):\n{errors[-2000:]}")
    result: dict[str, Any] = json.loads(last)
    scale = 1 if platform.system() == "Darwin" else 1024
    return {
        **result,
        "wall_seconds": time.perf_counter() - since,
        "peak_bytes": usage.ru_maxrss * scale,
    }


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def mean(values: Sequence[float]) -> float:
    return statistics.fmean(values)


def spread(values: Sequence[float], digits: int = 3) -> str:
    """`mean (standard deviation)`."""
    deviation = statistics.stdev(values) if len(values) > 1 else 0.0
    return f"{mean(values):.{digits}f} ({deviation:.{digits}f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def machine() -> str:
    """One line on what was measured where."""
    import psutil
    import torch

    from peft_desktop.tuning.device import processor_name

    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {processor_name()}, {psutil.cpu_count(logical=False)} "
        f"physical cores, {memory:.0f} GiB; {platform.system()}; Python "
        f"{platform.python_version()}, torch {torch.__version__}"
    )
