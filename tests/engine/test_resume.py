"""Stopping, crashing and going on: the same numbers as if nothing had happened."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_project import Workshop, of_kind, result_of
from safetensors.torch import load_file

from peft_desktop.core import events as ev
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.core.runs import replay
from peft_desktop.tuning import checkpoint as checkpoints

Make = Callable[..., Workshop]
WAYS: list[tuple[str, str, dict[str, Any]]] = [
    ("llama", "lora", {"rank": 2, "dropout": 0.3}),
    ("llama", "full", {}),
    ("llama", "prompt_tuning", {"soft_tokens": 3}),
    ("llama", "head_only", {}),
    ("bert", "lora", {"rank": 2, "dropout": 0.3}),
    ("minilm", "full", {}),
    ("llama", "lora", {"rank": 2, "dora": True}),
    ("llama", "ia3", {}),
    ("bert", "bitfit", {}),
    ("bert", "prefix_tuning", {"prefix_tokens": 3, "dropout": 0.3}),
    ("llama", "p_tuning", {"soft_tokens": 3, "encoder": "lstm", "start": "vocabulary"}),
    ("minilm", "contrastive", {}),
]


def curve(events: list[Any]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for event in events:
        if isinstance(event, ev.Stepped):
            found.append((event.step, event.loss, event.gradient_norm, event.learning_rate))
        if isinstance(event, ev.Evaluated):
            found.append((event.step, event.loss, event.best, *event.metrics.values()))
    return found


def tensors(run: Path) -> dict[str, torch.Tensor]:
    return load_file(run / "model" / "trained.safetensors")


def identical(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def interrupted(shop: Workshop, recipe: Any, step: int) -> None:
    """Train until a checkpoint of `step` is there, then die as a killed process does."""
    folder = shop.run_folder(recipe)
    work = shop.training(recipe)
    for event in work:
        if isinstance(event, ev.CheckpointSaved) and event.step == step:
            shutil.copytree(folder, folder.with_name("as-it-was"))
            break
    work.close()
    shutil.rmtree(folder)
    folder.with_name("as-it-was").rename(folder)


@pytest.mark.parametrize(("name", "method", "settings"), WAYS, ids=lambda value: str(value))
def test_that_a_resumed_run_is_bit_for_bit_the_uninterrupted_one(
    workshop: Make, name: str, method: str, settings: dict[str, Any]
) -> None:
    shop = workshop(name)
    # 10 rows, batches of 2, 2 batches a step: step 4 stands in the middle of the second epoch
    how: dict[str, Any] = {
        "method": method,
        "method_settings": settings,
        "max_steps": 7,
        "batch_size": 2,
        "accumulation": 2,
        "checkpoint_every_steps": 2,
    }
    whole = shop.recipe("whole", **how)
    wanted = list(shop.training(whole))
    cut = shop.recipe("cut", **how)
    interrupted(shop, cut, 4)
    rest = list(shop.training(cut, resume=True))
    assert of_kind(rest, ev.Resumed) == [ev.Resumed(4)]
    assert curve(rest) == [point for point in curve(wanted) if point[0] > 4]
    assert identical(tensors(shop.run_folder(cut)), tensors(shop.run_folder(whole)))
    # and the record reads as if the run had never been cut
    assert curve(list(replay(shop.run_folder(cut)))) == curve(wanted)
    a, b = (
        json.loads((shop.run_folder(r) / "model" / "model.json").read_text()) for r in (whole, cut)
    )
    assert a == b


@pytest.mark.parametrize(
    ("name", "method"),
    [("llama", "lora"), ("bert", "p_tuning"), ("t5", "lora"), ("minilm", "contrastive")],
)
def test_that_templates_are_drawn_as_if_nothing_had_happened(
    workshop: Make, name: str, method: str
) -> None:
    """Several templates, virtual words and, for one, rows that are compared over batches."""
    shop = workshop(name)
    prompt = PromptSpec(
        template="{text} It was {mask}",
        also=["the film {text} was {mask}", "{text}\nall {mask}"],
        words={"pos": ["wonderful"], "neg": ["wound"]},
        virtual=name != "minilm",
    )
    how: dict[str, Any] = {
        "method": method,
        "prompt": prompt,
        "max_steps": 7,
        "batch_size": 4,
        "checkpoint_every_steps": 2,
    }
    whole = shop.recipe("whole", **how)
    wanted = list(shop.training(whole))
    cut = shop.recipe("cut", **how)
    interrupted(shop, cut, 4)
    rest = list(shop.training(cut, resume=True))
    assert curve(rest) == [point for point in curve(wanted) if point[0] > 4]
    assert identical(tensors(shop.run_folder(cut)), tensors(shop.run_folder(whole)))
    kept = tensors(shop.run_folder(whole))
    assert ("virtual.0.rows" in kept) == prompt.virtual


@pytest.mark.parametrize("kind", [ev.Stepped, ev.Evaluated, ev.Tick, None])
def test_that_a_stopped_run_goes_on_bit_for_bit(workshop: Make, kind: type | None) -> None:
    shop = workshop("llama")
    how: dict[str, Any] = {
        "method_settings": {"rank": 2, "dropout": 0.3},
        "batch_size": 2,
        "accumulation": 2,
    }
    wanted = list(shop.training(shop.recipe("whole", **how)))
    recipe = shop.recipe("stopped", **how)
    work = shop.training(recipe)
    steps = looks = 0
    for event in work:
        steps += isinstance(event, ev.Stepped)
        looks += isinstance(event, ev.Evaluated)
        if steps == 4 and kind is not None and isinstance(event, kind):
            break
        if looks == 3 and kind is None and isinstance(event, ev.Tick):
            break  # between the two batches of step 5: dropout has been at work already
    work.close()
    rest = list(shop.training(recipe, resume=True))
    assert of_kind(rest, ev.Resumed) == [ev.Resumed(4)]
    assert curve(list(replay(shop.run_folder(recipe)))) == curve(wanted)
    whole = shop.project / "runs" / "whole"
    assert identical(tensors(shop.run_folder(recipe)), tensors(whole))


def test_that_a_stopped_run_keeps_its_best_weights_and_no_thread(workshop: Make) -> None:
    shop = workshop("llama")
    recipe = shop.recipe(max_steps=50, evaluate_every_steps=1)
    before = threading.active_count()
    work, best = shop.training(recipe), -1
    for event in work:
        if isinstance(event, ev.Evaluated) and event.best:
            best = event.step
        if isinstance(event, ev.Stepped) and event.step == 6:
            break
    work.close()
    assert threading.active_count() == before
    record = json.loads((shop.run_folder(recipe) / "model" / "model.json").read_text())
    assert record["best_step"] == best >= 0
    assert of_kind(replay(shop.run_folder(recipe)), ev.Stopped) == [ev.Stopped()]
    from peft_desktop.core.ports import PredictRequest

    found = result_of(
        shop.tuner.predict(shop.run_folder(recipe), PredictRequest(rows=({"text": "good"},)))
    )
    assert len(found["rows"]) == 1


def test_that_a_run_without_validation_rows_keeps_the_weights_it_was_stopped_at(
    workshop: Make,
) -> None:
    shop = workshop("llama")
    recipe = shop.recipe(splits={"train": range(10)}, max_steps=50, evaluate_every_steps=50)
    work = shop.training(recipe)
    next(e for e in work if isinstance(e, ev.Stepped) and e.step == 3)
    work.close()
    record = json.loads((shop.run_folder(recipe) / "model" / "model.json").read_text())
    assert record["best_step"] == 3
    changed = tensors(shop.run_folder(recipe))
    assert any(t.abs().sum() > 0 for name, t in changed.items() if "lora_B" in name)


def test_that_a_finished_run_leaves_no_checkpoint(workshop: Make) -> None:
    shop = workshop("llama")
    run = shop.trained(checkpoint_every_steps=2)
    assert not (run / "checkpoints").exists()


def test_that_a_run_without_a_checkpoint_starts_again(workshop: Make) -> None:
    shop = workshop("llama")
    recipe = shop.recipe()
    wanted = list(shop.training(recipe))
    again = list(shop.training(recipe, resume=True))
    assert of_kind(again, ev.Resumed) == [ev.Resumed(0)]
    assert curve(again) == curve(wanted)
    steps = [event.step for event in of_kind(replay(shop.run_folder(recipe)), ev.Stepped)]
    assert steps == [1, 2, 3, 4, 5, 6]


def test_that_a_run_killed_after_its_first_look_does_not_tell_it_twice(workshop: Make) -> None:
    shop = workshop("llama")
    recipe = shop.recipe()
    wanted = list(shop.training(recipe))
    folder = shop.run_folder(recipe)
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if '"Evaluated"' in line)
    (folder / "events.jsonl").write_text("".join(lines[: first + 1]), encoding="utf-8")
    list(shop.training(recipe, resume=True))
    assert curve(list(replay(folder))) == curve(wanted)


FILES = [
    "MANIFEST.json",
    "state.json",
    "trained.safetensors",
    "best.safetensors",
    "optimizer.safetensors",
    "scores.safetensors",
]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", ["missing", "empty", "torn", "flipped"])
def test_that_a_damaged_checkpoint_is_not_offered(tmp_path: Path, file: str, damage: str) -> None:
    for step in (1, 2):
        checkpoints.save_checkpoint(tmp_path, _snapshot(step))
    assert checkpoints.newest_whole(tmp_path) == tmp_path / "step-00000002"
    path = tmp_path / "step-00000002" / file
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "torn":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    assert checkpoints.newest_whole(tmp_path) == tmp_path / "step-00000001"
    assert checkpoints.load_checkpoint(tmp_path / "step-00000001").step == 1


@pytest.mark.parametrize("manifest", ["[]", "{}", '"x"', '{"state.json": 3}', "null"])
def test_that_a_strange_manifest_is_no_checkpoint(tmp_path: Path, manifest: str) -> None:
    folder = checkpoints.save_checkpoint(tmp_path, _snapshot(1))
    (folder / "MANIFEST.json").write_text(manifest)
    assert checkpoints.newest_whole(tmp_path) is None


def test_that_broken_newer_checkpoints_do_not_push_out_whole_ones(tmp_path: Path) -> None:
    for name in ("step-00000040", "step-00000050"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "MANIFEST.json").write_text("")
    checkpoints.save_checkpoint(tmp_path, _snapshot(10))
    checkpoints.save_checkpoint(tmp_path, _snapshot(20))
    checkpoints.save_checkpoint(tmp_path, _snapshot(30))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["step-00000020", "step-00000030"]


def test_that_a_checkpoint_gives_back_what_was_put_in(tmp_path: Path) -> None:
    import random

    torch.manual_seed(3)
    random.seed(3)
    snapshot = _snapshot(7)
    folder = checkpoints.save_checkpoint(tmp_path, snapshot)
    wanted = (torch.rand(3), random.random())
    torch.manual_seed(99)
    random.seed(99)
    found = checkpoints.load_checkpoint(folder)
    assert torch.equal(torch.rand(3), wanted[0]) and random.random() == wanted[1]
    assert identical(found.trained, snapshot.trained)
    assert identical(found.best, snapshot.best)
    assert identical(found.scores, snapshot.scores)
    assert found.state == snapshot.state
    groups, wanted_groups = found.optimizer["param_groups"], snapshot.optimizer["param_groups"]
    assert json.loads(json.dumps(groups)) == json.loads(json.dumps(wanted_groups))
    for number, values in snapshot.optimizer["state"].items():
        assert identical(found.optimizer["state"][number], values)


def _snapshot(step: int) -> checkpoints.Snapshot:
    parameter = torch.nn.Parameter(torch.randn(3, 2))
    optimizer = torch.optim.AdamW([parameter], lr=0.1)
    parameter.sum().backward()
    optimizer.step()
    return checkpoints.Snapshot(
        step=step,
        trained={"w": parameter.detach()},
        best={"w": torch.randn(3, 2)},
        optimizer=optimizer.state_dict(),
        state={"best_step": 0, "best_loss": 0.1 + 0.2, "precision": "fp32"},
        scores={"prompt": torch.randn(4, 2, dtype=torch.float64)},
    )


def test_that_training_goes_on_from_the_checkpoint_before_a_broken_one(workshop: Make) -> None:
    shop = workshop("llama")
    recipe = shop.recipe(checkpoint_every_steps=1)
    interrupted(shop, recipe, 4)
    (shop.run_folder(recipe) / "checkpoints" / "step-00000004" / "state.json").write_bytes(b"")
    rest = list(shop.training(recipe, resume=True))
    assert of_kind(rest, ev.Resumed) == [ev.Resumed(3)]
    assert isinstance(rest[-1], ev.Finished)
