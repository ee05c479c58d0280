"""The ranking of prompts with the real starter model."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from peft_desktop.engine_choice import ModelLibrary
from peft_desktop.tuning.tuner import LocalTuner
from peft_desktop.ui.document import Document
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.settings import AppSettings
from peft_desktop.ui.widgets.probe_panel import ProbePanel
from peft_desktop.ui.work import Work

MODEL = "smollm2-135m-instruct"


@pytest.fixture
def panel(
    qtbot: QtBot, starter_models: Path, project_folder: Path, settings: AppSettings
) -> Iterator[ProbePanel]:
    document, work = Document(), Work()
    tuner, library = LocalTuner(starter_models), ModelLibrary(starter_models)
    document.open(project_folder)
    document.edit("test", model=MODEL)
    made = ProbePanel(Surroundings(document, work, tuner, settings, library))
    qtbot.addWidget(made)
    yield made
    work.stop()
    qtbot.waitUntil(lambda: not work.busy, timeout=10_000)
    made._errands.wait()
    document.close()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_that_the_real_model_ranks_prompts_and_finds_words(qtbot: QtBot, panel: ProbePanel) -> None:
    panel.rows.setValue(16)
    panel.ways.setCurrentIndex(1)
    panel.button.click()
    qtbot.waitUntil(lambda: bool(panel.desk.entries), timeout=120_000)
    assert panel.desk.entries[0].rows <= 12  # first figures, not all
    qtbot.waitUntil(lambda: not panel.desk.at_work, timeout=240_000)
    entries = panel.table.ranking.entries
    assert len(entries) >= 16 and any(entry.found for entry in entries)
    best = entries[0].figures("calibrated_")
    assert best is not None and best.accuracy > 0.75 > (panel.desk.majority or 1)
    assert set(panel.found.words) == {"negative", "positive"}
    panel.found.use.click()
    assert panel._document.file.prompt.words == panel.found.words


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_that_the_real_model_stops_soon(qtbot: QtBot, panel: ProbePanel) -> None:
    panel.button.click()
    qtbot.waitUntil(lambda: bool(panel.desk.entries), timeout=120_000)
    began = time.monotonic()
    panel.stop.click()
    qtbot.waitUntil(lambda: not panel.desk.at_work, timeout=10_000)
    # alone it is half a second (`dev.py bench probe` measures it); tests run beside other work
    assert time.monotonic() - began < 4
    assert panel.desk.record is not None and panel.desk.record.ranked
