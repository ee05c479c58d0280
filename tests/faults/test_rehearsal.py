"""The dry run before a run: real steps, memory and time measured, nothing written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tiny_families
import torch
from engine_project import Workshop, result_of

from peft_desktop.core.errors import UserError
from peft_desktop.tuning import rehearsing
from peft_desktop.tuning.crafts.classification import ClassificationCraft

HOW: dict[str, Any] = {"max_steps": 12, "batch_size": 4, "accumulation": 2}


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    torch.set_num_threads(1)
    tiny_families.make("llama", tmp_path / "llama")
    return Workshop(tmp_path / "shop", tmp_path / "llama")


def rehearsed(shop: Workshop, **more: Any) -> dict[str, Any]:
    return result_of(shop.tuner.rehearse(shop.recipe(**{**HOW, **more}), shop.project))


def test_that_a_dry_run_measures_and_writes_nothing(shop: Workshop) -> None:
    before = sorted(path for path in shop.project.rglob("*"))
    found = rehearsed(shop)
    assert found["verdict"] == "fits"
    assert 0 < found["peak_bytes"] < found["available_bytes"]
    assert list(found["measured"]) == ["1", "2", "4"]
    assert (found["batch_size"], found["suggested_batch_size"]) == (4, 4)
    assert found["suggested_accumulation"] == 2
    assert found["total_steps"] == 12 and found["seconds"] >= 12 * found["seconds_per_step"] > 0
    assert sorted(path for path in shop.project.rglob("*")) == before


def test_that_the_time_told_is_about_the_time_taken(shop: Workshop) -> None:
    found = rehearsed(shop, max_steps=40, evaluate_every_steps=40)
    result = result_of(shop.training(shop.recipe(**{**HOW, "max_steps": 40})))
    assert 0.3 < found["seconds"] / result["training_seconds"] < 3  # others use this machine, too


def test_that_too_little_memory_is_told_with_a_batch_that_fits(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    peaks = {1: 500, 2: 700, 4: 1100}
    sizes: list[int] = []
    real = ClassificationCraft.loss

    def loss(self: Any, model: Any, batch: Any, *more: Any) -> Any:
        sizes.append(batch.size)
        return real(self, model, batch, *more)

    monkeypatch.setattr(ClassificationCraft, "loss", loss)
    monkeypatch.setattr(rehearsing, "peak_memory_bytes", lambda _: peaks[sizes[-1]])
    for room, verdict, batch, accumulation in (
        (1400, "fits", 4, 2),
        (1200, "tight", 2, 4),
        (1000, "does_not_fit", 2, 4),
        (750, "does_not_fit", 1, 8),
    ):
        monkeypatch.setattr(rehearsing, "_room", lambda _, room=room: room)
        found = rehearsed(shop)
        assert found["verdict"] == verdict
        assert found["suggested_batch_size"] == batch
        assert found["suggested_accumulation"] == accumulation
        assert found["peak_bytes"] == 1100  # also where the whole batch was not tried


def test_that_running_out_of_memory_is_an_answer_not_a_failure(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ClassificationCraft.loss

    def loss(self: Any, model: Any, batch: Any, *more: Any) -> Any:
        if batch.size > 2:
            raise RuntimeError("CUDA error: out of memory")
        return real(self, model, batch, *more)

    monkeypatch.setattr(ClassificationCraft, "loss", loss)
    found = rehearsed(shop)
    assert found["verdict"] == "does_not_fit"
    assert (found["suggested_batch_size"], found["suggested_accumulation"]) == (2, 4)


def test_that_a_model_that_cannot_be_trained_is_refused_as_by_training(shop: Workshop) -> None:
    recipe = shop.recipe(**HOW)
    other = recipe.model_copy(update={"model": recipe.model.model_copy(update={"sha256": "0"})})
    with pytest.raises(UserError, match="has changed"):
        list(shop.tuner.rehearse(other, shop.project))
