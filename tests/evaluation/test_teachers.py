from __future__ import annotations

import numpy as np
import pytest

from peft_desktop.evaluation.teachers import agreement, counts, log_scores, merged


def test_that_scores_are_averaged_in_the_log_domain() -> None:
    a, b = log_scores([[0.9, 0.1]]), log_scores([[0.2, 0.8]])
    together = np.exp(merged([a, b], [1, 1]))[0]
    shares = together / together.sum()
    assert shares[0] == pytest.approx((0.9 * 0.2) ** 0.5 / ((0.9 * 0.2) ** 0.5 + 0.08**0.5))


def test_that_a_teacher_counts_by_its_weight() -> None:
    a, b = log_scores([[0.9, 0.1]]), log_scores([[0.1, 0.9]])
    assert merged([a, b], [3, 1]).argmax(1).tolist() == [0]
    assert merged([a, b], [0, 1]) == pytest.approx(b)


def test_that_all_count_alike_where_all_weigh_nothing() -> None:
    a, b = log_scores([[0.9, 0.1]]), log_scores([[0.2, 0.8]])
    assert merged([a, b], [0, 0]) == pytest.approx(merged([a, b], [1, 1]))


def test_that_a_probability_of_zero_does_not_silence_the_others() -> None:
    a, b = log_scores([[1.0, 0.0]]), log_scores([[0.0, 1.0]])
    assert np.isfinite(merged([a, b], [1, 1])).all()


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0]])
def test_that_weights_that_do_not_fit_are_a_bug(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        merged([log_scores([[0.5, 0.5]])] * 2, weights)


def test_that_agreement_counts_answers_alike() -> None:
    a = log_scores([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9]])
    b = log_scores([[0.8, 0.2], [0.3, 0.7], [0.1, 0.9]])
    assert agreement([a, b, a])["all"] == pytest.approx(2 / 3)
    assert agreement([a, b, a])["pairs"] == pytest.approx((2 / 3 + 1 + 2 / 3) / 3)
    assert agreement([a]) == {}


def test_that_every_label_is_counted_also_one_that_nobody_gave() -> None:
    assert counts(["x", "y", "z"], log_scores([[0.9, 0.1, 0.0]] * 3)) == {"x": 3, "y": 0, "z": 0}
