"""Runs with answers, for the tests of the commands that reckon with them: real files, no model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from peft_desktop.core.project import open_project
from peft_desktop.core.runs import load_recipe
from peft_desktop.data.store import load_table, rows_by_id
from peft_desktop.evaluation.intervals import intervals_for
from peft_desktop.evaluation.metrics import judge
from peft_desktop.evaluation.report import write_metrics
from peft_desktop.evaluation.scored import signed


def answer(folder: Path, seed: int = 0, good: float = 1.5, splits: tuple[str, ...] = ()) -> None:
    """Give the run of `folder` answers that are right the more often the larger `good` is."""
    recipe, random = load_recipe(folder), np.random.default_rng(seed)
    (folder / "model").mkdir(exist_ok=True)
    (folder / "model" / "model.json").write_text(json.dumps({"temperature": 1.5}))
    project = folder.parent.parent
    labels, parts = recipe.labels, []
    table = load_table(project, open_project(project).file.data_sha256)
    for split in splits or ("valid", "test"):
        ids = recipe.data.rows[split]
        column = recipe.data.label or ""
        gold = [labels.index(row[column]) for row in rows_by_id(table, ids, [column])]
        logits = random.normal(size=(len(ids), len(labels)))
        logits[np.arange(len(ids)), gold] += good
        chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        judgement = judge(labels, gold, chances)
        write_metrics(folder, split, judgement, {}, intervals_for(judgement))
        parts.append(
            pa.table(
                {
                    "split": [split] * len(ids),
                    "_row_id": ids,
                    "label": [labels[i] for i in gold],
                    "predicted_label": [labels[i] for i in chances.argmax(axis=1)],
                    **{f"probability_{n}": chances[:, i] for i, n in enumerate(labels)},
                }
            )
        )
    pq.write_table(signed(pa.concat_tables(parts), folder), folder / "predictions.parquet")
