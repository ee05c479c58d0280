"""Causal language models (GPT-2, Llama, SmolLM2, Qwen, ...): the slot is what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from ..prompts.reading import Reader, plain_reader
from ..prompts.segments import after_slot, space_before_slot, up_to_slot
from ..prompts.soft import placed
from ..prompts.template import Column, Literal, Soft, Template, check, written
from ..prompts.tokens import Tokens
from .contract import Batch, Encoded, Hidden, PlanSettings, Scored, Words, encoded
from .loading import from_folder
from .word_tree import WordTree, contexts_of, tree_scores
from .words import (
    flat,
    label_means,
    made_virtual,
    one_row_logits,
    own_mean,
    row_logits,
    taken,
    word_ids,
)

if TYPE_CHECKING:
    from torch import Tensor

SUFFIX_LEFT_OUT = QT_TRANSLATE_NOOP(
    "engine",
    'The text after the slot ("{suffix}") is left out: a model that reads from left to right '
    "decides at the slot.",
)


@dataclass(slots=True)
class CausalPlan:
    labels: tuple[str, ...]
    words: Words
    reader: Reader
    plain_reader: Reader | None
    pad_id: int
    tree: WordTree | None
    virtual: bool = False
    soft_ids: tuple[int, ...] = ()
    warnings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def read_many(self, rows: Sequence[Mapping[str, str]]) -> list[Encoded]:
        return encoded((self.reader,), self.plain_reader, rows)


class CausalFamily:
    name = "causal"
    title = QT_TRANSLATE_NOOP("families", "Causal language model")
    summary = QT_TRANSLATE_NOOP(
        "families", "Reads from left to right; the label words are scored as what comes next."
    )
    several_slots = False

    def plan(self, settings: PlanSettings, tokens: Tokens) -> CausalPlan:
        prompt = settings.prompt
        template, warnings = _ending_at_the_slot(
            check(prompt.template, settings.columns, prompt.parameters, settings.text_column)
        )
        template, soft_ids = placed(template, tokens, settings.first_soft)
        words = word_ids(prompt, tokens, space_before_slot(template, prompt.words))
        virtual = made_virtual(prompt, words)
        longest = 1 if virtual else max(len(word) for word in flat(words))
        reader = Reader(
            template,
            prompt.parameters,
            tokens,
            settings.max_length,
            before=tokens.before,
            reserve=longest - 1,
            ahead=settings.ahead(soft_ids),
        )
        plain = (
            plain_reader(
                template, prompt.parameters, tokens, settings.max_length, before=tokens.before
            )
            if settings.plain
            else None
        )
        pad = tokens.pad_id if tokens.pad_id is not None else tokens.eos_id
        return CausalPlan(
            labels=tuple(prompt.words),
            words=words,
            reader=reader,
            plain_reader=plain,
            pad_id=pad or 0,
            tree=WordTree.of(flat(words)) if longest > 1 else None,
            virtual=virtual,
            soft_ids=soft_ids,
            warnings=warnings,
        )

    def load(self, folder: Path, dtype: Any) -> Any:
        from transformers import AutoModelForCausalLM

        return from_folder(AutoModelForCausalLM, folder, dtype)

    def backbone(self, model: Any) -> Any:
        return model.base_model

    def trained_part(self, model: Any) -> Any:
        return model.base_model

    def vocabulary(self, model: Any, slot_state: Tensor) -> Tensor | None:
        head = model.get_output_embeddings()
        logits: Tensor = finisher(model.config)(head(slot_state.to(head.weight.dtype)).float())
        return logits

    def score(
        self, model: Any, plan: CausalPlan, batch: Batch, hidden: Hidden, memo: dict[str, Any]
    ) -> Scored:
        import torch

        inputs = batch.variants[0]
        head = model.get_output_embeddings()
        bias = getattr(head, "bias", None)
        finish = finisher(model.config)
        if plan.tree is None:
            states = hidden(inputs)
            slot = taken(states, inputs.slots[:, :1])[:, 0]
            if plan.virtual:
                made = memo.get("virtual")
                logits = one_row_logits(slot, head.weight, bias, plan.words, made)
            else:
                ids = torch.tensor([word[0] for word in flat(plan.words)], device=states.device)
                logits = row_logits(slot, head.weight, bias, ids)
            scores = finish(logits)
        else:
            contexts, states = contexts_of(plan.tree, inputs, hidden, model.config)
            slot = contexts[:, 0]
            scores = tree_scores(plan.tree, contexts, head.weight, bias, finish)
        return Scored(scores @ label_means(plan.words, scores), slot, own_mean(states, inputs.own))


def _ending_at_the_slot(template: Template) -> tuple[Template, list[tuple[str, dict[str, Any]]]]:
    rest = after_slot(template)
    if any(isinstance(part, Column) for part in rest):
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "The slot stands before the text, but this model reads from left to right and "
                "would answer before it has read.",
            ),
            QT_TRANSLATE_NOOP(
                "engine", "Put {slot} at the end of the template, or choose a masked model."
            ),
            field="template",
            slot="{mask}",
        )
    suffix = "".join(
        part.text if isinstance(part, Literal) else written(part)
        for part in rest
        if isinstance(part, Literal | Soft)
    )
    # a full stop behind the slot is only good manners: nothing is lost with it
    said = suffix.strip(" \n.。!！")
    warnings = [(SUFFIX_LEFT_OUT, {"suffix": suffix.strip()})] if said else []
    return up_to_slot(template), warnings


def finisher(config: Any) -> Any:
    """What some models do to their logits after the head (Gemma 2, Cohere, Granite)."""
    cap = getattr(config, "final_logit_softcapping", None)
    scale = getattr(config, "logit_scale", None)
    divisor = getattr(config, "logits_scaling", None)

    def finish(logits: Tensor) -> Tensor:
        if divisor:
            logits = logits / divisor
        if scale:
            logits = logits * scale
        if cap:
            logits = (logits / cap).tanh() * cap
        return logits

    return finish
