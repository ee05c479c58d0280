"""Label words out of the model: likely on a label's rows, whole, readable, of one label only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from engine_project import Workshop, of_kind, probe_request, result_of

from peft_desktop.core import events as ev
from peft_desktop.prompts.stop_words import is_stop_word
from peft_desktop.prompts.tokens import Tokens
from peft_desktop.tuning.word_search import (
    WAYS,
    Candidates,
    Expected,
    Vocabulary,
    best_words,
    word_scores,
)

Tiny = Callable[[str], Path]
Make = Callable[..., Workshop]
WORDS = ("great", "Great", "awful", "film", "rare", "bad")
CANDIDATES = Candidates(np.arange(len(WORDS)), WORDS)
GOLD = [0, 0, 0, 1, 1, 1]


def expected(jitter: float = 0.1, seen: int = 6) -> Expected:
    """Rows of two labels: great on the first's, awful and bad on the second's, film on all."""
    chance = np.random.default_rng(0)
    good = np.log([0.2, 0.15, 0.01, 0.4, 1e-9, 0.02])
    bad = np.log([0.02, 0.01, 0.2, 0.4, 1e-12, 0.15])
    logs = np.stack([good if label == 0 else bad for label in GOLD])
    often = np.array([seen] * 4 + [0, seen])
    return Expected(logs + chance.normal(scale=jitter, size=logs.shape), often)


@pytest.mark.parametrize("way", WAYS)
def test_that_words_are_those_of_one_label_and_spelt_once(way: str) -> None:
    scores = word_scores(way, expected(), GOLD, 2)
    found = best_words(scores, expected(), CANDIDATES, GOLD)
    words = [[one.word for one in some] for some in found]
    assert {"awful", "bad"} <= set(words[1]) and words[0][0] in ("great", "Great")
    assert len({"great", "Great"} & set(words[0])) == 1
    assert "rare" not in words[0] + words[1]
    folded = [word.casefold() for some in words for word in some]
    assert len(folded) == len(set(folded))
    [best, *_] = found[0]
    assert 0.1 < best.share < 0.3 and best.score > 0


@pytest.mark.parametrize("way", WAYS)
def test_that_a_word_that_always_fits_is_no_label_word(way: str) -> None:
    scores = word_scores(way, expected(), GOLD, 2)
    place = WORDS.index("film")
    assert scores[:, place].max() < scores[0, 0] / 3


@pytest.mark.parametrize("way", WAYS)
def test_that_labels_without_rows_and_with_one_row_are_no_failure(way: str) -> None:
    scores = word_scores(way, expected(), GOLD, 3)
    assert not np.isfinite(scores[2]).any() and np.isfinite(scores[:2]).any(axis=1).all()
    one = Expected(expected().logs[[0, 3]], np.full(len(WORDS), 1))
    assert np.isfinite(word_scores(way, one, [0, 1], 2)).any(axis=1).all()
    alone = word_scores(way, expected(), [0] * 6, 1)
    assert alone.shape == (1, len(WORDS))


def test_that_words_that_are_taken_are_passed_over() -> None:
    scores = word_scores("amulap", expected(), GOLD, 2)
    [first, _] = best_words(scores, expected(), CANDIDATES, GOLD, passed_over=["GREAT "])
    assert not {"great", "Great"} & {one.word for one in first}


@pytest.mark.parametrize(("name", "space"), [("llama", True), ("bert", True), ("roberta", True)])
def test_that_candidates_are_readable_words_of_one_token(
    tiny: Tiny, name: str, space: bool
) -> None:
    tokens = Tokens(tiny(name))
    found = Vocabulary(tokens).candidates(space)
    assert {"great", "terrible", "film"} <= set(found.words)
    for number, word in zip(found.ids, found.words, strict=True):
        assert word.isalpha() and len(word) > 1 and not is_stop_word(word)
        assert tokens.word_ids(word, space) == [number]


def test_that_stop_words_are_known_in_both_languages() -> None:
    assert all(is_stop_word(word) for word in ("the", "The", " was", "的", "一个"))
    assert not any(is_stop_word(word) for word in ("yes", "no", "nothing", "好", "差", "system"))


@pytest.mark.parametrize("way", WAYS)
def test_that_a_probe_ranks_the_words_it_found(workshop: Make, way: str) -> None:
    shop = workshop("llama")
    request = probe_request(
        shop, rows=tuple(range(8)), find_words=way, word_rows=tuple(range(8, 24))
    )
    events = list(shop.tuner.probe(request))
    result = events[-1].result
    assert [found["template"] for found in result["found_words"]]
    for found in result["found_words"]:
        assert found["way"] == way and set(found["words"]) <= {"pos", "neg"}
        words = [word for several in found["words"].values() for word in several]
        assert len(words) == len(set(words))
    joined = [entry for entry in result["ranked"] if entry.get("found") == way]
    assert joined and all(entry["rows"] == result["rows"] == 8 for entry in result["ranked"])
    assert len(of_kind(events, ev.Ranked)) >= 2


def test_that_found_words_score_as_in_a_probe_of_their_own(workshop: Make) -> None:
    shop = workshop("llama")
    rows = tuple(range(8))
    request = probe_request(shop, rows=rows, find_words="llr", word_rows=tuple(range(8, 24)))
    joined = next(e for e in result_of(shop.tuner.probe(request))["ranked"] if "found" in e)
    [prompt] = [p for p in request.prompts if p.template == joined["template"]]
    other = prompt.model_copy(update={"words": joined["words"]})
    [alone] = result_of(shop.tuner.probe(probe_request(shop, rows=rows, prompts=(other,))))[
        "ranked"
    ]
    for name in ("accuracy", "calibrated_log_loss", "batch_log_loss"):
        assert alone[name] == pytest.approx(joined[name], abs=1e-3)


def test_that_a_masked_model_finds_words_where_its_words_have_several_tokens(
    workshop: Make,
) -> None:
    shop = workshop("bert")
    several = (
        probe_request(shop)
        .prompts[0]
        .model_copy(update={"words": {"pos": ["wonderworld"], "neg": ["horrible"]}})
    )
    request = probe_request(
        shop, prompts=(several,), rows=tuple(range(8)), find_words="amulap",
        word_rows=tuple(range(8, 24)),
    )  # fmt: skip
    result = result_of(shop.tuner.probe(request))
    assert len(result["found_words"]) == 1
    assert all(len(e["words"]) == 2 for e in result["ranked"])


def test_that_an_encoder_says_that_it_expects_no_words(workshop: Make) -> None:
    shop = workshop("minilm")
    request = probe_request(shop, rows=tuple(range(8)), find_words="amulap", word_rows=(8, 9))
    events = list(shop.tuner.probe(request))
    [warning] = of_kind(events, ev.Warned)
    assert warning.values == {"model": shop.name} and events[-1].result["found_words"] == []
