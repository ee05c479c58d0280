"""Rows that other models labelled: read from the run's folder and put beside the labelled ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from ..core.errors import UserError
from ..core.files import sha256_of
from ..core.project import broken
from ..core.recipe import Recipe
from ..core.words import QT_TRANSLATE_NOOP
from .batches import Rows

LOG_SCORES = "_log_scores"


@dataclass(frozen=True, slots=True)
class SoftRows:
    """Texts and what other models say of them: probabilities [N, C] at `temperature`."""

    rows: list[dict[str, str]]
    targets: Tensor
    temperature: float

    @property
    def likeliest(self) -> list[int]:
        """The index of each row's likeliest label."""
        return [int(label) for label in self.targets.argmax(-1)]


def soft_rows(run_folder: Path, recipe: Recipe, columns: Sequence[str]) -> SoftRows | None:
    """The rows of the recipe's `soft_labels`; None where it has none.

    Columns that the file lacks are empty. Raises UserError when the file is gone or has changed.
    """
    wanted = recipe.soft_labels
    if wanted is None:
        return None
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = run_folder / wanted.file
    if not path.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The rows that other models labelled are gone."),
            QT_TRANSLATE_NOOP("engine", "Distil again to make them anew."),
            file=path,
        )
    if sha256_of(path) != wanted.sha256:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The rows that other models labelled have changed since the run was made."
            ),
            QT_TRANSLATE_NOOP("engine", "Distil again to make them anew."),
            file=path,
        )
    try:
        table = pq.read_table(path)
        scores = torch.tensor(table[LOG_SCORES].to_pylist(), dtype=torch.float64)
    except (OSError, pa.ArrowInvalid, KeyError, ValueError) as error:
        raise broken(path, None) from error
    if scores.shape != (wanted.rows, len(recipe.labels)):
        raise broken(path, LOG_SCORES)
    there = [name for name in columns if name in table.column_names]
    empty = dict.fromkeys(columns, "")
    rows = [empty | row for row in table.select(there).to_pylist()]
    targets = torch.softmax(scores / wanted.temperature, dim=-1).float()
    return SoftRows(rows, targets, wanted.temperature)


def with_soft(rows: Rows, soft: SoftRows) -> Rows:
    """`rows`, whose last ones are those of `soft`, with what is said of these."""
    labelled = len(rows) - len(soft.rows)
    nothing = torch.zeros(labelled, soft.targets.shape[1])
    return replace(rows, soft=torch.cat([nothing, soft.targets]), temperature=soft.temperature)
