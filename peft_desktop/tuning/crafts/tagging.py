"""Named-entity recognition: label words scored at each token and a BIO head, decoded together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ...core.errors import UserError
from ...core.events import Progressed, Tick
from ...core.recipe import Recipe
from ...core.words import QT_TRANSLATE_NOOP
from ...evaluation.calibration import fit_temperature
from ...families import family_called
from ...prompts.soft import placed
from ...prompts.template import check
from ...prompts.tokens import Tokens
from ..batches import pieces_of, scoring_order
from ..loading import load_prepared
from ..loop import Fit, Trainee
from ..loss import Weights
from ..models import Library, ModelCard
from ..rows import TableRows
from ..scoring import computing
from ..trained import Ready, hints_for, method_for, soft_ahead
from .contract import Craft, Judged, Judging, Look, Row, StepLoss, Work
from .tag_decoding import (
    Spans,
    best_tags,
    entities_in,
    mixed_tags,
    right_counts,
    scores_of_counts,
    sureness,
)
from .tagging_model import TagBatch, TaggingModel
from .tagging_rows import TagReader, TagRows, tag_rows

NONE_WORD = "other"  # what an encoder compares words outside of entities with
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
# what is taken off "no entity" before decoding, in nats: rare types are seldom said otherwise
OUTSIDE = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
ENTITIES_TO_CHOOSE = 50  # in the validation rows; fewer say too little
_SLOT = QT_TRANSLATE_NOOP("engine", "A template that tags the text has no {slot}.")
_SLOT_DO = QT_TRANSLATE_NOOP("engine", "Take it out: every word of the text is scored by itself.")
_NO_TEXT = QT_TRANSLATE_NOOP("engine", "The template does not hold the text.")
_NO_TEXT_DO = QT_TRANSLATE_NOOP("engine", "Write {text} where it goes.")
_MOST_TEMPERED = 20_000  # units


@dataclass(frozen=True, slots=True)
class TagScores:
    """Log-probabilities of all units: `prompt` [U, 1 + T], `head` [U, 1 + 2T] or None."""

    prompt: np.ndarray
    head: np.ndarray | None

    def mixed(self, weight: float) -> np.ndarray:
        return mixed_tags(self.prompt, self.head, weight)


class TaggingCraft(Craft):
    name = "tagging"

    def build(
        self, recipe: Recipe, card: ModelCard, library: Library, columns: list[str], length: int
    ) -> TaggingModel:
        folder = library.path(card.name)
        family = family_called(card.family)
        method, chosen = method_for(recipe, card.family)
        settings: Any = self.settings(recipe)
        tokens = Tokens(folder)
        prompt, text = recipe.prompt, recipe.data.text
        copies = 2 if card.family == "causal" and settings.read_twice else 1
        source = ("{text}\n" if copies == 2 else "") + prompt.template
        template = check(source, columns, prompt.parameters, text, slot_needed=False)
        if template.slots:
            raise UserError(_SLOT, _SLOT_DO, field="template", slot="{mask}")
        if (
            text
            not in check(
                prompt.template, columns, prompt.parameters, text, slot_needed=False
            ).columns
        ):
            raise UserError(_NO_TEXT, _NO_TEXT_DO, field="template", text="{text}")
        template, soft_ids = placed(template, tokens)
        reader = TagReader(
            template,
            prompt.parameters,
            tokens,
            length,
            before=tokens.before,
            after=() if card.family == "causal" else tokens.after,
            ahead=0 if soft_ids else soft_ahead(method, chosen),
        )
        reader.context, reader.stride, reader.copies = text, settings.overlap, copies
        hints = {**hints_for(recipe, tokens), "soft_ids": soft_ids}
        prepared, prefix = load_prepared(folder, family, method, chosen, hints)
        pad = tokens.pad_id if tokens.pad_id is not None else tokens.eos_id
        return TaggingModel(
            family,
            prepared,
            prefix,
            reader,
            _words(recipe, tokens, card.family),
            labels=recipe.labels,
            pad_id=pad or 0,
            pooling=card.pooling or "mean",
            use_head=recipe.training.weight_fine_tune > 0,
        )

    def gold(self, recipe: Recipe, rows: Sequence[Row], source: Path) -> list[Spans]:
        from .tagging_judging import gold_of

        return gold_of(recipe, rows, source)

    def rows(
        self,
        model: TaggingModel,
        table: TableRows,
        recipe: Recipe,
        split: str,
        length: int,
        run_folder: Path,
    ) -> Work[TagRows]:
        rows = table.of_split(split)
        if split == "train" and not rows:
            raise table.nothing_to_learn()
        gold = self.gold(recipe, rows, table.path)
        made = yield from tag_rows(model.reader, rows, gold, model.labels, quiet=len(rows) < 1000)
        if split == "train" and not len(made):
            raise table.nothing_to_learn()
        return made

    # -- training ------------------------------------------------------------------------------

    def weights(self, model: TaggingModel, recipe: Recipe) -> Weights:
        training = recipe.training
        if not training.weight_prompt and not training.weight_fine_tune:
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "Both parts of the loss are off: nothing would be learnt."
                ),
                QT_TRANSLATE_NOOP("engine", "Give weight_prompt or weight_fine_tune more than 0."),
                field="weight_prompt",
            )
        settings: Any = self.settings(recipe)
        model.weight_outside = settings.weight_outside
        return Weights(training.weight_prompt, training.weight_fine_tune)

    def batches(
        self, trainee: Trainee, places: Sequence[Sequence[int]], chance: Random
    ) -> list[TagBatch]:
        rows, device = trainee.train, trainee.accelerator.device
        return [
            rows.batch(piece, trainee.model.pad_id, device)
            for batch in places
            for piece in pieces_of(batch, rows.lengths)
        ]

    def measured(
        self, model: TaggingModel, rows: TagRows, places: Sequence[int], device: torch.device
    ) -> TagBatch:
        return rows.batch(places, model.pad_id, device)

    def shares(self, trainee: Trainee, batches: Sequence[TagBatch]) -> Work[list[Any]]:
        yield from ()
        weight = trainee.model.weight_outside
        whole = sum(float(_unit_weights(batch.tags, weight).sum()) for batch in batches)
        return [whole] * len(batches)

    def loss(
        self,
        model: TaggingModel,
        batch: TagBatch,
        weights: Weights,
        share: Any,
        computing: AbstractContextManager[Any],
    ) -> StepLoss:
        with computing:
            outputs = model(batch)
        each = _unit_weights(batch.tags, model.weight_outside)
        whole = float(each.sum()) if share is None else share
        parts: dict[str, Tensor] = {}
        total = outputs.prompt.new_zeros(())
        if weights.prompt:
            types = (batch.tags + 1) // 2  # B-t and I-t are both the type t
            parts["prompt"] = _mean_loss(outputs.prompt, types, each, whole)
            total = total + weights.prompt * parts["prompt"]
        if weights.fine_tune and outputs.head.numel():
            parts["fine_tune"] = _mean_loss(outputs.head, batch.tags, each, whole)
            total = total + weights.fine_tune * parts["fine_tune"]
        return StepLoss(total, parts)

    def look(self, trainee: Trainee, step: int) -> Work[Look]:
        model, rows = trainee.model, trainee.valid
        scores = yield from tag_scores(
            model, rows, trainee.accelerator.device, trainee.precision, quiet=True
        )
        heads = [scores.prompt] if scores.head is None else [scores.prompt, scores.head]
        if not all(np.isfinite(head).all() for head in heads):
            return Look(np.nan, np.nan, {})
        weight, _, metrics = best_mix(scores, rows, model.labels, trainee.weights)
        loss = 0.0
        if trainee.weights.prompt:
            loss += trainee.weights.prompt * _nll(scores.prompt, (rows.tags + 1) // 2)
        if trainee.weights.fine_tune and scores.head is not None:
            loss += trainee.weights.fine_tune * _nll(scores.head, rows.tags)
        # the F1 of few entities stands still for long: then the loss says what is better
        deciding = 1.0 - metrics["entity_f1"] + 1e-3 * min(loss, 100.0)
        kept = {"prompt": scores.prompt.astype(np.float32)}
        if scores.head is not None:
            kept["head"] = scores.head.astype(np.float32)
        return Look(loss, deciding, metrics, kept, weight)

    def unseen_weight(self, trainee: Trainee) -> float:
        if trainee.model.head is None:
            return 1.0
        return 0.5 if trainee.weights.prompt else 0.0

    def outcome(self, trainee: Trainee, state: Fit) -> dict[str, Any]:
        if state.valid is None:
            return {"weight": state.weight}
        scores = TagScores(state.valid["prompt"].astype(float), _head(state.valid))
        rows: TagRows = trainee.valid
        _, outside, _ = best_mix(scores, rows, trainee.model.labels, trainee.weights)
        logs = scores.mixed(state.weight)[:_MOST_TEMPERED]
        heat = fit_temperature(logs, rows.tags[:_MOST_TEMPERED]).value
        return {"weight": state.weight, "temperature": heat, "extra": {"outside": outside}}

    # -- use -----------------------------------------------------------------------------------

    def columns(self, recipe: Recipe) -> list[str]:
        return ["predicted_label", "probability"]

    def answers(
        self, ready: Ready, rows: Sequence[Row], quiet: bool = True
    ) -> Work[list[dict[str, Any]]]:
        from ...data.spans import written

        found = yield from found_entities(ready, rows, quiet)
        return [{"predicted_label": written(spans), "probability": sure} for spans, sure in found]

    def counted(self, recipe: Recipe, answer: Mapping[str, Any]) -> list[str]:
        from ...data.spans import plain_spans

        return [span.label for span in plain_spans(str(answer["predicted_label"]))]

    def judge(self, job: Judging) -> Work[Judged]:
        from .tagging_judging import judged

        return (yield from judged(job))


def _words(recipe: Recipe, tokens: Tokens, family: str) -> list[list[list[int]]]:
    """Token ids of the types' words; for encoders whole inputs, "none of them" first."""
    words = {label: several or [label] for label, several in recipe.prompt.words.items()}
    if family == "encoder":
        every = [[NONE_WORD], *words.values()]
        found = [[[*tokens.before, *tokens.ids(w), *tokens.after] for w in some] for some in every]
    else:
        found = [[tokens.word_ids(word, True) for word in some] for some in words.values()]
    for label, some in zip(words, found[-len(words) :], strict=True):
        if not all(some):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'The model reads no token in a word of "{label}".'),
                QT_TRANSLATE_NOOP("engine", "Choose another word (--word {label}=...)."),
                field=label,
                label=label,
            )
    return found


def _unit_weights(tags: Tensor, outside: float) -> Tensor:
    return torch.where(tags == 0, outside, 1.0)


def _mean_loss(logits: Tensor, gold: Tensor, each: Tensor, whole: float) -> Tensor:
    losses = functional.cross_entropy(logits.float(), gold, reduction="none")
    return (losses * each).sum() / max(whole, 1e-9)


def _nll(logs: np.ndarray, gold: np.ndarray) -> float:
    if not len(gold):
        return 0.0
    return float(-logs[np.arange(len(gold)), gold].mean())


def _head(kept: Mapping[str, np.ndarray]) -> np.ndarray | None:
    return kept["head"].astype(float) if "head" in kept else None


def best_mix(
    scores: TagScores, rows: TagRows, labels: Sequence[str], weights: Weights
) -> tuple[float, float, dict[str, float]]:
    """The prompt's share, and what is taken off "no entity", that find the entities best; and the
    metrics of both. The middle share among equals; a way that was not trained has no say."""
    shares: tuple[float, ...] = SHARES
    if scores.head is None or not weights.fine_tune:
        shares = (1.0,)
    elif not weights.prompt:
        shares = (0.0,)

    def judged(share: float, outside: float) -> dict[str, float]:
        found = decoded(scores.mixed(share), rows, labels, outside)
        return scores_of_counts(*right_counts(rows.gold, [spans for spans, _ in found]))

    tried = {
        share: judged(share, 0.0) for share in sorted(shares, key=lambda some: abs(some - 0.5))
    }
    share = max(tried, key=lambda some: tried[some]["entity_f1"])
    if sum(map(len, rows.gold)) < ENTITIES_TO_CHOOSE:
        return share, 0.0, tried[share]
    levels = {0.0: tried[share], **{level: judged(share, level) for level in OUTSIDE[1:]}}
    outside = max(levels, key=lambda some: levels[some]["entity_f1"])
    return share, outside, levels[outside]


def decoded(
    logs: np.ndarray,
    rows: TagRows,
    labels: Sequence[str],
    outside: float = 0.0,
    heat: float = 1.0,
) -> list[tuple[Spans, float]]:
    """Each text's entities, and how sure the least sure of them is.

    `outside` is taken off the log-probability of "no entity"; `heat` is the temperature of the
    probabilities and changes no decision.
    """
    raised = logs.copy()
    raised[:, 0] -= outside
    tags = best_tags(raised, rows.counts)
    cooled = logs if heat == 1.0 else mixed_tags(logs, logs, 0.0, heat)
    found, at = [], 0
    for count in rows.counts:
        own = tags[at : at + count].tolist()
        spans, places = entities_in(own, rows.places[at : at + count], labels)
        found.append((spans, sureness(cooled[at : at + count], own, places)))
        at += count
    return found


def tag_scores(
    model: TaggingModel, rows: TagRows, device: torch.device, precision: str, quiet: bool = True
) -> Work[TagScores]:
    """Score all units, in their order; yields after every batch, so that stopping never waits."""
    types, count = len(model.labels), len(rows.places)
    prompt = np.zeros((count, 1 + types))
    head = np.zeros((count, 1 + 2 * types)) if model.head is not None else None
    was_training = model.training
    model.eval()
    done = 0
    lengths = rows.lengths
    try:
        for places in scoring_order(lengths, 64, 4096):
            batch = rows.batch(places, model.pad_id, device)
            with torch.inference_mode(), computing(device, precision):
                outputs = model(batch)
            prompt[batch.numbers] = _logs(outputs.prompt)
            if head is not None:
                head[batch.numbers] = _logs(outputs.head)
            done += len(places)
            yield Tick() if quiet else Progressed(min(done, len(rows.counts)), len(rows.counts))
    finally:
        model.train(was_training)
    return TagScores(prompt, head)


def _logs(logits: Tensor) -> np.ndarray:
    found: np.ndarray = torch.log_softmax(logits.double(), dim=-1).cpu().numpy()
    return found


def found_entities(
    ready: Ready, rows: Sequence[Row], quiet: bool = True, weight: float | None = None
) -> Work[list[tuple[Spans, float]]]:
    """The entities of rows, and how sure the least sure one of each is.

    `weight`: the prompt's share for an untrained model, whose outcome nobody has chosen.
    """
    model: TaggingModel = ready.model
    prepared = yield from tag_rows(model.reader, rows, [[] for _ in rows], model.labels)
    scores = yield from tag_scores(model, prepared, ready.device, ready.file.precision, quiet)
    share, outside = ready.file.weight, float(ready.file.extra.get("outside", 0.0))
    if weight is not None:
        share, outside = weight, 0.0
    heat = ready.file.temperature
    return decoded(scores.mixed(share), prepared, model.labels, outside, heat)
