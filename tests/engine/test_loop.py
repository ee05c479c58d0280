"""The training loop: its schedule, its order of rows, its steps, when it ends and what it keeps."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from engine_models import (
    LABELLED,
    groups_of_batches,
    loaded,
    losses_of,
    trainee_of,
    without_dropout,
)

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Evaluated, Stepped, Tick
from peft_desktop.core.presets import PRESETS
from peft_desktop.core.recipe import TrainingSettings
from peft_desktop.evaluation.calibration import calibrated_loss
from peft_desktop.evaluation.mixing import log_softmax, negative_log_likelihood
from peft_desktop.tuning.batches import epoch_order, pieces_of, scoring_order
from peft_desktop.tuning.loop import (
    LEARNT,
    Fit,
    copied,
    fit,
    step_of,
)
from peft_desktop.tuning.schedule import Schedule, optimizer_of

Tiny = Callable[[str], Path]
UNSEEN = [("a fine movie", 0), ("awful , bad film", 1), ("good acting", 0), ("the awful story", 1)]


def settings(**more: Any) -> TrainingSettings:
    return TrainingSettings(**more)


def test_that_the_linear_schedule_warms_up_and_falls_to_nothing() -> None:
    how = settings(max_steps=10, warm_up=0.2)
    schedule = Schedule.of(how, rows=32, valid_rows=8)
    found = [schedule.factor(step, how) for step in range(11)]
    wanted = [1 / 3, 2 / 3, 1, 7 / 8, 6 / 8, 5 / 8, 4 / 8, 3 / 8, 2 / 8, 1 / 8, 0]
    assert found == pytest.approx(wanted)


def test_that_the_cosine_schedule_is_a_cosine() -> None:
    how = settings(max_steps=8, warm_up=0.0, schedule="cosine")
    schedule = Schedule.of(how, rows=32, valid_rows=8)
    found = [schedule.factor(step, how) for step in (0, 2, 4, 6, 8)]
    half = math.sqrt(0.5) / 2
    assert found == pytest.approx([1.0, 0.5 + half, 0.5, 0.5 - half, 0.0])


def test_that_the_constant_schedule_stays_after_the_warm_up() -> None:
    how = settings(max_steps=10, warm_up=0.1, schedule="constant")
    schedule = Schedule.of(how, rows=32, valid_rows=8)
    assert [schedule.factor(step, how) for step in range(4)] == [0.5, 1.0, 1.0, 1.0]


def test_that_epochs_take_the_place_of_the_step_budget() -> None:
    how = settings(epochs=3.0, batch_size=8, accumulation=2)
    schedule = Schedule.of(how, rows=33, valid_rows=8)
    assert schedule.steps_per_epoch == 3  # 5 batches, two a step
    assert schedule.total_steps == 9
    assert schedule.patience == 0  # early stopping is off unless it is set
    assert Schedule.of(settings(epochs=3.0, patience=2), 33, 8).patience == 2
    assert Schedule.of(settings(), 33, 8).patience > 0


def test_that_validation_comes_at_every_nth_step_and_at_the_end() -> None:
    schedule = Schedule.of(settings(max_steps=10, evaluate_every_steps=4), 32, 8)
    assert [step for step in range(11) if schedule.looks(step)] == [0, 4, 8, 10]


def test_that_an_epoch_shows_every_row_once_in_an_order_of_its_own() -> None:
    lengths = [(i * 7) % 23 + 1 for i in range(103)]
    first = epoch_order(lengths, 8, seed=3, epoch=0)
    assert sorted(i for batch in first for i in batch) == list(range(103))
    assert first == epoch_order(lengths, 8, seed=3, epoch=0)
    assert first != epoch_order(lengths, 8, seed=3, epoch=1)
    assert first != epoch_order(lengths, 8, seed=4, epoch=0)
    assert max(map(len, first)) == 8


def test_that_batches_hold_texts_of_like_length() -> None:
    lengths = [(i * 37) % 101 + 1 for i in range(256)]
    order = epoch_order(lengths, 8, seed=0, epoch=0)
    spread = [max(lengths[i] for i in b) - min(lengths[i] for i in b) for b in order]
    assert sum(spread) / len(spread) < 15  # at random it is about 80


def test_that_scoring_leaves_no_row_out_and_bounds_its_batches() -> None:
    lengths = [(i * 37) % 301 + 1 for i in range(200)]
    batches = scoring_order(lengths, 32, 1000)
    assert sorted(i for batch in batches for i in batch) == list(range(200))
    assert all(len(b) <= 32 and len(b) * max(lengths[i] for i in b) <= 1000 for b in batches)
    assert scoring_order([5000, 1], 32, 1000) == [[0], [1]]


def test_that_the_pieces_of_a_batch_are_the_batch() -> None:
    lengths = [10, 500, 30, 600, 20]
    pieces = pieces_of([4, 3, 2, 1, 0], lengths, 100)
    assert sorted(i for piece in pieces for i in piece) == [0, 1, 2, 3, 4]
    assert all(len(p) == 1 or len(p) * max(lengths[i] for i in p) <= 100 for p in pieces)


def gradients(tiny: Tiny, **more: Any) -> dict[str, torch.Tensor]:
    """The gradient of the first step over eight rows."""
    model = loaded(tiny("llama"), "causal", method="full")
    without_dropout(model)
    torch.nn.init.normal_(model.head.weight, std=0.1)
    trainee = trainee_of(model, optimizer="sgd", gradient_clip=0.0, **more)
    for _ in step_of(trainee, next(iter(groups_of_batches(trainee, 0)))):
        pass
    return {name: p.grad for name, p in model.trained().items() if p.grad is not None}


@pytest.mark.parametrize("shares", [(1.0, 1.0), (0.4, 0.7)])
@pytest.mark.parametrize(("batch_size", "accumulation"), [(4, 2), (3, 3), (1, 8)])
def test_that_accumulation_gives_the_gradient_of_the_big_batch(
    tiny: Tiny, batch_size: int, accumulation: int, shares: tuple[float, float]
) -> None:
    torch.manual_seed(1)
    wanted = gradients(tiny, shares=shares)
    torch.manual_seed(1)
    found = gradients(tiny, shares=shares, batch_size=batch_size, accumulation=accumulation)
    assert wanted.keys() == found.keys()
    for name in wanted:
        torch.testing.assert_close(found[name], wanted[name], atol=2e-5, rtol=1e-3)


def test_that_the_losses_of_an_accumulated_step_are_those_of_the_big_batch(tiny: Tiny) -> None:
    found = []
    for how in ({"batch_size": 8}, {"batch_size": 3, "accumulation": 3}):
        model = loaded(tiny("llama"), "causal", method="head_only")
        trainee = trainee_of(model, max_steps=1, shares=(0.4, 0.7), **how)
        [step] = [e for e in fit(trainee, Fit()) if isinstance(e, Stepped)]
        found.append((step.loss, step.loss_prompt, step.loss_fine_tune))
    assert found[0] == pytest.approx(found[1], rel=1e-5)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("adamw", torch.optim.AdamW), ("adam", torch.optim.Adam), ("sgd", torch.optim.SGD)],
)
def test_that_every_optimizer_learns(tiny: Tiny, name: str, kind: type) -> None:
    model = loaded(tiny("llama"), "causal", method="lora")
    trainee = trainee_of(model, optimizer=name, rate=1e-2, max_steps=15)
    assert type(trainee.optimizer.optimizer) is kind
    losses = losses_of(trainee)
    assert losses[-1] < 0.8 * losses[0]


def test_that_only_adamw_decays_and_never_biases_and_norms(tiny: Tiny) -> None:
    model = loaded(tiny("bert"), "masked", method="full")
    for name, decay in (("adamw", 0.1), ("adam", 0.0), ("sgd", 0.0)):
        groups = optimizer_of(
            model, settings(optimizer=name, weight_decay=0.1), 1e-3, 1e-2
        ).param_groups
        assert {g["weight_decay"] for g in groups for p in g["params"] if p.ndim > 1} == {decay}
        assert {g["weight_decay"] for g in groups for p in g["params"] if p.ndim == 1} == {0.0}
        head = {id(p) for p in model.head.parameters()}
        assert all((g["lr"] == 1e-2) == (id(p) in head) for g in groups for p in g["params"])
        assert sum(len(g["params"]) for g in groups) == len(model.trained())


def test_that_the_preset_of_the_article_is_adam_at_1e_5() -> None:
    how = settings(**PRESETS["article"].training)
    assert (how.optimizer, how.learning_rate, how.epochs) == ("adam", 1e-5, 3.0)
    assert (how.weight_prompt, how.weight_fine_tune) == (1.0, 1.0)
    assert how.fine_tune_pass == "separate"
    schedule = Schedule.of(how, rows=32, valid_rows=8)
    assert schedule.total_steps == 96 and schedule.factor(50, how) == 1.0


@pytest.mark.parametrize("name", PRESETS)
def test_that_every_preset_is_a_set_of_settings(name: str) -> None:
    assert settings(**PRESETS[name].training) is not None


def test_that_the_same_seed_gives_the_same_losses(tiny: Tiny) -> None:
    runs = []
    for _ in range(2):
        torch.manual_seed(7)
        model = loaded(tiny("llama"), "causal", method="lora", settings={"dropout": 0.2})
        runs.append(losses_of(trainee_of(model, max_steps=5, batch_size=3)))
    assert runs[0] == runs[1]


def test_that_gradients_are_clipped(tiny: Tiny) -> None:
    norms = []
    for clip in (0.0, 0.01):
        model = loaded(tiny("llama"), "causal", method="full")
        trainee = trainee_of(
            model, optimizer="sgd", rate=1.0, gradient_clip=clip, max_steps=1, schedule="constant"
        )
        before = copied(model)
        list(fit(trainee, Fit()))
        after = copied(model)
        squares = sum(float(((after[n] - before[n]) ** 2).sum()) for n in before if "head" not in n)
        norms.append(math.sqrt(squares))
    assert norms[0] > 1.0 and norms[1] <= 0.0101


def test_that_early_stopping_keeps_the_best(tiny: Tiny) -> None:
    model = loaded(tiny("llama"), "causal", method="lora")
    wrong = [(text, 1 - label) for text, label in LABELLED]  # the more it learns the worse it gets
    trainee = trainee_of(model, valid=wrong, max_steps=100, evaluate_every_steps=2, patience=3)
    state = Fit()
    events = [e for e in fit(trainee, state) if isinstance(e, Evaluated)]
    marked = [e.step for e in events if e.best]
    assert state.stopped_early and state.step < 100
    assert state.best_step == marked[-1] and state.valid is not None
    # three looks without a better answer; those of the first fifteenth do not count
    assert state.step == max(state.best_step, 100 // 15) + 6
    gold = trainee.valid.gold
    heads = [one for one in (state.valid.prompt, state.valid.head) if one is not None]
    assert state.best_loss == pytest.approx(sum(calibrated_loss(one, gold) for one in heads))
    now = copied(model)
    assert any(not torch.equal(now[name], state.best[name]) for name in now)


def test_that_answers_that_only_became_too_sure_of_themselves_are_not_called_worse() -> None:
    rng = np.random.default_rng(7)
    gold = np.arange(32) % 2
    right = np.where(rng.random(32) < 0.8, 1.0, -1.0) * np.where(gold == 0, 1.0, -1.0)
    unsure = log_softmax(np.stack([0.5 * right, -0.5 * right], axis=1))
    sure = log_softmax(np.stack([6.0 * right, -6.0 * right], axis=1))  # the same answers
    untrained = log_softmax(rng.normal(0, 0.1, (32, 2)))
    assert negative_log_likelihood(sure, gold) > negative_log_likelihood(untrained, gold)
    assert calibrated_loss(sure, gold) == pytest.approx(calibrated_loss(unsure, gold), abs=1e-3)
    assert calibrated_loss(sure, gold) < calibrated_loss(untrained, gold) - 0.1


def test_that_training_ends_when_there_is_nothing_left_to_learn(tiny: Tiny) -> None:
    ended = {}
    for patience in (3, 0):
        model = loaded(tiny("llama"), "causal", method="full")
        trainee = trainee_of(
            model, valid=LABELLED, max_steps=60, evaluate_every_steps=5, patience=patience
        )
        trainee.optimizer.param_groups[0]["base_lr"] = 1e-2
        state = Fit()
        list(fit(trainee, state))
        ended[patience] = (state.step, state.best_loss < LEARNT)
    assert ended[3][1] and ended[3][0] < 60
    assert ended[0][0] == 60


def test_that_patience_of_zero_never_stops(tiny: Tiny) -> None:
    model = loaded(tiny("llama"), "causal", method="lora")
    wrong = [(text, 1 - label) for text, label in LABELLED]
    state = Fit()
    trainee = trainee_of(model, valid=wrong, max_steps=20, evaluate_every_steps=2, patience=0)
    list(fit(trainee, state))
    assert state.step == 20 and not state.stopped_early


def test_that_the_validation_loss_falls(tiny: Tiny) -> None:
    model = loaded(tiny("llama"), "causal", method="lora")
    trainee = trainee_of(
        model, valid=LABELLED[2:6], max_steps=20, evaluate_every_steps=5, patience=0
    )
    looks = [e for e in fit(trainee, Fit()) if isinstance(e, Evaluated)]
    assert [e.step for e in looks] == [0, 5, 10, 15, 20]
    assert looks[-1].loss < 0.5 * looks[0].loss and looks[-1].best


@pytest.mark.parametrize("valid", [UNSEEN, []], ids=["validation", "none"])
def test_that_a_diverging_run_ends_with_a_sentence_and_finite_weights(
    tiny: Tiny, valid: list[tuple[str, int]]
) -> None:
    model = loaded(tiny("llama"), "causal", method="full")
    trainee = trainee_of(
        model,
        valid=valid,
        optimizer="sgd",
        rate=1e30,
        gradient_clip=0.0,
        max_steps=30,
        evaluate_every_steps=10,
    )
    state = Fit()
    with pytest.raises(UserError, match=r"The loss became (NaN|infinite) at step \d"):
        list(fit(trainee, state))
    assert state.best and all(torch.isfinite(t).all() for t in state.best.values())


def test_that_answers_that_are_no_numbers_end_the_run_at_validation(tiny: Tiny) -> None:
    model = loaded(tiny("llama"), "causal", method="lora")
    trainee = trainee_of(model, valid=UNSEEN, max_steps=3, evaluate_every_steps=1)
    state, work = Fit(), None
    work = fit(trainee, state)
    for event in work:
        if isinstance(event, Stepped):  # what a last, too large step does to the weights
            with torch.no_grad():
                next(iter(model.trained().values())).fill_(math.nan)
            break
    with pytest.raises(UserError, match="The loss became NaN at step 1"):
        list(work)
    assert state.best_step == 0


def test_that_a_long_step_yields_between_its_pieces(tiny: Tiny) -> None:
    model = loaded(tiny("llama"), "causal", method="lora")
    trainee = trainee_of(model, batch_size=2, accumulation=4, max_steps=1)
    events = list(fit(trainee, Fit()))
    assert sum(isinstance(event, Tick) for event in events) >= 4


def test_that_trained_weights_stay_in_full_precision_when_the_others_are_rounded(
    tiny: Tiny,
) -> None:
    from peft_desktop.tuning.loading import set_precision

    model = loaded(tiny("llama"), "causal", method="lora")
    set_precision(model, "bf16")
    for _, parameter in model.named_parameters():
        wanted = torch.float32 if parameter.requires_grad else torch.bfloat16
        assert parameter.dtype == wanted
