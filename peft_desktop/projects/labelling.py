"""Which rows are most worth a label: where a model hesitates, and no two that are alike.

Uncertainty is the entropy of a run's probabilities; of the least certain rows those are taken one
by one that are least like the ones taken before (greedy k-centre, Sener and Savarese 2018, on
hashed stretches of three characters).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from ..core.project import ProjectFile

POOL = 1000  # rows that a run is asked about
_DIMENSIONS = 512
_SHARE = 4  # so many times as many uncertain rows as are wanted stand for choice
_LONGEST = 2000  # characters of a text that are compared


def unlabelled(table: Any, file: ProjectFile) -> list[int]:
    """Ids of the rows with a text and without a label, save those that are left out."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if file.roles.label is None or not file.roles.text:
        return []
    blank = pc.equal(pc.utf8_trim_whitespace(table[file.roles.label]), "")
    filled = pc.not_equal(pc.utf8_trim_whitespace(table[file.roles.text]), "")
    wanted = pc.and_(blank, filled)
    gone = [row for ids in file.excluded.values() for row in ids]
    if gone:
        out = pc.is_in(table["_row_id"], value_set=pa.array(gone, pa.int64()))
        wanted = pc.and_(wanted, pc.invert(out))
    ids: np.ndarray = table["_row_id"].to_numpy()[np.flatnonzero(wanted.to_numpy())]
    return [int(row) for row in ids]


def uncertainty(answers: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """0 (sure) to 1 (as unsure as can be) for each answer: the entropy of the probabilities of its
    labels, or what its one probability leaves open."""
    import numpy as np

    found = []
    for answer in answers:
        chances = np.array(
            [float(value) for name, value in answer.items() if name.startswith("probability_")]
        )
        if len(chances) > 1 and chances.sum() > 0:
            shares = np.clip(chances / chances.sum(), 1e-12, 1.0)
            found.append(float(-(shares * np.log(shares)).sum() / np.log(len(shares))))
        else:
            found.append(1.0 - float(answer.get("probability") or 0.0))
    return np.array(found)


def most_useful(texts: Sequence[str], unsure: np.ndarray) -> list[int]:
    """All places, the most useful to label first."""
    import numpy as np

    count = len(texts)
    order = np.argsort(-unsure, kind="stable")
    if count < 3:
        return [int(place) for place in order]
    taken: list[int] = []
    features = _features(texts)
    wanted = max(10, count // _SHARE)
    front = order[: min(count, wanted * _SHARE)]
    nearest = np.full(len(front), 1.0)
    left = np.ones(len(front), dtype=bool)
    while len(taken) < min(wanted, len(front)):
        # how unsure, and how unlike what was taken; both run from 0 to 1
        worth = np.where(left, unsure[front] * nearest, -1.0)
        best = int(worth.argmax())
        left[best] = False
        taken.append(int(front[best]))
        alike = features[front] @ features[front[best]]
        nearest = np.minimum(nearest, 1.0 - alike)
    chosen = set(taken)
    return [*taken, *(int(place) for place in order if int(place) not in chosen)]


def _features(texts: Sequence[str]) -> np.ndarray:
    """Counts of stretches of three characters, hashed, square-rooted, of length 1."""
    import numpy as np

    found = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
    for row, text in enumerate(texts):
        points = np.frombuffer(
            text[:_LONGEST].lower().encode("utf-32-le", "replace"), np.uint32
        ).astype(np.uint64)
        if len(points) >= 3:
            mixed = (points[:-2] * np.uint64(31) + points[1:-1]) * np.uint64(31) + points[2:]
            places = (mixed * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(55)
            found[row] = np.bincount(places.astype(np.int64), minlength=_DIMENSIONS)
    found = np.sqrt(found)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    normed: np.ndarray = found / np.maximum(length, 1e-9)
    return normed
