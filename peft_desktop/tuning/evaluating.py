"""Judging a run's model on rows it never saw, beside what costs nothing: majority and zero-shot."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import EvaluateRequest
from ..core.recipe import Recipe
from ..core.runs import load_recipe
from ..core.words import QT_TRANSLATE_NOOP
from ..evaluation.baselines import baselines
from ..evaluation.intervals import intervals_for
from ..evaluation.metrics import judge
from ..evaluation.mixing import contextual_calibration
from ..evaluation.report import evaluation_record, write_metrics
from ..prompts.soft import hardened
from .batches import Rows, rows_of
from .loading import set_precision
from .models import Library
from .rows import TableRows, encoded_rows, under_known_names
from .scoring import content_free_scores, scores_of
from .trained import Ready, build, load_trained, write_json

ZERO_SHOT = "zero_shot.json"


def evaluate(
    run_folder: Path, request: EvaluateRequest, library: Library
) -> Generator[Event, None, None]:
    """Score a split (or a labelled file) and write `metrics.json` and `predictions.parquet`."""
    recipe = load_recipe(run_folder)
    name = request.split if request.data is None else request.data.name
    yield ev.Started("evaluate", facts={"run": recipe.name, "split": name})
    yield ev.PhaseChanged("loading")
    ready = load_trained(run_folder, recipe, library)
    table = TableRows.of(run_folder.parent.parent, recipe)
    if request.data is None:
        rows, gold, ids = _split(table, request.split)
    else:
        rows, gold, ids, warnings = _file(recipe, request)
        yield from warnings
    yield ev.PhaseChanged("tokenising")
    encoded = yield from encoded_rows(ready.model.plan, rows)
    prepared = rows_of(encoded, gold)
    zero_shot = yield from _zero_shot(run_folder, ready, recipe, library, prepared, rows)
    yield ev.PhaseChanged("evaluating")
    scores = yield from scores_of(ready.model, prepared, ready.device, ready.file.precision)
    probabilities = ready.probabilities(scores)
    judgement = judge(recipe.labels, gold, probabilities)
    yield from judgement.warnings()
    _, train_gold = table.split("train")
    compared = baselines(
        recipe.labels,
        train_gold,
        gold,
        zero_shot=zero_shot["zero_shot"],
        zero_shot_calibrated=zero_shot["zero_shot_calibrated"],
    )
    spread = intervals_for(judgement)
    record = evaluation_record(judgement, compared, spread)
    if request.data is None:
        write_metrics(run_folder, request.split, judgement, compared, spread)
        answers = _answers(request.split, recipe, ids, gold, probabilities)
        _keep_answers(run_folder / "predictions.parquet", request.split, answers)
    elif request.answers is not None:
        texts = [row.get(recipe.data.text, "") for row in rows]
        answers = _answers(name, recipe, ids, gold, probabilities).append_column("text", [texts])
        _write_answers(request.answers, answers)
    heads = {"prompt": _accuracy(scores.prompt, gold)}
    if scores.head is not None:
        heads["head"] = _accuracy(scores.head, gold)
    yield ev.Finished({"run": recipe.name, "split": name, **record, "heads": heads})


def _accuracy(logs: np.ndarray, gold: Sequence[int]) -> float:
    return float((logs.argmax(1) == np.asarray(gold)).mean())


def _split(table: TableRows, split: str) -> tuple[list[dict[str, str]], list[int], list[int]]:
    ids = table.recipe.data.rows.get(split, [])
    if not ids:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'This run has no rows in the split "{split}".'),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}; or give a file with --data."),
            field="split",
            split=split,
            known=", ".join(name for name, some in table.recipe.data.rows.items() if some),
        )
    rows, gold = table.split(split)
    return rows, gold, ids


def _file(
    recipe: Recipe, request: EvaluateRequest
) -> tuple[list[dict[str, str]], list[int], list[int], list[Event]]:
    from ..data.readers import ReadSettings, read_file

    assert request.data is not None
    how = request.read_as
    settings = ReadSettings(how.encoding, how.delimiter, how.sheet, how.header)
    imported = read_file(request.data, settings)
    table = under_known_names(imported.table, how.columns)
    label = recipe.data.label or ""
    if label not in table.column_names:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The file has no column "{label}" to compare with.'),
            QT_TRANSLATE_NOOP("engine", "It has: {known}."),
            file=request.data,
            field=label,
            label=label,
            known=", ".join(table.column_names),
        )
    index = {text: number for number, text in enumerate(recipe.labels)}
    rows = table.to_pylist()
    unknown = sorted({row[label] for row in rows} - set(index))
    if unknown:
        count = sum(row[label] in unknown for row in rows)
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "{count} rows have labels that the model does not know: {labels}."
            ),
            QT_TRANSLATE_NOOP("engine", "The model knows: {known}."),
            file=request.data,
            field=label,
            count=count,
            labels=", ".join(unknown[:10]),
            known=", ".join(recipe.labels[:20]),
        )
    if not rows:
        raise UserError(QT_TRANSLATE_NOOP("engine", "The file has no rows."), file=request.data)
    warnings: list[Event] = list(imported.receipt.warnings)
    if imported.rejected:
        warnings.append(
            ev.Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "{count} rows could not be read; the first is line {line}."
                ),
                {"count": len(imported.rejected), "line": imported.rejected[0].line},
            )
        )
    return rows, [index[row[label]] for row in rows], list(range(len(rows))), warnings


def _kept(source: Path) -> dict[str, Any]:
    """What was written down; nothing where there is no such file or it is damaged."""
    with suppress(OSError, ValueError):
        said = json.loads(source.read_text(encoding="utf-8"))
        if isinstance(said, dict):
            return said
    return {}


def _zero_shot(
    run_folder: Path,
    ready: Ready,
    recipe: Recipe,
    library: Library,
    rows: Rows,
    texts: Sequence[Mapping[str, str]],
) -> Generator[Event, None, dict[str, dict[str, float]]]:
    """What the untrained model says with the same prompt, raw and calibrated; kept once counted."""
    said = [ready.file.base_sha256, recipe.prompt.model_dump(), ready.file.max_length]
    ids = sha256(
        repr(
            [(row.variants[0].ids, g) for row, g in zip(rows.encoded, rows.gold, strict=True)]
        ).encode()
    )
    key = sha256(json.dumps(said, sort_keys=True).encode() + ids.digest()).hexdigest()[:24]
    source = run_folder / ZERO_SHOT
    kept = _kept(source)
    # the untrained model says the same to every run of the project with this prompt
    for known in (kept, *map(_kept, sorted(run_folder.parent.glob(f"*/{ZERO_SHOT}")))):
        if isinstance(known.get(key), dict) and "zero_shot_calibrated" in known[key]:
            return dict(known[key])
    yield ev.PhaseChanged("zero-shot")
    untrained = recipe.model_copy(
        update={
            "method": "head_only",
            "method_settings": {},
            "prompt": hardened(recipe.prompt),
            "training": recipe.training.model_copy(update={"weight_fine_tune": 0.0}),
        }
    )
    card = library.find_by_hash(ready.file.base_sha256)
    assert card is not None
    model = build(untrained, card, library, ready.file.columns, ready.file.max_length)
    set_precision(model, ready.file.precision)
    model.to(ready.device)
    if ready.model.soft is not None:  # an untrained model has no vectors to put in their places
        encoded = yield from encoded_rows(model.plan, texts)
        rows = rows_of(encoded, rows.gold)
    scores = yield from scores_of(model, rows, ready.device, ready.file.precision)
    free = yield from content_free_scores(
        model, ready.file.columns, ready.device, ready.file.precision
    )
    logs = {
        "zero_shot": scores.prompt,
        "zero_shot_calibrated": contextual_calibration(scores.prompt, free),
    }
    metrics = {
        name: judge(recipe.labels, rows.gold, np.exp(of)).metrics for name, of in logs.items()
    }
    kept[key] = metrics
    with suppress(UserError):
        write_json(source, kept)
    return metrics


def _answers(
    split: str,
    recipe: Recipe,
    ids: Sequence[int],
    gold: Sequence[int],
    probabilities: np.ndarray,
) -> Any:
    """A table: split, _row_id, label, predicted, one probability a label."""
    import pyarrow as pa

    labels = recipe.labels
    columns: dict[str, Any] = {
        "split": [split] * len(ids),
        "_row_id": list(ids),
        "label": [labels[g] for g in gold],
        "predicted_label": [labels[int(i)] for i in probabilities.argmax(1)],
    }
    columns |= {f"probability_{name}": probabilities[:, i] for i, name in enumerate(labels)}
    return pa.table(columns)


def _keep_answers(target: Path, split: str, table: Any) -> None:
    """Write the answers on a split; those on other splits stay."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    if target.exists():
        with suppress(pa.ArrowInvalid, OSError):
            old = pq.read_table(target)
            if old.schema.equals(table.schema):
                table = pa.concat_tables([old.filter(pc.not_equal(old["split"], split)), table])
    _write_answers(target, table)


def _write_answers(target: Path, table: Any) -> None:
    import pyarrow.parquet as pq

    from ..core.files import staged_file

    with staged_file(target) as temporary:
        pq.write_table(table, temporary)
