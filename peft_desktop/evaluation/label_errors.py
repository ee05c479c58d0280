"""Rows whose label is likely wrong: confident learning (cleanlab) on out-of-fold probabilities.

Each row is judged by a model that did not learn from it: a logistic regression on the words and
pieces of words (TF-IDF), cross-validated, which takes seconds. Source: Northcutt et al. 2021,
"Confident Learning", doi:10.1613/jair.1.12125.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP

FOLDS = 5
FEWEST = 5  # rows of a label: fewer cannot be cross-validated
Numbers = npt.NDArray[np.float64]


def out_of_fold(texts: Sequence[str], gold: npt.NDArray[np.int64], classes: int) -> Numbers:
    """Probabilities [N, classes] of each row by a simple model that did not see it.

    Raises UserError where a label has fewer than five rows.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    counts = np.bincount(gold, minlength=classes)
    if (counts[counts > 0] < FEWEST).any() or (counts > 0).sum() < 2:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "Looking for wrong labels takes two labels or more with {fewest} rows each.",
            ),
            QT_TRANSLATE_NOOP("engine", "Add rows of the rare labels, or leave these labels out."),
            fewest=FEWEST,
        )
    # pieces of two to four characters do for Chinese too
    read = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True)
    if not any(text.strip() for text in texts):
        raise UserError(QT_TRANSLATE_NOOP("engine", "All texts are empty."))
    model = make_pipeline(read, LogisticRegression(C=10.0, max_iter=300, class_weight="balanced"))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    there = np.unique(gold)
    found = np.full((len(gold), classes), 1e-12)
    found[:, there] = cross_val_predict(model, list(texts), gold, cv=folds, method="predict_proba")
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def suspects(
    gold: npt.NDArray[np.int64],
    chances: Numbers,
    labels: Sequence[str],
    ids: npt.NDArray[np.int64],
) -> list[dict[str, Any]]:
    """Rows whose label is likely wrong, the likeliest first: `row` (id), `label`, `suggested`,
    `quality` (how well the label fits, 0 to 1)."""
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores

    there = np.unique(gold)
    if len(there) < 2:
        return []
    place = {int(label): number for number, label in enumerate(there)}
    own = np.array([place[int(label)] for label in gold])
    part = chances[:, there] / chances[:, there].sum(axis=1, keepdims=True)
    found = find_label_issues(
        own, part, return_indices_ranked_by="self_confidence", n_jobs=1, filter_by="both"
    )
    quality = get_label_quality_scores(own, part, method="self_confidence")
    return [
        {
            "row": int(ids[row]),
            "label": labels[int(gold[row])],
            "suggested": labels[int(there[part[row].argmax()])],
            "quality": float(quality[row]),
        }
        for row in found
    ]
