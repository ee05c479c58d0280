"""A run's model as a folder that works without this program, checked by a clean process."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path

import numpy as np
import torch

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.files import staged_folder
from ..core.ports import ExportRequest
from ..core.recipe import Recipe
from ..core.runs import load_recipe
from ..core.words import QT_TRANSLATE_NOOP
from ..families import family_called
from .batches import rows_of
from .crafts.several_labels import probabilities_of, thresholds_of
from .crafts.span_model import SpanModel
from .crafts.writing_model import WritingModel
from .device import set_threads
from .export_answers import TASKS, answer_columns, told_columns
from .export_check import SampleRows, check_export, columns_of, sample_rows
from .export_files import FORMATS, write_export
from .label_list_model import LabelListModel
from .loading import set_precision
from .models import Library
from .predicting import PREDICTED
from .prompt_model import PromptModel
from .rows import encoded_rows
from .scoring import scores_of
from .trained import FOLDER, Ready, base_model, build, put_back, read_trained
from .waiting import waiting


def export_run(
    run_folder: Path, request: ExportRequest, library: Library
) -> Generator[Event, None, None]:
    """Write the run's model to `request.target`, a new or an empty folder.

    `adapter` holds what was trained and needs the base model; `merged` is a whole model. The
    folder appears when a clean process has run its `predict.py` on rows of the project and given
    the same predictions (in float32, probabilities to 0.001).
    Raises UserError, and leaves nothing behind, when it has not.
    """
    began = time.monotonic()
    _check(request)
    recipe = load_recipe(run_folder)
    yield ev.Started("export", facts={"run": recipe.name, "format": request.format})
    yield ev.PhaseChanged("loading")
    ready = yield from waiting(lambda: _exact(run_folder, recipe, library))
    if not isinstance(ready.model, PromptModel | WritingModel | SpanModel):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'Models of the task "{task}" cannot be exported.'),
            QT_TRANSLATE_NOOP("engine", "Use them here: peft-desktop predict PROJECT RUN FILE."),
            field="task",
            task=recipe.task,
        )
    base = library.path(base_model(library, ready.file.base, ready.file.base_sha256).name)
    sample = sample_rows(run_folder, recipe, _columns(ready))
    yield ev.PhaseChanged("evaluating")
    expected = yield from _expected(ready, sample)
    with staged_folder(request.target) as stage:
        yield ev.PhaseChanged("saving")
        yield from waiting(
            lambda: write_export(stage, request.format, ready, library, run_folder), join=True
        )
        yield ev.PhaseChanged("checking")
        given = base if request.format == "adapter" else None
        lists = thresholds_of(ready) if isinstance(ready.model, LabelListModel) else None
        told = told_columns(recipe) if isinstance(expected, list) else None
        difference = yield from check_export(
            stage, given, sample, recipe.labels, expected, lists, told
        )
        files = {
            path.relative_to(stage).as_posix(): path.stat().st_size
            for path in sorted(stage.rglob("*"))
            if path.is_file()
        }
    yield ev.Finished(
        {
            "files": list(files),
            "bytes": sum(files.values()),
            "checked_rows": len(sample.rows),
            "largest_difference": difference,
            "seconds": time.monotonic() - began,
        }
    )


def _columns(ready: Ready) -> list[str]:
    """The columns that a row must have."""
    model = ready.model
    if isinstance(model, SpanModel):
        return answer_columns(ready.recipe, model.reader.template.columns)
    used = columns_of(model.plan)
    return answer_columns(ready.recipe, used) if ready.recipe.task in TASKS else used


def _check(request: ExportRequest) -> None:
    if request.format not in FORMATS:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no export format "{name}".'),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}."),
            field="format",
            name=request.format,
            known=", ".join(FORMATS),
        )
    target = request.target
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This place is taken."),
            QT_TRANSLATE_NOOP("engine", "Choose a new or an empty folder; nothing was changed."),
            file=target,
        )


def _exact(run_folder: Path, recipe: Recipe, library: Library) -> Ready:
    """The run's model in float32 on the CPU: what the exported one is compared with."""
    file = read_trained(run_folder).model_copy(update={"precision": "fp32"})
    card = base_model(library, file.base, file.base_sha256)
    set_threads(recipe.training.threads)
    model = build(recipe, card, library, file.columns, file.max_length)
    put_back(model, run_folder / FOLDER / "trained.safetensors")
    set_precision(model, "fp32")
    model.eval()
    return Ready(model, family_called(file.family), recipe, file, torch.device("cpu"))


def _expected(ready: Ready, sample: SampleRows) -> Generator[Event, None, np.ndarray | list[str]]:
    if isinstance(ready.model, WritingModel | SpanModel):
        answers = yield from ready.craft.answers(ready, sample.rows)
        return [answer[PREDICTED] for answer in answers]
    if isinstance(ready.model, LabelListModel):
        return (yield from probabilities_of(ready, sample.rows))
    encoded = yield from encoded_rows(ready.model.plan, sample.rows)
    prepared = rows_of(encoded, [0] * len(encoded))
    scores = yield from scores_of(ready.model, prepared, ready.device, "fp32")
    return ready.probabilities(scores)
