"""How a run fares on parts of its rows: by a column's values, by length, by label."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from .intervals import wilson
from .scored import Scored

FEWEST = 5  # rows of a slice; smaller ones are told together
MOST_SLICES = 50
_LENGTHS = 4  # parts with as many rows each


def slices(scored: Scored, values: Sequence[str | None]) -> list[dict[str, Any]]:
    """One entry a value, the worst first: `value`, `rows`, `right`, `accuracy` with its Wilson
    interval, `macro_f1`, and whether the accuracy differs from that of all other rows by more than
    luck (`p_value`, Fisher's exact test raised for the number of slices after Holm).

    `values` [N] stand beside the rows; None is told as "". Values with fewer than 5 rows, and those
    beyond the 50 commonest, are one slice: its `value` is None.
    """
    from scipy.stats import fisher_exact
    from sklearn.metrics import f1_score

    from .shoot_out_table import holm

    names = np.array(["" if value is None else str(value) for value in values], dtype=object)
    known, place, counts = np.unique(names, return_inverse=True, return_counts=True)
    kept = [k for k in np.argsort(-counts, kind="stable")[:MOST_SLICES] if counts[k] >= FEWEST]
    groups: list[tuple[str | None, Any]] = [(str(known[k]), place == k) for k in kept]
    rest = ~np.isin(place, kept)
    if rest.any():
        groups.append((None, rest))
    right = scored.right
    found: list[dict[str, Any]] = []
    for value, some in groups:
        rows, good = int(some.sum()), int(right[some].sum())
        others, fine = len(scored) - rows, int(right.sum()) - good
        bounds = wilson(good, rows)
        there = np.unique(scored.gold[some])
        table = [[good, rows - good], [fine, others - fine]]
        found.append(
            {
                "value": value,
                "rows": rows,
                "right": good,
                "accuracy": good / rows,
                "low": bounds.low,
                "high": bounds.high,
                "macro_f1": float(
                    f1_score(
                        scored.gold[some],
                        scored.answers[some],
                        labels=there,
                        average="macro",
                        zero_division=0,
                    )
                ),
                "p_alone": float(fisher_exact(table).pvalue) if others else 1.0,
            }
        )
    for entry, p in zip(found, holm([entry["p_alone"] for entry in found]), strict=True):
        entry["p_value"] = p
    return sorted(found, key=lambda entry: entry["accuracy"])


def by_length(texts: Sequence[str]) -> list[str]:
    """For each text the range of lengths in characters that it lies in, of four with about as many
    texts each; written so that they sort by length."""
    lengths = np.array([len(text) for text in texts])
    if not lengths.size:
        return []
    edges = np.unique(np.quantile(lengths, np.linspace(0, 1, _LENGTHS + 1)[1:-1]).astype(int))
    bounds = [int(lengths.min()), *map(int, edges), int(lengths.max())]
    wide = len(str(bounds[-1]))
    part = np.searchsorted(edges, lengths, side="left")
    ranges = []
    for low, high in pairwise(bounds):
        start = low if low == bounds[0] else low + 1
        ranges.append(f"{min(start, high):>{wide}}–{high:>{wide}}")
    return [ranges[min(place, len(ranges) - 1)] for place in part]
