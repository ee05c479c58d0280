"""What a run has answered, ready to be compared and parted; rows whose label looks wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..core.project import Project
    from ..core.runs import Run
    from ..evaluation.comparing import Judged


def judged_run(run: Run, split: str) -> Judged:
    """The run's answers to `split` and its metrics. Raises UserError as `read_scored`."""
    from ..evaluation.comparing import Judged
    from ..evaluation.report import read_metrics
    from ..evaluation.scored import read_scored

    scored = read_scored(run.folder, run.recipe.labels, split)
    try:
        metrics = read_metrics(run.folder).get(split, {}).get("metrics") or {}
    except ValueError:  # damaged; the answers themselves are there
        metrics = {}
    return Judged(run.name, scored, metrics, run.recipe.model_dump(mode="json"))


def values_beside(run: Run, column: str, ids: list[int]) -> list[str]:
    """What a column of the run's own table says of rows, or ranges of their length ("length").

    Raises UserError naming the columns where there is no such one.
    """
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP
    from ..data.store import load_table, rows_by_id
    from ..evaluation.slices import by_length

    data = run.recipe.data
    table = load_table(run.folder.parent.parent, data.sha256)
    of_length = column == "length" and column not in table.column_names
    name = data.text if of_length else column
    if name not in table.column_names:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The table has no column "{name}".'),
            QT_TRANSLATE_NOOP("engine", "It has: {known}; or write: length."),
            field=column,
            name=column,
            known=", ".join(c for c in table.column_names if not c.startswith("_")),
        )
    values = [row[name] for row in rows_by_id(table, ids, [name])] if ids else []
    return by_length(values) if of_length else values


def suspects_of(project: Project, splits: Sequence[str]) -> dict[str, Any]:
    """Rows of `splits` whose label is likely wrong: `rows` looked at, `suspects` with their texts.

    Raises UserError for other tasks than classification and rows that are too few.
    """
    import numpy as np

    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP
    from ..data.store import load_table, rows_by_id
    from ..evaluation.label_errors import out_of_fold, suspects
    from ..evaluation.metrics import gold_indexes

    file = project.file
    if file.task != "classification" or not file.roles.label:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "Wrong labels are looked for in classification only."),
            field="task",
        )
    ids = [row for split in splits for row in file.splits.get(split, ())]
    text, label = file.roles.text or "", file.roles.label
    rows = rows_by_id(load_table(project.folder, file.data_sha256), ids, [text, label])
    if not rows:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There are no rows to look at."),
            QT_TRANSLATE_NOOP("engine", "Choose a split that has labelled rows."),
        )
    texts = [row[text] for row in rows]
    gold = gold_indexes(file.labels, [row[label] for row in rows])
    chances = out_of_fold(texts, gold, len(file.labels))
    found = suspects(gold, chances, file.labels, np.asarray(ids))
    said = dict(zip(ids, texts, strict=True))
    return {"rows": len(rows), "suspects": [{**each, "text": said[each["row"]]} for each in found]}
