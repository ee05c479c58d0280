"""What the engine refuses, in one sentence each, and how soon it stops."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engine_project import (
    ROWS,
    Workshop,
    probe_request,
    result_of,
    table_rows,
    write_table,
)

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.core.ports import EvaluateRequest, PredictRequest

Make = Callable[..., Workshop]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("other\nx\n", "The prompt needs the column"),
        ("text,predicted_label\nx,y\n", "has a column"),
    ],
)
def test_that_a_file_that_does_not_fit_is_refused_before_any_work(
    finished: tuple[Workshop, Path], tmp_path: Path, content: str, said: str
) -> None:
    shop, run = finished
    source = tmp_path / "in.csv"
    source.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        list(shop.tuner.predict(run, PredictRequest(source=source, target=tmp_path / "out.csv")))
    assert not (tmp_path / "out.csv").exists()


def test_that_a_row_without_the_prompt_s_column_is_refused(
    finished: tuple[Workshop, Path],
) -> None:
    shop, run = finished
    with pytest.raises(UserError, match="text"):
        list(shop.tuner.predict(run, PredictRequest(rows=({"txt": "good"},))))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("text,label\ngood,pos\nbad,strange\n", "strange"),
        ("text,other\ngood,pos\n", "no column"),
        ("label,other\npos,good\n", "text"),
    ],
)
def test_that_a_labelled_file_that_does_not_fit_is_refused(
    finished: tuple[Workshop, Path], tmp_path: Path, content: str, said: str
) -> None:
    shop, run = finished
    source = tmp_path / "more.csv"
    source.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        list(shop.tuner.evaluate(run, EvaluateRequest(data=source)))


def test_that_a_split_without_rows_is_refused(finished: tuple[Workshop, Path]) -> None:
    shop, run = finished
    with pytest.raises(UserError, match="train, valid, test"):
        list(shop.tuner.evaluate(run, EvaluateRequest("holdout")))


def test_that_a_missing_base_model_is_named(own: tuple[Workshop, Path]) -> None:
    shop, run = own
    shutil.rmtree(shop.models / shop.name)
    for work in (
        shop.tuner.predict(run, PredictRequest(rows=ROWS)),
        shop.tuner.evaluate(run, EvaluateRequest("test")),
        shop.training(shop_recipe(run, "again")),
        shop.tuner.probe(probe_request(shop)),
    ):
        with pytest.raises(UserError, match="llama"):
            list(work)


def shop_recipe(run: Path, name: str) -> Any:
    from peft_desktop.core.runs import load_recipe

    return load_recipe(run).model_copy(update={"name": name})


def test_that_a_changed_base_model_is_refused(own: tuple[Workshop, Path], tiny: Any) -> None:
    shop, run = own
    place = shop.models / shop.name
    shutil.rmtree(place)
    shutil.copytree(tiny("qwen2"), place)
    with pytest.raises(UserError, match="has changed"):
        list(shop.tuner.predict(run, PredictRequest(rows=ROWS)))
    with pytest.raises(UserError, match="has changed"):
        list(shop.training(shop_recipe(run, "again")))


def test_that_a_base_model_may_have_another_name_now(own: tuple[Workshop, Path]) -> None:
    shop, run = own
    wanted = result_of(shop.tuner.predict(run, PredictRequest(rows=ROWS)))
    (shop.models / shop.name).rename(shop.models / "renamed")
    shop.tuner.close()
    assert result_of(shop.tuner.predict(run, PredictRequest(rows=ROWS))) == wanted


@pytest.mark.parametrize("file", ["trained.safetensors", "model.json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "torn"])
def test_that_a_damaged_run_is_refused_by_the_name_of_the_file(
    own: tuple[Workshop, Path], file: str, damage: str
) -> None:
    shop, run = own
    path = run / "model" / file
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else content[: len(content) // 2])
    with pytest.raises(UserError, match=f"{file}|has no model"):
        list(shop.tuner.predict(run, PredictRequest(rows=ROWS)))


def test_that_data_that_has_changed_is_refused(own: tuple[Workshop, Path]) -> None:
    shop, run = own
    write_table(shop.project, [*table_rows(), ("one more", "pos")])
    with pytest.raises(UserError, match="has changed since"):
        list(shop.tuner.evaluate(run, EvaluateRequest("test")))
    with pytest.raises(UserError, match="has changed since"):
        list(shop.training(shop_recipe(run, "again")))
    (shop.project / "data" / "table.parquet").unlink()
    with pytest.raises(UserError, match="is gone"):
        list(shop.tuner.evaluate(run, EvaluateRequest("test")))


@pytest.mark.parametrize("label", ["", "strange"])
def test_that_rows_without_a_known_label_are_refused(workshop: Make, label: str) -> None:
    shop = workshop("llama", [*table_rows(9), ("what is this", label), *table_rows(14)])
    with pytest.raises(UserError, match="label"):
        list(shop.training(shop.recipe()))


def test_that_a_run_without_training_rows_is_refused(workshop: Make) -> None:
    shop = workshop("llama")
    with pytest.raises(UserError, match="no labelled training rows"):
        list(shop.training(shop.recipe(splits={"valid": range(4)})))


def test_that_a_loss_without_parts_is_refused(workshop: Make) -> None:
    shop = workshop("llama")
    with pytest.raises(UserError, match="Both parts of the loss are off"):
        list(shop.training(shop.recipe(weight_prompt=0.0, weight_fine_tune=0.0)))


def test_that_a_model_that_cannot_be_used_stops_the_probe(own: tuple[Workshop, Path]) -> None:
    shop, _ = own
    (shop.models / shop.name / "tokenizer.json").unlink()
    with pytest.raises(UserError, match=r"tokenizer\.json"):
        list(shop.tuner.probe(probe_request(shop)))


@pytest.mark.parametrize("work", ["evaluate", "probe", "train"])
def test_that_work_stops_within_a_second(workshop: Make, work: str) -> None:
    shop = workshop("llama", table_rows(2000))
    splits = {"train": range(100), "valid": range(100, 300), "test": range(300, 2000)}
    recipe = shop.recipe(splits=splits, max_steps=1)
    if work != "train":
        result_of(shop.training(recipe))
    run = shop.run_folder(recipe)
    events = {
        "evaluate": lambda: shop.tuner.evaluate(run, EvaluateRequest("test")),
        "probe": lambda: shop.tuner.probe(probe_request(shop, rows=tuple(range(2000)))),
        "train": lambda: shop.training(recipe.model_copy(update={"name": "long"})),
    }[work]()
    longest, since = 0.0, None
    for event in events:
        now = time.monotonic()
        if since is not None:
            longest = max(longest, now - since)
        if isinstance(event, ev.PhaseChanged) and event.phase in ("loading", "tokenising"):
            since = None if event.phase == "loading" else now
        elif since is not None:
            since = now
        if isinstance(event, (ev.Progressed, ev.Stepped)):
            break
    began = time.monotonic()
    events.close()
    assert time.monotonic() - began < 1.0 and longest < 1.0


def test_that_a_device_that_is_not_there_is_refused(workshop: Make) -> None:
    shop = workshop("llama")
    with pytest.raises(UserError, match="cuda:7"):
        list(shop.training(shop.recipe(device="cuda:7")))
