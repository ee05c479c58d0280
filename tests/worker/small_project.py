"""A small project with a tiny model for the real tuner."""

from __future__ import annotations

from pathlib import Path

from peft_desktop.core.recipe import DataRef, ModelRef, PromptSpec, Recipe, TrainingSettings
from peft_desktop.core.runs import create_run

TEXTS = [f"{'good' if n % 2 else 'bad'} film {n}" for n in range(24)]


def make_project(home: Path) -> Path:
    """A project in `home/project`, with a tiny model in the library of that home."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from peft_desktop.tuning.tiny_model import make_tiny_model

    make_tiny_model(home / "models" / "tiny")
    (home / "project" / "data").mkdir(parents=True)
    labels = ["yes" if n % 2 else "no" for n in range(len(TEXTS))]
    ids = pa.array(range(len(TEXTS)), pa.int64())
    table = pa.table({"text": TEXTS, "label": labels, "_row_id": ids})
    pq.write_table(table, home / "project" / "data" / "table.parquet")
    return home / "project"


def make_run(project: Path, name: str, **training: object) -> tuple[Recipe, Path]:
    """A new run's recipe and folder."""
    recipe = Recipe(
        name=name,
        model=ModelRef(name="tiny", family="causal"),
        prompt=PromptSpec(template="{text}. {mask}", words={"no": ["n"], "yes": ["y"]}),
        data=DataRef(
            text="text",
            label="label",
            rows={"train": list(range(16)), "valid": [16, 17, 18, 19], "test": [20, 21, 22, 23]},
        ),
        training=TrainingSettings.model_validate(
            {"device": "cpu", "threads": 1, "precision": "fp32", "max_steps": 8, **training}
        ),
    )
    return recipe, create_run(project / "runs", recipe)
