"""What the window is given in tests: a tuner that goes through the motions, a library of two.

(The name `fake_tuner` belongs to the tests of the command line: test folders share their names.)
"""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from library_fakes import DEFAULT_MODEL as DEFAULT_MODEL
from library_fakes import FakeLibrary as FakeLibrary
from library_fakes import LibraryWork
from library_fakes import card as card
from library_fakes import write_tokenizer as write_tokenizer

from peft_desktop.core import events as ev
from peft_desktop.core.events import Event
from peft_desktop.core.ports import (
    EvaluateRequest,
    Events,
    ExportRequest,
    PredictRequest,
    ProbeRequest,
    ReadAs,
)
from peft_desktop.core.recipe import Recipe
from peft_desktop.core.runs import load_recipe


class FakeTuner(LibraryWork):
    """The events and results of the real tuner, shape for shape, without a model.

    `delay_s` is slept before each step; `fail_with` is raised at step `fail_at_step` (0: before
    the first event) of whatever is asked for. `asked` lists what was asked, `closed` counts how
    often work was closed before its end. A label is right when its name stands in the text.
    """

    def __init__(
        self,
        steps: int = 12,
        delay_s: float = 0.0,
        fail_with: Exception | None = None,
        fail_at_step: int = 3,
    ) -> None:
        self.steps, self.delay_s = steps, delay_s
        self.fail_with, self.fail_at_step = fail_with, fail_at_step
        self.asked: list[tuple[str, Any]] = []
        self.closed = 0
        self.is_closed = False
        self.warm = False

    def train(self, recipe: Recipe, run_folder: Path, resume: bool = False) -> Events:
        self.asked.append(("train", recipe))
        return self._watched(self._train(recipe, run_folder, resume))

    def _train(self, recipe: Recipe, run_folder: Path, resume: bool) -> Events:
        yield ev.PhaseChanged("starting")
        self._maybe_fail(0)
        yield ev.Started("train", facts={"run": recipe.name, "method": recipe.method})
        yield ev.PhaseChanged("loading")
        yield ev.PhaseChanged("tokenising")
        rows = len(recipe.data.rows.get("train", []))
        yield ev.Progressed(rows, rows)
        yield ev.PhaseChanged("measuring")
        yield ev.Tick()
        first = self.steps // 2 if resume else 0
        if resume:
            yield ev.Resumed(first)
        yield ev.Started(
            "training",
            self.steps,
            {
                "device": "cpu",
                "precision": "bf16",
                "threads": 2,
                "measured_seconds": {"bf16": 0.31, "fp32": 0.62},
                "train_rows": rows,
                "valid_rows": len(recipe.data.rows.get("valid", [])),
                "trained_parameters": 460_800,
                "all_parameters": 134_976_000,
                "evaluate_every_steps": 4,
            },
        )
        yield ev.PhaseChanged("training")
        best_step, best_loss = 0, math.inf
        metrics: dict[str, float] = {}
        for step in range(first + 1, self.steps + 1):
            time.sleep(self.delay_s)
            self._maybe_fail(step)
            share = step / self.steps
            prompt = 0.15 + 0.6 * math.exp(-3 * share) + 0.03 * math.sin(7 * step)
            head = 0.2 + 0.55 * math.exp(-2 * share) + 0.03 * math.cos(5 * step)
            weights = recipe.training
            yield ev.Stepped(
                step,
                round(8 * step / max(1, rows), 3),
                weights.weight_prompt * prompt + weights.weight_fine_tune * head,
                prompt if weights.weight_prompt else None,
                head if weights.weight_fine_tune else None,
                5e-4 * (1 - share),
                1.2,
                21.5,
                900_000_000,
                (self.steps - step) * max(self.delay_s, 0.4),
            )
            if step % 4 == 0 or step == self.steps:
                yield ev.PhaseChanged("evaluating")
                loss = 0.3 + 0.4 * math.exp(-3 * share)
                metrics = _metrics(0.5 + 0.4 * share)
                better = loss < best_loss
                if better:
                    best_step, best_loss = step, loss
                yield ev.Evaluated(step, "valid", loss, metrics, best=better)
                yield ev.CheckpointSaved(step, f"checkpoints/step-{step}")
                yield ev.PhaseChanged("training")
        (run_folder / "model").mkdir(parents=True, exist_ok=True)
        (run_folder / "model" / "trained.safetensors").write_bytes(b"0" * 2048)
        yield ev.Finished(
            {
                "name": recipe.name,
                "steps": self.steps,
                "best_step": best_step,
                "stopped_early": False,
                "weight": 0.5,
                "temperature": 1.1,
                "precision": "bf16",
                "training_seconds": 8.4,
                "seconds": 11.9,
                "trained_parameters": 460_800,
                "metrics": {"valid": metrics},
            }
        )

    def rehearse(self, recipe: Recipe, project: Path) -> Events:
        self.asked.append(("rehearse", recipe))
        return self._watched(self._rehearse())

    def evaluate(self, run_folder: Path, request: EvaluateRequest) -> Events:
        self.asked.append(("evaluate", request))
        return self._watched(self._evaluate(run_folder, request))

    def _evaluate(self, run_folder: Path, request: EvaluateRequest) -> Events:
        """Every fifth row is wrong; files are written as the real one does."""
        import pyarrow.parquet as pq

        from peft_desktop.data.store import load_table, rows_by_id
        from peft_desktop.evaluation.baselines import baselines
        from peft_desktop.evaluation.intervals import intervals_for
        from peft_desktop.evaluation.metrics import judge
        from peft_desktop.evaluation.report import evaluation_record, write_metrics

        recipe = load_recipe(run_folder)
        name = request.split if request.data is None else request.data.name
        yield ev.PhaseChanged("starting")
        self._maybe_fail(0)
        yield ev.Started("evaluate", facts={"run": recipe.name, "split": name})
        yield ev.PhaseChanged("loading")
        yield ev.PhaseChanged("tokenising")
        label = recipe.data.label or ""
        ids: list[int] = []
        if request.data is None:
            ids = recipe.data.rows.get(request.split, [])
            table = load_table(run_folder.parent.parent)
            gold = [row[label] for row in rows_by_id(table, ids, [label])]
        else:
            known = dict(request.read_as.columns)
            given = _read(request.data, request.read_as)
            gold = [row[known.get(label, label)] for row in given]
            ids = list(range(len(given)))
        labels = recipe.labels
        places = [labels.index(value) for value in gold]
        yield ev.PhaseChanged("evaluating")
        probabilities = [_spread(p if n % 5 else p + 1, len(labels)) for n, p in enumerate(places)]
        for done in range(1, len(gold) + 1, max(1, len(gold) // 4)):
            time.sleep(self.delay_s)
            yield ev.Progressed(done, len(gold))
        judgement = judge(labels, places, probabilities)
        shy = judge(labels, places, [_spread(0, len(labels)) for _ in places]).metrics
        compared = baselines(labels, places, places)
        compared |= {"zero_shot": shy, "zero_shot_calibrated": shy}
        intervals = intervals_for(judgement, rounds=50)
        if request.data is None:
            write_metrics(run_folder, request.split, judgement, compared, intervals)
            answers = _answers(request.split, labels, ids, places, probabilities)
            pq.write_table(answers, run_folder / "predictions.parquet")
        elif request.answers is not None:
            text = known.get(recipe.data.text, recipe.data.text)
            answers = _answers(name, labels, ids, places, probabilities)
            texts = [[row[text] for row in given]]
            pq.write_table(answers.append_column("text", texts), request.answers)
        record = evaluation_record(judgement, compared, intervals)
        heads = {"prompt": 0.78, "head": 0.74}
        yield ev.Finished({"run": recipe.name, "split": name, **record, "heads": heads})

    def predict(self, run_folder: Path, request: PredictRequest) -> Events:
        self.asked.append(("predict", request))
        return self._watched(self._predict(run_folder, request))

    def _predict(self, run_folder: Path, request: PredictRequest) -> Events:
        recipe = load_recipe(run_folder)
        yield ev.PhaseChanged("starting")
        self._maybe_fail(0)
        yield ev.Started("predict", facts={"run": recipe.name})
        text = recipe.data.text
        if request.source is None:
            time.sleep(self.delay_s)
            rows = [_answer(recipe.labels, row.get(text, "")) for row in request.rows]
            yield ev.Finished({"labels": recipe.labels, "rows": rows})
            return
        assert request.target is not None
        given = _read(request.source, request.read_as)
        text = dict(request.read_as.columns).get(text, text)
        counts = dict.fromkeys(recipe.labels, 0)
        answered = []
        for number, row in enumerate(given, 1):
            time.sleep(self.delay_s)
            self._maybe_fail(number)
            answered.append({**row, **_answer(recipe.labels, row.get(text, ""))})
            counts[answered[-1]["predicted_label"]] += 1
            yield ev.Progressed(number, 0)
        with request.target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(answered[0]) if answered else [text])
            writer.writeheader()
            writer.writerows(answered)
        yield ev.Finished({"rows": len(given), "counts": counts, "target": str(request.target)})

    def probe(self, request: ProbeRequest) -> Events:
        self.asked.append(("probe", request))
        return self._watched(self._probe(request))

    def _probe(self, request: ProbeRequest) -> Events:
        yield ev.PhaseChanged("starting")
        self._maybe_fail(0)
        yield ev.Started("probe", len(request.prompts), {"model": request.model})
        yield ev.PhaseChanged("evaluating")
        prompts = list(request.prompts)
        total = len(request.rows)
        for rows in (min(4, total), total):
            ranked: list[dict[str, Any]] = []
            for number, prompt in enumerate(prompts):
                time.sleep(self.delay_s)
                ranked.append(_ranked(prompt.template, prompt.words, number, rows))
                yield ev.Ranked(list(ranked), rows, total)
                done = rows * len(ranked)
                yield ev.Progressed(done, total * len(prompts), "answers")
            self._maybe_fail(rows)
        result: dict[str, Any] = {
            "ranked": ranked,
            "majority": {"accuracy": 0.5},
            "rows": total,
            "seconds": {"first": 0.1, "all": 0.2},
        }
        if request.find_words:
            found = _found_words(prompts[0].template, list(prompts[0].words))
            result["found_words"] = [found]
            entry = _ranked(prompts[0].template, found["words"], -1, total)
            ranked.insert(0, {**entry, "found": request.find_words})
        yield ev.Finished(result)

    def words(self, request: ProbeRequest) -> Events:
        self.asked.append(("words", request))
        yield ev.Started("words")
        yield ev.PhaseChanged("loading")
        self._maybe_fail(0)
        words = [
            {
                "label": label,
                "word": place,
                "rank": 10 ** (n + 1),
                "prior": 0.1 ** (n + 1),
                "tokens": 1,
                "unlikely": n > 2,
            }
            for n, (label, several) in enumerate(request.prompts[0].words.items())
            for place, _ in enumerate(several)
        ]
        yield ev.Finished({"words": words, "vocabulary": 49152})

    def export(self, run_folder: Path, request: ExportRequest) -> Events:
        self.asked.append(("export", request))
        yield ev.Started("export")
        request.target.mkdir(parents=True, exist_ok=True)
        yield ev.Finished({"target": str(request.target), "format": request.format})

    def devices(self) -> list[dict[str, Any]]:
        return [
            {
                "name": "cpu",
                "title": "Eight-core processor",
                "free_bytes": 6 * 2**30,
                "total_bytes": 16 * 2**30,
                "why_not": "",
            },
            {
                "name": "cuda",
                "title": "",
                "free_bytes": 0,
                "total_bytes": 0,
                "why_not": "No NVIDIA GPU, or its driver is too old.",
            },
        ]

    def warm_up(self) -> None:
        self.warm = True

    def close(self) -> None:
        self.is_closed = True

    def _maybe_fail(self, step: int) -> None:
        if self.fail_with is not None and step == self.fail_at_step:
            raise self.fail_with

    def _watched(self, work: Events) -> Generator[Event, None, None]:
        try:
            yield from work
        except GeneratorExit:
            self.closed += 1
            raise


def _ranked(template: str, words: Any, number: int, rows: int) -> dict[str, Any]:
    """The figures of one prompt; the later its number, the worse."""
    right = max(0.2, 0.84 - 0.02 * number)
    entry: dict[str, Any] = {"template": template, "words": words, "rows": rows}
    intervals = {"": "accuracy_interval", "calibrated_": "interval", "batch_": "batch_interval"}
    for prefix, less in (("calibrated_", 0.0), ("batch_", 0.01), ("", 0.1)):
        entry[f"{prefix}accuracy"] = right - less
        entry[f"{prefix}macro_f1"] = right - less - 0.02
        entry[f"{prefix}log_loss"] = 0.6 + 0.01 * number
        entry[intervals[prefix]] = [right - less - 0.15, min(1.0, right - less + 0.1)]
    return {**entry, "mutual_information": 0.01 * (number + 2)}


def _found_words(template: str, labels: list[str]) -> dict[str, Any]:
    words = {label: [f"{label}ly", f"{label}ness"] for label in labels}
    shown = {
        label: [{"word": word, "score": 2.5, "share": 0.01} for word in several]
        for label, several in words.items()
    }
    found = {"template": template, "way": "amulap", "words": words, "kept_own": []}
    return {**found, "candidates": shown}


def _spread(place: int, count: int) -> list[float]:
    rest = 0.2 / max(1, count - 1)
    return [0.8 if n == place % count else rest for n in range(count)]


def _metrics(accuracy: float) -> dict[str, float]:
    return {"accuracy": accuracy, "macro_f1": accuracy - 0.02, "balanced_accuracy": accuracy}


def _answer(labels: list[str], text: str) -> dict[str, Any]:
    place = next((n for n, label in enumerate(labels) if label in text), 0)
    found = _spread(place, len(labels))
    named = {f"probability_{label}": p for label, p in zip(labels, found, strict=True)}
    return {"predicted_label": labels[place], "probability": found[place], **named}


def _read(source: Path, how: ReadAs) -> list[dict[str, str]]:
    from peft_desktop.data.readers import ReadSettings, read_file

    settings = ReadSettings(how.encoding, how.delimiter, how.sheet, how.header)
    rows: list[dict[str, str]] = read_file(source, settings).table.to_pylist()
    return rows


def _answers(
    split: str,
    labels: list[str],
    ids: list[int],
    places: list[int],
    probabilities: list[list[float]],
) -> Any:
    """The answers as the real tuner writes them, with this one split."""
    import pyarrow as pa

    columns: dict[str, Any] = {
        "split": [split] * len(ids),
        "_row_id": list(ids),
        "label": [labels[p] for p in places],
        "predicted_label": [labels[row.index(max(row))] for row in probabilities],
    }
    for n, label in enumerate(labels):
        columns[f"probability_{label}"] = [row[n] for row in probabilities]
    return pa.table(columns)
