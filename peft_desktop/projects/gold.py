"""The gold answers of a new project's rows: which rows can teach, what they hold, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.events import Warned
from ..core.words import QT_TRANSLATE_NOOP
from ..tasks import Task
from .splitting import Labelled, Report

if TYPE_CHECKING:
    import pyarrow as pa

    from ..core.project import Roles
    from .parts import Part

_SHOWN = 5


def rows_with_gold(
    task: Task,
    table: pa.Table,
    ids: Iterable[int],
    roles: Any,
    part_of: Callable[[int], str],
    report: Report,
    file: str = "",
) -> list[Labelled]:
    """The rows that can be learnt from or judged on: with a text and a gold answer that fits.

    `part_of` gives each row id its file's split ("data" where the file is for none). Rows whose
    answer cannot be used are told with their numbers (from 1) and left out.
    """
    if roles.label is None:
        return []
    rows = table.to_pylist()
    found: list[Labelled] = []
    wrong: list[tuple[int, str]] = []
    for number, (row_id, row) in enumerate(zip(ids, rows, strict=True), start=1):
        texts = [row[name] for name in (roles.text, roles.question) if name]
        cell = row[roles.label]
        if task.blank(cell) or not all(text.strip() for text in texts):
            continue
        fault = task.fault(cell, row, roles.text)
        if fault is not None:
            wrong.append((number, str(fault)))
            continue
        one = task.name == "classification"
        found.append(
            Labelled(
                int(row_id),
                cell if one else "",
                part_of(int(row_id)),
                row.get(roles.split or "", ""),
                row.get(roles.group or "", ""),
                None if one else tuple(task.classes_of(cell)),
                cell,
            )
        )
    if wrong:
        report(_wrong(wrong, file, roles.label))
    return found


def _wrong(wrong: Sequence[tuple[int, str]], file: str, column: str) -> Warned:
    return Warned(
        QT_TRANSLATE_NOOP(
            "engine",
            '{file}: {count} rows are in no split, because what the column "{column}" holds cannot '
            "be used (rows {rows}). Row {row}: {reason}.",
        ),
        {
            "file": file,
            "count": len(wrong),
            "column": column,
            "rows": ", ".join(str(row) for row, _ in wrong[:_SHOWN])
            + (", ..." if len(wrong) > _SHOWN else ""),
            "row": wrong[0][0],
            "reason": wrong[0][1].rstrip("."),
        },
    )


def labels_of(
    task: Task, rows: Sequence[Labelled], parts: Sequence[Part], roles: Roles, report: Report
) -> list[str]:
    """The labels of the training file; one that only occurs elsewhere cannot be learnt.

    Raises UserError where there is nothing to learn.
    """
    from ..data.checks import check_labels

    if roles.label is None:
        return []
    main = parts[0]
    cells = [row.cell for row in rows if row.part == "data"]
    if task.name == "classification":
        told = check_labels(main.column(roles.label), file=str(main.path), column=roles.label)
    else:
        if not cells:
            raise _nothing(main, roles.label)
        told = [*_unlabelled(task, main.column(roles.label)), *task.check(cells)]
    for warning in told:
        report(warning)
    labels = task.labels_of(cells)
    for part in parts[1:]:
        of_part = task.labels_of([row.cell for row in rows if row.part == part.split])
        strange = sorted(set(of_part) - set(labels))
        if strange:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "No training row has these labels: {labels}."),
                QT_TRANSLATE_NOOP("engine", "Correct them, or add training rows with them."),
                file=part.path,
                field=roles.label,
                labels=", ".join(f'"{label}"' for label in strange[:5]),
            )
    return labels


def _nothing(part: Part, column: str) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", 'No row can be learnt from: none has a text and a "{column}".'),
        QT_TRANSLATE_NOOP("engine", "Choose the column that holds the answers."),
        file=part.path,
        field=column,
        column=column,
    )


def _unlabelled(task: Task, cells: Sequence[str]) -> list[Warned]:
    count = sum(task.blank(cell) for cell in cells)
    if not count:
        return []
    return [
        Warned(
            QT_TRANSLATE_NOOP(
                "engine", "{count} rows have no label; they are kept as unlabelled rows."
            ),
            {"count": count},
        )
    ]


def untaught(
    labels: Sequence[str], rows: Sequence[Labelled], splits: dict[str, list[int]]
) -> list[Warned]:
    """A warning about labels that no training row has."""
    train = set(splits.get("train", ()))
    taught: set[str] = set()
    for row in rows:
        if row.row_id in train:
            taught.update((row.label,) if row.classes is None else row.classes)
    lacking = [label for label in labels if label not in taught]
    if not lacking or not train:
        return []
    return [
        Warned(
            QT_TRANSLATE_NOOP(
                "engine", "No training row has these labels, so they cannot be learnt: {labels}."
            ),
            {"labels": ", ".join(f'"{x}"' for x in lacking[:5]) + (", ..." if lacking[5:] else "")},
        )
    ]
