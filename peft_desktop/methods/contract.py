"""What a way of fine-tuning must answer: what it trains, at which learning rate, and when not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ..core.fields import Settings
from ..core.words import Sentence

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, slots=True)
class Facts:
    """What a method may know of the model before anything is loaded."""

    family: str
    architecture: str = ""
    parameters: int = 0
    hidden_size: int = 0


@dataclass(slots=True)
class Prepared:
    """The model made ready: what is trained requires gradients, all else is frozen.

    `soft` is an optional module whose `vectors` [P, H] go in front of the input's embeddings.
    `shift` asks for a trained correction of the label scores (head-only training).
    """

    model: Any
    soft: nn.Module | None = None
    shift: bool = False


class Method(Protocol):
    """One way to fine-tune."""

    name: str
    title: str
    summary: str
    settings: type[Settings]

    def supports(self, family: str, task: str) -> Sentence | None:
        """Nothing if it can train models of `family` for `task`, else the reason why not."""
        ...

    def learning_rate(self, facts: Facts) -> float:
        """The default learning rate of the trained weights."""
        ...

    def head_learning_rate(self, facts: Facts) -> float:
        """The default learning rate of the classification head."""
        ...

    def prepare(
        self, model: Any, backbone: Any, settings: Any, hints: Mapping[str, Any]
    ) -> Prepared:
        """Freeze, inject, or leave as it is. `hints` may hold `init_ids` (token ids to start from).

        Called once, right after loading, before weights are moved or changed in precision.
        """
        ...
