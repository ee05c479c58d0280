"""What a model thinks of each label word before it has read anything: its rank and its prior."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import torch

from ..core.events import Event, Tick
from .batches import batch_of, rows_of
from .prompt_model import PromptModel
from .scoring import CONTENT_FREE, computing

UNLIKELY_RANK = 5000  # a word far down the list is hard to teach from a few rows


@dataclass(frozen=True, slots=True)
class WordRank:
    """A label word at the slot of inputs that say nothing.

    `rank` of its first token among all tokens, from 1; `prior`: that token's mean probability;
    `tokens`: how many the word has.
    """

    label: str
    word: int
    rank: int
    prior: float
    tokens: int

    @property
    def unlikely(self) -> bool:
        return self.rank > UNLIKELY_RANK


def word_ranks(
    model: PromptModel, columns: Sequence[str], device: torch.device, precision: str
) -> Generator[Event, None, list[WordRank]]:
    """The rank of every label word, in the order of `plan.words` (`word` is its place within its
    label); empty for a model without a word head. The model is left as it was."""
    plan = model.plan
    texts = [dict.fromkeys(columns, text) for text in CONTENT_FREE]
    rows = rows_of(plan.read_many(texts), [0] * len(texts))
    was_training = model.training
    model.eval()
    try:
        with torch.inference_mode(), computing(device, precision):
            scored = model.score(batch_of(rows, range(len(texts)), plan.pad_id, device))
            logits = model.family.vocabulary(model.model, scored.slot_state)
        yield Tick()
    finally:
        model.train(was_training)
    if logits is None:
        return []
    prior = torch.softmax(logits.double(), dim=-1).mean(0)
    found = []
    for label, of_label in zip(plan.labels, plan.words, strict=True):
        for place, word in enumerate(of_label):
            share = prior[word[0]]
            rank = 1 + int((prior > share).sum())
            found.append(WordRank(label, place, rank, float(share), len(word)))
    return found
