"""Entities: learnt, stopped and resumed, judged, predicted, with exact places, by every family."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from engine_models import CPU
from engine_project import Workshop, of_kind, result_of

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Evaluated, Stepped, Warned
from peft_desktop.core.ports import EvaluateRequest, PredictRequest
from peft_desktop.core.recipe import PromptSpec, Recipe
from peft_desktop.data.spans import plain_spans, written
from peft_desktop.methods import METHODS
from peft_desktop.tuning.crafts.tag_decoding import (
    best_tags,
    entities_in,
    mixed_tags,
    spread,
    sureness,
)
from peft_desktop.tuning.crafts.tagging import decoded, tag_scores
from peft_desktop.tuning.crafts.tagging_rows import tag_rows
from peft_desktop.tuning.trained import build, read_trained

WORDS = {"mood": ["good"], "work": ["film"]}
TEXTS = [
    "a good film",
    "the bad movie was long",
    "good acting",
    "the film was awful",
    "a movie and a good , good film",
    "it was fine",
]


def cell(text: str) -> str:
    spans, at = [], 0
    for word in text.split(" "):
        if word in ("good", "film"):
            spans.append((at, at + len(word), "mood" if word == "good" else "work"))
        at += len(word) + 1
    return written(spans)


def rows() -> list[tuple[str, str]]:
    texts = [TEXTS[i % 6] + " ." * (i // 6) for i in range(36)]
    return [(text, cell(text)) for text in texts]


LONG = {"max_steps": 140, "learning_rate": 2e-3, "patience": 0, "evaluate_every_steps": 20}
SPLITS = {"train": range(18), "valid": range(18, 27), "test": range(27, 36)}


@pytest.fixture
def shop(workshop: Callable[..., Workshop]) -> Callable[[str], Workshop]:
    return lambda name: workshop(name, rows())


def recipe_of(shop: Workshop, task_settings: dict[str, Any] | None = None, **more: Any) -> Recipe:
    prompt = more.pop("prompt", PromptSpec(template="{text}", words=WORDS))
    recipe = shop.recipe(prompt=prompt, splits=more.pop("splits", SPLITS), **more)
    return recipe.model_copy(update={"task": "tagging", "task_settings": task_settings or {}})


def trained(shop: Workshop, **more: Any) -> tuple[Path, list[Any]]:
    recipe = recipe_of(shop, **more)
    events = list(shop.training(recipe))
    return shop.run_folder(recipe), events


def finished(work: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.mark.parametrize("name", ["bert", "llama", "minilm"])
def test_that_what_is_learnt_can_be_judged_and_used(
    shop: Callable[[str], Workshop], name: str
) -> None:
    one = shop(name)
    folder, events = trained(one, method="full", **LONG)
    losses = [event.loss for event in of_kind(events, Stepped)]
    assert losses[-1] < losses[0] / 2
    found = result_of(one.tuner.evaluate(folder, EvaluateRequest("test")))
    assert found["metrics"]["entity_f1"] > 0.8
    assert found["baselines"]["no_entities"]["entity_f1"] == 0.0
    assert found["baselines"]["dictionary"]["entity_f1"] == 1.0
    assert "zero_shot" in found["baselines"]
    assert [line["label"] for line in found["per_class"]] == list(WORDS)
    (answer,) = result_of(
        one.tuner.predict(
            folder, PredictRequest(rows=[{"text": "a movie and a good , good film ."}])
        )
    )["rows"]
    said = [tuple(span) for span in plain_spans(answer["predicted_label"])]
    assert said == [(14, 18, "mood"), (21, 25, "mood"), (26, 30, "work")]
    assert 0.3 < answer["probability"] <= 1


def test_that_answers_are_kept_in_the_golds_spelling(shop: Callable[[str], Workshop]) -> None:
    import pyarrow.parquet as pq

    one = shop("bert")
    folder, _ = trained(one)
    result_of(one.tuner.evaluate(folder, EvaluateRequest("test")))
    table = pq.read_table(folder / "predictions.parquet")
    assert table["label"].to_pylist() == [gold for _, gold in rows()[27:]]
    assert all(isinstance(json.loads(cell), list) for cell in table["predicted_label"].to_pylist())


@pytest.mark.parametrize("name", ["bert", "llama", "minilm", "distilbert"])
@pytest.mark.parametrize("method", [name for name in METHODS if name != "contrastive"])
def test_that_every_method_can_learn_it(
    shop: Callable[[str], Workshop], method: str, name: str
) -> None:
    one = shop(name)
    more = {"method_settings": {"norms": True}} if (method, name) == ("bitfit", "llama") else {}
    folder, events = trained(one, method=method, max_steps=2, **more)
    assert of_kind(events, Evaluated)
    assert result_of(one.tuner.evaluate(folder, EvaluateRequest("valid")))["rows"] == 9


def test_that_an_encoder_decoder_is_refused_with_the_reason(
    shop: Callable[[str], Workshop],
) -> None:
    with pytest.raises(UserError, match="tagging"):
        trained(shop("t5"))


def test_that_a_stopped_run_goes_on_bit_for_bit(shop: Callable[[str], Workshop]) -> None:
    from safetensors.torch import load_file

    one = shop("bert")
    whole, _ = trained(one, name="whole", max_steps=8, checkpoint_every_steps=1)
    recipe = recipe_of(one, name="parted", max_steps=8, checkpoint_every_steps=1)
    training = one.training(recipe)
    for event in training:
        if isinstance(event, Stepped) and event.step == 5:
            break
    training.close()
    result_of(one.training(recipe, resume=True))
    parted = one.run_folder(recipe)
    both = [load_file(f / "model" / "trained.safetensors") for f in (whole, parted)]
    assert both[0].keys() == both[1].keys()
    assert all(torch.equal(both[0][name], both[1][name]) for name in both[0])
    assert read_trained(whole).weight == read_trained(parted).weight
    assert read_trained(whole).temperature == read_trained(parted).temperature


ODD_TEXTS = [
    ("cafe\u0301 noir in \U0001f469\u200d\U0001f680 city", [(0, 5, "mood"), (14, 17, "work")]),
    ("我在北京看电影，很好。", [(2, 4, "mood"), (5, 7, "work")]),
    ("\U0001f600\U0001f600 Ada \U0001f44d\U0001f3fd ok", [(3, 6, "mood"), (7, 9, "work")]),
    ("أحمد يعيش في القاهرة", [(0, 4, "mood"), (13, 20, "work")]),
    ("Don't (stop)!!", [(0, 5, "mood"), (7, 11, "work")]),
    ("  two  blanks\u3000and\tmore ", [(2, 5, "mood"), (18, 22, "work")]),
    ("I\u200bl zero width", [(0, 3, "mood")]),
    ("", []),
]


@pytest.mark.parametrize("name", ["bert", "llama", "minilm", "roberta"])
def test_that_places_survive_tokenising_in_every_script(
    shop: Callable[[str], Workshop], name: str
) -> None:
    one = shop(name)
    recipe = recipe_of(one)
    model = build(recipe, one.library.get(one.name), one.library, ["text", "label"], 32)
    texts = [{"text": text, "label": ""} for text, _ in ODD_TEXTS]
    gold = [spans for _, spans in ODD_TEXTS]
    made = finished(tag_rows(model.reader, texts, gold, list(WORDS)))
    perfect = np.full((len(made.places), 5), -20.0)
    perfect[np.arange(len(made.places)), made.tags] = 0.0
    found = [spans for spans, _ in decoded(perfect, made, list(WORDS))]
    known = [i for i, spans in enumerate(found) if spans == gold[i]]
    # a tokenizer may drop a character that it does not know at all, never move one
    assert len(known) >= len(gold) - 1 if name in ("bert", "minilm") else len(known) == len(gold)


def test_that_long_texts_are_tagged_in_windows_and_each_unit_once(
    shop: Callable[[str], Workshop],
) -> None:
    for name in ("bert", "llama"):
        one = shop(name)
        recipe = recipe_of(one, task_settings={"overlap": 6})
        model = build(recipe, one.library.get(one.name), one.library, ["text", "label"], 32)
        text = " ".join(["a good film and the bad movie was long ,"] * 12)
        gold = [(s.start, s.end, s.label) for s in plain_spans(cell(text))]
        made = finished(tag_rows(model.reader, [{"text": text, "label": ""}], [gold], list(WORDS)))
        assert len(made.windows) > 3 and max(made.lengths) <= 32
        numbers = np.concatenate([window.units for window in made.windows])
        assert sorted(numbers.tolist()) == list(range(len(made.places)))
        scores = finished(tag_scores(model, made, CPU, "fp32"))
        assert np.isfinite(scores.prompt).all() and np.isfinite(scores.head).all()


def test_that_entities_that_end_inside_words_are_told(shop: Callable[[str], Workshop]) -> None:
    one = shop("bert")
    model = build(recipe_of(one), one.library.get(one.name), one.library, ["text", "label"], 32)
    told = list(tag_rows(model.reader, [{"text": "goodness me"}], [[(0, 4, "mood")]], list(WORDS)))
    assert [event.values["example"] for event in of_kind(told, Warned)] == ["good"]


def test_that_gold_that_cannot_be_used_is_named_with_its_row(
    shop: Callable[[str], Workshop], tmp_path: Path
) -> None:
    one = shop("bert")
    folder, _ = trained(one, max_steps=2)
    file = tmp_path / "gold.jsonl"
    for gold, why in (([[0, 99, "mood"]], "not in the text"), ([[0, 4, "else"]], "else")):
        lines = [{"text": "good", "label": [[0, 4, "mood"]]}, {"text": "good", "label": gold}]
        file.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
        with pytest.raises(UserError) as caught:
            list(one.tuner.evaluate(folder, EvaluateRequest("test", data=file)))
        assert "2" in str(caught.value) and why in str(caught.value)


def test_that_templates_without_the_text_or_with_a_slot_are_refused(
    shop: Callable[[str], Workshop],
) -> None:
    one = shop("bert")
    for template in ("{text} is {mask}", "no text"):
        with pytest.raises(UserError):
            trained(one, name=str(len(template)), prompt=PromptSpec(template=template, words=WORDS))


def brute_force(scores: np.ndarray) -> list[int]:
    from itertools import product

    best: tuple[float, list[int]] = (-np.inf, [])
    for tags in product(range(scores.shape[1]), repeat=len(scores)):
        pairs = zip((0, *tags), tags, strict=False)
        if any(b and b % 2 == 0 and a not in (b, b - 1) for a, b in pairs):
            continue
        total = float(sum(scores[i, tag] for i, tag in enumerate(tags)))
        if total > best[0]:
            best = total, list(tags)
    return best[1]


def test_that_the_likeliest_allowed_tags_are_found() -> None:
    random = np.random.default_rng(0)
    lengths = [1, 4, 3, 0, 5, 2]
    scores = random.normal(size=(sum(lengths), 5)) * 3
    found = best_tags(scores, lengths)
    at = 0
    for length in lengths:
        assert found[at : at + length].tolist() == brute_force(scores[at : at + length])
        at += length


def test_that_types_alone_give_one_entity_where_units_of_a_type_touch() -> None:
    prompt = np.log(np.array([[0.1, 0.9], [0.1, 0.9], [0.9, 0.1], [0.2, 0.8]]))
    tags = best_tags(spread(prompt), [4]).tolist()
    units = [(0, 2), (3, 5), (6, 8), (9, 11)]
    spans, places = entities_in(tags, units, ["x"])
    assert spans == [(0, 5, "x"), (9, 11, "x")]
    logs = mixed_tags(prompt, None, 1.0)
    assert sureness(logs, tags, places) == pytest.approx(0.8, abs=1e-4)
    assert sureness(logs[:1], [0], []) == pytest.approx(0.1, abs=1e-4)
    assert sureness(logs[:0], [], []) == 1.0
