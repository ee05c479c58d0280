"""Trained keys and values in front of every layer's own (prefix tuning).

B rows, T tokens, P trained places, Hk key heads, D their width.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import eager_mask, sdpa_mask

_HELD = "prefix_of_this_model"


def add_prefix(model: Any, places: Sequence[str], tensors: Mapping[str, Tensor]) -> None:
    """Let the attention modules called `places` see their keys and values [Hk, P, D] first."""
    AttentionInterface.register("prefixed", _prefixed)
    AttentionMaskInterface.register("prefixed", sdpa_mask)
    AttentionInterface.register("prefixed_eager", _prefixed_eager)
    AttentionMaskInterface.register("prefixed_eager", eager_mask)
    for number, place in enumerate(places):
        module = model.get_submodule(place)
        pair = tensors[f"prefix.{number}.key"], tensors[f"prefix.{number}.value"]
        module.__dict__[_HELD] = pair
    for module in model.modules():
        config = getattr(module, "config", None)
        used = getattr(config, "_attn_implementation", "")
        if used in ("sdpa", "eager"):
            config._attn_implementation = "prefixed" if used == "sdpa" else "prefixed_eager"


def _prefixed(module: Any, *given: Any, **named: Any) -> Any:
    return sdpa_attention_forward(module, *_joined(module, named, *given), **named)


def _prefixed_eager(module: Any, *given: Any, **named: Any) -> Any:
    plain: Any = sys.modules[type(module).__module__]
    return plain.eager_attention_forward(module, *_joined(module, named, *given), **named)


def _joined(
    module: Any,
    named: dict[str, Any],
    query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Tensor | None,
) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
    pair = module.__dict__.get(_HELD)
    if pair is None:
        return query, key, value, mask
    count, length, span = pair[0].shape[1], query.shape[2], key.shape[2]
    causal = named.get("is_causal")
    causal = getattr(module, "is_causal", True) if causal is None else causal
    if mask is None and length > 1 and causal:
        mask = torch.ones((1, 1, length, span), dtype=torch.bool).tril()
    if mask is not None:
        seen = mask.new_full((*mask.shape[:-1], count), mask.dtype == torch.bool)
        mask = torch.cat([seen, mask], dim=-1)
    if named.get("position_bias") is not None:
        named["position_bias"] = torch.nn.functional.pad(named["position_bias"], (count, 0))
    keys, values = (own.to(key.dtype).expand(key.shape[0], -1, -1, -1) for own in pair)
    return query, torch.cat([keys, key], dim=2), torch.cat([values, value], dim=2), mask
