"""One temperature, and the gap between what is said and what happens."""

import numpy as np
import pytest

from peft_desktop.evaluation.calibration import (
    expected_calibration_error,
    fit_temperature,
    scaled,
)
from peft_desktop.evaluation.mixing import log_softmax


def drawn(rows, temperature, seed=0):
    """Logits that are `temperature` times too sure about labels drawn from them."""
    random = np.random.default_rng(seed)
    logits = random.normal(scale=1.5, size=(rows, 3))
    chances = np.exp(log_softmax(logits))
    gold = (random.random((rows, 1)) > chances.cumsum(axis=1)).sum(axis=1)
    return logits * temperature, gold


@pytest.mark.parametrize("true", [0.5, 1.0, 3.0])
def test_that_the_temperature_that_was_put_in_is_found(true):
    assert fit_temperature(*drawn(4000, true)).value == pytest.approx(true, rel=0.1)


def test_that_two_classes_give_the_temperature_worked_out_by_hand():
    # always sure by 4 nats, right in 3 of 4: the best certainty is log 3 = 4 / T
    logits, gold = np.array([[4.0, 0.0]] * 80), np.array([0, 0, 0, 1] * 20)
    assert fit_temperature(logits, gold).value == pytest.approx(4 / np.log(3), rel=1e-3)


def test_that_too_few_rows_leave_it_at_one_and_say_so():
    found = fit_temperature(*drawn(49, 3.0))
    assert found.value == 1.0
    assert "50 validation rows, there are 49" in str(found.note)
    assert fit_temperature(*drawn(50, 3.0)).note is None


def test_that_rows_without_a_mistake_do_not_make_it_certain():
    logits = np.array([[2.0, 0.0], [0.0, 2.0]] * 30)
    assert 0.19 < fit_temperature(logits, np.array([0, 1] * 30)).value < 0.3


def test_that_scaling_keeps_the_answers():
    logits, _ = drawn(100, 2.0)
    cooled = scaled(logits, 2.5)
    assert (cooled.argmax(axis=1) == logits.argmax(axis=1)).all()
    assert np.exp(cooled).sum(axis=1) == pytest.approx(np.ones(100))
    assert cooled == pytest.approx(log_softmax(logits / 2.5))
    with pytest.raises(ValueError):
        scaled(logits, 0.0)


def test_that_the_gap_is_the_one_worked_out_by_hand():
    # 120 rows at 0.9 right in 3 of 4 (gap .15), 80 rows at 0.6 right in 3 of 4 (gap .15 below)
    chances = np.array([[0.9, 0.1]] * 120 + [[0.4, 0.6]] * 80)
    gold = np.array([0, 0, 0, 1] * 30 + [1, 1, 1, 0] * 20)
    assert expected_calibration_error(chances, gold) == pytest.approx(0.15)
    # 0.9 and 0.6 in one bin: (120 * .15 - 80 * .15) / 200
    assert expected_calibration_error(chances, gold, bins=1) == pytest.approx(0.03)


def test_that_too_few_rows_have_no_gap():
    assert expected_calibration_error(np.full((199, 2), 0.5), np.zeros(199)) is None
    assert expected_calibration_error(np.full((200, 2), 0.5), np.zeros(200)) == 0.5


def test_that_the_fitted_temperature_closes_the_gap():
    logits, gold = drawn(2000, 4.0)
    before = expected_calibration_error(np.exp(log_softmax(logits)), gold)
    after = expected_calibration_error(
        np.exp(scaled(logits, fit_temperature(logits, gold).value)), gold
    )
    assert before > 0.1 and after < 0.04
