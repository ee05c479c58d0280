"""Rows without padding: the same numbers and gradients as rows with padding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from engine_models import ONE_TOKEN, batch, loaded
from tiny_families import CAUSAL, FAMILY_OF

from peft_desktop.core.recipe import PromptSpec
from peft_desktop.tuning import prompt_model, tuned_model
from peft_desktop.tuning.loss import Weights, loss_of
from peft_desktop.tuning.packing import PACKABLE, packing

Tiny = Callable[[str], Path]
TEXTS = ["Short.", "a much longer text about a film that was seen yesterday", "two words here"]
# the tiny Mistral's window is shorter than its rows: it stays padded
KNOWN = [name for name in CAUSAL if name in PACKABLE - {"mistral"}] + ["bert", "minilm"]


def losses(model: prompt_model.PromptModel) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    some = batch(model, TEXTS)
    model.eval()  # their dropout would draw other numbers
    outputs = model(some)
    model.zero_grad()
    loss_of(outputs, some, Weights(1.0, 1.0)).total.backward()
    grads = {n: p.grad.clone() for n, p in model.trained().items() if p.grad is not None}
    return torch.cat([outputs.prompt.flatten(), outputs.head.flatten()]).detach(), grads


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("method", ["full", "prompt_tuning"])
def test_that_packed_rows_have_the_scores_and_gradients_of_padded_ones(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, name: str, method: str
) -> None:
    model = loaded(tiny(name), FAMILY_OF[name], method=method)
    torch.nn.init.normal_(model.head.weight)
    seen: list[bool] = []
    decide = tuned_model.worth_packing
    monkeypatch.setattr(
        tuned_model, "worth_packing", lambda *a: seen.append(decide(*a)) or seen[-1]
    )
    scores, gradients = losses(model)
    assert any(seen)
    monkeypatch.setattr(tuned_model, "worth_packing", lambda *a: False)
    expected, padded = losses(model)
    torch.testing.assert_close(scores, expected, atol=2e-5, rtol=1e-4)
    assert gradients.keys() == padded.keys()
    for part, gradient in padded.items():
        torch.testing.assert_close(gradients[part], gradient, atol=1e-4, rtol=1e-3, msg=part)


def test_that_tokens_go_into_one_line_and_back() -> None:
    mask = torch.tensor([[1, 1, 1], [1, 0, 0], [1, 1, 0]]).bool()
    values = torch.arange(18.0).view(3, 3, 2)
    with packing(mask) as line:
        packed = line.packed(values)
        assert packed.shape == (1, 6, 2)
        assert line.positions.tolist() == [[0, 1, 2, 0, 0, 1]]
        torch.testing.assert_close(line.padded(packed)[mask], values[mask])
    values[:, 0] = values[0, 0]
    with packing(mask, shared=1) as line:
        packed = line.packed(values)
        assert line.positions.tolist() == [[0, 1, 2, 1]]
        torch.testing.assert_close(line.padded(packed)[mask], values[mask])


@pytest.mark.parametrize("words", [ONE_TOKEN, {"pos": ["great"], "neg": ["wonderful"]}])
def test_that_an_instruction_in_front_is_computed_once_for_all_rows(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, words: dict[str, list[str]]
) -> None:
    template = "Say of the following text whether it was good: {text} It was {mask}"
    prompt = PromptSpec(template=template, words=words)
    model = loaded(tiny("llama"), "causal", method="lora", prompt=prompt)
    for name, part in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(part, std=0.1)
    shares: list[int] = []
    decide = tuned_model.worth_packing
    monkeypatch.setattr(tuned_model, "worth_packing", lambda *a: shares.append(a[-1]) or decide(*a))
    scores, gradients = losses(model)
    monkeypatch.setattr(tuned_model, "worth_packing", lambda *a: False)
    expected, padded = losses(model)
    assert shares[0] >= 8
    torch.testing.assert_close(scores, expected, atol=2e-5, rtol=1e-4)
    for part, gradient in padded.items():
        torch.testing.assert_close(gradients[part], gradient, atol=1e-4, rtol=1e-3, msg=part)


def test_that_a_batch_with_hardly_any_padding_stays_as_it_is(tiny: Tiny) -> None:
    model = loaded(tiny("llama"), "causal")
    config = model.model.config
    full = torch.ones(4, 20, dtype=torch.bool)
    ragged = full.clone()
    ragged[0, 10:] = False
    assert not tuned_model.worth_packing(config, full, tuned_model.NAME, 256)
    assert tuned_model.worth_packing(config, ragged, tuned_model.NAME, 256)
    assert not tuned_model.worth_packing(config, ragged, tuned_model.NAME, 16)


def test_that_rows_longer_than_a_sliding_window_stay_padded(tiny: Tiny) -> None:
    config = loaded(tiny("mistral"), "causal").model.config
    for width, expected in ((config.sliding_window, True), (config.sliding_window + 1, False)):
        ragged = torch.ones(4, width, dtype=torch.bool)
        ragged[:2, 1:] = False
        assert tuned_model.worth_packing(config, ragged, tuned_model.NAME, 256) == expected
