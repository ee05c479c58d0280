"""Rows of the project's table, or of a file of the user's, as a model needs them."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.events import Event, Progressed, Tick
from ..core.project import broken
from ..core.recipe import Recipe
from ..core.words import QT_TRANSLATE_NOOP
from ..families.contract import Encoded, Plan

CHUNK = 256  # texts a call: the tokenizer holds Python's lock while it builds its results


@dataclass(slots=True)
class TableRows:
    """The project's table through a recipe's eyes: which rows, which columns, which labels."""

    path: Path
    table: Any
    columns: list[str]
    recipe: Recipe

    @staticmethod
    def of(project_folder: Path, recipe: Recipe) -> TableRows:
        from ..core.files import sha256_of
        from ..data.store import load_table

        path = project_folder / recipe.data.table
        if not path.is_file():
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "The project's data is gone."),
                QT_TRANSLATE_NOOP("engine", "Restore this file from a copy."),
                file=path,
            )
        if recipe.data.sha256 and sha256_of(path) != recipe.data.sha256:
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "The project's data has changed since this run was made."
                ),
                QT_TRANSLATE_NOOP("engine", "Restore the file from a copy, or train a new run."),
                file=path,
            )
        table = load_table(project_folder)
        columns = [name for name in table.column_names if name != "_row_id"]
        return TableRows(path, table, columns, recipe)

    def split(self, name: str) -> tuple[list[dict[str, str]], list[int]]:
        """Rows and label indexes of a split."""
        ids = self.recipe.data.rows.get(name, [])
        return self.rows(ids)

    def rows(self, ids: Sequence[int]) -> tuple[list[dict[str, str]], list[int]]:
        from ..data.store import rows_by_id

        label = self.recipe.data.label
        found = rows_by_id(self.table, ids, self.columns)
        if len(found) != len(ids):
            raise broken(self.path, "_row_id")
        labels = self.recipe.labels
        index = {text: number for number, text in enumerate(labels)}
        gold = []
        for row in found:
            text = row.get(label or "", "")
            if text not in index:
                raise UserError(
                    QT_TRANSLATE_NOOP("engine", 'The label "{text}" has no words in the prompt.'),
                    QT_TRANSLATE_NOOP("engine", "Give words for it (--word {text}=...)."),
                    file=self.path,
                    field=label,
                    text=text,
                )
            gold.append(index[text])
        return found, gold


def under_known_names(table: Any, columns: Sequence[tuple[str, str]]) -> Any:
    """The file's table, in which these columns also have the names that the run knows."""
    given = {name: table.column(name) for name in table.column_names}
    for known, column in columns:
        if column in given and known != column:
            values = given[column]
            if known in table.column_names:
                table = table.set_column(table.column_names.index(known), known, values)
            else:
                table = table.append_column(known, values)
    return table


def encoded_rows(
    plan: Plan, rows: Sequence[Mapping[str, str]]
) -> Generator[Event, None, list[Encoded]]:
    """Token ids of all rows, a chunk at a time."""
    found: list[Encoded] = []
    for start in range(0, len(rows), CHUNK):
        found += plan.read_many(rows[start : start + CHUNK])
        if len(rows) > 4 * CHUNK:
            yield Progressed(len(found), len(rows))
        else:
            yield Tick()
    return found
