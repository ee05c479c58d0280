"""Does an exported folder keep its word? A clean process labels rows; the answers must agree."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import UserError
from ..core.events import Event, Tick
from ..core.places import frozen_program
from ..core.recipe import Recipe
from ..core.words import QT_TRANSLATE_NOOP
from ..families.ensemble import readers_of
from .predicting import PREDICTED
from .rows import TableRows

ROWS = 20
TOLERANCE = 1e-3  # in a probability; float32 in another order of operations stays far below
RUN_SCRIPT = "--run-script"  # the frozen program's way to be a Python for one script
_ENDING_S = 5.0


@dataclass(frozen=True, slots=True)
class SampleRows:
    """Rows to compare on, with the columns that the prompt reads."""

    columns: list[str]
    rows: list[dict[str, str]]


def sample_rows(run_folder: Path, recipe: Recipe, columns: list[str]) -> SampleRows:
    """Up to 20 rows of the project, of all lengths; made-up ones where its data is gone."""
    with suppress(UserError):
        table = TableRows.of(run_folder.parent.parent, recipe)
        for split in ("test", "valid", "train"):
            rows = table.of_split(split)
            if rows:
                rows.sort(key=lambda row: sum(len(row[name]) for name in columns))
                places = np.linspace(0, len(rows) - 1, min(ROWS, len(rows))).round()
                chosen = [rows[int(place)] for place in places]
                return SampleRows(
                    columns, [{name: row[name] for name in columns} for row in chosen]
                )
    words = [word.strip() for of_label in recipe.prompt.words.values() for word in of_label]
    said = [" ".join(words[: 1 + i]) for i in range(min(ROWS, len(words)))]
    return SampleRows(columns, [dict.fromkeys(columns, text) for text in said])


def columns_of(plan: Any) -> list[str]:
    """The columns that a plan's readers use."""
    return list(dict.fromkeys(name for r in readers_of(plan) for name in r.template.columns))


def python_command(script: Path) -> list[str]:
    """How to run a script in a process that knows nothing of this program's code."""
    frozen = frozen_program()
    if frozen is not None:
        return [frozen, RUN_SCRIPT, str(script)]
    return [sys.executable, "-P", "-B", str(script)]


def check_export(
    folder: Path,
    base: Path | None,
    sample: SampleRows,
    labels: Sequence[str],
    expected: np.ndarray | list[str],
    thresholds: np.ndarray | None = None,
    told: Sequence[str] | None = None,
) -> Generator[Event, None, float]:
    """The largest difference of a probability, or the share of rows that are answered otherwise;
    UserError when the folder does not do its work.

    `expected` [N, C] are the probabilities that this program gives in float32, or its answers;
    `told`: the columns that answers have; `thresholds` [C], where a row may have several labels:
    from where on each is given.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        room = Path(scratch)
        with (room / "rows.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, sample.columns, quoting=csv.QUOTE_ALL)
            writer.writeheader()
            writer.writerows(sample.rows)
        command = [*python_command(folder / "predict.py"), str(room / "rows.csv")]
        command += [] if base is None else ["--base", str(base)]
        code = yield from _run(command, room)
        if code != 0:
            said = (room / "stderr").read_text(encoding="utf-8", errors="replace").strip()
            raise _refused(_ENDED, code=code, said=said.splitlines()[-1] if said else "")
        with (room / "stdout").open(encoding="utf-8", newline="") as file:
            table = list(csv.reader(file))
    if isinstance(expected, list):
        return _texts_compared(table, sample, expected, told or (PREDICTED, "probability"))
    return _compared(table, sample, labels, expected, thresholds)


def _run(command: list[str], room: Path) -> Generator[Event, None, int]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    # no black window beside ours on Windows
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with (room / "stdout").open("wb") as out, (room / "stderr").open("wb") as err:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=room,
            env={**environment, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            creationflags=flags,
        )
        try:
            while process.poll() is None:
                time.sleep(0.1)
                yield Tick()
        finally:
            if process.poll() is None:
                process.kill()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_ENDING_S)
    return process.returncode


def _compared(
    table: list[list[str]],
    sample: SampleRows,
    labels: Sequence[str],
    expected: np.ndarray,
    thresholds: np.ndarray | None = None,
) -> float:
    names = [f"probability_{label}" for label in labels]
    header = [*sample.columns, PREDICTED, "probability", *names]
    if not table or table[0] != header or len(table) != len(sample.rows) + 1:
        raise _refused(_SHAPE)
    found = np.array([[float(cell) for cell in line[-len(names) :]] for line in table[1:]])
    difference = float(np.abs(found - expected).max())
    if not difference <= TOLERANCE:  # NaN is a difference too
        raise _refused(_DIFFERENT, difference=f"{difference:.4f}")
    place = len(sample.columns)
    for line, row in zip(table[1:], expected, strict=True):
        if thresholds is not None:
            _same_list(line[place], row - thresholds, labels)
            continue
        given = row[labels.index(line[place])] if line[place] in labels else 0.0
        if row.max() - given > 2 * TOLERANCE:
            raise _refused(_LABEL, given=line[place], own=labels[int(row.argmax())])
    return difference


def _same_list(cell: str, above: np.ndarray, labels: Sequence[str]) -> None:
    """The labels of a cell are those that lie above their thresholds, ties aside."""
    given = set(json.loads(cell))
    for label, distance in zip(labels, above, strict=True):
        if abs(distance) > 2 * TOLERANCE and (label in given) != (distance > 0):
            raise _refused(_LABEL, given=cell, own=label)


def _texts_compared(
    table: list[list[str]], sample: SampleRows, expected: list[str], told: Sequence[str]
) -> float:
    header = [*sample.columns, *told]
    if not table or table[0] != header or len(table) != len(sample.rows) + 1:
        raise _refused(_SHAPE)
    place = len(sample.columns) + list(told).index(PREDICTED)
    others = sum(line[place] != text for line, text in zip(table[1:], expected, strict=True))
    # sums in another order turn a tie between two tokens round, once in a long while
    if others > max(1, len(expected) // 10):
        raise _refused(_TEXTS, count=others, rows=len(expected))
    return others / max(1, len(expected))


def _refused(what: str, **values: Any) -> UserError:
    return UserError(what, _DO, **values)


_DO = QT_TRANSLATE_NOOP(
    "engine", "The export was removed; the run is as it was. Try the other format."
)
_ENDED = QT_TRANSLATE_NOOP(
    "engine", "A clean process could not use the exported model (exit code {code}: {said})."
)
_SHAPE = QT_TRANSLATE_NOOP(
    "engine", "The exported model gave other columns or rows in a clean process."
)
_DIFFERENT = QT_TRANSLATE_NOOP(
    "engine",
    "In a clean process a probability of the exported model differs by {difference} from this "
    "program's.",
)
_TEXTS = QT_TRANSLATE_NOOP(
    "engine",
    "In a clean process the exported model wrote something else for {count} of {rows} rows.",
)
_LABEL = QT_TRANSLATE_NOOP(
    "engine",
    'In a clean process the exported model says "{given}" where this program says "{own}".',
)
