"""Text generation: it learns, resumes bit for bit, writes what the model would say, and stops."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_project import Workshop, of_kind, result_of
from test_resume import curve, identical, interrupted, tensors

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.core.ports import EvaluateRequest, PredictRequest
from peft_desktop.core.recipe import PromptSpec, Recipe
from peft_desktop.tasks.generation import WritingSettings
from peft_desktop.tuning.crafts.generation import answered
from peft_desktop.tuning.crafts.writing import written
from peft_desktop.tuning.trained import load_trained

Make = Callable[..., Workshop]
PAIRS = [
    ("good", "it was great"),
    ("bad", "it was terrible"),
    ("fine acting", "great acting , a good film"),
    ("awful", "a bad film"),
    ("the good film", "it was great and it was great"),
    ("the bad film", "terrible plot"),
]
ROWS = [PAIRS[i % 6] for i in range(18)]
SPLITS = {"train": range(6), "valid": range(6, 12), "test": range(12, 18)}


def recipe_of(shop: Workshop, name: str = "run", settings: Any = None, **more: Any) -> Recipe:
    prompt = more.pop("prompt", None) or PromptSpec(template="{text} It was {mask}")
    how = {"max_new_tokens": 12, "look_rows": 2, **(settings or {})}
    recipe = shop.recipe(name, prompt=prompt, splits=SPLITS, **more)
    return recipe.model_copy(update={"task": "generation", "task_settings": how})


def loaded(shop: Workshop, recipe: Recipe) -> Any:
    return load_trained(shop.run_folder(recipe), recipe, shop.library)


def said(shop: Workshop, recipe: Recipe, texts: list[str], **settings: Any) -> list[str]:
    ready = loaded(shop, recipe)
    how = WritingSettings(**{"max_new_tokens": 12, **settings})
    work = answered(ready, ready.model, [{"text": t, "label": ""} for t in texts], how)
    return [one.text for one in value_of(work)]


def value_of(work: Any) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.mark.parametrize("name", ["llama", "gpt2", "t5"])
def test_that_targets_are_learnt_by_heart(workshop: Make, name: str) -> None:
    shop = workshop(name, ROWS)
    steps = 300 if name == "t5" else 150
    recipe = recipe_of(
        shop, method="full", max_steps=steps, learning_rate=5e-3, batch_size=6, patience=0
    )
    events = list(shop.training(recipe))
    losses = [e.loss for e in of_kind(events, ev.Stepped)]
    assert losses[-1] < 0.5 < 2.0 < losses[0]
    assert said(shop, recipe, [t for t, _ in PAIRS]) == [y for _, y in PAIRS]
    metrics = of_kind(events, ev.Evaluated)[-1].metrics
    assert metrics["rouge_l"] == 1.0 and metrics["perplexity"] < 1.5


@pytest.mark.parametrize(
    ("name", "method", "settings"),
    [
        ("llama", "lora", {"rank": 2, "dropout": 0.3}),
        ("llama", "prompt_tuning", {"soft_tokens": 3}),
        ("t5", "prefix_tuning", {"prefix_tokens": 3}),
        ("t5", "lora", {"rank": 2}),
    ],
)
def test_that_a_resumed_run_is_bit_for_bit_the_uninterrupted_one(
    workshop: Make, name: str, method: str, settings: dict[str, Any]
) -> None:
    shop = workshop(name, ROWS)
    how: dict[str, Any] = {
        "method": method,
        "method_settings": settings,
        "max_steps": 7,
        "batch_size": 2,
        "accumulation": 2,
        "checkpoint_every_steps": 4,
        "learning_rate": 1e-2,
        "patience": 0,
    }
    whole, cut = recipe_of(shop, "whole", **how), recipe_of(shop, "cut", **how)
    first = list(shop.training(whole))
    interrupted(shop, cut, 4)
    second = list(shop.training(cut, resume=True))
    assert of_kind(second, ev.Resumed) == [ev.Resumed(4)]
    assert curve(first)[-len(curve(second)) :] == curve(second)
    assert identical(tensors(shop.run_folder(whole)), tensors(shop.run_folder(cut)))


@pytest.mark.parametrize(
    ("name", "method", "settings"),
    [
        ("llama", "lora", {}),
        ("llama", "prefix_tuning", {"prefix_tokens": 3}),
        ("llama", "prompt_tuning", {"soft_tokens": 3}),
        ("gpt2", "lora", {}),
        ("t5", "prefix_tuning", {"prefix_tokens": 3}),
        ("t5", "prompt_tuning", {"soft_tokens": 3}),
    ],
)
def test_that_the_cache_writes_what_the_whole_model_would_say(
    workshop: Make, name: str, method: str, settings: dict[str, Any]
) -> None:
    shop = workshop(name, ROWS)
    recipe = recipe_of(
        shop, method=method, method_settings=settings, max_steps=20, learning_rate=2e-2
    )
    result_of(shop.training(recipe))
    ready = loaded(shop, recipe)
    model, plan = ready.model, ready.model.plan
    rows = [{"text": text, "label": ""} for text, _ in PAIRS]
    readings = plan.prompts(rows)
    how = WritingSettings(max_new_tokens=6)
    found = value_of(written(model, readings, how, ready.device, "fp32"))
    from peft_desktop.tuning.crafts.writing_model import WrittenRow

    assert len({len(r.ids) for r in readings}) > 1  # padding is at work
    for reading, one in zip(readings, found, strict=True):
        ids = [*one.ids, plan.ends[0]] if one.ended else one.ids
        with torch.no_grad():
            told = model(model.batch([WrittenRow(reading, tuple(ids))], ready.device)).logits
        for logits, token in zip(told, ids, strict=True):
            assert float(logits.max() - logits[token]) < 1e-4


def test_that_answers_do_not_depend_on_their_neighbours(workshop: Make) -> None:
    shop = workshop("llama", ROWS)
    recipe = recipe_of(shop, max_steps=10, learning_rate=1e-2)
    result_of(shop.training(recipe))
    texts = [text for text, _ in PAIRS]
    together = said(shop, recipe, texts)
    assert together == [said(shop, recipe, [text])[0] for text in texts]


def test_that_a_run_is_judged_beside_the_untrained_model_and_the_input(workshop: Make) -> None:
    shop = workshop("llama", ROWS)
    recipe = recipe_of(shop, method="full", max_steps=120, learning_rate=5e-3, batch_size=6)
    result_of(shop.training(recipe))
    run = shop.run_folder(recipe)
    result = result_of(shop.tuner.evaluate(run, EvaluateRequest()))
    assert result["metrics"]["exact_match"] == 1.0 and result["metrics"]["bleu"] > 0.9
    assert result["baselines"].keys() == {"copy_input", "untrained"}
    assert result["baselines"]["untrained"]["rouge_l"] < 0.5
    import pyarrow.parquet as pq

    table = pq.read_table(run / "predictions.parquet")
    assert table.column_names[:2] == ["split", "_row_id"]
    assert table["label"].to_pylist() == table["predicted_label"].to_pylist()
    assert table["untrained"].to_pylist() != table["label"].to_pylist()


def test_that_a_file_and_a_text_are_answered(workshop: Make, tmp_path: Path) -> None:
    shop = workshop("llama", ROWS)
    recipe = recipe_of(shop, method="full", max_steps=120, learning_rate=5e-3, batch_size=6)
    result_of(shop.training(recipe))
    run = shop.run_folder(recipe)
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("text,other\ngood,1\nawful,2\n", encoding="utf-8")
    result = result_of(shop.tuner.predict(run, PredictRequest(source=source, target=target)))
    assert result["rows"] == 2
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "text,other,predicted_label,probability"
    assert lines[1].startswith("good,1,it was great,")
    request = PredictRequest(rows=({"text": "bad"},), stream=True)
    events = list(shop.tuner.predict(run, request))
    parts = [event.text for event in of_kind(events, ev.Wrote)]
    assert parts[-1] == events[-1].result["rows"][0]["predicted_label"] == "it was terrible"
    assert all(whole.startswith(part.strip()) for part, whole in pairwise(parts))
    short = PredictRequest(rows=({"text": "bad"},), settings={"max_new_tokens": 2})
    assert result_of(shop.tuner.predict(run, short))["rows"][0]["predicted_label"] == "it was"


def test_that_decoding_settings_do_what_they_say(workshop: Make) -> None:
    shop = workshop("llama", ROWS)
    recipe = recipe_of(shop, method="full", max_steps=120, learning_rate=5e-3, batch_size=6)
    result_of(shop.training(recipe))
    assert said(shop, recipe, ["good"], stop=" was") == ["it"]
    drawn = said(shop, recipe, ["good"] * 8, temperature=3.0)
    assert len(set(drawn)) > 1
    assert drawn == said(shop, recipe, ["good"] * 8, temperature=3.0)  # the seed is the run's
    assert said(shop, recipe, ["good"] * 4, temperature=3.0, top_p=0.01) == ["it was great"] * 4
    repeated = said(shop, recipe, ["the good film"])[0]
    assert repeated.count("great") == 2
    assert said(shop, recipe, ["the good film"], repetition_penalty=5.0)[0] != repeated
    ready = loaded(shop, recipe)
    only = ready.model.plan.tokens.ids(" bad", start=False)
    work = written(
        ready.model,
        ready.model.plan.prompts([{"text": "good", "label": ""}]),
        WritingSettings(max_new_tokens=3),
        ready.device,
        "fp32",
        allowed=lambda row, so_far: only,
    )
    assert set(value_of(work)[0].ids) == set(only)


def test_that_empty_targets_are_told_and_left_out(workshop: Make) -> None:
    rows = [*ROWS[:5], ("what", "  "), *ROWS[6:]]
    shop = workshop("llama", rows)
    events = list(shop.training(recipe_of(shop, max_steps=2)))
    [warned] = [w for w in of_kind(events, ev.Warned) if "empty target" in w.template]
    assert warned.values == {"count": 1, "rows": 6, "first": 6}
    facts = of_kind(events, ev.Started)[-1].facts
    assert facts["train_rows"] == 5


def test_that_a_target_that_does_not_fit_is_cut_and_told(workshop: Make) -> None:
    rows = [("good " * 40, "great " * 60), *ROWS[1:]]
    shop = workshop("llama", rows)
    events = list(shop.training(recipe_of(shop, max_steps=2)))
    [warned] = [w for w in of_kind(events, ev.Warned) if "targets do not fit" in w.template]
    assert warned.values["cut"] == 1
    ready = loaded(shop, recipe_of(shop))
    [row] = ready.model.plan.with_targets([{"text": rows[0][0], "label": ""}], [rows[0][1]])
    assert len(row.reading.ids) + len(row.target) - 1 <= 32 and len(row.target) == 16
    assert row.target[-1] not in ready.model.plan.ends
    [short] = ready.model.plan.with_targets([{"text": rows[0][0], "label": ""}], ["it was great"])
    assert short.target[-1] == ready.model.plan.ends[0] and not short.cut_target


def test_that_what_cannot_write_is_refused(workshop: Make) -> None:
    shop = workshop("bert", ROWS)
    with pytest.raises(UserError, match="masked"):
        list(shop.training(recipe_of(shop, max_steps=2)))
    shop = workshop("llama", ROWS)
    with pytest.raises(UserError, match="head"):
        list(shop.training(recipe_of(shop, "b", method="head_only", max_steps=2)))
    two = PromptSpec(template="{text} {mask}", also=["so {text} {mask}"])
    with pytest.raises(UserError, match="one template"):
        list(shop.training(recipe_of(shop, "c", prompt=two, max_steps=2)))
    early = PromptSpec(template="{mask} {text}")
    with pytest.raises(UserError, match="slot"):
        list(shop.training(recipe_of(shop, "d", prompt=early, max_steps=2)))
