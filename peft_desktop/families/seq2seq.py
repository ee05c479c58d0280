"""Encoder-decoders (T5, mT5, LongT5, UMT5): the slot is a sentinel that the decoder fills.

The encoder reads the prompt with `<extra_id_0>` in the slot; the decoder is given the same sentinel
and scores each label word as what follows it, as in T5's own span filling (Raffel et al. 2020,
arXiv:1910.10683). The encoder runs once for each row, whatever the number of label words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from ..prompts.reading import Reader, plain_reader
from ..prompts.segments import begins_with_slot, space_before_slot
from ..prompts.soft import placed
from ..prompts.template import check
from ..prompts.tokens import Tokens
from .contract import Batch, Encoded, Hidden, Inputs, PlanSettings, Scored, Words, encoded
from .loading import from_folder
from .word_tree import WordTree, tree_scores
from .words import (
    as_mask,
    flat,
    label_means,
    made_virtual,
    one_row_logits,
    own_mean,
    row_logits,
    word_ids,
)

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(slots=True)
class Seq2SeqPlan:
    """`sentinel` stands in the slot and begins what the decoder says; `tree` is None where every
    label word is a single token."""

    labels: tuple[str, ...]
    words: Words
    reader: Reader
    plain_reader: Reader | None
    pad_id: int
    sentinel: int
    tree: WordTree | None
    virtual: bool = False
    soft_ids: tuple[int, ...] = ()
    warnings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def read_many(self, rows: Sequence[Mapping[str, str]]) -> list[Encoded]:
        return encoded((self.reader,), self.plain_reader, rows)


class Seq2SeqFamily:
    name = "seq2seq"
    title = QT_TRANSLATE_NOOP("families", "Encoder-decoder")
    summary = QT_TRANSLATE_NOOP(
        "families", "Reads the whole text, then answers; the label words are scored as its answer."
    )
    several_slots = False

    def plan(self, settings: PlanSettings, tokens: Tokens) -> Seq2SeqPlan:
        prompt = settings.prompt
        template = check(prompt.template, settings.columns, prompt.parameters, settings.text_column)
        sentinel = tokens.sentinel_id
        if sentinel is None:
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "This model's tokenizer has no sentinel ({name}) for the slot."
                ),
                QT_TRANSLATE_NOOP("engine", "Choose a T5 or mT5 model with its own tokenizer."),
                name="<extra_id_0>",
            )
        template, soft_ids = placed(template, tokens, settings.first_soft)
        words = word_ids(
            prompt,
            tokens,
            space_before_slot(template, prompt.words),
            start=begins_with_slot(template),
        )
        around: dict[str, Any] = {"before": tokens.before, "after": tokens.after}
        reader = Reader(
            template,
            prompt.parameters,
            tokens,
            settings.max_length,
            slot_ids=[sentinel],
            ahead=settings.ahead(soft_ids),
            **around,
        )
        plain = plain_reader(template, prompt.parameters, tokens, settings.max_length, **around)
        virtual = made_virtual(prompt, words)
        longest = 1 if virtual else max(len(word) for word in flat(words))
        return Seq2SeqPlan(
            labels=tuple(prompt.words),
            words=words,
            reader=reader,
            plain_reader=plain if settings.plain else None,
            pad_id=tokens.pad_id or 0,
            sentinel=sentinel,
            tree=WordTree.of(flat(words)) if longest > 1 else None,
            virtual=virtual,
            soft_ids=soft_ids,
        )

    def load(self, folder: Path, dtype: Any) -> Any:
        from transformers import AutoModelForSeq2SeqLM

        return from_folder(AutoModelForSeq2SeqLM, folder, dtype)

    def backbone(self, model: Any) -> Any:
        return model.encoder

    def trained_part(self, model: Any) -> Any:
        return model

    def vocabulary(self, model: Any, slot_state: Tensor) -> Tensor | None:
        head = model.get_output_embeddings()
        logits: Tensor = _finisher(model)(head(slot_state.to(head.weight.dtype)).float())
        return logits

    def score(
        self, model: Any, plan: Seq2SeqPlan, batch: Batch, hidden: Hidden, memo: dict[str, Any]
    ) -> Scored:
        import torch

        inputs = batch.variants[0]
        states = hidden(inputs)
        contexts = _decoded(model, plan, inputs, states)  # [B, 1 + N, H]
        head = model.get_output_embeddings()
        finish = _finisher(model)
        if plan.virtual:
            made = memo.get("virtual")
            slot = contexts[:, 0]
            scores = finish(one_row_logits(slot, head.weight, None, plan.words, made))
        elif plan.tree is None:
            ids = torch.tensor([word[0] for word in flat(plan.words)], device=states.device)
            scores = finish(row_logits(contexts[:, 0], head.weight, None, ids))
        else:
            scores = tree_scores(plan.tree, contexts, head.weight, None, finish)
        means = label_means(plan.words, scores)
        return Scored(scores @ means, contexts[:, 0], own_mean(states, inputs.own))


def _decoded(model: Any, plan: Seq2SeqPlan, inputs: Inputs, states: Tensor) -> Tensor:
    """The decoder's states at the sentinel and at every node of the words' tree [B, 1 + N, H].

    The words stand behind one another in one sequence, each behind a beginning and a sentinel of
    its own, and see nothing of each other: so the encoder's keys and values are made only once.
    Distances within a word are what they would be alone, and T5 knows no other positions.
    """
    import torch

    device = states.device
    nodes = [] if plan.tree is None else plan.tree.nodes
    branches = [] if plan.tree is None else plan.tree.branches
    start = model.config.decoder_start_token_id
    start = model.config.pad_token_id if start is None else start
    ids: list[int] = []
    block: list[int] = []
    places = [1] * (1 + len(nodes))
    for number, branch in enumerate(branches or [[]]):
        for node in branch:
            places[1 + node] = len(ids) + 1 + nodes[node][2]
        tokens = [start, plan.sentinel, *(nodes[node][0] for node in branch)]
        ids += tokens
        block += [number] * len(tokens)
    count = len(inputs.ids)
    extra: dict[str, Any] = {}
    if len(branches) > 1:
        owner = torch.tensor(block, device=device)
        visible = (owner[:, None] == owner[None, :]).tril()
        extra["attention_mask"] = as_mask(visible.expand(count, 1, -1, -1), model.decoder.config)
    if not bool(inputs.mask.all()):
        extra["encoder_attention_mask"] = inputs.mask.long()
    decoded: Tensor = model.decoder(
        input_ids=torch.tensor(ids, device=device).expand(count, -1),
        encoder_hidden_states=states,
        use_cache=False,
        **extra,
    ).last_hidden_state
    return decoded[:, places]


def _finisher(model: Any) -> Any:
    """The first T5 and its kin scale what the decoder gives before the output layer."""
    config = model.config
    scaled = getattr(config, "scale_decoder_outputs", None)
    if config.model_type == "mt5":
        scaled = False
    elif scaled is None:
        scaled = bool(config.tie_word_embeddings)
    scale = config.d_model**-0.5 if scaled else 1.0
    return lambda logits: logits * scale
