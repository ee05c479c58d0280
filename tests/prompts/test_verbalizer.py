"""Label words: what is refused, and that a model can tell them apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.prompts.tokens import Tokens
from peft_desktop.prompts.verbalizer import check_tokens, check_words, word_complaints


def test_that_good_words_pass() -> None:
    assert check_words({"0": ["terrible", "bad"], "1": [" great"]}, ["0", "1"]) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"pos": ["good"]}, 'No label word is given for "neg"'),
        ({"pos": ["good"], "neg": []}, 'No label word is given for "neg"'),
        ({"pos": ["good"], "neg": ["bad", "  "]}, 'A word of the label "neg" is empty'),
        ({"pos": ["good"], "neg": [" good "]}, "stands for two labels"),
        ({"pos": ["good"], "neg": ["bad"], "negg": ["x"]}, 'no row has this label.*"neg", "pos"'),
    ],
)
def test_that_wrong_words_are_named(words: dict[str, list[str]], said: str) -> None:
    with pytest.raises(UserError, match=said):
        check_words(words, ["pos", "neg"])


def test_that_words_that_differ_in_case_only_are_a_warning() -> None:
    (warned,) = check_words({"a": ["Turkey"], "b": ["turkey"]}, ["a", "b"])
    assert warned.values["word"] == "turkey" and warned.values["first_word"] == "Turkey"
    warned.template.format(**warned.values)
    (twice,) = check_words({"a": ["x", "x "], "b": ["y"]}, ["a", "b"])
    assert "twice" in twice.template


def test_that_words_unknown_to_the_model_are_refused(tokenizer_folders: dict[str, Path]) -> None:
    tokens = Tokens(tokenizer_folders["word_piece"])
    words = {"1": ["great"], "0": ["жаль"]}
    (complaint,) = word_complaints(words, tokens, True)
    assert (complaint.label, complaint.word) == ("0", "жаль")
    with pytest.raises(UserError, match="cannot read the word"):
        check_tokens(words, tokens, True)
    byte_level = Tokens(tokenizer_folders["byte_level"])
    assert word_complaints(words, byte_level, True) == []


def test_that_words_with_the_same_tokens_are_refused(tokenizer_folders: dict[str, Path]) -> None:
    words = {"1": ["Great"], "0": ["great"]}
    with pytest.raises(UserError, match="are the same"):
        check_tokens(words, Tokens(tokenizer_folders["word_piece"]), True)
    assert word_complaints(words, Tokens(tokenizer_folders["byte_level"]), True) == []


def test_that_a_word_of_several_tokens_keeps_them_all(tokenizer_folders: dict[str, Path]) -> None:
    for kind, folder in tokenizer_folders.items():
        tokens = Tokens(folder)
        ids = check_tokens({"a": ["great plot"], "b": ["great film"]}, tokens, True)
        assert ids["a"] != ids["b"], kind
        assert len(ids["a"][0]) > 1
        assert ids["a"][0] == tokens.word_ids("great plot", True)
