"""From files to a project: read, check, split, choose a prompt; all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import UserError
from ..core.events import Event, PhaseChanged, Warned
from ..core.files import staged_folder
from ..core.ports import ReadAs
from ..core.project import Project, ProjectFile, Roles, check_new_folder, create_project
from ..core.words import QT_TRANSLATE_NOOP
from ..tasks import Task, task_named
from .first_prompt import ChosenModel, Given, first_prompt
from .splitting import Labelled, Report, split_rows

if TYPE_CHECKING:
    from ..data.imported import Imported

__all__ = ["ChosenModel", "Wishes", "prepare_project"]

_SAMPLE = 200  # texts that the bank looks at: language, and what they speak of


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user said about a new project; what is None or empty is found out. Not `labelled`:
    the texts have no labels, whatever the columns are called."""

    text: str | None = None
    label: str | None = None
    labelled: bool = True
    task: str = "classification"
    template: str | None = None
    also: Sequence[str] = ()
    virtual: bool = False
    words: Mapping[str, list[str]] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    seed: int = 42
    per_class: int | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """One file's rows: which split they are for, and the row ids that they will get."""

    split: str
    path: Path
    imported: Imported
    first_id: int

    def column(self, name: str) -> list[str]:
        return [str(value) for value in self.imported.table[name].to_pylist()]

    @property
    def columns(self) -> list[str]:
        return list(self.imported.table.column_names)

    @property
    def ids(self) -> range:
        return range(self.first_id, self.first_id + self.imported.table.num_rows)


def prepare_project(
    folder: Path,
    data: Path,
    wishes: Wishes,
    *,
    model: ChosenModel,
    valid: Path | None = None,
    test: Path | None = None,
    read_as: ReadAs | None = None,
    report: Report = lambda event: None,
) -> Project:
    """Make a project at `folder` of `data` (and of `valid` and `test` rows of their own).

    `report` gets phases and warnings. Nothing is left at `folder` when it fails. Raises UserError
    for a folder that is taken, files that cannot be read, columns that are not there, fewer than
    two labels, and a prompt that does not fit labels or model.
    """
    folder = folder.absolute()
    check_new_folder(folder)
    task = task_named(wishes.task)
    report(PhaseChanged("reading"))
    parts = _read({"data": data, "valid": valid, "test": test}, read_as or ReadAs(), report)
    roles = _roles(parts, wishes)
    report(PhaseChanged("checking"))
    rows = _labelled(parts, roles, report)
    labels = _labels(task, rows, parts, roles, report)
    _aligned(parts, report)
    columns = parts[0].columns
    texts = parts[0].column(roles.text)[:_SAMPLE]
    given = Given(wishes.template, wishes.words, wishes.parameters, wishes.also, wishes.virtual)
    prompt, warnings = first_prompt(
        given, labels or list(wishes.words), texts, columns, roles.text, model
    )
    for warning in warnings:
        report(warning)
    roles, splits = _split(rows, roles, wishes, report)
    _warn_of_overlap(parts, roles.text, splits, report)
    file = ProjectFile(
        name=folder.name,
        task=task.name,
        roles=roles,
        columns=columns,
        labels=labels,
        prompt=prompt,
        model=model.name,
        seed=wishes.seed,
        per_class=wishes.per_class,
        splits=splits,
    )
    return _written(folder, parts, file)


def _read(files: Mapping[str, Path | None], read_as: ReadAs, report: Report) -> list[_Part]:
    from ..data.readers import ReadSettings, read_file

    settings = ReadSettings(
        encoding=read_as.encoding,
        delimiter=read_as.delimiter,
        sheet=read_as.sheet,
        header=read_as.header,
    )
    parts: list[_Part] = []
    first_id = 0
    for split, path in files.items():
        if path is None:
            continue
        imported = read_file(path, settings)
        for warning in imported.receipt.warnings:
            report(warning)
        if imported.rejected:
            report(_rejected(path, imported))
        parts.append(_Part(split, path, imported, first_id))
        first_id += imported.table.num_rows
    return parts


def _rejected(path: Path, imported: Imported) -> Warned:
    first = imported.rejected[0]
    return Warned(
        QT_TRANSLATE_NOOP(
            "engine",
            "{file}: rows that do not fit are kept in data/rejected.csv: {count}; the first is "
            "line {line}: {reason}",
        ),
        {
            "file": path.name,
            "count": len(imported.rejected),
            "line": first.line,
            "reason": first.in_words(),
        },
    )


def _roles(parts: Sequence[_Part], wishes: Wishes) -> Roles:
    from ..data.roles import require, roles_for

    main = parts[0]
    found = roles_for(
        main.imported.table, text=wishes.text, label=wishes.label, file=str(main.path)
    )
    for part in parts[1:]:
        for role, name in (("text", found.text), ("label", found.label)):
            if name is not None:
                require(part.columns, name, field=role, file=str(part.path))
    roles = Roles(**found.model_dump())
    if not wishes.labelled:
        roles = roles.model_copy(update={"label": None})
    return roles


def _split(
    rows: Sequence[Labelled], roles: Roles, wishes: Wishes, report: Report
) -> tuple[Roles, dict[str, list[int]]]:
    """The splits; a group column that was only guessed by its name may not stand in the way."""
    if roles.label is None:
        return roles, {}
    told: list[Event] = []
    try:
        splits = split_rows(rows, wishes.per_class, wishes.seed, told.append)
    except UserError:
        if roles.group is None:
            raise
        told = [
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    'The column "{column}" is not used as the group: rows that stay together by '
                    "it cannot be split.",
                ),
                {"column": roles.group},
            )
        ]
        roles = roles.model_copy(update={"group": None})
        alone = [replace(row, group="") for row in rows]
        splits = split_rows(alone, wishes.per_class, wishes.seed, told.append)
    for event in told:
        report(event)
    return roles, splits


def _aligned(parts: Sequence[_Part], report: Report) -> None:
    """Give every part the columns of all: one that a file lacks is empty there."""
    import pyarrow as pa

    columns = list(dict.fromkeys(name for part in parts for name in part.columns))
    for part in parts:
        lacking = [name for name in columns if name not in part.columns]
        if not lacking:
            continue
        report(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "{file} lacks columns that another file has; empty there: {columns}."
                ),
                {"file": part.path.name, "columns": ", ".join(lacking)},
            )
        )
        for name in lacking:
            empty = pa.array([""] * part.imported.table.num_rows, pa.string())
            part.imported.table = part.imported.table.append_column(name, empty)


def _labelled(parts: Sequence[_Part], roles: Roles, report: Report) -> list[Labelled]:
    """The rows that can be learnt from or judged on: with a text and a label."""
    from ..data.checks import blank_texts

    found: list[Labelled] = []
    for part in parts:
        texts = part.column(roles.text)
        for warning in blank_texts(texts):
            report(warning)
        if roles.label is None:
            continue
        labels = part.column(roles.label)
        named, groups = (
            part.column(name) if name in part.columns else [""] * len(texts)
            for name in (roles.split, roles.group)
        )
        for row_id, text, label, split, group in zip(
            part.ids, texts, labels, named, groups, strict=True
        ):
            if text.strip() and label.strip():
                found.append(Labelled(row_id, label, part.split, split, group))
    return found


def _labels(
    task: Task, rows: Sequence[Labelled], parts: Sequence[_Part], roles: Roles, report: Report
) -> list[str]:
    """The labels of the training file; one that only occurs elsewhere cannot be learnt."""
    from ..data.checks import check_labels

    if roles.label is None:
        return []
    main = parts[0]
    for warning in check_labels(main.column(roles.label), file=str(main.path), column=roles.label):
        report(warning)
    labels = task.labels_of([row.label for row in rows if row.part == "data"])
    for part in parts[1:]:
        strange = sorted({r.label for r in rows if r.part == part.split} - set(labels))
        if strange:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "No training row has these labels: {labels}."),
                QT_TRANSLATE_NOOP("engine", "Correct them, or add training rows with them."),
                file=part.path,
                field=roles.label,
                labels=", ".join(f'"{label}"' for label in strange[:5]),
            )
    return labels


def _warn_of_overlap(
    parts: Sequence[_Part], text: str, splits: Mapping[str, Sequence[int]], report: Report
) -> None:
    from ..data.checks import overlap

    texts = [value for part in parts for value in part.column(text)]
    seen = [texts[row] for row in splits.get("train", ())]
    for warning in overlap(seen, [texts[row] for row in splits.get("test", ())]):
        report(warning)


def _written(folder: Path, parts: Sequence[_Part], file: ProjectFile) -> Project:
    """Everything goes into a folder beside, which then takes its place in one step."""
    from ..core.files import sha256_of
    from ..data.store import store

    with staged_folder(folder) as stage:
        made = create_project(stage, file)
        store([(part.split, part.imported) for part in parts], stage)
        made.update(data_sha256=sha256_of(made.table_path))
    return Project(folder, made.file)
