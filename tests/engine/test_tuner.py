"""The engine's door, as the program uses it: train, evaluate, predict, probe on a small project."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from engine_project import (
    ROWS,
    WORDS,
    Workshop,
    of_kind,
    probe_request,
    result_of,
    table_rows,
)

from peft_desktop.core import events as ev
from peft_desktop.core.ports import EvaluateRequest, Events, PredictRequest
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.core.runs import find_run, replay

Make = Callable[..., Workshop]


def all_events(shop: Workshop, run: Path, tmp_path: Path) -> Iterator[Events]:
    yield shop.training(shop.recipe("second", checkpoint_every_steps=2))
    yield shop.tuner.evaluate(run, EvaluateRequest("test"))
    yield shop.tuner.predict(run, PredictRequest(rows=ROWS))
    source = tmp_path / "in.csv"
    source.write_text("text\ngood\nbad\n", encoding="utf-8")
    yield shop.tuner.predict(run, PredictRequest(source=source, target=tmp_path / "out.csv"))
    yield shop.tuner.probe(probe_request(shop))


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


def test_that_a_labelled_file_is_judged(own: tuple[Workshop, Path], tmp_path: Path) -> None:
    shop, run = own
    source = tmp_path / "more.csv"
    source.write_text("text,label\na good film,pos\na bad film,neg\n", encoding="utf-8")
    result = result_of(shop.tuner.evaluate(run, EvaluateRequest(data=source)))
    assert result["metrics"]["accuracy"] == 1.0 and result["split"] == "more.csv"


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


def test_that_devices_always_name_the_processor(finished: tuple[Workshop, Path]) -> None:
    shop, _ = finished
    found = {device["name"]: device for device in shop.tuner.devices()}
    assert found["cpu"]["why_not"] == "" and found["cpu"]["total_bytes"] > 0
    json.dumps(list(found.values()))


def test_that_measuring_leaves_the_frozen_weights_as_they_are(workshop: Make, home: Path) -> None:
    # the first run measures, the second finds the choice: both must start from the same weights
    shop = workshop("llama")
    losses = []
    for name in ("measures", "knows"):
        events = list(shop.training(shop.recipe(name, precision="auto", max_steps=2)))
        losses.append([event.loss for event in of_kind(events, ev.Stepped)])
        assert (home / "measured.json").is_file()
    assert losses[0] == losses[1]
