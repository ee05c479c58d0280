"""Several labels: yes-no scores of label words at the slot, and a head beside them."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch

from ...core.errors import UserError
from ...core.events import Progressed, Tick, Warned
from ...core.recipe import Recipe
from ...data.label_lists import known_names, written
from ...evaluation.several_labels import best_thresholds, indicator, metrics_of
from ...evaluation.yes_no import best_scale, best_weight, joined, list_nll, sigmoid
from ...tasks.several_labels import SeveralLabelsSettings
from ..batches import RowBatch, Rows, batch_of, rows_of, scoring_order
from ..label_list_model import LabelListModel, list_loss, with_none
from ..loop import Fit, Trainee
from ..loss import Counts, Weights
from ..models import Library, ModelCard
from ..prompt_model import PromptModel
from ..rows import TableRows, encoded_rows, warned_of_cuts
from ..scoring import Scores, computing, picked
from ..trained import Ready, TrainedFile, build_prompt_model
from ..verdict import Watch
from .classification import ClassificationCraft, check_weights
from .contract import Craft, Judged, Judging, Look, Row, StepLoss, Work

_MOST_FOR_LEVEL = 256  # training rows that the levels start from
_FALLBACK = 0.5


class SeveralLabelsCraft(ClassificationCraft):
    """As classification, where a row's gold is a line of zeros and ones [C]."""

    name = "several_labels"

    def build(
        self, recipe: Recipe, card: ModelCard, library: Library, columns: list[str], length: int
    ) -> PromptModel:
        return build_prompt_model(
            with_none(recipe), card, library, columns, length, kind=LabelListModel
        )

    def gold(self, recipe: Recipe, rows: Sequence[Row], source: Path) -> list[Any]:
        column = recipe.data.label or ""
        labels = recipe.labels
        known = set(labels)
        try:
            return list(indicator(labels, (known_names(row[column], known) for row in rows)))
        except UserError as error:
            what, do = error.what, error.do
            raise UserError(
                what.template, do.template, file=source, field=column, **what.values
            ) from None

    def rows(
        self,
        model: PromptModel,
        table: TableRows,
        recipe: Recipe,
        split: str,
        length: int,
        run_folder: Path,
    ) -> Work[Rows]:
        texts = table.of_split(split)
        gold = self.gold(recipe, texts, table.path)
        encoded = yield from encoded_rows(model.plan, texts)
        yield from warned_of_cuts([row.cut for row in encoded], length)
        # batches make tensors of them, whatever their shape
        lines = cast(list[int], [line.astype(np.float32).tolist() for line in gold])
        if split != "train":
            return rows_of(encoded, lines)
        if not encoded:
            raise table.nothing_to_learn()
        check_weights(recipe)
        shares = recipe.training
        return rows_of(encoded, lines, shares.prompt_share, shares.fine_tune_share, recipe.seed)

    # -- training ------------------------------------------------------------------------------

    def weights(self, model: PromptModel, recipe: Recipe) -> Weights:
        return Weights(recipe.training.weight_prompt, recipe.training.weight_fine_tune)

    def freeze(self, trainee: Trainee) -> Work[None]:
        """Also: the levels start where the labels are as likely as in the training rows."""
        yield from super().freeze(trainee)
        rows: Rows = trainee.train
        every = range(len(rows))
        step = max(1, len(rows) // _MOST_FOR_LEVEL)
        places = list(every[::step])
        some = _some(rows, places)
        frozen = None
        if trainee.frozen_train is not None:
            frozen = type(trainee.frozen_train)(*(part[places] for part in trainee.frozen_train))
        device = trainee.accelerator.device
        scores = yield from list_scores(trainee.model, some, device, trainee.precision, frozen)
        shares = (_lines(rows).sum(0) + 0.5) / (len(rows) + 1.0)
        level = np.log(shares / (1 - shares)) - scores.prompt.mean(0)
        with torch.no_grad():
            parameter = trainee.model.shift_level
            parameter.copy_(torch.from_numpy(level).to(parameter))
            head = trainee.model.head
            if head is not None:
                head.bias.copy_(torch.from_numpy(np.log(shares / (1 - shares))).to(head.bias))

    def shares(self, trainee: Trainee, batches: Sequence[RowBatch]) -> Work[list[Any]]:
        yield from ()
        return [Counts.of(batches)] * len(batches)

    def loss(
        self,
        model: PromptModel,
        batch: RowBatch,
        weights: Weights,
        share: Any,
        computing: AbstractContextManager[Any],
    ) -> StepLoss:
        with computing:
            outputs = model(batch)
        loss = list_loss(outputs, batch, weights, share)
        parts = {"prompt": loss.prompt, "fine_tune": loss.fine_tune}
        return StepLoss(loss.total, {name: p for name, p in parts.items() if p is not None})

    def look(self, trainee: Trainee, step: int) -> Work[Look]:
        device, precision = trainee.accelerator.device, trainee.precision
        scores = yield from list_scores(
            trainee.model, trainee.valid, device, precision, trainee.frozen_valid
        )
        heads = [scores.prompt] if scores.head is None else [scores.prompt, scores.head]
        if not all(np.isfinite(head).all() for head in heads):
            return Look(np.nan, np.nan, {})
        gold = _lines(trainee.valid) > 0
        weight = _weight(scores, gold, trainee.weights)
        chances = sigmoid(joined(scores.prompt, scores.head, weight))
        loss = deciding = 0.0
        weights = (trainee.weights.prompt, trainee.weights.fine_tune)
        for of_head, share in zip(heads, weights, strict=False):
            if share:
                loss += share * list_nll(of_head, gold)
                deciding += share * list_nll(of_head / best_scale(of_head, gold), gold)
        answers = chances >= best_thresholds(gold, chances)
        return Look(loss, deciding, metrics_of(gold, answers, chances), scores, weight)

    def finish(self, trainee: Trainee, state: Fit) -> Work[bool]:
        yield from ()
        return False

    def outcome(self, trainee: Trainee, state: Fit) -> dict[str, Any]:
        """The share of both ways, a temperature, and each label's threshold."""
        count = len(trainee.model.plan.labels) - 1
        temperature, thresholds = 1.0, np.full(count, _FALLBACK)
        if state.valid is not None:
            gold = _lines(trainee.valid) > 0
            logits = joined(state.valid.prompt, state.valid.head, state.weight)
            temperature = best_scale(logits, gold)
            thresholds = best_thresholds(gold, sigmoid(logits / temperature))
        return {
            "weight": state.weight,
            "temperature": temperature,
            "extra": {"thresholds": [float(each) for each in thresholds]},
        }

    def verdict(self, watch: Watch, trainee: Trainee, state: Fit, rate: float) -> list[Warned]:
        return list(Craft.verdict(self, watch, trainee, state, rate))

    def valid_metrics(self, trainee: Trainee, state: Fit, file: TrainedFile) -> dict[str, float]:
        return dict(state.metrics)

    # -- use -----------------------------------------------------------------------------------

    def columns(self, recipe: Recipe) -> list[str]:
        return ["predicted_label", "probability", *(f"probability_{n}" for n in recipe.labels)]

    def answers(
        self, ready: Ready, rows: Sequence[Row], quiet: bool = True
    ) -> Work[list[dict[str, Any]]]:
        chances = yield from probabilities_of(ready, rows, quiet)
        given = chances >= thresholds_of(ready)
        return [
            answer(ready.recipe.labels, line, yes) for line, yes in zip(chances, given, strict=True)
        ]

    def counted(self, recipe: Recipe, answer: Mapping[str, Any]) -> list[str]:
        return [str(name) for name in json.loads(answer["predicted_label"])]

    def judge(self, job: Judging) -> Work[Judged]:
        from .several_labels_judging import judged

        return (yield from judged(job))


def answer(labels: Sequence[str], chances: np.ndarray, given: np.ndarray) -> dict[str, Any]:
    """The answer's columns for one row: its list, the list's probability, each label's."""
    names = [label for label, yes in zip(labels, given, strict=True) if yes]
    each = {f"probability_{n}": float(p) for n, p in zip(labels, chances, strict=True)}
    whole = float(np.where(given, chances, 1.0 - chances).prod())
    return {"predicted_label": written(names), "probability": whole, **each}


def thresholds_of(ready: Ready) -> np.ndarray:
    """From which probability on each label is given [C]."""
    settings = ready.craft.settings(ready.recipe)
    assert isinstance(settings, SeveralLabelsSettings)
    count = len(ready.recipe.labels)
    if settings.threshold is not None:
        return np.full(count, settings.threshold)
    return np.asarray(ready.file.extra.get("thresholds") or [_FALLBACK] * count)


def probabilities_of(ready: Ready, rows: Sequence[Row], quiet: bool = True) -> Work[np.ndarray]:
    """Each label's probability [rows, C], both ways joined and tempered."""
    encoded = yield from encoded_rows(ready.model.plan, rows)
    prepared = rows_of(encoded, [0] * len(encoded))
    scores = yield from list_scores(
        ready.model, prepared, ready.device, ready.file.precision, quiet=quiet
    )
    logits = joined(scores.prompt, scores.head, ready.file.weight)
    return sigmoid(logits / ready.file.temperature)


def list_scores(
    model: PromptModel,
    rows: Rows,
    device: torch.device,
    precision: str,
    frozen: Any = None,
    quiet: bool = True,
) -> Work[Scores]:
    """Yes-no logits [N, C] of all rows, in their order; yields after every batch."""
    labels = len(model.plan.labels) - 1
    prompt = np.zeros((len(rows), labels))
    head = np.zeros((len(rows), labels)) if model.head is not None else None
    was_training = model.training
    model.eval()
    done, told = 0, time.monotonic()
    try:
        for places in scoring_order(rows.lengths, 32):
            with torch.inference_mode(), computing(device, precision):
                batch = (
                    batch_of(rows, places, model.plan.pad_id, device)
                    if frozen is None
                    else picked(rows, frozen, places, device)
                )
                outputs = model(batch)
            prompt[places] = outputs.prompt.double().cpu().numpy()
            if head is not None:
                head[places] = outputs.head.double().cpu().numpy()
            done += len(places)
            if not quiet and time.monotonic() - told > 0.5:
                told = time.monotonic()
                yield Progressed(done, len(rows))
            else:
                yield Tick()
    finally:
        model.train(was_training)
    return Scores(prompt, head)


def _weight(scores: Scores, gold: np.ndarray, weights: Weights) -> float:
    """The prompt's share in the prediction; a way that was not trained has no say."""
    if scores.head is None or not weights.fine_tune:
        return 1.0
    if not weights.prompt:
        return 0.0
    return best_weight(scores.prompt, scores.head, gold)


def _lines(rows: Rows) -> np.ndarray:
    """Which labels the rows have, [N, C]."""
    return np.asarray(rows.gold, dtype=np.float64)


def _some(rows: Rows, places: Sequence[int]) -> Rows:
    return rows_of([rows.encoded[p] for p in places], [rows.gold[p] for p in places])
