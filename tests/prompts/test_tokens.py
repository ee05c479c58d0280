"""Token ids without transformers are the ones that transformers gives."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.prompts.tokens import Tokens

TEXTS = [
    "Review: a great film, truly great.",
    "我正在学习计算机编程，感觉非常有趣。",
    "mixed 中文 and English, with an emoji 👩‍💻 and {braces}",
    "  blanks   and\nline\tbreaks \n\n",
    "",
    "special: [MASK] [CLS] <mask> <s> </s> <|im_end|> <unk>",
    "café ﬁne Ｆｕｌｌ ½",
    "word " * 400,
]


def by_transformers(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers import AutoTokenizer

        return AutoTokenizer.from_pretrained(folder)


def test_that_ids_are_those_of_transformers(folder: Path) -> None:
    tokens, other = Tokens(folder), by_transformers(folder)
    for text in TEXTS:
        theirs = other(text, add_special_tokens=False, split_special_tokens=True, truncation=False)[
            "input_ids"
        ]
        assert tokens.ids(text) == theirs, text
        around = other(text, split_special_tokens=True, truncation=False)["input_ids"]
        assert [*tokens.before, *theirs, *tokens.after] == around


def test_that_special_tokens_are_those_of_transformers(folder: Path) -> None:
    tokens, other = Tokens(folder), by_transformers(folder)
    for kind in ("mask", "pad", "unk", "eos", "bos"):
        assert getattr(tokens, f"{kind}_id") == getattr(other, f"{kind}_token_id"), kind
    assert tokens.vocabulary_size == len(other)


def test_that_the_starter_model_is_read_as_transformers_reads_it(starter_models: Path) -> None:
    for name in ("all-minilm-l6-v2", "smollm2-135m-instruct"):
        folder = next((starter_models / name).rglob("tokenizer.json")).parent
        tokens, other = Tokens(folder), by_transformers(folder)
        for text in TEXTS:
            theirs = other(
                text, add_special_tokens=False, split_special_tokens=True, truncation=False
            )["input_ids"]
            assert tokens.ids(text) == theirs, (name, text)


def test_that_nothing_is_padded_or_cut(tokenizer_folders: dict[str, Path]) -> None:
    tokens = Tokens(tokenizer_folders["word_piece"])  # its file pads to 128 and cuts at 16
    assert len(tokens.ids("great")) == 1
    assert len(tokens.ids("great " * 300)) == 300


def test_that_special_tokens_in_a_users_text_are_ordinary_text(
    tokenizer_folders: dict[str, Path],
) -> None:
    bert = Tokens(tokenizer_folders["word_piece"])
    assert bert.mask_id not in bert.ids("the [MASK] was here")
    causal = Tokens(tokenizer_folders["byte_level"])
    assert causal.eos_id not in causal.ids("stop<|im_end|>now")


def test_that_offsets_are_characters_of_the_text(folder: Path) -> None:
    tokens = Tokens(folder)
    text = "很好 👩‍💻 great film"
    encoded = tokens.encode_many([text])[0]
    assert len(encoded.ids) == len(encoded.offsets)
    assert all(0 <= start <= end <= len(text) for start, end in encoded.offsets)
    assert [start for start, _ in encoded.offsets] == sorted(s for s, _ in encoded.offsets)
    covered = {i for start, end in encoded.offsets for i in range(start, end)}
    assert {i for i, c in enumerate(text) if c in "很好great"} <= covered


def test_that_offsets_hold_the_blank_that_a_token_begins_with(
    tokenizer_folders: dict[str, Path],
) -> None:
    text = "It was  terrible, and (great) "
    for kind in ("byte_level", "byte_level_roberta"):
        encoded = Tokens(tokenizer_folders[kind]).encode_many([text])[0]
        assert "".join(text[start:end] for start, end in encoded.offsets) == text


def test_that_a_long_list_of_texts_comes_back_in_order(folder: Path) -> None:
    tokens = Tokens(folder)
    texts = [f"number {i} 很好" for i in range(700)]
    encoded = tokens.encode_many(texts)
    assert [e.ids for e in encoded[::97]] == [tokens.ids(t) for t in texts[::97]]
    following = tokens.encode_many(texts, start=False)
    assert [e.ids for e in following[::97]] == [tokens.ids(t, start=False) for t in texts[::97]]


def test_that_a_word_takes_the_form_of_its_place(tokenizer_folders: dict[str, Path]) -> None:
    def said(kind: str, word: str, space: bool, start: bool = False) -> list[str]:
        tokens = Tokens(tokenizer_folders[kind])
        return [tokens.token(i) for i in tokens.word_ids(word, space, start=start)]

    assert said("byte_level", "great", True) == [" great"]
    assert "".join(said("byte_level", "great", False)) == "great"
    assert said("byte_level", " great", True) == said("byte_level", "great", True)
    for space in (True, False):
        assert said("word_piece", "great", space) == ["great"]
    for kind in ("unigram", "llama"):
        assert "".join(said(kind, "great", True)) == " great"
        assert "".join(said(kind, "great", False)) == "great"
        assert "".join(said(kind, "是", False)) == "是"
        assert "".join(said(kind, "great", False, start=True)) == " great"  # as at a text's start


def test_that_text_after_the_slot_takes_no_blank_of_its_own(
    tokenizer_folders: dict[str, Path],
) -> None:
    for kind in ("unigram", "llama"):
        tokens = Tokens(tokenizer_folders[kind])
        encoded = tokens.encode_many([". The movie was good", "", " and so on"], start=False)
        assert tokens.token(encoded[0].ids[0]) == "."
        assert encoded[0].offsets[0] == (0, 1)
        assert encoded[1].ids == []
        assert tokens.token(encoded[2].ids[0]).startswith(" ")


def test_that_unknown_characters_are_counted(tokenizer_folders: dict[str, Path]) -> None:
    bert = Tokens(tokenizer_folders["word_piece"])
    assert bert.unknown_share("the movie was great") == 0.0
    assert bert.unknown_share("жжж") == 1.0
    assert 0.3 < bert.unknown_share("great жжжжж") < 0.7
    assert bert.unknown_share("") == bert.unknown_share("  ") == 0.0
    assert Tokens(tokenizer_folders["byte_level"]).unknown_share("жжж 👩‍💻") == 0.0
    assert Tokens(tokenizer_folders["unigram"]).unknown_share("жжж") == 1.0


def test_that_a_token_is_shown_readably(tokenizer_folders: dict[str, Path]) -> None:
    tokens = Tokens(tokenizer_folders["byte_level"])
    text = "The movie was great, 很好"
    assert "".join(tokens.token(i) for i in tokens.ids("The movie was great")) == text[:19]
    emoji = [tokens.token(i) for i in tokens.ids("👩")]
    assert len(emoji) > 1 and all("\ufffd" in shown for shown in emoji)
    assert tokens.token(10**6) == "<1000000>"
    bert = Tokens(tokenizer_folders["word_piece"])
    assert bert.mask_id is not None and bert.token(bert.mask_id) == "[MASK]"


def test_that_broken_characters_do_not_stop_the_reading(folder: Path) -> None:
    tokens = Tokens(folder)
    encoded = tokens.encode_many(["good \ud83d film", "a\x00b"])
    assert encoded[0].ids and encoded[0].offsets[-1][1] <= len("good \ud83d film")


def test_that_a_folder_without_a_tokenizer_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no tokenizer\.json"):
        Tokens(tmp_path)
    (tmp_path / "tokenizer.json").write_text('{"model": {"type": "No', encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read"):
        Tokens(tmp_path)
