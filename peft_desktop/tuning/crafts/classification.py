"""Classification: label words' scores at the slot, and a head beside them (`tuning/prompt_model`,
`tuning/loss`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch

from ...core.errors import UserError
from ...core.events import Warned
from ...core.recipe import Recipe
from ...core.words import QT_TRANSLATE_NOOP
from ...evaluation.calibration import calibrated_loss, fit_temperature
from ...evaluation.metrics import judge
from ...evaluation.mixing import mixed, negative_log_likelihood
from ..batches import RowBatch, Rows, batch_of, drawn_templates, pieces_of, rows_of
from ..contrast import as_before, check_step, pulls_of
from ..distilling import SoftRows, soft_rows, with_soft
from ..loop import Fit, Trainee
from ..loss import Counts, Weights, loss_of
from ..models import Library, ModelCard
from ..prompt_model import PromptModel
from ..refitting import mixing_weight, refit_head
from ..rows import TableRows, encoded_rows, warned_of_cuts
from ..scoring import Scores, frozen_states, picked, scores_of
from ..trained import Ready, TrainedFile, build_prompt_model, combined
from ..verdict import Watch
from .contract import Craft, Judged, Judging, Look, Row, StepLoss, Work


class ClassificationCraft(Craft):
    name = "classification"

    def build(
        self, recipe: Recipe, card: ModelCard, library: Library, columns: list[str], length: int
    ) -> PromptModel:
        return build_prompt_model(recipe, card, library, columns, length)

    def gold(self, recipe: Recipe, rows: Sequence[Row], source: Path) -> list[int]:
        from .classification_judging import labels_of_file

        return labels_of_file(recipe, rows, source)

    def rows(
        self,
        model: PromptModel,
        table: TableRows,
        recipe: Recipe,
        split: str,
        length: int,
        run_folder: Path,
    ) -> Work[Rows]:
        soft: SoftRows | None = None
        if split == "train":
            soft = soft_rows(run_folder, recipe, table.columns)
        texts, gold = table.split(split)
        if soft is not None:
            texts, gold = [*texts, *soft.rows], [*gold, *soft.likeliest]
        encoded = yield from encoded_rows(model.plan, texts)
        yield from warned_of_cuts([row.cut for row in encoded], length)
        if split != "train":
            return rows_of(encoded, gold)
        if not encoded:
            raise table.nothing_to_learn()
        check_weights(recipe)
        shares = recipe.training
        rows = rows_of(encoded, gold, shares.prompt_share, shares.fine_tune_share, recipe.seed)
        return rows if soft is None else with_soft(rows, soft)

    def weights(self, model: PromptModel, recipe: Recipe) -> Weights:
        settings = recipe.training
        check_step(model.contrast, settings)
        return Weights(settings.weight_prompt, settings.weight_fine_tune, model.contrast)

    def freeze(self, trainee: Trainee) -> Work[None]:
        model = trainee.model
        if not model.frozen:
            return
        device, precision = trainee.accelerator.device, trainee.precision
        trainee.frozen_train = yield from frozen_states(model, trainee.train, device, precision)
        if len(trainee.valid):
            trainee.frozen_valid = yield from frozen_states(model, trainee.valid, device, precision)

    def batches(
        self, trainee: Trainee, places: Sequence[Sequence[int]], chance: Random
    ) -> list[RowBatch]:
        rows, device = trainee.train, trainee.accelerator.device
        if trainee.frozen_train is not None:
            return [picked(rows, trainee.frozen_train, list(some), device) for some in places]
        plan = trainee.model.plan
        return [
            batch_of(rows, piece, plan.pad_id, device, template)
            for batch in places
            for template, some in drawn_templates(batch, plan, chance)
            for piece in pieces_of(some, rows.lengths)
        ]

    def measured(
        self, model: PromptModel, rows: Rows, places: Sequence[int], device: torch.device
    ) -> RowBatch:
        return batch_of(rows, places, model.plan.pad_id, device)

    def shares(self, trainee: Trainee, batches: Sequence[RowBatch]) -> Work[list[Any]]:
        counts = Counts.of(batches)
        contrast = trainee.weights.contrast
        if contrast is None or len(batches) < 2:
            return [(counts, None)] * len(batches)
        pulls = yield from pulls_of(trainee.model, batches, contrast, trainee.accelerator)
        return [(counts, pull) for pull in pulls]

    def loss(
        self,
        model: PromptModel,
        batch: RowBatch,
        weights: Weights,
        share: Any,
        computing: AbstractContextManager[Any],
    ) -> StepLoss:
        counts, pull = share or (None, None)
        if pull is not None:
            as_before(pull, batch.gold.device)
        with computing:
            outputs = model(batch)
        loss = loss_of(outputs, batch, weights, counts, pull)
        parts = {"prompt": loss.prompt, "fine_tune": loss.fine_tune, "contrast": loss.contrast}
        return StepLoss(loss.total, {name: p for name, p in parts.items() if p is not None})

    def look(self, trainee: Trainee, step: int) -> Work[Look]:
        scores = yield from scores_of(
            trainee.model,
            trainee.valid,
            trainee.accelerator.device,
            trainee.precision,
            frozen=trainee.frozen_valid,
            quiet=True,
        )
        heads = [scores.prompt] if scores.head is None else [scores.prompt, scores.head]
        if not all(np.isfinite(head).all() for head in heads):
            return Look(np.nan, np.nan, {})
        gold = np.asarray(trainee.valid.gold)
        weight = mixing_weight(scores, gold, trainee.weights)
        mix = (
            mixed(scores.prompt, scores.head, weight) if scores.head is not None else scores.prompt
        )
        return Look(
            loss=validation_loss(scores, gold, trainee.weights),
            deciding=validation_loss(scores, gold, trainee.weights, calibrated_loss),
            metrics=judge(trainee.model.plan.labels, gold.tolist(), np.exp(mix)).metrics,
            kept=scores,
            weight=weight,
        )

    def unseen_weight(self, trainee: Trainee) -> float:
        return 0.5 if trainee.model.head is not None and trainee.weights.prompt else 1.0

    def arrays(self, kept: Scores | None) -> dict[str, np.ndarray]:
        if kept is None:
            return {}
        both = {"prompt": kept.prompt, "head": kept.head}
        return {name: array for name, array in both.items() if array is not None}

    def restored(self, arrays: dict[str, np.ndarray]) -> Scores | None:
        return Scores(arrays["prompt"], arrays.get("head")) if "prompt" in arrays else None

    def finish(self, trainee: Trainee, state: Fit) -> Work[bool]:
        if not trainee.model.refit:
            return False
        yield from refit_head(trainee, state)
        return True

    def outcome(self, trainee: Trainee, state: Fit) -> dict[str, Any]:
        temperature = 1.0
        if state.valid is not None:
            logs = combined(state.valid, state.weight)
            temperature = fit_temperature(logs, trainee.valid.gold).value
        return {"weight": state.weight, "temperature": temperature}

    def verdict(self, watch: Watch, trainee: Trainee, state: Fit, rate: float) -> list[Warned]:
        labels = list(trainee.model.plan.labels)
        return list(watch.verdict(state, trainee.valid.gold, labels, rate))

    def valid_metrics(self, trainee: Trainee, state: Fit, file: TrainedFile) -> dict[str, float]:
        logs = combined(state.valid, file.weight, file.temperature)
        return judge(list(trainee.model.plan.labels), trainee.valid.gold, np.exp(logs)).metrics

    def columns(self, recipe: Recipe) -> list[str]:
        from ..predicting import PREDICTED

        return [PREDICTED, "probability", *(f"probability_{label}" for label in recipe.labels)]

    def answers(
        self, ready: Ready, rows: Sequence[Row], quiet: bool = True
    ) -> Work[list[dict[str, Any]]]:
        from ..predicting import answer

        encoded = yield from encoded_rows(ready.model.plan, rows)
        prepared = rows_of(encoded, [0] * len(encoded))
        scores = yield from scores_of(
            ready.model, prepared, ready.device, ready.file.precision, quiet=quiet
        )
        return [answer(ready.recipe.labels, row) for row in ready.probabilities(scores)]

    def counted(self, recipe: Recipe, answer: Mapping[str, Any]) -> list[str]:
        return [str(answer["predicted_label"])]

    def judge(self, job: Judging) -> Work[Judged]:
        from .classification_judging import judged

        return (yield from judged(job))


def check_weights(recipe: Recipe) -> None:
    """Raises UserError where neither part of the loss has weight and rows."""
    shares = recipe.training
    if (shares.weight_prompt and shares.prompt_share) or (
        shares.weight_fine_tune and shares.fine_tune_share
    ):
        return
    raise UserError(
        QT_TRANSLATE_NOOP("engine", "Both parts of the loss are off: nothing would be learnt."),
        QT_TRANSLATE_NOOP(
            "engine", "Give weight_prompt or weight_fine_tune, and its share, more than 0."
        ),
        field="weight_prompt",
    )


def validation_loss(
    scores: Scores,
    gold: np.ndarray,
    weights: Weights,
    loss: Callable[[np.ndarray, np.ndarray], float] = negative_log_likelihood,
) -> float:
    """L on the validation rows, with the same weights as in training.

    With `calibrated_loss`, where each head has its own temperature, it tells which step answers
    best: the plain sum also grows when right answers get too sure of themselves, and on few rows
    called an untrained model the best (docs/benchmarks.md).
    """
    total = 0.0
    if weights.prompt:
        total += weights.prompt * loss(scores.prompt, gold)
    if weights.fine_tune and scores.head is not None:
        total += weights.fine_tune * loss(scores.head, gold)
    return float(total)
