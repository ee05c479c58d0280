"""Attention for short rows on a CPU: plain products, where the fused kernel is slow.

PyTorch's fused attention for CPUs has a bf16 backward pass several times slower than two products
and a softmax at the lengths of a sentence (measured, docs/benchmarks.md). Groups of query heads
that share a key head are read as one longer query, so nothing is copied.
"""

from __future__ import annotations

import sys
from typing import Any

import torch
from torch import Tensor
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

from .packing import current, row_mask

NAME = "short_rows"
LONGEST = 256  # tokens; beyond, T x T scores cost more memory than they save time


def short_rows(
    module: Any,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    dropout: float = 0.0,
    scaling: float | None = None,
    is_causal: bool | None = None,
    **more: Any,
) -> tuple[Tensor, None]:
    """Attention of query [B, Hq, T, D] over key and value [B, Hk, S, D] -> [B, T, Hq, D].

    Rows that come packed into one line ([1, H, N, D]) are put side by side first.
    """
    packed = current()
    if packed is not None and query.shape[2] == packed.places.shape[0]:
        causal = bool(getattr(module, "is_causal", True)) if is_causal is None else is_causal
        query, key, value = (
            packed.padded(part.transpose(1, 2)).transpose(1, 2) for part in (query, key, value)
        )
        mask = row_mask(packed, causal)
        result, _ = _rows(query, key, value, mask, dropout, scaling, causal)
        return packed.packed(result), None
    heads, length = query.shape[1:3]
    groups, span = key.shape[1:3]
    plain = attention_mask is None or attention_mask.shape[1] == 1  # one mask for all heads
    plain = plain and all(more.get(name) is None for name in ("position_bias", "softcap", "s_aux"))
    if query.device.type != "cpu" or max(length, span) > LONGEST or heads % groups or not plain:
        fused: tuple[Tensor, None] = sdpa_attention_forward(
            module, query, key, value, attention_mask, dropout, scaling, is_causal, **more
        )
        return fused
    if is_causal is None:
        is_causal = bool(getattr(module, "is_causal", True))
    return _rows(query, key, value, attention_mask, dropout, scaling, is_causal)


def _rows(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    dropout: float,
    scaling: float | None,
    is_causal: bool,
) -> tuple[Tensor, None]:
    batch, heads, length, width = query.shape
    groups, span = key.shape[1], key.shape[2]
    scale = width**-0.5 if scaling is None else scaling
    grouped = (query * scale).reshape(batch, groups, -1, width)
    scores = (grouped @ key.transpose(-1, -2)).view(batch, groups, -1, length, span)
    if attention_mask is not None:
        mask = attention_mask[:, :, :, :span].unsqueeze(1)
        if mask.dtype == torch.bool:
            scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
        else:
            scores = scores + mask
    elif is_causal and length > 1:
        later = torch.ones(length, span, dtype=torch.bool).triu(span - length + 1)
        scores = scores.masked_fill(later, torch.finfo(scores.dtype).min)
    shares = torch.softmax(scores, dim=-1)
    if dropout:
        shares = torch.nn.functional.dropout(shares, dropout, training=True)
    mixed = shares.view(batch, groups, -1, span) @ value
    # the values may be narrower than the keys (MiniCPM3)
    return mixed.view(batch, heads, length, -1).transpose(1, 2).contiguous(), None


def rows_mask(*args: Any, **more: Any) -> Any:
    """The usual mask, or none where the rows come packed: attention knows them apart."""
    return sdpa_mask(*args, **more) if current() is None else None


def use_short_rows(model: Any) -> None:
    """Let a model on the CPU use it, where the model would use PyTorch's fused attention.

    Only models that ask transformers' list of attention functions can: Falcon looks at the name
    of the implementation itself and would take an unknown one for plain attention.
    """
    asks = hasattr(sys.modules[type(model).__module__], "ALL_ATTENTION_FUNCTIONS")
    if asks and getattr(model.config, "_attn_implementation", "") == "sdpa":
        AttentionInterface.register(NAME, short_rows)
        AttentionMaskInterface.register(NAME, rows_mask)
        model.config._attn_implementation = NAME
