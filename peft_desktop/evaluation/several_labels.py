"""How good lists of labels are: per label, averaged, and the whole list at once.

The numbers are scikit-learn's on indicator matrices, with zero_division=0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from .intervals import Interval, wilson

Given = npt.NDArray[np.bool_]  # [rows, labels]: which labels a row has
_SURE = 1e-7  # probabilities are kept this far from 0 and 1, so that the log loss is finite


def indicator(labels: Sequence[str], rows: Iterable[Iterable[str]]) -> Given:
    """Which of the labels each row has [rows, labels]. Raises UserError for unknown labels."""
    place = {label: number for number, label in enumerate(labels)}
    lists = [list(row) for row in rows]
    unknown = Counter(name for row in lists for name in row if name not in place)
    if unknown:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "{count} rows have labels that the model does not know: {labels}."
            ),
            QT_TRANSLATE_NOOP("engine", "The model knows: {known}."),
            count=sum(any(name in unknown for name in row) for row in lists),
            labels=", ".join(name for name, _ in unknown.most_common(10)),
            known=", ".join(labels[:20]),
        )
    found = np.zeros((len(lists), len(labels)), dtype=bool)
    for number, row in enumerate(lists):
        found[number, [place[name] for name in row]] = True
    return found


def best_thresholds(
    gold: Given, probabilities: npt.NDArray[np.float64], fallback: float = 0.5
) -> npt.NDArray[np.float64]:
    """For each label the threshold of the best F1 on these rows [labels].

    A threshold lies half way between two probabilities that occur; of equally good ones the one
    nearest to a half is taken. A label that no row has, or every row, keeps `fallback`: the rows
    say nothing about it. (Tuning for F1: Lipton et al. 2014, arXiv:1402.1892.)
    """
    found = np.full(gold.shape[1], fallback)
    for label in range(gold.shape[1]):
        truth, chances = gold[:, label], probabilities[:, label]
        if not truth.any() or truth.all():
            continue
        order = np.argsort(-chances, kind="stable")
        ranked, hits = chances[order], np.cumsum(truth[order])
        f1 = 2 * hits / (np.arange(1, len(hits) + 1) + truth.sum())
        ends = np.append(ranked[:-1] > ranked[1:], True)  # equal probabilities are not parted
        below = np.append(ranked[1:], 0.0)
        middle = (ranked + below) / 2
        good = np.flatnonzero(ends & (f1 >= f1[ends].max() - 1e-12))
        found[label] = middle[good[np.abs(middle[good] - 0.5).argmin()]]
    return found


def metrics_of(
    gold: Given, answers: Given, probabilities: npt.NDArray[np.float64] | None = None
) -> dict[str, float]:
    """Exact match of the whole list, Hamming loss, averages; with probabilities the log loss.

    `hamming_loss` is the share of the yes-no decisions that are wrong; `log_loss` is the mean
    binary cross-entropy of all of them, in nats.
    """
    from sklearn.metrics import accuracy_score, hamming_loss, precision_recall_fscore_support

    if not len(gold):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There are no rows to evaluate."),
            QT_TRANSLATE_NOOP("engine", "Choose a split or a file that has labelled rows."),
        )
    truth, given, every = _matrices(gold, answers)
    found = {
        "exact_match": float(accuracy_score(truth, given)),
        "hamming_loss": float(hamming_loss(truth, given)),
    }
    for average in ("micro", "macro", "weighted"):
        precision, recall, f1, _ = precision_recall_fscore_support(
            truth, given, labels=every, average=average, zero_division=0
        )
        found |= {
            f"{average}_precision": float(precision),
            f"{average}_recall": float(recall),
            f"{average}_f1": float(f1),
        }
    if probabilities is not None:
        sure = np.clip(probabilities, _SURE, 1 - _SURE)
        found["log_loss"] = float(-np.log(np.where(gold, sure, 1 - sure)).mean())
    return found


def per_label(labels: Sequence[str], gold: Given, answers: Given) -> list[dict[str, Any]]:
    """Precision, recall and F1 of each label, its rows, and how often it was given."""
    from sklearn.metrics import precision_recall_fscore_support

    truth, given, every = _matrices(gold, answers)
    precision, recall, f1, support = precision_recall_fscore_support(
        truth, given, labels=every, average=None, zero_division=0
    )
    return [
        {
            "label": label,
            "precision": float(precision[i]),
            "recall": float(recall[i]),
            "f1": float(f1[i]),
            "support": int(support[i]),
            "predicted": int(answers[:, i].sum()),
        }
        for i, label in enumerate(labels)
    ]


def intervals_of(
    gold: Given, answers: Given, *, rounds: int = 1000, seed: int = 0, level: float = 0.95
) -> dict[str, Interval]:
    """Exact match by Wilson; micro and macro F1 and Hamming loss by a bootstrap over rows.

    Where no round differs from another nothing is said.
    """
    rows = len(gold)
    right = int((gold == answers).all(axis=1).sum())
    found = {"exact_match": wilson(right, rows, level)}
    draws = np.random.default_rng(seed).multinomial(rows, [1 / rows] * rows, size=rounds)
    hits, called, there = (
        draws @ part.astype(np.int64) for part in (gold & answers, answers, gold)
    )  # [rounds, labels] each
    wrong = draws @ (gold != answers).sum(axis=1)
    rounds_of = {
        "micro_f1": 2 * hits.sum(1) / np.maximum(called.sum(1) + there.sum(1), 1),
        "macro_f1": (2 * hits / np.maximum(called + there, 1)).mean(axis=1),
        "hamming_loss": wrong / (rows * gold.shape[1]),
    }
    tail = 100 * (1 - level) / 2
    for name, values in rounds_of.items():
        low, high = np.percentile(values, [tail, 100 - tail])
        if low < high:
            found[name] = Interval(float(low), float(high), level)
    return found


def baselines_of(train: Given, gold: Given) -> dict[str, dict[str, float]]:
    """What costs nothing: the commonest list of the training rows for every row, and the labels
    that more than half of them have ("majority")."""
    if not len(train):
        return {}
    often = np.tile(train.mean(axis=0) > 0.5, (len(gold), 1))
    lists = Counter(map(bytes, np.ascontiguousarray(train)))
    commonest = np.frombuffer(lists.most_common(1)[0][0], dtype=bool)
    every = np.ones_like(gold)
    return {
        "majority": metrics_of(gold, often),
        "commonest_list": metrics_of(gold, np.tile(commonest, (len(gold), 1))),
        "every_label": metrics_of(gold, every),
    }


def _matrices(gold: Given, answers: Given) -> tuple[npt.NDArray[Any], npt.NDArray[Any], list[int]]:
    """Gold, answers and the labels that count, as scikit-learn takes them: a single label is the
    class 1 of a yes-no question, whose other class is no label."""
    truth, given = gold.astype(np.int8), answers.astype(np.int8)
    if truth.shape[1] == 1:
        return truth[:, 0], given[:, 0], [1]
    return truth, given, list(range(truth.shape[1]))
