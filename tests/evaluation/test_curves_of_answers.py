"""The curves of answers: scikit-learn's points, sentences where there is no curve."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scored_rows import drawn

from peft_desktop.evaluation.curves import KINDS, MOST_LINES, drawing, temperature_of
from peft_desktop.evaluation.joined_curves import overlaid


def test_that_roc_and_precision_are_scikit_learns():
    from sklearn.metrics import auc, average_precision_score, roc_auc_score

    rows = drawn(200, 3)
    own = rows.gold == 1
    line = drawing("roc", rows, 1).lines[0]
    assert auc(line.x, line.y) == pytest.approx(roc_auc_score(own, rows.chances[:, 1]), abs=1e-6)
    line = drawing("precision_recall", rows, 1).lines[0]
    steps = float(np.sum(np.diff(line.x, prepend=0.0) * line.y))
    wanted = average_precision_score(own, rows.chances[:, 1])
    assert steps == pytest.approx(wanted, abs=0.02)


def test_that_calibration_shows_the_temperature_that_was_fitted():
    rows = drawn(4_000, 3)
    plain = drawing("calibration", rows)
    assert len(plain.lines) == 1 and plain.diagonal
    assert np.abs(plain.lines[0].x - plain.lines[0].y).max() < 0.08  # drawn from these very chances
    both = drawing("calibration", rows, temperature=3.0)
    before = both.lines[1]
    assert "temperature 3.00" in str(before.name)
    assert before.x[-1] > 0.9 and before.y[-1] < before.x[-1] - 0.1  # too sure of itself
    assert both.lines[0].weight.sum() == before.weight.sum() == 4_000


def test_that_coverage_starts_with_the_surest_and_ends_with_all():
    rows = drawn(500)
    line = drawing("coverage", rows).lines[0]
    assert line.x[-1] == 1.0 and line.y[-1] == pytest.approx(rows.right.mean())
    assert line.y[: len(line.y) // 4].mean() > line.y[-1]


def test_that_histograms_hold_every_row():
    rows = drawn(500)
    for place in (None, 2):
        lines = drawing("scores", rows, place).lines
        assert sum(line.weight.sum() for line in lines) == 500
        assert [line.y.sum() for line in lines] == pytest.approx([1.0, 1.0])


def test_that_without_a_curve_there_is_a_reason():
    rows = drawn(100)
    alike = rows.at(rows.gold == 0)
    assert "same label" in str(drawing("roc", alike).note)
    assert "“b”" in str(drawing("roc", alike, 1).note)


@pytest.mark.parametrize("kind", KINDS)
def test_that_hard_rows_are_drawn_too(kind):
    many = drawn(300, 1_000)
    assert len(drawing(kind, many).lines) <= MOST_LINES
    one = drawn(1)
    assert drawing(kind, one) is not None
    rows = drawn(2_000)
    assert all(len(line.x) <= 300 for line in drawing(kind, rows).lines)
    found, names = overlaid(kind, [("one", rows), ("two", drawn(2_000, seed=1))], None)
    assert set(names) == {"one", "two"} and len(names) == len(found.lines)


def test_that_a_missing_or_damaged_card_means_no_temperature(tmp_path):
    assert temperature_of(tmp_path) == 1.0
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.json").write_text("[")
    assert temperature_of(tmp_path) == 1.0
    (tmp_path / "model" / "model.json").write_text(json.dumps({"temperature": 1.7}))
    assert temperature_of(tmp_path) == 1.7
