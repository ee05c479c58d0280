"""More rows for a project: old rows keep their ids and their split, new ones join as wished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.events import PhaseChanged, Warned
from ..core.files import atomic_write
from ..core.ports import ReadAs
from ..core.project import Project, ProjectFile
from ..core.words import QT_TRANSLATE_NOOP
from .data_changes import Prepared, put
from .parts import Part, read_settings, tell
from .splitting import Labelled, Report, split_rows

if TYPE_CHECKING:
    import pyarrow as pa

    from ..data.imported import Imported
    from ..data.readers import Where

APPENDED = "append"
WHAT = QT_TRANSLATE_NOOP("engine", "{count} rows of {file} were added.")
TO = ("train", "valid", "test", "deal", "none")


@dataclass(frozen=True, slots=True)
class Grown:
    """What an append did: how many rows joined which split, of how many that were read."""

    rows: int
    rejected: int
    joined: dict[str, int]
    new_labels: list[str]
    version: int


def append(
    project: Project,
    where: Where,
    to: str = "train",
    read_as: ReadAs | None = None,
    report: Report = lambda event: None,
) -> Grown:
    """Add the rows of a file, a folder, a ZIP or several files to a project that no window holds.

    `to` is the split that new rows with a gold answer join; `deal`: they are shared out as those
    of a new project; `none`: they wait. A row whose group is in a split already joins that one.
    Raises UserError for files that cannot be read or lack the text column; nothing is changed then.
    """
    prepared, grown = prepare_append(project.folder, project.file, where, to, read_as, report)
    put(project.folder, prepared)
    project.update(**prepared.fields)
    return grown


def prepare_append(
    folder: Path,
    file: ProjectFile,
    where: Where,
    to: str = "train",
    read_as: ReadAs | None = None,
    report: Report = lambda event: None,
) -> tuple[Prepared, Grown]:
    """The change made ready beside the data in force."""
    from ..data.readers import read_file
    from ..data.store import ROW_ID, load_table
    from ..tasks import task_named
    from .gold import rows_with_gold

    if to not in TO:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'New rows cannot join "{to}".'),
            QT_TRANSLATE_NOOP("engine", "Use one of: {known}."),
            field="to",
            to=to,
            known=", ".join(TO),
        )
    report(PhaseChanged("reading"))
    roles, task = file.roles, task_named(file.task)
    imported = read_file(where, read_settings(read_as or ReadAs()))
    task.tidied(imported, roles.text, roles.label, roles.question)
    path = Path(imported.receipt.sources[0]) if imported.receipt.sources else Path()
    _check_columns(imported, file, path)
    old = load_table(folder)
    first = max(old[ROW_ID].to_pylist(), default=-1) + 1
    part = Part("data", path, imported, first)
    tell([part], report)
    report(PhaseChanged("checking"))
    table = _joined(old, imported.table, first)
    new = table.slice(old.num_rows)
    rows = rows_with_gold(task, new, part.ids, roles, lambda row: "data", report, path.name)
    labels, words = _labels(file, task.labels_of([row.cell for row in rows]), to, report)
    splits = _splits(file, old, rows, to, report)
    _warn_of_overlap(table, roles.text, splits, report)
    fields = {
        "splits": splits,
        "labels": labels,
        "columns": [name for name in table.column_names if name != ROW_ID],
        "prompt": file.prompt.model_copy(update={"words": words}),
    }
    prepared = _prepared(folder, file, table, imported, fields)
    _keep_receipt(folder, imported, part.ids)
    was = {name: len(ids) for name, ids in file.splits.items()}
    joined = {name: len(ids) - was.get(name, 0) for name, ids in splits.items()}
    fresh = [label for label in labels if label not in file.labels]
    return prepared, Grown(
        new.num_rows, len(imported.rejected), joined, fresh, prepared.step.number + 1
    )


def take_back(project: Project, step: Any) -> None:
    """Let the project be as it was before this append, which must be its last change."""
    from ..data.store import ROW_ID, load_table

    file = project.file
    put(project.folder, Prepared(step, {}, {}), back=True)
    table = load_table(project.folder)
    known = set(table[ROW_ID].to_pylist())
    kept = {name: [row for row in ids if row in known] for name, ids in file.splits.items()}
    columns = [name for name in table.column_names if name != ROW_ID]
    project.update(splits=kept, columns=columns, data_sha256=step.before)
    _forget_receipts(project.folder, len(known) and max(known) + 1)


def _check_columns(imported: Imported, file: ProjectFile, path: Path) -> None:
    from ..data.roles import require

    names = list(imported.table.column_names)
    roles = file.roles
    for role, name in (("text", roles.text), ("question", roles.question)):
        if name:
            require(names, name, field=role, file=str(path))
    if roles.label is not None and roles.label not in names:
        imported.receipt.warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", '{file} has no column "{column}": its rows have no label yet.'
                ),
                {"file": path.name, "column": roles.label},
            )
        )


def _joined(old: pa.Table, new: pa.Table, first: int) -> pa.Table:
    """Old rows, then new ones; a column that either lacks is empty there."""
    import pyarrow as pa

    from ..data.store import ROW_ID

    ids = pa.array(range(first, first + new.num_rows), pa.int64())
    columns = [name for name in old.column_names if name != ROW_ID]
    columns += [name for name in new.column_names if name not in (*columns, ROW_ID)]

    def whole(table: pa.Table, ids: Any) -> pa.Table:
        nothing = pa.repeat(pa.scalar("", pa.string()), table.num_rows)
        cells = [table[name] if name in table.column_names else nothing for name in columns]
        return pa.table([*cells, ids], names=[*columns, ROW_ID])

    joined = pa.concat_tables([whole(old, old[ROW_ID]), whole(new, ids)])
    return joined.replace_schema_metadata(old.schema.metadata)


def _labels(
    file: ProjectFile, found: Sequence[str], to: str, report: Report
) -> tuple[list[str], dict[str, list[str]]]:
    """Labels and label words with the new ones; those only teach when training rows have them."""
    new = [label for label in found if label not in file.labels]
    words = {label: list(several) for label, several in file.prompt.words.items()}
    if not new or to == "none":
        return list(file.labels), words
    if to in ("valid", "test"):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "No training row has these labels: {labels}."),
            QT_TRANSLATE_NOOP("engine", "Correct them, or add training rows with them."),
            field=file.roles.label,
            labels=", ".join(f'"{label}"' for label in new[:5]),
        )
    report(
        Warned(
            QT_TRANSLATE_NOOP(
                "engine",
                "New labels: {labels}. Give them words on the Prompt page; a run that knew fewer "
                "labels cannot be continued.",
            ),
            {"labels": ", ".join(f'"{label}"' for label in new[:5]), "count": len(new)},
        )
    )
    if words or file.task == "classification":
        words |= {label: [label] for label in new}
    return [*file.labels, *new], words


def _splits(
    file: ProjectFile, old: pa.Table, rows: Sequence[Labelled], to: str, report: Report
) -> dict[str, list[int]]:
    """The old splits, to which the new rows are added."""
    splits = {name: list(ids) for name, ids in file.splits.items()}
    homes = _homes_of_groups(file, old)
    free = []
    for row in rows:
        if to != "none" and row.group.strip() and row.group in homes:
            splits.setdefault(homes[row.group], []).append(row.row_id)
        else:
            free.append(row)
    if len(free) < len(rows):
        report(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "{count} new rows join the split where their group is already."
                ),
                {"count": len(rows) - len(free)},
            )
        )
    if to == "deal" and free:
        dealt: Mapping[str, Sequence[int]] = split_rows(free, None, file.seed, report)
    else:
        dealt = {} if to in ("none", "deal") else {to: [row.row_id for row in free]}
    for name, ids in dealt.items():
        splits.setdefault(name, []).extend(ids)
    return splits


def _homes_of_groups(file: ProjectFile, old: pa.Table) -> dict[str, str]:
    from ..data.store import ROW_ID

    column = file.roles.group
    if column is None or column not in old.column_names:
        return {}
    home = {row: name for name, ids in file.splits.items() for row in ids}
    pairs = zip(old[ROW_ID].to_pylist(), old[column].to_pylist(), strict=True)
    return {group: home[row] for row, group in pairs if row in home and group.strip()}


def _warn_of_overlap(
    table: pa.Table, text: str, splits: Mapping[str, Sequence[int]], report: Report
) -> None:
    from ..data.checks import overlap
    from ..data.store import ROW_ID

    texts = dict(zip(table[ROW_ID].to_pylist(), table[text].to_pylist(), strict=True))
    seen = [texts[row] for row in splits.get("train", ())]
    for warning in overlap(seen, [texts[row] for row in splits.get("test", ())]):
        report(warning)


def _prepared(
    folder: Path, file: ProjectFile, table: pa.Table, imported: Imported, fields: dict[str, Any]
) -> Prepared:
    from ..data import history
    from ..data.versions import add_version, hash_of

    now = file.data_sha256 or hash_of(folder / "data" / "table.parquet")
    new = add_version(folder, table)
    steps = history.steps_of(folder)
    step = history.Step(
        number=max((each.number for each in steps), default=0) + 1,
        at=history.now(),
        kind=APPENDED,
        template=WHAT,
        values={"count": imported.table.num_rows, "file": imported.receipt.file},
        rows=imported.table.num_rows,
        before=now,
        after=new,
    )
    history.keep_edits(folder, step.number, [])
    fields["data_sha256"] = new
    before = {name: getattr(file, name) for name in fields} | {"data_sha256": now}
    return Prepared(step, fields, before)


def _keep_receipt(folder: Path, imported: Imported, ids: range) -> None:
    """The receipt and the rejected rows join those of the files before."""
    import json

    from ..data.store import RECEIPT, REJECTED, rejected_of, write_rejected_rows

    path = folder / "data" / RECEIPT
    content = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"files": []}
    entry = {
        "name": "data",
        "rows": [ids.start, ids.stop],
        **imported.receipt.model_dump(mode="json"),
    }
    content["files"].append(entry)
    atomic_write(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    if imported.rejected:
        before = rejected_of(folder)
        more = [
            (row.file or imported.receipt.file, row.line, row.in_words(), row.raw)
            for row in imported.rejected
        ]
        write_rejected_rows(folder / "data" / REJECTED, [*before, *more])


def _forget_receipts(folder: Path, end: int) -> None:
    import json

    from ..data.store import RECEIPT

    path = folder / "data" / RECEIPT
    content = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"files": []}
    content["files"] = [entry for entry in content["files"] if entry["rows"][0] < end]
    atomic_write(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
