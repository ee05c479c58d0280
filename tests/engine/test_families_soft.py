"""Soft tokens in the template, several slots and the words' ranks, in models of every family."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_models import (
    CPU,
    ONE_TOKEN,
    SEVERAL_TOKENS,
    TEXTS,
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
from tiny_families import FAMILY_OF

from peft_desktop.core.errors import UserError
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.prompts.tokens import Tokens
from peft_desktop.tuning.word_ranks import word_ranks

Tiny = Callable[[str], Path]
ONE_OF_EACH = ["llama", "bert", "minilm", "t5"]


def with_soft(name: str, template: str, tiny: Tiny, method: str = "prompt_tuning") -> Any:
    prompt = PromptSpec(template=template, words=ONE_TOKEN)
    return loaded(tiny(name), FAMILY_OF[name], method=method, prompt=prompt)


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_that_vectors_that_are_words_say_what_the_words_say(tiny: Tiny, name: str) -> None:
    plain = with_soft(name, "{text} it was {mask}", tiny, method="head_only")
    soft = with_soft(name, '{text} {soft:"it was"} {mask}', tiny)
    count = len(soft.plan.soft_ids)
    assert soft.soft.vectors.shape[0] == count > 0
    with torch.no_grad():
        a, b = (m.score(batch(m)).label_logits for m in (plain, soft))
    ids = [list(m.plan.read_many([{"text": "good"}])[0].variants[0].ids) for m in (plain, soft)]
    if name == "llama":  # "was" in the middle is another token than at the beginning
        assert len(ids[0]) == len(ids[1])
        return
    torch.testing.assert_close(a, b, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("name", ["llama", "roberta"])
def test_that_vectors_stand_where_the_template_has_them(tiny: Tiny, name: str) -> None:
    model = with_soft(name, "{soft:2}the movie {text}{soft:3} was {mask}", tiny)
    plain = reference(tiny(name), FAMILY_OF[name])
    ids = [word[0] for of_label in model.plan.words for word in of_label]
    with torch.no_grad():
        torch.nn.init.normal_(model.soft.vectors)
        found = model.score(batch(model)).label_logits
        for place, row in enumerate(encoded(model)):
            [reading] = row.variants
            assert len(reading.soft) == 5
            logits = logits_alone(plain, reading.ids, model.soft.vectors, reading.soft)
            words = logits[reading.slots[0]][ids]
            wanted = torch.stack([words[:2].mean(), words[2]])
            torch.testing.assert_close(found[place], wanted, atol=1e-4, rtol=1e-4)


def sharpened(model: Any) -> None:
    """A fresh T5 attends to everything alike, and hardly at that: nothing that is put into its
    encoder changes what its decoder says, be it a soft token or the text. A trained one does."""
    with torch.no_grad():
        for name, weight in model.model.named_parameters():
            if name.endswith(".q.weight"):
                weight.mul_(4.0)
            if name.endswith((".v.weight", ".o.weight")):
                weight.mul_(3.0)


@pytest.mark.parametrize("method", ["prompt_tuning", "p_tuning"])
@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_that_soft_tokens_in_the_template_are_trained(tiny: Tiny, name: str, method: str) -> None:
    model = with_soft(name, '{soft:2}{text}{soft:"movie"} It was {mask} .', tiny, method)
    without_dropout(model)
    if name == "t5":
        sharpened(model)
    losses = losses_of(trainee_of(model, rate=1e-1, weights=(1.0, 0.0), max_steps=40))
    assert sum(losses[-3:]) / 3 < 0.95 * losses[0]


def test_that_vectors_without_a_given_start_take_the_tasks_words(tiny: Tiny) -> None:
    model = with_soft("bert", '{soft:4} {text} {soft:"movie"} {mask}', tiny)
    embedded = model.family.backbone(model.model).get_input_embeddings()
    movie = Tokens(tiny("bert")).ids("movie")
    wanted = embedded(torch.tensor([5, 6, 7, 5, *movie]))  # init_ids of engine_models
    torch.testing.assert_close(model.soft.vectors.detach(), wanted.detach())


@pytest.mark.parametrize("method", ["lora", "full", "head_only"])
def test_that_methods_that_train_no_vectors_refuse_them(
    workshop: Callable[..., Workshop], method: str
) -> None:
    shop = workshop("bert")
    prompt = PromptSpec(
        template="{text} {soft:5} {mask}", words={"pos": ["great"], "neg": ["terrible"]}
    )
    with pytest.raises(UserError, match="cannot train the soft tokens"):
        result_of(shop.training(shop.recipe(method=method, prompt=prompt)))


def test_that_a_run_with_soft_tokens_comes_back(workshop: Callable[..., Workshop]) -> None:
    from peft_desktop.core.ports import EvaluateRequest

    shop = workshop("t5")
    prompt = PromptSpec(
        template='{soft:3}{text:keep} {soft:"It was"} {mask}',
        words={"pos": ["great"], "neg": ["terrible"]},
    )
    run = shop.trained(method="prompt_tuning", prompt=prompt, learning_rate=1e-1)
    found = result_of(shop.tuner.evaluate(run, EvaluateRequest("test")))
    assert 0 <= found["metrics"]["accuracy"] <= 1


def test_that_each_of_several_slots_reads_one_token(tiny: Tiny) -> None:
    tokens = Tokens(tiny("bert"))
    words = {"pos": ["ab"], "neg": ["xy"]}
    assert [len(tokens.ids(w)) for w in ("ab", "xy")] == [2, 2]
    apart, single = (
        loaded(tiny("bert"), "masked", prompt=PromptSpec(template=template, words=words))
        for template in ("{text} it was {mask}{mask} .", "{text} it was {mask} .")
    )
    with torch.no_grad():
        a, b = (m.score(batch(m)).label_logits for m in (apart, single))
    assert torch.equal(a, b)  # side by side they are what a word of two tokens gets anyway


def test_that_words_must_fit_several_slots(tiny: Tiny) -> None:
    prompt = PromptSpec(template="{text} {mask} and {mask}", words=SEVERAL_TOKENS)
    with pytest.raises(UserError, match='has 2 slots, but the model reads "great" as 1'):
        loaded(tiny("bert"), "masked", prompt=prompt)
    for name in ("llama", "minilm", "t5"):
        with pytest.raises(UserError, match="a second slot"):
            loaded(tiny(name), FAMILY_OF[name], prompt=prompt)


@pytest.mark.parametrize("words", [ONE_TOKEN, SEVERAL_TOKENS], ids=["one token", "several"])
@pytest.mark.parametrize("name", ["llama", "gemma2", "bert", "albert", "roberta", "t5", "mt5"])
def test_that_ranks_are_those_of_the_whole_vocabulary(
    tiny: Tiny, name: str, words: dict[str, list[str]]
) -> None:
    family = FAMILY_OF[name]
    prompt = PromptSpec(template="{text} It was {mask}", words=words)
    model = loaded(tiny(name), family, prompt=prompt)
    found = _drained(word_ranks(model, ["text", "label"], CPU, "fp32"))
    assert [(rank.label, rank.word) for rank in found] == [
        (label, place) for label, of_label in words.items() for place in range(len(of_label))
    ]
    if family == "seq2seq":
        assert all(0 < rank.prior < 1 and rank.rank >= 1 for rank in found)
        return
    plain = reference(tiny(name), family)
    shares = []
    for text in ("N/A", "", "..."):
        reading = model.plan.read_many([{"text": text, "label": ""}])[0].variants[0]
        with torch.no_grad():
            shares.append(logits_alone(plain, reading.ids)[reading.slots[0]].softmax(-1))
    mean = torch.stack(shares).mean(0)
    each = [word for of_label in model.plan.words for word in of_label]
    for rank, word in zip(found, each, strict=True):
        assert rank.prior == pytest.approx(float(mean[word[0]]), rel=1e-3)
        assert rank.rank == pytest.approx(1 + int((mean > mean[word[0]]).sum()), abs=1)
        assert rank.tokens == len(word)


def test_that_an_encoder_has_no_ranks(tiny: Tiny) -> None:
    model = loaded(tiny("minilm"), "encoder").train()
    assert _drained(word_ranks(model, ["text", "label"], CPU, "fp32")) == []
    assert model.training and TEXTS


def _drained(work: Any) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
