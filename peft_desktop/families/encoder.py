"""Sentence encoders (MiniLM, BGE, ...): no word head, so the label's prompt meets the text.

Each label's prompt ("It was great.") is embedded like the text, and the label's score is their
cosine over a temperature. Both sides are trained. Prototype: SST-2 at 16 shots 0.74, against 0.66
for an ordinary head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from ..prompts.reading import NO_LIMIT, Reader, Reading, plain_reader
from ..prompts.segments import label_prompt, label_template, without_slot_segment
from ..prompts.soft import placed
from ..prompts.template import Template, check
from ..prompts.tokens import Tokens
from .contract import Batch, Encoded, Hidden, Inputs, PlanSettings, Scored, Words, encoded
from .loading import from_folder
from .words import label_means, own_mean

if TYPE_CHECKING:
    from torch import Tensor

NOT_VIRTUAL = QT_TRANSLATE_NOOP(
    "engine",
    "A sentence encoder reads label words as a part of its prompts: virtual tokens have no use.",
)
COSINE_SCALE = 20.0  # 1 / temperature, as sentence-transformers' ranking losses use


@dataclass(slots=True)
class EncoderPlan:
    """`prompts` are the readings of every label's prompts; `pooling` is mean or cls."""

    labels: tuple[str, ...]
    words: Words
    prompts: tuple[Reading, ...]
    reader: Reader
    plain_reader: Reader | None
    pad_id: int
    pooling: str
    soft_ids: tuple[int, ...] = ()
    warnings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def read_many(self, rows: Sequence[Mapping[str, str]]) -> list[Encoded]:
        return encoded((self.reader,), self.plain_reader, rows)


class EncoderFamily:
    name = "encoder"
    title = QT_TRANSLATE_NOOP("families", "Sentence encoder")
    summary = QT_TRANSLATE_NOOP(
        "families", "Turns texts into vectors; each label's prompt is compared with the text."
    )
    several_slots = False

    def plan(self, settings: PlanSettings, tokens: Tokens) -> EncoderPlan:
        prompt = settings.prompt
        template = check(prompt.template, settings.columns, prompt.parameters, settings.text_column)
        template, soft_ids = placed(template, tokens, settings.first_soft)
        around: dict[str, Any] = {"before": tokens.before, "after": tokens.after}
        ahead = settings.ahead(soft_ids)
        length = settings.max_length
        prompts: list[Reading] = []
        words: list[tuple[tuple[int, ...], ...]] = []
        seen: dict[tuple[int, ...], str] = {}
        for label, of_label in prompt.words.items():
            ids = []
            for word in of_label:
                reading = _label_reading(template, prompt.parameters, word, tokens, ahead)
                whole = reading.ids
                _check(word, label, whole, seen, tokens, length + ahead)
                seen[whole] = label
                ids.append(whole)
                prompts.append(reading)
            words.append(tuple(ids))
        text_side = without_slot_segment(template)
        reader = Reader(text_side, prompt.parameters, tokens, length, ahead=ahead, **around)
        plain = plain_reader(template, prompt.parameters, tokens, length, **around)
        return EncoderPlan(
            labels=tuple(prompt.words),
            words=tuple(words),
            prompts=tuple(prompts),
            reader=reader,
            plain_reader=plain if settings.plain else None,
            pad_id=tokens.pad_id or 0,
            soft_ids=soft_ids,
            pooling=str(settings.facts.get("pooling") or "mean"),
            warnings=[(NOT_VIRTUAL, {})] if prompt.virtual else [],
        )

    def load(self, folder: Path, dtype: Any) -> Any:
        from transformers import AutoModel

        return from_folder(AutoModel, folder, dtype)

    def backbone(self, model: Any) -> Any:
        return model

    def trained_part(self, model: Any) -> Any:
        return model

    def vocabulary(self, model: Any, slot_state: Tensor) -> Tensor | None:
        return None

    def score(
        self, model: Any, plan: EncoderPlan, batch: Batch, hidden: Hidden, memo: dict[str, Any]
    ) -> Scored:
        inputs = batch.variants[0]
        states = hidden(inputs)
        text = _pooled(states, inputs.mask, plan.pooling)
        labels = memo.get("labels")
        if labels is None:
            of_labels = _label_inputs(plan, inputs.ids)
            labels = _pooled(hidden(of_labels), of_labels.mask, plan.pooling)
            memo["labels"] = labels
        cosines = COSINE_SCALE * (_unit(text) @ _unit(labels).t())
        return Scored(
            cosines @ label_means(plan.words, cosines), text, own_mean(states, inputs.own)
        )


def _label_reading(
    template: Template, parameters: Mapping[str, str], word: str, tokens: Tokens, ahead: int
) -> Reading:
    """A label's prompt as the model reads it."""
    if not ahead and not template.soft:
        ids = tokens.ids(label_prompt(template, parameters, word))
        return Reading((*tokens.before, *ids, *tokens.after), (), (), 0, ())
    said = label_template(template, parameters, word)
    around: dict[str, Any] = {"before": tokens.before, "after": tokens.after}
    return Reader(said, {}, tokens, NO_LIMIT, ahead=ahead, **around).read({})


def _unit(vectors: Tensor) -> Tensor:
    lengths: Tensor = vectors.norm(dim=-1, keepdim=True).clamp(min=1e-9)
    return vectors / lengths


def _pooled(states: Tensor, mask: Tensor, pooling: str) -> Tensor:
    first: Tensor = states[:, 0].float()
    return first if pooling == "cls" else own_mean(states, mask)


def _label_inputs(plan: EncoderPlan, like: Tensor) -> Inputs:
    import torch

    shape = (len(plan.prompts), max(len(reading.ids) for reading in plan.prompts))
    ids = torch.full(shape, plan.pad_id)
    mask = torch.zeros(shape, dtype=torch.bool)
    soft = torch.full(shape, -1)
    for row, reading in enumerate(plan.prompts):
        ids[row, : len(reading.ids)] = torch.tensor(reading.ids)
        mask[row, : len(reading.ids)] = True
        for position, vector in reading.soft:
            soft[row, position] = vector
    nowhere = torch.zeros((len(plan.prompts), 1), dtype=torch.long, device=like.device)
    visible = mask.to(like.device)
    return Inputs(
        ids=ids.to(like.device),
        mask=visible,
        slots=nowhere,
        own=visible,
        soft=soft.to(like.device) if any(reading.soft for reading in plan.prompts) else None,
    )


def _check(
    word: str,
    label: str,
    whole: tuple[int, ...],
    seen: Mapping[tuple[int, ...], str],
    tokens: Tokens,
    length: int,
) -> None:
    if tokens.unk_id is not None and all(i == tokens.unk_id for i in tokens.ids(word)):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The model does not know the word "{word}".'),
            QT_TRANSLATE_NOOP(
                "engine", "Choose another word for this label, or a model of that language."
            ),
            field=label,
            word=word,
        )
    if whole in seen:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", 'For the model, "{word}" is the same as a word of the label "{other}".'
            ),
            QT_TRANSLATE_NOOP("engine", "Give each label words of its own."),
            field=label,
            word=word,
            other=seen[whole],
        )
    if len(whole) > length:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The label's prompt is longer than the model reads ({length} tokens)."
            ),
            QT_TRANSLATE_NOOP("engine", "Shorten the template."),
            field=label,
            length=length,
        )
