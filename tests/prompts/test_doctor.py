"""The verbalizer doctor: what it finds about label words, and that its repairs mend it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from peft_desktop.core.recipe import PromptSpec
from peft_desktop.core.words import Sentence
from peft_desktop.prompts.doctor import Diagnosis, Repair, apply, examine
from peft_desktop.prompts.synonyms import synonyms
from peft_desktop.prompts.template import Template, complaints
from peft_desktop.prompts.tokens import Tokens

Folders = dict[str, Path]


def asked(words: dict[str, list[str]], template: str = "{text} It was {mask}.") -> PromptSpec:
    return PromptSpec(template=template, words=words)


def seen(prompt: PromptSpec, folder: Path, family: str = "masked") -> Diagnosis:
    return examine(prompt, Tokens(folder), family, ["text"])


def kinds(diagnosis: Diagnosis) -> list[tuple[str, str, str]]:
    return [(f.kind, f.severity, f.word) for f in diagnosis.findings]


def repair_of(diagnosis: Diagnosis, kind: str) -> Repair:
    return next(r for f in diagnosis.findings for r in f.repairs if r.kind == kind)


@pytest.mark.parametrize("kind", ["word_piece", "byte_level", "byte_level_roberta", "unigram"])
def test_that_words_of_one_token_each_are_well(tokenizer_folders: Folders, kind: str) -> None:
    found = seen(asked({"pos": ["great"], "neg": ["terrible"]}), tokenizer_folders[kind])
    assert found.findings == () and not found.refused
    assert [(len(w.ids), w.unknown) for w in found.words] == [(1, False)] * 2
    assert [w.pieces[0].strip() for w in found.words] == ["great", "terrible"]


def test_that_both_ways_to_read_a_word_are_told(tokenizer_folders: Folders) -> None:
    found = seen(asked({"a": ["great"], "b": ["no"]}), tokenizer_folders["byte_level"])
    word = found.words[0]
    assert found.space and word.pieces == word.with_space == (" great",)
    assert "".join(word.without_space) == "great" and len(word.without_space) > 1


def test_that_one_word_for_two_labels_is_refused(tokenizer_folders: Folders) -> None:
    found = seen(asked({"a": ["great"], "b": [" great "]}), tokenizer_folders["byte_level"])
    assert kinds(found) == [("duplicate", "refused", " great ")]
    assert found.refused and "stands for two labels" in str(found.findings[0].sentence)
    mended = apply(repair_of(found, "letters"), asked({"a": ["great"], "b": [" great "]}))
    assert mended.words == {"a": ["A"], "b": ["B"]}


def test_that_words_the_model_reads_alike_are_refused(tokenizer_folders: Folders) -> None:
    found = seen(asked({"a": ["Great"], "b": ["great"]}), tokenizer_folders["word_piece"])
    assert kinds(found) == [("same_tokens", "refused", "great")]


def test_that_words_apart_in_case_alone_are_warned_of(tokenizer_folders: Folders) -> None:
    found = seen(asked({"a": ["The"], "b": ["the"]}), tokenizer_folders["byte_level"])
    assert ("case_only", "warned", "the") in kinds(found) and not found.refused


def test_that_an_unknown_word_is_refused_with_ways_out(tokenizer_folders: Folders) -> None:
    prompt = asked({"a": ["great"], "b": ["\u2603"]})
    found = seen(prompt, tokenizer_folders["word_piece"])
    assert kinds(found) == [("unknown", "refused", "\u2603")] and found.words[1].unknown
    another = repair_of(found, "another_word")
    assert apply(another, prompt) == prompt  # the word is still to be given
    mended = apply(replace(another, replacement="bad"), prompt)
    assert mended.words == {"a": ["great"], "b": ["bad"]}
    assert seen(mended, tokenizer_folders["word_piece"]).findings == ()


def test_that_an_empty_word_and_a_repeated_one_can_be_left_out(tokenizer_folders: Folders) -> None:
    prompt = asked({"a": ["great", " "], "b": ["bad", "bad"]})
    found = seen(prompt, tokenizer_folders["byte_level"])
    assert kinds(found) == [("empty", "refused", " "), ("twice", "warned", "bad")]
    for finding in found.findings:
        [remove] = [r for r in finding.repairs if r.kind == "remove"]
        prompt = apply(remove, prompt)
    assert prompt.words == {"a": ["great"], "b": ["bad"]}


def test_that_a_synonym_of_one_token_takes_the_place_of_a_long_word(
    tokenizer_folders: Folders,
) -> None:
    prompt = asked({"a": ["great"], "b": ["horrible"]})
    found = seen(prompt, tokenizer_folders["byte_level"])
    assert kinds(found) == [("several_tokens", "told", "horrible")]
    repair = repair_of(found, "synonym")
    assert repair.replacement in synonyms("horrible") and repair.replacement != "great"
    mended = seen(apply(repair, prompt), tokenizer_folders["byte_level"])
    assert mended.findings == () and len(mended.words[1].ids) == 1


def test_that_words_with_a_common_beginning_are_warned_of(tokenizer_folders: Folders) -> None:
    tokens = Tokens(tokenizer_folders["byte_level"])
    found = examine(asked({"a": ["greatxy"], "b": ["greatqq"]}), tokens, "causal", ["text"])
    assert ("shared_start", "warned", "greatqq") in kinds(found)
    found = examine(asked({"a": ["great"], "b": ["greatqq"]}), tokens, "causal", ["text"])
    assert ("prefix", "warned", "greatqq") in kinds(found) and not found.refused


def test_that_a_missing_space_is_added(tokenizer_folders: Folders) -> None:
    prompt = asked({"a": ["great"], "b": ["bad"]}, "{text} It was{mask}.")
    found = seen(prompt, tokenizer_folders["byte_level"])
    assert [k for k, _, _ in kinds(found)].count("no_space") == 2
    mended = apply(repair_of(found, "add_space"), prompt)
    assert mended.template == "{text} It was {mask}."
    assert seen(mended, tokenizer_folders["byte_level"]).findings == ()
    # WordPiece writes no spaces, and a word on a line of its own needs none
    assert seen(prompt, tokenizer_folders["word_piece"]).findings == ()
    lines = asked({"a": ["great"], "b": ["bad"]}, "{text}\n{mask}")
    found = seen(lines, tokenizer_folders["byte_level"])
    assert "no_space" not in [k for k, _, _ in kinds(found)]


def test_that_a_needless_space_is_taken_out(tokenizer_folders: Folders) -> None:
    prompt = asked({"a": ["是"], "b": ["否"]}, "{text}答案： {mask}。")
    found = seen(prompt, tokenizer_folders["unigram"])
    assert {k for k, _, _ in kinds(found)} >= {"needless_space"}
    mended = apply(repair_of(found, "drop_space"), prompt)
    assert mended.template == "{text}答案：{mask}。"


def test_that_as_many_slots_as_tokens_are_written_for_masked_models(
    tokenizer_folders: Folders,
) -> None:
    prompt = asked({"a": ["看电"], "b": ["有趣"]}, "{text}真{mask}。")
    found = seen(prompt, tokenizer_folders["word_piece"])
    assert [len(w.ids) for w in found.words] == [2, 2]
    mended = apply(repair_of(found, "several_masks"), prompt)
    assert mended.template == "{text}真{mask}{mask}。"
    causal = seen(prompt, tokenizer_folders["word_piece"], "causal")
    assert not any(r.kind == "several_masks" for f in causal.findings for r in f.repairs)


@pytest.mark.parametrize("kind", ["word_piece", "byte_level"])
def test_that_option_letters_ask_the_same_question(tokenizer_folders: Folders, kind: str) -> None:
    prompt = asked({"a": ["wonderland"], "b": ["underworld"]}, 'Review: "{text}" It was {mask}.')
    found = seen(prompt, tokenizer_folders[kind])
    mended = apply(repair_of(found, "letters"), prompt)
    assert mended.template == (
        'Review: "{text}"\nOptions: A. wonderland; B. underworld.\nAnswer: {mask}'
    )
    assert complaints(mended.template, ["text"]) == []
    after = seen(mended, tokenizer_folders[kind])
    assert not any(r.kind == "letters" for f in after.findings for r in f.repairs)
    chinese = apply(
        repair_of(found, "letters"), asked({"a": ["好"], "b": ["差"]}, "{text}真{mask}")
    )
    assert chinese.template == "{text}\n选项：A．好；B．差。\n答案：{mask}"


def test_that_encoders_are_asked_for_no_spaces_or_tokens(tokenizer_folders: Folders) -> None:
    prompt = asked({"a": ["wonderful day"], "b": ["terrible"]}, "{text} It was{mask}.")
    assert seen(prompt, tokenizer_folders["word_piece"], "encoder").findings == ()


def test_that_150_labels_are_examined_at_once(tokenizer_folders: Folders) -> None:
    words = {f"label {i}": [f"word{i}"] for i in range(150)}
    found = seen(asked(words), tokenizer_folders["byte_level"])
    assert len(found.words) == 150 and not found.refused
    assert not any(r.kind == "letters" for f in found.findings for r in f.repairs)


def test_that_no_meaning_is_listed_twice_and_repairs_keep_the_rest(
    tokenizer_folders: Folders,
) -> None:
    assert "great" not in synonyms("great") and synonyms("qwerty") == ()
    prompt = PromptSpec(
        template="{{x}} {text:keep} {topic} is{mask}",
        parameters={"topic": "film"},
        words={"a": ["great"], "b": ["bad"]},
    )
    found = examine(prompt, Tokens(tokenizer_folders["byte_level"]), "causal", ["text"])
    mended = apply(repair_of(found, "add_space"), prompt)
    assert mended.template == "{{x}} {text:keep} {topic} is {mask}"
    assert mended.parameters == prompt.parameters
    assert Template.parse(mended.template, ["text"], ["topic"]).slots == 1


@pytest.mark.parametrize("family", ["masked", "causal"])
def test_that_a_long_word_becomes_one_virtual_token(
    tokenizer_folders: Folders, family: str
) -> None:
    prompt = asked({"a": ["great"], "b": ["horrible"]})
    found = seen(prompt, tokenizer_folders["byte_level"], family)
    kinds_of = [r.kind for r in found.findings[0].repairs]
    assert kinds_of.index("synonym") < kinds_of.index("virtual") < kinds_of.index("letters")
    mended = apply(repair_of(found, "virtual"), prompt)
    assert mended.virtual and mended.words == prompt.words
    again = seen(mended, tokenizer_folders["byte_level"], family)
    assert kinds(again) == [("virtual_token", "told", "horrible")] and not again.refused
    assert apply(repair_of(again, "no_virtual"), mended) == prompt


def test_that_virtual_tokens_have_no_common_beginning(tokenizer_folders: Folders) -> None:
    prompt = asked({"a": ["greatxy"], "b": ["greatqq"]})
    found = seen(prompt, tokenizer_folders["byte_level"], "causal")
    shared = next(f for f in found.findings if f.kind == "shared_start")
    [virtual] = [r for r in shared.repairs if r.kind == "virtual"]
    again = seen(apply(virtual, prompt), tokenizer_folders["byte_level"], "causal")
    assert {f.kind for f in again.findings} == {"virtual_token"}


def test_that_no_virtual_token_is_offered_for_several_slots(tokenizer_folders: Folders) -> None:
    prompt = asked({"a": ["great"], "b": ["horrible"]}, "{text} {mask}{mask}")
    found = seen(prompt, tokenizer_folders["byte_level"])
    assert not [r for f in found.findings for r in f.repairs if r.kind == "virtual"]


def test_that_a_repair_mends_every_template() -> None:
    prompt = asked({"a": ["great"], "b": ["bad"]}, "{text} It was{mask}.").model_copy(
        update={"also": ["{text} All{mask}.", "{text} So {mask}."]}
    )
    mended = apply(Repair("add_space", seen_sentence(), "a", "great"), prompt)
    assert mended.templates == ["{text} It was {mask}.", "{text} All {mask}.", "{text} So {mask}."]
    asked_with = apply(Repair("letters", seen_sentence(), "a", "great"), prompt)
    assert asked_with.also == []  # with options all three are the same question
    assert asked_with.words == {"a": ["A"], "b": ["B"]} and "A. great" in asked_with.template


def seen_sentence() -> Sentence:
    return Sentence("Mend it")
