"""The contrastive loss: the formula, its pieces, and what it does to texts of one label."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_models import LABELLED, encoded, loaded, losses_of, trainee_of, without_dropout
from engine_project import Workshop, result_of

from peft_desktop.core import events as ev
from peft_desktop.core.errors import UserError
from peft_desktop.methods import METHODS
from peft_desktop.tuning.batches import batch_of
from peft_desktop.tuning.contrast import contrastive_loss
from peft_desktop.tuning.loop import step_of

Tiny = Callable[[str], Path]


def test_that_the_loss_is_the_formula() -> None:
    vectors = torch.tensor([[2.0, 0.0], [0.0, 3.0], [1.0, 1.0], [-1.0, 0.0]])
    gold = torch.tensor([0, 0, 1, 2])  # rows 2 and 3 have nobody
    near = math.exp(0.0), math.exp(math.sqrt(0.5) / 0.5), math.exp(-1.0 / 0.5)  # cosines over 0.5
    first = -math.log(near[0] / (near[0] + near[1] + near[2]))
    second = -math.log(near[0] / (near[0] + near[1] + math.exp(0.0)))
    found = contrastive_loss(vectors, gold, 0.5)
    assert found.item() == pytest.approx((first + second) / 2)


def test_that_rows_without_a_fellow_have_no_loss() -> None:
    vectors = torch.randn(3, 4, requires_grad=True)
    loss = contrastive_loss(vectors, torch.tensor([0, 1, 2]), 0.1)
    loss.backward()
    assert loss.item() == 0.0 and vectors.grad is not None and not vectors.grad.any()


def test_that_a_step_in_pieces_is_the_step_in_one(tiny: Tiny) -> None:
    gradients: list[dict[str, torch.Tensor]] = []
    parts: list[dict[str, float]] = []
    for pieces in ([range(8)], [range(3), range(3, 8)]):
        model = loaded(tiny("minilm"), "encoder", method="contrastive")
        without_dropout(model)
        trainee = trainee_of(model)
        batches = [batch_of(trainee.train, some, 0, torch.device("cpu")) for some in pieces]
        work = step_of(trainee, batches)
        try:
            while True:
                next(work)
        except StopIteration as end:
            parts.append(end.value[0])
        gradients.append({name: p.grad for name, p in model.trained().items()})
    assert parts[0] == pytest.approx(parts[1], rel=1e-4)
    assert parts[0]["contrast"] > 0.5
    for name, gradient in gradients[0].items():
        if gradient is not None:
            torch.testing.assert_close(gradients[1][name], gradient, atol=1e-5, rtol=1e-3)


def test_that_texts_of_one_label_come_together(tiny: Tiny) -> None:
    model = loaded(tiny("minilm"), "encoder", method="contrastive")

    def apart() -> float:
        rows = trainee_of(model).train
        with torch.no_grad():
            vectors = model.eval()(batch_of(rows, range(8), 0, torch.device("cpu"))).vectors
        unit = torch.nn.functional.normalize(vectors, dim=-1)
        near = unit @ unit.t()
        return float(near[:4, :4].mean() + near[4:, 4:].mean() - 2 * near[:4, 4:].mean())

    before = apart()
    losses = losses_of(trainee_of(model, rate=3e-3, weights=(0.0, 1.0), max_steps=20))
    assert losses[-1] < losses[0]
    assert apart() > before + 0.5
    assert len(encoded(model)) and len(LABELLED) == 8


def test_that_other_families_refuse_it_with_a_way_out() -> None:
    for family in ("causal", "masked", "seq2seq"):
        reason = METHODS["contrastive"].supports(family, "classification")
        assert reason is not None and "LoRA" in str(reason)
    assert METHODS["contrastive"].supports("encoder", "classification") is None


def test_that_a_run_shows_the_curve_and_predicts(workshop: Callable[..., Workshop]) -> None:
    from peft_desktop.core.ports import EvaluateRequest
    from peft_desktop.core.runs import replay

    shop = workshop("minilm")
    run = shop.trained(method="contrastive", learning_rate=1e-3)
    steps = [event for event in replay(run) if isinstance(event, ev.Stepped)]
    assert steps and all(event.loss_contrast is not None for event in steps)
    for event in steps:
        parts: list[Any] = [event.loss_prompt, event.loss_fine_tune, event.loss_contrast]
        assert event.loss == pytest.approx(sum(parts), rel=1e-4)
    found = result_of(shop.tuner.evaluate(run, EvaluateRequest("test")))
    assert 0 <= found["metrics"]["accuracy"] <= 1


def test_that_a_run_with_another_family_is_refused(workshop: Callable[..., Workshop]) -> None:
    shop = workshop("bert")
    with pytest.raises(UserError, match="sentence encoders"):
        result_of(shop.training(shop.recipe(method="contrastive")))
