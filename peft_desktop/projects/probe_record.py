"""What the last probe of a project found, kept in its folder until the next one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pydantic

from ..core.errors import UserError
from ..core.files import atomic_write
from ..core.project import Project, ProjectFile, broken, read_record
from ..core.recipe import PromptSpec
from ..core.words import QT_TRANSLATE_NOOP

PROBE_FILE = "probe.json"
VERSION = 1
MOST_OWN = 12  # the user's own prompts that are remembered; the oldest goes first


class ProbeRecord(pydantic.BaseModel):
    """`ranked`, `majority` and `found_words` as the engine gave them, and what they hold for.

    `row_ids` are the rows that prompts were ranked on; `complete` is false after a stop. `own` are
    the prompts that the user tried, oldest first. `seconds` is how long it took.
    """

    model_config = pydantic.ConfigDict(frozen=True)

    schema_version: int = VERSION
    made_at: str = ""
    model: str = ""
    data_sha256: str = ""
    text: str = ""
    label: str = ""
    labels: list[str] = []
    row_ids: list[int] = []
    complete: bool = True
    find_words: str = ""
    ranked: list[dict[str, Any]] = []
    majority: dict[str, float] = {}
    found_words: list[dict[str, Any]] = []
    seconds: float = 0.0
    own: list[PromptSpec] = []

    @staticmethod
    def of(
        file: ProjectFile,
        model: str,
        rows: Sequence[int],
        result: dict[str, Any],
        *,
        find_words: str = "",
        complete: bool = True,
        own: Sequence[PromptSpec] = (),
    ) -> ProbeRecord:
        """A record of the engine's `result`, made now."""
        return ProbeRecord(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            model=model,
            data_sha256=file.data_sha256,
            text=file.roles.text,
            label=file.roles.label or "",
            labels=list(file.labels),
            row_ids=list(rows),
            complete=complete,
            find_words=find_words,
            ranked=list(result.get("ranked", ())),
            majority=dict(result.get("majority", {})),
            found_words=list(result.get("found_words", ())),
            seconds=float(dict(result.get("seconds", {})).get("all", 0.0)),
            own=list(own)[-MOST_OWN:],
        )

    def outdated(self, file: ProjectFile) -> tuple[str, ...]:
        """What has changed since: "model", "data" (rows, columns, labels or split), "words"."""
        found = ["model"] if file.model != self.model else []
        free = {row for name in ("train", "valid") for row in file.splits.get(name, ())}
        data = (file.data_sha256, file.roles.text, file.roles.label or "", list(file.labels))
        same = data == (self.data_sha256, self.text, self.label, self.labels)
        if not same or not free.issuperset(self.row_ids):
            found.append("data")
        if not any(entry.get("words") == file.prompt.words for entry in self.ranked):
            found.append("words")
        return tuple(found)


def own_prompts(before: Sequence[PromptSpec], now: PromptSpec) -> list[PromptSpec]:
    """The user's prompts with the present one as the newest."""
    kept = [spec for spec in before if spec != now]
    return [*kept, now][-MOST_OWN:] if now.template else kept


def load_probe(folder: Path) -> ProbeRecord | None:
    """The project's last probe; None where there was none. Raises UserError for a file that
    cannot be read, which costs nothing but the probe."""
    source = folder / PROBE_FILE
    if not source.is_file():
        return None
    record = read_record(source)
    version = record.get("schema_version")
    if not isinstance(version, int) or version > VERSION:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This probe was kept by a newer version of the program."),
            QT_TRANSLATE_NOOP("engine", "Try the prompts again to replace it."),
            file=source,
        )
    try:
        return ProbeRecord.model_validate(record)
    except pydantic.ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise broken(source, place) from error


def tried_before(project: Project) -> list[PromptSpec]:
    """The prompts that the user tried in this project, the present one last."""
    with suppress(UserError):
        kept = load_probe(project.folder)
        return own_prompts(kept.own if kept is not None else (), project.file.prompt)
    return own_prompts((), project.file.prompt)


def keep_probe(project: Project, record: ProbeRecord) -> None:
    """Write it into the project; the old file or the new one is there, whatever happens."""
    project.check_there()
    atomic_write(project.folder / PROBE_FILE, record.model_dump_json(indent=1) + "\n")
