"""Every family, every architecture: our few numbers are those of the whole model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_models import (
    ONE_TOKEN,
    SEVERAL_TOKENS,
    TEXTS,
    answers_alone,
    batch,
    encoded,
    loaded,
    logits_alone,
    prompt_for,
    reference,
    states_alone,
)
from tiny_families import CAUSAL, ENCODER, FAMILY_OF, MASKED, SEQ2SEQ

from peft_desktop.core.recipe import PromptSpec
from peft_desktop.families import FAMILIES, family_called
from peft_desktop.families.encoder import COSINE_SCALE
from peft_desktop.prompts.reading import Reading
from peft_desktop.tuning.prompt_model import PromptModel

Tiny = Callable[[str], Path]
CLOSE = {"atol": 1e-4, "rtol": 1e-4}
WORD_MODELS = [*CAUSAL, *MASKED, *SEQ2SEQ]


def soft_of(model: PromptModel) -> torch.Tensor | None:
    return None if model.soft is None else model.soft.vectors.detach()


def label_means(words: Any, scores: Sequence[torch.Tensor]) -> torch.Tensor:
    """Label scores from word scores in label order: the mean over each label's words."""
    each, found = iter(scores), []
    for of_label in words:
        found.append(torch.stack([next(each) for _ in of_label]).mean())
    return torch.stack(found)


def brute_force(model: PromptModel, plain: Any, text: str) -> torch.Tensor:
    """Label scores [C] of one text from whole logits, each word on its own."""
    plan: Any = model.plan
    soft = soft_of(model)
    [row] = encoded(model, [text])
    words = [word for of_label in plan.words for word in of_label]
    single = all(len(word) == 1 for word in words)
    scores = []
    for word in words:
        if model.family.name == "causal":
            [reading] = row.variants
            ids, vectors = [*reading.ids, *word[:-1]], reading.soft
            spots = [reading.slots[0] + i for i in range(len(word))]
        elif model.family.name == "seq2seq":
            [reading] = row.variants
            said = [0, plan.sentinel, *word[:-1]]
            logits, _ = answers_alone(plain, reading.ids, said, soft, reading.soft)
            logits = logits if single else logits.log_softmax(-1)
            scores.append(logits[range(1, len(said)), list(word)].mean())
            continue
        else:
            reading = row.variants[plan.masks.index(len(word))]
            ids, spots, vectors = list(reading.ids), list(reading.slots), reading.soft
        logits = logits_alone(plain, ids, soft, vectors)[spots]
        if not single:
            logits = logits.log_softmax(-1)
        scores.append(logits[range(len(word)), list(word)].mean())
    return label_means(plan.words, scores)


@pytest.mark.parametrize("method", ["head_only", "prompt_tuning"])
@pytest.mark.parametrize("words", [ONE_TOKEN, SEVERAL_TOKENS], ids=["one token", "several"])
@pytest.mark.parametrize("name", WORD_MODELS)
def test_that_label_scores_are_those_of_the_whole_model(
    tiny: Tiny, name: str, words: dict[str, list[str]], method: str
) -> None:
    family, folder = FAMILY_OF[name], tiny(name)
    settings = {"soft_tokens": 3} if method == "prompt_tuning" else {}
    model = loaded(
        folder, family, method=method, settings=settings, prompt=prompt_for(family, words)
    )
    plain = reference(folder, family)
    with torch.no_grad():
        padded = model.score(batch(model)).label_logits
        alone = model.score(batch(model, TEXTS[:1])).label_logits
        wanted = torch.stack([brute_force(model, plain, text) for text in TEXTS])
    assert wanted.std() > 0.03  # else everything would be close to everything
    torch.testing.assert_close(padded, wanted, **CLOSE)
    torch.testing.assert_close(alone, wanted[:1], **CLOSE)


@pytest.mark.parametrize("name", FAMILY_OF)
def test_that_states_are_those_of_the_whole_model(tiny: Tiny, name: str) -> None:
    family, folder = FAMILY_OF[name], tiny(name)
    model, plain = loaded(folder, family), reference(folder, family)
    with torch.no_grad():
        scored = model.score(batch(model))
        for place, row in enumerate(encoded(model)):
            [reading] = row.variants
            states = states_alone(plain, reading.ids)
            own = torch.cat([states[start:end] for start, end in reading.own]).mean(0)
            torch.testing.assert_close(scored.own_state[place], own, **CLOSE)
            if family == "seq2seq":
                plan: Any = model.plan
                _, said = answers_alone(plain, reading.ids, [0, plan.sentinel])
                torch.testing.assert_close(scored.slot_state[place], said[1], **CLOSE)
            elif family != "encoder":
                torch.testing.assert_close(
                    scored.slot_state[place], states[reading.slots[0]], **CLOSE
                )


@pytest.mark.parametrize("words", [ONE_TOKEN, SEVERAL_TOKENS], ids=["one token", "several"])
@pytest.mark.parametrize("method", ["head_only", "prompt_tuning"])
@pytest.mark.parametrize("pooling", ["mean", "cls"])
@pytest.mark.parametrize("name", ENCODER)
def test_that_an_encoder_scores_cosines_of_texts_and_label_prompts(
    tiny: Tiny, name: str, pooling: str, method: str, words: dict[str, list[str]]
) -> None:
    folder = tiny(name)
    model = loaded(
        folder, "encoder", method=method, prompt=prompt_for("encoder", words), pooling=pooling
    )
    plain, soft = reference(folder, "encoder"), soft_of(model)
    plan: Any = model.plan

    def vector(reading: Reading) -> torch.Tensor:
        states = states_alone(plain, reading.ids, soft, reading.soft)
        pooled = states[0] if pooling == "cls" else states.mean(0)
        return pooled / pooled.norm()

    with torch.no_grad():
        found = model.score(batch(model)).label_logits
        again = model.score(batch(model)).label_logits  # the label prompts are remembered
        assert torch.equal(found, again)
        prompts = [vector(reading) for reading in plan.prompts]
        for place, row in enumerate(encoded(model)):
            text = vector(row.variants[0])
            cosines = [COSINE_SCALE * (text @ prompt) for prompt in prompts]
            torch.testing.assert_close(found[place], label_means(plan.words, cosines), **CLOSE)


@pytest.mark.parametrize("name", ["llama", "bert", "minilm", "t5"])
def test_that_a_soft_prompt_changes_the_scores(tiny: Tiny, name: str) -> None:
    # else the comparisons with a soft prompt would prove nothing
    family = FAMILY_OF[name]
    without = loaded(tiny(name), family)
    with_soft = loaded(tiny(name), family, method="prompt_tuning")
    with torch.no_grad():
        a, b = (m.score(batch(m)).label_logits for m in (without, with_soft))
    assert (a - b).abs().max() > 1e-2


@pytest.mark.parametrize("name", ["llama", "gpt2", "bert", "roberta", "minilm", "t5"])
def test_that_gradients_reach_the_weights_through_several_tokens(tiny: Tiny, name: str) -> None:
    family = FAMILY_OF[name]
    model = loaded(
        tiny(name), family, method="full", prompt=prompt_for(family, SEVERAL_TOKENS)
    ).train()
    model.score(batch(model)).label_logits[:, 0].sum().backward()
    backbone = model.family.backbone(model.model)
    gradient = backbone.get_input_embeddings().weight.grad
    assert gradient is not None and gradient.abs().sum() > 0


def test_that_a_causal_model_leaves_out_what_stands_behind_the_slot(tiny: Tiny) -> None:
    prompt = PromptSpec(template="{text} It was {mask} , really .", words=ONE_TOKEN)
    said = loaded(tiny("gpt2"), "causal", prompt=prompt)
    plain = loaded(tiny("gpt2"), "causal")
    assert [values for _, values in said.plan.warnings] == [{"suffix": ", really ."}]
    with torch.no_grad():
        a, b = (m.score(batch(m)).label_logits for m in (said, plain))
    assert torch.equal(a, b)


def test_that_the_text_may_not_stand_behind_the_slot_of_a_causal_model(tiny: Tiny) -> None:
    from peft_desktop.core.errors import UserError

    prompt = PromptSpec(template="{mask} is what {text} says", words=ONE_TOKEN)
    with pytest.raises(UserError, match="before it has read"):
        loaded(tiny("gpt2"), "causal", prompt=prompt)


@pytest.mark.parametrize("name", ["gpt2", "bert", "minilm", "t5"])
def test_that_a_text_too_long_is_cut_and_the_prompt_kept(tiny: Tiny, name: str) -> None:
    family = FAMILY_OF[name]
    model = loaded(tiny(name), family, max_length=20)
    [short, long] = encoded(model, ["good", "good bad " * 100])
    assert short.cut == 0 and long.cut > 100
    assert long.length <= 20
    tail = len(short.variants[0].ids) - short.variants[0].own[0][1]
    if tail:
        assert long.variants[0].ids[-tail:] == short.variants[0].ids[-tail:]


@pytest.mark.parametrize("name", ["gpt2", "bert", "minilm", "t5"])
def test_that_an_empty_text_is_still_scored(tiny: Tiny, name: str) -> None:
    model = loaded(tiny(name), FAMILY_OF[name])
    with torch.no_grad():
        outputs = model(batch(model, ["", "good"]))
    assert torch.isfinite(outputs.prompt).all() and torch.isfinite(outputs.head).all()


def test_that_the_list_of_families_is_the_folder() -> None:
    import peft_desktop.families as room

    shared = {"__init__", "contract", "words", "word_tree", "loading", "ensemble", "input_lengths"}
    files = {path.stem for path in Path(room.__file__).parent.glob("*.py")} - shared
    assert files == set(FAMILIES)
    for name, family in FAMILIES.items():
        assert family.name == name and family.title and family.summary.endswith(".")


def test_that_an_unknown_family_is_refused_with_those_there_are() -> None:
    from peft_desktop.core.errors import UserError

    with pytest.raises(UserError, match="causal, masked, encoder, seq2seq"):
        family_called("diffusion")
