"""The model for texts with several labels: a yes-no score for each label, by prompt and by head.

The prompt's score of a label is the logit of its words at the slot against the logit of a word for
"none of them" there, plus a trained level of its own:

    z_prompt[l] = s(words of l) - s(none) + b[l]        p(l | x) = sigmoid(z[l])

so that any number of labels can hold. The head is a linear layer on x's own states, one output a
label, and starts at zero. L is, for each of the two, the mean over rows of the summed binary
cross-entropies, which is -log p of the whole list where labels are independent given x.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..core.recipe import Recipe
from ..families.ensemble import EnsemblePlan
from ..prompts.bank_tasks import none_word
from .batches import RowBatch
from .loss import Counts, Loss, Weights
from .prompt_model import Outputs, PromptModel, levelled

NONE = ""  # the name of "none of them" among the labels of the plan; no label is called so


def with_none(recipe: Recipe) -> Recipe:
    """The recipe with a word for "none of them" behind the labels' words."""
    words = recipe.prompt.words
    every = [word for some in words.values() for word in some]
    said = recipe.prompt.template.replace("{text}", "").replace("{mask}", "")
    prompt = recipe.prompt.model_copy(
        update={"words": {**words, NONE: [none_word(every, [said, *every])]}}
    )
    return recipe.model_copy(update={"prompt": prompt})


class LabelListModel(PromptModel):
    """`forward` gives yes-no logits [B, C] of both ways; the plan has C + 1 labels, none last."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        labels = len(self.plan.labels) - 1
        if self.head is not None:
            self.head = nn.Linear(self.head.in_features, labels)
            nn.init.zeros_(self.head.weight)
            nn.init.zeros_(self.head.bias)
        self.shift_level = nn.Parameter(torch.zeros(labels))

    @property
    def frozen(self) -> bool:
        beside = ("shift", "head.")
        return self.one_template and all(name.startswith(beside) for name in self.trained())

    def forward(self, batch: RowBatch) -> Outputs:
        if isinstance(self.plan, EnsemblePlan) and batch.template is None:
            each = [self.forward(self._under(batch, n)) for n in range(len(self.plan.plans))]
            return Outputs(*(torch.stack(both).mean(0) for both in zip(*_two(each), strict=True)))
        scored = self.score(batch) if batch.scored is None else batch.scored
        logits = scored.label_logits.float()
        if self.shift is not None:
            logits = logits + levelled(scored.slot_state) @ self.shift.t()
        prompt = logits[:, :-1] - logits[:, -1:] + self.shift_level
        if self.head is None:
            return Outputs(prompt, prompt.new_zeros(0))
        with torch.autocast(prompt.device.type, enabled=False):
            return Outputs(prompt, self.head(levelled(scored.own_state)))


def _two(outputs: list[Outputs]) -> list[tuple[Tensor, Tensor]]:
    return [(some.prompt, some.head) for some in outputs]


def list_loss(
    outputs: Outputs, batch: RowBatch, weights: Weights, counts: Counts | None = None
) -> Loss:
    """The batch's share of the step's loss, in nats; as `loss.loss_of`, for lists of labels.

    `batch.gold` [B, C] holds 1 for the labels of a row.
    """
    whole = Counts.of([batch]) if counts is None else counts
    prompt = fine_tune = None
    if weights.prompt:
        prompt = _part(outputs.prompt, batch.gold, batch.for_prompt, whole.prompt)
    if weights.fine_tune and outputs.head.numel():
        fine_tune = _part(outputs.head, batch.gold, batch.for_head, whole.fine_tune)
    total = outputs.prompt.new_zeros(())
    for part, weight in ((prompt, weights.prompt), (fine_tune, weights.fine_tune)):
        if part is not None:
            total = total + weight * part
    return Loss(total, prompt, fine_tune)


def _part(logits: Tensor, gold: Tensor, rows: Tensor, count: float) -> Tensor | None:
    if not bool(rows.any()):
        return None
    each = functional.binary_cross_entropy_with_logits(
        logits.float(), gold.float(), reduction="none"
    ).sum(-1)
    return (each * rows).sum() / count
