"""Using a trained model: one text with its probabilities, or a file in and a file out."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any

import numpy as np

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import PredictRequest
from ..core.words import QT_TRANSLATE_NOOP
from .batches import rows_of
from .rows import encoded_rows
from .scoring import scores_of
from .trained import Ready

PREDICTED = "predicted_label"


def predict(ready: Ready, request: PredictRequest) -> Generator[Event, None, None]:
    """Label rows; the result holds them, or, for a file, the counts and where they were written."""
    yield ev.Started("predict", facts={"run": ready.recipe.name})
    if request.source is None:
        found = yield from _probabilities(ready, request.rows)
        rows = [answer(ready.recipe.labels, row) for row in found]
        yield ev.Finished({"labels": ready.recipe.labels, "rows": rows})
        return
    yield from _file(ready, request)


def answer(labels: Sequence[str], probabilities: np.ndarray) -> dict[str, Any]:
    """The answer's columns for one row: label, its probability, then each label's."""
    best = int(probabilities.argmax())
    named = {
        f"probability_{label}": float(p) for label, p in zip(labels, probabilities, strict=True)
    }
    return {PREDICTED: labels[best], "probability": float(probabilities[best]), **named}


def _probabilities(
    ready: Ready, rows: Sequence[Mapping[str, str]]
) -> Generator[Event, None, np.ndarray]:
    encoded = yield from encoded_rows(ready.model.plan, rows)
    prepared = rows_of(encoded, [0] * len(encoded))
    scores = yield from scores_of(
        ready.model, prepared, ready.device, ready.file.precision, quiet=True
    )
    return ready.probabilities(scores)


def _file(ready: Ready, request: PredictRequest) -> Generator[Event, None, None]:
    """Chunk by chunk, so that a file of any length needs the memory of one chunk."""
    import pyarrow as pa

    from ..data.readers import ReadSettings, read_chunks
    from ..data.writers import open_writer

    assert request.source is not None
    if request.target is None:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no file to write the predictions to."),
            QT_TRANSLATE_NOOP("engine", "Give one with --out."),
        )
    labels = ready.recipe.labels
    how = request.read_as
    chunks = read_chunks(request.source, ReadSettings(how.encoding, how.delimiter, how.sheet))
    counts = dict.fromkeys(labels, 0)
    done = 0
    writer: Any = None
    context: Any = None
    try:
        for chunk in chunks:
            columns = list(chunk.column_names)
            if context is None:
                _check_columns(ready, columns, request)
                added = [PREDICTED, "probability", *(f"probability_{label}" for label in labels)]
                taken = [name for name in added if name in columns]
                if taken:
                    raise UserError(
                        QT_TRANSLATE_NOOP("engine", 'The file has a column "{name}" already.'),
                        QT_TRANSLATE_NOOP("engine", "Rename or remove it; nothing was written."),
                        file=request.source,
                        field=taken[0],
                        name=taken[0],
                    )
                context = open_writer(request.target, [*columns, *added])
                writer = context.__enter__()
            rows = chunk.to_pylist()
            found = yield from _probabilities(ready, rows)
            answers = [answer(labels, row) for row in found]
            for row in answers:
                counts[row[PREDICTED]] += 1
            table = {name: chunk.column(name) for name in columns}
            table |= {name: pa.array([a[name] for a in answers]) for name in (answers or [{}])[0]}
            writer.write(pa.table(table))
            done += len(rows)
            yield ev.Progressed(done, 0)
    except BaseException as error:
        if context is not None:
            context.__exit__(type(error), error, error.__traceback__)
        raise
    if context is None:
        raise UserError(QT_TRANSLATE_NOOP("engine", "The file has no rows."), file=request.source)
    context.__exit__(None, None, None)
    yield ev.Finished({"rows": done, "counts": counts, "target": str(request.target)})


def _check_columns(ready: Ready, columns: list[str], request: PredictRequest) -> None:
    from ..prompts.template import Template

    recipe = ready.recipe
    template = Template.parse(
        recipe.prompt.template, ready.file.columns, recipe.prompt.parameters, recipe.data.text
    )
    missing = [name for name in template.columns if name not in columns]
    if missing:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The prompt needs the column "{name}".'),
            QT_TRANSLATE_NOOP("engine", "The file has: {known}."),
            file=request.source,
            field=missing[0],
            name=missing[0],
            known=", ".join(columns),
        )
