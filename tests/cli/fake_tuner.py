"""A tuner of plain Python: it goes through the motions and can be told to misbehave."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peft_desktop.core import events as ev
from peft_desktop.core.ports import (
    AdaptRequest,
    EvaluateRequest,
    Events,
    ExportRequest,
    PredictRequest,
    ProbeRequest,
)
from peft_desktop.core.project import open_project
from peft_desktop.core.recipe import Recipe
from peft_desktop.data.store import load_table, rows_by_id
from peft_desktop.evaluation.baselines import baselines
from peft_desktop.evaluation.metrics import judge
from peft_desktop.evaluation.report import evaluation_record


class FakeTuner:
    """Takes four steps; `at_step[n]` is called before step n and may raise or send a signal."""

    def __init__(self) -> None:
        self.at_step: dict[int, Callable[[], Any]] = {}
        self.asked: list[str] = []
        self.probed: list[ProbeRequest] = []
        self.saved = False
        self.checkpoint_at: int | None = 2

    def train(self, recipe: Recipe, run_folder: Path, resume: bool = False) -> Events:
        self.asked.append("resume" if resume else "train")
        checkpoint = run_folder / "checkpoints" / "step-2"
        first = 1
        yield ev.Started("train", 4)
        yield ev.PhaseChanged("loading")
        yield ev.Tick()
        if resume:
            first = 3 if checkpoint.is_dir() else 1
            yield ev.Resumed(first - 1)
        yield ev.PhaseChanged("training")
        try:
            for step in range(first, 5):
                if step in self.at_step:
                    self.at_step.pop(step)()
                yield ev.Stepped(
                    step, step / 4, 1 / step, 0.5 / step, 0.5 / step, 1e-3, 1.0, 9.0, 1
                )
                yield ev.Evaluated(step, "valid", 1 / step, {"accuracy": step / 4}, best=True)
                if step == self.checkpoint_at:
                    checkpoint.mkdir(parents=True)
                    yield ev.CheckpointSaved(step, "checkpoints/step-2")
        finally:
            self.saved = True
        yield ev.Finished({"best_step": 4, "metrics": {"valid": {"accuracy": 1.0}}, "loss": 0.1})

    def rehearse(self, recipe: Recipe, project: Path) -> Events:
        self.asked.append("rehearse")
        assert (project / "project.peftproj").exists()
        yield ev.Started("rehearsal")
        yield ev.Finished(
            {
                "verdict": "tight",
                "peak_bytes": 900 * 2**20,
                "available_bytes": 1000 * 2**20,
                "device": "cpu",
                "precision": "fp32",
                "batch_size": 16,
                "suggested_batch_size": 8,
                "suggested_accumulation": 2,
                "longest_tokens": 128,
                "seconds_per_step": 0.5,
                "total_steps": 120,
                "seconds": 90.0,
            }
        )

    def evaluate(self, run_folder: Path, request: EvaluateRequest) -> Events:
        self.asked.append(f"evaluate {request.split}")
        project = open_project(run_folder.parent.parent)
        labels, file = project.file.labels, project.file
        yield ev.Started("evaluate")
        if request.data is not None:
            with request.data.open(encoding="utf-8") as rows:
                gold = [row["label"] for row in csv.DictReader(rows)]
        else:
            table = load_table(project.folder)
            ids = file.splits[request.split]
            gold = [row["label"] for row in rows_by_id(table, ids, ["label"])]
        yield ev.Progressed(len(gold), len(gold))
        first = judge(labels, gold, predicted=[labels[0]] * len(gold))
        found = baselines(labels, gold, gold, zero_shot=first.metrics)
        yield ev.Finished(evaluation_record(judge(labels, gold, predicted=gold), found))

    def predict(self, run_folder: Path, request: PredictRequest) -> Events:
        self.asked.append("predict")
        answer = {"predicted_label": "positive", "probability": 0.75}
        answer |= {"probability_negative": 0.25, "probability_positive": 0.75}
        if request.source is None:
            yield ev.Finished(
                {"labels": ["negative", "positive"], "rows": [answer for _ in request.rows]}
            )
            return
        assert request.target is not None
        with request.source.open(encoding="utf-8") as file:
            rows = [{**row, **answer} for row in csv.DictReader(file)]
        with request.target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        yield ev.Finished({"rows": len(rows)})

    def probe(self, request: ProbeRequest) -> Events:
        self.asked.append("probe")
        self.probed.append(request)
        yield ev.Started("probe")
        ranked = [
            {**prompt.model_dump(), "accuracy": 0.9 - n / 100, "calibrated_accuracy": 0.9 - n / 100}
            for n, prompt in enumerate(request.prompts)
        ]
        yield ev.Finished({"ranked": ranked, "majority": {"accuracy": 0.5}})

    def words(self, request: ProbeRequest) -> Events:
        raise NotImplementedError

    def export(self, run_folder: Path, request: ExportRequest) -> Events:
        self.asked.append(f"export {request.format}")
        request.target.mkdir(parents=True, exist_ok=True)
        yield ev.Finished({})

    def install_model(self, name: str, source: Path | None = None) -> Events:
        raise NotImplementedError

    def add_model(self, source: Path, name: str | None = None) -> Events:
        raise NotImplementedError

    def adapt(self, request: AdaptRequest) -> Events:
        raise NotImplementedError

    def devices(self) -> list[dict[str, Any]]:
        return [{"name": "cpu", "title": "one", "total_bytes": 2**30, "why_not": ""}]

    def close(self) -> None:
        self.asked.append("close")
