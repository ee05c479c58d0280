"""Rows as token ids: nothing lost uncut, and only the text is ever cut."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.prompts.reading import Reader, Reading, plain_reader
from peft_desktop.prompts.template import Template
from peft_desktop.prompts.tokens import Tokens

TEMPLATES = (
    "Review: {a}\nOverall, the movie was {mask}",
    "{a} It was {mask}. And {b}!",
    "{mask}: {a}, {b}",
    "{a}{mask}{b}",
    "({a})给定一个句子，判断其是否包含以下关键词：{k}\n答案：{mask}",
    "{b}{k}{a} x {mask}",
    "{a}",
)
PARAMETERS = {"k": "计算机编程"}
WORDS = (
    *[
        "great",
        "film",
        "terrible",
        "计算机",
        "编程，很好。",
        "👩\u200d💻",
        "🎬",
        "...",
        "(",
        ")",
        "{",
        "}",
        "[MASK]",
        "<|im_end|>",
        "</s>",
    ],
    *["café", "½", "ﬁ", "ж", "á", "日本語", "한국어", "'", "it's", "12345"],
    *('"', "\u200b", "\t", "\u3000", "\n"),
)


def random_text(chance: random.Random, most: int = 12) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(0, most))]
    return chance.choice(["", " "]).join(words) + chance.choice(["", "", " ", "\n"])


def reader_of(template: str, tokens: Tokens, max_length: int = 4096, **more: object) -> Reader:
    parsed = Template.parse(template, (), PARAMETERS)
    if "slot_ids" not in more:
        more["slot_ids"] = [] if tokens.mask_id is None else [tokens.mask_id]
    return Reader(
        parsed,
        PARAMETERS,
        tokens,
        max_length,
        before=tokens.before,
        after=tokens.after,
        **more,  # type: ignore[arg-type]
    )


def shown(tokens: Tokens, reading: Reading, kind: str) -> str:
    return "".join(
        tokens.token(i)
        for found, start, end in reading.pieces
        if found == kind
        for i in reading.ids[start:end]
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_that_an_uncut_reading_is_the_tokens_of_its_rendered_segments(
    folder: Path, template: str
) -> None:
    tokens = Tokens(folder)
    reader = reader_of(template, tokens)
    chance = random.Random(3)
    rows = [{"a": random_text(chance), "b": random_text(chance)} for _ in range(40)]
    for row, reading in zip(rows, reader.read_many(rows), strict=True):
        head, tail = ("".join(p.text for p in side) for side in reader.segments(row))
        expected = [
            *tokens.before,
            *tokens.ids(head),
            *(reader.slot_ids if reader.template.slot is not None else ()),
            *tokens.ids(tail, start=False),
            *tokens.after,
        ]
        assert list(reading.ids) == expected
        assert reading.cut == 0
        # the pieces tile the reading without a gap
        ends = [0, *(end for _, _, end in reading.pieces)]
        assert [start for _, start, _ in reading.pieces] == ends[:-1]
        assert ends[-1] == len(reading.ids)


def test_that_only_texts_are_cut_and_prompt_and_slot_survive(folder: Path) -> None:
    tokens = Tokens(folder)
    chance = random.Random(5)
    for template in TEMPLATES:
        free = reader_of(template, tokens)
        for _ in range(25):
            row = {"a": random_text(chance, 60), "b": random_text(chance, 60)}
            whole = free.read(row)
            needed = len(free.read({"a": "", "b": ""}).ids)
            limit = chance.randint(needed + 4, needed + 40)
            reading = reader_of(template, tokens, limit, reserve=2).read(row)
            assert len(reading.ids) <= limit - 2
            assert len(reading.ids) + reading.cut == len(whole.ids)
            for kind in ("literal", "parameter", "slot", "special"):
                assert shown(tokens, reading, kind) == shown(tokens, whole, kind)
            for slot in reading.slots:
                assert 0 <= slot < len(reading.ids)
                if tokens.mask_id is not None:
                    assert reading.ids[slot] == tokens.mask_id


def test_that_a_cut_takes_no_more_than_it_must(tokenizer_folders: dict[str, Path]) -> None:
    tokens = Tokens(tokenizer_folders["word_piece"])
    reading = reader_of("{a} It was {mask}. And {b}!", tokens, 20).read(
        {"a": "great " * 50, "b": "good"}
    )
    assert len(reading.ids) == 20
    own = [end - start for start, end in reading.own]
    assert own[1] == len(tokens.ids("good"))  # the short one is left whole


def test_that_two_long_texts_are_cut_to_equal_length(tokenizer_folders: dict[str, Path]) -> None:
    tokens = Tokens(tokenizer_folders["word_piece"])
    reading = reader_of("{a} It was {mask}. And {b}!", tokens, 30).read(
        {"a": "great " * 50, "b": "great " * 70}
    )
    assert len(reading.ids) == 30
    (first, second) = (end - start for start, end in reading.own)
    assert abs(first - second) <= 1


def test_that_no_character_is_torn_by_a_cut(tokenizer_folders: dict[str, Path]) -> None:
    tokens = Tokens(tokenizer_folders["byte_level"])
    text = "👩🎬很👩"
    for limit in range(3, 40):
        try:
            reading = reader_of("{a}x{mask}", tokens, limit, slot_ids=[]).read({"a": text})
        except UserError:
            continue
        kept = [reading.ids[start:end] for start, end in reading.own]
        whole = tokens.ids(text)
        assert list(kept[0] if kept else ()) == whole[: len(whole) - reading.cut]
        at_borders = {0, *(len(tokens.ids(text[:n])) for n in range(len(text) + 1))}
        assert len(whole) - reading.cut in at_borders


def test_that_own_tokens_are_those_of_the_text(tokenizer_folders: dict[str, Path]) -> None:
    for kind, folder in tokenizer_folders.items():
        tokens = Tokens(folder)
        reading = reader_of("Review: {a}\nOverall, the movie was {mask}", tokens).read(
            {"a": "great plot and film"}
        )
        ((start, end),) = reading.own
        own = "".join(tokens.token(i) for i in reading.ids[start:end])
        assert own.replace("##", "").replace(" ", "") == "greatplotandfilm", kind


def test_that_a_token_over_the_border_is_never_cut(tokenizer_folders: dict[str, Path]) -> None:
    tokens = Tokens(tokenizer_folders["byte_level"])
    assert len(tokens.ids("...")) == 1  # the text's dots and the template's are one token
    reader = reader_of("{a}. It was {mask}", tokens, 4096, slot_ids=[])
    reading = reader.read({"a": "good bad.."})
    short = reader_of("{a}. It was {mask}", tokens, len(reading.ids) - 1, slot_ids=[])
    cut = short.read({"a": "good bad.."})
    assert cut.cut >= 1
    said = "".join(tokens.token(i) for i in cut.ids)
    assert said.endswith("... It was")


def test_that_the_blank_before_the_slot_is_the_words(tokenizer_folders: dict[str, Path]) -> None:
    for folder in tokenizer_folders.values():
        tokens = Tokens(folder)
        with_blank = reader_of("{a} It was {mask}.", tokens).read({"a": "x"})
        without = reader_of("{a} It was{mask}.", tokens).read({"a": "x"})
        assert with_blank.ids == without.ids


def test_that_prompt_and_word_together_are_the_whole_sentence(
    tokenizer_folders: dict[str, Path],
) -> None:
    for kind in ("byte_level", "byte_level_roberta", "unigram", "llama"):
        tokens = Tokens(tokenizer_folders[kind])
        reader = reader_of("{a}\nOverall, the movie was {mask} and so on", tokens, slot_ids=[])
        head, tail = ("".join(p.text for p in s) for s in reader.segments({"a": "A film"}))
        word = tokens.word_ids("great", True)
        sentence = "A film\nOverall, the movie was great and so on"
        assert [*tokens.ids(head), *word, *tokens.ids(tail, start=False)] == tokens.ids(sentence)


def test_that_a_causal_slot_is_the_last_token_before_it(
    tokenizer_folders: dict[str, Path],
) -> None:
    tokens = Tokens(tokenizer_folders["byte_level"])
    reading = reader_of("{a} was {mask}. Yes", tokens, slot_ids=[]).read({"a": "film"})
    (slot,) = reading.slots
    assert tokens.token(reading.ids[slot]).endswith("s")
    assert "".join(tokens.token(i) for i in reading.ids[: slot + 1]) == "film was"
    empty = reader_of("{a}{mask}", tokens, slot_ids=[]).read({"a": ""})
    assert empty.slots == (0,)  # there is always something to predict from


def test_that_several_mask_tokens_stand_in_the_slot(tokenizer_folders: dict[str, Path]) -> None:
    tokens = Tokens(tokenizer_folders["word_piece"])
    assert tokens.mask_id is not None
    for template in ("{mask} {a}", "{a} is {mask} now", "{a} is {mask}"):
        reading = reader_of(template, tokens, slot_ids=[tokens.mask_id] * 3).read({"a": "film"})
        first = reading.slots[0]
        assert reading.slots == (first, first + 1, first + 2)
        assert [reading.ids[i] for i in reading.slots] == [tokens.mask_id] * 3


def test_that_a_mask_written_in_a_text_is_no_slot(tokenizer_folders: dict[str, Path]) -> None:
    tokens = Tokens(tokenizer_folders["word_piece"])
    reading = reader_of("{a} It was {mask}.", tokens).read({"a": "[MASK] [SEP] [MASK]"})
    assert reading.ids.count(tokens.mask_id or -1) == 1


def test_that_a_prompt_too_long_for_the_model_is_told_at_once(folder: Path) -> None:
    tokens = Tokens(folder)
    with pytest.raises(UserError, match="without the text takes"):
        reader_of("{a} " + "long prompt " * 20 + "{mask}", tokens, 16)


def test_that_a_very_long_text_is_cut_to_length(tokenizer_folders: dict[str, Path]) -> None:
    for kind in ("byte_level", "word_piece"):
        tokens = Tokens(tokenizer_folders[kind])
        reading = reader_of("{a}\nIt was {mask}", tokens, 512).read({"a": "很好 great 👩 " * 20000})
        assert 505 <= len(reading.ids) <= 512
        assert reading.cut > 50_000


def test_that_the_plain_reading_has_the_columns_alone(folder: Path) -> None:
    tokens = Tokens(folder)
    template = Template.parse("Review: {a} and {b}\n{k} It was {mask}.", (), PARAMETERS)
    reader = plain_reader(
        template, PARAMETERS, tokens, 64, before=tokens.before, after=tokens.after
    )
    reading = reader.read({"a": "great film", "b": "bad"})
    assert list(reading.ids) == [*tokens.before, *tokens.ids("great film bad"), *tokens.after]
    assert reading.slots == ()
    own = "".join(shown(tokens, reading, "column").replace("##", "").split())
    assert own == "greatfilmbad"
