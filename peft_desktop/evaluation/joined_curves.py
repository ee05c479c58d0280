"""Curves of several runs over each other: one line a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .curves import OF_ONE_LABEL, SCORES, Drawing, Line, drawing
from .scored import Scored


def overlaid(
    kind: str, runs: Sequence[tuple[str, Scored]], place: int | None
) -> tuple[Drawing, tuple[str, ...]]:
    """The drawing, and the run's name of each line.

    Without a label the label with most rows stands for the kinds that look at one; of the scores
    the right answers' are shown.
    """
    if place is None and kind in OF_ONE_LABEL:
        first = runs[0][1]
        counts = np.bincount(first.gold, minlength=len(first.labels))
        place = int(counts.argmax())
    lines: list[Line] = []
    names: list[str] = []
    found: Drawing | None = None
    for name, scored in runs:
        found = drawing(kind, scored, place)
        wanted = found.lines[:2] if kind == SCORES else found.lines[:1]
        lines += wanted
        names += [name] * len(wanted)
    assert found is not None
    return replace(found, lines=lines), tuple(names)
