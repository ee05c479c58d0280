"""What is known of how good a run is, read from its folder or from what the engine answered."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.events import Stepped, Warned
from ..core.project import broken
from ..core.runs import RECIPE, Run, list_runs, load_recipe, replay
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .headlines import headline_of
from .judged_answers import AnswerRows, answer_rows

if TYPE_CHECKING:
    import pyarrow as pa

    from ..evaluation.scored import Scored

SPLITS = ("valid", "test")
FILE = "file"  # rows of a labelled file from outside, in place of a split
UNSURE_FIRST, SURE_FIRST, AS_STORED = "unsure", "sure", "stored"  # orders of the rows
COLUMNS = ("row", "text", "label", "predicted", "probability")


@dataclass(frozen=True, slots=True)
class Result:
    """What `metrics.json` holds on one split, and its headline."""

    split: str
    headline: Sentence
    rows: int
    metrics: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    level: float
    baselines: dict[str, dict[str, float]]
    per_class: list[dict[str, Any]]
    labels: list[str]
    matrix: list[list[int]]
    notes: tuple[Sentence, ...] = ()
    task: str = "classification"
    unknown: dict[str, Sentence] = field(default_factory=dict)  # metric -> why there is none


@dataclass(frozen=True)
class JudgedRows:
    """The rows of a split: `full` and `shown` (cut for display) have the columns COLUMNS as text.

    `gold` and `predicted` are places in `labels`, `sure` the probability of the prediction; numpy
    arrays [rows]. `stale`: the project's table is another one now, so the texts are left out.
    """

    full: pa.Table
    shown: pa.Table
    labels: list[str]
    gold: Any
    predicted: Any
    sure: Any
    scored: Scored
    stale: bool = False
    temperature: float = 1.0  # that the probabilities were divided by


@dataclass(frozen=True)
class Found:
    """What a run's folder tells; `error` says why there are results without their rows."""

    results: dict[str, Result] = field(default_factory=dict)
    rows: dict[str, JudgedRows | AnswerRows] = field(default_factory=dict)
    error: UserError | None = None


@dataclass(frozen=True)
class Answered:
    """What the engine said of a labelled file; `answers` lies in a folder that is to go."""

    run: Run
    file: Path
    record: dict[str, Any]
    answers: Path


@dataclass(frozen=True)
class Outside:
    """How good a run is on a labelled file; for as long as the window is open."""

    run: str
    file: Path
    result: Result
    rows: JudgedRows | AnswerRows


def has_model(run: Run) -> bool:
    """Whether the run kept weights that can be used."""
    return (run.folder / "model" / "trained.safetensors").is_file()


def runs_in(folder: Path | None) -> list[Run]:
    """The runs, the newest first; for a thread, it reads every event of every run."""
    return [] if folder is None else list_runs(folder)[::-1]


def unreadable_in(folder: Path | None) -> list[UserError]:
    """Why folders among the runs are no runs: half written, damaged, of a newer version."""
    found: list[UserError] = []
    folders = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
    for each in folders:
        if each.name.startswith(".") or not each.is_dir():
            continue
        if not (each / RECIPE).is_file():
            found.append(
                UserError(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        'The run "{name}" is incomplete: it has no recipe, and is passed over.',
                    ),
                    QT_TRANSLATE_NOOP("engine", "Restore its folder from a copy, or remove it."),
                    file=each,
                    name=each.name,
                )
            )
            continue
        try:
            load_recipe(each)
        except UserError as error:
            found.append(error)
    return found


def look_at(run: Run, data_sha256: str) -> Found:
    """Everything that was judged of a run; for a thread. Raises UserError for damaged files."""
    from ..evaluation.report import METRICS_FILE, read_metrics

    source = run.folder / METRICS_FILE
    try:
        held = read_metrics(run.folder)
        told = told_of_training(run)
        results = {
            split: _result(split, record, told, run.recipe.task) for split, record in held.items()
        }
    except (KeyError, TypeError, AttributeError, ValueError, OSError) as error:
        raise broken(source, None) from error
    try:
        return Found(results, _rows(run, data_sha256) if results else {})
    except UserError as error:
        return Found(results, error=error)


def look_at_answers(answered: Answered) -> Outside:
    """What came of a labelled file; for a thread. Its folder of answers is removed."""
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(answered.answers)
    finally:
        shutil.rmtree(answered.answers.parent, ignore_errors=True)
    asked = table["question"].to_pylist() if "question" in table.column_names else None
    rows = _judged(answered.run, table, table["text"].to_pylist(), asked)
    told, task = told_of_training(answered.run), answered.run.recipe.task
    result = _result(FILE, answered.record, told, task)
    return Outside(answered.run.name, answered.file, result, rows)


def told_of_training(run: Run) -> tuple[Sentence, ...]:
    """What the training said of itself at its end: that it hardly learnt, that all rows get one
    label, and what to change. For a thread."""
    told: list[Sentence] = []
    for event in replay(run.folder):
        if isinstance(event, Stepped):
            told = []  # what came before is no verdict
        elif isinstance(event, Warned):
            told.append(Sentence(event.template, event.values))
    return tuple(told)


def _result(
    split: str,
    record: dict[str, Any],
    told: Sequence[Sentence] = (),
    task: str = "classification",
) -> Result:
    compared = record.get("baselines") or {}
    spread = record.get("intervals") or {}
    level = next((each.get("level", 0.95) for each in spread.values()), 0.95)
    confusion = record.get("confusion") or {}
    notes = [Sentence(each["template"], each["values"]) for each in record.get("notes") or ()]
    return Result(
        split=split,
        headline=headline_of(task, record),
        rows=int(record["rows"]),
        metrics=dict(record["metrics"]),
        intervals={name: (each["low"], each["high"]) for name, each in spread.items()},
        level=level,
        baselines=compared,
        per_class=[dict(score) for score in record.get("per_class") or ()],
        labels=list(confusion.get("labels") or ()),
        matrix=list(confusion.get("matrix") or ()),
        notes=(*notes, *told),
        task=task,
        unknown={
            name: Sentence(why["template"], why["values"])
            for name, why in (record.get("unknown") or {}).items()
        },
    )


def _rows(run: Run, data_sha256: str) -> dict[str, JudgedRows | AnswerRows]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    source = run.folder / "predictions.parquet"
    if not source.exists():
        return {}
    try:
        table = pq.read_table(source)
        splits = [str(name) for name in pc.unique(table["split"]).to_pylist()]
        parts = {name: table.filter(pc.equal(table["split"], name)) for name in splits}
        stale = _is_lost(run, data_sha256)
        if stale:
            return {name: _judged(run, part, None) for name, part in parts.items()}
        return {name: _judged(run, part, *_texts(run, part)) for name, part in parts.items()}
    except (pa.ArrowException, KeyError, ValueError, OSError) as error:
        raise broken(source, None) from error


def _judged(
    run: Run,
    part: pa.Table,
    texts: Sequence[str] | None,
    questions: Sequence[str] | None = None,
) -> JudgedRows | AnswerRows:
    """`texts` are those of the rows; None where they are not what was judged."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from ..evaluation.curves import temperature_of
    from ..evaluation.scored import PREDICTIONS, scored_from
    from .widgets.table_model import cut_for_display

    if run.recipe.task != "classification":
        return answer_rows(run, part, texts, questions)
    labels = list(run.recipe.labels)
    scored = scored_from(part, labels, run.folder / PREDICTIONS)
    ids, sure = scored.ids, scored.sure
    full = pa.table(
        {
            "row": pc.cast(pa.array(ids + 1), pa.string()),
            "text": pa.array([""] * len(ids) if texts is None else texts, pa.string()),
            "label": pc.cast(part["label"], pa.string()),
            "predicted": pc.cast(part["predicted_label"], pa.string()),
            "probability": pa.array(np.char.mod("%.3f", sure), pa.string()),
        }
    )
    return JudgedRows(
        full,
        cut_for_display(full),
        labels,
        scored.gold,
        scored.answers,
        sure,
        scored,
        texts is None,
        temperature_of(run.folder),
    )


def _is_lost(run: Run, data_sha256: str) -> bool:
    """Whether the data that the run was judged on is neither in force nor kept."""
    from ..data.versions import find_version

    known = run.recipe.data.sha256
    if not known or known == data_sha256:
        return False
    return find_version(run.folder.parent.parent, known) is None


def _texts(run: Run, part: pa.Table) -> tuple[list[str], list[str] | None]:
    """The rows' texts and, where the task has one, their questions."""
    from ..data.store import load_table, rows_by_id

    ids, data = part["_row_id"].to_pylist(), run.recipe.data
    asked = data.question
    table = load_table(run.folder.parent.parent, data.sha256)
    rows = rows_by_id(table, ids, [data.text, *([asked] if asked else [])])
    return [row[data.text] for row in rows], [row[asked] for row in rows] if asked else None


def positions(
    rows: JudgedRows,
    order: str = UNSURE_FIRST,
    gold: int | None = None,
    predicted: int | None = None,
    wrong_only: bool = False,
) -> Any:
    """Which rows to show, in which order: wrong ones before right ones, then by probability."""
    import numpy as np

    wanted = np.ones(len(rows.gold), dtype=bool)
    if gold is not None:
        wanted &= rows.gold == gold
    if predicted is not None:
        wanted &= rows.predicted == predicted
    right = rows.gold == rows.predicted
    if wrong_only:
        wanted &= ~right
    if order == AS_STORED:
        return np.flatnonzero(wanted)
    sure = -rows.sure if order == SURE_FIRST else rows.sure
    found = np.lexsort((sure, right))
    return found[wanted[found]]


def missing(has_project: bool, runs: Sequence[Run], run: Run | None, split: str) -> str:
    """What stands in the way of judging; empty when nothing does."""
    if not has_project:
        return "project"
    if not runs:
        return "runs"
    if run is None:
        return "run"
    if run.state == "running":
        return "training"
    if not has_model(run):
        return "model"
    if split == FILE:
        return ""
    return "" if run.recipe.data.rows.get(split) else "rows"
