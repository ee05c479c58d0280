"""Texts with several labels: learnt, stopped and resumed, judged, predicted, by every family."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_models import TEMPLATES
from engine_project import Workshop, of_kind, result_of

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Evaluated, Stepped
from peft_desktop.core.ports import EvaluateRequest, PredictRequest
from peft_desktop.core.recipe import PromptSpec, Recipe
from peft_desktop.methods import METHODS
from peft_desktop.tuning.trained import read_trained

WORDS = {"bad": ["bad"], "film": ["film"], "good": ["good"]}
TEXTS = ["a good film", "a bad film", "good and bad acting", "the acting", "a film", "good"]


def named(text: str) -> str:
    return json.dumps([label for label in WORDS if label in text])


def rows() -> list[tuple[str, str]]:
    return [(TEXTS[i % 6] + " ." * (i // 6), named(TEXTS[i % 6])) for i in range(36)]


SPLITS = {"train": range(18), "valid": range(18, 27), "test": range(27, 36)}


@pytest.fixture
def shop(workshop: Callable[..., Workshop]) -> Callable[[str], Workshop]:
    return lambda name: workshop(name, rows())


def recipe_of(shop: Workshop, task_settings: dict[str, Any] | None = None, **more: Any) -> Recipe:
    template = TEMPLATES[shop.library.get(shop.name).family]
    prompt = more.pop("prompt", PromptSpec(template=template, words=WORDS))
    recipe = shop.recipe(prompt=prompt, splits=SPLITS, **more)
    return recipe.model_copy(
        update={"task": "several_labels", "task_settings": task_settings or {}}
    )


def predicted(shop: Workshop, folder: Path, text: str) -> dict[str, Any]:
    request = PredictRequest(rows=({"text": text},))
    (answer,) = result_of(shop.tuner.predict(folder, request))["rows"]
    assert isinstance(answer, dict)
    return answer


def trained(
    shop: Workshop, task_settings: dict[str, Any] | None = None, **more: Any
) -> tuple[Path, list[Any], Recipe]:
    recipe = recipe_of(shop, task_settings, **more)
    events = list(shop.training(recipe))
    return shop.run_folder(recipe), events, recipe


def test_that_what_is_learnt_can_be_judged_and_used(shop: Callable[[str], Workshop]) -> None:
    one = shop("llama")
    folder, events, _ = trained(
        one, max_steps=80, learning_rate=5e-3, head_learning_rate=2e-2, method="full", patience=0
    )
    losses = [event.loss for event in of_kind(events, Stepped)]
    assert losses[-1] < 0.7 * losses[0]
    found = result_of(one.tuner.evaluate(folder, EvaluateRequest("test")))
    assert found["metrics"]["micro_f1"] > 0.9
    assert {"exact_match", "hamming_loss", "macro_f1", "log_loss"} <= found["metrics"].keys()
    assert {"majority", "commonest_list", "zero_shot", "zero_shot_calibrated"} <= found[
        "baselines"
    ].keys()
    assert [line["label"] for line in found["per_class"]] == list(WORDS)
    assert set(found["thresholds"]) == set(WORDS)
    answer = predicted(one, folder, "a good film")
    assert json.loads(answer["predicted_label"]) == ["film", "good"]
    assert 0 < answer["probability"] <= 1
    assert list(answer)[2:] == [f"probability_{label}" for label in WORDS]


def test_that_the_answers_on_a_split_are_kept_in_the_golds_spelling(
    shop: Callable[[str], Workshop],
) -> None:
    import pyarrow.parquet as pq

    one = shop("bert")
    folder, _, _ = trained(one)
    result_of(one.tuner.evaluate(folder, EvaluateRequest("test")))
    table = pq.read_table(folder / "predictions.parquet")
    assert table.column("label").to_pylist() == [label for _, label in rows()[27:]]
    assert all(isinstance(json.loads(cell), list) for cell in table["predicted_label"].to_pylist())
    held = json.loads((folder / "metrics.json").read_text())["splits"]["test"]
    assert held["metrics"]["micro_f1"] >= 0


@pytest.mark.parametrize("name", ["llama", "bert", "t5", "minilm"])
def test_that_every_family_can_learn_it(shop: Callable[[str], Workshop], name: str) -> None:
    one = shop(name)
    folder, events, _ = trained(one, max_steps=4)
    assert of_kind(events, Evaluated)
    assert len(read_trained(folder).extra["thresholds"]) == len(WORDS)
    assert result_of(one.tuner.evaluate(folder, EvaluateRequest("test")))["rows"] == 9


@pytest.mark.parametrize("method", [name for name in METHODS if name != "contrastive"])
def test_that_every_method_can_learn_it(shop: Callable[[str], Workshop], method: str) -> None:
    one = shop("bert")
    folder, _, _ = trained(one, method=method, max_steps=2)
    result_of(one.tuner.evaluate(folder, EvaluateRequest("valid")))


def test_that_the_levels_start_where_labels_are_as_likely_as_in_the_training_rows(
    shop: Callable[[str], Workshop],
) -> None:
    one = shop("llama")
    _, events, _ = trained(one, max_steps=1, batch_size=18, weight_fine_tune=0.0)
    first = of_kind(events, Stepped)[0].loss
    shares = torch.tensor([sum(label in text for text, _ in rows()[:18]) / 18 for label in WORDS])
    guessing = float(-(shares * shares.log() + (1 - shares) * (1 - shares).log()).sum())
    assert first == pytest.approx(guessing, rel=0.1)


def test_that_several_templates_are_asked_together(shop: Callable[[str], Workshop]) -> None:
    one = shop("bert")
    prompt = PromptSpec(template="{text} it was {mask} .", words=WORDS, also=["{text} a {mask} ."])
    folder, _, _ = trained(one, prompt=prompt, max_steps=3)
    assert predicted(one, folder, "a film")["probability"] > 0


def test_that_a_threshold_of_the_users_own_holds_for_all_labels(
    shop: Callable[[str], Workshop],
) -> None:
    one = shop("bert")
    for name, threshold, count in (("none", 1.0, 0), ("all", 0.0, 3)):
        folder, _, _ = trained(one, {"threshold": threshold}, name=name, max_steps=1)
        answer = predicted(one, folder, "a film")
        assert len(json.loads(answer["predicted_label"])) == count


def test_that_a_stopped_run_goes_on_bit_for_bit(shop: Callable[[str], Workshop]) -> None:
    one = shop("llama")
    whole, _, _ = trained(one, name="whole", max_steps=6, evaluate_every_steps=3)
    stopped = recipe_of(one, name="stopped", max_steps=6, evaluate_every_steps=3)
    work = one.training(stopped)
    for event in work:
        if isinstance(event, Stepped) and event.step == 4:
            break
    work.close()
    folder = one.run_folder(stopped)
    result_of(one.training(stopped, resume=True))
    assert (whole / "model/trained.safetensors").read_bytes() == (
        folder / "model/trained.safetensors"
    ).read_bytes()
    assert read_trained(whole).extra == read_trained(folder).extra


def test_that_a_file_with_names_between_signs_is_judged(
    shop: Callable[[str], Workshop], tmp_path: Path
) -> None:
    one = shop("bert")
    folder, _, _ = trained(one, max_steps=1)
    data = tmp_path / "new.csv"
    data.write_text("text,label\na good film,film; good\na film,film\nbad,bad\nbad film,bad;film\n")
    request = EvaluateRequest(data=data)
    assert result_of(one.tuner.evaluate(folder, request))["rows"] == 4
    data.write_text('text,label\na good film,"[""colour""]"\na film,"[""film""]"\n')
    with pytest.raises(UserError, match="colour"):
        list(one.tuner.evaluate(folder, request))


def test_that_the_answers_of_a_file_are_counted_by_label(
    shop: Callable[[str], Workshop], tmp_path: Path
) -> None:
    one = shop("bert")
    folder, _, _ = trained(one, {"threshold": 0.0}, max_steps=1)
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("text\na film\ngood\n")
    found = result_of(one.tuner.predict(folder, PredictRequest(source=source, target=target)))
    assert found["counts"] == dict.fromkeys(WORDS, 2)
    assert "predicted_label" in target.read_text(encoding="utf-8-sig").splitlines()[0]
