"""What soft prompts start from, and what the other methods find to train."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from engine_models import batch, loaded, losses_of, trainee_of, without_dropout
from safetensors.torch import save_file
from tiny_families import FAMILY_OF

from peft_desktop.core.errors import UserError
from peft_desktop.prompts.tokens import Tokens
from peft_desktop.tuning.loading import set_precision
from peft_desktop.tuning.loop import copied
from peft_desktop.tuning.nearest import nearest_words
from peft_desktop.tuning.trained import put_back

Tiny = Callable[[str], Path]
SOFT = ["prompt_tuning", "p_tuning"]


def vectors(tiny: Tiny, method: str = "prompt_tuning", **settings: object) -> torch.Tensor:
    given = {"soft_tokens": 5, **settings}
    model = loaded(tiny("llama"), "causal", method=method, settings=given)
    found = model.vectors()
    assert found is not None and found.dtype == torch.float32
    return found.detach()


def embedding(tiny: Tiny) -> torch.Tensor:
    model = loaded(tiny("llama"), "causal")
    return model.family.backbone(model.model).get_input_embeddings().weight.detach()


@pytest.mark.parametrize("method", SOFT)
def test_that_a_soft_prompt_starts_from_the_words_that_are_chosen(tiny: Tiny, method: str) -> None:
    table = embedding(tiny)
    assert torch.equal(vectors(tiny, method), table[[5, 6, 7, 5, 6]])  # over and over
    assert torch.equal(vectors(tiny, method, start="labels"), table[[8, 9, 8, 9, 8]])
    ids = Tokens(tiny("llama")).ids("great film")
    own = vectors(tiny, method, start="own_text", start_text=" great film ")
    assert torch.equal(own, table[[ids[i % len(ids)] for i in range(5)]])


def test_that_words_of_the_vocabulary_are_drawn_by_the_seed(tiny: Tiny) -> None:
    tokens, table = Tokens(tiny("llama")), embedding(tiny)
    found = []
    for seed in (1, 1, 2):
        torch.manual_seed(seed)
        found.append(vectors(tiny, start="vocabulary"))
    assert torch.equal(found[0], found[1]) and not torch.equal(found[0], found[2])
    for vector in found[0]:
        [place] = (table == vector).all(1).nonzero()[:, 0].tolist()
        assert tokens.token(place).strip().isalpha()


def test_that_random_vectors_are_as_large_as_words(tiny: Tiny) -> None:
    torch.manual_seed(1)
    found = vectors(tiny, start="random", soft_tokens=500)
    table = embedding(tiny)
    assert 0.9 < found.norm(dim=1).mean() / table.norm(dim=1).mean() < 1.1
    assert not any((table == vector).all(1).any() for vector in found[:5])


@pytest.mark.parametrize("method", [*SOFT, "prefix_tuning"])
@pytest.mark.parametrize("text", ["", "  "])
def test_that_a_start_from_no_text_is_refused(tiny: Tiny, method: str, text: str) -> None:
    settings = {"start": "own_text", "start_text": text}
    with pytest.raises(UserError, match=r"no text to start from.*start_text"):
        loaded(tiny("llama"), "causal", method=method, settings=settings)


@pytest.mark.parametrize("encoder", ["mlp", "lstm"])
def test_that_only_the_vectors_of_p_tuning_are_kept(
    tiny: Tiny, tmp_path: Path, encoder: str
) -> None:
    settings = {"soft_tokens": 4, "encoder": encoder}
    model = loaded(tiny("bert"), "masked", method="p_tuning", settings=settings)
    assert torch.equal(model.vectors(), model.soft.vectors)  # the network adds nothing at first
    losses_of(trainee_of(model, max_steps=3))
    best = copied(model)
    kept = model.kept(best)
    assert set(kept) == {"soft.vectors", "head.weight", "head.bias"}
    torch.testing.assert_close(kept["soft.vectors"], model.vectors().detach())
    assert not torch.equal(kept["soft.vectors"], model.soft.vectors)
    # what was best may be older than what the model holds by now
    losses_of(trainee_of(model, max_steps=3))
    torch.testing.assert_close(model.kept(best)["soft.vectors"], kept["soft.vectors"])
    save_file(kept, tmp_path / "trained.safetensors")
    other = {**settings, "encoder": "mlp"}  # prediction needs no network: any will do
    again = loaded(tiny("bert"), "masked", method="p_tuning", settings=other)
    put_back(again, tmp_path / "trained.safetensors")
    assert again.encoder is None and torch.equal(again.vectors(), kept["soft.vectors"])


@pytest.mark.parametrize("name", ["llama", "qwen3", "gemma3", "lfm2", "modernbert"])
def test_that_a_model_without_biases_is_told_and_offered_a_way_out(tiny: Tiny, name: str) -> None:
    family = FAMILY_OF[name]
    with pytest.raises(UserError, match=r"no biases, so BitFit.*LoRA or IA3.*norms=true"):
        loaded(tiny(name), family, method="bitfit")
    model = loaded(tiny(name), family, method="bitfit", settings={"norms": True})
    names = [n for n in model.trained() if not n.startswith("head.") and not n.endswith("bias")]
    assert names and all("norm" in name for name in names)


@pytest.mark.parametrize("name", ["gpt2", "opt", "falcon", "bert", "albert", "roberta", "minilm"])
def test_that_bitfit_learns_in_bf16_beside_frozen_norms(tiny: Tiny, name: str) -> None:
    model = loaded(tiny(name), FAMILY_OF[name], method="bitfit")
    trained = {n for n in model.trained() if not n.startswith("head.")}
    assert all(name.endswith("bias") and "pooler" not in name for name in trained)
    without_dropout(model)
    set_precision(model, "bf16")
    losses = losses_of(trainee_of(model, max_steps=15, rate=3e-2, precision="bf16"))
    assert losses[-1] < losses[0]


@pytest.mark.parametrize("name", FAMILY_OF)
def test_that_ia3_finds_keys_values_and_inner_layers(tiny: Tiny, name: str) -> None:
    model = loaded(tiny(name), FAMILY_OF[name], method="ia3")
    plain = loaded(tiny(name), FAMILY_OF[name])
    factors = {n: p for n, p in model.trained().items() if not n.startswith("head.")}
    # along the input where inner states are scaled, along the output for keys and values
    assert any(p.shape[0] == 1 for p in factors.values())
    assert any(p.shape[1] == 1 for p in factors.values())
    assert all(torch.equal(p, torch.ones_like(p)) for p in factors.values())
    with torch.no_grad():
        a, b = (m.score(batch(m)).label_logits for m in (model, plain))
    torch.testing.assert_close(a, b, atol=1e-5, rtol=1e-5)
    losses_of(trainee_of(model, max_steps=2))
    assert [n for n, p in factors.items() if bool((p == 1).all())] == []


def test_that_no_weight_decay_draws_ia3s_factors_to_zero(tiny: Tiny) -> None:
    model = loaded(tiny("llama"), "causal", method="ia3")
    groups = trainee_of(model).optimizer.param_groups
    decayed = {id(p) for group in groups if group["weight_decay"] for p in group["params"]}
    named = {name: id(p) in decayed for name, p in model.trained().items()}
    assert [name for name, decays in named.items() if decays] == ["head.weight"]


def test_that_the_words_nearest_to_a_soft_prompt_are_named(tiny: Tiny) -> None:
    tokens = Tokens(tiny("llama"))
    settings = {"soft_tokens": 2, "start": "own_text", "start_text": "great film"}
    model = loaded(tiny("llama"), "causal", method="prompt_tuning", settings=settings)
    found = nearest_words(model, tokens, 3)
    assert [words[0].word for words in found] == [
        tokens.token(i).strip() for i in tokens.ids("great film")[:2]
    ]
    for words in found:
        assert len(words) == 3 and words[0].cosine == pytest.approx(1.0, abs=1e-3)
        assert sorted((w.cosine for w in words), reverse=True) == [w.cosine for w in words]
    assert nearest_words(loaded(tiny("llama"), "causal", method="lora"), tokens) == []
