"""The report of a run from the Evaluate page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from evaluate_steps import judged, shown
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from trained_runs import train

from peft_desktop.core.errors import UserError
from peft_desktop.ui.pages.evaluate_page import EvaluatePage
from peft_desktop.ui.pages.page import Surroundings


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> EvaluatePage:
    train(opened)
    return shown(qtbot, opened)


def test_that_a_judged_run_gives_a_report(
    qtbot: QtBot, page: EvaluatePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    button, target = page.bar.report, tmp_path / "told"
    assert not button.isEnabled() and "Judge the run first" in button.toolTip()
    judged(qtbot, page, "test")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    button.click()  # thought better of it
    assert not page.reporting.busy
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(page.reporting.told):
        button.click()
    assert "polyline" in target.with_suffix(".html").read_text(encoding="utf-8")


def test_that_a_deleted_run_folder_is_said_plainly(
    qtbot: QtBot, page: EvaluatePage, tmp_path: Path
) -> None:
    judged(qtbot, page, "test")
    run = page.run
    assert run is not None
    shutil.rmtree(run.folder)
    with qtbot.waitSignal(page.reporting.failed) as failed:
        page.reporting.write(run, tmp_path / "a.html")
    assert isinstance(failed.args[0], UserError) and "gone" in str(failed.args[0].what)
    assert not (tmp_path / "a.html").exists()
