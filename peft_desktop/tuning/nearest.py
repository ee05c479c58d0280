"""What a soft prompt says: the words of the vocabulary that lie nearest to its vectors.

A soft prompt is no text, and its nearest words need not read as one (Khashabi et al. 2022, "Prompt
Waywardness", arXiv:2112.08348); they show what training started from and where it went.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from ..prompts.tokens import Tokens
from .tuned_model import TunedModel

_PIECE = 2**14  # rows of the vocabulary at a time
_SPARE = 4  # neighbours looked at for each that is wanted: not all of them are words


class Neighbour(NamedTuple):
    """A word and its cosine (-1 to 1) with a trained vector."""

    word: str
    cosine: float


def nearest_words(model: TunedModel, tokens: Tokens, count: int = 5) -> list[list[Neighbour]]:
    """For each vector of the soft prompt the nearest words, best first; empty without one."""
    vectors = model.vectors()
    if vectors is None:
        return []
    table = model.family.backbone(model.model).get_input_embeddings().weight
    cosines, ids = _nearest(vectors.detach(), table.detach(), count * _SPARE)
    found = []
    for row in range(len(ids)):
        said: dict[str, float] = {}
        for number, cosine in zip(ids[row].tolist(), cosines[row].tolist(), strict=True):
            word = tokens.token(number).strip()
            if word and word.isprintable() and "\ufffd" not in word:
                said.setdefault(word, round(cosine, 3))
        found.append([Neighbour(*pair) for pair in said.items()][:count])
    return found


def _nearest(vectors: Tensor, table: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Cosines and row numbers [P, count] of the rows of `table` nearest to each vector."""
    wanted = torch.nn.functional.normalize(vectors.float(), dim=-1)
    best = wanted.new_zeros((len(vectors), 0))
    ids = torch.zeros((len(vectors), 0), dtype=torch.long, device=vectors.device)
    for start in range(0, len(table), _PIECE):
        piece = torch.nn.functional.normalize(table[start : start + _PIECE].float(), dim=-1)
        numbers = torch.arange(start, start + len(piece), device=vectors.device)
        best = torch.cat([best, wanted @ piece.t()], dim=1)
        ids = torch.cat([ids, numbers.expand(len(vectors), -1)], dim=1)
        best, places = best.topk(min(count, best.shape[1]), dim=1)
        ids = ids.gather(1, places)
    return best.cpu(), ids.cpu()
