"""Records drawn out of texts against gold records: field by field, and all together.

A field's values are compared as sets of answers (`answer_scores`): a value counts as right where a
gold value has the same words. F1 is entity-like: right values over those said and those wanted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .answer_scores import bootstrap, mean_of, token_f1, tokens_of

Values = Mapping[str, Sequence[str]]


def field_scores(said: Sequence[str], gold: Sequence[str]) -> dict[str, float]:
    """One field of one row: right, said and wanted values; whether all is right; token F1; a value
    where there is none (spurious), none where there is one (missing)."""
    spoken = {" ".join(tokens_of(value)) for value in said if tokens_of(value)}
    wanted = {" ".join(tokens_of(value)) for value in gold if tokens_of(value)}
    if spoken and wanted:
        pairs = [max(token_f1(a, b) for b in wanted) for a in spoken]
        backs = [max(token_f1(a, b) for a in spoken) for b in wanted]
        precision, recall = sum(pairs) / len(spoken), sum(backs) / len(wanted)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    else:
        f1 = float(spoken == wanted)
    return {
        "right": len(spoken & wanted),
        "said": len(spoken),
        "wanted": len(wanted),
        "exact": float(spoken == wanted),
        "token_f1": f1,
        "missing": float(bool(wanted) and not spoken),
        "spurious": float(bool(spoken) and not wanted),
    }


def judged_records(
    records: Sequence[Values], golds: Sequence[Values], fields: Sequence[str]
) -> tuple[dict[str, float], list[dict[str, Any]], dict[str, dict[str, float]]]:
    """Metrics over all, one entry a field, and intervals.

    `exact_match`: all fields of a row are right. `token_f1`: mean over the fields that the row has
    or was given. `micro_...`: all fields' values together; `macro_f1`: mean of the fields' F1.
    """
    known = list(dict.fromkeys([*fields, *(n for gold in golds for n in gold)]))
    each = {
        name: [
            field_scores(said.get(name, ()), gold.get(name, ()))
            for said, gold in zip(records, golds, strict=True)
        ]
        for name in known
    }
    per_field = [_field(name, each[name]) for name in known]
    right, said, wanted = (
        sum(row[part] for rows in each.values() for row in rows)
        for part in ("right", "said", "wanted")
    )
    whole = np.array([float(all(each[n][i]["exact"] for n in known)) for i in range(len(golds))])
    tokens = np.array([_row_f1([each[n][i] for n in known]) for i in range(len(golds))])
    named = [entry["f1"] for entry in per_field if entry["support"] or entry["predicted"]]
    metrics = {
        "exact_match": mean_of(whole),
        "token_f1": mean_of(tokens),
        "micro_precision": right / said if said else 0.0,
        "micro_recall": right / wanted if wanted else 0.0,
        "micro_f1": _f1(right, said, wanted),
        "macro_f1": float(np.mean(named)) if named else 0.0,
        "missing": sum(e["missing"] for e in per_field) / wanted if wanted else 0.0,
        "spurious": sum(e["spurious"] for e in per_field) / said if said else 0.0,
    }
    return metrics, per_field, bootstrap({"exact_match": whole, "token_f1": tokens})


def most_frequent(golds: Sequence[Values], fields: Sequence[str]) -> dict[str, list[str]]:
    """Each field's commonest value, or none where most rows have none: what needs no text."""
    found = {}
    for name in fields:
        counts: dict[tuple[str, ...], int] = {}
        for gold in golds:
            value = tuple(gold.get(name, ()))
            counts[value] = counts.get(value, 0) + 1
        if counts:
            found[name] = list(max(counts.items(), key=lambda pair: pair[1])[0])
    return {name: values for name, values in found.items() if values}


def _row_f1(rows: Sequence[Mapping[str, float]]) -> float:
    counted = [row["token_f1"] for row in rows if row["said"] or row["wanted"]]
    return sum(counted) / len(counted) if counted else 1.0


def _field(name: str, rows: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    right, said, wanted = (
        int(sum(row[part] for row in rows)) for part in ("right", "said", "wanted")
    )
    counted = [row["token_f1"] for row in rows if row["said"] or row["wanted"]]
    return {
        "label": name,
        "precision": right / said if said else 0.0,
        "recall": right / wanted if wanted else 0.0,
        "f1": _f1(right, said, wanted),
        "support": wanted,
        "predicted": said,
        "exact_match": sum(row["exact"] for row in rows) / len(rows) if rows else 0.0,
        "token_f1": sum(counted) / len(counted) if counted else 1.0,
        "missing": int(sum(row["missing"] for row in rows)),
        "spurious": int(sum(row["spurious"] for row in rows)),
    }


def _f1(right: float, said: float, wanted: float) -> float:
    return 2 * right / (said + wanted) if said + wanted else 0.0
