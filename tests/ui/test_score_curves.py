"""The curves of judged rows in the window: drawn, as a table, as a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluate_steps import judged, shown
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from trained_runs import train

from peft_desktop.ui.pages.evaluate_page import EvaluatePage
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.widgets.score_curves import KINDS, ScoreCurves


@pytest.fixture
def curves(qtbot: QtBot, opened: Surroundings) -> ScoreCurves:
    train(opened)
    page: EvaluatePage = shown(qtbot, opened)
    judged(qtbot, page, "test")
    page.tabs.setCurrentWidget(page.tabs.score_curves)
    found = page.tabs.score_curves
    found.page = page  # type: ignore[attr-defined]
    return found


def test_that_every_curve_is_drawn_and_stands_in_a_table(curves: ScoreCurves) -> None:
    for place in range(len(KINDS)):
        curves.kind.setCurrentIndex(place)
        assert curves.plot is not None and curves.stack.currentWidget() is curves.plot
        assert curves.drawing is not None and curves.about.text()
        assert len(curves.plot.lines) == len(curves.drawing.lines)
        for side in ("left", "bottom"):  # 0.9 is written so, not as 900 thousandths
            axis = curves.plot.getPlotItem().getAxis(side)
            assert axis.autoSIPrefixScale == 1.0 and not axis.autoSIPrefix
        curves.as_table.setChecked(True)
        points = sum(len(line.x) for line in curves.drawing.lines)
        assert curves.table.rowCount() == points > 0
        curves.as_table.setChecked(False)
    curves.as_table.setChecked(True)
    assert curves.stack.currentWidget() is curves.table


def test_that_a_label_can_be_chosen_where_a_curve_has_one(curves: ScoreCurves) -> None:
    assert curves.label.count() == 3
    curves.label.setCurrentIndex(1)
    assert curves.drawing is not None and len(curves.drawing.lines) == 1
    curves.kind.setCurrentIndex(KINDS.index("coverage"))
    assert not curves.label.isEnabled()


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_that_the_plot_is_saved_as_a_picture(
    curves: ScoreCurves, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"roc.{ending}"
    curves.save_to(target)
    held = target.read_bytes()
    assert held.startswith(b"\x89PNG") if ending == "png" else b"<svg" in held
    assert [path.name for path in tmp_path.glob("roc*")] == [target.name]


def test_that_other_pictures_are_refused_in_a_sentence(
    curves: ScoreCurves, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(curves.failed) as told:
        curves.save_to(tmp_path / "roc.bmp")
    assert ".svg or .png" in str(told.args[0]) and not list(tmp_path.glob("*.bmp"))


def test_that_it_is_said_what_to_do_before_anything_was_judged(
    qtbot: QtBot, opened: Surroundings
) -> None:
    train(opened)
    page = shown(qtbot, opened)
    curves = page.tabs.score_curves
    page.tabs.setCurrentWidget(curves)
    assert "Judge the run first" in curves._note.text() and not curves.save.isEnabled()


def test_that_another_language_and_another_theme_leave_the_curve(curves: ScoreCurves) -> None:
    QApplication.sendEvent(curves, QEvent(QEvent.Type.LanguageChange))
    assert curves.plot is not None
    QApplication.sendEvent(curves.plot, QEvent(QEvent.Type.PaletteChange))
    assert len(curves.plot.lines) == 2
