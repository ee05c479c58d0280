"""How good a set of predictions is: accuracy, precision, recall, F1, per class and averaged."""

from __future__ import annotations

import numbers
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

import numpy as np
import numpy.typing as npt

from ..core.errors import UserError
from ..core.events import Warned
from ..core.words import QT_TRANSLATE_NOOP, Sentence

Labels = Sequence[Any] | npt.NDArray[Any]  # names, or places in the model's label list

# every metric that a judgement can hold, in the order in which it is shown
METRIC_TITLES: dict[str, str] = {
    "accuracy": QT_TRANSLATE_NOOP("engine", "Accuracy"),
    "exact_match": QT_TRANSLATE_NOOP("engine", "Exact match"),
    "balanced_accuracy": QT_TRANSLATE_NOOP("engine", "Balanced accuracy"),
    "macro_precision": QT_TRANSLATE_NOOP("engine", "Precision, macro"),
    "macro_recall": QT_TRANSLATE_NOOP("engine", "Recall, macro"),
    "macro_f1": QT_TRANSLATE_NOOP("engine", "F1, macro"),
    "micro_precision": QT_TRANSLATE_NOOP("engine", "Precision, micro"),
    "micro_recall": QT_TRANSLATE_NOOP("engine", "Recall, micro"),
    "micro_f1": QT_TRANSLATE_NOOP("engine", "F1, micro"),
    "weighted_precision": QT_TRANSLATE_NOOP("engine", "Precision, weighted"),
    "weighted_recall": QT_TRANSLATE_NOOP("engine", "Recall, weighted"),
    "weighted_f1": QT_TRANSLATE_NOOP("engine", "F1, weighted"),
    "hamming_loss": QT_TRANSLATE_NOOP("engine", "Wrong decisions"),
    "mcc": QT_TRANSLATE_NOOP("engine", "Matthews' correlation"),
    "kappa": QT_TRANSLATE_NOOP("engine", "Cohen's kappa"),
    "log_loss": QT_TRANSLATE_NOOP("engine", "Log loss"),
    "brier": QT_TRANSLATE_NOOP("engine", "Brier score"),
    "ece": QT_TRANSLATE_NOOP("engine", "Calibration error"),
    "roc_auc": QT_TRANSLATE_NOOP("engine", "Area under ROC, mean"),
    "pr_auc": QT_TRANSLATE_NOOP("engine", "Area under PR curve, mean"),
    "entity_f1": QT_TRANSLATE_NOOP("engine", "Entity F1"),
    "entity_precision": QT_TRANSLATE_NOOP("engine", "Entity precision"),
    "entity_recall": QT_TRANSLATE_NOOP("engine", "Entity recall"),
    "entity_macro_f1": QT_TRANSLATE_NOOP("engine", "Entity F1, mean over types"),
    "type_f1": QT_TRANSLATE_NOOP("engine", "F1, type right, place overlaps"),
    "boundary_f1": QT_TRANSLATE_NOOP("engine", "F1, place right, any type"),
    "partial_f1": QT_TRANSLATE_NOOP("engine", "F1, overlap counts half"),
    "row_accuracy": QT_TRANSLATE_NOOP("engine", "Texts without a mistake"),
    "word_accuracy": QT_TRANSLATE_NOOP("engine", "Words tagged right"),
    "token_f1": QT_TRANSLATE_NOOP("engine", "Token F1"),
    "answerable_exact_match": QT_TRANSLATE_NOOP("engine", "Exact match, answerable"),
    "answerable_token_f1": QT_TRANSLATE_NOOP("engine", "Token F1, answerable"),
    "no_answer_accuracy": QT_TRANSLATE_NOOP("engine", "Right where there is no answer"),
    "parsed": QT_TRANSLATE_NOOP("engine", "Records that parse"),
    "missing": QT_TRANSLATE_NOOP("engine", "Missing values"),
    "spurious": QT_TRANSLATE_NOOP("engine", "Spurious values"),
}
_SUM_TOLERANCE = 1e-3  # float32 softmax over thousands of classes stays well below


class ClassScore(TypedDict):
    """One class: `support` its rows in the split, `predicted` how often it was the answer."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int
    predicted: int


class Confusion(TypedDict):
    """`matrix[i][j]`: rows of class i that were called j; both in the order of `labels`."""

    labels: list[str]
    matrix: list[list[int]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What `judge` found. Metrics lie in 0..1, log loss in nats; there are no times among them."""

    rows: int
    metrics: dict[str, float]
    per_class: list[ClassScore]
    confusion: Confusion
    notes: tuple[Sentence, ...] = ()
    unknown: Mapping[str, Sentence] = field(default_factory=dict)  # metric -> why there is none

    @property
    def labels(self) -> list[str]:
        return self.confusion["labels"]

    @property
    def right(self) -> int:
        """How many rows were predicted right."""
        return sum(row[i] for i, row in enumerate(self.confusion["matrix"]))

    def warnings(self) -> list[Warned]:
        """The notes as events."""
        return [Warned(note.template, dict(note.values)) for note in self.notes]

    def to_dict(self) -> dict[str, Any]:
        """Plain lists, dicts, strings and finite numbers, ready for JSON."""
        return {
            "rows": self.rows,
            "metrics": dict(self.metrics),
            "per_class": [dict(score) for score in self.per_class],
            "confusion": {
                "labels": list(self.confusion["labels"]),
                "matrix": [list(row) for row in self.confusion["matrix"]],
            },
            "notes": [_record(note) for note in self.notes],
            **(
                {"unknown": {n: _record(s) for n, s in self.unknown.items()}}
                if self.unknown
                else {}
            ),
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Judgement:
        """The judgement that `to_dict` wrote; keys that stand beside it are passed over."""
        return cls(
            rows=record["rows"],
            metrics=dict(record["metrics"]),
            per_class=list(record["per_class"]),
            confusion=record["confusion"],
            notes=tuple(Sentence(n["template"], n["values"]) for n in record.get("notes", ())),
            unknown={
                name: Sentence(n["template"], n["values"])
                for name, n in (record.get("unknown") or {}).items()
            },
        )


def _record(sentence: Sentence) -> dict[str, Any]:
    return {"template": sentence.template, "values": dict(sentence.values)}


def gold_indexes(labels: Sequence[str], gold: Labels) -> npt.NDArray[np.int64]:
    """Places [rows] of the gold labels in `labels`; a string is a name, an integer a place.

    Raises UserError that counts the rows whose label is not in `labels`.
    """
    places, unknown = _places(labels, gold)
    if unknown:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "Rows whose label the model does not know: {rows} ({unknown})."
            ),
            QT_TRANSLATE_NOOP(
                "engine", "Correct these labels or train a model with them. It knows {known}."
            ),
            rows=sum(unknown.values()),
            unknown=_listed([f'"{name}": {n}' for name, n in unknown.most_common()]),
            known=_listed([f'"{name}"' for name in labels], 20),
        )
    return places


def judge(
    labels: Sequence[str],
    gold: Labels,
    probabilities: npt.ArrayLike | None = None,
    *,
    predicted: Labels | None = None,
) -> Judgement:
    """Compare the gold labels with `probabilities` [rows, classes], `predicted` [rows], or both.

    `labels` is the label list in the model's order; gold and predicted labels are names from it
    or places in it. Without `predicted` the most probable class is the answer (the first of
    equals). The numbers are scikit-learn's with zero_division=0: averages go over the classes
    that occur in gold or predicted labels, balanced accuracy over those in gold; `per_class` and
    `confusion` hold every label.

    Raises UserError for no rows, for labels that the model does not know and for probabilities
    that are no numbers; ValueError for shapes that do not fit and for probabilities that do not
    sum to one.
    """
    from sklearn.metrics import confusion_matrix, log_loss, precision_recall_fscore_support

    _check_labels(labels)
    if len(gold) == 0:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There are no rows to evaluate."),
            QT_TRANSLATE_NOOP("engine", "Choose a split or a file that has labelled rows."),
        )
    truth = gold_indexes(labels, gold)
    chances = None
    if probabilities is not None:
        chances = _checked_probabilities(probabilities, len(truth), len(labels))
    if predicted is not None:
        answers, unknown = _places(labels, predicted)
        if unknown or len(answers) != len(truth):
            raise ValueError(f"{len(answers)} predictions for {len(truth)} rows, unknown {unknown}")
    elif chances is not None:
        answers = chances.argmax(axis=1)
    else:
        raise ValueError("neither probabilities nor predicted labels")

    every = np.arange(len(labels))
    in_gold = np.unique(truth)
    matrix = confusion_matrix(truth, answers, labels=every)
    precision, recall, f1, support = precision_recall_fscore_support(
        truth, answers, labels=every, zero_division=0
    )
    called = matrix.sum(axis=0)
    metrics = {
        "accuracy": float(np.mean(truth == answers)),
        "balanced_accuracy": float(recall[in_gold].mean()),
    }
    for average in ("macro", "micro", "weighted"):
        p, r, f, _ = precision_recall_fscore_support(
            truth, answers, average=average, zero_division=0
        )
        metrics |= {
            f"{average}_precision": float(p),
            f"{average}_recall": float(r),
            f"{average}_f1": float(f),
        }
    if chances is not None:
        metrics["log_loss"] = float(log_loss(truth, chances, labels=every))
    return Judgement(
        rows=len(truth),
        metrics=metrics,
        per_class=[
            ClassScore(
                label=str(label),
                precision=float(precision[i]),
                recall=float(recall[i]),
                f1=float(f1[i]),
                support=int(support[i]),
                predicted=int(called[i]),
            )
            for i, label in enumerate(labels)
        ],
        confusion=Confusion(labels=[str(label) for label in labels], matrix=matrix.tolist()),
        notes=_notes(labels, support, called),
    )


def _notes(
    labels: Sequence[str], support: npt.NDArray[Any], called: npt.NDArray[Any]
) -> tuple[Sentence, ...]:
    silent = [f'"{x}"' for x, n, c in zip(labels, support, called, strict=True) if n and not c]
    absent = [f'"{x}"' for x, n in zip(labels, support, strict=True) if not n]
    notes = []
    if silent:
        notes.append(
            Sentence(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "Never predicted: {labels}. Their precision, recall and F1 count as 0.",
                ),
                {"labels": _listed(silent, 20)},
            )
        )
    if absent:
        notes.append(
            Sentence(
                QT_TRANSLATE_NOOP(
                    "engine", "No rows here: {labels}. How well they are found is not known."
                ),
                {"labels": _listed(absent, 20)},
            )
        )
    return tuple(notes)


def _places(
    labels: Sequence[str], values: Iterable[Any]
) -> tuple[npt.NDArray[np.int64], Counter[str]]:
    """Places in `labels`, -1 for unknown; and the unknown ones counted."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iu":
        wrong = (values < 0) | (values >= len(labels))
        outside = Counter(map(str, values[wrong].tolist()))
        return np.where(wrong, -1, values).astype(np.int64), outside
    place = {label: i for i, label in enumerate(labels)}
    found: list[int] = []
    unknown: Counter[str] = Counter()
    for value in values:
        if isinstance(value, numbers.Integral) and not isinstance(value, bool):
            at = int(value) if 0 <= int(value) < len(labels) else -1
        else:
            at = place.get(value, -1) if isinstance(value, str) else -1
        if at < 0:
            unknown["" if value is None else str(value)] += 1
        found.append(at)
    return np.asarray(found, dtype=np.int64), unknown


def _check_labels(labels: Sequence[str]) -> None:
    if len(labels) < 2 or len(set(labels)) < len(labels):
        raise ValueError(f"a label list of two or more different names is needed, not {labels}")


def _checked_probabilities(
    probabilities: npt.ArrayLike, rows: int, classes: int
) -> npt.NDArray[np.float64]:
    chances = np.asarray(probabilities, dtype=np.float64)
    if chances.shape != (rows, classes):
        raise ValueError(f"probabilities of shape {chances.shape}, not {(rows, classes)}")
    broken = int((~np.isfinite(chances)).any(axis=1).sum())
    if broken:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "Rows for which the model's answer is not a number: {rows} of {total}."
            ),
            QT_TRANSLATE_NOOP(
                "engine", "Its weights are damaged; train again with a lower learning rate."
            ),
            rows=broken,
            total=rows,
        )
    sums = chances.sum(axis=1, keepdims=True)
    if (chances < 0).any() or (np.abs(sums - 1) > _SUM_TOLERANCE).any():
        worst = int(np.abs(sums - 1).argmax())
        raise ValueError(f"no probabilities: row {worst} sums to {float(sums[worst, 0])}")
    normalised: npt.NDArray[np.float64] = chances / sums
    return normalised


def _listed(names: Sequence[str], most: int = 5) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f", ... (+{rest})" if rest > 0 else "")
