"""Curves take events at any pace, paint seldom, and say the same as their table."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from peft_desktop.core import events as ev
from peft_desktop.core.events import Event
from peft_desktop.ui.widgets.curve_table import MACRO_F1, STEP, VALID
from peft_desktop.ui.widgets.curves import REPAINT_MS, Curves
from peft_desktop.ui.widgets.plots import DARK, LIGHT, LOOKS
from peft_desktop.ui.widgets.series import Series


def step(n: int, loss: float = 1.0, prompt: float | None = 0.5) -> ev.Stepped:
    return ev.Stepped(n, n / 10, loss, prompt, 0.25, 1e-3, 1.0, 20.0, 10**9, 5.0)


def look(n: int, loss: float, best: bool) -> ev.Evaluated:
    return ev.Evaluated(n, "valid", loss, {"accuracy": 0.8, "macro_f1": 0.7}, best)


def a_run(steps: int) -> list[Event]:
    events: list[Event] = [look(0, 2.0, True)]
    for n in range(1, steps + 1):
        events.append(step(n, 1 / n))
        if n % 10 == 0:
            events += [look(n, 1 / n, n <= 20), ev.CheckpointSaved(n, f"checkpoints/step-{n}")]
    return events


@pytest.fixture
def curves(qtbot: QtBot) -> Curves:
    curves = Curves()
    curves.resize(700, 500)
    qtbot.addWidget(curves)
    return curves


def painted(qtbot: QtBot, curves: Curves) -> None:
    before = curves.repaints
    qtbot.waitUntil(lambda: curves.repaints > before, timeout=2000)


def test_that_series_grow_and_keep_their_points() -> None:
    series = Series()
    for n in range(5000):
        series.append(n, n / 2)
    assert len(series) == 5000
    assert series.x.dtype == np.float64 and series.y[4999] == 2499.5
    assert series.at(4321) == 2160.5 and series.at(0.5) is None


@pytest.mark.parametrize("weight", [0.3, 0.9])
def test_that_smoothing_in_pieces_is_smoothing_at_once(weight: float) -> None:
    chance = np.random.default_rng(1)
    values = chance.random(2500)
    pieces, whole = Series(), Series()
    for n, value in enumerate(values):
        pieces.append(n, value)
        whole.append(n, value)
        if n % 700 == 0:
            pieces.smoothed(weight)
    np.testing.assert_allclose(pieces.smoothed(weight), whole.smoothed(weight))
    flat = Series()
    for n in range(50):
        flat.append(n, 3.0)
    np.testing.assert_allclose(flat.smoothed(weight), 3.0)


def test_that_a_hidden_page_paints_nothing_and_a_shown_one_catches_up(
    qtbot: QtBot, curves: Curves
) -> None:
    curves.take(a_run(100))
    qtbot.wait(3 * REPAINT_MS)
    assert curves.repaints == 0
    curves.show()
    painted(qtbot, curves)
    x, y = curves.plots.curves["loss"].getOriginalDataset()
    assert len(x) == 100 and y[-1] == pytest.approx(0.01)


def test_that_a_flood_of_events_is_painted_at_most_ten_times_a_second(
    qtbot: QtBot, curves: Curves
) -> None:
    curves.show()
    since = time.monotonic()
    for n in range(1, 151):
        curves.take([step(n)])
        qtbot.wait(1)
    seconds = time.monotonic() - since
    assert 1 <= curves.repaints <= 10 * seconds + 1


def test_that_both_losses_may_be_missing(qtbot: QtBot, curves: Curves) -> None:
    curves.take([step(1, prompt=None)])
    assert len(curves.series["prompt"]) == 0 and len(curves.series["loss"]) == 1


def test_that_the_best_step_and_checkpoints_are_marked(qtbot: QtBot, curves: Curves) -> None:
    curves.take(a_run(50))
    curves.show()
    painted(qtbot, curves)
    assert curves.best == 20 and curves.checkpoints == [10, 20, 30, 40, 50]
    assert "best: step 20" in curves.readout.text()


def test_that_a_log_scale_copes_with_zero_loss(qtbot: QtBot, curves: Curves) -> None:
    curves.take([step(1, 1.0), step(2, 0.0), step(3, 0.5)])
    curves.show()
    painted(qtbot, curves)
    curves.logarithmic.setChecked(True)
    painted(qtbot, curves)
    curves.smoothing.setValue(60)
    painted(qtbot, curves)
    assert curves.plots.plots["loss"].getAxis("left").logMode


def test_that_hovering_names_the_values_of_the_nearest_step(qtbot: QtBot, curves: Curves) -> None:
    curves.take(a_run(50))
    curves.show()
    painted(qtbot, curves)
    curves.plots.hovered.emit(20.3)
    assert curves.readout.text().startswith("Step 20")
    assert "validation 0.0500" in curves.readout.text()
    curves.plots.hovered.emit(float("nan"))
    assert curves.readout.text().startswith("Step 50")


def test_that_the_table_twin_holds_the_same_numbers(qtbot: QtBot, curves: Curves) -> None:
    curves.take(a_run(20))
    curves.show()
    painted(qtbot, curves)
    curves.as_table.setChecked(True)
    painted(qtbot, curves)
    model = curves.table.model()
    assert curves.stack.currentWidget() is curves.table
    assert model.rowCount() == 21  # step 0 was only looked at
    assert model.index(20, STEP).data() == "\u2605 20"
    assert model.index(20, VALID).data() == "0.0500"
    assert model.index(20, MACRO_F1).data() == "0.7000"
    curves.take([step(21)])
    painted(qtbot, curves)
    assert model.rowCount() == 22
    headings = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(8)]
    assert headings[0] == "Step" and len(set(headings)) == 8


def test_that_an_empty_view_says_what_to_do_and_a_cleared_one_is_empty(curves: Curves) -> None:
    curves.show()
    assert curves.stack.currentWidget() not in (curves.plots, curves.table)
    curves.take(a_run(10))
    curves.clear()
    assert all(len(series) == 0 for series in curves.series.values())
    assert curves.best is None and curves.checkpoints == []


def _brightness(colour: QColor) -> float:
    def part(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    parts = (colour.redF(), colour.greenF(), colour.blueF())
    return float(np.dot([0.2126, 0.7152, 0.0722], [part(value) for value in parts]))


@pytest.mark.parametrize(("colours", "ground"), [(LIGHT, "#ffffff"), (DARK, "#2d2d2d")])
def test_that_curves_stand_out_from_their_ground(colours: dict[str, str], ground: str) -> None:
    low = _brightness(QColor(ground))
    for colour in colours.values():
        high = _brightness(QColor(colour))
        assert (max(low, high) + 0.05) / (min(low, high) + 0.05) >= 3.0, colour


def test_that_curves_of_one_plot_differ_by_line_not_by_colour_alone() -> None:
    for plot in ("loss", "score"):
        lines = [look.line for look in LOOKS.values() if look.plot == plot]
        assert len(set(lines)) == len(lines)


def test_that_a_dark_palette_gives_a_dark_ground(qtbot: QtBot, curves: Curves) -> None:
    palette = QPalette(QColor("#333333"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#1e1e1e"))
    curves.setPalette(palette)
    assert curves.plots.backgroundBrush().color() == QColor("#1e1e1e")
    assert curves.plots.curves["loss"].opts["pen"].color() == QColor(DARK["blue"])
    assert curves.plots.curves["loss"].opts["pen"].width() == 1
