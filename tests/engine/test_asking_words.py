"""What an untrained model thinks of the label words, asked through the engine's door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from engine_models import TEMPLATES
from engine_project import Workshop, result_of
from tiny_families import FAMILY_OF

from peft_desktop.core.errors import UserError
from peft_desktop.core.ports import ProbeRequest
from peft_desktop.core.recipe import PromptSpec

Tiny = Callable[[str], Path]
WORDS = {"pos": ["great", "good"], "neg": ["terrible"]}


def asked(shop: Workshop, template: str, words: dict[str, list[str]]) -> ProbeRequest:
    prompt = PromptSpec(template=template, words=words)
    return ProbeRequest(shop.project, shop.name, (prompt,), (), "text", "label", "cpu")


@pytest.mark.parametrize("name", ["llama", "bert", "t5"])
def test_that_each_word_has_its_rank_among_all_tokens(
    tiny: Tiny, tmp_path: Path, name: str
) -> None:
    shop = Workshop(tmp_path, tiny(name))
    result = result_of(shop.tuner.words(asked(shop, TEMPLATES[FAMILY_OF[name]], WORDS)))
    found = result["words"]
    assert [(word["label"], word["word"]) for word in found] == [
        ("pos", 0),
        ("pos", 1),
        ("neg", 0),
    ]
    assert result["vocabulary"] > 0
    assert all(1 <= word["rank"] <= result["vocabulary"] for word in found)
    assert all(0 < word["prior"] < 1 for word in found)
    by_rank = sorted(found, key=lambda word: word["rank"])
    assert [w["prior"] for w in by_rank] == sorted((w["prior"] for w in found), reverse=True)


def test_that_an_encoder_has_no_ranks_and_is_asked_all_the_same(tiny: Tiny, tmp_path: Path) -> None:
    shop = Workshop(tmp_path, tiny("minilm"))
    result = result_of(shop.tuner.words(asked(shop, TEMPLATES["encoder"], WORDS)))
    assert result["words"] == []


def test_that_soft_tokens_and_virtual_words_are_asked_as_words(tiny: Tiny, tmp_path: Path) -> None:
    shop = Workshop(tmp_path, tiny("llama"))
    request = asked(shop, '{soft:4}{text} {soft:"it was"} {mask}', {"a": ["great"], "b": ["bad"]})
    prompt = request.prompts[0].model_copy(update={"virtual": True})
    whole = result_of(shop.tuner.words(replace(request, prompts=(prompt,))))
    plain = result_of(
        shop.tuner.words(asked(shop, "{text} it was {mask}", {"a": ["great"], "b": ["bad"]}))
    )
    assert whole["words"] == plain["words"]


def test_that_colliding_words_are_refused_in_a_sentence(tiny: Tiny, tmp_path: Path) -> None:
    shop = Workshop(tmp_path, tiny("llama"))
    request = asked(shop, "{text} {mask}", {"pos": ["great"], "neg": ["great"]})
    with pytest.raises(UserError, match="are the same"):
        list(shop.tuner.words(request))
