"""The bank of prompts, and what it suggests."""

from __future__ import annotations

import random

import pytest

from peft_desktop.prompts.bank import (
    KINDS,
    LANGUAGES,
    entries,
    kind_of,
    language_of,
    suggest,
)
from peft_desktop.prompts.reading import label_prompt, without_slot_segment
from peft_desktop.prompts.template import Slot, Template, complaints
from peft_desktop.prompts.verbalizer import check_words

FAMILIES = ("causal", "masked", "encoder")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_that_each_language_and_kind_has_eight_to_twelve_templates(
    language: str, kind: str
) -> None:
    found = entries(language, kind)
    assert 8 <= len(found) <= 12
    assert len({e.template for e in found}) == len({e.cloze for e in found}) == len(found)


def test_that_every_template_of_the_bank_is_sound() -> None:
    assert len({e.id for e in entries()}) == len(entries())
    for entry in entries():
        values = dict.fromkeys(entry.parameters, "x")
        for form in (entry.template, entry.cloze):
            assert complaints(form, ["text"], values) == [], form
        assert isinstance(Template.parse(entry.template).parts[-1], Slot), entry.template
        cloze = Template.parse(entry.cloze, ["text"], values)
        prompt = label_prompt(cloze, values, "WORD")
        assert "WORD" in prompt and len(prompt) > len("WORD"), entry.cloze
        assert without_slot_segment(cloze).columns == ("text",), entry.cloze


def test_that_suggested_words_of_the_bank_never_collide() -> None:
    for entry in entries():
        words = [word for several in entry.words.values() for word in several]
        assert len({w.casefold() for w in words}) == len(words), entry.id


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (["positive", "negative"], "sentiment"),
        (["pos", "neg", "neutral"], "sentiment"),
        (["好评", "差评"], "sentiment"),
        (["正面", "负面", "中性"], "sentiment"),
        (["积极", "消极"], "sentiment"),
        (["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], "sentiment"),
        (["World", "Sports", "Business", "Sci/Tech"], "topic"),
        (["news_tech", "news_edu", "news_zzz"], "topic"),
        (["体育", "财经", "科技"], "topic"),
        (["ABBR", "DESC", "ENTY", "HUM", "LOC", "NUM"], "question"),
        (["subjective", "objective"], "subjectivity"),
        (["主观", "客观"], "subjectivity"),
        (["yes", "no"], "yes_no"),
        (["是", "否"], "yes_no"),
        (["True", "False"], "yes_no"),
        (["card_arrival", "lost_or_stolen_card", "top_up_failed"], "intent"),
        (["AddToPlaylist", "PlayMusic", "GetWeather"], "intent"),
        (["0", "1"], "general"),
        (["A17", "B03", "C99"], "general"),
        (["pos", "positive"], "general"),
    ],
)
def test_that_the_kind_is_seen_in_the_label_names(labels: list[str], kind: str) -> None:
    assert kind_of(labels) == kind


def test_that_the_language_is_that_of_the_texts() -> None:
    assert language_of(["这部电影 is very 好看，我很喜欢 it"]) == "zh"
    assert language_of(["I like the 电影 very much indeed"]) == "en"
    assert language_of(["123 ...", ""]) == "en"
    assert suggest(["positive", "negative"], ["这部电影很好看"])[0].words == {
        "positive": ["好"],
        "negative": ["差"],
    }


def test_that_measured_prompts_come_first() -> None:
    film = suggest(["negative", "positive"], ["a great movie"] * 3)[0]
    assert film.template == "Review: {text}\nOverall, the movie was {mask}"
    assert film.words == {"negative": ["terrible"], "positive": ["great"]}
    phone = suggest(["negative", "positive"], ["the battery died"] * 3)[0]
    assert "movie" not in phone.template
    news = suggest(["World", "Sports", "Business", "Sci/Tech"], ["Oil prices rose"])[0]
    assert news.template == "Article: {text}\nThe topic of this article is {mask}"
    assert [w for (w,) in news.words.values()] == ["world", "sports", "business", "technology"]
    view = suggest(["subj", "obj"], ["he walks home"])[0]
    assert view.template == "{text}\nThis sentence is {mask}"


def test_that_label_names_are_made_readable() -> None:
    words = suggest(["card_arrival", "Refund_not_showing_up", "topUp-failed"], ["where is it"])[0]
    assert [w for (w,) in words.words.values()] == [
        "card arrival",
        "refund not showing up",
        "top up failed",
    ]
    assert suggest(["news_tech", "news_zzz"], ["手机"])[0].words["news_zzz"] == ["zzz"]


def test_that_codes_stay_as_they_are() -> None:
    assert suggest(["0", "1"], ["some text"])[0].words == {"0": ["0"], "1": ["1"]}
    assert suggest(["17", "-3", "???"], ["x"])[0].words == {
        "17": ["17"],
        "-3": ["-3"],
        "???": ["???"],
    }
    yes = [s for s in suggest(["0", "1"], ["some text"]) if s.words["1"] == ["yes"]]
    assert yes and yes[0].words["0"] == ["no"]


def test_that_a_keyword_given_as_parameter_brings_the_keyword_template() -> None:
    spec = suggest(["0", "1"], ["我在学编程"], parameters={"关键词": "计算机编程"})[0]
    assert "给定一个句子，判断其是否包含以下关键词：{关键词}" in spec.template
    assert spec.words == {"0": ["否"], "1": ["是"]}
    assert spec.parameters == {"关键词": "计算机编程"}
    for found in suggest(["是", "否"], ["我在学编程"]):
        assert "关键词" not in found.template


@pytest.mark.parametrize("family", FAMILIES)
def test_that_suggestions_are_many_sound_and_without_collisions(family: str) -> None:
    chance = random.Random(2)
    names = [
        *("positive", "pos", "good", "great", "Great", "negative", "neg", "bad", "terrible"),
        *("0", "1", "1.0", "yes", "no", "true", "world", "World", "sports", "sport", "stock"),
        *("stocks", "card_arrival", "card-arrival", "cardArrival", "news_tech", "news_car"),
        *("好", "好评", "正面", "差", "体育", "运动", "ABBR", "abbreviation", "a", "A", "__", "?"),
    ]
    for _ in range(150):
        labels = chance.sample(names, chance.randint(2, 9))
        found = suggest(labels, ["some text"] if chance.random() < 0.5 else ["一些文字"], family)
        assert len(found) >= 8
        assert len({s.template for s in found}) == len(found)
        for spec in found:
            assert list(spec.words) == labels
            assert complaints(spec.template, ["text"], spec.parameters) == []
            folded = {label.casefold() for label in labels}
            warned = check_words(spec.words, labels)
            assert not warned or len(folded) < len(labels), (labels, spec.words)
            ends = isinstance(Template.parse(spec.template).parts[-1], Slot)
            assert ends or family != "causal"
