"""Several ways to train side by side: mean and spread over seeds, and whether a lead is luck.

The winner is picked by validation, the test rows only report. Every other row is compared with it
on the same test rows: the share of seeds that answered each row right is compared row by row, and
signs are flipped at random to see how often chance alone gives as large a difference (Fisher's
randomisation test for pairs; with one seed it is McNemar's exact test). It takes the test rows as
drawn independently and the seeds as given: it says nothing of other training rows. P-values are
raised for the number of comparisons after Holm (1979).
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

METRICS = ("accuracy", "macro_f1", "log_loss")
ROUNDS = 9999
_MOST_NUMBERS = 4_000_000  # random signs at a time

Right = Callable[[str], Mapping[int, bool] | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One finished run of a contender; `facts` as `projects.run_queue.Cell` has them."""

    seed: int
    run: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contender:
    """One row; `planned` is how many runs it is to have, `failures` say why some are missing."""

    key: str
    facts: Mapping[str, Any]
    outcomes: Sequence[Outcome]
    planned: int
    failures: Sequence[str] = field(default_factory=list)


def table(contenders: Sequence[Contender], right: Right) -> list[dict[str, Any]]:
    """Rows ready for JSON: contenders best first by validation, then the baselines.

    `right(run)` tells of each test row's id whether the run answered it right, or None. A
    contender without a finished run comes last and has no numbers.
    """
    rows = [_row(contender) for contender in contenders]
    rows.sort(key=_order)
    if rows and rows[0]["done"]:
        rows[0]["best"] = True
        _compare(rows, contenders, right)
    return rows + _baselines(contenders)


def _order(row: Mapping[str, Any]) -> tuple[float, ...]:
    valid = row.get("valid")
    if not valid:
        return (1.0,)
    loss = valid["log_loss"]["mean"] if "log_loss" in valid else 0.0
    return (0.0, -round(valid["accuracy"]["mean"], 9), loss, float(row["trained_parameters"]))


def _row(contender: Contender) -> dict[str, Any]:
    done = [outcome.facts for outcome in contender.outcomes]
    row: dict[str, Any] = {
        "kind": "trained",
        "row": contender.key,
        **contender.facts,
        "planned": contender.planned,
        "done": len(done),
        "failed": len(contender.failures),
        "failures": list(contender.failures),
        "seeds": [outcome.seed for outcome in contender.outcomes],
        "runs": [outcome.run for outcome in contender.outcomes],
        "best": False,
    }
    if not done:
        return row
    for split in ("valid", "test"):
        found = [facts[split]["metrics"] for facts in done if split in facts]
        if found:
            row[split] = {
                name: spread([metrics[name] for metrics in found])
                for name in METRICS
                if all(name in metrics for metrics in found)
            }
    for name, of in (
        ("trained_parameters", max),
        ("training_seconds", statistics.fmean),
        ("memory_bytes", max),
        ("size_bytes", max),
    ):
        row[name] = of([facts.get(name, 0) for facts in done])
    return row


def spread(values: Sequence[float]) -> dict[str, Any]:
    """Mean, sample standard deviation (None for one value), and the values themselves."""
    deviation = statistics.stdev(values) if len(values) > 1 else None
    return {"mean": statistics.fmean(values), "std": deviation, "each": list(values)}


def _compare(rows: list[dict[str, Any]], contenders: Sequence[Contender], right: Right) -> None:
    """Give every row but the best its difference to the best, with bounds and a p-value."""
    of_key = {contender.key: contender for contender in contenders}
    known: dict[str, dict[int, Mapping[int, bool]]] = {}
    for row in rows:
        outcomes = of_key[row["row"]].outcomes
        answers = {outcome.seed: right(outcome.run) for outcome in outcomes}
        known[row["row"]] = {seed: said for seed, said in answers.items() if said}
    best = known[rows[0]["row"]]
    compared = []
    for row in rows[1:]:
        found = paired(best, known[row["row"]])
        if found is not None:
            row["against_best"] = found
            compared.append(found)
    for found, p in zip(compared, holm([c["p_alone"] for c in compared]), strict=True):
        found["p_value"] = p


def paired(
    best: Mapping[int, Mapping[int, bool]], other: Mapping[int, Mapping[int, bool]]
) -> dict[str, Any] | None:
    """The other's accuracy less the best's, over the seeds and rows that both have.

    Each maps seed -> row id -> right. Gives `difference`, its 95 % `interval` (percentiles of a
    bootstrap over the rows), `p_alone`, and the numbers of rows and seeds; None without any.
    """
    import numpy as np

    seeds = sorted(best.keys() & other.keys())
    if not seeds:
        return None
    ids = sorted(set.intersection(*(set(of[s]) for s in seeds for of in (best, other))))
    if not ids:
        return None
    each = np.array(
        [sum(float(other[s][i]) - float(best[s][i]) for s in seeds) / len(seeds) for i in ids]
    )
    chance = np.random.default_rng(0)
    drawn = chance.multinomial(len(each), np.full(len(each), 1 / len(each)), size=2000)
    low, high = np.percentile(drawn @ each / len(each), [2.5, 97.5])
    return {
        "difference": float(each.mean()),
        "interval": {"low": float(low), "high": float(high), "level": 0.95},
        "p_alone": randomised(each),
        "rows": len(ids),
        "seeds": len(seeds),
    }


def randomised(differences: Any, rounds: int = ROUNDS) -> float:
    """Two-sided p-value of the mean of paired `differences` [N] under random signs.

    Differences of one size (a single seed) are counted exactly, as McNemar's test; others by
    `rounds` random draws, the observed one among them.
    """
    import numpy as np
    from scipy.stats import binomtest

    each = np.asarray(differences, dtype=np.float64)
    each = each[each != 0]
    if not each.size:
        return 1.0
    if np.allclose(np.abs(each), np.abs(each[0])):
        return float(binomtest(int((each > 0).sum()), each.size).pvalue)
    observed = abs(each.sum())
    chance = np.random.default_rng(0)
    extreme, left = 0, rounds
    while left:
        count = min(left, max(1, _MOST_NUMBERS // each.size))
        signs = chance.integers(0, 2, size=(count, each.size), dtype=np.int8) * 2 - 1
        extreme += int((np.abs(signs @ each) >= observed - 1e-9).sum())
        left -= count
    return (extreme + 1) / (rounds + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values raised for their number (Holm 1979), in the order given."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    raised = [1.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        raised[place] = highest
    return raised


def _baselines(contenders: Sequence[Contender]) -> list[dict[str, Any]]:
    """What costs no training: the majority once, the untrained prompt for each model and prompt."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for contender in contenders:
        for outcome in contender.outcomes:
            for split in ("valid", "test"):
                for name, metrics in outcome.facts.get(split, {}).get("baselines", {}).items():
                    of = dict(contender.facts)
                    key: tuple[str, ...] = (name, str(of["model"]), str(of["template"]))
                    if name == "majority":
                        key, of = (name,), {"model": "", "template": ""}
                    row = found.setdefault(
                        key, {"kind": "baseline", "row": name, **of, "method": "", "best": False}
                    )
                    row[split] = {n: spread([metrics[n]]) for n in METRICS if n in metrics}
    order = ("majority", "zero_shot", "zero_shot_calibrated")
    return sorted(found.values(), key=lambda r: order.index(r["row"]) if r["row"] in order else 9)
