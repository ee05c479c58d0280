"""What a family of models must answer: how it reads a prompt, and how it scores labels.

Nothing here imports torch; tensors are named in words: B rows, T tokens, H hidden units, C labels,
V vocabulary, W label words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ..core.recipe import PromptSpec
from ..prompts.reading import Reader, Reading
from ..prompts.tokens import Tokens

if TYPE_CHECKING:
    from torch import Tensor

Words = tuple[tuple[tuple[int, ...], ...], ...]  # token ids of each word of each label


@dataclass(frozen=True, slots=True)
class Encoded:
    """One row: a reading for each variant of the prompt, and the text alone where it is needed."""

    variants: tuple[Reading, ...]
    plain: Reading | None = None

    @property
    def length(self) -> int:
        """Tokens that the row costs in a batch."""
        return max(len(reading.ids) for reading in self.variants)

    @property
    def cut(self) -> int:
        return max(reading.cut for reading in self.variants)


def encoded(
    readers: Sequence[Reader], plain_reader: Reader | None, rows: Sequence[Mapping[str, str]]
) -> list[Encoded]:
    """The rows read by each variant's reader, and alone where a plain reader is given."""
    variants = list(zip(*(reader.read_many(rows) for reader in readers), strict=True))
    if plain_reader is None:
        return [Encoded(readings) for readings in variants]
    plain = plain_reader.read_many(rows)
    return [Encoded(a, b) for a, b in zip(variants, plain, strict=True)]


@dataclass(slots=True)
class Inputs:
    """A batch of readings as tensors: ids [B, T], mask [B, T] (bool), slots [B, M], own [B, T].

    `soft` [B, T], where there are soft tokens: the number of the vector that takes the place of the
    token, or -1.
    """

    ids: Tensor
    mask: Tensor
    slots: Tensor
    own: Tensor
    positions: Tensor | None = None  # [B, T], where they are not 0, 1, 2, ...
    visible: Tensor | None = None  # [B, 1, T, T] bool, where attention is not the usual one
    soft: Tensor | None = None


class Batch(Protocol):
    """What `tuning.batches` hands to a family."""

    @property
    def variants(self) -> Sequence[Inputs]: ...


class Scored(NamedTuple):
    """Label logits [B, C] (float32), the state at the slot [B, H], the mean state of x [B, H]."""

    label_logits: Tensor
    slot_state: Tensor
    own_state: Tensor


Hidden = Callable[[Inputs], "Tensor"]  # the backbone's last states [B, T, H], soft tokens and all


class Plan(Protocol):
    """How one prompt is read with one tokenizer; made once, before any tensor.

    `soft_ids`: the tokens that the template's own soft tokens start from (`soft.FREE`: whatever
    the method likes); empty where it has none, and the method's go in front of the input.
    """

    labels: tuple[str, ...]
    words: Words
    pad_id: int
    soft_ids: tuple[int, ...]
    warnings: list[tuple[str, dict[str, Any]]]

    def read_many(self, rows: Sequence[Mapping[str, str]]) -> list[Encoded]:
        """Token ids of the rows, cut to the plan's length; call it with 256 rows or fewer."""
        ...


@dataclass(slots=True)
class PlanSettings:
    """Everything a family needs to read rows; `plain` asks for the text alone as well."""

    prompt: PromptSpec
    columns: Sequence[str]
    text_column: str
    max_length: int
    plain: bool = False
    # pooling, ahead (soft tokens in front), first_soft (the number of the template's first one)
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def first_soft(self) -> int:
        return int(self.facts.get("first_soft") or 0)

    def ahead(self, soft_ids: Sequence[int]) -> int:
        """Soft tokens in front of the input: the method's, where the template has none itself."""
        return 0 if soft_ids else int(self.facts.get("ahead") or 0)


class Family(Protocol):
    """One kind of pretrained model.

    `several_slots`: whether a template may have one slot for each token of its words.
    """

    name: str
    title: str
    summary: str
    several_slots: bool

    def plan(self, settings: PlanSettings, tokens: Tokens) -> Plan:
        """Check template and words against the tokenizer and make the plan.

        Raises UserError when the prompt does not fit this family, saying how to change it.
        """
        ...

    def load(self, folder: Path, dtype: Any) -> Any:
        """The transformers model with the head that this family needs, on the CPU."""
        ...

    def backbone(self, model: Any) -> Any:
        """The part of `model` that turns token ids into last hidden states."""
        ...

    def trained_part(self, model: Any) -> Any:
        """The part of `model` that a method may change: all that a label's score comes from."""
        ...

    def score(
        self, model: Any, plan: Any, batch: Batch, hidden: Hidden, memo: dict[str, Any]
    ) -> Scored:
        """Score every label for every row; `memo` lives as long as the weights do not change."""
        ...

    def vocabulary(self, model: Any, slot_state: Tensor) -> Tensor | None:
        """Logits of all words [B, V] in float32 at the slot states [B, H] that `score` gives; None
        where a model has no word head."""
        ...
