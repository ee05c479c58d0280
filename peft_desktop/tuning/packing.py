"""Rows without padding: a batch on a CPU is computed as one line of its real tokens.

Rows of a batch differ in length, and whatever stands behind a row's end is computed for nothing:
a third of a shuffled batch of sentences, half of a batch of validation rows. Linear layers do not
care which row a token belongs to, so they see [1, N] real tokens; attention alone puts the rows
side by side again. A model that reads from left to right also says the same of the same beginning,
so the words in front of the text (the prompt's instruction) are computed once for all rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from torch import Tensor

# Their positions come from `position_ids` alone and their attention asks transformers' list of
# attention functions: seen equal to the padded computation (tests/engine/test_packing.py).
PACKABLE = frozenset(
    {"bert", "gemma", "glm", "gpt2", "gpt_neox", "granite", "llama", "mistral", "olmo", "olmo2"}
    | {"opt", "phi", "phi3", "qwen2", "qwen3", "smollm3", "stablelm", "starcoder2"}
)
LEAST_SAVED = 0.08  # of the tokens; below, the copies around attention cost more than they save


@dataclass(frozen=True, slots=True)
class Packing:
    """Which of [B, T] places are real, and where each one is in the line of N tokens."""

    mask: Tensor  # [B, T] bool, real tokens
    line: Tensor  # [B * T] the token of each place; padding repeats a token, nothing reads it
    places: Tensor  # [N] the place of each token

    @staticmethod
    def of(mask: Tensor, shared: int = 0) -> Packing:
        """`shared`: so many places at the beginning stand in the line once, for all rows."""
        own = mask.clone()
        own[1:, :shared] = False
        line = (own.reshape(-1).cumsum(0) - 1).view(mask.shape).clone()
        line[:, :shared] = line[0, :shared]
        return Packing(mask, line.reshape(-1).clamp(min=0), own.reshape(-1).nonzero().squeeze(1))

    @property
    def positions(self) -> Tensor:
        """Position of every token in its row [1, N]."""
        return (self.places % self.mask.shape[1]).unsqueeze(0)

    def packed(self, padded: Tensor) -> Tensor:
        """[B, T, ...] -> [1, N, ...]"""
        return padded.flatten(0, 1).index_select(0, self.places).unsqueeze(0)

    def padded(self, packed: Tensor) -> Tensor:
        """[1, N, ...] -> [B, T, ...]; what stands in the padding means nothing."""
        rows = packed[0].index_select(0, self.line)
        return rows.view(*self.mask.shape, *packed.shape[2:])


_now: ContextVar[Packing | None] = ContextVar("packing", default=None)


def current() -> Packing | None:
    """The packing of the batch that is being computed, if it is packed."""
    return _now.get()


@contextmanager
def packing(mask: Tensor, shared: int = 0) -> Iterator[Packing]:
    """Attention inside knows that tokens come in one line."""
    found = Packing.of(mask, shared)
    token = _now.set(found)
    try:
        yield found
    finally:
        _now.reset(token)


def worth_packing(config: Any, mask: Tensor, attention: str, longest: int, shared: int = 0) -> bool:
    """Whether this model computes this batch faster, and equally, as one line."""
    if mask.device.type != "cpu" or config.model_type not in PACKABLE:
        return False
    window = getattr(config, "sliding_window", None)
    rows, length = mask.shape
    if getattr(config, "_attn_implementation", "") != attention or length > longest:
        return False
    if rows == 1 or (window and length > window):
        return False
    left = float(mask.sum()) - shared * (rows - 1)
    return left < (1 - LEAST_SAVED) * mask.numel()


def same_beginning(ids: Tensor, mask: Tensor) -> int:
    """How many tokens at the beginning [B, T] are real and the same in all rows."""
    same = (ids == ids[:1]).all(0) & mask.all(0)
    return int(same.long().cumprod(0).sum())


def row_mask(packed: Packing, causal: bool) -> Tensor | None:
    """What a real token may see [B, 1, 1, T], or None where the causal order hides the padding."""
    return None if causal else packed.mask[:, None, None, :]
