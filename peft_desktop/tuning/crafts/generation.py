"""Text generation: the loss of the target's tokens, answers written token by token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from ...core.errors import UserError
from ...core.events import Progressed, Tick, Warned
from ...core.fields import checked
from ...core.recipe import Recipe
from ...core.words import QT_TRANSLATE_NOOP
from ...evaluation.text_scores import text_scores
from ...families import family_called
from ...prompts.chat import ChatFrame, chat_frame
from ...prompts.tokens import Tokens
from ...tasks.generation import WritingSettings
from ..batches import pieces_of, scoring_order
from ..loading import load_prepared
from ..loop import Fit, Trainee
from ..loss import Weights
from ..models import Library, ModelCard
from ..rows import CHUNK, TableRows, warned_of_cuts
from ..scoring import computing
from ..trained import Ready, hints_for, method_for, soft_ahead
from .contract import Craft, Judged, Judging, Look, Row, StepLoss, Work
from .writing import Allowed, Written, written
from .writing_model import WritingBatch, WritingModel, WrittenRow, writing_plan

EMPTY_TARGETS = QT_TRANSLATE_NOOP(
    "engine",
    "{count} of {rows} rows have an empty target and are left out; the first is row {first}.",
)
CUT_TARGETS = QT_TRANSLATE_NOOP(
    "engine",
    "{cut} of {rows} targets do not fit beside the prompt and are cut at their end; the model does "
    "not learn where they end. Allow a longer input (max_length, now {length}).",
)


@dataclass(frozen=True, slots=True)
class WrittenRows:
    """Prompts and targets of a split; `sources` are the table's rows they come from."""

    rows: list[WrittenRow]
    sources: Sequence[Mapping[str, str]]
    targets: list[str]

    @property
    def lengths(self) -> list[int]:
        return [len(row.reading.ids) + len(row.target) for row in self.rows]

    def __len__(self) -> int:
        return len(self.rows)


class GenerationCraft(Craft):
    name = "generation"
    writes = True

    def build(
        self, recipe: Recipe, card: ModelCard, library: Library, columns: list[str], length: int
    ) -> WritingModel:
        return built(recipe, card, library, columns, length, self.settings(recipe))

    def gold(self, recipe: Recipe, rows: Sequence[Row], source: Path) -> list[str]:
        return [row.get(recipe.data.label or "", "").strip() for row in rows]

    def rows(
        self,
        model: WritingModel,
        table: TableRows,
        recipe: Recipe,
        split: str,
        length: int,
        run_folder: Path,
    ) -> Work[WrittenRows]:
        sources = table.of_split(split)
        gold = self.gold(recipe, sources, table.path)
        filled = [place for place, target in enumerate(gold) if target]
        if len(filled) < len(gold):
            ids = recipe.data.rows[split]
            first = next(ids[place] for place, target in enumerate(gold) if not target)
            empty = len(gold) - len(filled)
            yield Warned(EMPTY_TARGETS, {"count": empty, "rows": len(gold), "first": first + 1})
        found = WrittenRows([], [sources[place] for place in filled], [gold[p] for p in filled])
        for start in range(0, len(filled), CHUNK):
            end = start + CHUNK
            found.rows.extend(
                model.plan.with_targets(found.sources[start:end], found.targets[start:end])
            )
            yield Progressed(len(found.rows), len(filled)) if len(filled) > 4 * CHUNK else Tick()
        yield from warned_of_cuts([row.reading.cut for row in found.rows], length)
        cut = sum(1 for row in found.rows if row.cut_target)
        if cut:
            yield Warned(CUT_TARGETS, {"cut": cut, "rows": len(found), "length": length})
        if split == "train" and not found.rows:
            raise table.nothing_to_learn()
        return found

    # -- training --------------------------------------------------------------------------------

    def batches(
        self, trainee: Trainee, places: Sequence[Sequence[int]], chance: Random
    ) -> list[WritingBatch]:
        rows, device = trainee.train, trainee.accelerator.device
        return [
            self.measured(trainee.model, rows, piece, device)
            for batch in places
            for piece in pieces_of(batch, rows.lengths)
        ]

    def measured(
        self, model: WritingModel, rows: WrittenRows, places: Sequence[int], device: torch.device
    ) -> WritingBatch:
        return model.batch([rows.rows[place] for place in places], device)

    def shares(self, trainee: Trainee, batches: Sequence[WritingBatch]) -> Work[list[int]]:
        yield from ()
        return [sum(len(batch.targets) for batch in batches)] * len(batches)

    def loss(
        self,
        model: WritingModel,
        batch: WritingBatch,
        weights: Weights,
        share: int | None,
        computing: AbstractContextManager[Any],
    ) -> StepLoss:
        with computing:
            logits = model(batch).logits
        total = functional.cross_entropy(logits.float(), batch.targets, reduction="sum")
        return StepLoss(total / (share or len(batch.targets)))

    def look(self, trainee: Trainee, step: int) -> Work[Look]:
        device, precision = trainee.accelerator.device, trainee.precision
        model, valid = trainee.model, trainee.valid
        loss, right = yield from self.target_loss(model, valid, device, precision)
        metrics = {"token_accuracy": right, "perplexity": float(np.exp(min(loss, 50.0)))}
        settings = model.settings
        few = min(settings.look_rows, len(valid))
        if few and np.isfinite(loss):
            readings = model.plan.prompts(valid.sources[:few])
            said = yield from written(model, readings, settings, device, precision)
            scores = text_scores([one.text for one in said], valid.targets[:few])
            metrics |= {name: scores[name] for name in ("rouge_l", "chrf")}
        return Look(loss, loss, metrics)

    def target_loss(
        self, model: WritingModel, rows: WrittenRows, device: torch.device, precision: str
    ) -> Work[tuple[float, float]]:
        """The mean loss of the rows' target tokens in nats, and the share of them that would be
        the first choice."""
        total, right, count = 0.0, 0, 0
        was_training = model.training
        model.eval()
        try:
            for places in scoring_order(rows.lengths, 32, 1024):
                batch = self.measured(model, rows, places, device)
                with torch.inference_mode(), computing(device, precision):
                    logits = model(batch).logits.float()
                total += float(functional.cross_entropy(logits, batch.targets, reduction="sum"))
                right += int((logits.argmax(-1) == batch.targets).sum())
                count += len(batch.targets)
                yield Tick()
        finally:
            model.train(was_training)
        return total / max(1, count), right / max(1, count)

    def outcome(self, trainee: Trainee, state: Fit) -> dict[str, Any]:
        return {"extra": {"valid_loss": state.best_loss}} if len(trainee.valid) else {}

    def valid_metrics(self, trainee: Trainee, state: Fit, file: Any) -> dict[str, float]:
        return {"loss": state.best_loss, **state.metrics}

    # -- use -------------------------------------------------------------------------------------

    def columns(self, recipe: Recipe) -> list[str]:
        return ["predicted_label", "probability"]

    def answers(
        self,
        ready: Ready,
        rows: Sequence[Row],
        quiet: bool = True,
        stream: bool = False,
        settings: Mapping[str, Any] | None = None,
    ) -> Work[list[dict[str, Any]]]:
        how = self.settings(ready.recipe)
        if settings:
            how = checked(WritingSettings, {**how.model_dump(), **settings})
        assert isinstance(how, WritingSettings)
        said = yield from answered(ready, ready.model, rows, how, quiet=quiet, stream=stream)
        return [{"predicted_label": one.text, "probability": one.probability} for one in said]

    def judge(self, job: Judging) -> Work[Judged]:
        from .generation_judging import judged

        return (yield from judged(self, job))


def answered(
    ready: Ready,
    model: WritingModel,
    rows: Sequence[Row],
    settings: WritingSettings,
    *,
    quiet: bool = True,
    stream: bool = False,
    allowed: Allowed | None = None,
) -> Work[list[Written]]:
    """The answers of the run's model, or of the untrained one, to rows."""
    plan = model.plan
    room = max(0, plan.length + settings.max_new_tokens - plan.context)
    readings = []
    for start in range(0, len(rows), CHUNK):
        readings += plan.prompts(rows[start : start + CHUNK], reserve=min(room, plan.length // 2))
        yield Tick()
    cuts = [reading.cut for reading in readings]
    if not quiet or len(rows) == 1:
        yield from warned_of_cuts(cuts, plan.length)
    found = yield from written(
        model,
        readings,
        settings,
        ready.device,
        ready.file.precision,
        seed=ready.recipe.seed,
        allowed=allowed,
        stream=stream,
        quiet=quiet,
    )
    return found


def built(
    recipe: Recipe,
    card: ModelCard,
    library: Library,
    columns: list[str],
    length: int,
    settings: Any,
) -> WritingModel:
    """The untrained model of a recipe whose answers are written. `settings` are the task's;
    those of writing are taken from them as far as they are there."""
    folder = library.path(card.name)
    family = family_called(card.family)
    method, chosen = method_for(recipe, card.family)
    tokens = Tokens(folder)
    how = writing_settings(settings)
    plan = writing_plan(
        family,
        tokens,
        recipe.prompt,
        columns,
        recipe.data.text,
        length,
        label_column=recipe.data.label,
        frame=_frame(folder, card, how),
        ahead=soft_ahead(method, chosen),
        context=card.context_length,
        decoder_start=_decoder_start(folder),
    )
    hints = {**hints_for(recipe, tokens), "soft_ids": plan.soft_ids}
    prepared, prefix = load_prepared(folder, family, method, chosen, hints)
    return WritingModel(family, plan, prepared, prefix, how)


def writing_settings(settings: Any) -> WritingSettings:
    """The settings of writing among a task's own."""
    if isinstance(settings, WritingSettings):
        return settings
    given = settings.model_dump()
    known = {name: given[name] for name in WritingSettings.model_fields if name in given}
    return WritingSettings.model_validate(known)


def _frame(folder: Path, card: ModelCard, settings: WritingSettings) -> ChatFrame | None:
    wanted = settings.chat == "on" or (settings.chat == "auto" and card.chat_template)
    if not wanted:
        return None
    if card.family != "causal":
        if settings.chat == "auto":
            return None
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This kind of model ({family}) has no chat template."),
            QT_TRANSLATE_NOOP("engine", "Set task.chat to off."),
            field="chat",
            family=card.family,
        )
    return chat_frame(folder, settings.system)


def _decoder_start(folder: Path) -> int | None:
    """The token that an encoder-decoder's answer begins with, as its configuration says."""
    import json

    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    for key in ("decoder_start_token_id", "pad_token_id"):
        if isinstance(config.get(key), int):
            return int(config[key])
    return None
