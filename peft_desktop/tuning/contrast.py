"""Supervised contrastive loss: texts of one label close together, those of others far apart.

    L_contrast = -1/M sum_i 1/|P(i)| sum_(p in P(i)) log softmax_(j /= i)(c_ij / t) at p

c_ij is the cosine of the vectors of the rows i and j of a step, P(i) the other rows of i's label, M
the number of rows that have such (Khosla et al. 2020, arXiv:2004.11362, L_out). SetFit (Tunstall et
al. 2022, arXiv:2209.11055) draws pairs of rows and embeds each of them; here every pair of a step's
rows counts, and each row is embedded once.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import torch
from accelerate import Accelerator
from torch import Tensor
from torch.nn import functional

from ..core.errors import UserError
from ..core.events import Event, Tick
from ..core.recipe import TrainingSettings
from ..core.words import QT_TRANSLATE_NOOP
from ..methods.contract import Contrast
from .batches import RowBatch
from .prompt_model import PromptModel


@dataclass(frozen=True, slots=True)
class Pull:
    """What the rows of a whole step do to the vectors of one of its batches.

    `loss` is the batch's share of L_contrast, `gradient` [B, H] its gradient, and `chance` the
    state of the random numbers with which the vectors were made.
    """

    loss: Tensor
    gradient: Tensor
    chance: tuple[Tensor, Tensor | None]


def pulls_of(
    model: PromptModel, batches: Sequence[RowBatch], contrast: Contrast, accelerator: Accelerator
) -> Generator[Event, None, list[Pull]]:
    """How the batches of a step pull at each other, without keeping all of them in memory.

    Every batch is embedded once for the gradients of the vectors, and once more when these go on
    into the model (gradient cache, Gao et al. 2021, arXiv:2101.06983).
    """
    device = accelerator.device
    found, states = [], []
    for batch in batches:
        states.append(_chance(device))
        with torch.no_grad(), accelerator.autocast():
            vectors = model(batch).vectors
        assert vectors is not None
        found.append(vectors)
        yield Tick()
    whole = torch.cat(found).requires_grad_()
    gold = torch.cat([batch.gold for batch in batches])
    loss = contrastive_loss(whole, gold, contrast.temperature)
    (gradient,) = torch.autograd.grad(loss, whole)
    sizes = [batch.size for batch in batches]
    share = loss.detach() / len(batches)
    return [
        Pull(share, some, state) for some, state in zip(gradient.split(sizes), states, strict=True)
    ]


def check_step(contrast: Contrast | None, settings: TrainingSettings) -> None:
    """Raises UserError where no two rows would ever meet in a step."""
    if contrast is not None and settings.batch_size * settings.accumulation < 2:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "With one row in a step there is nothing that it could be compared with."
            ),
            QT_TRANSLATE_NOOP("engine", "Set batch_size to 8 or more, or choose another method."),
            field="batch_size",
        )


def as_before(pull: Pull, device: torch.device) -> None:
    """Draw the same random numbers again as when the pull's vectors were made."""
    processor, card = pull.chance
    torch.set_rng_state(processor)
    if card is not None:
        torch.cuda.set_rng_state(card, device)


def _chance(device: torch.device) -> tuple[Tensor, Tensor | None]:
    card = torch.cuda.get_rng_state(device) if device.type == "cuda" else None
    return torch.get_rng_state(), card


def contrastive_loss(vectors: Tensor, gold: Tensor, temperature: float) -> Tensor:
    """The loss above of the vectors [B, H] in nats; 0 where no two rows share a label."""
    unit = functional.normalize(vectors.float(), dim=-1)
    near = unit @ unit.t() / temperature
    itself = torch.eye(len(gold), dtype=torch.bool, device=gold.device)
    logs = near - torch.logsumexp(near.masked_fill(itself, -torch.inf), dim=1, keepdim=True)
    kin = (gold[:, None] == gold[None, :]) & ~itself
    count = kin.sum(1)
    has_kin = count > 0
    if not bool(has_kin.any()):
        return vectors.sum() * 0.0
    each = logs.masked_fill(~kin, 0.0).sum(1)[has_kin] / count[has_kin]
    return -each.mean()
