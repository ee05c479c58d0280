"""Projects of every task with a judged run, written by hand: real files, no model."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from window_fakes import DEFAULT_MODEL

from peft_desktop.core.files import sha256_of
from peft_desktop.core.project import Project, ProjectFile, Roles, create_project
from peft_desktop.core.recipe import DataRef, ModelRef, PromptSpec, Recipe
from peft_desktop.core.runs import create_run
from peft_desktop.data.readers import ReadSettings, read_file
from peft_desktop.data.store import store


@dataclass
class Made:
    """A task's rows (text, question, gold, predicted, untrained) and what was judged."""

    task: str
    rows: list[tuple[str, str, str, str, str]]
    labels: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    template: str = "{text}\n{mask}"
    metrics: dict[str, float] = field(default_factory=dict)
    per_class: list[dict[str, Any]] = field(default_factory=list)
    baselines: dict[str, dict[str, float]] = field(default_factory=dict)


def _spans(*told: tuple[int, int, str]) -> str:
    return json.dumps([{"start": a, "end": b, "label": label} for a, b, label in told])


def _score(label: str, **more: float) -> dict[str, Any]:
    held = {"label": label, "precision": 0.75, "recall": 0.6, "f1": 0.667, "support": 5}
    return held | {"predicted": 4} | more


ANNA = "Anna met 李雷 in Paris, not in London 😀 today"
MADE = {
    "tagging": Made(
        "tagging",
        [
            (
                ANNA,
                "",
                _spans((0, 4, "person"), (9, 11, "person"), (15, 20, "place")),
                _spans((0, 4, "person"), (15, 20, "group"), (29, 37, "place")),
                "",
            ),
            ("Nothing to see here", "", "[]", "[]", ""),
            (
                "The Rolling Stones play",
                "",
                _spans((0, 18, "group")),
                _spans((4, 18, "group")),
                "",
            ),
        ],
        ["group", "person", "place"],
        {"group": ["group"], "person": ["person"], "place": ["place"]},
        metrics={
            "entity_f1": 0.42,
            "entity_precision": 0.5,
            "entity_recall": 0.36,
            "partial_f1": 0.61,
        },
        per_class=[_score("group"), _score("person"), _score("place")],
        baselines={"zero_shot": {"entity_f1": 0.03, "entity_precision": 0.02}},
    ),
    "question_answering": Made(
        "question_answering",
        [
            (
                "The Nile is a river in Africa.",
                "Where is the Nile?",
                '[{"text": "Africa", "start": 23}]',
                '[{"text": "in Africa", "start": 20}]',
                "",
            ),
            ("Cats sleep a lot.", "Who barks?", "[]", '[{"text": "Cats", "start": 0}]', ""),
            (
                "Cats sleep a lot.",
                "Who sleeps?",
                '[{"text": "Cats", "start": 0}]',
                '[{"text": "Cats", "start": 0}]',
                "",
            ),
        ],
        template="{question}\n{text}\n{mask}",
        metrics={"token_f1": 0.55, "exact_match": 0.33},
    ),
    "extraction": Made(
        "extraction",
        [
            (
                "The Vaults is a cheap pub near the river.",
                "",
                '{"name": "The Vaults", "price": "cheap", "area": null, "food": "pub food"}',
                '{"name": "The Vaults", "price": "pub", "area": "river", "food": null}',
                "",
            )
        ],
        ["name", "price", "area", "food"],
        {"name": ["What is the name?"], "price": ["What is the price?"]},
        metrics={"micro_f1": 0.8, "exact_match": 0.5},
        per_class=[_score("name", exact_match=0.5, missing=1, spurious=0)],
    ),
    "several_labels": Made(
        "several_labels",
        [
            ("A cheap pub for families", "", '["price", "family"]', '["price", "food"]', ""),
            ("A pub", "", "[]", "[]", ""),
        ],
        ["family", "food", "price"],
        {"family": ["family"], "food": ["food"], "price": ["price"]},
        metrics={"micro_f1": 0.7, "macro_f1": 0.6, "exact_match": 0.5, "hamming_loss": 0.1},
        per_class=[_score("family", threshold=0.31), _score("food", threshold=0.5)],
        baselines={"majority": {"micro_f1": 0.3}, "every_label": {"micro_f1": 0.4}},
    ),
    "generation": Made(
        "generation",
        [
            (
                "name[The Vaults], priceRange[cheap]",
                "",
                "The Vaults is a cheap pub.",
                "The Vaults is a very cheap place.",
                "name name name",
            )
        ],
        metrics={"rouge_l": 0.62, "bleu": 31.5, "chrf": 52.0, "exact_match": 0.1},
        baselines={"untrained": {"rouge_l": 0.2, "bleu": 3.0}},
    ),
}


def make_project(folder: Path, made: Made) -> Project:
    """A project of the task, whose rows are all in the splits."""
    source = folder.parent / f"{folder.name}.jsonl"
    lines = [
        json.dumps({"text": text, "question": question, "answer": gold}, ensure_ascii=False)
        for text, question, gold, _, _ in made.rows
    ]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = "question" if made.task == "question_answering" else None
    ids = list(range(len(made.rows)))
    file = ProjectFile(
        name=folder.name,
        task=made.task,
        roles=Roles(text="text", label="answer", question=asked),
        columns=["text", "question", "answer"],
        labels=list(made.labels),
        prompt=PromptSpec(template=made.template, words=made.words),
        model=DEFAULT_MODEL,
        splits={"train": ids, "valid": ids, "test": ids},
    )
    project = create_project(folder, file)
    store([("data", read_file(source, ReadSettings()))], folder)
    project.update(data_sha256=sha256_of(project.table_path))
    return project


def judged_run(project: Project, made: Made, split: str = "test") -> str:
    """A run with weights, its metrics and its answers, as the engine leaves them."""
    file = project.file
    data = DataRef(
        sha256=file.data_sha256,
        text="text",
        label="answer",
        question=file.roles.question,
        rows=file.splits,
    )
    recipe = Recipe(
        name="lora-1",
        task=made.task,
        model=ModelRef(name=file.model),
        prompt=file.prompt,
        data=data,
    )
    run = create_run(project.runs_folder, recipe)
    (run / "model").mkdir(exist_ok=True)
    (run / "model" / "trained.safetensors").write_bytes(b"0" * 64)
    record: dict[str, Any] = {
        "rows": len(made.rows),
        "metrics": made.metrics,
        "per_class": made.per_class,
        "baselines": made.baselines,
        "notes": [],
        "intervals": {
            name: {"low": 0.8 * value, "high": min(1.2 * value, 100.0), "level": 0.95}
            for name, value in list(made.metrics.items())[:1]
        },
    }
    held = {"version": 1, "splits": {split: record}}
    (run / "metrics.json").write_text(json.dumps(held), encoding="utf-8")
    columns: dict[str, Any] = {
        "split": [split] * len(made.rows),
        "_row_id": list(range(len(made.rows))),
        "label": [row[2] for row in made.rows],
        "predicted_label": [row[3] for row in made.rows],
    }
    if made.task == "generation":
        columns["untrained"] = [row[4] for row in made.rows]
    else:
        columns["probability"] = [0.9 - 0.1 * place for place in range(len(made.rows))]
    pq.write_table(pa.table(columns), run / "predictions.parquet")
    return recipe.name
