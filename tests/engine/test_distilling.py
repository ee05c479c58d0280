"""Rows labelled by other models: their loss by hand, their file, and going on after a stop."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_project import Workshop, of_kind, result_of
from safetensors.torch import load_file

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.core.files import sha256_of
from peft_desktop.core.recipe import Recipe, SoftLabels
from peft_desktop.tuning.batches import RowBatch
from peft_desktop.tuning.distilling import LOG_SCORES
from peft_desktop.tuning.loss import Weights, distilled, loss_of
from peft_desktop.tuning.prompt_model import Outputs

Make = Callable[..., Workshop]
POOL = ["good", "a fine film", "bad", "an awful film", "fine", "awful"]
SURE = [[3.0, 0.0], [4.0, 0.0], [0.0, 3.0], [0.0, 4.0], [2.0, 0.0], [0.0, 2.0]]


def taught(
    shop: Workshop,
    name: str = "student",
    texts: Sequence[str] = POOL,
    scores: Sequence[Sequence[float]] = SURE,
    **more: Any,
) -> Recipe:
    """A recipe with soft labels; its run folder has the file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = shop.project / f"{name}.parquet"
    pq.write_table(pa.table({"text": list(texts), LOG_SCORES: [list(s) for s in scores]}), file)
    soft = SoftLabels(sha256=sha256_of(file), rows=len(texts))
    recipe = shop.recipe(name, **more).model_copy(update={"soft_labels": soft})
    shutil.move(file, shop.run_folder(recipe) / soft.file)
    return recipe


def test_that_the_loss_of_a_soft_row_is_the_formula_at_temperature_two() -> None:
    logits = torch.tensor([[2 * math.log(3.0), 0.0]])  # at T = 2: 3/4 and 1/4
    soft = torch.tensor([[0.5, 0.5]])
    kl = 0.5 * math.log(0.5 / 0.75) + 0.5 * math.log(0.5 / 0.25)
    assert distilled(logits, soft, 2.0).tolist() == pytest.approx([4 * kl], rel=1e-5)
    assert distilled(logits, torch.tensor([[0.75, 0.25]]), 2.0).tolist() == pytest.approx(
        [0.0], abs=1e-6
    )


def test_that_labelled_rows_beside_them_keep_their_loss() -> None:
    outputs = Outputs(torch.tensor([[math.log(3.0), 0.0], [1.0, 0.0]]), torch.zeros(0))
    batch = RowBatch(
        variants=[],
        plain=None,
        gold=torch.tensor([0, 0]),
        for_prompt=torch.ones(2),
        for_head=torch.ones(2),
        soft=torch.tensor([[0.0, 0.0], [0.25, 0.75]]),
        temperature=2.0,
    )
    own = torch.log_softmax(torch.tensor([0.5, 0.0]), 0)
    kl = 0.25 * (math.log(0.25) - own[0].item()) + 0.75 * (math.log(0.75) - own[1].item())
    found = loss_of(outputs, batch, Weights(1.0, 1.0)).total.item()
    assert found == pytest.approx((-math.log(0.75) + 4 * kl) / 2, rel=1e-5)


@pytest.mark.parametrize("method", ["lora", "head_only"])
def test_that_a_student_learns_what_it_was_told_and_no_more(workshop: Make, method: str) -> None:
    """The labelled rows say nothing of these words; the soft labels say the opposite of sense."""
    shop = workshop("llama")
    upside_down = [scores[::-1] for scores in SURE]
    splits = {"train": [0], "valid": [], "test": range(16, 24)}
    how: dict[str, Any] = {"method": method, "splits": splits, "max_steps": 60}
    how |= {"learning_rate": 1e-2, "weight_fine_tune": 0.0 if method == "lora" else 1.0}
    told = taught(shop, "told", scores=upside_down, **how)
    result_of(shop.training(told))
    request = [{"text": text} for text in POOL[1:4]]
    from peft_desktop.core.ports import PredictRequest

    found = result_of(shop.tuner.predict(shop.run_folder(told), PredictRequest(tuple(request))))
    assert [row["predicted_label"] for row in found["rows"]] == ["neg", "pos", "pos"]


def test_that_a_student_is_trained_on_both_kinds_of_rows(workshop: Make) -> None:
    shop = workshop("minilm")
    begun = [
        event
        for event in of_kind(shop.training(taught(shop, method="full")), ev.Started)
        if event.what == "training"
    ]
    assert begun[0].facts["train_rows"] == 10 + len(POOL)


def test_that_a_resumed_student_is_bit_for_bit_the_uninterrupted_one(workshop: Make) -> None:
    shop = workshop("llama")
    how: dict[str, Any] = {
        "method_settings": {"rank": 2, "dropout": 0.3},
        "batch_size": 3,
        "checkpoint_every_steps": 2,
    }
    whole = taught(shop, "whole", **how)
    list(shop.training(whole))
    cut = taught(shop, "cut", **how)
    work = shop.training(cut)
    for event in work:
        if isinstance(event, ev.Stepped) and event.step == 3:
            break
    work.close()
    rest = list(shop.training(cut, resume=True))
    assert of_kind(rest, ev.Resumed) == [ev.Resumed(3)]
    a, b = (load_file(shop.run_folder(r) / "model" / "trained.safetensors") for r in (whole, cut))
    assert a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def test_that_soft_labels_that_changed_or_went_are_refused(workshop: Make) -> None:
    shop = workshop("llama")
    recipe = taught(shop)
    file: Path = shop.run_folder(recipe) / "soft_labels.parquet"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(UserError, match="have changed"):
        list(shop.training(recipe))
    file.unlink()
    with pytest.raises(UserError, match="are gone"):
        list(shop.training(recipe))


def test_that_an_older_recipe_has_none(workshop: Make) -> None:
    recipe = workshop("llama").recipe()
    record = recipe.model_dump()
    record.pop("soft_labels")
    assert Recipe.model_validate(record).soft_labels is None
