"""Tasks that are answered in two ways, by pointing at the text or by writing: which one holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import torch

from ...core.errors import UserError
from ...core.recipe import Recipe
from ...core.words import QT_TRANSLATE_NOOP
from ..loop import Fit, Trainee
from ..loss import Weights
from ..models import Library, ModelCard
from ..rows import TableRows
from ..trained import Ready, TrainedFile
from .contract import Craft, Judged, Judging, Look, Row, StepLoss, Work
from .span_model import SpanModel

_WRITERS = ("causal", "seq2seq")
_POINTERS = ("encoder", "masked", "causal")
_CANNOT = QT_TRANSLATE_NOOP("engine", "This kind of model ({family}) cannot answer by {way}.")
_CANNOT_DO = QT_TRANSLATE_NOOP("engine", "Set task.way to auto, or choose another model.")


def way_of(wanted: str, family: str) -> str:
    """`spans` or `generate`; UserError where models of the family cannot do what is wanted."""
    if wanted == "auto":
        return "generate" if family in _WRITERS else "spans"
    if family not in (_POINTERS if wanted == "spans" else _WRITERS):
        raise UserError(_CANNOT, _CANNOT_DO, field="way", family=family, way=wanted)
    return wanted


class TwoWays(Craft):
    """Hands everything on to `spans` or `writing`, whichever the model was built by."""

    writes = True  # so that it is given the settings of one prediction
    spans: Craft
    writing: Craft

    def hands(self, model: Any) -> Craft:
        return self.spans if isinstance(model, SpanModel) else self.writing

    def build(
        self, recipe: Recipe, card: ModelCard, library: Library, columns: list[str], length: int
    ) -> Any:
        way = way_of(str(getattr(self.settings(recipe), "way", "auto")), card.family)
        craft = self.spans if way == "spans" else self.writing
        return craft.build(recipe, card, library, columns, length)

    def gold(self, recipe: Recipe, rows: Sequence[Row], source: Path) -> list[Any]:
        return self.spans.gold(recipe, rows, source)

    def rows(
        self,
        model: Any,
        table: TableRows,
        recipe: Recipe,
        split: str,
        length: int,
        run_folder: Path,
    ) -> Work[Any]:
        hands = self.hands(model)
        return (yield from hands.rows(model, table, recipe, split, length, run_folder))

    def weights(self, model: Any, recipe: Recipe) -> Weights:
        return self.hands(model).weights(model, recipe)

    def batches(
        self, trainee: Trainee, places: Sequence[Sequence[int]], chance: Random
    ) -> list[Any]:
        return self.hands(trainee.model).batches(trainee, places, chance)

    def measured(self, model: Any, rows: Any, places: Sequence[int], device: torch.device) -> Any:
        return self.hands(model).measured(model, rows, places, device)

    def shares(self, trainee: Trainee, batches: Sequence[Any]) -> Work[list[Any]]:
        return (yield from self.hands(trainee.model).shares(trainee, batches))

    def loss(
        self,
        model: Any,
        batch: Any,
        weights: Weights,
        share: Any,
        computing: AbstractContextManager[Any],
    ) -> StepLoss:
        return self.hands(model).loss(model, batch, weights, share, computing)

    def look(self, trainee: Trainee, step: int) -> Work[Look]:
        return (yield from self.hands(trainee.model).look(trainee, step))

    def unseen_weight(self, trainee: Trainee) -> float:
        return self.hands(trainee.model).unseen_weight(trainee)

    def outcome(self, trainee: Trainee, state: Fit) -> dict[str, Any]:
        return self.hands(trainee.model).outcome(trainee, state)

    def valid_metrics(self, trainee: Trainee, state: Fit, file: TrainedFile) -> dict[str, float]:
        return self.hands(trainee.model).valid_metrics(trainee, state, file)

    def columns(self, recipe: Recipe) -> list[str]:
        return self.spans.columns(recipe)

    def answers(
        self,
        ready: Ready,
        rows: Sequence[Row],
        quiet: bool = True,
        stream: bool = False,
        settings: Mapping[str, Any] | None = None,
    ) -> Work[list[Any]]:
        """As all answers are; `settings` of the task in the place of the run's, this once."""
        if settings:
            given = {**self.settings(ready.recipe).model_dump(), **settings}
            recipe = ready.recipe.model_copy(update={"task_settings": given})
            self.settings(recipe)  # a wrong value becomes a sentence
            ready = replace(ready, recipe=recipe)
        return (yield from self.hands(ready.model).answers(ready, rows, quiet))

    def judge(self, job: Judging) -> Work[Judged]:
        return (yield from self.hands(job.ready.model).judge(job))
