"""A small project on disk: its table, its runs, a library with one tiny model."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Any

from engine_models import TEMPLATES

from peft_desktop.core.events import Event, Finished
from peft_desktop.core.files import sha256_of
from peft_desktop.core.ports import ProbeRequest
from peft_desktop.core.recipe import DataRef, ModelRef, PromptSpec, Recipe, TrainingSettings
from peft_desktop.core.runs import create_run, recorded
from peft_desktop.tuning.models import Library
from peft_desktop.tuning.tuner import LocalTuner

POSITIVE = ["good", "a good movie", "it was good and fine", "fine acting", "the good film was fine"]
NEGATIVE = ["bad", "a bad movie", "it was bad and awful", "awful acting", "the bad film was awful"]
WORDS = {"pos": ["great"], "neg": ["terrible"]}
SPLITS = {"train": range(10), "valid": range(10, 16), "test": range(16, 24)}
FAST: dict[str, Any] = {
    "max_steps": 6,
    "batch_size": 4,
    "evaluate_every_steps": 2,
    "device": "cpu",
    "precision": "fp32",
    "threads": 1,
    "max_length": 32,
}


def table_rows(count: int = 24) -> list[tuple[str, str]]:
    """(text, label), the labels in turn."""
    found = []
    for i in range(count):
        words = (POSITIVE, NEGATIVE)[i % 2]
        found.append((words[(i // 2) % len(words)] + " ." * (i // 10), ("pos", "neg")[i % 2]))
    return found


def write_table(folder: Path, rows: Sequence[tuple[str, str]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (folder / "data").mkdir(parents=True, exist_ok=True)
    columns = {"text": [t for t, _ in rows], "label": [label for _, label in rows]}
    table = pa.table(
        {**{k: pa.array(v, pa.string()) for k, v in columns.items()}, "_row_id": range(len(rows))}
    )
    pq.write_table(table, folder / "data" / "table.parquet")


def _linked(source: str, target: str) -> None:
    """A link where the drive allows it: real models are large, and nobody writes into them."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


class Workshop:
    """One project, one library, one tuner."""

    def __init__(
        self, root: Path, model_folder: Path, rows: Sequence[tuple[str, str]] = ()
    ) -> None:
        self.project = root / "project"
        self.models = root / "models"
        self.name = model_folder.name
        shutil.copytree(model_folder, self.models / self.name, copy_function=_linked)
        write_table(self.project, rows or table_rows())
        self.library = Library(self.models)
        self.tuner = LocalTuner(self.models)

    def recipe(
        self,
        name: str = "run",
        method: str = "lora",
        method_settings: dict[str, Any] | None = None,
        prompt: PromptSpec | None = None,
        splits: dict[str, Iterable[int]] | None = None,
        seed: int = 42,
        **training: Any,
    ) -> Recipe:
        card = self.library.get(self.name)
        return Recipe(
            name=name,
            model=ModelRef(name=card.name, family=card.family, sha256=card.sha256),
            method=method,
            method_settings=method_settings or {},
            prompt=prompt or PromptSpec(template=TEMPLATES[card.family], words=WORDS),
            data=DataRef(
                sha256=sha256_of(self.project / "data" / "table.parquet"),
                text="text",
                label="label",
                rows={k: list(v) for k, v in (splits or SPLITS).items()},
            ),
            training=TrainingSettings(**{**FAST, **training}),
            seed=seed,
        )

    def run_folder(self, recipe: Recipe) -> Path:
        folder = self.project / "runs" / recipe.name
        return folder if folder.exists() else create_run(self.project / "runs", recipe)

    def training(self, recipe: Recipe, resume: bool = False) -> Generator[Event, None, None]:
        """The events of a training, recorded as the program does it."""
        folder = self.run_folder(recipe)
        return recorded(self.tuner.train(recipe, folder, resume=resume), folder)

    def trained(self, **more: Any) -> Path:
        """Train a run to its end; gives its folder."""
        recipe = self.recipe(**more)
        result_of(self.training(recipe))
        return self.run_folder(recipe)


def of_kind(events: Iterable[Event], kind: type) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def result_of(events: Iterable[Event]) -> dict[str, Any]:
    """The result of work that is followed to its end."""
    last = list(events)[-1]
    assert isinstance(last, Finished)
    return last.result


ROWS = ({"text": "a good film"}, {"text": "a bad film"})


def probe_request(shop: Workshop, **more: Any) -> ProbeRequest:
    prompts = (
        PromptSpec(template="{text} It was {mask}", words=WORDS),
        PromptSpec(template="{text} all in all {mask}", words=WORDS),
    )
    given: dict[str, Any] = {
        "project": shop.project,
        "model": shop.name,
        "prompts": prompts,
        "rows": tuple(range(16)),
        "text": "text",
        "label": "label",
        "device": "cpu",
    }
    return ProbeRequest(**{**given, **more})
