"""Rows of the project's table, or of a file of the user's, as a model needs them."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.events import Event, Progressed, Tick, Warned
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
        from ..data.store import load_table
        from ..data.versions import find_version

        path = project_folder / recipe.data.table
        if not path.is_file():
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "The project's data is gone."),
                QT_TRANSLATE_NOOP("engine", "Restore this file from a copy."),
                file=path,
            )
        if find_version(project_folder, recipe.data.sha256) is None:
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "The project's data has changed since this run was made."
                ),
                QT_TRANSLATE_NOOP("engine", "Restore the file from a copy, or train a new run."),
                file=path,
            )
        table = load_table(project_folder, recipe.data.sha256)
        columns = [name for name in table.column_names if name != "_row_id"]
        return TableRows(path, table, columns, recipe)

    def split(self, name: str) -> tuple[list[dict[str, str]], list[int]]:
        """Rows and label indexes of a classification's split."""
        rows = self.of_split(name)
        return rows, label_indexes(self.recipe, rows, self.path)

    def rows(self, ids: Sequence[int]) -> tuple[list[dict[str, str]], list[int]]:
        """Rows and label indexes by row id."""
        rows = self.texts(ids)
        return rows, label_indexes(self.recipe, rows, self.path)

    def of_split(self, name: str) -> list[dict[str, str]]:
        """The rows of a split as the table has them."""
        return self.texts(self.recipe.data.rows.get(name, []))

    def texts(self, ids: Sequence[int]) -> list[dict[str, str]]:
        from ..data.store import rows_by_id

        found = rows_by_id(self.table, ids, self.columns)
        if len(found) != len(ids):
            raise broken(self.path, "_row_id")
        return found

    def nothing_to_learn(self) -> UserError:
        return UserError(
            QT_TRANSLATE_NOOP("engine", "There are no labelled training rows."),
            QT_TRANSLATE_NOOP("engine", "Label some rows or change the split."),
            file=self.path,
        )


def label_indexes(recipe: Recipe, rows: Sequence[Mapping[str, str]], source: Path) -> list[int]:
    """The index of each row's label; UserError for one that has no words in the prompt."""
    label = recipe.data.label
    index = {text: number for number, text in enumerate(recipe.labels)}
    gold = []
    for row in rows:
        text = row.get(label or "", "")
        if text not in index:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'The label "{text}" has no words in the prompt.'),
                QT_TRANSLATE_NOOP("engine", "Give words for it (--word {text}=...)."),
                file=source,
                field=label,
                text=text,
            )
        gold.append(index[text])
    return gold


CUT_ROWS = QT_TRANSLATE_NOOP(
    "engine",
    "{cut} of {rows} texts are longer than {length} tokens and are cut at their end; the prompt is "
    "kept whole.",
)


def warned_of_cuts(cuts: Sequence[int], length: int) -> Iterator[Event]:
    """A warning where texts were cut; `cuts` are the tokens left out of each."""
    cut = sum(1 for count in cuts if count)
    if cut:
        yield Warned(CUT_ROWS, {"cut": cut, "rows": len(cuts), "length": length})


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
