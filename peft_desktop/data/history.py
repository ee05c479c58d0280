"""What was done to a project's data after the import: step by step, with every value before it.

`data/history.json` lists the steps; `data/history/<number>.parquet` holds the edits of one: what,
row id, before, after.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from peft_desktop.core.errors import UserError
from peft_desktop.core.files import atomic_write, staged_file
from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

FILE, FOLDER, VERSION = "history.json", "history", 1
Edits = Sequence[tuple[str, int, str, str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the data. `before` and `after` are the table's sha256, `renamed` labels that
    became others; `undone`: it is not in force now."""

    number: int
    at: str
    kind: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    rows: int = 0
    before: str = ""
    after: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)
    undone: bool = False

    @property
    def what(self) -> Sentence:
        return Sentence(self.template, self.values)


def steps_of(project_folder: Path) -> list[Step]:
    """All steps, oldest first. Raises UserError where the file is damaged."""
    path = Path(project_folder) / "data" / FILE
    if not path.is_file():
        return []
    known = set(Step.__dataclass_fields__)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [Step(**{k: v for k, v in each.items() if k in known}) for each in content["steps"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The history of the data is damaged."),
            QT_TRANSLATE_NOOP("engine", "Restore it from a copy, or remove it: the data is whole."),
            file=path,
        ) from error


def keep_edits(project_folder: Path, number: int, edits: Edits) -> None:
    """Write the edits of a step, before it is in force."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(
        {
            "what": pa.array([edit[0] for edit in edits], pa.string()),
            "_row_id": pa.array([edit[1] for edit in edits], pa.int64()),
            "before": pa.array([edit[2] for edit in edits], pa.string()),
            "after": pa.array([edit[3] for edit in edits], pa.string()),
        }
    )
    with staged_file(_edits_path(project_folder, number)) as temporary:
        pq.write_table(table, temporary, compression="zstd")


def edits_of(project_folder: Path, number: int) -> list[tuple[str, int, str, str]]:
    """The edits of a step. Raises UserError where they are gone or damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = _edits_path(project_folder, number)
    try:
        columns = pq.read_table(path).to_pydict()
        return list(
            zip(
                columns["what"],
                columns["_row_id"],
                columns["before"],
                columns["after"],
                strict=True,
            )
        )
    except (OSError, pa.ArrowException, KeyError) as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "What this step changed is not known any more."),
            QT_TRANSLATE_NOOP("engine", "It cannot be undone; the data stays as it is."),
            file=path,
        ) from error


def write_steps(project_folder: Path, steps: Sequence[Step]) -> None:
    content = {"version": VERSION, "steps": [asdict(step) for step in steps]}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    atomic_write(Path(project_folder) / "data" / FILE, text + "\n")


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _edits_path(project_folder: Path, number: int) -> Path:
    return Path(project_folder) / "data" / FOLDER / f"{number:04d}.parquet"
