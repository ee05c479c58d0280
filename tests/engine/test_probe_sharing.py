"""Prompts that share their passes get the very answers that each would get alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import torch
from engine_models import CPU, TEXTS, loaded

from peft_desktop.core.recipe import PromptSpec
from peft_desktop.families.contract import Encoded, Plan, PlanSettings
from peft_desktop.prompts.tokens import Tokens
from peft_desktop.tuning.probe_sharing import Folded, Plain, Road, Shared, roads
from peft_desktop.tuning.prompt_model import PromptModel

Tiny = Callable[[str], Path]
ONE = {"pos": ["great", "good"], "neg": ["terrible"]}
SEVERAL = {"pos": ["great", "wonderful", "wonderworld"], "neg": ["terrible", "wound"]}
TREES = ["llama", "gpt2", "opt", "gpt_neox", "qwen3", "cohere", "granite", "phi"]
PLAIN = ["bloom", "falcon", "mistral"]


def prompts(family: str) -> list[PromptSpec]:
    end = "" if family == "causal" else " ."
    return [
        PromptSpec(template="{text} It was {mask}" + end, words=ONE),
        PromptSpec(template="{text} It was {mask}" + end, words=SEVERAL),
        PromptSpec(template="{text} It was{mask}" + end, words=ONE),
        PromptSpec(template="{text}\nThe story was {mask}" + end, words=ONE),
        PromptSpec(template="a film : {text} all in all {mask}" + end, words=SEVERAL),
        PromptSpec(template="a film : {text} all was {mask}" + end, words=ONE),
    ]


def read(
    model: PromptModel, folder: Path, family: str, texts: Sequence[str]
) -> tuple[dict[int, Plan], dict[int, list[Encoded]]]:
    tokens = Tokens(folder)
    plans: dict[int, Plan] = {}
    for number, prompt in enumerate(prompts(family)):
        settings = PlanSettings(prompt, ["text"], "text", 40, facts={"pooling": "mean"})
        plans[number] = model.family.plan(settings, tokens)
    rows = [{"text": text} for text in texts]
    return plans, {number: plan.read_many(rows) for number, plan in plans.items()}


def answers(ways: Sequence[Road], count: int) -> dict[int, torch.Tensor]:
    found = {}
    with torch.inference_mode():
        for way in ways:
            for number, scored in way.scored(range(count), CPU):
                found[number] = torch.log_softmax(scored.label_logits.float(), dim=-1)
    return found


@pytest.mark.parametrize("name", [*TREES, *PLAIN])
def test_that_shared_prompts_answer_as_each_alone(tiny: Tiny, name: str) -> None:
    folder = tiny(name)
    model = loaded(folder, "causal", use_head=False)
    texts = [*TEXTS, "", "a long story about a film that was good and bad and great " * 4]
    plans, encoded = read(model, folder, "causal", texts)
    ways = roads(model, plans, encoded)
    assert all(isinstance(way, Shared if name in TREES else Plain) for way in ways)
    assert sorted(number for way in ways for number in way.numbers) == sorted(plans)
    together = answers(ways, len(texts))
    for number, plan in plans.items():
        alone = Plain(model, {number: plan}, {number: encoded[number]})
        assert torch.allclose(together[number], answers([alone], len(texts))[number], atol=1e-4), (
            number
        )


@pytest.mark.parametrize(("name", "family"), [("bert", "masked"), ("minilm", "encoder")])
def test_that_verbalizers_on_one_template_share_its_passes(
    tiny: Tiny, name: str, family: str
) -> None:
    folder = tiny(name)
    model = loaded(folder, family, use_head=False)
    plans, encoded = read(model, folder, family, TEXTS)
    alone = {
        number: answers([Plain(model, {number: plan}, {number: encoded[number]})], len(TEXTS))
        for number, plan in plans.items()
    }
    passes: list[int] = []
    model.family.backbone(model.model).register_forward_hook(lambda *_: passes.append(1))
    together = answers(roads(model, plans, encoded), len(TEXTS))
    shared = len(passes)
    for number in plans:
        assert torch.allclose(together[number], alone[number][number], atol=1e-5), number
    for number, plan in plans.items():
        answers([Plain(model, {number: plan}, {number: encoded[number]})], len(TEXTS))
    assert shared < len(passes) - shared


def test_that_what_prompts_begin_with_is_computed_once(tiny: Tiny) -> None:
    folder = tiny("llama")
    model = loaded(folder, "causal", use_head=False)
    plans, encoded = read(model, folder, "causal", TEXTS)
    row = [encoded[number][0].variants[0] for number in (0, 1, 3)]
    trees = [getattr(plans[number], "tree", None) for number in (0, 1, 3)]
    folded = Folded.of(row, trees)
    words = len(trees[1].nodes)
    assert len(folded.ids) < sum(len(reading.ids) for reading in row) / 2 + words
    assert folded.contexts[0][0] == folded.contexts[1][0] != folded.contexts[2][0]
    for reading, (slot, *_) in zip(row, folded.contexts, strict=True):
        seen = folded.visible(len(folded.ids))[slot]
        assert [folded.ids[place] for place in seen.nonzero()[0]] == list(reading.ids)
        assert folded.depths[slot] == len(reading.ids) - 1
