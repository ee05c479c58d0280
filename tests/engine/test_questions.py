"""Questions and fields: learnt by heart, resumed bit for bit, records that always parse."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engine_project import Workshop, of_kind, result_of
from test_resume import curve, identical, interrupted, tensors

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.core.files import sha256_of
from peft_desktop.core.ports import EvaluateRequest, PredictRequest
from peft_desktop.core.recipe import PromptSpec, Recipe
from peft_desktop.prompts.tokens import Tokens
from peft_desktop.tuning.crafts.record_grammar import RecordGrammar

Make = Callable[..., Workshop]
FACTS = [
    ("the movie was good and the plot was bad", "movie", "good"),
    ("the movie was good and the plot was bad", "plot", "bad"),
    ("the film was awful and the story was fine", "film", "awful"),
    ("the film was awful and the story was fine", "story", "fine"),
    ("the acting was great", "acting", "great"),
    ("the acting was great", "plot", ""),
]
SPLITS = {"train": range(6), "valid": range(6, 12), "test": range(12, 18)}


def answers(text: str, answer: str) -> str:
    return json.dumps([{"text": answer, "start": text.index(answer)}] if answer else [])


def with_table(shop: Workshop, columns: dict[str, list[str]]) -> Workshop:
    import pyarrow as pa
    import pyarrow.parquet as pq

    count = len(columns["text"])
    table = pa.table({**columns, "_row_id": list(range(count))})
    pq.write_table(table, shop.project / "data" / "table.parquet")
    return shop


def questions(make: Make, name: str) -> Workshop:
    rows = FACTS * 3
    return with_table(
        make(name),
        {
            "text": [text for text, _, _ in rows],
            "ask": [asked for _, asked, _ in rows],
            "label": [answers(text, answer) for text, _, answer in rows],
        },
    )


def records(make: Make, name: str) -> Workshop:
    texts = ["the movie was good", "the film was bad and long", "a story"] * 6
    gold = [{"what": "movie", "how": "good"}, {"what": "film", "how": "bad"}, {"what": "story"}] * 6
    return with_table(make(name), {"text": texts, "label": [json.dumps(g) for g in gold]})


def recipe_of(
    shop: Workshop, task: str, name: str = "run", way: str = "auto", **more: Any
) -> Recipe:
    template = "{text} {question} {mask}" if task == "extraction" else "{text} {ask} {mask}"
    words = {"what": ["movie"], "how": ["was"]} if task == "extraction" else {}
    prompt = PromptSpec(template=template, words=words)
    recipe = shop.recipe(name, prompt=prompt, splits=SPLITS, **more)
    data = recipe.data.model_copy(
        update={
            "question": None if task == "extraction" else "ask",
            "sha256": sha256_of(shop.project / "data" / "table.parquet"),
        }
    )
    settings = {"way": way, "longest_answer": 4, "max_new_tokens": 24}
    return recipe.model_copy(update={"task": task, "data": data, "task_settings": settings})


def evaluated(shop: Workshop, recipe: Recipe) -> dict[str, Any]:
    return result_of(shop.tuner.evaluate(shop.run_folder(recipe), EvaluateRequest("test")))


@pytest.mark.parametrize("name", ["bert", "llama", "roberta"])
def test_that_parts_of_the_text_are_learnt_as_answers(workshop: Make, name: str) -> None:
    shop = questions(workshop, name)
    recipe = recipe_of(
        shop,
        "question_answering",
        way="spans",
        method="full",
        max_steps=120,
        learning_rate=3e-3,
        batch_size=6,
        evaluate_every_steps=30,
        max_length=48,
    )
    events = list(shop.training(recipe))
    losses = [e.loss for e in of_kind(events, ev.Stepped)]
    assert losses[-1] < 0.5 * losses[0]
    found = evaluated(shop, recipe)
    assert found["metrics"]["exact_match"] == 1.0
    assert found["metrics"]["no_answer_accuracy"] == 1.0
    assert found["baselines"]["zero_shot"]["exact_match"] < 1.0


def test_that_what_cannot_work_is_said_before_training(workshop: Make) -> None:
    shop = questions(workshop, "llama")
    for more in (
        {"way": "generate", "method": "head_only"},
        {"way": "spans", "weight_fine_tune": 0.0},
    ):
        recipe = recipe_of(shop, "question_answering", f"run-{more['way']}", **more)
        with pytest.raises(UserError):
            list(shop.training(recipe))


@pytest.mark.parametrize("way", ["spans", "generate"])
def test_that_further_templates_are_refused_in_a_sentence(workshop: Make, way: str) -> None:
    shop = questions(workshop, "llama")
    recipe = recipe_of(shop, "question_answering", way=way)
    also = recipe.prompt.model_copy(update={"also": ["{ask} {text} {mask}"]})
    with pytest.raises(UserError, match="one template"):
        list(shop.training(recipe.model_copy(update={"prompt": also})))


def test_that_the_threshold_is_the_one_that_suits_the_validation_rows(workshop: Make) -> None:
    shop = questions(workshop, "bert")
    how: dict[str, Any] = {"method": "full", "max_steps": 60, "learning_rate": 3e-3}
    recipe = recipe_of(
        shop, "question_answering", **how, batch_size=6, evaluate_every_steps=20, max_length=48
    )
    result_of(shop.training(recipe))
    held = json.loads((shop.run_folder(recipe) / "model" / "model.json").read_text("utf-8"))
    tuned = held["extra"]["threshold"]
    assert isinstance(tuned, float)
    # a threshold of one's own has the last word: here nothing is ever given
    own = PredictRequest(
        rows=({"text": FACTS[0][0], "ask": "movie"},), settings={"no_answer_threshold": -1000.0}
    )
    found = result_of(shop.tuner.predict(shop.run_folder(recipe), own))
    assert found["rows"][0]["predicted_label"] == "[]"


def test_that_a_prediction_says_where_the_answer_stands(workshop: Make) -> None:
    shop = questions(workshop, "bert")
    how: dict[str, Any] = {
        "method": "full",
        "max_steps": 100,
        "learning_rate": 3e-3,
        "batch_size": 6,
    }
    recipe = recipe_of(shop, "question_answering", **how, evaluate_every_steps=50, max_length=48)
    result_of(shop.training(recipe))
    rows = tuple({"text": text, "ask": asked} for text, asked, _ in FACTS[:2])
    found = result_of(shop.tuner.predict(shop.run_folder(recipe), PredictRequest(rows=rows)))
    for row, (text, _, _) in zip(found["rows"], FACTS, strict=False):
        (answer,) = json.loads(row["predicted_label"])
        assert text[answer["start"] :].startswith(answer["text"])
        assert row["predicted_answer"] == answer["text"] and 0 <= row["probability"] <= 1


def test_that_texts_longer_than_the_model_reads_are_read_in_windows(workshop: Make) -> None:
    shop = questions(workshop, "bert")
    recipe = recipe_of(shop, "question_answering", max_steps=2, max_length=40)
    recipe = recipe.model_copy(update={"task_settings": {**recipe.task_settings, "stride": 8}})
    result_of(shop.training(recipe))
    long = " ".join(["the movie was good ."] * 40)
    rows = ({"text": long, "ask": "movie"}, {"text": "", "ask": "movie"})
    found = result_of(shop.tuner.predict(shop.run_folder(recipe), PredictRequest(rows=rows)))
    (answer,) = json.loads(found["rows"][0]["predicted_label"]) or [{"text": "", "start": 0}]
    assert long[answer["start"] :].startswith(answer["text"])
    assert found["rows"][1]["predicted_answer"] == ""


@pytest.mark.parametrize(
    ("name", "task", "way"),
    [
        ("bert", "question_answering", "spans"),
        ("llama", "extraction", "spans"),
        ("llama", "extraction", "generate"),
        ("gpt2", "question_answering", "generate"),
    ],
)
def test_that_a_resumed_run_is_bit_for_bit_the_uninterrupted_one(
    workshop: Make, name: str, task: str, way: str
) -> None:
    shop = (records if task == "extraction" else questions)(workshop, name)
    how: dict[str, Any] = {
        "max_steps": 7,
        "batch_size": 2,
        "accumulation": 2,
        "checkpoint_every_steps": 4,
        "learning_rate": 1e-2,
        "patience": 0,
        "max_length": 56,
    }
    whole = recipe_of(shop, task, "whole", way, **how)
    cut = recipe_of(shop, task, "cut", way, **how)
    first = list(shop.training(whole))
    interrupted(shop, cut, 4)
    second = list(shop.training(cut, resume=True))
    assert of_kind(second, ev.Resumed) == [ev.Resumed(4)]
    assert curve(first)[-len(curve(second)) :] == curve(second)
    assert identical(tensors(shop.run_folder(whole)), tensors(shop.run_folder(cut)))


def test_that_fields_are_learnt_as_parts_of_the_text(workshop: Make) -> None:
    shop = records(workshop, "bert")
    how: dict[str, Any] = {
        "method": "full",
        "max_steps": 120,
        "learning_rate": 3e-3,
        "batch_size": 6,
    }
    recipe = recipe_of(shop, "extraction", **how, evaluate_every_steps=40, max_length=48)
    result_of(shop.training(recipe))
    found = evaluated(shop, recipe)
    assert found["metrics"]["micro_f1"] == 1.0 and found["metrics"]["parsed"] == 1.0
    assert [entry["label"] for entry in found["per_class"]] == ["what", "how"]
    assert found["baselines"]["most_frequent"]["micro_f1"] < 1.0


@pytest.mark.parametrize("name", ["llama", "gpt2", "t5"])
def test_that_an_untrained_model_s_records_always_parse(workshop: Make, name: str) -> None:
    shop = records(workshop, name)
    if name == "t5":  # its pieces lack nothing that JSON needs
        pytest.importorskip("transformers")
    recipe = recipe_of(shop, "extraction", max_steps=1, learning_rate=1e-6, max_length=40)
    result_of(shop.training(recipe))
    rows = tuple({"text": f"the movie was {word}"} for word in ("good", '"bad"', "{", "\\", ""))
    found = result_of(shop.tuner.predict(shop.run_folder(recipe), PredictRequest(rows=rows)))
    for row in found["rows"]:
        record = json.loads(row["predicted_label"])
        assert set(record) == {"what", "how"}
        assert all(v is None or isinstance(v, (str, list)) for v in record.values())
    assert evaluated(shop, recipe)["metrics"]["parsed"] == 1.0


def test_that_written_records_are_learnt_by_heart(workshop: Make) -> None:
    shop = records(workshop, "llama")
    how: dict[str, Any] = {
        "method": "full",
        "max_steps": 150,
        "learning_rate": 5e-3,
        "batch_size": 6,
    }
    recipe = recipe_of(shop, "extraction", **how, evaluate_every_steps=50, max_length=60)
    recipe = recipe.model_copy(
        update={"task_settings": {**recipe.task_settings, "max_new_tokens": 40}}
    )
    result_of(shop.training(recipe))
    found = evaluated(shop, recipe)
    assert found["metrics"]["exact_match"] == 1.0
    assert found["baselines"]["untrained"]["exact_match"] < 1.0


def test_that_whatever_is_drawn_under_the_grammar_is_a_record(tiny: Callable[[str], Path]) -> None:
    tokens = Tokens(tiny("gpt2"))
    fields = ["name", 'a "quoted" \\ field', "名称"]
    grammar = RecordGrammar(fields, tokens, [tokens.eos_id or 0])
    chance = random.Random(7)
    for row in range(200):
        said: list[int] = []
        for _ in range(chance.choice([0, 3, 20, 80])):
            allowed = grammar.allowed(row, said).tolist()
            assert allowed
            token = chance.choice(allowed)
            if token == tokens.eos_id:
                break
            said.append(token)
        text = grammar.completed(tokens.text(said))
        assert set(json.loads(text)) <= set(fields)


def test_that_the_gold_record_is_always_reachable(tiny: Callable[[str], Path]) -> None:
    tokens = Tokens(tiny("gpt2"))
    grammar = RecordGrammar(["name", "area"], tokens, [tokens.eos_id or 0])
    target = grammar.target({"name": ['the "good" \\ one.'], "area": ["x", "y]"]})
    assert json.loads(target) == {"name": 'the "good" \\ one.', "area": ["x", "y]"]}
    for space in (True, False):
        ids = [*tokens.word_ids(target, space), tokens.eos_id or 0]
        for count, token in enumerate(ids):
            assert token in grammar.allowed(0, ids[:count]).tolist()
