"""The loss, by hand: its numbers, its rows, what it touches and what it leaves alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from engine_models import LABELLED, TEXTS, batch, encoded, loaded, prompt_for, trainee_of
from torch import Tensor

from peft_desktop.core.recipe import PromptSpec
from peft_desktop.families.contract import Encoded
from peft_desktop.prompts.reading import Reading
from peft_desktop.tuning.batches import RowBatch, Rows, rows_of
from peft_desktop.tuning.loss import Counts, Weights, loss_of
from peft_desktop.tuning.prompt_model import Outputs

Tiny = Callable[[str], Path]


def golden(for_prompt: list[float], for_head: list[float]) -> tuple[Outputs, RowBatch]:
    """Two rows, labels 0 and 1; P_prompt(gold) 3/4 and 1/2, P_head(gold) 1/4 and 1/2."""
    prompt = torch.tensor([[math.log(3.0), 0.0], [5.0, 5.0]])
    head = torch.tensor([[0.0, math.log(3.0)], [-2.0, -2.0]])
    rows = RowBatch(
        variants=[],
        plain=None,
        gold=torch.tensor([0, 1]),
        for_prompt=torch.tensor(for_prompt),
        for_head=torch.tensor(for_head),
    )
    return Outputs(prompt, head), rows


def test_that_the_loss_is_the_formula() -> None:
    outputs, rows = golden([1, 1], [1, 1])
    loss = loss_of(outputs, rows, Weights(2.0, 0.5))
    prompt = -(math.log(3 / 4) + math.log(1 / 2)) / 2
    fine_tune = -(math.log(1 / 4) + math.log(1 / 2)) / 2
    assert loss.prompt is not None and loss.fine_tune is not None
    assert loss.prompt.item() == pytest.approx(prompt)
    assert loss.fine_tune.item() == pytest.approx(fine_tune)
    assert loss.total.item() == pytest.approx(2.0 * prompt + 0.5 * fine_tune)


def test_that_each_part_has_its_own_rows() -> None:
    outputs, rows = golden([1, 0], [0, 1])
    loss = loss_of(outputs, rows, Weights(1.0, 1.0))
    assert loss.prompt is not None and loss.fine_tune is not None
    assert loss.prompt.item() == pytest.approx(-math.log(3 / 4))
    assert loss.fine_tune.item() == pytest.approx(-math.log(1 / 2))


def test_that_a_part_without_rows_is_none() -> None:
    outputs, rows = golden([0, 0], [1, 1])
    loss = loss_of(outputs, rows, Weights(1.0, 1.0))
    assert loss.prompt is None and loss.fine_tune is not None
    assert loss.total.item() == pytest.approx(loss.fine_tune.item())


@pytest.mark.parametrize(("weights", "part"), [((0.0, 1.0), "prompt"), ((1.0, 0.0), "fine_tune")])
def test_that_a_weight_of_zero_switches_a_part_off(weights: Any, part: str) -> None:
    outputs, rows = golden([1, 1], [1, 1])
    loss = loss_of(outputs, rows, Weights(*weights))
    assert getattr(loss, part) is None
    other = loss.fine_tune if part == "prompt" else loss.prompt
    assert other is not None and loss.total.item() == other.item()


def test_that_the_shares_of_several_batches_sum_to_the_loss_of_one() -> None:
    outputs, rows = golden([1, 0], [1, 1])
    whole = loss_of(outputs, rows, Weights(1.0, 2.0))
    pieces = []
    for i in range(2):
        one = slice(i, i + 1)
        piece = RowBatch([], None, rows.gold[one], rows.for_prompt[one], rows.for_head[one])
        pieces.append((Outputs(outputs.prompt[one], outputs.head[one]), piece))
    counts = Counts.of([piece for _, piece in pieces])
    total = sum(loss_of(o, b, Weights(1.0, 2.0), counts).total.item() for o, b in pieces)
    assert total == pytest.approx(whole.total.item())


def _rows(count: int, prompt: float, fine_tune: float) -> Rows:
    row = Encoded((Reading((1,), (0,), (), 0, ()),))
    return rows_of([row] * count, [0] * count, prompt, fine_tune, seed=5)


@pytest.mark.parametrize("count", [2, 3, 5, 7, 8, 32, 99])
@pytest.mark.parametrize("share", [0.5, 0.3, 0.7, 0.1])
def test_that_shares_that_sum_to_one_never_meet_and_leave_no_row(count: int, share: float) -> None:
    rows = _rows(count, share, 1.0 - share)
    met = sum(a and b for a, b in zip(rows.for_prompt, rows.for_head, strict=True))
    left = sum(not (a or b) for a, b in zip(rows.for_prompt, rows.for_head, strict=True))
    assert left == 0
    # one row at least is dealt to each, if need be the same
    assert met == 0 or round(min(share, 1 - share) * count) == 0


def test_that_both_losses_see_all_rows_unless_told_otherwise() -> None:
    rows = rows_of(_rows(9, 1, 1).encoded, [0] * 9)
    assert all(rows.for_prompt) and all(rows.for_head)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.25, 0.99, 1.0])
def test_that_a_share_is_its_part_of_the_rows(share: float) -> None:
    wanted = max(round(share * 40), 1 if share else 0)
    assert sum(_rows(40, share, 1.0).for_prompt) == wanted
    assert sum(_rows(40, 1.0, share).for_head) == wanted


FAMILIES = [("llama", "causal"), ("bert", "masked"), ("minilm", "encoder")]


@pytest.mark.parametrize(("name", "family"), FAMILIES)
def test_that_a_fresh_head_is_uniform_and_leaves_the_model_alone(
    tiny: Tiny, name: str, family: str
) -> None:
    model = loaded(tiny(name), family, method="full").train()
    rows = batch(model)
    outputs = model(rows)
    assert torch.equal(outputs.head, torch.zeros_like(outputs.head))
    loss = loss_of(outputs, rows, Weights(0.0, 1.0))
    assert loss.total.item() == pytest.approx(math.log(2))
    loss.total.backward()
    for parameter_name, parameter in model.named_parameters():
        if parameter.grad is not None and not parameter_name.startswith("head."):
            assert not parameter.grad.any(), parameter_name
    assert model.head.weight.grad.abs().sum() > 0  # but the head itself does learn


@pytest.mark.parametrize(("name", "family"), FAMILIES)
def test_that_without_its_weight_there_is_no_head(tiny: Tiny, name: str, family: str) -> None:
    model = loaded(tiny(name), family, use_head=False, separate=True)
    outputs = model(batch(model))
    assert model.head is None and outputs.head.numel() == 0
    assert encoded(model)[0].plain is None  # nor is the text read once more for it


def own_states(tiny: Tiny, name: str, family: str, prompt: PromptSpec, separate: bool) -> Tensor:
    model = loaded(tiny(name), family, prompt=prompt, separate=separate)
    with torch.no_grad():
        return model.score(batch(model)).own_state


@pytest.mark.parametrize(("name", "family"), FAMILIES)
def test_that_the_separate_pass_knows_nothing_of_the_prompt(
    tiny: Tiny, name: str, family: str
) -> None:
    usual = prompt_for(family)
    other = PromptSpec(template="The movie : {text} was all in all {mask}", words=usual.words)
    separate = [own_states(tiny, name, family, p, True) for p in (usual, other)]
    torch.testing.assert_close(separate[0], separate[1], atol=2e-5, rtol=1e-4)
    shared = [own_states(tiny, name, family, p, False) for p in (usual, other)]
    if family != "encoder":  # an encoder's text side never has the prompt's sentence
        assert (shared[0] - shared[1]).abs().max() > 1e-3


def test_that_for_a_causal_model_shared_and_separate_agree_if_the_text_comes_first(
    tiny: Tiny,
) -> None:
    prompt = prompt_for("causal")
    shared, separate = (own_states(tiny, "llama", "causal", prompt, s) for s in (False, True))
    torch.testing.assert_close(shared, separate, atol=2e-5, rtol=1e-4)


def test_that_the_separate_pass_sees_no_soft_prompt(tiny: Tiny) -> None:
    soft = loaded(tiny("llama"), "causal", method="prompt_tuning", separate=True)
    plain = loaded(tiny("llama"), "causal", separate=True)
    with torch.no_grad():
        a, b = (m.score(batch(m)).own_state for m in (soft, plain))
    torch.testing.assert_close(a, b, atol=2e-5, rtol=1e-4)


def test_that_a_row_of_one_loss_only_teaches_that_one(tiny: Tiny) -> None:
    # the prompt's rows are all of label 0 by the shuffle: the head must not have seen them
    from peft_desktop.tuning.loop import Fit, fit

    model = loaded(tiny("llama"), "causal", method="head_only")
    trainee = trainee_of(model, LABELLED, weights=(0.0, 1.0), max_steps=2)
    for _ in fit(trainee, Fit()):
        pass
    assert not model.shift.any()  # the correction belongs to the prompt
    assert model.head.weight.any()


def test_that_probabilities_do_not_depend_on_neighbours(tiny: Tiny) -> None:
    model = loaded(tiny("bert"), "masked", separate=True)
    torch.nn.init.normal_(model.head.weight)
    with torch.no_grad():
        together = model(batch(model))
        for place, text in enumerate(TEXTS):
            alone = model(batch(model, [text]))
            torch.testing.assert_close(
                alone.prompt[0], together.prompt[place], atol=1e-4, rtol=1e-4
            )
            torch.testing.assert_close(alone.head[0], together.head[place], atol=1e-4, rtol=1e-4)
