"""The page of 100,000 judged rows, the bootstrap on them, and how often intervals hold the truth.

The page: a project of 100,100 reviews with a run whose 100,000 test rows are answered; measured is
the time from choosing the run to the painted judgement, and from there through all curves. The
bootstrap: 1,000 draws of all metrics that need one. The coverage: 200 test sets of 300 rows drawn
from a population of 300,000 answers (as many of each label as the population has); how often the
95 % interval holds the population's own figure.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import _common as common

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(common.ROOT), str(common.ROOT / "tests" / "ui")]

ROWS, TRAIN = 100_000, 100
DRAWS, TEST_SETS, TEST_ROWS, POPULATION = 1_000, 200, 300, 300_000
LABELS = ("negative", "neutral", "positive")


def answered(rows: int, seed: int, sure: float = 1.3, heat: float = 1.2) -> tuple[Any, Any]:
    """Gold labels, and probabilities of a model that is good and a little too sure of itself."""
    import numpy as np

    random = np.random.default_rng(seed)
    logits = random.normal(scale=sure, size=(rows, len(LABELS))) + np.array([0.6, 0.0, -0.6])
    true = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    gold = np.minimum((random.random((rows, 1)) > true.cumsum(axis=1)).sum(axis=1), 2)
    said = np.exp(heat * logits)
    return gold, said / said.sum(axis=1, keepdims=True)


def bootstrap() -> dict[str, float]:
    from peft_desktop.evaluation.further import judge_fully
    from peft_desktop.evaluation.intervals import intervals_for
    from peft_desktop.evaluation.resampling import score_intervals

    gold, chances = answered(ROWS, 1)
    since = time.perf_counter()
    judgement = judge_fully(LABELS, gold, chances)
    judged = time.perf_counter() - since
    since = time.perf_counter()
    found = intervals_for(judgement, rounds=DRAWS)
    found |= score_intervals(gold, chances, judgement.metrics, rounds=DRAWS)
    return {
        "judge_seconds": judged,
        "bootstrap_seconds": time.perf_counter() - since,
        "metrics": len(found),
    }


def coverage() -> dict[str, float]:
    """Metric -> share of test sets whose interval holds the truth."""
    import numpy as np

    from peft_desktop.evaluation.further import judge_fully
    from peft_desktop.evaluation.intervals import intervals_for
    from peft_desktop.evaluation.resampling import score_intervals

    gold, chances = answered(POPULATION, 2)
    truth = judge_fully(LABELS, gold, chances).metrics
    random = np.random.default_rng(3)
    places = [np.flatnonzero(gold == label) for label in range(len(LABELS))]
    sizes = [round(TEST_ROWS * len(some) / POPULATION) for some in places]
    held: dict[str, int] = dict.fromkeys(truth, 0)
    for number in range(TEST_SETS):
        parts = [
            random.choice(some, n, replace=False) for some, n in zip(places, sizes, strict=True)
        ]
        rows = np.concatenate(parts)
        judgement = judge_fully(LABELS, gold[rows], chances[rows])
        found = intervals_for(judgement, seed=number)
        found |= score_intervals(gold[rows], chances[rows], judgement.metrics, seed=number)
        for name, interval in found.items():
            held[name] += interval.low <= truth[name] <= interval.high
    return {name: count / TEST_SETS for name, count in held.items()}


def project_of(folder: Path) -> Path:
    """A project with one finished run, its answers and its metrics, as the engine leaves them."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from window_fakes import FakeLibrary

    from peft_desktop.core.events import Finished
    from peft_desktop.core.files import sha256_of
    from peft_desktop.core.project import ProjectFile, Roles, create_project
    from peft_desktop.core.recipe import PromptSpec
    from peft_desktop.core.runs import create_run, recorded
    from peft_desktop.data.readers import ReadSettings, read_file
    from peft_desktop.data.store import store
    from peft_desktop.evaluation.baselines import baselines
    from peft_desktop.evaluation.further import judge_fully
    from peft_desktop.evaluation.intervals import intervals_for
    from peft_desktop.evaluation.report import write_metrics
    from peft_desktop.evaluation.scored import signed
    from peft_desktop.methods import METHODS
    from peft_desktop.projects.recipes import recipe_for

    gold, chances = answered(ROWS + TRAIN, 4)
    source = folder / "reviews.csv"
    lines = [
        f"review number {i} of a film that is as it is,{LABELS[g]}" for i, g in enumerate(gold)
    ]
    source.write_text("text,label\n" + "\n".join(lines) + "\n", encoding="utf-8")
    library = FakeLibrary(folder / "models")
    words = {"negative": ["bad"], "neutral": ["fine"], "positive": ["good"]}
    test = list(range(TRAIN, TRAIN + ROWS))
    file = ProjectFile(
        name="many",
        roles=Roles(text="text", label="label"),
        columns=["text", "label"],
        labels=list(LABELS),
        prompt=PromptSpec(template="{text} It was {mask}", words=words),
        model=library.default,
        splits={"train": list(range(TRAIN)), "valid": [], "test": test},
    )
    project = create_project(folder / "project", file)
    store([("data", read_file(source, ReadSettings()))], project.folder)
    project.update(data_sha256=sha256_of(project.table_path))
    recipe = recipe_for(project, name="one", preset="balanced", library=library, methods=METHODS)
    run = create_run(project.runs_folder, recipe)
    for _ in recorded((event for event in [Finished({})]), run):
        pass
    (run / "model").mkdir()
    (run / "model" / "model.json").write_text(json.dumps({"temperature": 1.2}))
    (run / "model" / "trained.safetensors").write_bytes(b"")
    gold, chances = gold[TRAIN:], chances[TRAIN:]
    judgement = judge_fully(LABELS, gold, chances)
    compared = baselines(LABELS, [0, 1, 2], gold)
    write_metrics(run, "test", judgement, compared, intervals_for(judgement))
    answers = pa.table(
        {
            "split": ["test"] * ROWS,
            "_row_id": test,
            "label": [LABELS[i] for i in gold],
            "predicted_label": [LABELS[i] for i in chances.argmax(axis=1)],
            **{f"probability_{name}": chances[:, i] for i, name in enumerate(LABELS)},
        }
    )
    pq.write_table(signed(answers, run), run / "predictions.parquet")
    return project.folder


def page() -> dict[str, float]:
    """Seconds until the judgement is painted, and until every curve has been too."""
    from PySide6.QtWidgets import QApplication
    from window_fakes import FakeLibrary, FakeTuner

    from peft_desktop.ui.document import Document
    from peft_desktop.ui.pages.evaluate_page import EvaluatePage
    from peft_desktop.ui.pages.page import Surroundings
    from peft_desktop.ui.settings import AppSettings
    from peft_desktop.ui.widgets.score_curves import KINDS
    from peft_desktop.ui.work import Work

    app = QApplication.instance() or QApplication(["PEFT Desktop"])
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        project = project_of(folder)
        document = Document()
        library = FakeLibrary(folder / "models")
        settings = AppSettings(folder / "settings.ini")
        shown = EvaluatePage(Surroundings(document, Work(), FakeTuner(), settings, library))
        shown.resize(1180, 690)
        document.open(project)
        shown.show()
        app.processEvents()
        since = time.perf_counter()
        shown.shown()
        while shown.view.result is None or shown.view.rows.count != ROWS:
            app.processEvents()
            time.sleep(0.002)
        shown.grab()
        opened = time.perf_counter() - since
        curves = shown.tabs.score_curves
        shown.tabs.setCurrentWidget(curves)
        each = {}
        for place, kind in enumerate(KINDS):
            before = time.perf_counter()
            curves.kind.setCurrentIndex(place)
            curves.grab()
            each[f"curve_{kind}_seconds"] = time.perf_counter() - before
        total = time.perf_counter() - since
        shown.close()
        document.close()
        return {"open_seconds": opened, "with_all_curves_seconds": total, **each}


def main() -> None:
    given = common.arguments(__doc__ or "", data=False)
    results = common.Results("evaluation", given.again)
    shutil.rmtree(results.work, ignore_errors=True)
    times, opening = results.once("bootstrap", bootstrap), results.once("page", page)
    held = results.once("coverage", coverage)
    rows = [[name, f"{value:.2f}"] for name, value in {**times, **opening}.items()]
    print(common.table(["Measured", "Value"], rows))
    print()
    rows = [[name, f"{100 * value:.1f} %"] for name, value in held.items()]
    print(common.table(["Metric", f"Covered in {TEST_SETS} test sets of {TEST_ROWS} rows"], rows))
    print(common.machine())


if __name__ == "__main__":
    main()
