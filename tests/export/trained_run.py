"""A project with a run whose trained tensors are random: as good as trained, made in no time."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import torch

from peft_desktop.core.recipe import DataRef, ModelRef, PromptSpec, Recipe, TrainingSettings
from peft_desktop.core.runs import create_run
from peft_desktop.tuning.export import _exact
from peft_desktop.tuning.models import Library
from peft_desktop.tuning.trained import Ready, TrainedFile, build, save_trained

TEXTS = [
    "the movie was good and it was great",
    "bad",
    "a terrible and long story . the film was bad",
    'fine acting, "great" plot;\nno end',
    "电影 great [MASK] </s> {mask}",
    "",
    " ".join(["a good film , a bad movie"] * 12),
    "é\u0301 \u00a0 awful",
]
TEMPLATES = {
    "causal": "{text} It was {mask}",
    "masked": "{text} It was {mask} .",
    "encoder": "{text} It was {mask}.",
    "seq2seq": "{text} It was {mask} .",
}
ONE_TOKEN = {"pos": ["great", "good"], "neg": ["terrible"]}
SEVERAL_TOKENS = {"pos": ["great", "wonderful", "wonderworld"], "neg": ["terrible", "wound"]}


@dataclass
class TrainedRun:
    folder: Path
    library: Library
    base: Path
    recipe: Recipe
    rows: list[dict[str, str]]

    def exact(self) -> Ready:
        """The model as this program loads it, in float32."""
        return _exact(self.folder, self.recipe, self.library)


def make_run(
    root: Path,
    model: Path,
    family: str,
    method: str = "lora",
    *,
    words: dict[str, list[str]] = SEVERAL_TOKENS,
    template: str = "",
    parameters: dict[str, str] | None = None,
    texts: list[str] = TEXTS,
    max_length: int = 40,
    pooling: str = "mean",
    settings: dict[str, Any] | None = None,
    also: list[str] | None = None,
    virtual: bool = False,
    task: str = "classification",
    extra: dict[str, Any] | None = None,
    **training: Any,
) -> TrainedRun:
    """`root` becomes the project, with the library in `root/models`."""
    library = Library(root / "models")
    base = root / "models" / model.name
    shutil.copytree(model, base)
    if family == "encoder":
        (base / "1_Pooling").mkdir()
        (base / "1_Pooling" / "config.json").write_text(
            f'{{"pooling_mode_cls_token": {str(pooling == "cls").lower()},'
            f' "pooling_mode_mean_tokens": {str(pooling == "mean").lower()}}}',
            encoding="utf-8",
        )
        kinds = {"": "Transformer", "1_Pooling": "Pooling"}
        modules = [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(kinds.items())
        ]
        (base / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (base / "LICENSE").write_text("Apache License, Version 2.0", encoding="utf-8")
    card = library.get(model.name)
    assert card.refusal is None, card.why_not
    family = card.family
    (root / "data").mkdir()
    rows = [{"text": text, "other": f"{number} good"} for number, text in enumerate(texts)]
    labels = list(words)
    columns = {name: [row[name] for row in rows] for name in ("text", "other")}
    columns["label"] = [labels[number % len(labels)] for number in range(len(rows))]
    table = pa.table({**columns, "_row_id": pa.array(range(len(rows)), pa.int64())})
    pq.write_table(table, root / "data" / "table.parquet")
    recipe = Recipe(
        name="run 1",
        task=task,
        model=ModelRef(name=card.name, family=family, sha256=card.sha256),
        method=method,
        method_settings=settings or {},
        prompt=PromptSpec(
            template=template or TEMPLATES[family],
            words=words,
            parameters=parameters or {},
            also=also or [],
            virtual=virtual,
        ),
        data=DataRef(text="text", label="label", rows={"test": list(range(len(rows)))}),
        training=TrainingSettings(max_length=max_length, device="cpu", threads=1, **training),
    )
    folder = create_run(root / "runs", recipe)
    used = ["text", "other", "label"]
    made = build(recipe, card, library, used, max_length)
    torch.manual_seed(1)
    tensors = {name: t + 0.3 * torch.randn(t.shape) for name, t in made.trained().items()}
    file = TrainedFile(
        family=family,
        base=card.name,
        base_sha256=card.sha256,
        labels=labels,
        columns=used,
        use_head=made.head is not None,
        separate=made.separate,
        max_length=max_length,
        precision="fp32",
        weight=0.5 if made.head is not None else 1.0,
        temperature=1.3,
        extra=extra or {},
    )
    save_trained(folder, file, tensors)
    return TrainedRun(folder, library, base, recipe, rows)
