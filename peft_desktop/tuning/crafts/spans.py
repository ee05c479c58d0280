"""What answering by pointing at the text has in common, for questions and for fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import torch

from ...core.errors import UserError
from ...core.events import Progressed, Tick
from ...core.recipe import Recipe
from ...core.words import QT_TRANSLATE_NOOP
from ...families import family_called
from ...prompts.reading import up_to_slot, without_slot_segment
from ...prompts.soft import placed
from ...prompts.span_reading import SpanReader
from ...prompts.template import Slot, Template, check
from ...prompts.tokens import Tokens
from ..batches import pieces_of, scoring_order
from ..loading import load_prepared
from ..loop import Fit, Trainee
from ..loss import Weights
from ..models import Library, ModelCard
from ..scoring import computing as autocast
from ..trained import hints_for, method_for, soft_ahead
from .contract import Craft, Look, StepLoss, Work
from .span_model import SpanBatch, SpanModel
from .span_rows import Case, Found, SpanRows, WindowLogs, best_threshold, found_in, mixed_start

QUESTION = "question"
FALLBACK = "{question}\n{text}\n{mask}"
WEIGHTS = (0.0, 0.25, 0.5, 0.75)
NO_HEAD = QT_TRANSLATE_NOOP(
    "engine", "Answers are parts of the text, whose end only the trained head can tell."
)
NO_HEAD_DO = QT_TRANSLATE_NOOP("engine", "Give weight_fine_tune more than 0.")
_LACKS = QT_TRANSLATE_NOOP("engine", "The template has no {name}, so the model would not read it.")
_LACKS_DO = QT_TRANSLATE_NOOP("engine", "Write {question} and {text} where they belong.")
_ONE = QT_TRANSLATE_NOOP("engine", "A model that points at the text is given one template.")
_ONE_DO = QT_TRANSLATE_NOOP("engine", "Take the further templates out.")


class SpanHands(Craft):
    """The span way of a task; `cases_of` and `values_of` are the task's."""

    def cases_of(self, recipe: Recipe, rows: Sequence[Mapping[str, str]], gold: Any) -> list[Case]:
        """The questions of the rows, with the answers that `gold` places in the text."""
        raise NotImplementedError

    def values_of(
        self, recipe: Recipe, cases: Sequence[Case], found: Sequence[Found]
    ) -> list[tuple[float, float]]:
        """What the best answer, and what none, would be worth for each case, 0..1."""
        raise NotImplementedError

    def look_metrics(self, trainee: Trainee, texts: Sequence[str]) -> dict[str, float]:
        """The metrics of the validation cases' answers."""
        raise NotImplementedError

    # -- model and rows ---------------------------------------------------------------------------

    def build(
        self, recipe: Recipe, card: ModelCard, library: Library, columns: list[str], length: int
    ) -> SpanModel:
        method, chosen = method_for(recipe, card.family)
        folder = library.path(card.name)
        tokens = Tokens(folder)
        family = family_called(card.family)
        template = template_for(recipe, columns, card.family)
        template, soft_ids = placed(template, tokens, 0)
        ahead = 0 if soft_ids else soft_ahead(method, chosen)
        masked = card.family == "masked"
        if masked and tokens.mask_id is None:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "This model's tokenizer has no mask token."),
                QT_TRANSLATE_NOOP("engine", "Choose a masked language model such as BERT."),
            )
        reader = SpanReader(
            template,
            recipe.prompt.parameters,
            tokens,
            length,
            before=tokens.before,
            after=() if card.family == "causal" else tokens.after,
            slot_ids=[tokens.mask_id] if masked and tokens.mask_id is not None else (),
            ahead=ahead,
        )
        reader.context = recipe.data.text
        reader.stride = int(getattr(self.settings(recipe), "stride", 128))
        hints = {**hints_for(recipe, tokens), "soft_ids": soft_ids}
        prepared, prefix = load_prepared(folder, family, method, chosen, hints)
        pad = tokens.pad_id if tokens.pad_id is not None else tokens.eos_id
        torch.manual_seed(recipe.seed)
        return SpanModel(family, prepared, prefix, reader, pad or 0, recipe)

    def rows(
        self, model: SpanModel, table: Any, recipe: Recipe, split: str, length: int, run_folder: Any
    ) -> Work[SpanRows]:
        from .span_rows import span_rows

        texts = table.of_split(split)
        if not texts and split == "train":
            raise table.nothing_to_learn()
        gold = self.gold(recipe, texts, table.path)
        return (yield from span_rows(model.reader, self.cases_of(recipe, texts, gold)))

    # -- training ---------------------------------------------------------------------------------

    def weights(self, model: SpanModel, recipe: Recipe) -> Weights:
        if not recipe.training.weight_fine_tune:
            raise UserError(NO_HEAD, NO_HEAD_DO, field="weight_fine_tune")
        weights = super().weights(model, recipe)
        return weights if model.family.name != "encoder" else replace(weights, prompt=0.0)

    def batches(
        self, trainee: Trainee, places: Sequence[Sequence[int]], chance: Random
    ) -> list[SpanBatch]:
        rows, device = trainee.train, trainee.accelerator.device
        return [
            rows.batch(piece, trainee.model.pad_id, device)
            for batch in places
            for piece in pieces_of(batch, rows.lengths)
        ]

    def measured(
        self, model: SpanModel, rows: SpanRows, places: Sequence[int], device: torch.device
    ) -> SpanBatch:
        return rows.batch(places, model.pad_id, device)

    def shares(self, trainee: Trainee, batches: Sequence[SpanBatch]) -> Work[list[tuple[int, int]]]:
        yield from ()
        rows = sum(batch.size for batch in batches)
        here = sum(int((batch.start > 0).sum()) for batch in batches)
        return [(rows, here)] * len(batches)

    def loss(
        self,
        model: SpanModel,
        batch: SpanBatch,
        weights: Weights,
        share: tuple[int, int] | None,
        computing: AbstractContextManager[Any],
    ) -> StepLoss:
        rows, here = share or (batch.size, int((batch.start > 0).sum()))
        with computing:
            outputs = model(batch)
        nll = torch.nn.functional.nll_loss
        fine_tune = (
            nll(outputs.start, batch.start, reduction="sum")
            + nll(outputs.end, batch.end, reduction="sum")
        ) / (2 * rows)
        has = (batch.start > 0).float()
        chosen = outputs.prompt.gather(1, batch.start[:, None])[:, 0]
        prompt = -(torch.where(has > 0, chosen, torch.zeros_like(chosen))).sum() / max(here, 1)
        total = weights.fine_tune * fine_tune
        parts = {"fine_tune": fine_tune}
        if weights.prompt:
            total = total + weights.prompt * prompt
            parts["prompt"] = prompt
        return StepLoss(total, parts)

    def look(self, trainee: Trainee, step: int) -> Work[Look]:
        rows: SpanRows = trainee.valid
        logs = yield from window_logs(
            trainee.model, rows, trainee.accelerator.device, trainee.precision, quiet=True
        )
        if not all(np.isfinite(each.start).all() for each in logs):
            return Look(np.nan, np.nan, {})
        weight, loss = _best_weight(rows, logs, trainee)
        recipe = trainee.model.recipe
        found = found_in(rows, logs, weight, self.longest(recipe))
        values = self.values_of(recipe, rows.cases, found)
        threshold = best_threshold(rows.cases, found, values)
        metrics = self.look_metrics(trainee, self.texts_of(recipe, rows.cases, found, threshold))
        kept = {} if threshold is None else {"threshold": np.array([threshold])}
        # F1 in steps of a row; the loss tells steps apart that answer alike
        deciding = 1 - metrics.get("token_f1", 0.0) + 1e-3 * loss
        return Look(loss, deciding, metrics, {"seen": np.array([1.0]), **kept}, weight)

    def unseen_weight(self, trainee: Trainee) -> float:
        return 0.0

    def outcome(self, trainee: Trainee, state: Fit) -> dict[str, Any]:
        kept = state.valid or {}
        threshold = float(kept["threshold"][0]) if "threshold" in kept else None
        return {"weight": state.weight, "extra": {"threshold": threshold}}

    # -- use --------------------------------------------------------------------------------------

    def longest(self, recipe: Recipe) -> int:
        return int(getattr(self.settings(recipe), "longest_answer", 30))

    def threshold(self, recipe: Recipe, tuned: float | None) -> float | None:
        wished: float | None = getattr(self.settings(recipe), "no_answer_threshold", None)
        return tuned if wished is None else wished

    def texts_of(
        self,
        recipe: Recipe,
        cases: Sequence[Case],
        found: Sequence[Found],
        tuned: float | None,
    ) -> list[str]:
        from .span_rows import answer_of

        threshold = self.threshold(recipe, tuned)
        return [answer_of(c, f, threshold) for c, f in zip(cases, found, strict=True)]

    def asked(
        self,
        model: SpanModel,
        recipe: Recipe,
        cases: Sequence[Case],
        device: torch.device,
        precision: str,
        weight: float,
        quiet: bool = True,
    ) -> Work[list[Found]]:
        """The best answer of each case."""
        from .span_rows import span_rows

        rows = yield from span_rows(model.reader, cases, quiet)
        logs = yield from window_logs(model, rows, device, precision, quiet=quiet)
        return found_in(rows, logs, weight, self.longest(recipe))


def template_for(recipe: Recipe, columns: Sequence[str], family: str) -> Template:
    """The template as this family reads it; UserError where it lacks text or question."""
    known = [*columns, *([] if QUESTION in columns else [QUESTION])]
    source = recipe.prompt.template
    parameters = recipe.prompt.parameters
    text = recipe.data.text
    # an extraction's template for whole records asks no question: fields are asked one by one
    if not source or (recipe.task == "extraction" and "{" + QUESTION not in source):
        source = FALLBACK
    template = check(source, known, parameters, text, slot_needed=False, several_slots=False)
    if recipe.prompt.also:  # windows of different prompts hold different stretches of a text
        raise UserError(_ONE, _ONE_DO, field="template")
    asked = {recipe.data.question or QUESTION, QUESTION}
    for names in ({text}, asked):
        if not names & set(template.columns):
            raise UserError(
                _LACKS,
                _LACKS_DO,
                field="template",
                name="{text}" if names == {text} else "{question}",
                question="{question}",
                text="{text}",
            )
    if template.slot is None:
        template = Template.of([*template.parts, Slot()]) if family != "encoder" else template
    if family == "encoder":
        return without_slot_segment(template)
    if family == "causal":
        cut = up_to_slot(template)
        return cut if {text} <= set(cut.columns) else template_without_rest(template)
    return template


def template_without_rest(template: Template) -> Template:
    """The slot behind everything: a model that reads from left to right decides at the end."""
    rest = [part for part in template.parts if not isinstance(part, Slot)]
    return Template.of([*rest, Slot()])


def window_logs(
    model: SpanModel, rows: SpanRows, device: torch.device, precision: str, quiet: bool = False
) -> Work[list[WindowLogs]]:
    """Log-probabilities of every window, in their order."""
    found: dict[int, WindowLogs] = {}
    training = model.training
    model.eval()
    try:
        for places in scoring_order(rows.lengths, 32):
            with torch.inference_mode(), autocast(device, precision):
                outputs = model(rows.batch(places, model.pad_id, device))
            arrays = [each.float().cpu().numpy() for each in outputs]
            for line, place in enumerate(places):
                window = rows.windows[place]
                first = 1 + window.first
                chosen = np.r_[0, first : first + len(window.places)]
                found[place] = WindowLogs(*(each[line, chosen].copy() for each in arrays))
            yield Tick() if quiet else Progressed(len(found), len(rows))
    finally:
        model.train(training)
    return [found[place] for place in range(len(rows))]


def _best_weight(
    rows: SpanRows, logs: Sequence[WindowLogs], trainee: Trainee
) -> tuple[float, float]:
    """The prompt's share that tells the answers' starts best, and the loss with it."""
    shares = WEIGHTS if trainee.weights.prompt else (0.0,)
    losses = []
    for share in shares:
        total = 0.0
        for place, each in enumerate(logs):
            first = rows.windows[place].first
            start, end = (at - first if at else 0 for at in (rows.start[place], rows.end[place]))
            total -= float(mixed_start(each, share)[start] + each.end[end]) / 2
        losses.append(total / max(len(logs), 1))
    best = int(np.argmin(losses))
    return shares[best], losses[best]


def with_question(row: Mapping[str, str], question: str) -> dict[str, str]:
    """The row as the template sees it: the question also under that name."""
    return {**row, QUESTION: question}
