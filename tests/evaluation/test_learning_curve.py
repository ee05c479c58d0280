"""Would more rows help: the gain of a curve that is known, and what is said of it."""

from __future__ import annotations

import pytest

from peft_desktop.evaluation.learning_curve import gain, sentence


def test_that_the_gain_of_a_known_curve_is_found():
    points = [(n, 0.95 - 3 * n**-0.5) for n in (50, 100, 150, 200)]
    found = gain(points, 20_000)
    assert found is not None
    assert found["gain"] == pytest.approx(3 * (200**-0.5 - 300**-0.5), rel=0.05)
    assert found["low"] < found["gain"] < found["high"]
    assert str(sentence(found)).startswith("Label more: 100 more rows")


def test_that_a_flat_curve_says_that_more_would_hardly_help():
    found = gain([(n, 0.9) for n in (500, 1000, 1500, 2000)], 5_000)
    assert found is not None and found["gain"] == 0.0
    assert "hardly help" in str(sentence(found))


def test_that_few_validation_rows_cannot_tell_and_two_points_are_no_curve():
    found = gain([(n, 0.95 - 3 * n**-0.5) for n in (50, 100, 150, 200)], 30)
    assert "too few validation rows" in str(sentence(found))
    assert gain([(50, 0.7), (100, 0.8)], 100) is None
    assert "three points" in str(sentence(None))
