"""Soft tokens, several slots and the importance of columns: written, complained of, tokenised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.prompts.parts import KEPT, Column, Literal, Slot, Soft
from peft_desktop.prompts.reading import Reader, Reading
from peft_desktop.prompts.segments import begins_with_slot, label_template, without_slot_segment
from peft_desktop.prompts.soft import FREE, hardened, placed, soft_refusal
from peft_desktop.prompts.template import Template, complaints
from peft_desktop.prompts.tokens import Tokens

Folders = dict[str, Path]
COLUMNS = ["text", "title"]


def said(template: str, columns: list[str] = COLUMNS, **more: Any) -> list[tuple[int, str, str]]:
    found = complaints(template, columns, {"k": "film"}, **more)
    return [(c.position, str(c.sentence), str(c.do)) for c in found]


def test_that_soft_tokens_are_a_number_or_words() -> None:
    source = '{soft:20}a {text} {soft: "It was so" }{ soft : 3 }{mask}{soft:\u201c\u597d\u201d}'
    soft = Template.parse(source, COLUMNS).soft
    assert [(s.count, s.text) for s in soft] == [(20, ""), (0, "It was so"), (3, ""), (0, "好")]
    assert [source[s.start : s.end] for s in soft][1] == '{soft: "It was so" }'
    assert said(source) == []


def test_that_the_importance_of_a_column_is_a_number_or_keep() -> None:
    template = Template.parse("{title:keep} {text:2} {text}{mask}", COLUMNS)
    columns = [part for part in template.parts if isinstance(part, Column)]
    assert [(c.name, c.importance) for c in columns] == [("title", KEPT), ("text", 2), ("text", 0)]
    assert template.columns == ("title", "text")
    # without columns to judge by, as for templates that are only looked at
    assert Template.parse("{a:keep}{b}{c:x}{mask}").columns == ("a", "b", "c:x")


@pytest.mark.parametrize(
    "source",
    ['{soft:3}{title:keep} is {text:7} {{x}} {soft:"a b"}{mask}{mask}.', "{mask} {text}"],
)
def test_that_what_is_written_is_read_again(source: str) -> None:
    template = Template.parse(source, COLUMNS)
    assert Template.of(template.parts).source == source
    assert Template.of(template.parts).parts == template.parts


def test_that_columns_with_such_names_keep_their_meaning() -> None:
    names = ["soft:20", "text:keep", "soft", "text"]
    parts = Template.parse("{soft:20}{text:keep}{soft}{mask}", names).parts
    assert [p.name for p in parts if isinstance(p, Column)] == ["soft:20", "text:keep", "soft"]


@pytest.mark.parametrize(
    ("template", "position", "what", "do"),
    [
        ("{text}{soft:0}{mask}", 6, "a number of 1 to 1000", '{soft:20} or {soft:"some words"}'),
        ("{text}{soft:x}{mask}", 6, 'not "x"', "{soft:20}"),
        ('{text}{soft:""}{mask}', 6, "or words", "{soft:20}"),
        ("{text}{soft}{mask}", 6, '"soft"', "{soft:20}"),
        ("{text:most}{mask}", 0, '"most" says nothing about the column "text"', "{text:keep}"),
        ("{text}{mask:2}", 6, '"mask" is never cut', "Write {mask}."),
        ("{text}{k:keep}{mask}", 6, '"k" is never cut', "Write {k}."),
        ("{titel:keep}{mask}", 0, 'called "titel"', "{title}"),
        ('{text}{soft:"a {b}"}{mask}', 15, "a brace inside braces", "{{ or }}"),
        ("{text}{mask", 6, "never closed", ""),
        ("{text}}{mask}", 6, "never opened", ""),
        ("{text}{mask}{mask}", 12, "a second slot", "only a masked model"),
    ],
)
def test_that_faults_are_told_with_their_place(
    template: str, position: int, what: str, do: str
) -> None:
    (at, sentence, way), *_ = said(template)
    assert at == position and what in sentence and do in way


def test_that_several_slots_are_taken_where_a_family_can() -> None:
    assert said("{text}{mask}{mask}", several_slots=True) == []
    assert Template.parse("{text}{mask}{mask}").slots == 2


@pytest.fixture
def tokens(tokenizer_folders: Folders) -> Tokens:
    return Tokens(tokenizer_folders["byte_level"])


def read(tokens: Tokens, template: str, row: dict[str, str], **more: Any) -> tuple[Reading, Reader]:
    parsed, _ = placed(Template.parse(template, COLUMNS), tokens)
    reader = Reader(parsed, {}, tokens, **{"max_length": 200, **more})
    return reader.read(row), reader


def test_that_vectors_are_numbered_and_start_from_their_words(tokens: Tokens) -> None:
    template = Template.parse('{soft:2}{text}{soft:"great film"}{mask}', COLUMNS)
    parsed, starts = placed(template, tokens)
    words = tuple(tokens.ids("great film"))
    assert starts == (FREE, FREE, *words)
    assert [s.places for s in parsed.soft] == [(0, 1), tuple(range(2, 2 + len(words)))]
    assert placed(Template.parse("{text}{mask}"), tokens)[1] == ()


def test_that_soft_tokens_stand_between_the_words(tokens: Tokens) -> None:
    template = "Review: {text} {soft:2} It was {mask}.{soft:1}"
    reading, _ = read(tokens, template, {"text": "a great film"}, slot_ids=[7], before=[1])
    head, middle = tokens.ids("Review: a great film"), tokens.ids(" It was", start=False)
    keeper = reading.ids[1 + len(head)]
    assert list(reading.ids) == [
        *[1, *head, keeper, keeper],
        *[*middle, 7, *tokens.ids(".", start=False), keeper],
    ]
    first = 1 + len(head)
    assert reading.soft == ((first, 0), (first + 1, 1), (len(reading.ids) - 1, 2))
    assert [kind for kind, _, _ in reading.pieces if kind == "soft"] == ["soft", "soft"]
    assert reading.slots == (first + 2 + len(middle),)


def test_that_vectors_of_the_method_stand_behind_the_special_tokens(tokens: Tokens) -> None:
    plain, _ = read(tokens, "{text} {mask}", {"text": "great"}, before=[1], max_length=20)
    ahead, _ = read(tokens, "{text} {mask}", {"text": "great"}, before=[1], ahead=3, max_length=20)
    assert ahead.soft == ((1, 0), (2, 1), (3, 2))
    assert (ahead.ids[0], ahead.ids[4:]) == (1, plain.ids[1:])
    long = {"text": "great " * 60}
    cut, _ = read(tokens, "{text} {mask}", long, before=[1], ahead=3, max_length=20)
    assert len(cut.ids) == 23 and len(cut.soft) == 3  # they are room that the model has beside


def test_that_soft_tokens_at_the_beginning_leave_the_words_as_they_are(
    tokenizer_folders: Folders,
) -> None:
    for kind in ("unigram", "llama", "byte_level", "word_piece"):
        tokens = Tokens(tokenizer_folders[kind])
        plain, _ = read(tokens, "{text} is {mask}", {"text": "great"}, slot_ids=[7])
        for template in ("{soft:2}{text} is {mask}", "{soft:2} {text} is {mask}"):
            soft, _ = read(tokens, template, {"text": "great"}, slot_ids=[7])
            assert soft.ids[2:] == plain.ids


def test_that_the_less_important_column_is_cut_first(tokens: Tokens) -> None:
    row = {"text": " ".join(["great"] * 30), "title": " ".join(["sports"] * 14)}
    whole = {name: len(tokens.ids(words)) for name, words in row.items()}

    def kept(template: str, length: int) -> dict[str, int]:
        reading, reader = read(tokens, template, row, slot_ids=[7], max_length=length)
        assert 7 in reading.ids and len(reading.ids) <= length
        names = [p.name for p in reader.template.parts if isinstance(p, Column)]
        sizes = [end - start for start, end in reading.own]
        return dict(zip(names, sizes, strict=False))

    usual = kept("{title}\n{text} {mask}", 48)
    assert usual["text"] < whole["text"] and usual["title"] <= whole["title"]
    title_kept = kept("{title:keep}\n{text} {mask}", 48)
    assert title_kept["title"] > whole["title"] - 2 and title_kept["text"] < usual["text"]
    text_kept = kept("{title:1}\n{text:2} {mask}", 48)
    assert text_kept["text"] > usual["text"] and text_kept.get("title", 0) < usual["title"]
    # what is kept is cut as well before the prompt is
    assert 0 < sum(kept("{title:keep}\n{text} {mask}", 10).values()) <= 10


def test_that_several_slots_take_a_token_each(tokens: Tokens) -> None:
    reading, _ = read(tokens, "{text}{mask} and {mask}.", {"text": "great"}, slot_ids=[7])
    assert [reading.ids[slot] for slot in reading.slots] == [7, 7]
    assert [end - start for kind, start, end in reading.pieces if kind == "slot"] == [1, 1]


def test_that_label_prompts_keep_their_soft_tokens(tokens: Tokens) -> None:
    template, _ = placed(Template.parse("{soft:2}{text} {soft:3} It was {mask}.", COLUMNS), tokens)
    said = label_template(template, {}, "great")
    assert [type(p) for p in said.parts] == [Soft, Literal] and said.parts[
        1
    ].text == " It was great."
    assert said.soft[0].places == (2, 3, 4)
    assert [type(p) for p in without_slot_segment(template).parts][:2] == [Soft, Column]
    assert begins_with_slot(Template.parse("{soft:3}{mask} {text}"))
    assert not begins_with_slot(Template.parse("{text}{mask}"))
    assert isinstance(template.parts[-2], Slot)


def test_that_words_without_a_token_cannot_be_started_from(tokenizer_folders: Folders) -> None:
    tokens = Tokens(tokenizer_folders["word_piece"])
    with pytest.raises(UserError, match="reads no token"):
        placed(Template.parse('{text}{soft:"\u200b"}{mask}', COLUMNS), tokens)


@pytest.mark.parametrize(
    ("template", "asked"),
    [
        ("{soft:3} {text} {soft:2} is {mask}", "{text} is {mask}"),
        ('{text:keep} {soft:"It was"} {mask}', "{text:keep} It was {mask}"),
        ("{{x}} {text} is {mask}", "{{x}} {text} is {mask}"),
        ("{text", "{text"),
    ],
)
def test_that_an_untrained_model_is_asked_without_vectors(template: str, asked: str) -> None:
    assert hardened(PromptSpec(template=template)).template == asked


def test_that_untrained_soft_tokens_are_refused_in_a_sentence() -> None:
    assert soft_refusal(["{text}{soft:3}{mask}"], True, "Prompt tuning") is None
    assert soft_refusal(["{text} {{soft:3}} {mask}"], False, "LoRA") is None
    found = soft_refusal(["{text} {mask}", "{text}{soft:3}{mask}"], False, "LoRA")
    assert found is not None and str(found[0]).startswith('The method "LoRA" cannot train')
