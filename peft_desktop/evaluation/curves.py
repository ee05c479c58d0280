"""The curves of judged rows as numbers: ROC, precision-recall, calibration, scores, coverage.

Where scikit-learn has a curve it is scikit-learn's. Lines are thinned to a few hundred points,
more than a screen shows; the table beside a plot holds the very same points.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .calibration import expected_calibration_error, scaled
from .scored import Scored

ROC, PRECISION, CALIBRATION, SCORES, COVERAGE = KINDS = (
    "roc",
    "precision_recall",
    "calibration",
    "scores",
    "coverage",
)
OF_ONE_LABEL = (ROC, PRECISION)  # kinds that look at one label against the rest
MOST_LINES = 6
_POINTS = 300
_BINS, _SCORE_BINS = 10, 20
_TINY = 1e-12
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One curve: what it is called (user data or a sentence), and its points."""

    name: str | Sentence
    x: Numbers
    y: Numbers
    weight: npt.NDArray[np.int64] | None = None  # rows behind each point, where that is known


@dataclass(frozen=True)
class Drawing:
    """What one plot shows; `axes` name x and y. Without lines `note` says why there are none."""

    kind: str
    lines: Sequence[Line]
    axes: tuple[str, str]
    diagonal: bool = False
    note: Sentence | None = None


def drawing(
    kind: str, scored: Scored, place: int | None = None, temperature: float = 1.0
) -> Drawing:
    """The curve `kind` of one label (its `place`), or of all: those with most rows.

    `temperature`: the one that the probabilities have been divided by; calibration also shows how
    it was without. Raises ValueError for a kind that there is not.
    """
    match kind:
        case "roc":
            return _of_labels(kind, scored, place, _roc, _ROC_AXES, diagonal=True)
        case "precision_recall":
            return _of_labels(kind, scored, place, _precision, _PRECISION_AXES)
        case "calibration":
            return _calibration(scored, temperature)
        case "scores":
            return _scores(scored, place)
        case "coverage":
            return _coverage(scored)
    raise ValueError(kind)


def temperature_of(run_folder: Path) -> float:
    """The temperature that a run's probabilities are divided by; 1 where nothing is known."""
    try:
        held = json.loads((run_folder / "model" / "model.json").read_bytes())
        return float(held.get("temperature") or 1.0)
    except (OSError, ValueError, AttributeError, TypeError):
        return 1.0


def _of_labels(
    kind: str,
    scored: Scored,
    place: int | None,
    curve: object,
    axes: tuple[str, str],
    diagonal: bool = False,
) -> Drawing:
    counts = np.bincount(scored.gold, minlength=len(scored.labels))
    usable = np.flatnonzero((counts > 0) & (counts < len(scored)))
    if place is None:
        wanted = sorted(usable[np.argsort(-counts[usable], kind="stable")][:MOST_LINES])
    else:
        wanted = [place] if place in usable else []
    if not len(wanted):
        named = _ALL_ALIKE if place is None else _NO_ROWS
        values = {} if place is None else {"label": scored.labels[place]}
        return Drawing(kind, (), axes, diagonal, Sentence(named, values))
    assert callable(curve)
    lines = [
        Line(scored.labels[one], *_thinned(*curve(scored.gold == one, scored.chances[:, one])))
        for one in wanted
    ]
    return Drawing(kind, lines, axes, diagonal)


def _roc(own: npt.NDArray[np.bool_], scores: Numbers) -> tuple[Numbers, Numbers]:
    from sklearn.metrics import roc_curve

    false, true, _ = roc_curve(own, scores)
    return false, true


def _precision(own: npt.NDArray[np.bool_], scores: Numbers) -> tuple[Numbers, Numbers]:
    from sklearn.metrics import precision_recall_curve

    precision, recall, _ = precision_recall_curve(own, scores, drop_intermediate=True)
    return recall[::-1], precision[::-1]


def _calibration(scored: Scored, temperature: float) -> Drawing:
    """How often the answer is right, beside how sure it was said to be; in bins of equal size."""
    error = expected_calibration_error(scored.chances, scored.gold)
    named = (
        Sentence(_AS_SAID) if error is None else Sentence(_AS_SAID_ERROR, {"error": f"{error:.3f}"})
    )
    lines = [_reliability(named, scored.sure, scored.right)]
    if abs(temperature - 1.0) > 1e-6:
        logs = np.log(np.maximum(scored.chances, _TINY)) * temperature
        before = np.exp(scaled(logs, 1.0))
        was = expected_calibration_error(before, scored.gold)
        said = {"error": "–" if was is None else f"{was:.3f}", "temperature": f"{temperature:.2f}"}
        sure = before[np.arange(len(scored)), scored.answers]
        lines.append(_reliability(Sentence(_BEFORE, said), sure, scored.right))
    return Drawing(CALIBRATION, lines, _CALIBRATION_AXES, diagonal=True)


def _reliability(name: Sentence, sure: Numbers, right: npt.NDArray[np.bool_]) -> Line:
    edges = np.linspace(0.0, 1.0, _BINS + 1)[1:-1]
    place = np.searchsorted(edges, sure, side="left")
    rows = np.bincount(place, minlength=_BINS)
    there = rows > 0
    x = np.bincount(place, sure, minlength=_BINS)[there] / rows[there]
    y = np.bincount(place, right, minlength=_BINS)[there] / rows[there]
    return Line(name, x, y, rows[there])


def _scores(scored: Scored, place: int | None) -> Drawing:
    """How the scores are spread: right and wrong answers, or one label's rows and the others."""
    if place is None:
        groups = [
            (Sentence(_RIGHT), scored.sure[scored.right]),
            (Sentence(_WRONG), scored.sure[~scored.right]),
        ]
    else:
        own, chance = scored.gold == place, scored.chances[:, place]
        values = {"label": scored.labels[place]}
        groups = [(Sentence(_OWN, values), chance[own]), (Sentence(_OTHERS, values), chance[~own])]
    edges = np.linspace(0.0, 1.0, _SCORE_BINS + 1)
    lines = []
    for name, values_of in groups:
        rows = np.histogram(values_of, edges)[0]
        share = rows / max(1, rows.sum())
        lines.append(Line(name, (edges[1:] + edges[:-1]) / 2, share, rows))
    return Drawing(SCORES, lines, _SCORE_AXES)


def _coverage(scored: Scored) -> Drawing:
    """How many of the surest rows are right, the more of them are answered."""
    order = np.argsort(-scored.sure, kind="stable")
    right = np.cumsum(scored.right[order])
    rows = np.arange(1, len(scored) + 1)
    sure = scored.sure[order]
    last = np.append(np.diff(sure) < 0, True)  # rows that are equally sure go together
    x, y = (rows / len(scored))[last], (right / rows)[last]
    return Drawing(COVERAGE, [Line(Sentence(_SUREST), *_thinned(x, y))], _COVERAGE_AXES)


def _thinned(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    if len(x) <= _POINTS:
        return x, y
    kept = np.unique(np.linspace(0, len(x) - 1, _POINTS).round().astype(int))
    return x[kept], y[kept]


_ROC_AXES = (
    QT_TRANSLATE_NOOP("engine", "Others taken for it (false positive rate)"),
    QT_TRANSLATE_NOOP("engine", "Found of its rows (recall)"),
)
_PRECISION_AXES = (
    QT_TRANSLATE_NOOP("engine", "Found of its rows (recall)"),
    QT_TRANSLATE_NOOP("engine", "Right when it is said (precision)"),
)
_CALIBRATION_AXES = (
    QT_TRANSLATE_NOOP("engine", "Probability of the answer"),
    QT_TRANSLATE_NOOP("engine", "How often it is right"),
)
_SCORE_AXES = (
    QT_TRANSLATE_NOOP("engine", "Probability"),
    QT_TRANSLATE_NOOP("engine", "Share of rows"),
)
_COVERAGE_AXES = (
    QT_TRANSLATE_NOOP("engine", "Share of rows answered, the surest first"),
    QT_TRANSLATE_NOOP("engine", "Right of those"),
)
_AS_SAID = QT_TRANSLATE_NOOP("engine", "as the model says it")
_AS_SAID_ERROR = QT_TRANSLATE_NOOP("engine", "as the model says it (error {error})")
_BEFORE = QT_TRANSLATE_NOOP(
    "engine",
    "before the temperature {temperature} that was fitted on validation rows (error {error})",
)
_RIGHT = QT_TRANSLATE_NOOP("engine", "right answers")
_WRONG = QT_TRANSLATE_NOOP("engine", "wrong answers")
_OWN = QT_TRANSLATE_NOOP("engine", "rows of “{label}”")
_OTHERS = QT_TRANSLATE_NOOP("engine", "rows of other labels")
_SUREST = QT_TRANSLATE_NOOP("engine", "the surest rows")
_ALL_ALIKE = QT_TRANSLATE_NOOP("engine", "All rows have the same label, so there is no curve.")
_NO_ROWS = QT_TRANSLATE_NOOP(
    "engine", "No row here has the label “{label}” (or all have it), so there is no curve."
)
