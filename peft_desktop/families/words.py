"""Label words as token ids, and the arithmetic that every family does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.recipe import PromptSpec
from ..core.words import QT_TRANSLATE_NOOP
from ..prompts.tokens import Tokens
from ..prompts.verbalizer import check_tokens
from .contract import Words

if TYPE_CHECKING:
    from torch import Tensor


def word_ids(prompt: PromptSpec, tokens: Tokens, space: bool, start: bool = False) -> Words:
    """The token ids of every word of every label, after the checks that need the tokenizer.

    Raises UserError for unknown words and for words that two labels share.
    """
    ids = check_tokens(prompt.words, tokens, space, start=start)
    found = tuple(tuple(map(tuple, of_label)) for of_label in ids.values())
    if len(found) < 2:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "A classifier needs at least two labels."),
            QT_TRANSLATE_NOOP("engine", "Give words for two labels or more (--word LABEL=WORD)."),
        )
    return found


def made_virtual(prompt: PromptSpec, words: Words) -> bool:
    """Whether words of several tokens are to be scored as one virtual token each."""
    return prompt.virtual and any(len(word) > 1 for word in flat(words))


def virtual_start(
    words: Words, weight: Tensor, bias: Tensor | None
) -> tuple[Tensor, Tensor | None]:
    """What virtual tokens start from: the mean of their pieces' rows [V, H], of their biases [V].

    V counts the words of several tokens; float32.
    """
    import torch

    several = [list(word) for word in flat(words) if len(word) > 1]
    rows = torch.stack([weight[word].float().mean(0) for word in several])
    if bias is None:
        return rows, None
    return rows, torch.stack([bias[word].float().mean() for word in several])


def one_row_logits(
    states: Tensor, weight: Tensor, bias: Tensor | None, words: Words, virtual: Any = None
) -> Tensor:
    """Logits [B, W] with one row of the output for every word: a token's own, or a virtual one.

    `virtual` holds the trained `rows` and `bias`; without it they are what they start from.
    """
    import torch

    if virtual is None:
        rows, offsets = virtual_start(words, weight, bias)
    else:
        rows, offsets = virtual.rows, virtual.bias
    every = flat(words)
    single = [place for place, word in enumerate(every) if len(word) == 1]
    several = [place for place, word in enumerate(every) if len(word) > 1]
    order = torch.tensor([*single, *several], device=states.device).argsort()
    tokens = torch.tensor([every[place][0] for place in single], dtype=torch.long)
    tokens = tokens.to(states.device)
    table = torch.cat([weight[tokens].float(), rows.float()])[order]
    logits = (states.float() @ table.t()).float()
    if bias is None or offsets is None:
        return logits
    return logits + torch.cat([bias[tokens].float(), offsets.float()])[order]


def flat(words: Words) -> list[tuple[int, ...]]:
    """All words in label order."""
    return [word for of_label in words for word in of_label]


def label_means(words: Words, like: Tensor) -> Tensor:
    """The matrix [W, C] that averages word scores into label scores (PET: mean in logit space)."""
    matrix = like.new_zeros((len(flat(words)), len(words)))
    row = 0
    for label, of_label in enumerate(words):
        for _ in of_label:
            matrix[row, label] = 1.0 / len(of_label)
            row += 1
    return matrix


def row_logits(states: Tensor, weight: Tensor, bias: Tensor | None, ids: Tensor) -> Tensor:
    """Logits of only the tokens `ids` [W]: states [..., H] times the head's rows, bias included."""
    logits = states.to(weight.dtype) @ weight[ids].t()
    logits = logits.float()
    return logits if bias is None else logits + bias[ids].float()


def pair_log_probabilities(
    states: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    finish: Any,
    contexts: Tensor,
    ids: Tensor,
) -> Tensor:
    """log p(token | context) for pairs: states [B, N, H], contexts and ids [P] -> [B, P].

    The softmax runs over the whole vocabulary; only its normaliser needs all of it, and that is
    recomputed in the backward pass rather than kept (V x N x B numbers are soon gigabytes).
    """
    import torch
    from torch.utils.checkpoint import checkpoint

    def normaliser(some: Tensor) -> Tensor:
        logits = some.to(weight.dtype) @ weight.t()
        logits = logits.float() if bias is None else logits.float() + bias.float()
        return torch.logsumexp(finish(logits), dim=-1)

    batch, count, _ = states.shape
    per_piece = max(1, 2**26 // (weight.shape[0] * batch))  # about 256 MB of float32 a piece
    pieces = []
    for piece in states.split(per_piece, dim=1):
        if torch.is_grad_enabled() and count > per_piece:
            pieces.append(checkpoint(normaliser, piece, use_reentrant=False))
        else:
            pieces.append(normaliser(piece))
    log_z = torch.cat(pieces, dim=1)  # [B, N]
    chosen = states[:, contexts]  # [B, P, H]
    logits = (chosen.to(weight.dtype) * weight[ids]).float().sum(-1)
    if bias is not None:
        logits = logits + bias[ids].float()
    result: Tensor = finish(logits) - log_z[:, contexts]
    return result


def taken(states: Tensor, slots: Tensor) -> Tensor:
    """The states at the slots: [B, T, H] and [B, M] -> [B, M, H]."""
    index = slots.unsqueeze(-1).expand(-1, -1, states.shape[-1])
    return states.gather(1, index)


def own_mean(states: Tensor, own: Tensor) -> Tensor:
    """The mean state of the row's own tokens: [B, T, H] and [B, T] -> [B, H] in float32."""
    weights = own.to(states.dtype).unsqueeze(-1)
    total = (states * weights).float().sum(1)
    return total / own.float().sum(1, keepdim=True).clamp(min=1.0)


def as_mask(visible: Tensor, config: Any) -> Tensor:
    """Who sees whom [B, 1, T, T] (bool) as the attention of a model with this config takes it."""
    import torch

    # "prefixed_eager" is eager too
    if not str(getattr(config, "_attn_implementation", "")).endswith("eager"):
        return visible
    floor = torch.finfo(torch.float32).min
    return torch.zeros(visible.shape, device=visible.device).masked_fill(~visible, floor)
