"""The files of a new project as they were read: for which split each is, and its row ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.events import Warned
from ..core.words import QT_TRANSLATE_NOOP
from .splitting import Report

if TYPE_CHECKING:
    from ..core.ports import ReadAs
    from ..data.imported import Imported
    from ..data.readers import Where
    from ..data.source import ReadSettings


@dataclass(frozen=True, slots=True)
class Part:
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


def read_settings(read_as: ReadAs) -> ReadSettings:
    """The reader's settings that a request to the engine means."""
    from ..data.source import ReadSettings

    return ReadSettings(
        encoding=read_as.encoding,
        delimiter=read_as.delimiter,
        sheet=read_as.sheet,
        header=read_as.header,
        tag_column=read_as.tag_column,
        quote=read_as.quote,
        decimal=read_as.decimal,
        join=read_as.join,
    )


def read_parts(files: Mapping[str, Where | None], read_as: ReadAs) -> list[Part]:
    """Every file that is given, read whole. Raises UserError for one that cannot be read."""
    from ..data.readers import read_file

    settings = read_settings(read_as)
    parts: list[Part] = []
    first_id = 0
    for split, path in files.items():
        if path is None:
            continue
        imported = read_file(path, settings)
        first = Path(path) if isinstance(path, (str, Path)) else Path(path[0])
        parts.append(Part(split, first, imported, first_id))
        first_id += imported.table.num_rows
    return parts


def tell(parts: Sequence[Part], report: Report) -> None:
    """What reading the files brought up: warnings, and rows that did not fit."""
    for part in parts:
        for warning in part.imported.receipt.warnings:
            report(warning)
        if part.imported.rejected:
            report(_rejected(part.path, part.imported))


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


def align(parts: Sequence[Part], report: Report) -> None:
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
