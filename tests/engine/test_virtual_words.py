"""Label words of several tokens as one virtual token each, in every family with a word head."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_models import (
    ONE_TOKEN,
    SEVERAL_TOKENS,
    TEMPLATES,
    batch,
    encoded,
    loaded,
    logits_alone,
    losses_of,
    reference,
    trainee_of,
    without_dropout,
)
from engine_project import Workshop, result_of
from safetensors.torch import load_file
from tiny_families import FAMILY_OF

from peft_desktop.core.errors import UserError
from peft_desktop.core.ports import EvaluateRequest
from peft_desktop.core.recipe import PromptSpec

Tiny = Callable[[str], Path]
WITH_HEADS = ["llama", "gemma2", "bert", "roberta", "albert", "t5", "mt5"]


def asked(name: str, words: dict[str, list[str]] = SEVERAL_TOKENS, **more: Any) -> PromptSpec:
    return PromptSpec(template=TEMPLATES[FAMILY_OF[name]], words=words, **{"virtual": True, **more})


def virtual(tiny: Tiny, name: str, method: str = "full", **more: Any) -> Any:
    return loaded(tiny(name), FAMILY_OF[name], method=method, prompt=asked(name, **more))


@pytest.mark.parametrize("name", WITH_HEADS)
def test_that_words_of_one_token_are_scored_as_before(tiny: Tiny, name: str) -> None:
    with_it, without = (virtual(tiny, name, words=ONE_TOKEN, virtual=v) for v in (True, False))
    assert len(with_it.virtual) == 0
    with torch.no_grad():
        a, b = (m.score(batch(m)).label_logits for m in (with_it, without))
    assert torch.equal(a, b)


@pytest.mark.parametrize("name", ["llama", "bert", "roberta", "albert"])
def test_that_a_virtual_token_starts_as_the_mean_of_its_pieces(tiny: Tiny, name: str) -> None:
    model = virtual(tiny, name)
    plain = reference(tiny(name), FAMILY_OF[name])
    several = [word for of_label in model.plan.words for word in of_label if len(word) > 1]
    assert len(several) == 3 and model.virtual[0].rows.shape[0] == 3
    with torch.no_grad():
        found = model.score(batch(model)).label_logits
        for place, row in enumerate(encoded(model)):
            [reading] = row.variants
            logits = logits_alone(plain, reading.ids)[reading.slots[0]]
            # logits are linear in the rows: the mean of the rows gives the mean of the logits
            wanted = [
                torch.stack([logits[list(word)].mean() for word in of_label]).mean()
                for of_label in model.plan.words
            ]
            torch.testing.assert_close(found[place], torch.stack(wanted), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("name", ["llama", "bert", "t5"])
@pytest.mark.parametrize("method", ["full", "lora", "prompt_tuning"])
def test_that_virtual_tokens_are_trained_and_nothing_else_of_the_head(
    tiny: Tiny, name: str, method: str
) -> None:
    model = virtual(tiny, name, method)
    without_dropout(model)
    before = {n: p.detach().clone() for n, p in model.trained().items()}
    losses = losses_of(trainee_of(model, weights=(1.0, 0.0), head_rate=3e-2, max_steps=20))
    assert min(losses[-3:]) < losses[0]
    assert not torch.equal(model.virtual[0].rows, before["virtual.0.rows"])
    assert ("virtual.0.bias" in before) == (name == "bert")


def test_that_a_frozen_model_leaves_them_as_they_are(tiny: Tiny) -> None:
    model = virtual(tiny, "bert", "head_only")
    assert model.frozen and not any(name.startswith("virtual") for name in model.trained())
    assert len(model.virtual) == 1


@pytest.mark.parametrize("name", ["llama", "bert", "t5"])
@pytest.mark.parametrize("method", ["lora", "head_only"])
def test_that_a_run_keeps_them(workshop: Callable[..., Workshop], name: str, method: str) -> None:
    shop = workshop(name)
    prompt = asked(name, words={"pos": ["wonderful"], "neg": ["wound"]})
    run = shop.trained(method=method, prompt=prompt)
    kept = load_file(run / "model" / "trained.safetensors")
    assert ("virtual.0.rows" in kept) == (method == "lora")
    found = result_of(shop.tuner.evaluate(run, EvaluateRequest("test")))
    assert 0 <= found["metrics"]["accuracy"] <= 1


def test_that_several_slots_and_virtual_tokens_exclude_each_other(tiny: Tiny) -> None:
    prompt = PromptSpec(template="{text} {mask}{mask}", words=SEVERAL_TOKENS, virtual=True)
    with pytest.raises(UserError, match="one virtual token each need a single one"):
        loaded(tiny("bert"), "masked", prompt=prompt)


def test_that_an_encoder_says_that_it_has_no_use_for_them(tiny: Tiny) -> None:
    model = virtual(tiny, "minilm")
    assert len(model.virtual) == 0
    assert "have no use" in model.plan.warnings[0][0]
