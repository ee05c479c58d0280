"""Joining the two heads, and prior corrections, against numbers worked out by hand."""

import numpy as np
import pytest

from peft_desktop.evaluation.mixing import (
    WEIGHTS,
    batch_prior_calibration,
    choose_weight,
    contextual_calibration,
    log_softmax,
    mixed,
    negative_log_likelihood,
)


def logs(rows):
    return np.log(np.asarray(rows, dtype=float))


def test_that_half_and_half_is_the_normalised_geometric_mean():
    found = np.exp(mixed(logs([[0.8, 0.2]]), logs([[0.2, 0.8]]), 0.5))
    assert found == pytest.approx(np.array([[0.5, 0.5]]))
    found = np.exp(mixed(logs([[0.9, 0.1]]), logs([[0.5, 0.5]]), 0.5))
    assert found == pytest.approx(np.array([[0.75, 0.25]]))  # sqrt(9) : sqrt(1)


def test_that_the_ends_are_one_head_alone_even_beside_a_zero_probability():
    prompt, head = logs([[0.7, 0.3]]), np.array([[0.0, -np.inf]])
    assert mixed(prompt, head, 1.0) == pytest.approx(prompt)
    assert np.exp(mixed(prompt, head, 0.0)) == pytest.approx(np.array([[1.0, 0.0]]))
    assert np.isfinite(mixed(prompt, head, 0.0)).all()


def test_that_unnormalised_scores_are_normalised_first_however_low_they_are():
    prompt = logs([[0.7, 0.3]])
    assert mixed(prompt - 50_000, prompt + 3, 0.5) == pytest.approx(prompt)


def test_that_scores_that_are_no_numbers_are_refused():
    for broken in (np.nan, np.inf):
        with pytest.raises(ValueError, match="no numbers"):
            log_softmax([[0.0, broken]])


def test_that_the_better_head_gets_the_weight():
    gold = np.array([0, 1] * 20)
    good, bad = logs([[0.9, 0.1], [0.1, 0.9]] * 20), logs([[0.3, 0.7], [0.7, 0.3]] * 20)
    assert choose_weight(good, bad, gold) == 1.0
    assert choose_weight(bad, good, gold) == 0.0


def test_that_heads_that_mend_each_other_are_joined():
    # each is sure and right on one half, unsure and wrong on the other
    first = logs([[0.95, 0.05], [0.6, 0.4]] * 10)
    second = logs([[0.4, 0.6], [0.05, 0.95]] * 10)
    assert choose_weight(first, second, np.array([0, 1] * 10)) == 0.5


def test_that_the_choice_is_the_lowest_loss_among_the_five():
    random = np.random.default_rng(1)
    gold = random.integers(0, 4, 60)
    first = random.normal(size=(60, 4)) + 1.0 * np.eye(4)[gold]
    second = random.normal(size=(60, 4)) + 0.6 * np.eye(4)[gold]
    losses = {w: negative_log_likelihood(mixed(first, second, w), gold) for w in WEIGHTS}
    assert choose_weight(first, second, gold) == min(losses, key=losses.__getitem__)
    assert set(WEIGHTS) == {0, 0.25, 0.5, 0.75, 1}


def test_that_ties_go_to_the_prompt():
    same = log_softmax(np.random.default_rng(2).normal(size=(30, 3)))
    assert choose_weight(same, same.copy(), np.zeros(30, dtype=int)) == 1.0
    assert choose_weight(np.zeros((0, 3)), np.zeros((0, 3)), []) == 1.0


def test_that_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="prompt"):
        mixed(np.zeros((2, 2)), np.zeros((2, 3)), 0.5)
    with pytest.raises(ValueError, match="weight 2"):
        mixed(np.zeros((2, 2)), np.zeros((2, 2)), 2)
    with pytest.raises(ValueError, match="gold"):
        choose_weight(np.zeros((2, 2)), np.zeros((2, 2)), [0])


def test_that_contextual_calibration_divides_by_the_answer_to_nothing():
    # two content-free inputs, mean (0.8, 0.2); 0.7/0.8 : 0.3/0.2 = 7/15 : 12/15 of 19/15
    found = np.exp(contextual_calibration(logs([[0.7, 0.3]]), logs([[0.9, 0.1], [0.7, 0.3]])))
    assert found == pytest.approx(np.array([[0.875 / 2.375, 1.5 / 2.375]]))


def test_that_contextual_calibration_makes_the_answer_to_nothing_even():
    free = logs([0.6, 0.3, 0.1])
    assert np.exp(contextual_calibration(free[None], free)) == pytest.approx(np.full((1, 3), 1 / 3))


def test_that_contextual_calibration_refuses_other_classes_and_no_inputs():
    for free in (np.zeros((1, 2)), np.zeros((0, 3))):
        with pytest.raises(ValueError, match="content-free"):
            contextual_calibration(np.zeros((4, 3)), free)


def test_that_batch_calibration_divides_by_the_mean_answer():
    rows = logs([[0.9, 0.1], [0.7, 0.3], [0.8, 0.2]])  # mean (0.8, 0.2)
    found = np.exp(batch_prior_calibration(rows))
    assert found[2] == pytest.approx([0.5, 0.5])
    assert found.argmax(axis=1).tolist()[:2] == [0, 1]
    assert found[1] == pytest.approx([0.875 / 2.375, 1.5 / 2.375])


def test_that_a_known_prior_is_put_in_the_place_of_the_mean():
    rows = logs([[0.8, 0.2], [0.8, 0.2]])
    assert np.exp(batch_prior_calibration(rows, [0.25, 0.75])) == pytest.approx(
        np.array([[0.25, 0.75]] * 2)
    )


@pytest.mark.parametrize("prior", [[0.5, 0.4], [1.0, 0.0], [0.3, 0.3, 0.4]])
def test_that_what_is_no_prior_is_refused(prior):
    with pytest.raises(ValueError, match="prior"):
        batch_prior_calibration(np.zeros((2, 2)), prior)


def test_that_no_rows_are_calibrated_to_no_rows():
    assert batch_prior_calibration(np.zeros((0, 2))).shape == (0, 2)
