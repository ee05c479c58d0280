"""One training run from its recipe to the saved model, as a generator of events."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from accelerate.state import AcceleratorState

from ..core import events as ev
from ..core.errors import UserError
from ..core.events import Event
from ..core.places import measured_file
from ..core.recipe import Recipe
from ..core.words import QT_TRANSLATE_NOOP
from ..evaluation.calibration import fit_temperature
from ..methods import Facts, method_called
from ..prompts.tokens import Tokens
from . import checkpoint as checkpoints
from .batches import Rows, batch_of, pieces_of, rows_of
from .contrast import check_step
from .device import (
    choose_device,
    choose_precision,
    fastest,
    forget_peak_memory,
    set_threads,
)
from .distilling import SoftRows, soft_rows, with_soft
from .loading import set_precision
from .loop import Fit, Trainee, fit
from .loss import Weights, loss_of
from .models import Library, ModelCard
from .nearest import nearest_words
from .prompt_model import PromptModel
from .refitting import refit_head
from .rows import TableRows, encoded_rows
from .schedule import Schedule, optimizer_of
from .scoring import computing, frozen_states
from .trained import TrainedFile, build, combined, longest_input, put_tensors, save_trained
from .verdict import Watch

CUT_ROWS = QT_TRANSLATE_NOOP(
    "engine",
    "{cut} of {rows} texts are longer than {length} tokens and are cut at their end; the prompt is "
    "kept whole.",
)
NO_VALIDATION = QT_TRANSLATE_NOOP(
    "engine", "There are no validation rows: training cannot stop early or choose the best step."
)


def train(
    recipe: Recipe, run_folder: Path, library: Library, resume: bool = False
) -> Generator[Event, None, None]:
    """Train what the recipe says and save the best weights into `run_folder/model`."""
    began = time.monotonic()
    settings = recipe.training
    yield ev.Started("train", facts={"run": recipe.name, "method": recipe.method})
    yield ev.PhaseChanged("loading")
    torch.manual_seed(recipe.seed)
    device = choose_device(settings.device)
    forget_peak_memory(device)
    threads = set_threads(settings.threads)
    card = trainable(library, recipe)
    table = TableRows.of(run_folder.parent.parent, recipe)
    length = longest_input(recipe, card, recipe.method)
    model = build(recipe, card, library, table.columns, length)
    for template, values in model.plan.warnings:
        yield ev.Warned(template, values)

    yield ev.PhaseChanged("tokenising")
    soft = soft_rows(run_folder, recipe, table.columns)
    train_rows = yield from _rows(model, table, recipe, "train", length, soft)
    valid_rows = yield from _rows(model, table, recipe, "valid", length)
    if not len(valid_rows):
        yield ev.Warned(NO_VALIDATION)

    yield ev.PhaseChanged("measuring")
    check_step(model.contrast, settings)
    weights = Weights(settings.weight_prompt, settings.weight_fine_tune, model.contrast)
    folder = run_folder / "checkpoints"
    found = checkpoints.newest_whole(folder) if resume else None
    if found is None:
        precision, seconds = yield from _precision(model, train_rows, recipe, card, device, weights)
    else:
        precision, seconds = checkpoints.precision_of(found), {}
    set_precision(model, precision)
    model.to(device)
    torch.manual_seed(recipe.seed)
    trainee = _trainee(model, train_rows, valid_rows, recipe, card, device, precision, weights)
    if model.frozen:
        trainee.frozen_train = yield from frozen_states(model, train_rows, device, precision)
        if len(valid_rows):
            trainee.frozen_valid = yield from frozen_states(model, valid_rows, device, precision)

    state = Fit()
    if resume:
        yield from _resume(trainee, state, found)
    trainee.save = lambda snapshot: _saved(snapshot, folder)
    file = TrainedFile(
        family=card.family,
        base=card.name,
        base_sha256=card.sha256,
        labels=recipe.labels,
        columns=table.columns,
        use_head=model.head is not None,
        separate=model.separate,
        max_length=length,
        precision=precision,
        weight=state.weight,
    )
    yield ev.Started(
        "training",
        trainee.schedule.total_steps,
        {
            "device": str(device),
            "precision": precision,
            "threads": threads,
            "measured_seconds": seconds,
            "train_rows": len(train_rows),
            "valid_rows": len(valid_rows),
            "trained_parameters": sum(p.numel() for p in model.trained().values()),
            "all_parameters": sum(p.numel() for p in model.parameters()),
            "evaluate_every_steps": trainee.schedule.evaluate_every,
        },
    )
    yield ev.PhaseChanged("training")
    since = time.monotonic()
    watch = Watch.of(run_folder if resume else None)
    try:
        yield from watch.through(fit(trainee, state))
    finally:
        # also when stopped or failed: what was best so far is worth keeping
        if state.best:
            file = file.model_copy(update=_outcome(state, valid_rows))
            save_trained(run_folder, file, model.kept(state.best))
    put_tensors(model, state.best)
    if model.refit and state.best:
        yield from refit_head(trainee, state)
        put_tensors(model, state.best)
        file = file.model_copy(update=_outcome(state, valid_rows))
        save_trained(run_folder, file, model.kept(state.best))
    training_seconds = time.monotonic() - since
    checkpoints.remove_checkpoints(folder)
    rate = trainee.optimizer.param_groups[0]["base_lr"]
    yield from watch.verdict(state, valid_rows.gold, recipe.labels, rate)
    result: dict[str, Any] = {
        "name": recipe.name,
        "steps": state.step,
        "best_step": state.best_step,
        "stopped_early": state.stopped_early,
        "weight": state.weight,
        "temperature": file.temperature,
        "precision": precision,
        "training_seconds": training_seconds,
        "seconds": time.monotonic() - began,
        "trained_parameters": sum(p.numel() for p in model.trained().values()),
        "soft_words": nearest_words(model, Tokens(library.path(card.name))),
        "metrics": {},
    }
    if state.valid is not None:
        from ..evaluation.metrics import judge

        logs = combined(state.valid, file.weight, file.temperature)
        import numpy as np

        judgement = judge(recipe.labels, valid_rows.gold, np.exp(logs))
        result["metrics"]["valid"] = judgement.metrics
    yield ev.Finished(result)


def trainable(library: Library, recipe: Recipe) -> ModelCard:
    """The recipe's base model, unchanged since the recipe was written, or a UserError."""
    card = library.get(recipe.model.name)
    if card.why_not:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "{why}"),
            file=library.path(card.name),
            why=str(card.why_not),
        )
    if recipe.model.sha256 and card.sha256 != recipe.model.sha256:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The model "{name}" has changed since this run was made.'),
            QT_TRANSLATE_NOOP("engine", "Add the old model again, or train a new run."),
            name=card.name,
        )
    return card


def _rows(
    model: PromptModel,
    table: TableRows,
    recipe: Recipe,
    split: str,
    length: int,
    soft: SoftRows | None = None,
) -> Generator[Event, None, Rows]:
    texts, gold = table.split(split)
    if soft is not None:
        texts, gold = [*texts, *soft.rows], [*gold, *soft.likeliest]
    encoded = yield from encoded_rows(model.plan, texts)
    cut = sum(1 for row in encoded if row.cut)
    if cut:
        yield ev.Warned(CUT_ROWS, {"cut": cut, "rows": len(encoded), "length": length})
    if split != "train":
        return rows_of(encoded, gold)
    if not encoded:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There are no labelled training rows."),
            QT_TRANSLATE_NOOP("engine", "Label some rows or change the split."),
            file=table.path,
        )
    shares = recipe.training
    if not (
        (shares.weight_prompt and shares.prompt_share)
        or (shares.weight_fine_tune and shares.fine_tune_share)
    ):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "Both parts of the loss are off: nothing would be learnt."),
            QT_TRANSLATE_NOOP(
                "engine", "Give weight_prompt or weight_fine_tune, and its share, more than 0."
            ),
            field="weight_prompt",
        )
    rows = rows_of(encoded, gold, shares.prompt_share, shares.fine_tune_share, recipe.seed)
    return rows if soft is None else with_soft(rows, soft)


def _precision(
    model: PromptModel,
    rows: Rows,
    recipe: Recipe,
    card: ModelCard,
    device: torch.device,
    weights: Weights,
) -> Generator[Event, None, tuple[str, Mapping[str, float]]]:
    size = min(len(rows), recipe.training.batch_size)
    longest = sorted(range(len(rows)), key=lambda i: -rows.lengths[i])[:size]
    piece = pieces_of(longest, rows.lengths)[-1]  # as the loop will compute it

    def seconds(precision: str) -> Generator[Event, None, float]:
        frozen = {p: p.data for p in model.parameters() if not p.requires_grad}
        set_precision(model, precision)
        batch = batch_of(rows, piece, model.plan.pad_id, device)
        model.train()

        def step() -> None:
            with computing(device, precision):
                outputs = model(batch)
            loss = loss_of(outputs, batch, weights).total
            if loss.requires_grad:
                loss.backward()
            model.zero_grad(set_to_none=True)

        try:
            return (yield from fastest(step))
        finally:
            for parameter, data in frozen.items():
                parameter.data = data  # as stored: what was rounded would stay rounded

    key = f"{card.sha256[:16]} {recipe.method}"
    wanted = recipe.training.precision
    return (yield from choose_precision(wanted, device, key, measured_file(), seconds))


def _trainee(
    model: PromptModel,
    train_rows: Rows,
    valid_rows: Rows,
    recipe: Recipe,
    card: ModelCard,
    device: torch.device,
    precision: str,
    weights: Weights,
) -> Trainee:
    settings = recipe.training
    method = method_called(recipe.method)
    facts = Facts(card.family, card.architecture, card.parameters, card.hidden_size or 0)
    # a warm process trains many runs: accelerate's global state must not outlive one
    AcceleratorState._reset_state(reset_partial_state=True)
    if device.type == "cuda":
        torch.cuda.set_device(device)
    mixed_precision = {"bf16": "bf16", "fp16": "fp16"}.get(precision, "no")
    accelerator = Accelerator(cpu=device.type == "cpu", mixed_precision=mixed_precision)
    rate = settings.learning_rate
    head_rate = settings.head_learning_rate
    optimizer = optimizer_of(
        model,
        settings,
        method.learning_rate(facts) if rate is None else rate,
        method.head_learning_rate(facts) if head_rate is None else head_rate,
    )
    return Trainee(
        model=model,
        train=train_rows,
        valid=valid_rows,
        settings=settings,
        weights=weights,
        accelerator=accelerator,
        optimizer=accelerator.prepare_optimizer(optimizer),
        schedule=Schedule.of(settings, len(train_rows), len(valid_rows)),
        precision=precision,
        seed=recipe.seed,
    )


def _outcome(state: Fit, valid_rows: Rows) -> dict[str, Any]:
    temperature = 1.0
    if state.valid is not None:
        logs = combined(state.valid, state.weight)
        temperature = fit_temperature(logs, valid_rows.gold).value
    return {"weight": state.weight, "best_step": state.best_step, "temperature": temperature}


def _saved(snapshot: checkpoints.Snapshot, folder: Path) -> Event:
    target = checkpoints.save_checkpoint(folder, snapshot)
    return ev.CheckpointSaved(snapshot.step, f"checkpoints/{target.name}")


def _resume(trainee: Trainee, state: Fit, found: Path | None) -> Generator[Event, None, None]:
    if found is None:
        yield ev.Resumed(0)  # whoever records drops the old events at this
        return
    snapshot = checkpoints.load_checkpoint(found)
    put_tensors(trainee.model, snapshot.trained, found)
    trainee.optimizer.load_state_dict(snapshot.optimizer)
    state.restore(snapshot)
    yield ev.Resumed(snapshot.step)
