"""A run whose memory runs out heals itself: the same rows a step in smaller pieces, and says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tiny_families
import torch
from engine_project import Workshop, of_kind
from safetensors.torch import load_file

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.tuning.crafts.classification import ClassificationCraft
from peft_desktop.tuning.out_of_memory import HALVED, in_pieces, is_out_of_memory

WORDINGS = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    RuntimeError("CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported"),
    RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"),
    RuntimeError("MPS backend out of memory (MPS allocated: 17.93 GB)"),
    RuntimeError("HIP out of memory. Tried to allocate 20.00 MiB"),
    RuntimeError(
        "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: "
        "you tried to allocate 400 bytes. Error code 12 (Cannot allocate memory)"
    ),
    RuntimeError(
        "[enforce fail at alloc_cpu.cpp:80] data. DefaultCPUAllocator: not enough memory: you "
        "tried to allocate 1048576 bytes."
    ),
    RuntimeError("std::bad_alloc"),
    OSError("[WinError 1455] The paging file is too small for this operation to complete"),
    MemoryError("Unable to allocate 3.00 GiB for an array"),
    MemoryError(),
]


@pytest.mark.parametrize("error", WORDINGS, ids=lambda error: f"{error}"[:40] or "MemoryError")
def test_that_every_wording_is_recognised(error: BaseException) -> None:
    assert is_out_of_memory(error)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("expected scalar type Float but found BFloat16"),
        RuntimeError("CUDA error: device-side assert triggered"),
        ValueError("out of memory of the good days"),
        KeyError("x"),
    ],
)
def test_that_other_errors_are_not_taken_for_it(error: BaseException) -> None:
    assert not is_out_of_memory(error)


def test_that_pieces_keep_every_row_in_order() -> None:
    places = [[3, 1, 2, 9, 4], [7], [5, 6]]
    assert in_pieces(places, 1) == places
    assert in_pieces(places, 2) == [[3, 1, 2], [9, 4], [7], [5], [6]]
    assert in_pieces(places, 8) == [[3], [1], [2], [9], [4], [7], [5], [6]]


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    torch.set_num_threads(1)
    tiny_families.make("llama", tmp_path / "llama")
    return Workshop(tmp_path / "shop", tmp_path / "llama")


def small_memory(
    monkeypatch: pytest.MonkeyPatch, most_rows: int, error: BaseException = WORDINGS[1]
) -> list[int]:
    """From now on a batch of more rows does not fit; gives the sizes that were tried."""
    real, tried = ClassificationCraft.loss, []

    def loss(self: Any, model: Any, batch: Any, *more: Any) -> Any:
        tried.append(batch.size)
        if batch.size > most_rows:
            raise error
        return real(self, model, batch, *more)

    monkeypatch.setattr(ClassificationCraft, "loss", loss)
    return tried


HOW: dict[str, Any] = {
    "method_settings": {"rank": 2, "dropout": 0.0},
    "max_steps": 4,
    "batch_size": 8,
    "checkpoint_every_steps": 2,
}


def test_that_the_batch_is_halved_and_the_step_stays_the_same(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = list(shop.training(shop.recipe("wide", **HOW)))
    tried = small_memory(monkeypatch, 2)
    found = list(shop.training(shop.recipe("narrow", **HOW)))
    assert isinstance(found[-1], ev.Finished) and max(tried) == 8
    said = [event for event in of_kind(found, ev.Warned) if event.template == HALVED]
    assert [event.values["rows"] for event in said] == [4, 2]
    assert all(event.values["step"] == 1 for event in said)
    steps, same = of_kind(found, ev.Stepped), of_kind(wanted, ev.Stepped)
    assert len(steps) == len(same) == 4  # no step was lost, none done twice
    for one, other in zip(steps, same, strict=True):
        assert one.loss == pytest.approx(other.loss, rel=1e-4)
    weights, others = (
        load_file(shop.project / "runs" / name / "model" / "trained.safetensors")
        for name in ("narrow", "wide")
    )
    for name, tensor in weights.items():
        assert torch.allclose(tensor, others[name], atol=1e-5)
    assert set(tried[tried.index(2) :]) <= {1, 2}  # what was found out is not tried again


def test_that_a_resumed_run_remembers_how_small_the_pieces_must_be(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = small_memory(monkeypatch, 4, WORDINGS[6])
    recipe = shop.recipe("cut", **HOW)
    work = shop.training(recipe)
    for event in work:
        if isinstance(event, ev.CheckpointSaved):
            break
    work.close()
    tried.clear()
    rest = list(shop.training(recipe, resume=True))
    assert isinstance(rest[-1], ev.Finished)
    assert max(tried) <= 4


def test_that_a_row_that_does_not_fit_ends_the_run_with_advice(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_memory(monkeypatch, 0)
    with pytest.raises(UserError, match=r"single row.*lower the maximal length"):
        list(shop.training(shop.recipe(**HOW)))


def test_that_an_optimiser_that_does_not_fit_is_not_tried_twice(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def step(self: Any, closure: Any = None) -> None:
        calls.append(1)
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory")

    monkeypatch.setattr(torch.optim.AdamW, "step", step)
    with pytest.raises(UserError, match="optimiser"):
        list(shop.training(shop.recipe(**HOW)))
    assert len(calls) == 1
