"""The unlabelled rows that teachers label: where they come from, which are left out, counted."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import UserError
from ..core.events import Warned
from ..core.ports import ReadAs
from ..core.project import Project
from ..core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import pyarrow as pa

TINY = 50  # rows; below, a student learns little that the labelled rows do not say


@dataclass(frozen=True, slots=True)
class Pool:
    """Rows (column -> text), and how many were found and left out, by reason.

    `counts`: of_project, of_file, then left out: blank, repeated, in_test, in_valid, in_train (by
    text without differences of width, case and blanks), over_limit.
    """

    rows: list[dict[str, str]]
    counts: dict[str, int]
    warnings: list[Warned] = field(default_factory=list)


def pool_of(
    project: Project,
    file: Path | None,
    columns: Sequence[str],
    limit: int | None = None,
    text: str | None = None,
    read_as: ReadAs | None = None,
) -> Pool:
    """The rows of the project without a label and those of `file`, without what must be left out.

    A .txt or .md file has a text on each line.
    `columns` are those that the prompts need, `text` what the file calls the text's column,
    `limit` the most rows to keep (drawn with the project's seed). Raises UserError for a file
    without these columns, and when no row is left.
    """
    own = project.file.roles.text
    found, seen = _of_project(project, columns)
    counts = {"of_project": len(found), "of_file": 0}
    warnings: list[Warned] = []
    if file is not None:
        more, warnings = _of_file(file, own, columns, text, read_as or ReadAs())
        counts["of_file"] = len(more)
        found += more
    kept, left_out = _sorted_out(found, own, seen)
    counts |= left_out
    if not kept:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There are no unlabelled texts to learn from."),
            QT_TRANSLATE_NOOP(
                "engine", "Give a file of texts (--unlabelled FILE) that are not in the project."
            ),
            file=file or project.folder,
        )
    counts["over_limit"] = 0
    if limit is not None and len(kept) > limit:
        counts["over_limit"] = len(kept) - limit
        places = sorted(random.Random(project.file.seed).sample(range(len(kept)), limit))
        kept = [kept[place] for place in places]
    return Pool(kept, counts, warnings + _warnings(project, kept, counts))


def _of_project(
    project: Project, columns: Sequence[str]
) -> tuple[list[dict[str, str]], dict[str, set[str]]]:
    """The rows without a label, and the normalised texts of every split."""
    from ..data.checks import normalised
    from ..data.store import load_table, rows_by_id

    roles, splits = project.file.roles, project.file.splits
    table = load_table(project.folder)
    seen = {
        name: {normalised(row[roles.text]) for row in rows_by_id(table, ids, [roles.text])}
        for name, ids in splits.items()
    }
    if roles.label is None:
        return [], seen
    names = [name for name in columns if name in table.column_names]
    wanted = list(dict.fromkeys([roles.text, *names]))
    labels = table[roles.label].to_pylist()
    rows = table.select(wanted).to_pylist()
    return [row for row, label in zip(rows, labels, strict=True) if not label.strip()], seen


def _of_file(
    file: Path, own: str, columns: Sequence[str], text: str | None, how: ReadAs
) -> tuple[list[dict[str, str]], list[Warned]]:
    from ..data.readers import ReadSettings, read_file
    from ..data.unlabelled import PLAIN, lines_of

    if file.suffix.lower() in PLAIN and text is None and list(columns) == [own]:
        return [{own: line} for line in lines_of(file, how)], []
    read = read_file(file, ReadSettings(how.encoding, how.delimiter, how.sheet, how.header))
    table = read.table
    warnings = list(read.receipt.warnings)
    if read.rejected:
        warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "{count} rows could not be read; the first is line {line}."
                ),
                {"count": len(read.rejected), "line": read.rejected[0].line},
            )
        )
    named = _text_column(table, own, text, file)
    missing = [name for name in columns if name != own and name not in table.column_names]
    if missing:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'A prompt needs the column "{name}".'),
            QT_TRANSLATE_NOOP("engine", "The file has: {known}."),
            file=file,
            field=missing[0],
            name=missing[0],
            known=", ".join(table.column_names),
        )
    others = [name for name in columns if name != own]
    rows = []
    for row in table.select(list(dict.fromkeys([named, *others]))).to_pylist():
        rows.append({own: row[named], **{name: row[name] for name in others}})
    return rows, warnings


def _text_column(table: pa.Table, own: str, text: str | None, file: Path) -> str:
    """The file's column of texts: the one named, the project's own name, or the only one."""
    names = list(table.column_names)
    for name in (text, own):
        if name is not None and name in names:
            return str(name)
    if text is None and len(names) == 1:
        return str(names[0])
    raise UserError(
        QT_TRANSLATE_NOOP("engine", 'The file has no column "{name}".'),
        QT_TRANSLATE_NOOP("engine", "Say which one holds the texts (--text COL): {known}."),
        file=file,
        field="text",
        name=text or own,
        known=", ".join(names),
    )


def _sorted_out(
    rows: Sequence[dict[str, str]], own: str, seen: dict[str, set[str]]
) -> tuple[list[dict[str, str]], dict[str, int]]:
    from ..data.checks import normalised

    counts = dict.fromkeys(("blank", "repeated", "in_test", "in_valid", "in_train"), 0)
    kept, known = [], set()
    for row in rows:
        plain = normalised(row[own])
        split = next((s for s in ("test", "valid", "train") if plain in seen.get(s, ())), None)
        if not plain:
            counts["blank"] += 1
        elif split is not None:
            counts[f"in_{split}"] += 1
        elif plain in known:
            counts["repeated"] += 1
        else:
            known.add(plain)
            kept.append(row)
    return kept, counts


def _warnings(
    project: Project, kept: Sequence[dict[str, str]], counts: dict[str, int]
) -> list[Warned]:
    found = []
    if counts["in_test"] or counts["in_valid"]:
        found.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "{test} unlabelled texts stand among the test rows and {valid} among the "
                    "validation rows; they are left out.",
                ),
                {"test": counts["in_test"], "valid": counts["in_valid"]},
            )
        )
    least = max(TINY, 2 * len(project.file.splits.get("train", ())))
    if len(kept) < least:
        found.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "Only {count} unlabelled texts: the student will learn little beyond the "
                    "labelled rows. Some hundreds are better.",
                ),
                {"count": len(kept)},
            )
        )
    return found
