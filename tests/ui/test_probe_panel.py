"""The ranking of prompts: filled live, kept with the project, put into it as one step."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fakes import FakeTuner

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP
from peft_desktop.projects.probe_record import PROBE_FILE, load_probe
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.prompt_page import PromptPage
from peft_desktop.ui.probing import VERSIONS, Entry, expected_s, verdict
from peft_desktop.ui.widgets.probe_cells import BAR, SECOND_LINE, fitting
from peft_desktop.ui.widgets.probe_panel import ProbePanel
from peft_desktop.ui.widgets.probe_table import ACCURACY, F1, INFORMATION, PROMPT, in_one_line

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def panel(qtbot: QtBot, opened: Surroundings) -> Iterator[ProbePanel]:
    made = ProbePanel(opened)
    qtbot.addWidget(made)
    made.resize(370, 640)
    made.show()
    yield made
    made._errands.wait()


def tried(qtbot: QtBot, panel: ProbePanel, way: str = "") -> None:
    panel.ways.setCurrentIndex(("", "amulap", "llr").index(way))
    panel.button.click()
    qtbot.waitUntil(lambda: not panel.desk.at_work, timeout=10_000)


def cell(panel: ProbePanel, row: int, column: int, role: Any = Qt.ItemDataRole.DisplayRole) -> Any:
    return panel.table.ranking.index(row, column).data(role)


def test_that_the_table_fills_while_prompts_are_tried(
    qtbot: QtBot, panel: ProbePanel, tuner: FakeTuner
) -> None:
    tuner.delay_s = 0.03
    counts: list[int] = []
    panel.desk.changed.connect(lambda: counts.append(panel.table.ranking.rowCount()))
    panel.button.click()
    assert not panel.button.isEnabled() and panel.stop.isVisible()
    qtbot.waitUntil(lambda: panel.desk.done > 0, timeout=5000)
    assert "answers" in panel.said.text() and panel.progress.isVisible()
    qtbot.waitUntil(lambda: not panel.desk.at_work, timeout=20_000)
    assert len({count for count in counts if count}) > 2
    assert panel.table.ranking.rowCount() == len(tuner.asked[-1][1].prompts) >= 16
    assert not panel.stop.isVisible() and not panel.progress.isVisible()


def test_that_test_rows_are_left_alone_and_my_prompt_is_tried_with_the_bank_s(
    qtbot: QtBot, panel: ProbePanel, tuner: FakeTuner
) -> None:
    tried(qtbot, panel)
    request = tuner.asked[-1][1]
    assert not set(request.rows) & set(range(40, 60)) and request.find_words == ""
    assert request.prompts[0] == panel._document.file.prompt
    mine = [row for row in range(3) if "your prompt" in str(cell(panel, row, PROMPT, SECOND_LINE))]
    assert mine == [0]


def test_that_figures_are_shown_with_interval_majority_and_a_verdict_in_words(
    qtbot: QtBot, panel: ProbePanel
) -> None:
    tried(qtbot, panel)
    assert cell(panel, 0, ACCURACY) == "0.84" and cell(panel, 0, F1) == "0.82"
    accuracy, low, high, majority, told = cell(panel, 0, ACCURACY, BAR)
    assert (round(low, 2), accuracy, round(high, 2)) == (0.69, 0.84, 0.94)
    assert (majority, told) == (0.5, "better")
    assert panel.detail.said.text().startswith("Right in 84 of 100, between 69 and 94 (40 rows")
    assert "more than always the commonest label (50)" in panel.detail.said.text()
    worst = panel.table.ranking.rowCount() - 1
    panel.table.selectRow(worst)
    assert "cannot be told apart from always the commonest label" in panel.detail.said.text()
    assert "between" in str(cell(panel, worst, ACCURACY, ACCESSIBLE))


def test_that_answers_are_read_as_they_are_or_calibrated(qtbot: QtBot, panel: ProbePanel) -> None:
    tried(qtbot, panel)
    shown = {}
    for place, version in enumerate(VERSIONS):
        panel.versions.setCurrentIndex(place)
        shown[version] = cell(panel, 0, ACCURACY)
    assert shown == {"calibrated_": "0.84", "batch_": "0.83", "": "0.74"}
    assert "Right in 74 of 100" in panel.detail.said.text()


def test_that_each_column_sorts(qtbot: QtBot, panel: ProbePanel) -> None:
    tried(qtbot, panel)
    header = panel.table.horizontalHeader()
    header.setSortIndicator(INFORMATION, Qt.SortOrder.DescendingOrder)
    values = [entry.information for entry in panel.table.ranking.entries]
    assert values == sorted(values, reverse=True) and len(set(values)) > 3  # type: ignore[type-var]
    header.setSortIndicator(PROMPT, Qt.SortOrder.AscendingOrder)
    names = [entry.prompt.template for entry in panel.table.ranking.entries]
    assert names == sorted(names)


def test_that_a_prompt_is_put_into_the_project_as_one_step(
    qtbot: QtBot, panel: ProbePanel, opened: Surroundings
) -> None:
    tried(qtbot, panel)
    before = opened.document.file.prompt
    assert not panel.detail.use.isEnabled()  # it is the first one already
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    wanted = panel.table.current
    assert wanted is not None and wanted.prompt.template != before.template
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert opened.document.file.prompt.template == wanted.prompt.template
    assert opened.document.file.prompt.words == wanted.prompt.words
    assert opened.document.undo.count() == 1
    assert "your prompt" in str(cell(panel, 1, PROMPT, SECOND_LINE))
    assert panel.table.current is not None and panel.table.current.key == wanted.key
    opened.document.undo.undo()
    assert opened.document.file.prompt == before


def test_that_stop_ends_within_a_second_and_keeps_what_is_ranked(
    qtbot: QtBot, panel: ProbePanel, tuner: FakeTuner, opened: Surroundings
) -> None:
    tuner.delay_s = 0.05
    panel.button.click()
    qtbot.waitUntil(lambda: len(panel.desk.entries) >= 3, timeout=5000)
    began = time.monotonic()
    panel.stop.click()
    qtbot.waitUntil(lambda: not panel.desk.at_work, timeout=5000)
    assert time.monotonic() - began < 1.0 and tuner.closed == 1
    assert len(panel.desk.entries) >= 3
    assert "stopped before all" in panel.said.text()
    kept = load_probe(opened.document.project.folder)  # type: ignore[union-attr]
    assert kept is not None and not kept.complete and kept.majority == {"accuracy": 0.5}


def test_that_the_ranking_is_there_again_when_the_project_is_opened(
    qtbot: QtBot, panel: ProbePanel, opened: Surroundings
) -> None:
    tried(qtbot, panel)
    folder = opened.document.folder
    assert folder is not None
    shown = [entry.key for entry in panel.desk.entries]
    opened.document.close()
    assert panel.table.ranking.rowCount() == 0
    opened.document.open(folder)
    assert [entry.key for entry in panel.desk.entries] == shown
    assert "40 rows, not the test's" in panel.said.text()


def test_that_a_ranking_is_marked_when_model_rows_or_words_are_others(
    qtbot: QtBot, panel: ProbePanel, opened: Surroundings
) -> None:
    tried(qtbot, panel)
    prompt = opened.document.file.prompt
    words = {"negative": ["no"], "positive": ["yes"]}
    for changes, why in (
        ({"model": "another"}, "another model is chosen"),
        ({"data_sha256": "0"}, "the rows have changed"),
        ({"prompt": prompt.model_copy(update={"words": words})}, "your words are others"),
    ):
        opened.document.edit("test", **changes)
        assert "Out of date" in panel.said.text() and why in panel.said.text()
        opened.document.undo.undo()
    assert "Out of date" not in panel.said.text()


def test_that_a_damaged_file_costs_the_ranking_alone(
    qtbot: QtBot, opened: Surroundings, project_folder: Path
) -> None:
    page = PromptPage(opened)
    qtbot.addWidget(page)
    (project_folder / PROBE_FILE).write_text("{", encoding="utf-8")
    opened.document.open(project_folder)
    assert any("damaged" in text for text in page.notices.texts())
    tried(qtbot, page.probe)
    assert json.loads((project_folder / PROBE_FILE).read_text("utf-8"))["schema_version"] == 1
    qtbot.waitUntil(lambda: not page._errands.busy and not page.probe._errands.busy)


def test_that_found_words_are_shown_with_scores_and_put_in_with_one_click(
    qtbot: QtBot, panel: ProbePanel, opened: Surroundings
) -> None:
    tried(qtbot, panel, "amulap")
    assert panel.found.table.item(0, 0).text() == "negative"
    assert panel.found.table.item(0, 1).text() == "negatively (2.5), negativeness (2.5)"
    assert "found words" in str(cell(panel, 0, PROMPT, SECOND_LINE))
    before = opened.document.file.prompt
    panel.found.use.click()
    now = opened.document.file.prompt
    assert now.words == {
        "negative": ["negatively", "negativeness"],
        "positive": ["positively", "positiveness"],
    }
    assert now.template == before.template and opened.document.undo.count() == 1
    opened.document.undo.undo()
    assert opened.document.file.prompt == before


def test_that_the_button_names_what_is_missing_and_goes_there(
    qtbot: QtBot, panel: ProbePanel, opened: Surroundings
) -> None:
    gone: list[str] = []
    panel.go.connect(gone.append)
    for changes, said, page in (
        ({"model": ""}, "Choose a model", "train"),
        ({"labels": ["negative"]}, "Give rows with at least 2 labels", "data"),
        ({"splits": {"test": [1]}}, "Split the rows: only test rows are there", "data"),
    ):
        opened.document.edit("test", **changes)
        assert panel.button.text() == said
        panel.button.click()
        assert gone.pop() == page and not panel.desk.at_work
        opened.document.undo.undo()
    opened.document.close()
    assert panel.button.text() == "Open a project first"


def test_that_a_failure_is_told_and_the_last_ranking_stays(
    qtbot: QtBot, panel: ProbePanel, tuner: FakeTuner
) -> None:
    tried(qtbot, panel)
    shown = panel.table.ranking.rowCount()
    errors: list[Exception] = []
    panel.failed.connect(errors.append)
    tuner.fail_with = UserError(
        QT_TRANSLATE_NOOP("engine", "No."), QT_TRANSLATE_NOOP("engine", "Go.")
    )
    tuner.fail_at_step = 0
    tried(qtbot, panel)
    assert errors == [tuner.fail_with]
    assert panel.table.ranking.rowCount() == shown


def test_that_my_earlier_prompts_are_tried_again_until_delete_forgets_them(
    qtbot: QtBot, panel: ProbePanel, tuner: FakeTuner, opened: Surroundings
) -> None:
    first = opened.document.file.prompt.model_copy(update={"template": "{text} Mine: {mask}"})
    opened.document.edit("test", prompt=first)
    tried(qtbot, panel)
    opened.document.undo.undo()
    tried(qtbot, panel)
    assert first in tuner.asked[-1][1].prompts
    row = next(r for r in range(3) if "tried by you" in str(cell(panel, r, PROMPT, SECOND_LINE)))
    panel.table.selectRow(row)
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert all(entry.prompt != first for entry in panel.desk.entries)
    tried(qtbot, panel)
    assert first not in tuner.asked[-1][1].prompts


def test_that_the_table_can_be_copied_as_text(qtbot: QtBot, panel: ProbePanel) -> None:
    tried(qtbot, panel)
    QTest.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 1 + panel.table.ranking.rowCount()
    fields = lines[1].split("\t")
    assert len(fields) == len(lines[0].split("\t")) == 15
    assert fields[0] == "Review: {text} Overall, the movie was {mask}" and fields[2] == "0.8400"


def test_that_a_prompt_that_cannot_be_tried_says_why(qtbot: QtBot, panel: ProbePanel) -> None:
    parts = {"what": "There is no {what}.", "do": "", "values": {"what": "slot"}}
    record = {"template": "x", "words": {}, "error": "in English", "refusal": parts}
    panel.desk.entries = [Entry(record)]
    panel.desk.changed.emit()
    assert cell(panel, 0, ACCURACY) == "\u2013"
    assert panel.detail.said.text() == "\u2716 There is no slot."
    assert not panel.detail.use.isEnabled() and not panel.race.isEnabled()


def test_that_the_best_prompts_are_trained_one_run_each(
    qtbot: QtBot, panel: ProbePanel, tuner: FakeTuner, opened: Surroundings
) -> None:
    tried(qtbot, panel)
    assert panel.race.text() == "Train the best 3" and panel.race.isEnabled()
    told: list[str] = []
    panel.told.connect(told.append)
    before = opened.document.file.test_peeks
    panel.race.click()
    assert not panel.button.isEnabled()
    qtbot.waitUntil(lambda: not panel.race.at_work, timeout=30_000)
    runs = opened.document.runs()
    assert [run.name for run in runs] == ["lora prompt 1", "lora prompt 2", "lora prompt 3"]
    assert len({run.recipe.prompt.template for run in runs}) == 3
    assert all(run.state == "finished" for run in runs)
    judged = [what.split for kind, what in tuner.asked if kind == "evaluate"]
    assert judged == ["valid"] * 3 and opened.document.file.test_peeks == before
    assert len(told) == 1 and told[0].startswith("Best on the validation rows: lora prompt")


def test_that_the_panel_is_folded_away_and_stays_so(qtbot: QtBot, opened: Surroundings) -> None:
    page = PromptPage(opened)
    qtbot.addWidget(page)
    page.resize(1180, 690)
    page.show()
    assert page.probe.isVisible() and page.minimumSizeHint().width() <= 1146
    page.beside.button.click()
    assert not page.probe.isVisible() and page.beside.width() < 60
    again = PromptPage(opened)
    qtbot.addWidget(again)
    again.show()
    assert not again.probe.isVisible()
    again.beside.unfold()
    assert again.probe.isVisible()
    for one in (page, again):
        qtbot.waitUntil(lambda p=one: not p._errands.busy and not p.probe._errands.busy)


def test_that_verdicts_follow_the_interval() -> None:
    record = {"template": "x", "accuracy": 0.7, "accuracy_interval": [0.6, 0.8]}
    figures = Entry(record).figures("")
    assert figures is not None
    assert [verdict(figures, share) for share in (0.5, 0.6, 0.7, 0.81, None)] == [
        "better",
        "same",
        "same",
        "worse",
        "",
    ]


def test_that_the_time_is_known_from_the_last_probe_or_guessed_from_the_size() -> None:
    short = {"no": ["bad"], "yes": ["good"]}
    assert expected_s(100, 10, short, 0, None) is None
    sizes = (135_000_000, 1_000_000_000)
    small, large = (expected_s(100, 10, short, n, None) or 0 for n in sizes)
    assert 5 < small < 30 < large
    assert expected_s(200, 10, short, 0, (100, 10, 8.0)) == pytest.approx(16.0)
    many = {str(n): ["balance not updated after a transfer"] for n in range(77)}
    assert (expected_s(100, 10, many, sizes[0], None) or 0) > 10 * small


def test_that_a_narrow_cell_shows_the_end_of_a_template(panel: ProbePanel) -> None:
    metrics = panel.fontMetrics()
    text = in_one_line("Review: {text}\nOverall, the movie was {mask}")
    assert text == "Review: \u2026 \u21b5 Overall, the movie was \u25a2"
    for shown in (text, text[len("Review: ") :], "Overall, the movie was \u25a2"):
        assert fitting(text, metrics.horizontalAdvance(shown), metrics) == shown
    early = "\u25a2 is what I think of this: \u2026"
    assert fitting(early, 10, metrics) == early
