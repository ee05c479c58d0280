"""The facts of a report: where the data came from, prompt, settings, training, environment."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.words import QT_TRANSLATE_NOOP
from .report_parts import Part, Say, Table, plot

if TYPE_CHECKING:
    from ..core.project import Project
    from ..core.recipe import Recipe
    from ..core.runs import Run

_MOST_WORDS = 200
_VALUE = QT_TRANSLATE_NOOP("engine", "Value")


def training_part(run: Run, say: Say) -> Part | None:
    """Loss by step; nothing for a run that was not trained in steps."""
    from ..core.events import Evaluated, Stepped
    from ..core.runs import replay

    steps: list[tuple[int, float]] = []
    judged: dict[str, list[tuple[int, float]]] = {}
    with suppress(OSError):
        for event in replay(run.folder):
            if isinstance(event, Stepped):
                steps.append((event.step, event.loss))
            elif isinstance(event, Evaluated):
                judged.setdefault("loss", []).append((event.step, event.loss))
                if "accuracy" in event.metrics:
                    pair = (event.step, event.metrics["accuracy"])
                    judged.setdefault("accuracy", []).append(pair)
    if not steps:
        return None
    part = Part(say(QT_TRANSLATE_NOOP("engine", "Training")))
    step = say(QT_TRANSLATE_NOOP("engine", "Step"))
    loss = say(QT_TRANSLATE_NOOP("engine", "Loss"))
    on_train = say(QT_TRANSLATE_NOOP("engine", "Training rows"))
    on_valid = say(QT_TRANSLATE_NOOP("engine", "Validation rows"))
    lines = [(on_train, [float(s) for s, _ in steps], [v for _, v in steps])]
    if pairs := judged.get("loss"):
        lines.append((on_valid, [float(s) for s, _ in pairs], [v for _, v in pairs]))
    part.plots.append(plot(loss, (step, loss), lines))
    if pairs := judged.get("accuracy"):
        right = say(QT_TRANSLATE_NOOP("engine", "Accuracy"))
        line = (on_valid, [float(s) for s, _ in pairs], [v for _, v in pairs])
        part.plots.append(plot(right, (step, right), [line]))
    return part


def prompt_part(recipe: Recipe, say: Say) -> Part:
    prompt = recipe.prompt
    part = Part(say(QT_TRANSLATE_NOOP("engine", "Prompt")), code=list(prompt.templates))
    if prompt.parameters:
        head = [say(QT_TRANSLATE_NOOP("engine", "Parameter")), say(_VALUE)]
        part.tables.append(Table(head, [[f"{{{k}}}", v] for k, v in prompt.parameters.items()]))
    if prompt.words:
        head = [
            say(QT_TRANSLATE_NOOP("engine", "Label")),
            say(QT_TRANSLATE_NOOP("engine", "Label words")),
        ]
        words = list(prompt.words.items())[:_MOST_WORDS]
        part.tables.append(Table(head, [[label, ", ".join(of)] for label, of in words]))
    return part


def data_part(project: Project, recipe: Recipe, say: Say) -> Part:
    part = Part(say(QT_TRANSLATE_NOOP("engine", "Data")))
    names = {
        "train": QT_TRANSLATE_NOOP("engine", "Training rows"),
        "valid": QT_TRANSLATE_NOOP("engine", "Validation rows"),
        "test": QT_TRANSLATE_NOOP("engine", "Test rows"),
    }
    counts = [[say(names.get(n, n)), str(len(ids))] for n, ids in recipe.data.rows.items()]
    rows = say(QT_TRANSLATE_NOOP("engine", "Rows"))
    part.tables.append(Table(["", rows], counts, frozenset({1})))
    lines = []
    for file in _receipt(project.folder):
        start, end = file.get("rows") or (0, 0)
        lines.append(
            [
                str(file.get("file", "")),
                str(end - start),
                str(file.get("rows_rejected", "")),
                str(file.get("encoding") or ""),
                str(file.get("imported_at", ""))[:16].replace("T", " "),
                str(file.get("sha256", "")),
            ]
        )
    if lines:
        head = [
            say(QT_TRANSLATE_NOOP("engine", "File")),
            rows,
            say(QT_TRANSLATE_NOOP("engine", "Rejected")),
            say(QT_TRANSLATE_NOOP("engine", "Encoding")),
            say(QT_TRANSLATE_NOOP("engine", "Imported")),
            "SHA-256",
        ]
        part.tables.append(Table(head, lines, frozenset({1, 2})))
    else:
        gone = QT_TRANSLATE_NOOP("engine", "The record of the import is not there any more.")
        part.texts.append(say(gone))
    return part


def _receipt(folder: Path) -> list[dict[str, Any]]:
    with suppress(OSError, ValueError, AttributeError, TypeError):
        held = json.loads((folder / "data" / "receipt.json").read_text(encoding="utf-8"))
        return [file for file in held["files"] if isinstance(file, dict)]
    return []


def settings_part(recipe: Recipe, say: Say) -> Part:
    lines = [
        [say(QT_TRANSLATE_NOOP("engine", "Model")), recipe.model.name],
        [say(QT_TRANSLATE_NOOP("engine", "Method")), recipe.method],
        [say(QT_TRANSLATE_NOOP("engine", "Seed")), str(recipe.seed)],
    ]
    settings = {**recipe.method_settings, **recipe.task_settings}
    settings |= recipe.training.model_dump(exclude_none=True)
    lines += [[name, str(value)] for name, value in settings.items()]
    head = [say(QT_TRANSLATE_NOOP("engine", "Setting")), say(_VALUE)]
    return Part(say(QT_TRANSLATE_NOOP("engine", "Settings")), tables=[Table(head, lines)])


def environment_part(run: Run, say: Say) -> Part:
    from .. import __version__
    from ..core.files import sha256_of

    held: dict[str, Any] = {}
    with suppress(OSError, ValueError):
        held = json.loads((run.folder / "environment.json").read_text(encoding="utf-8"))
    packages = held.pop("packages", None) or {}
    lines = [["PEFT Desktop", __version__]]
    lines += [[name, str(value)] for name, value in held.items() if name != "version"]
    lines += [[name, str(value)] for name, value in packages.items()]
    head = [say(QT_TRANSLATE_NOOP("engine", "Part")), say(_VALUE)]
    part = Part(say(QT_TRANSLATE_NOOP("engine", "Environment and hashes")))
    part.tables.append(Table(head, lines))
    hashes = [
        [say(QT_TRANSLATE_NOOP("engine", "Base model")), run.recipe.model.sha256],
        [say(QT_TRANSLATE_NOOP("engine", "Data")), run.recipe.data.sha256],
    ]
    for name in ("recipe.json", "model/trained.safetensors", "predictions.parquet"):
        with suppress(OSError):
            hashes.append([name, sha256_of(run.folder / name)])
    part.tables.append(Table(["", "SHA-256"], hashes))
    return part
