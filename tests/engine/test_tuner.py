"""The engine's door, as the program uses it: train, evaluate, predict, probe on a small project."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from engine_project import WORDS, Workshop, of_kind, result_of, table_rows, write_table

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.core.ports import EvaluateRequest, Events, PredictRequest, ProbeRequest
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.core.runs import find_run, replay

Make = Callable[..., Workshop]
ROWS = ({"text": "a good film"}, {"text": "a bad film"})


@pytest.fixture(scope="module")
def finished(tiny: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Workshop, Path]:
    """A project with one run that is trained; read it, do not change it."""
    import torch

    torch.set_num_threads(1)
    shop = Workshop(tmp_path_factory.mktemp("finished"), tiny("llama"))
    return shop, shop.trained(max_steps=30, learning_rate=5e-3)


@pytest.fixture
def own(finished: tuple[Workshop, Path], tmp_path: Path) -> tuple[Workshop, Path]:
    """A copy of that project, to be broken at will."""
    shop, run = finished
    root = shop.project.parent
    shutil.copytree(root, tmp_path / "own")
    copy = object.__new__(Workshop)
    copy.__dict__.update(vars(shop))
    copy.project, copy.models = tmp_path / "own" / "project", tmp_path / "own" / "models"
    from peft_desktop.tuning.models import Library
    from peft_desktop.tuning.tuner import LocalTuner

    copy.library, copy.tuner = Library(copy.models), LocalTuner(copy.models)
    return copy, copy.project / "runs" / run.name


def all_events(shop: Workshop, run: Path, tmp_path: Path) -> Iterator[Events]:
    yield shop.training(shop.recipe("second", checkpoint_every_steps=2))
    yield shop.tuner.evaluate(run, EvaluateRequest("test"))
    yield shop.tuner.predict(run, PredictRequest(rows=ROWS))
    source = tmp_path / "in.csv"
    source.write_text("text\ngood\nbad\n", encoding="utf-8")
    yield shop.tuner.predict(run, PredictRequest(source=source, target=tmp_path / "out.csv"))
    yield shop.tuner.probe(probe_request(shop))


def probe_request(shop: Workshop, **more: Any) -> ProbeRequest:
    prompts = (
        PromptSpec(template="{text} It was {mask}", words=WORDS),
        PromptSpec(template="{text} all in all {mask}", words=WORDS),
    )
    given: dict[str, Any] = {
        "project": shop.project,
        "model": shop.name,
        "prompts": prompts,
        "rows": tuple(range(16)),
        "text": "text",
        "label": "label",
        "device": "cpu",
    }
    return ProbeRequest(**{**given, **more})


def test_that_every_event_is_plain_data_and_comes_back(
    own: tuple[Workshop, Path], tmp_path: Path
) -> None:
    kinds = set()
    for work in all_events(*own, tmp_path):
        for event in work:
            record = json.loads(json.dumps(ev.to_record(event), allow_nan=False))
            assert ev.from_record(record) == event
            kinds.add(type(event))
        assert isinstance(event, ev.Finished)
    assert {ev.Started, ev.PhaseChanged, ev.Stepped, ev.Evaluated, ev.CheckpointSaved} <= kinds


def test_that_a_run_records_everything_but_ticks(finished: tuple[Workshop, Path]) -> None:
    _, run = finished
    kinds = [type(event) for event in replay(run)]
    assert ev.Tick not in kinds and kinds[-1] is ev.Finished
    assert kinds.count(ev.Stepped) >= 5
    assert find_run(run.parent, run.name).state == "finished"


def test_that_training_says_what_it_does(finished: tuple[Workshop, Path]) -> None:
    _, run = finished
    events = list(replay(run))
    started = of_kind(events, ev.Started)
    assert [event.what for event in started] == ["train", "training"]
    facts = started[1].facts
    assert facts["train_rows"] == 10 and facts["valid_rows"] == 6
    assert 0 < facts["trained_parameters"] < facts["all_parameters"]
    assert facts["precision"] == "fp32" and facts["device"] == "cpu"
    step = of_kind(events, ev.Stepped)[0]
    assert step.loss == pytest.approx(step.loss_prompt + step.loss_fine_tune)
    assert step.memory_bytes > 2**20 and step.examples_per_second > 0
    result = of_kind(events, ev.Finished)[0].result
    assert result["metrics"]["valid"]["accuracy"] == 1.0
    assert result["best_step"] <= result["steps"]


def test_that_the_result_of_an_evaluation_keeps_its_shape(own: tuple[Workshop, Path]) -> None:
    shop, run = own
    result = result_of(shop.tuner.evaluate(run, EvaluateRequest("test")))
    assert {"run", "split", "metrics", "baselines", "per_class", "confusion", "intervals"} <= set(
        result
    )
    assert result["split"] == "test"
    metrics = result["metrics"]
    assert all(isinstance(value, float) for value in metrics.values())
    assert not any("second" in name or "time" in name for name in metrics)
    assert metrics["accuracy"] >= 0.75
    assert {"majority", "zero_shot"} <= set(result["baselines"])
    assert result["baselines"]["majority"]["accuracy"] == 0.5
    assert set(result["heads"]) == {"prompt", "head"}
    import pyarrow.parquet as pq

    table = pq.read_table(run / "predictions.parquet")
    assert table.num_rows == 8 and set(table["split"].to_pylist()) == {"test"}
    result_of(shop.tuner.evaluate(run, EvaluateRequest("valid")))
    result_of(shop.tuner.evaluate(run, EvaluateRequest("test")))
    table = pq.read_table(run / "predictions.parquet")
    assert sorted(set(table["split"].to_pylist())) == ["test", "valid"] and table.num_rows == 14
    assert json.loads((run / "metrics.json").read_text(encoding="utf-8"))


def test_that_what_was_evaluated_is_what_is_predicted(own: tuple[Workshop, Path]) -> None:
    import pyarrow.parquet as pq

    shop, run = own
    result_of(shop.tuner.evaluate(run, EvaluateRequest("test")))
    kept = pq.read_table(run / "predictions.parquet").to_pylist()
    texts = tuple({"text": text} for text, _ in table_rows()[16:24])
    found = result_of(shop.tuner.predict(run, PredictRequest(rows=texts)))["rows"]
    for old, new in zip(kept, found, strict=True):
        assert old["predicted_label"] == new["predicted_label"]
        assert old["probability_pos"] == pytest.approx(new["probability_pos"], abs=1e-5)


def test_that_zero_shot_is_counted_once(own: tuple[Workshop, Path]) -> None:
    shop, run = own
    results, phases = [], []
    for _ in range(2):
        events = list(shop.tuner.evaluate(run, EvaluateRequest("test")))
        results.append(events[-1].result["baselines"])
        phases.append([e.phase for e in of_kind(events, ev.PhaseChanged)])
    assert results[0] == results[1]
    assert "zero-shot" in phases[0] and "zero-shot" not in phases[1]
    (run / "zero_shot.json").write_text("broken", encoding="utf-8")
    again = result_of(shop.tuner.evaluate(run, EvaluateRequest("test")))
    assert again["baselines"] == results[0]


def test_that_probabilities_of_a_row_sum_to_one(finished: tuple[Workshop, Path]) -> None:
    shop, run = finished
    result = result_of(shop.tuner.predict(run, PredictRequest(rows=ROWS)))
    assert result["labels"] == ["pos", "neg"]
    assert [row["predicted_label"] for row in result["rows"]] == ["pos", "neg"]
    for row in result["rows"]:
        assert set(row) == {
            "predicted_label",
            "probability",
            "probability_pos",
            "probability_neg",
        }
        assert row["probability_pos"] + row["probability_neg"] == pytest.approx(1.0)
        assert row["probability"] == max(row["probability_pos"], row["probability_neg"])


def test_that_a_row_is_predicted_the_same_alone_and_among_others(
    finished: tuple[Workshop, Path],
) -> None:
    shop, run = finished
    many = ({"text": "an awful and long story , " * 5}, {"text": ""}, *ROWS)
    together = result_of(shop.tuner.predict(run, PredictRequest(rows=many)))["rows"]
    for row, wanted in zip(many, together, strict=True):
        [alone] = result_of(shop.tuner.predict(run, PredictRequest(rows=(row,))))["rows"]
        assert alone["probability_pos"] == pytest.approx(wanted["probability_pos"], abs=1e-4)


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_that_a_file_is_predicted_row_by_row(
    finished: tuple[Workshop, Path], tmp_path: Path, ending: str
) -> None:
    from peft_desktop.data.readers import read_file

    shop, run = finished
    source, target = tmp_path / "in.csv", tmp_path / f"out{ending}"
    source.write_text("id,text\n7,a good film\n8,a bad film\n9,good\n", encoding="utf-8")
    result = result_of(shop.tuner.predict(run, PredictRequest(source=source, target=target)))
    assert result["rows"] == 3 and result["counts"] == {"pos": 2, "neg": 1}
    rows = read_file(target).table.to_pylist()
    assert [row["id"] for row in rows] == ["7", "8", "9"]
    assert [row["predicted_label"] for row in rows] == ["pos", "neg", "pos"]
    for row in rows:
        total = float(row["probability_pos"]) + float(row["probability_neg"])
        assert total == pytest.approx(1.0)


def test_that_a_prediction_that_is_stopped_leaves_no_file(
    finished: tuple[Workshop, Path], tmp_path: Path
) -> None:
    shop, run = finished
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("text\n" + "good\n" * 3000, encoding="utf-8")
    work = shop.tuner.predict(run, PredictRequest(source=source, target=target))
    next(event for event in work if isinstance(event, ev.Progressed))
    work.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv"]


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


def test_that_a_labelled_file_is_judged(own: tuple[Workshop, Path], tmp_path: Path) -> None:
    shop, run = own
    source = tmp_path / "more.csv"
    source.write_text("text,label\na good film,pos\na bad film,neg\n", encoding="utf-8")
    result = result_of(shop.tuner.evaluate(run, EvaluateRequest(data=source)))
    assert result["metrics"]["accuracy"] == 1.0 and result["split"] == "more.csv"


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


@pytest.mark.parametrize("weights", [(1.0, 0.0), (0.0, 1.0)])
def test_that_one_loss_alone_is_trained_and_decides(
    workshop: Make, weights: tuple[float, float]
) -> None:
    shop = workshop("llama")
    how = {"weight_prompt": weights[0], "weight_fine_tune": weights[1]}
    events = list(shop.training(shop.recipe(**how)))
    step = of_kind(events, ev.Stepped)[0]
    assert (step.loss_prompt is None) == (weights[0] == 0)
    assert (step.loss_fine_tune is None) == (weights[1] == 0)
    assert events[-1].result["weight"] == weights[0]


def test_that_long_texts_are_cut_with_a_warning(workshop: Make) -> None:
    shop = workshop("llama", [("good " * 100, "pos"), *table_rows()[1:]])
    warned = of_kind(shop.training(shop.recipe()), ev.Warned)
    assert any(w.values.get("cut") == 1 and w.values.get("rows") == 10 for w in warned)


@pytest.mark.parametrize("method", ["full", "prompt_tuning", "head_only"])
@pytest.mark.parametrize("name", ["llama", "bert", "minilm"])
def test_that_every_method_goes_the_whole_way(workshop: Make, name: str, method: str) -> None:
    shop = workshop(name)
    more = {"fine_tune_pass": "separate"} if method == "full" else {}
    run = shop.trained(method=method, max_steps=3, **more)
    result = result_of(shop.tuner.evaluate(run, EvaluateRequest("valid")))
    assert 0.0 <= result["metrics"]["accuracy"] <= 1.0
    log = list(replay(run))
    # what is saved says on the validation rows what training said of them
    trained = of_kind(log, ev.Finished)[0].result["metrics"]["valid"]
    for metric in ("accuracy", "macro_f1"):
        assert result["metrics"][metric] == pytest.approx(trained[metric])


def test_that_prompts_are_ranked_and_a_bad_one_says_why(finished: tuple[Workshop, Path]) -> None:
    shop, _ = finished
    bad = PromptSpec(template="{mask} says {text}", words=WORDS)
    request = probe_request(shop, prompts=(bad, *probe_request(shop).prompts))
    result = result_of(shop.tuner.probe(request))
    assert result["rows"] == 16 and "accuracy" in result["majority"]
    *ranked, last = result["ranked"]
    assert last["template"] == bad.template and "before it has read" in last["error"]
    scores = [row["calibrated_accuracy"] for row in ranked]
    assert len(ranked) == 2 and scores == sorted(scores, reverse=True)
    for row in ranked:
        low, high = row["interval"]
        assert 0.0 <= low <= row["calibrated_accuracy"] <= high <= 1.0


def test_that_the_probe_agrees_with_zero_shot(own: tuple[Workshop, Path]) -> None:
    # both ask the untrained model with the same prompt, by different ways
    shop, run = own
    zero_shot = result_of(shop.tuner.evaluate(run, EvaluateRequest("test")))["baselines"]
    [prompt] = [p for p in probe_request(shop).prompts if "It was" in p.template]
    request = probe_request(shop, prompts=(prompt,), rows=tuple(range(16, 24)))
    [row] = result_of(shop.tuner.probe(request))["ranked"]
    assert row["accuracy"] == pytest.approx(zero_shot["zero_shot"]["accuracy"])


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


def test_that_devices_always_name_the_processor(finished: tuple[Workshop, Path]) -> None:
    shop, _ = finished
    found = {device["name"]: device for device in shop.tuner.devices()}
    assert found["cpu"]["why_not"] == "" and found["cpu"]["total_bytes"] > 0
    json.dumps(list(found.values()))


def test_that_a_device_that_is_not_there_is_refused(workshop: Make) -> None:
    shop = workshop("llama")
    with pytest.raises(UserError, match="cuda:7"):
        list(shop.training(shop.recipe(device="cuda:7")))


def test_that_measuring_leaves_the_frozen_weights_as_they_are(workshop: Make, home: Path) -> None:
    # the first run measures, the second finds the choice: both must start from the same weights
    shop = workshop("llama")
    losses = []
    for name in ("measures", "knows"):
        events = list(shop.training(shop.recipe(name, precision="auto", max_steps=2)))
        losses.append([event.loss for event in of_kind(events, ev.Stepped)])
        assert (home / "measured.json").is_file()
    assert losses[0] == losses[1]
