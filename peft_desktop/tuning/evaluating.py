"""Judging a run's model on rows it never saw, beside what costs nothing."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import EvaluateRequest
from ..core.recipe import Recipe
from ..core.runs import load_recipe
from ..core.words import QT_TRANSLATE_NOOP
from ..evaluation.report import write_record
from ..evaluation.scored import MADE_WITH, made_with, signed
from ..tasks import task_named
from .crafts.contract import Judging
from .models import Library
from .rows import TableRows, under_known_names
from .trained import load_trained


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
        ids = _split_ids(recipe, request.split)
        rows = table.texts(ids)
        gold = ready.craft.gold(recipe, rows, table.path)
    else:
        rows, warnings = _file(recipe, request)
        ids = list(range(len(rows)))
        gold = ready.craft.gold(recipe, rows, request.data)
        yield from warnings
    job = Judging(ready, library, run_folder, table, name, rows, gold)
    judged = yield from ready.craft.judge(job)
    yield from judged.warnings
    if request.data is None:
        write_record(run_folder, request.split, judged.record)
        answers = _answers(request.split, ids, judged.answers)
        _keep_answers(run_folder / "predictions.parquet", request.split, answers)
    elif request.answers is not None:
        texts = [row.get(recipe.data.text, "") for row in rows]
        answers = _answers(name, ids, judged.answers).append_column("text", [texts])
        _write_answers(request.answers, answers)
    yield ev.Finished({"run": recipe.name, "split": name, **judged.record, **judged.more})


def _split_ids(recipe: Recipe, split: str) -> list[int]:
    ids = recipe.data.rows.get(split, [])
    if not ids:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'This run has no rows in the split "{split}".'),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}; or give a file with --data."),
            field="split",
            split=split,
            known=", ".join(name for name, some in recipe.data.rows.items() if some),
        )
    return ids


def _file(recipe: Recipe, request: EvaluateRequest) -> tuple[list[dict[str, str]], list[Event]]:
    from ..data.readers import ReadSettings, read_file

    assert request.data is not None
    how, data = request.read_as, recipe.data
    settings = ReadSettings(how.encoding, how.delimiter, how.sheet, how.header)
    imported = read_file(request.data, settings)
    known = [n if n in imported.table.column_names else None for n in (data.text, data.label)]
    imported = task_named(recipe.task).tidied(imported, *known)
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
    rows: list[dict[str, str]] = table.to_pylist()
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
    return rows, warnings


def _answers(split: str, ids: Sequence[int], columns: dict[str, Sequence[Any]]) -> Any:
    """A table: split, _row_id, and what the craft says of each row (label, predicted_label ...)."""
    import pyarrow as pa

    return pa.table({"split": [split] * len(ids), "_row_id": list(ids), **columns})


def _keep_answers(target: Path, split: str, table: Any) -> None:
    """Write the answers on a split; those on other splits stay, if the same model gave them."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    if target.exists():
        with suppress(pa.ArrowInvalid, OSError):
            old = pq.read_table(target)
            if old.schema.equals(table.schema):
                known = (old.schema.metadata or {}).get(MADE_WITH, b"")  # of old versions: none
                if known in (b"", made_with(target.parent).encode()):
                    others = old.filter(pc.not_equal(old["split"], split))
                    table = pa.concat_tables([others.replace_schema_metadata(None), table])
    _write_answers(target, signed(table, target.parent))


def _write_answers(target: Path, table: Any) -> None:
    import pyarrow.parquet as pq

    from ..core.files import staged_file

    with staged_file(target) as temporary:
        pq.write_table(table, temporary)
