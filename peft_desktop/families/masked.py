"""Masked language models (BERT, RoBERTa, ALBERT, DistilBERT, ...): the slot is a mask (cloze).

Only the slot's state goes through the head's transform, and only the label words' rows of the
decoder, bias included, are computed (methods.md of the docs, "Cloze head").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.recipe import PromptSpec
from ..core.words import QT_TRANSLATE_NOOP
from ..prompts.reading import Reader, plain_reader
from ..prompts.segments import begins_with_slot, space_before_slot
from ..prompts.soft import placed
from ..prompts.template import Template, check
from ..prompts.tokens import Tokens
from .contract import Batch, Encoded, Hidden, PlanSettings, Scored, Words, encoded
from .loading import from_folder
from .words import (
    flat,
    label_means,
    made_virtual,
    one_row_logits,
    own_mean,
    pair_log_probabilities,
    row_logits,
    taken,
    word_ids,
)

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(slots=True)
class MaskedPlan:
    """`masks` are the distinct lengths of the label words: one variant of the input for each."""

    labels: tuple[str, ...]
    words: Words
    masks: tuple[int, ...]
    readers: tuple[Reader, ...]
    plain_reader: Reader | None
    pad_id: int
    virtual: bool = False
    soft_ids: tuple[int, ...] = ()
    warnings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def read_many(self, rows: Sequence[Mapping[str, str]]) -> list[Encoded]:
        return encoded(self.readers, self.plain_reader, rows)


class MaskedFamily:
    name = "masked"
    title = QT_TRANSLATE_NOOP("families", "Masked language model")
    summary = QT_TRANSLATE_NOOP(
        "families", "Fills a blank in the text; the label words are scored in the blank."
    )
    several_slots = True

    def plan(self, settings: PlanSettings, tokens: Tokens) -> MaskedPlan:
        prompt = settings.prompt
        template = check(
            prompt.template,
            settings.columns,
            prompt.parameters,
            settings.text_column,
            several_slots=True,
        )
        if tokens.mask_id is None:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "This model's tokenizer has no mask token."),
                QT_TRANSLATE_NOOP("engine", "Choose a masked language model such as BERT."),
            )
        template, soft_ids = placed(template, tokens, settings.first_soft)
        words = word_ids(
            prompt,
            tokens,
            space_before_slot(template, prompt.words),
            start=begins_with_slot(template),
        )
        virtual = made_virtual(prompt, words)
        _check_lengths(template, prompt, words, virtual)
        masks = (1,) if virtual else tuple(sorted({len(word) for word in flat(words)}))
        around: dict[str, Any] = {"before": tokens.before, "after": tokens.after}
        readers = tuple(
            Reader(
                template,
                prompt.parameters,
                tokens,
                settings.max_length,
                # several slots take one token of the word each
                slot_ids=[tokens.mask_id] * (1 if template.slots > 1 else count),
                ahead=settings.ahead(soft_ids),
                **around,
            )
            for count in masks
        )
        plain = plain_reader(template, prompt.parameters, tokens, settings.max_length, **around)
        return MaskedPlan(
            labels=tuple(prompt.words),
            words=words,
            masks=masks,
            readers=readers,
            plain_reader=plain if settings.plain else None,
            pad_id=tokens.pad_id or 0,
            virtual=virtual,
            soft_ids=soft_ids,
        )

    def load(self, folder: Path, dtype: Any) -> Any:
        from transformers import AutoModelForMaskedLM

        return from_folder(AutoModelForMaskedLM, folder, dtype)

    def backbone(self, model: Any) -> Any:
        return model.base_model

    def trained_part(self, model: Any) -> Any:
        return model.base_model

    def vocabulary(self, model: Any, slot_state: Tensor) -> Tensor | None:
        head = model.get_output_embeddings()
        lifted = transform_of(model)(slot_state.to(head.weight.dtype))
        logits: Tensor = (lifted @ head.weight.t()).float()
        bias = head_bias(model)
        return logits if bias is None else logits + bias.float()

    def score(
        self, model: Any, plan: MaskedPlan, batch: Batch, hidden: Hidden, memo: dict[str, Any]
    ) -> Scored:
        import torch

        transform = transform_of(model)
        head = model.get_output_embeddings()
        weight, bias = head.weight, head_bias(model)
        words = flat(plan.words)
        columns: dict[int, Any] = {}
        slot = own = None
        for count, inputs in zip(plan.masks, batch.variants, strict=True):
            states = hidden(inputs)
            at_slots = taken(states, inputs.slots)  # [B, M, H]
            if slot is None:
                slot, own = at_slots[:, 0], own_mean(states, inputs.own)
            lifted = transform(at_slots)
            if plan.virtual:
                made = memo.get("virtual")
                scores = one_row_logits(lifted[:, 0], weight, bias, plan.words, made)
                columns.update(enumerate(scores.unbind(1)))
                continue
            fitting = [place for place, word in enumerate(words) if len(word) == count]
            ids = torch.tensor([words[place] for place in fitting], device=states.device)
            if plan.masks == (1,):
                scores = row_logits(lifted[:, 0], weight, bias, ids[:, 0])
            else:
                # words of several tokens: each mask on its own, mean of log-probabilities, so that
                # words of different lengths can be compared (PET's "parallel" reading)
                spots = torch.arange(count, device=ids.device).repeat(len(fitting))
                pairs = pair_log_probabilities(
                    lifted, weight, bias, lambda logits: logits, spots, ids.reshape(-1)
                )
                scores = pairs.reshape(pairs.shape[0], len(fitting), count).mean(-1)
            columns.update(zip(fitting, scores.unbind(1), strict=True))
        every = torch.stack([columns[place] for place in range(len(words))], dim=1)
        assert slot is not None and own is not None
        return Scored(every @ label_means(plan.words, every), slot, own)


def _check_lengths(template: Template, prompt: PromptSpec, words: Words, virtual: bool) -> None:
    """Several slots: each takes one token, so every word must have as many."""
    slots = template.slots
    if slots < 2:
        return
    if virtual:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "The template has {slots} slots, but label words that are one virtual token each "
                "need a single one.",
            ),
            QT_TRANSLATE_NOOP("engine", "Write one {slot}, or score the words' tokens one by one."),
            field="template",
            slots=slots,
            slot="{mask}",
        )
    for of_label, ids in zip(prompt.words.values(), words, strict=True):
        for word, tokens in zip(of_label, ids, strict=True):
            if len(tokens) != slots:
                raise UserError(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        'The template has {slots} slots, but the model reads "{word}" as {count} '
                        "tokens.",
                    ),
                    QT_TRANSLATE_NOOP(
                        "engine",
                        "Write a single {slot}, which takes words of any length, or words of "
                        "{slots} tokens.",
                    ),
                    field="template",
                    slots=slots,
                    word=word.strip(),
                    count=len(tokens),
                    slot="{mask}",
                )


def _activation(config: Any) -> Callable[[Any], Any]:
    from transformers.activations import ACT2FN

    name = getattr(config, "hidden_act", None) or getattr(config, "activation", "gelu")
    function: Callable[[Any], Any] = ACT2FN[name]
    return function


def _bert(model: Any) -> Callable[[Any], Any]:
    transform: Callable[[Any], Any] = model.cls.predictions.transform
    return transform


def _roberta(model: Any) -> Callable[[Any], Any]:
    import torch

    head = model.lm_head
    return lambda states: head.layer_norm(torch.nn.functional.gelu(head.dense(states)))


def _albert(model: Any) -> Callable[[Any], Any]:
    head = model.predictions
    return lambda states: head.LayerNorm(head.activation(head.dense(states)))


def _distilbert(model: Any) -> Callable[[Any], Any]:
    return lambda states: model.vocab_layer_norm(model.activation(model.vocab_transform(states)))


def _electra(model: Any) -> Callable[[Any], Any]:
    transform: Callable[[Any], Any] = model.generator_predictions
    return transform


def _modernbert(model: Any) -> Callable[[Any], Any]:
    transform: Callable[[Any], Any] = model.head
    return transform


# how each architecture lifts a state before its decoder; one more line for one more architecture
TRANSFORMS: dict[str, Callable[[Any], Callable[[Any], Any]]] = {
    "bert": _bert,
    "ernie": _bert,
    "roberta": _roberta,
    "xlm-roberta": _roberta,
    "camembert": _roberta,
    "mpnet": _roberta,
    "albert": _albert,
    "distilbert": _distilbert,
    "electra": _electra,
    "modernbert": _modernbert,
}


def transform_of(model: Any) -> Callable[[Any], Any]:
    """The head's transform; UserError for an architecture whose head is not known here."""
    kind = model.config.model_type
    if kind not in TRANSFORMS:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The masked-word head of "{kind}" models is not known.'),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}."),
            kind=kind,
            known=", ".join(TRANSFORMS),
        )
    return TRANSFORMS[kind](model)


def head_bias(model: Any) -> Any:
    """The decoder's bias over the vocabulary, wherever the architecture keeps it."""
    head = model.get_output_embeddings()
    if getattr(head, "bias", None) is not None:
        return head.bias
    for place in ("cls.predictions", "lm_head", "predictions"):
        owner = model
        for name in place.split("."):
            owner = getattr(owner, name, None)
        bias = getattr(owner, "bias", None)
        if bias is not None:
            return bias
    return None
