"""How long texts are, in characters or in a model's tokens, as a histogram."""

from __future__ import annotations

from typing import Any

BINS = 24


def histogram(lengths: Any) -> dict[str, Any]:
    """`edges` (one more than `counts`), `counts`, `median`, `longest`, `mean` of an int array.

    The last bin also holds all that is longer than the 99th percentile.
    """
    import numpy as np

    if not len(lengths):
        return {"edges": [], "counts": [], "median": 0, "longest": 0, "mean": 0.0}
    longest = int(lengths.max())
    # the longest few would squeeze all others into one bar
    width = max(1, -(-int(np.percentile(lengths, 99) + 1) // BINS))
    bins = min(BINS, longest // width + 1)
    found = np.bincount(np.minimum(lengths // width, bins - 1), minlength=bins)
    return {
        "edges": [width * n for n in range(bins + 1)],
        "counts": [int(n) for n in found],
        "median": int(np.median(lengths)),
        "longest": longest,
        "mean": float(np.mean(lengths)),
    }


def characters(column: Any) -> dict[str, Any]:
    """The histogram of a text column's lengths in characters."""
    import numpy as np
    import pyarrow.compute as pc

    return histogram(pc.utf8_length(column).to_numpy().astype(np.int64))


def spread(count: int, most: int) -> list[int]:
    """At most `most` places from 0 to count - 1, evenly spread, the same each time."""
    return list(range(count)) if count <= most else [n * count // most for n in range(most)]
