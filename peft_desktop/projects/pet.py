"""Pattern-exploiting training: teachers, one for each pattern and seed, then one student.

1. weigh: what the untrained model gets right on the training rows with each pattern
2. teach: a run for each pattern and seed; each one labels the pool
3. merge: the weighted mean of the teachers' log scores
4. distil: one run learns the merged answers at a temperature, beside the labelled rows
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.files import sha256_of, staged_file, writing
from ..core.locks import locked
from ..core.ports import PredictRequest, ProbeRequest, Tuner
from ..core.project import Project, broken
from ..core.recipe import SoftLabels
from ..core.runs import RECIPE
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .pet_plan import POOL, STUDENT, Pet, folder_of, save
from .run_queue import Cell, carried_out, without_end
from .run_time import FORWARD, Paces, seconds_left
from .shoot_out import count_a_look

if TYPE_CHECKING:
    import numpy as np

SOFT = "soft_labels.parquet"
LOG_SCORES = "_log_scores"  # as in `tuning.distilling`
_CHUNK = 128  # rows a question: a stop never waits long
_WEIGHING_ROWS = 200
_ONE_CLASS = 0.9  # of the pool


def expected(project: Project, plan: Pet, measured: Path) -> dict[str, float | None]:
    """Seconds of a run of each pattern, with its labelling, and of the student, at most."""
    paces = Paces.of(project.runs_folder, measured)
    teacher = plan.teacher.model_copy(update={"data": plan.data})
    seconds = paces.seconds_of(teacher, ("valid",))
    pace = paces.seconds_a_row(teacher)
    if seconds is not None and pace is not None:
        seconds += FORWARD * pace * plan.pool_rows
    found: dict[str, float | None] = {pattern.key: seconds for pattern in plan.patterns}
    student = plan.student.model_copy(update={"data": plan.data})
    found[STUDENT] = paces.seconds_of(student, ("valid", "test"))
    return found


def carry_out(
    project: Project,
    plan: Pet,
    tuner: Tuner,
    measured: Path,
    looked: Callable[[Project], None] = count_a_look,
) -> Generator[Event, None, None]:
    """Do what is still to do; the plan is written after every run. The last event is Finished.

    Failed runs are tried once more. `looked` is told that the test rows were looked at. Raises
    UserError when every teacher fails, or the student.
    """
    home = folder_of(project, plan.name)
    with_time = expected(project, plan, measured)
    project.check_there()
    with writing(home):
        home.mkdir(parents=True, exist_ok=True)
    what = Sentence(QT_TRANSLATE_NOOP("engine", 'The training "{name}"'), {"name": plan.name})
    with locked(home / "pet.lock", what):
        begun = (project.runs_folder / plan.cells[-1].run / RECIPE).is_file()
        plan = plan.model_copy(update={"cells": [_again(cell, begun) for cell in plan.cells]})
        save(project, plan)
        if plan.weighted and any(pattern.weight is None for pattern in plan.patterns):
            plan = yield from _weighed(project, plan, tuner)
            save(project, plan)
        for number, cell in enumerate(plan.cells):
            if cell.state == "done" or (begun and cell.row != STUDENT):
                continue
            if cell.row == STUDENT and not begun:
                plan = _merged(project, plan)
                save(project, plan)
                yield from _warnings(plan)
            left = seconds_left(plan.cells, with_time)
            facts = {"run": cell.run, "number": number + 1, "total": len(plan.cells)}
            yield ev.Started("cell", facts={**facts, "seconds_left": left})
            ended = yield from (
                _student(project, plan, cell, tuner)
                if cell.row == STUDENT
                else _teacher(project, plan, cell, tuner)
            )
            plan = plan.with_cell(number, ended)
            save(project, plan)
            yield ev.Ranked(table_of(plan), number + 1, len(plan.cells))
        if "test" in plan.cells[-1].facts:
            looked(project)
    if plan.cells[-1].state == "failed":
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The student could not be trained: {why}"),
            QT_TRANSLATE_NOOP("engine", "Mend it and go on: the teachers are kept."),
            why=plan.cells[-1].why,
        )
    yield ev.Finished(result_of(plan))


def _again(cell: Cell, begun: bool) -> Cell:
    """Failed runs wait once more; what a student that has begun learns does not change any more."""
    if cell.state != "failed" or (begun and cell.row != STUDENT):
        return cell
    return cell.model_copy(update={"state": "waiting"})


def _weighed(project: Project, plan: Pet, tuner: Tuner) -> Generator[Event, None, Pet]:
    """Every pattern's accuracy on training rows before any training."""
    request = ProbeRequest(
        project=project.folder,
        model=plan.teacher.model.name,
        prompts=tuple(pattern.prompt for pattern in plan.patterns),
        rows=tuple(plan.data.rows["train"][:_WEIGHING_ROWS]),
        text=plan.data.text,
        label=plan.data.label or "",
        device=plan.teacher.training.device,
    )
    yield ev.PhaseChanged("weighing")
    result = yield from without_end(tuner.probe(request))
    of_prompt = {
        (entry["template"], repr(entry["words"])): entry.get("accuracy")
        for entry in result["ranked"]
    }
    patterns = []
    for pattern in plan.patterns:
        said = of_prompt.get((pattern.prompt.template, repr(pattern.prompt.words)))
        patterns.append(pattern.model_copy(update={"weight": float(said or 0.0)}))
    return plan.model_copy(update={"patterns": patterns})


def _teacher(project: Project, plan: Pet, cell: Cell, tuner: Tuner) -> Generator[Event, None, Cell]:
    work = carried_out(tuner, project.runs_folder, plan.recipe_of(cell), cell, ("valid",))
    with closing(work):
        ended = yield from work
    if ended.state != "done":
        return ended
    since = time.monotonic()
    yield from _labelled(project, plan, ended, tuner)
    return ended.model_copy(update={"took": ended.took + time.monotonic() - since})


def _labelled(
    project: Project, plan: Pet, cell: Cell, tuner: Tuner
) -> Generator[Event, None, None]:
    """The teacher's answers to the pool, written beside the plan."""
    target = _answers_file(project, plan, cell)
    if target.is_file():
        return
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = _pool(project, plan)
    labels = plan.teacher.labels
    answers: list[list[float]] = []
    yield ev.PhaseChanged("predicting")
    for start in range(0, len(rows), _CHUNK):
        request = PredictRequest(rows=tuple(rows[start : start + _CHUNK]))
        asked = tuner.predict(project.runs_folder / cell.run, request)
        result = yield from without_end(asked)
        answers += [[row[f"probability_{name}"] for name in labels] for row in result["rows"]]
        yield ev.Progressed(len(answers), len(rows))
    with staged_file(target) as temporary:
        pq.write_table(pa.table({"probabilities": answers}), temporary)


def _answers_file(project: Project, plan: Pet, cell: Cell) -> Path:
    return folder_of(project, plan.name) / "answers" / f"{cell.row} {cell.seed}.parquet"


def _pool(project: Project, plan: Pet) -> list[dict[str, str]]:
    import pyarrow.parquet as pq

    path = folder_of(project, plan.name) / POOL
    if not path.is_file():
        raise broken(path, None)
    rows: list[dict[str, str]] = pq.read_table(path).to_pylist()
    return rows


def _merged(project: Project, plan: Pet) -> Pet:
    """Write the merged answers; note how the teachers agree and what they say together."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from ..evaluation.teachers import agreement, counts, log_scores, merged

    done = [c for c in plan.cells if c.row != STUDENT and c.state == "done"]
    if not done:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "No teacher could be trained; the first one: {why}"),
            QT_TRANSLATE_NOOP("engine", "Mend it and go on, or choose other patterns."),
            why=next((c.why for c in plan.cells if c.why), "-"),
        )
    home = folder_of(project, plan.name)
    scores = []
    for cell in done:
        answers = pq.read_table(_answers_file(project, plan, cell))
        scores.append(log_scores(answers["probabilities"].to_pylist()))
    weights = [_weight(plan, cell) for cell in done]
    together = merged(scores, weights)
    with staged_file(home / SOFT) as temporary:
        table = pa.Table.from_pylist(_pool(project, plan))
        column = pa.array(together.tolist(), pa.list_(pa.float64()))
        pq.write_table(table.append_column(LOG_SCORES, column), temporary)
    found: dict[str, Any] = {
        "teachers": len(done),
        "agreement": agreement(scores),
        "label_counts": counts(plan.teacher.labels, together),
    }
    valid = _ensemble(project, plan, done, weights)
    if valid is not None:
        found["ensemble"] = valid
    return plan.model_copy(update={"found": found})


def _weight(plan: Pet, cell: Cell) -> float:
    weight = plan.pattern(cell.row).weight
    return 1.0 if not plan.weighted or weight is None else weight


def _ensemble(
    project: Project, plan: Pet, done: list[Cell], weights: list[float]
) -> dict[str, float] | None:
    """The metrics on the validation rows of the teachers together; None where they are not kept."""
    import numpy as np

    from ..evaluation.metrics import judge
    from ..evaluation.teachers import log_scores, merged

    said = [_validated(project.runs_folder / cell.run, plan.teacher.labels) for cell in done]
    known = [(answer, w) for answer, w in zip(said, weights, strict=True) if answer is not None]
    if not known:
        return None
    together = merged([log_scores(p) for (p, _), _ in known], [w for _, w in known])
    shares = np.exp(together)
    shares /= shares.sum(axis=1, keepdims=True)
    return judge(plan.teacher.labels, known[0][0][1], shares).metrics


def _validated(run_folder: Path, labels: list[str]) -> tuple[np.ndarray, list[str]] | None:
    """A run's probabilities [N, C] on the validation rows and their labels."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    with suppress(OSError, KeyError, pa.ArrowInvalid):
        rows = pq.read_table(run_folder / "predictions.parquet").to_pylist()
        rows = sorted((r for r in rows if r["split"] == "valid"), key=lambda r: r["_row_id"])
        if rows:
            of_row = [[row[f"probability_{label}"] for label in labels] for row in rows]
            return np.array(of_row), [row["label"] for row in rows]
    return None


def _warnings(plan: Pet) -> Generator[Event, None, None]:
    counts: dict[str, int] = plan.found["label_counts"]
    label, most = max(counts.items(), key=lambda item: item[1])
    if most > _ONE_CLASS * sum(counts.values()):
        yield ev.Warned(
            QT_TRANSLATE_NOOP(
                "engine",
                'The teachers call {share} of 100 unlabelled texts "{label}": the student may '
                "learn to say nothing else. Choose other texts, or other patterns.",
            ),
            {"share": round(100 * most / sum(counts.values())), "label": label},
        )


def _student(project: Project, plan: Pet, cell: Cell, tuner: Tuner) -> Generator[Event, None, Cell]:
    source = folder_of(project, plan.name) / SOFT
    soft = SoftLabels(sha256=sha256_of(source), rows=plan.pool_rows, temperature=plan.temperature)

    def put(run_folder: Path) -> None:
        target = run_folder / soft.file
        if not target.is_file() or sha256_of(target) != soft.sha256:
            with staged_file(target) as temporary:
                shutil.copyfile(source, temporary)

    recipe = plan.recipe_of(cell).model_copy(update={"soft_labels": soft})
    splits = ("valid", "test")
    work = carried_out(tuner, project.runs_folder, recipe, cell, splits, put)
    with closing(work):
        return (yield from work)


def table_of(plan: Pet) -> list[dict[str, Any]]:
    """A line for each run: its pattern, its weight, its metrics as far as they are known."""
    rows = []
    for cell in plan.cells:
        student = cell.row == STUDENT
        recipe = plan.student if student else plan.teacher
        prompt = plan.student.prompt if student else plan.pattern(cell.row).prompt
        row: dict[str, Any] = {
            "row": cell.row,
            "seed": cell.seed,
            "run": cell.run,
            "state": cell.state,
            "why": cell.why,
            "model": recipe.model.name,
            "method": recipe.method,
            "template": prompt.template,
            "weight": None if student else plan.pattern(cell.row).weight,
            "took": cell.took,
        }
        for split in ("valid", "test"):
            if split in cell.facts:
                row[split] = cell.facts[split]["metrics"]
        rows.append(row)
    return rows


def result_of(plan: Pet) -> dict[str, Any]:
    """All of it, ready for JSON."""
    student = plan.cells[-1]
    return {
        "name": plan.name,
        "run": student.run,
        "pool_rows": plan.pool_rows,
        "pool_counts": plan.pool_counts,
        "temperature": plan.temperature,
        "weighted": plan.weighted,
        **plan.found,
        "student": {"run": student.run, "state": student.state, **student.facts},
        "table": table_of(plan),
    }
