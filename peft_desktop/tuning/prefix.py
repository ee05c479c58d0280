"""Trained keys and values in front of every layer's own, put in where the attention is computed.

Architectures that ask transformers' list of attention functions hand over their keys and values
there, whatever they are otherwise: causal or not, with grouped heads, rotary or learned positions.
No cache is needed, positions stay as they are, and masked models are served like causal ones.
"""

from __future__ import annotations

import sys
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.masking_utils import eager_mask, sdpa_mask

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from ..methods.contract import PrefixWish
from .attention import NAME as SHORT_ROWS
from .attention import short_rows

PREFIXED, PREFIXED_EAGER, _WATCHED = "prefixed", "prefixed_eager", "prefix_watched"
_HELD = "peft_desktop_prefix"  # where an attention module keeps its part, unseen by torch
_LONGEST_START = 64  # tokens; a longer prefix repeats them


class PrefixPart(nn.Module):
    """What one attention module sees before its own: key [Hk, P, D], value [Hk, P, Dv]."""

    def __init__(self, key: Tensor, value: Tensor, dropout: float) -> None:
        super().__init__()
        self.key, self.value = nn.Parameter(key), nn.Parameter(value)
        self.dropout = dropout

    def before(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """The part in front of keys [B, Hk, T, D] and values [B, Hk, T, Dv]."""
        joined = []
        for own, given in ((self.key, key), (self.value, value)):
            dropped = nn.functional.dropout(own, self.dropout, self.training)
            part = dropped.to(given.dtype).expand(given.shape[0], -1, -1, -1)
            joined.append(torch.cat([part, given], dim=2))
        return joined[0], joined[1]


class Prefix(nn.ModuleList):
    """The parts in the order of the layers; `places` are the names of their attention modules."""

    def __init__(self, parts: list[PrefixPart], places: list[str]) -> None:
        super().__init__(parts)
        self.places = places


def add_prefix(model: Any, backbone: Any, wish: PrefixWish) -> Prefix:
    """Give every attention of `backbone` trained keys and values, started as the wish says.

    Raises UserError for an architecture whose attention cannot be reached.
    """
    seen = _watched(model, backbone, list(wish.start)[:_LONGEST_START] or [0])
    if not seen:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                'The attention of "{kind}" models takes no keys and values from outside, so prefix '
                "tuning has no place to put them.",
            ),
            QT_TRANSLATE_NOOP(
                "engine", "Choose P-tuning or LoRA, or another model such as BERT or Llama."
            ),
            field="method",
            kind=model.config.model_type,
        )
    names = {module: name for name, module in model.named_modules()}
    parts, places = [], []
    for module, (key, value) in seen.items():
        part = PrefixPart(_started(key, wish), _started(value, wish), wish.dropout)
        module.__dict__[_HELD] = part
        parts.append(part)
        places.append(names[module])
    AttentionInterface.register(PREFIXED, _prefixed)
    AttentionMaskInterface.register(PREFIXED, sdpa_mask)
    AttentionInterface.register(PREFIXED_EAGER, _prefixed_eager)
    AttentionMaskInterface.register(PREFIXED_EAGER, eager_mask)
    for config in _configs(backbone):
        eager = config._attn_implementation == "eager"
        config._attn_implementation = PREFIXED_EAGER if eager else PREFIXED
    return Prefix(parts, places)


def _started(seen: Tensor, wish: PrefixWish) -> Tensor:
    """Numbers [heads, P, D] to start from, after those seen [heads, n, D]."""
    if not wish.start:
        return 0.02 * torch.randn(seen.shape[0], wish.length, seen.shape[2])
    places = torch.arange(wish.length, device=seen.device) % seen.shape[1]
    return seen[:, places].float().clone()


def _watched(model: Any, backbone: Any, ids: list[int]) -> dict[nn.Module, tuple[Tensor, Tensor]]:
    """The keys and values that each attention module has for some tokens, in order of use."""
    seen: dict[nn.Module, tuple[Tensor, Tensor]] = {}
    configs = _configs(backbone)
    before = [config._attn_implementation for config in configs]

    def watched(
        module: Any, query: Tensor, key: Tensor, value: Tensor, *more: Any, **named: Any
    ) -> Any:
        # a layer that is used several times (ALBERT) has one prefix for all of them
        seen.setdefault(module, (key[0].detach(), value[0].detach()))
        inner = _eager_of(module) if "eager" in before else short_rows
        return inner(module, query, key, value, *more, **named)

    AttentionInterface.register(_WATCHED, watched)
    AttentionMaskInterface.register(_WATCHED, eager_mask if "eager" in before else sdpa_mask)
    tokens = torch.tensor([ids], device=backbone.get_input_embeddings().weight.device)
    more = (
        {"decoder_input_ids": tokens} if getattr(model.config, "is_encoder_decoder", False) else {}
    )
    try:
        for config in configs:
            config._attn_implementation = _WATCHED
        with torch.no_grad():
            backbone(input_ids=tokens, **more)
    finally:
        for config, name in zip(configs, before, strict=True):
            config._attn_implementation = name
    return seen


def _configs(backbone: Any) -> list[Any]:
    """The configurations that say which attention is used, of models that ask for it by name."""
    found = {}
    for module in backbone.modules():
        config = getattr(module, "config", None)
        asks = hasattr(sys.modules[type(module).__module__], "ALL_ATTENTION_FUNCTIONS")
        if asks and getattr(config, "_attn_implementation", "") in ("sdpa", SHORT_ROWS, "eager"):
            found[id(config)] = config
    return list(found.values())


def _eager_of(module: Any) -> Any:
    """The architecture's own plain attention."""
    return sys.modules[type(module).__module__].eager_attention_forward


def _prefixed(module: Any, *given: Any, **named: Any) -> Any:
    return short_rows(module, *_joined(module, named, *given), **named)


def _prefixed_eager(module: Any, *given: Any, **named: Any) -> Any:
    return _eager_of(module)(module, *_joined(module, named, *given), **named)


def _joined(
    module: Any,
    named: dict[str, Any],
    query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Tensor | None,
) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
    """Keys, values and mask with the module's part in front; changes a position bias in `named`."""
    part: PrefixPart | None = module.__dict__.get(_HELD)
    if part is None:
        return query, key, value, mask
    count, length, span = part.key.shape[1], query.shape[2], key.shape[2]
    if mask is None and length > 1 and causal(module, named):
        mask = torch.ones((1, 1, length, span), dtype=torch.bool, device=key.device).tril()
    if mask is not None:
        seen = mask.new_full((*mask.shape[:-1], count), mask.dtype == torch.bool)
        mask = torch.cat([seen, mask], dim=-1)
    if named.get("position_bias") is not None:
        named["position_bias"] = nn.functional.pad(named["position_bias"], (count, 0))
    key, value = part.before(key, value)
    return query, key, value, mask


def causal(module: Any, named: dict[str, Any]) -> bool:
    """Whether a token may not see those behind it, as transformers decides it."""
    said = named.get("is_causal")
    return bool(getattr(module, "is_causal", True) if said is None else said)
