"""Windows of a long text: every character is in one, and offsets are those of the whole text."""

from __future__ import annotations

from pathlib import Path

import pytest

from peft_desktop.prompts.span_reading import SpanReader
from peft_desktop.prompts.template import Template
from peft_desktop.prompts.tokens import Tokens


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Tokens:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    letters = [chr(i) for i in range(33, 127)]
    pieces = dict.fromkeys(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters])
    pieces |= dict.fromkeys([*("##" + c for c in letters), *(f"w{i}" for i in range(60))])
    rust = Tokenizer(models.WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]"))
    rust.normalizer = normalizers.BertNormalizer(lowercase=True)
    rust.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    rust.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    folder: Path = tmp_path_factory.mktemp("tokens")
    rust.save(str(folder / "tokenizer.json"))
    return Tokens(folder)


def reader(tokens: Tokens, length: int, stride: int = 4) -> SpanReader:
    template = Template.parse("q : {question} t : {text}", ["question", "text"])
    made = SpanReader(template, {}, tokens, length, before=tokens.before, after=tokens.after)
    made.context, made.stride = "text", stride
    return made


TEXT = "  ".join(f"w{i}" for i in range(50))


def test_that_a_short_text_is_one_window_with_exact_characters(tokens: Tokens) -> None:
    text = "W1  w2 , w3."
    (windows,), cut = reader(tokens, 64).windows([{"question": "w9", "text": text}])
    assert len(windows) == 1 and not cut
    said = [text[a:b] for a, b in windows[0].places]
    assert said == ["W1", "w2", ",", "w3", "."]
    first = windows[0].first
    assert [tokens.token(i) for i in windows[0].reading.ids[first : first + 2]] == ["w1", "w2"]


def test_that_windows_overlap_and_cover_the_whole_text(tokens: Tokens) -> None:
    (windows,), _ = reader(tokens, 30, stride=5).windows([{"question": "w9", "text": TEXT}])
    assert len(windows) > 2
    assert all(len(window.reading.ids) <= 30 for window in windows)
    found = {TEXT[a:b] for window in windows for a, b in window.places}
    assert found == set(TEXT.split())
    assert windows[1].places[0][0] < windows[0].places[-1][1]


def test_that_an_answer_is_found_in_a_window_that_holds_it_whole(tokens: Tokens) -> None:
    (windows,), _ = reader(tokens, 30, stride=5).windows([{"question": "w9", "text": TEXT}])
    start = TEXT.index("w30")
    end = TEXT.index("w32") + 3
    places = [window.tokens_for(start, end) for window in windows]
    assert any(place is not None for place in places)
    for window, place in zip(windows, places, strict=True):
        if place is not None:
            assert TEXT[window.places[place[0]][0] : window.places[place[1]][1]] == TEXT[start:end]
    assert windows[0].tokens_for(start, end) is None


def test_that_the_end_of_a_question_that_is_too_long_is_left_out_and_counted(
    tokens: Tokens,
) -> None:
    row = {"question": " ".join(f"w{i}" for i in range(40)), "text": TEXT}
    (windows,), cut = reader(tokens, 40).windows([row])
    assert cut == 1
    assert all(len(window.reading.ids) <= 40 and len(window.places) >= 4 for window in windows)


def test_that_an_empty_text_still_has_a_window(tokens: Tokens) -> None:
    (windows,), _ = reader(tokens, 30).windows([{"question": "w9", "text": ""}])
    assert len(windows) == 1 and windows[0].places == ()
    assert windows[0].tokens_for(0, 1) is None
