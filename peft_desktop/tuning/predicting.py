"""Using a trained model: one text with its probabilities, or a file in and a file out."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from typing import Any

import numpy as np

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import PredictRequest
from ..core.words import QT_TRANSLATE_NOOP
from ..evaluation.deciding import added_columns, applied
from .rows import under_known_names
from .trained import Ready

PREDICTED = "predicted_label"
REJECTED = QT_TRANSLATE_NOOP(
    "engine", "{count} rows could not be read and have no prediction; they are kept in {file}."
)


def predict(ready: Ready, request: PredictRequest) -> Generator[Event, None, None]:
    """Label rows; the result holds them, or, for a file, the counts and where they were written."""
    yield ev.Started("predict", facts={"run": ready.recipe.name})
    if request.source is None:
        rows = yield from _answers(ready, request.rows, request)
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


def _answers(
    ready: Ready, rows: Sequence[Mapping[str, str]], request: PredictRequest, quiet: bool = True
) -> Generator[Event, None, list[Any]]:
    craft = ready.craft
    more: dict[str, Any] = {}
    if craft.writes:
        more = {"stream": request.stream and quiet, "settings": request.settings}
    return applied(ready.decisions, (yield from craft.answers(ready, rows, quiet, **more)))


def _counted_on(
    work: Generator[Event, None, list[Any]], before: int
) -> Generator[Event, None, list[Any]]:
    """The same work; its progress counts the rows of the whole file, `before` of them done."""
    with closing(work):
        while True:
            try:
                event = next(work)
            except StopIteration as end:
                found: list[Any] = end.value
                return found
            if isinstance(event, ev.Progressed):
                event = ev.Progressed(before + event.done, 0)
            yield event


def _file(ready: Ready, request: PredictRequest) -> Generator[Event, None, None]:
    """Chunk by chunk, so that a file of any length needs the memory of one chunk."""
    import pyarrow as pa

    from ..data.readers import ReadSettings, read_chunks
    from ..data.writers import check_output, open_writer

    assert request.source is not None
    if request.target is None:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no file to write the predictions to."),
            QT_TRANSLATE_NOOP("engine", "Give one with --out."),
        )
    labels = ready.recipe.labels
    how = request.read_as
    check_output(request.target)
    settings = ReadSettings(how.encoding, how.delimiter, how.sheet, how.header)
    chunks = read_chunks(request.source, settings)
    _check_columns(ready, [*chunks.columns, *_renamed(chunks.columns, how.columns)], request)
    craft = ready.craft
    added = [*craft.columns(ready.recipe), *added_columns(ready.decisions)]
    taken = [name for name in added if name in chunks.columns]
    if taken:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The file has a column "{name}" already.'),
            QT_TRANSLATE_NOOP("engine", "Rename or remove it; nothing was written."),
            file=request.source,
            field=taken[0],
            name=taken[0],
        )
    counts = dict.fromkeys(labels, 0)
    done = 0
    yield ev.PhaseChanged("predicting")
    with open_writer(request.target, [*chunks.columns, *added]) as writer:
        for chunk in chunks:
            rows = under_known_names(chunk, how.columns).to_pylist()
            answers = yield from _counted_on(_answers(ready, rows, request, quiet=False), done)
            for row in answers:
                for name in craft.counted(ready.recipe, row):
                    counts[name] = counts.get(name, 0) + 1
            table = {name: chunk.column(name) for name in chunks.columns}
            table |= {name: pa.array([a[name] for a in answers]) for name in added}
            writer.write(pa.table(table))
            done += len(answers)
            yield ev.Progressed(done, 0)
    yield from (*chunks.warnings, *writer.warnings)
    result: dict[str, Any] = {"rows": done, "counts": counts, "target": str(request.target)}
    if chunks.rejected:
        kept = request.target.with_name(f"{request.target.stem}.rejected.csv")
        with open_writer(kept, ["line", "reason", "raw"]) as rejected:
            rejected.write(
                {
                    "line": [row.line for row in chunks.rejected],
                    "reason": [row.in_words() for row in chunks.rejected],
                    "raw": [row.raw for row in chunks.rejected],
                }
            )
        yield ev.Warned(REJECTED, {"count": len(chunks.rejected), "file": str(kept)})
        result |= {"rejected": len(chunks.rejected), "rejected_file": str(kept)}
    yield ev.Finished(result)


def _renamed(columns: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [known for known, column in pairs if column in columns]


def _check_columns(ready: Ready, columns: list[str], request: PredictRequest) -> None:
    from ..prompts.bank_tasks import QUESTION
    from ..prompts.template import Template

    recipe, known = ready.recipe, ready.file.columns
    # what these tasks ask has its place in the template also where no column bears its name
    asks = recipe.task in ("extraction", "question_answering")
    own = [QUESTION] if asks and QUESTION not in known else []
    needed = [
        name
        for template in recipe.prompt.templates
        for name in Template.parse(
            template, [*known, *own], recipe.prompt.parameters, recipe.data.text
        ).columns
        if name not in own
    ]
    missing = [name for name in needed if name not in columns]
    if missing:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The prompt needs the column "{name}".'),
            QT_TRANSLATE_NOOP("engine", "The file has: {known}."),
            file=request.source,
            field=missing[0],
            name=missing[0],
            known=", ".join(columns),
        )
