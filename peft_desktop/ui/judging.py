"""What is known of how good a run is: read from its folder, or found out anew by the engine."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.ports import EvaluateRequest, Tuner
from ..core.project import broken, open_project
from ..core.runs import Run, find_run, list_runs
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .document import Document
from .work import Work

if TYPE_CHECKING:
    import pyarrow as pa

SPLITS = ("valid", "test")
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
    stale: bool = False


@dataclass(frozen=True)
class Found:
    """What a run's folder tells."""

    results: dict[str, Result] = field(default_factory=dict)
    rows: dict[str, JudgedRows] = field(default_factory=dict)


def has_model(run: Run) -> bool:
    """Whether the run kept weights that can be used."""
    return (run.folder / "model" / "trained.safetensors").is_file()


def runs_in(folder: Path | None) -> list[Run]:
    """The runs, the newest first; for a thread, it reads every event of every run."""
    return [] if folder is None else list_runs(folder)[::-1]


def look_at(run: Run, data_sha256: str) -> Found:
    """Everything that was judged of a run; for a thread. Raises UserError for damaged files."""
    from ..evaluation.report import METRICS_FILE, read_metrics

    source = run.folder / METRICS_FILE
    try:
        held = read_metrics(run.folder)
        results = {split: _result(split, record) for split, record in held.items()}
    except (KeyError, TypeError, AttributeError, ValueError, OSError) as error:
        raise broken(source, None) from error
    return Found(results, _rows(run, data_sha256) if results else {})


def _result(split: str, record: dict[str, Any]) -> Result:
    from ..evaluation.intervals import sentence_for
    from ..evaluation.metrics import Judgement

    judgement = Judgement.from_dict(record)
    compared = record.get("baselines") or {}
    spread = record.get("intervals") or {}
    level = next((each.get("level", 0.95) for each in spread.values()), 0.95)
    return Result(
        split=split,
        headline=sentence_for(judgement, compared.get("majority", {}).get("accuracy")),
        rows=judgement.rows,
        metrics=judgement.metrics,
        intervals={name: (each["low"], each["high"]) for name, each in spread.items()},
        level=level,
        baselines=compared,
        per_class=[dict(score) for score in judgement.per_class],
        labels=list(judgement.labels),
        matrix=judgement.confusion["matrix"],
        notes=judgement.notes,
    )


def _rows(run: Run, data_sha256: str) -> dict[str, JudgedRows]:
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
        stale = bool(run.recipe.data.sha256) and run.recipe.data.sha256 != data_sha256
        return {name: _judged(run, part, stale) for name, part in parts.items()}
    except (pa.ArrowException, KeyError, ValueError, OSError) as error:
        raise broken(source, None) from error


def _judged(run: Run, part: pa.Table, stale: bool) -> JudgedRows:
    import numpy as np
    import pyarrow as pa

    from .widgets.table_model import cut_for_display

    labels = list(run.recipe.labels)
    place = {label: number for number, label in enumerate(labels)}
    gold, predicted = part["label"].to_pylist(), part["predicted_label"].to_pylist()
    chances = np.column_stack([part[f"probability_{label}"].to_numpy() for label in labels])
    ids = part["_row_id"].to_pylist()
    texts = [""] * len(ids) if stale else _texts(run, ids)
    sure = chances.max(axis=1) if len(ids) else np.zeros(0)
    full = pa.table(
        {
            "row": [str(each + 1) for each in ids],
            "text": pa.array(texts, pa.string()),
            "label": pa.array(gold, pa.string()),
            "predicted": pa.array(predicted, pa.string()),
            "probability": [f"{each:.3f}" for each in sure],
        }
    )
    return JudgedRows(
        full,
        cut_for_display(full),
        labels,
        np.array([place[label] for label in gold], dtype=np.int64),
        np.array([place[label] for label in predicted], dtype=np.int64),
        sure,
        stale,
    )


def _texts(run: Run, ids: Sequence[int]) -> list[str]:
    from ..data.store import load_table, rows_by_id

    column = run.recipe.data.text
    table = load_table(run.folder.parent.parent)
    return [row[column] for row in rows_by_id(table, ids, [column])]


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
    return "" if run.recipe.data.rows.get(split) else "rows"


class JudgingDesk(QObject):
    """Lets the engine judge a run. `judged(run, split)`, `failed(error)`, `changed`: began, ended
    or came on; `phase`, `done` and `total` tell how far it is."""

    changed = Signal()
    judged = Signal(str, str)
    warned = Signal(object)
    failed = Signal(object)

    def __init__(self, document: Document, work: Work, tuner: Tuner, owner: QObject) -> None:
        super().__init__(owner)
        self._document, self._work, self._tuner, self._owner = document, work, tuner, owner
        self.run = self.split = self.phase = ""
        self.done = self.total = 0
        self._folder: Path | None = None

    def judge(self, name: str, split: str) -> bool:
        """Begin; False where that cannot be (told by `failed`, unless something is at work)."""
        project = self._document.project
        if project is None or self._work.busy:
            return False
        try:
            run = find_run(project.runs_folder, name)
            if run.state == "running":
                raise UserError(
                    QT_TRANSLATE_NOOP("engine", 'The run "{name}" is still training.'),
                    QT_TRANSLATE_NOOP("engine", "Wait until it is done, or stop it."),
                    name=name,
                )
        except UserError as error:
            self.failed.emit(error)
            return False
        self.run, self.split, self._folder = name, split, project.folder
        self.phase, self.done, self.total = "starting", 0, 0
        title = self.tr("judging {run}").format(run=name)
        events = self._tuner.evaluate(run.folder, EvaluateRequest(split=split))
        began = self._work.start(title, events, self._owner, self._take, self._ended)
        self.changed.emit()
        return began

    def _take(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case ev.PhaseChanged(phase):
                    self.phase, self.done, self.total = phase, 0, 0
                case ev.Progressed(done, total):
                    self.done, self.total = done, total
                case ev.Warned(template, values):
                    self.warned.emit(Sentence(template, values))
        self.changed.emit()

    def _ended(self, outcome: str) -> None:
        run, split, self.run = self.run, self.split, ""
        if outcome == "failed" and self._work.error is not None:
            self.failed.emit(self._work.error)
        if outcome == "done":
            if split == "test":
                self._count_the_look()
            self.judged.emit(run, split)
            self._document.runs_changed.emit()
        self.changed.emit()

    def _count_the_look(self) -> None:
        """Each look at the test rows is counted, and no Undo takes it back."""
        if self._folder is not None and self._folder != self._document.folder:
            with suppress(UserError):
                other = open_project(self._folder)
                other.update(test_peeks=other.file.test_peeks + 1)
            return
        self._document.apply({"test_peeks": self._document.file.test_peeks + 1})
