"""Several templates in one model: drawn in training, averaged in prediction."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_models import (
    CPU,
    ONE_TOKEN,
    batch,
    encoded,
    groups_of_batches,
    loaded,
    losses_of,
    trainee_of,
)
from engine_project import WORDS, Workshop, result_of
from tiny_families import FAMILY_OF

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.core.ports import EvaluateRequest, PredictRequest
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.core.runs import replay
from peft_desktop.families.ensemble import EnsemblePlan
from peft_desktop.tuning.batches import drawn_templates

Tiny = Callable[[str], Path]
ONE_OF_EACH = ["llama", "bert", "minilm", "t5"]
FIRST, SECOND, THIRD = "{text} It was {mask}", "the film {text} was {mask}", "{text}\nall {mask}"


def asked(*templates: str, **more: Any) -> PromptSpec:
    given = {"words": ONE_TOKEN, **more}
    return PromptSpec(template=templates[0], also=list(templates[1:]), **given)


def model_with(tiny: Tiny, name: str, *templates: str, method: str = "lora", **more: Any) -> Any:
    return loaded(tiny(name), FAMILY_OF[name], method=method, prompt=asked(*templates, **more))


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_that_the_answer_is_the_mean_of_log_probabilities(tiny: Tiny, name: str) -> None:
    whole = model_with(tiny, name, FIRST, SECOND, THIRD)
    alone = [model_with(tiny, name, some) for some in (FIRST, SECOND, THIRD)]
    with torch.no_grad():
        found = whole(batch(whole))
        each = [torch.log_softmax(model(batch(model)).prompt, -1) for model in alone]
    torch.testing.assert_close(found.prompt, torch.stack(each).mean(0), atol=1e-5, rtol=1e-5)
    assert found.head.shape == found.prompt.shape
    with torch.no_grad():  # and again, from what was remembered
        assert torch.equal(whole(batch(whole)).prompt, found.prompt)


def test_that_masked_words_of_several_lengths_keep_their_variants(tiny: Tiny) -> None:
    words = {"pos": ["great", "wonderful"], "neg": ["terrible"]}
    whole = model_with(tiny, "bert", FIRST, SECOND, words=words)
    assert isinstance(whole.plan, EnsemblePlan)
    [(_, first_end), (start, end)] = whole.plan.spans
    assert (first_end, start) == (end - start, first_end) and first_end > 1
    alone = [model_with(tiny, "bert", some, words=words) for some in (FIRST, SECOND)]
    with torch.no_grad():
        each = [torch.log_softmax(model(batch(model)).prompt, -1) for model in alone]
        found = whole(batch(whole)).prompt
    torch.testing.assert_close(found, torch.stack(each).mean(0), atol=1e-5, rtol=1e-5)


def test_that_every_row_of_a_step_meets_one_template(tiny: Tiny) -> None:
    trainee = trainee_of(model_with(tiny, "llama", FIRST, SECOND), batch_size=8)
    steps = groups_of_batches(trainee, 0)
    met = [0, 0]
    for _ in range(10):
        batches = next(steps)
        assert sum(one.size for one in batches) == 8
        for one in batches:
            assert one.template is not None and len(one.variants) == 1
            met[one.template] += one.size
    assert sum(met) == 80 and min(met) > 20
    again = groups_of_batches(trainee, 4)  # a resumed run draws what it would have drawn
    wanted = groups_of_batches(trainee, 0)
    for _ in range(4):
        next(wanted)
    for a, b in zip(next(again), next(wanted), strict=True):
        assert a.template == b.template and torch.equal(a.variants[0].ids, b.variants[0].ids)


def test_that_rows_are_dealt_whole(tiny: Tiny) -> None:
    plan = model_with(tiny, "llama", FIRST, SECOND, THIRD).plan
    dealt = drawn_templates(range(50), plan, random.Random(1))
    assert sorted(place for _, group in dealt for place in group) == [*range(50)]
    assert [one.number for one, _ in dealt if one is not None] == [0, 1, 2]
    single = model_with(tiny, "llama", FIRST).plan
    assert drawn_templates(range(3), single, random.Random(1)) == [(None, [0, 1, 2])]


@pytest.mark.parametrize("name", ONE_OF_EACH)
@pytest.mark.parametrize("method", ["full", "head_only"])
def test_that_it_learns(tiny: Tiny, name: str, method: str) -> None:
    model = model_with(tiny, name, FIRST, SECOND, method=method)
    assert not model.frozen
    rate = 3e-3 if method == "full" else 1e-1
    losses = losses_of(trainee_of(model, rate=rate, head_rate=3e-2, max_steps=25))
    assert min(losses[-5:]) < 0.9 * losses[0]


def test_that_soft_tokens_of_all_templates_are_numbered_on(tiny: Tiny) -> None:
    model = model_with(
        tiny, "bert", "{soft:2} {text} {mask}", "{text} was {mask}", "{text} {soft:3} {mask}",
        method="prompt_tuning",
    )  # fmt: skip
    assert model.soft.vectors.shape[0] == 5
    variants = encoded(model)[0].variants
    assert [[number for _, number in one.soft] for one in variants] == [[0, 1], [], [2, 3, 4]]
    plain = model_with(tiny, "bert", FIRST, SECOND, method="prompt_tuning")
    assert plain.soft.vectors.shape[0] == 20  # in front of both
    assert all(len(one.soft) == 20 for one in encoded(plain)[0].variants)


def test_that_virtual_words_are_shared_where_they_are_read_alike(tiny: Tiny) -> None:
    words = {"pos": ["wonderful"], "neg": ["wound"]}
    model = model_with(tiny, "bert", FIRST, SECOND, words=words, virtual=True)
    assert [name for name in model.trained() if name.startswith("virtual")] == [
        "virtual.0.rows", "virtual.0.bias",
    ]  # fmt: skip
    with torch.no_grad():
        assert model(batch(model)).prompt.shape == (4, 2)


@pytest.mark.parametrize(
    ("name", "template", "says"),
    [
        ("llama", "{mask} {text}", "stands before the text"),
        ("bert", "{text} no slot", "has no slot"),
        ("minilm", "{text} {mask} and {mask}", "a second slot"),
        ("t5", "{text} {nothing} {mask}", "nothing"),
        ("bert", FIRST, "given twice"),
    ],
)
def test_that_a_template_that_does_not_fit_is_named(
    tiny: Tiny, name: str, template: str, says: str
) -> None:
    with pytest.raises(UserError, match=says) as caught:
        model_with(tiny, name, FIRST, template)
    assert template in str(caught.value) and "further template" in str(caught.value)


@pytest.mark.parametrize("name", ["llama", "minilm"])
def test_that_a_run_evaluates_and_predicts(workshop: Callable[..., Workshop], name: str) -> None:
    shop = workshop(name)
    run = shop.trained(prompt=asked(FIRST, SECOND, words=WORDS))
    found = result_of(shop.tuner.evaluate(run, EvaluateRequest("test")))
    assert 0 <= found["metrics"]["accuracy"] <= 1 and "zero_shot" in found["baselines"]
    rows = ({"text": "a good film"}, {"text": "a bad film"})
    said = result_of(shop.tuner.predict(run, PredictRequest(rows=rows)))
    assert len(said["rows"]) == 2
    assert any(isinstance(event, ev.Stepped) for event in replay(run))


def test_that_soft_tokens_in_a_further_template_need_a_method_that_trains_them(
    workshop: Callable[..., Workshop],
) -> None:
    shop = workshop("bert")
    prompt = asked(FIRST, "{text} {soft:3} {mask}", words=WORDS)
    with pytest.raises(UserError, match="cannot train the soft tokens"):
        result_of(shop.training(shop.recipe(prompt=prompt)))
    assert CPU.type == "cpu"
