"""How often each label, entity type or field occurs in the rows of a task."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .errands import Ask
from .project_rows import Facts

if TYPE_CHECKING:
    from .project_rows import ProjectRows


def facts_of(rows: ProjectRows, task: str, roles: Any, ask: Ask) -> Facts:
    """Class counts as the task reads its cells, and text lengths; for a thread."""
    from . import project_rows

    if task == "classification":
        return project_rows.facts(rows, roles.text, roles.label)
    found = project_rows.facts(rows, roles.text, None)
    if roles.label not in rows.table.column_names:
        return found
    classes, unlabelled = counted(task, rows.table[roles.label].to_pylist())
    return replace(found, classes=classes, unlabelled=unlabelled)


def counted(name: str, cells: list[str]) -> tuple[list[tuple[str, int]], int]:
    """Rows of each class, the largest first, and the rows that say nothing."""
    from ..tasks import task_named

    task = task_named(name)
    counts: Counter[str] = Counter()
    blank = 0
    for cell in cells:
        if task.blank(cell):
            blank += 1
            continue
        try:
            counts.update(dict.fromkeys(task.classes_of(cell), 0))
            counts.update(_filled(cell) if name == "extraction" else set(task.classes_of(cell)))
        except (ValueError, KeyError, TypeError):
            continue  # the import has told of cells that cannot be read
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])), blank


def _filled(cell: str) -> set[str]:
    """The fields of a record that hold something: those of null are there, but empty."""
    from ..data.field_records import record_in

    return set(record_in(cell))
