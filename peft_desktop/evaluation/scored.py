"""The answers to judged rows as numbers, read from a run's `predictions.parquet`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from .metrics import gold_indexes

if TYPE_CHECKING:
    import pyarrow as pa

PREDICTIONS = "predictions.parquet"
MADE_WITH = b"peft_desktop.made_with"  # in the file's metadata: what the answers were made with
_AGAIN = QT_TRANSLATE_NOOP("engine", "Judge the run on this split again.")


@dataclass(frozen=True)
class Scored:
    """Rows of one split: `gold` and `answers` [N] are places in `labels`, `chances` [N, C] the
    probabilities, `ids` [N] the rows of the project's table."""

    labels: tuple[str, ...]
    gold: npt.NDArray[np.int64]
    answers: npt.NDArray[np.int64]
    chances: npt.NDArray[np.float64]
    ids: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.gold)

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Which rows were answered right, [N]."""
        return np.asarray(self.gold == self.answers)

    @property
    def sure(self) -> npt.NDArray[np.float64]:
        """The probability of each row's answer, [N]."""
        return np.asarray(self.chances[np.arange(len(self)), self.answers])

    def at(self, places: npt.ArrayLike) -> Scored:
        """Some of the rows, in the order of `places` (or those that a mask picks)."""
        some = np.asarray(places)
        return Scored(
            self.labels,
            self.gold[some],
            self.answers[some],
            self.chances[some],
            self.ids[some],
        )


def read_scored(run_folder: Path, labels: list[str], split: str) -> Scored:
    """The answers to `split`. Raises UserError: none are there, they hold scores that are no
    numbers, or they were made with other labels, another prompt or another model."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    source = run_folder / PREDICTIONS
    if not run_folder.is_dir():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The folder of the run "{name}" is gone.'),
            QT_TRANSLATE_NOOP("engine", "Restore it from a copy, or choose another run."),
            file=run_folder,
            name=run_folder.name,
        )
    if not source.is_file():
        raise _not_judged(source, split)
    try:
        table = pq.read_table(source)
        part = table.filter(pc.equal(table["split"], split))
    except (pa.ArrowException, KeyError, OSError) as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The answers of this run cannot be read."),
            _AGAIN,
            file=source,
        ) from error
    if not part.num_rows:
        raise _not_judged(source, split)
    _check_made_with(run_folder, table, source)
    return scored_from(part, labels, source)


def scored_from(part: pa.Table, labels: list[str], source: Path) -> Scored:
    """The same from a table of answers; UserError as `read_scored`."""
    wanted = [f"probability_{label}" for label in labels]
    there = [name for name in part.column_names if name.startswith("probability_")]
    if set(wanted) != set(there) or "label" not in part.column_names:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "These answers were made with other labels ({there}) than the model has ({known}).",
            ),
            _AGAIN,
            file=source,
            there=", ".join(name.removeprefix("probability_") for name in there[:20]) or "–",
            known=", ".join(labels[:20]),
        )
    chances = np.column_stack([_numbers(part[name]) for name in wanted])
    broken = int((~np.isfinite(chances)).any(axis=1).sum())
    if broken:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "Rows for which the model's answer is not a number: {rows} of {total}."
            ),
            QT_TRANSLATE_NOOP(
                "engine", "Its weights are damaged; train again with a lower learning rate."
            ),
            file=source,
            rows=broken,
            total=len(chances),
        )
    return Scored(
        tuple(labels),
        _places(labels, part["label"]),
        _places(labels, part["predicted_label"]),
        chances,
        _numbers(part["_row_id"]).astype(np.int64),
    )


def made_with(run_folder: Path) -> str:
    """A hash of what answers come from: prompt, words, base and the trained model's card."""
    held = []
    for name, kept in (("recipe.json", ("prompt", "labels", "model")), ("model/model.json", ())):
        path = run_folder / name
        record = json.loads(path.read_bytes()) if path.is_file() else {}
        held.append({key: record[key] for key in kept or record if key in record})  # not its name
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def signed(table: pa.Table, run_folder: Path) -> pa.Table:
    """The table with the hash of what it was made with in its metadata."""
    held = dict(table.schema.metadata or {})
    return table.replace_schema_metadata({**held, MADE_WITH: made_with(run_folder).encode()})


def _check_made_with(run_folder: Path, table: pa.Table, source: Path) -> None:
    known = (table.schema.metadata or {}).get(MADE_WITH)
    if known is not None and known.decode() != made_with(run_folder):
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "These answers were made before the run's prompt or model was changed; they say "
                "nothing of the model as it is now.",
            ),
            _AGAIN,
            file=source,
        )


def _places(labels: list[str], column: Any) -> npt.NDArray[np.int64]:
    """The labels' places; the slow way where one is not known, for it says which."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.index_in(column.cast(pa.string()), pa.array(labels, pa.string()))
    if found.null_count:
        return gold_indexes(labels, column.to_pylist())
    return np.asarray(found.to_numpy(), dtype=np.int64)


def _numbers(column: Any) -> npt.NDArray[np.float64]:
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _not_judged(source: Path, split: str) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", 'This run was not judged on the split "{split}" yet.'),
        QT_TRANSLATE_NOOP("engine", "Judge it first: evaluate --split {split}."),
        file=source,
        split=split,
    )
