"""The contrastive loss: the formula, its pieces, and what it does to texts of one label."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
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
from peft_desktop.tuning.loop import Fit, step_of
from peft_desktop.tuning.refitting import refit_head, solved
from peft_desktop.tuning.scoring import scores_of
from peft_desktop.tuning.trained import put_tensors

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


def test_that_one_row_in_a_step_is_refused(workshop: Callable[..., Workshop]) -> None:
    shop = workshop("minilm")
    with pytest.raises(UserError, match="Set batch_size to 8"):
        result_of(shop.training(shop.recipe(method="contrastive", batch_size=1)))


def test_that_the_solved_head_is_logistic_regression() -> None:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    torch.manual_seed(3)
    states = torch.nn.functional.layer_norm(torch.randn(40, 16), (16,))
    gold = (states[:, 0] + 0.5 * states[:, 1] > 0).long() + (states[:, 2] > 1).long()
    weight, bias = solved(states, gold, 3)
    theirs = LogisticRegression(C=10.0 / 16, max_iter=2000, tol=1e-10)
    theirs.fit(states.numpy(), gold.numpy())
    ours = torch.log_softmax(states.double() @ weight.t() + bias, -1).numpy()
    np.testing.assert_allclose(ours, theirs.predict_log_proba(states.numpy()), atol=5e-3)


@pytest.mark.parametrize("better", [True, False])
def test_that_the_head_is_solved_again_only_where_it_helps(tiny: Tiny, better: bool) -> None:
    model = loaded(tiny("minilm"), "encoder", method="contrastive")
    trainee = trainee_of(model, valid=LABELLED, max_steps=2, head_rate=1e-6)
    state = Fit()
    losses_of(trainee, state)
    assert state.valid is not None and state.valid.head is not None
    if not better:  # a head that knows all
        right = torch.full((8, 2), -30.0, dtype=torch.float64)
        right[range(8), trainee.valid.gold] = 0.0
        state.valid = replace(state.valid, head=right.numpy())
    before, was = state.best["head.weight"].clone(), state.valid
    put_tensors(model, state.best)
    for _ in refit_head(trainee, state):
        pass
    assert torch.equal(state.best["head.weight"], before) != better
    assert (state.valid is was) != better
    put_tensors(model, state.best)
    if better:  # and the model says what the scores say
        scores = drained(scores_of(model, trainee.valid, torch.device("cpu"), "fp32"))
        assert scores.head == pytest.approx(state.valid.head, abs=1e-4)


def drained(work: Any) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
