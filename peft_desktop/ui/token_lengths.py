"""How long the inputs are in the chosen model's tokens, and which share of them would be cut."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.project import ProjectFile
from .errands import Ask

MOST = 20_000  # rows whose tokens are counted


def tokens_of(
    folder: Path, file: ProjectFile, library: Any, table: Any, ask: Ask
) -> dict[str, Any]:
    """A histogram (see `data.quality.lengths`) with `model`, `rows`, `limit` and `cut`; `error`
    where the tokens cannot be counted; empty without a model."""
    from ..data.quality.lengths import histogram, spread
    from ..families.input_lengths import input_lengths
    from .preview_sources import Sources, longest_input, plan_of

    if not file.model or library is None:
        return {}
    try:
        card, tokens = Sources(library).model(file.model)
        plan, error = plan_of(file, card, tokens)
    except UserError as refused:
        return {"model": file.model, "error": refused}
    if plan is None:
        return {"model": file.model, "error": error}
    import numpy as np

    limit = longest_input(file, card)
    rows = table.take(spread(table.num_rows, MOST)).to_pylist()
    work = input_lengths(plan, rows, limit)
    while True:
        if not ask.wanted:
            work.close()
            return {}
        try:
            ask.tell(next(work))
        except StopIteration as end:
            found = end.value
            break
        time.sleep(0.0005)  # the window comes first
    return {
        "model": file.model,
        "rows": len(rows),
        "limit": limit,
        "cut": len(found.cut),
        **histogram(np.asarray(found.lengths, dtype=np.int64)),
    }
