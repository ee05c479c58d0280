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
from ..methods import Facts, method_called
from ..prompts.tokens import Tokens
from . import checkpoint as checkpoints
from .batches import pieces_of
from .crafts import Craft, craft_called
from .device import (
    choose_device,
    choose_precision,
    fastest,
    forget_peak_memory,
    set_threads,
)
from .loading import set_precision
from .loop import Fit, Trainee, fit
from .loss import Weights
from .models import Library, ModelCard
from .nearest import nearest_words
from .out_of_memory import NOTHING_LEFT, WHAT_TO_DO, give_back, is_out_of_memory
from .rows import TableRows
from .schedule import Schedule, optimizer_of
from .scoring import computing
from .trained import TrainedFile, longest_input, put_tensors, save_trained
from .tuned_model import TunedModel
from .verdict import Watch

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
    craft = craft_called(recipe.task)
    model = craft.build(recipe, card, library, table.columns, length)
    for template, values in model.warnings:
        yield ev.Warned(template, values)

    yield ev.PhaseChanged("tokenising")
    train_rows = yield from craft.rows(model, table, recipe, "train", length, run_folder)
    valid_rows = yield from craft.rows(model, table, recipe, "valid", length, run_folder)
    if not len(valid_rows):
        yield ev.Warned(NO_VALIDATION)

    yield ev.PhaseChanged("measuring")
    weights = craft.weights(model, recipe)
    folder = run_folder / "checkpoints"
    found = checkpoints.newest_whole(folder) if resume else None
    if found is None:
        precision, seconds = yield from _precision(
            craft, model, train_rows, recipe, card, device, weights
        )
    else:
        precision, seconds = checkpoints.precision_of(found), {}
    set_precision(model, precision)
    model.to(device)
    torch.manual_seed(recipe.seed)
    trainee = _trainee(
        craft, model, train_rows, valid_rows, recipe, card, device, precision, weights
    )
    yield from craft.freeze(trainee)

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
        use_head=getattr(model, "head", None) is not None,
        separate=getattr(model, "separate", False),
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
            file = _outcome(file, trainee, state)
            save_trained(run_folder, file, model.kept(state.best))
    put_tensors(model, state.best)
    if state.best and (yield from craft.finish(trainee, state)):
        put_tensors(model, state.best)
        file = _outcome(file, trainee, state)
        save_trained(run_folder, file, model.kept(state.best))
    training_seconds = time.monotonic() - since
    checkpoints.remove_checkpoints(folder)
    rate = trainee.optimizer.param_groups[0]["base_lr"]
    yield from craft.verdict(watch, trainee, state, rate)
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
        result["metrics"]["valid"] = craft.valid_metrics(trainee, state, file)
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


def _precision(
    craft: Craft,
    model: TunedModel,
    rows: Any,
    recipe: Recipe,
    card: ModelCard,
    device: torch.device,
    weights: Weights,
) -> Generator[Event, None, tuple[str, Mapping[str, float]]]:
    size = min(len(rows), recipe.training.batch_size)
    longest = sorted(range(len(rows)), key=lambda i: -rows.lengths[i])[:size]
    piece = pieces_of(longest, rows.lengths)[-1]  # as the loop will compute it

    def seconds(precision: str) -> Generator[Event, None, float]:
        nonlocal piece
        while True:
            try:
                return (yield from timed(precision))
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                if len(piece) < 2:
                    raise UserError(NOTHING_LEFT, WHAT_TO_DO) from error
            give_back()
            piece = piece[: len(piece) // 2]  # precisions are compared on half of it

    def timed(precision: str) -> Generator[Event, None, float]:
        frozen = {p: p.data for p in model.parameters() if not p.requires_grad}
        set_precision(model, precision)
        batch = craft.measured(model, rows, piece, device)
        model.train()

        def step() -> None:
            loss = craft.loss(model, batch, weights, None, computing(device, precision)).total
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
    craft: Craft,
    model: TunedModel,
    train_rows: Any,
    valid_rows: Any,
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
        craft=craft,
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


def _outcome(file: TrainedFile, trainee: Trainee, state: Fit) -> TrainedFile:
    found = {"best_step": state.best_step, **trainee.craft.outcome(trainee, state)}
    return file.model_copy(update=found)


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
    state.restore(snapshot, trainee.craft)
    yield ev.Resumed(snapshot.step)
