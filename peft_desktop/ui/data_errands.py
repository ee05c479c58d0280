"""What the Data page has done in threads: reading, counting, searching, splitting its rows."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from ..core.project import Roles
from . import project_rows
from .errands import Ask
from .project_rows import Dealt, Facts, ProjectRows, Search, Splits, SplitWish


def loaded(
    folder: Path, splits: Splits, split_column: str | None, ask: Ask
) -> tuple[ProjectRows, bool]:
    """The rows, and whether the splits are what the split column says."""
    rows = project_rows.load(folder)
    return rows, project_rows.follows_column(rows, splits, split_column)


def facts(rows: ProjectRows, text: str, label: str | None, ask: Ask) -> Facts:
    return project_rows.facts(rows, text, label)


def found(
    rows: ProjectRows, wish: Search, splits: Splits, label_column: str | None, ask: Ask
) -> Any:
    return project_rows.find(rows, wish, splits, label_column, lambda: ask.wanted)


def dealt(
    rows: ProjectRows,
    task: str,
    roles: Roles,
    wish: SplitWish,
    kept: tuple[list[str], Splits] | None,
    ask: Ask,
    excluded: Collection[int] = (),
) -> Dealt:
    """New splits without the `excluded` rows.

    `kept` labels and splits stay where no group is in two of them.
    """
    if kept is not None and not project_rows.parts_groups(rows, roles.group, kept[1]):
        return Dealt(*kept, [])
    return project_rows.deal(rows, task, roles, wish, excluded)
