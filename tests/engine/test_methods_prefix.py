"""Prefix tuning: the keys and values are where they should be, in every architecture that can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from engine_models import TEXTS, batch, encoded, loaded, losses_of, reference, trainee_of
from tiny_families import FAMILY_OF
from torch import Tensor
from transformers import DynamicCache

from peft_desktop.core.errors import UserError
from peft_desktop.tuning.prefix import Prefix, PrefixPart, _prefixed

Tiny = Callable[[str], Path]
CLOSE = {"atol": 1e-4, "rtol": 1e-4}
WITHOUT = {"bloom", "falcon", "mpnet"}
SETTINGS = {"prefix_tokens": 3}


def prefixed(tiny: Tiny, name: str, **more: Any) -> Any:
    settings = {**SETTINGS, **more}
    return loaded(tiny(name), FAMILY_OF[name], method="prefix_tuning", settings=settings)


@pytest.mark.parametrize("kind", ["none", "causal", "bool", "float", "bias"])
@pytest.mark.parametrize("groups", [4, 2])
def test_that_a_prefix_is_seen_first_and_by_all(kind: str, groups: int) -> None:
    heads, length, width, count = 4, 6, 8, 3
    query = torch.randn(2, heads, length, width)
    key, value = torch.randn(2, groups, length, width), torch.randn(2, groups, length, width)
    part = PrefixPart(torch.randn(groups, count, width), torch.randn(groups, count, width), 0.0)
    module = SimpleNamespace(is_causal=kind == "causal", num_key_value_groups=heads // groups)
    module.training = False
    module.peft_desktop_prefix = part
    mask = bias = None
    seen = torch.ones(length, length, dtype=torch.bool)
    if kind in ("causal", "bool", "float"):
        seen = seen.tril()
    if kind == "bool":
        mask = seen.expand(2, 1, length, length)
    if kind == "float":
        mask = torch.zeros(2, 1, length, length).masked_fill(~seen, -1e9)
    more: dict[str, Any] = {}
    if kind == "bias":
        bias = torch.randn(1, heads, length, length)
        more["position_bias"] = bias
    found, _ = _prefixed(module, query, key, value, mask, scaling=0.3, **more)

    def whole(own: Tensor, given: Tensor) -> Tensor:
        both = torch.cat([own.expand(2, -1, -1, -1), given], dim=2)
        return both.repeat_interleave(heads // groups, dim=1)

    scores = 0.3 * query @ whole(part.key, key).transpose(-1, -2)
    if bias is not None:
        scores[..., count:] += bias
    scores[..., count:] = scores[..., count:].masked_fill(~seen, -1e9)
    wanted = scores.softmax(-1) @ whole(part.value, value)
    torch.testing.assert_close(found, wanted.transpose(1, 2), **CLOSE)


# without sliding windows: there a cache's places count as distance, and ours are always seen
@pytest.mark.parametrize("name", ["llama", "qwen3", "gemma2", "gpt2", "gpt_neox", "phi"])
def test_that_a_prefix_is_what_transformers_computes_from_a_cache(tiny: Tiny, name: str) -> None:
    model, plain = prefixed(tiny, name), reference(tiny(name), "causal")
    prefix: Prefix = model.prefix
    with torch.no_grad():
        for part in prefix:
            part.key.add_(torch.randn_like(part.key))
        scored = model.score(batch(model))
        for place, row in enumerate(encoded(model)):
            [reading] = row.variants
            cache = DynamicCache()
            for number, part in enumerate(prefix):
                cache.update(part.key[None], part.value[None], number)
            ids = torch.tensor([reading.ids])
            states = plain.base_model(
                input_ids=ids,
                past_key_values=cache,
                position_ids=torch.arange(ids.shape[1])[None],
            ).last_hidden_state[0]
            torch.testing.assert_close(scored.slot_state[place], states[reading.slots[0]], **CLOSE)


@pytest.mark.parametrize("name", sorted(set(FAMILY_OF) - WITHOUT))
def test_that_every_layer_that_attends_has_one_and_padding_changes_nothing(
    tiny: Tiny, name: str
) -> None:
    model = prefixed(tiny, name)
    plain = loaded(tiny(name), FAMILY_OF[name])
    assert model.prefix.places == list(dict.fromkeys(model.prefix.places))
    with torch.no_grad():
        together = model.score(batch(model)).label_logits
        for place, text in enumerate(TEXTS):
            alone = model.score(batch(model, [text])).label_logits[0]
            torch.testing.assert_close(together[place], alone, **CLOSE)
        assert not torch.allclose(together, plain.score(batch(plain)).label_logits, atol=1e-3)
    model.train()
    model.score(batch(model)).label_logits[:, 0].sum().backward()
    for part in model.prefix:
        assert part.key.grad.abs().sum() > 0 and part.value.grad.abs().sum() > 0


@pytest.mark.parametrize("name", sorted(WITHOUT))
def test_that_an_architecture_without_a_place_for_it_says_so(tiny: Tiny, name: str) -> None:
    with pytest.raises(UserError, match=f'The attention of "{name}" models takes no keys'):
        prefixed(tiny, name)


def test_that_a_prefix_starts_as_the_keys_and_values_of_the_tasks_words(tiny: Tiny) -> None:
    model, plain = prefixed(tiny, "llama", prefix_tokens=5), reference(tiny("llama"), "causal")
    with torch.no_grad():
        cache = plain.base_model(input_ids=torch.tensor([[5, 6, 7, 5, 6]])).past_key_values
    for number, part in enumerate(model.prefix):
        torch.testing.assert_close(part.key, cache.layers[number].keys[0], **CLOSE)
        torch.testing.assert_close(part.value, cache.layers[number].values[0], **CLOSE)


def test_that_a_long_prefix_fits_a_short_model(tiny: Tiny) -> None:
    model = prefixed(tiny, "bert", prefix_tokens=200)
    assert all(part.key.shape[1] == 200 for part in model.prefix)
    assert losses_of(trainee_of(model, max_steps=2))


def test_that_a_random_prefix_starts_small(tiny: Tiny) -> None:
    model = prefixed(tiny, "bert", start="random")
    numbers = torch.cat([p.flatten() for p in model.prefix.parameters()])
    assert 0.01 < numbers.std() < 0.04


def test_that_models_beside_one_another_do_not_share_a_prefix(tiny: Tiny) -> None:
    plain = loaded(tiny("bert"), "masked")
    with torch.no_grad():
        before = plain.score(batch(plain)).label_logits
        prefixed(tiny, "bert")
        assert torch.equal(plain.score(batch(plain)).label_logits, before)


def test_that_a_prefix_can_be_dropped_out_in_training_only(tiny: Tiny) -> None:
    model = prefixed(tiny, "llama", dropout=0.5)
    with torch.no_grad():
        a, b = (model.score(batch(model)).label_logits for _ in range(2))
        assert torch.equal(a, b)
        model.train()
        a, b = (model.score(batch(model)).label_logits for _ in range(2))
        assert not torch.equal(a, b)
