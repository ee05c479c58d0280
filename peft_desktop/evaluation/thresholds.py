"""Choosing thresholds and what goes to a person on validation rows, and telling what it brings.

Thresholds are looked for one label at a time, among the places where a row would change its
answer, until nothing gets better. What goes to a person is the cut at which asking costs less than
the mistakes it saves. Both are chosen on validation rows only; what they bring is shown on others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .deciding import Costs, Decisions, Numbers, Places
from .scored import Scored

GOALS = ("cost", "macro_f1")
ROWS_NEEDED = 50  # with fewer, thresholds fit the luck of the draw
MOST_LABELS = 50
_SWEEPS, _CANDIDATES = 4, 60
_WORTH = 1e-9


@dataclass(frozen=True, slots=True)
class Found:
    """The decisions, and why they were left as they are where they were."""

    decisions: Decisions
    note: Sentence | None = None


def choose(
    valid: Scored,
    costs: Costs | None = None,
    goal: str = "cost",
    person_below: float | None = None,
) -> Found:
    """Thresholds (and, where a person's cost is known, the cut) that do best on `valid`.

    `person_below` given is kept as it is.
    """
    if goal not in GOALS:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no goal "{goal}".'),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}."),
            goal=goal,
            known=", ".join(GOALS),
        )
    plain, costs = Decisions.plain(valid.labels), costs or Costs.alike(len(valid.labels))
    kept = replace(plain, costs=costs, person_below=person_below or 0.0)
    if len(valid) < ROWS_NEEDED or len(valid.labels) > MOST_LABELS:
        return Found(kept, _too_few(valid))
    weights = _best_weights(valid, costs, goal)
    thresholds = 1.0 / weights
    thresholds = thresholds / thresholds.sum()
    facts = {"goal": goal, "rows": len(valid), "split": "valid"}
    found = replace(kept, thresholds=tuple(map(float, thresholds)), facts=facts)
    if person_below is None and costs.person is not None:
        found = replace(found, person_below=_best_cut(valid, found, costs))
    return Found(found)


def outcome(scored: Scored, decisions: Decisions) -> dict[str, Any]:
    """What decisions bring on rows: mean cost, share answered, how the answered ones fare.

    A figure that cannot be known (nothing was answered) is None.
    """
    from sklearn.metrics import f1_score

    answers, unsure = decisions.decide(scored.chances)
    costs = decisions.costs or Costs.alike(len(scored.labels))
    each = costs.matrix[scored.gold, answers]
    if costs.person is not None:
        each = np.where(unsure, costs.person, each)
    priced = costs.person is not None or not unsure.any()
    right, kept = scored.gold == answers, ~unsure
    there = np.unique(scored.gold[kept])
    return {
        "rows": len(scored),
        "answered": int(kept.sum()),
        "coverage": float(kept.mean()),
        "accuracy_answered": float(right[kept].mean()) if kept.any() else None,
        "accuracy_all": float(right.mean()),
        "macro_f1_answered": float(
            f1_score(
                scored.gold[kept], answers[kept], labels=there, average="macro", zero_division=0
            )
        )
        if kept.any()
        else None,
        "mean_cost": float(each.mean()) if priced else None,
        "mistakes": int((~right & kept).sum()),
        "per_label": [
            {
                "label": label,
                "answered": int((kept & (answers == i)).sum()),
                "right": int((kept & (answers == i) & right).sum()),
                "rows": int((scored.gold == i).sum()),
                "threshold": decisions.thresholds[i],
            }
            for i, label in enumerate(scored.labels)
        ],
    }


def difference(scored: Scored, decisions: Decisions, rounds: int = 2000) -> dict[str, Any] | None:
    """The mean cost less that of always taking the most probable label, with a 95 % interval from
    a bootstrap over the rows; None where no price for a person makes it comparable."""
    costs = decisions.costs or Costs.alike(len(scored.labels))
    answers, unsure = decisions.decide(scored.chances)
    if unsure.any() and costs.person is None:
        return None
    each = costs.matrix[scored.gold, answers]
    if costs.person is not None:
        each = np.where(unsure, costs.person, each)
    each = each - costs.matrix[scored.gold, scored.chances.argmax(axis=1)]
    chance = np.random.default_rng(0)
    drawn = chance.multinomial(len(each), np.full(len(each), 1 / len(each)), size=rounds)
    low, high = np.percentile(drawn @ each / len(each), [2.5, 97.5])
    return {"difference": float(each.mean()), "low": float(low), "high": float(high)}


def _too_few(valid: Scored) -> Sentence:
    if len(valid.labels) > MOST_LABELS:
        return Sentence(
            QT_TRANSLATE_NOOP(
                "engine",
                "Thresholds are looked for among {most} labels at most; here are {labels}. All "
                "stay alike.",
            ),
            {"most": MOST_LABELS, "labels": len(valid.labels)},
        )
    return Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "Choosing thresholds takes {needed} validation rows, there are {rows}: they would fit "
            "the luck of these rows. All stay alike.",
        ),
        {"needed": ROWS_NEEDED, "rows": len(valid)},
    )


def _best_weights(valid: Scored, costs: Costs, goal: str) -> Numbers:
    """One over the thresholds, [C]: looked for one label at a time."""
    weights = np.ones(len(valid.labels))
    best = _worth(valid, valid.chances.argmax(axis=1), costs, goal)
    for _ in range(_SWEEPS):
        before = best
        for place in range(len(weights)):
            weights[place], best = _best_of_one(valid, weights, place, costs, goal, best)
        if best <= before + _WORTH:
            break
    return weights


def _best_of_one(
    valid: Scored, weights: Numbers, place: int, costs: Costs, goal: str, best: float
) -> tuple[float, float]:
    """The best weight of one label while the others stay, and what it is worth."""
    others = valid.chances * weights
    others[:, place] = -1.0
    runner_up = others.argmax(axis=1)
    rival = others[np.arange(len(valid)), runner_up]
    ratio = rival / np.maximum(valid.chances[:, place], 1e-12)  # above it the label wins
    edges = np.unique(np.log(np.clip(ratio, 1e-4, 1e4)))
    if len(edges) > _CANDIDATES:
        edges = np.quantile(edges, np.linspace(0, 1, _CANDIDATES))
    found = weights[place]
    for tried in np.exp((edges[1:] + edges[:-1]) / 2):
        worth = _worth(valid, np.where(ratio < tried, place, runner_up), costs, goal)
        if worth > best + _WORTH:
            found, best = float(tried), worth
    return float(found), best


def _worth(valid: Scored, answers: Places, costs: Costs, goal: str) -> float:
    """What is to be as high as can be: F1, or the cost below zero."""
    if goal == "cost":
        return -float(costs.matrix[valid.gold, answers].mean())
    classes = len(valid.labels)
    hits = np.bincount(valid.gold[valid.gold == answers], minlength=classes)
    both = np.bincount(valid.gold, minlength=classes) + np.bincount(answers, minlength=classes)
    seen = both > 0
    return float((2 * hits[seen] / both[seen]).mean())


def _best_cut(valid: Scored, decisions: Decisions, costs: Costs) -> float:
    """The probability below which asking a person costs least; 0: never ask."""
    assert costs.person is not None
    answers, _ = decisions.decide(valid.chances)
    sure = valid.chances[np.arange(len(valid)), answers]
    order = np.argsort(sure, kind="stable")
    saved = np.cumsum(costs.matrix[valid.gold, answers][order] - costs.person)
    # rows that are equally sure go together
    last = np.flatnonzero(np.append(np.diff(sure[order]) > 0, True))
    place = int(last[saved[last].argmax()])
    if saved[place] <= _WORTH:
        return 0.0
    if place + 1 == len(order):
        return 1.0
    return float((sure[order][place] + sure[order][place + 1]) / 2)
