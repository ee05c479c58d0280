"""Runs beside each other on the rows that all of them answered: differences, and whether by chance.

The first run is what the others are compared with. Differences have 95 % intervals from a paired
bootstrap (the same draws of rows for both runs); whether two runs are right on different rows more
often than chance would have it is McNemar's exact test (1947), its p-values raised for the number
of runs after Holm.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from .further import judge_fully
from .scored import Scored
from .shoot_out_table import holm

ROUNDS = 1000
MOST_FLIPPED = 10_000
_COMPARED = ("accuracy", "macro_f1", "log_loss", "brier")
_OWN = ("name", "created_at", "schema_version")  # of a recipe; no setting
_OF_A_SEED = (*_OWN, "seed", "data.rows")  # what runs of one kind may differ in
Numbers = npt.NDArray[np.float64]
_FLOOR = np.finfo(np.float64).eps


@dataclass(frozen=True)
class Judged:
    """One run: its answers to the split, what `metrics.json` says, its recipe as plain data."""

    name: str
    scored: Scored
    metrics: Mapping[str, float]
    recipe: Mapping[str, Any]


def compare(runs: Sequence[Judged], rounds: int = ROUNDS) -> dict[str, Any]:
    """Everything that can be said of runs side by side, ready for JSON.

    `metrics`: one entry a metric, with each run's value and the difference to the first run;
    `pairs`: McNemar's test and the rows that flipped; `per_class`; `settings`: what differs;
    `groups`: runs that differ in seed or rows only, as mean and spread. Raises UserError for fewer
    than two runs, other labels, or no row in common.
    """
    if len(runs) < 2:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "Two runs or more are needed to compare."),
            QT_TRANSLATE_NOOP("engine", "Name the runs, or judge another one on this split."),
        )
    first = runs[0]
    for other in runs[1:]:
        if set(other.scored.labels) != set(first.scored.labels):
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine",
                    'The runs "{one}" and "{other}" know different labels; their figures cannot '
                    "be compared.",
                ),
                QT_TRANSLATE_NOOP("engine", "Leave one of them out."),
                one=first.name,
                other=other.name,
            )
    together = {
        "runs": [run.name for run in runs],
        "rows_of_each": {run.name: len(run.scored) for run in runs},
        "settings": settings_apart([(run.name, run.recipe) for run in runs]),
        "groups": grouped(runs),
    }
    same = _on_common_rows(runs, folds=bool(together["groups"]))
    if not same:  # folds of one cross-validation: nothing to pair, all the more to average
        return {**together, "rows": 0, "metrics": [], "pairs": [], "per_class": []}
    drawn = _Drawn(same, rounds)
    pairs = [_pair(same[0], other) for other in same[1:]]
    for pair, p in zip(pairs, holm([pair["p_alone"] for pair in pairs]), strict=True):
        pair["p_value"] = p
    return {
        **together,
        "rows": len(same[0].scored),
        "metrics": _metrics(same, drawn),
        "pairs": pairs,
        "per_class": _per_class(same),
    }


def _on_common_rows(runs: Sequence[Judged], folds: bool) -> list[Judged]:
    """The runs on the rows that all have; none where these are `folds` without a row in common."""
    ids = set(runs[0].scored.ids.tolist())
    for run in runs[1:]:
        ids &= set(run.scored.ids.tolist())
    if not ids and folds:
        return []
    if not ids:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "These runs were judged on different rows: none in common."
            ),
            QT_TRANSLATE_NOOP("engine", "Judge them on the same split, or on the same file."),
        )
    wanted = np.array(sorted(ids))
    found = []
    for run in runs:
        order = np.argsort(run.scored.ids, kind="stable")
        places = order[np.searchsorted(run.scored.ids[order], wanted)]
        found.append(
            Judged(run.name, _in_order(run.scored.at(places), runs[0]), run.metrics, run.recipe)
        )
    gold = found[0].scored.gold
    for run in found[1:]:
        if (run.scored.gold != gold).any():
            changed = int((run.scored.gold != gold).sum())
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine",
                    'Since "{one}" was judged, {count} rows got another label: "{other}" was '
                    "judged on these.",
                ),
                QT_TRANSLATE_NOOP("engine", "Judge both runs again."),
                one=found[0].name,
                other=run.name,
                count=changed,
            )
    return found


def _in_order(scored: Scored, first: Judged) -> Scored:
    """The same answers with the labels in the order of the first run's."""
    labels = first.scored.labels
    if scored.labels == labels:
        return scored
    new = np.array([labels.index(label) for label in scored.labels])
    chances = np.empty_like(scored.chances)
    chances[:, new] = scored.chances
    return Scored(labels, new[scored.gold], new[scored.answers], chances, scored.ids)


class _Drawn:
    """The figures of each run on the same draws of rows, [rounds] a run and metric."""

    def __init__(self, runs: Sequence[Judged], rounds: int) -> None:
        gold = runs[0].scored.gold
        rows, classes = len(gold), len(runs[0].scored.labels)
        chance = np.random.default_rng(0)
        per_row = [_per_row(run.scored) for run in runs]
        self.values: list[dict[str, list[float]]] = [{m: [] for m in _COMPARED} for _ in runs]
        for _ in range(rounds):
            weights = np.bincount(chance.integers(0, rows, rows), minlength=rows).astype(float)
            support: Numbers = np.bincount(gold, weights, classes).astype(np.float64)
            for run, values, kept in zip(runs, per_row, self.values, strict=True):
                for name, each in values.items():
                    kept[name].append(float(weights @ each / rows))
                kept["macro_f1"].append(_macro_f1(run.scored, weights, support))

    def interval(self, place: int, metric: str) -> tuple[float, float]:
        """Of the difference of the run at `place` to the first."""
        apart = np.subtract(self.values[place][metric], self.values[0][metric])
        low, high = np.percentile(apart, [2.5, 97.5])
        return float(low), float(high)


def _per_row(scored: Scored) -> dict[str, npt.NDArray[np.float64]]:
    own = scored.chances[np.arange(len(scored)), scored.gold]
    square = (scored.chances**2).sum(axis=1) - 2 * own + 1.0
    if len(scored.labels) == 2:
        square = square / 2
    return {
        "accuracy": scored.right.astype(np.float64),
        "log_loss": -np.log(np.clip(own, _FLOOR, 1.0)),
        "brier": square,
    }


def _macro_f1(
    scored: Scored, weights: npt.NDArray[np.float64], support: npt.NDArray[np.float64]
) -> float:
    classes = len(scored.labels)
    right = scored.right
    hits = np.bincount(scored.gold[right], weights[right], classes)
    both = support + np.bincount(scored.answers, weights, classes)
    seen = both > 0
    return float((2 * hits[seen] / both[seen]).mean())


def _metrics(runs: Sequence[Judged], drawn: _Drawn) -> list[dict[str, Any]]:
    """All on the common rows; those that are drawn anew have intervals."""
    even = np.ones(len(runs[0].scored))
    support = np.bincount(runs[0].scored.gold, minlength=len(runs[0].scored.labels)).astype(float)
    found = []
    for name in _COMPARED:
        points = []
        for run in runs:
            if name == "macro_f1":
                points.append(_macro_f1(run.scored, even, support))
            else:
                points.append(float(_per_row(run.scored)[name].mean()))
        entry: dict[str, Any] = {"metric": name, "values": _named(runs, points), "differences": {}}
        for place, run in enumerate(runs[1:], start=1):
            low, high = drawn.interval(place, name)
            entry["differences"][run.name] = {
                "difference": points[place] - points[0],
                "low": low,
                "high": high,
            }
        found.append(entry)
    every = [
        judge_fully(run.scored.labels, run.scored.gold, run.scored.chances).metrics for run in runs
    ]
    for name in every[0]:
        if name not in _COMPARED and all(name in metrics for metrics in every):
            points = [metrics[name] for metrics in every]
            apart = {
                run.name: {"difference": point - points[0], "low": None, "high": None}
                for run, point in zip(runs[1:], points[1:], strict=True)
            }
            found.append({"metric": name, "values": _named(runs, points), "differences": apart})
    return found


def _named(runs: Sequence[Judged], values: Sequence[float]) -> dict[str, float]:
    return {run.name: value for run, value in zip(runs, values, strict=True)}


def _pair(first: Judged, other: Judged) -> dict[str, Any]:
    from scipy.stats import binomtest

    one, two = first.scored, other.scored
    mended, broken = ~one.right & two.right, one.right & ~two.right
    changed = int(mended.sum() + broken.sum())
    p = float(binomtest(int(mended.sum()), changed).pvalue) if changed else 1.0
    return {
        "first": first.name,
        "other": other.name,
        "mended": int(mended.sum()),
        "broken": int(broken.sum()),
        "both_wrong": int((~one.right & ~two.right).sum()),
        "p_alone": p,
        "mended_rows": one.ids[mended][:MOST_FLIPPED].tolist(),
        "broken_rows": one.ids[broken][:MOST_FLIPPED].tolist(),
    }


def _per_class(runs: Sequence[Judged]) -> list[dict[str, Any]]:
    from sklearn.metrics import precision_recall_fscore_support

    every = np.arange(len(runs[0].scored.labels))
    scores = [
        precision_recall_fscore_support(
            run.scored.gold, run.scored.answers, labels=every, zero_division=0
        )
        for run in runs
    ]
    return [
        {
            "label": label,
            "rows": int(scores[0][3][place]),
            **{
                name: _named(runs, [float(score[kind][place]) for score in scores])
                for kind, name in enumerate(("precision", "recall", "f1"))
            },
        }
        for place, label in enumerate(runs[0].scored.labels)
    ]


def settings_apart(recipes: Sequence[tuple[str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """The settings in which recipes differ: `setting`, `values` by run."""
    flat = [(name, flattened(recipe)) for name, recipe in recipes]
    keys = dict.fromkeys(key for _, each in flat for key in each)
    found = []
    for key in keys:
        if key in _OWN:
            continue
        values = {name: _in_short(key, each.get(key)) for name, each in flat}
        if len({repr(each.get(key)) for _, each in flat}) > 1:
            found.append({"setting": key, "values": values})
    return found


def flattened(recipe: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Nested settings as `training.learning_rate`; lists stay whole, so do rows and words."""
    found: dict[str, Any] = {}
    for key, value in recipe.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping) and name not in ("data.rows", "prompt.words"):
            found |= flattened(value, f"{name}.")
        else:
            found[name] = value
    return found


def _in_short(key: str, value: Any) -> Any:
    if key == "data.rows" and isinstance(value, Mapping):
        return {split: len(ids) for split, ids in value.items()}
    if key.endswith("sha256"):
        return str(value or "")[:12]
    return value


def grouped(runs: Sequence[Judged]) -> list[dict[str, Any]]:
    """Runs that differ in their seed or their rows (folds) only: mean and spread of each metric."""
    kinds: dict[str, list[Judged]] = {}
    for run in runs:
        flat = {k: v for k, v in flattened(run.recipe).items() if k not in _OF_A_SEED}
        kinds.setdefault(repr(sorted(flat.items(), key=lambda item: item[0])), []).append(run)
    found = []
    for members in kinds.values():
        if len(members) < 2:
            continue
        names = [name for name in members[0].metrics if all(name in m.metrics for m in members)]
        found.append(
            {
                "runs": [member.name for member in members],
                "seeds": [member.recipe.get("seed") for member in members],
                "metrics": {
                    name: {
                        "mean": statistics.fmean(member.metrics[name] for member in members),
                        "std": statistics.stdev(member.metrics[name] for member in members),
                    }
                    for name in names
                },
            }
        )
    return found
