"""What a way of fine-tuning must answer: what it trains, at which learning rate, and when not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ..core.fields import Settings
from ..core.words import QT_TRANSLATE_NOOP, Sentence

if TYPE_CHECKING:
    from torch import nn


# the families that can do a task; a task that is not named here is for all of them
FAMILIES_OF_TASK: dict[str, tuple[str, ...]] = {
    "generation": ("causal", "seq2seq"),
    "tagging": ("encoder", "masked", "causal"),
}


def task_reason(family: str, task: str) -> Sentence | None:
    """Nothing if models of `family` can do `task` at all, else the reason why not."""
    if family in FAMILIES_OF_TASK.get(task, (family,)):
        return None
    return Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "This kind of model ({family}) cannot do the task {task}: choose one of the kind "
            "{known}.",
        ),
        {"family": family, "task": task, "known": ", ".join(FAMILIES_OF_TASK[task])},
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What a method may know of the model before anything is loaded."""

    family: str
    architecture: str = ""
    parameters: int = 0
    hidden_size: int = 0


@dataclass(frozen=True, slots=True)
class PrefixWish:
    """Trained keys and values in front of every layer's own, `length` of them.

    They start as those that the model itself gives to the tokens `start`, or at random small
    numbers where `start` is empty; `dropout` is the share of them that a step does not see.
    """

    length: int
    start: Sequence[int] = ()
    dropout: float = 0.0


@dataclass(frozen=True, slots=True)
class Contrast:
    """A further part of the loss: texts of one label are drawn together, all others apart.

    `weight` is w_contrast, `temperature` what cosines are divided by.
    """

    weight: float
    temperature: float


@dataclass(slots=True)
class Prepared:
    """The model made ready: what is trained requires gradients, all else is frozen.

    `soft` is an optional module whose `vectors` [P, H] go in front of the input's embeddings.
    `encoder` is one that turns 0 .. P-1 into what is added to them; only the sums are kept in the
    end. `prefix` asks for trained keys and values in every layer. `shift` asks for a trained
    correction of the label scores (head-only training). `contrast` asks for a part of the loss that
    compares the rows of a step with each other. `refit`: solve the classification head once more
    when training has ended.
    """

    model: Any
    soft: nn.Module | None = None
    encoder: nn.Module | None = None
    prefix: PrefixWish | None = None
    shift: bool = False
    contrast: Contrast | None = None
    refit: bool = False


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
        """Freeze, inject, or leave as it is; `backbone` is the family's `trained_part`.

        `hints` may hold `init_ids` and `label_ids` (token ids of the prompt and of its label words
        to start from), `soft_ids` (of the template's own soft tokens) and `tokens` (a `Tokens`).
        Called once, right after loading, before weights are moved or changed in precision.
        """
        ...
