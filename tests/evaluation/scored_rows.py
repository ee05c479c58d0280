"""Rows whose truth is known, for the tests of what is reckoned from answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from peft_desktop.evaluation.scored import Scored, signed


def drawn(rows: int, classes: int = 3, seed: int = 0, sure: float = 1.5) -> Scored:
    """Answers that are calibrated: labels are drawn from the probabilities themselves."""
    random = np.random.default_rng(seed)
    logits = random.normal(scale=sure, size=(rows, classes))
    chances = np.exp(logits)
    chances /= chances.sum(axis=1, keepdims=True)
    gold = (random.random((rows, 1)) > chances.cumsum(axis=1)).sum(axis=1)
    labels = tuple("abcdefghijklmnopqrstuvwxyz"[:classes]) if classes < 27 else None
    labels = labels or tuple(f"label {i}" for i in range(classes))
    return Scored(labels, gold, chances.argmax(axis=1), chances, np.arange(rows))


def write_answers(folder: Path, split: str, scored: Scored, sign: bool = True) -> Path:
    """As `evaluate` leaves them."""
    table = pa.table(
        {
            "split": [split] * len(scored),
            "_row_id": scored.ids,
            "label": [scored.labels[i] for i in scored.gold],
            "predicted_label": [scored.labels[i] for i in scored.answers],
            **{f"probability_{n}": scored.chances[:, i] for i, n in enumerate(scored.labels)},
        }
    )
    path = folder / "predictions.parquet"
    pq.write_table(signed(table, folder) if sign else table, path)
    return path
