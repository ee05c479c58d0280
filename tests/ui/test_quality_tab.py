"""The Quality and Label tabs: findings with rows and repairs, labels by key, all of it undoable."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from trained_runs import judge, train

from peft_desktop.core.files import sha256_of
from peft_desktop.core.project import open_project
from peft_desktop.data.history import steps_of
from peft_desktop.data.store import load_table
from peft_desktop.data.versions import add_version, find_version, put_in_force
from peft_desktop.ui.pages.data_page import DataPage
from peft_desktop.ui.pages.evaluate_page import EvaluatePage
from peft_desktop.ui.pages.page import Surroundings

QUALITY, LABEL = 1, 2


@pytest.fixture
def spoilt(around: Surroundings, project_folder: Path) -> Surroundings:
    """The project of 60 reviews with a leak (row 41 is row 1), a blank text, a slip, no labels."""
    table = load_table(project_folder)
    texts, labels = table["text"].to_pylist(), table["label"].to_pylist()
    texts[41], texts[5], labels[7] = texts[1], " ", "positiv"
    labels[50] = labels[51] = labels[52] = ""
    table = table.set_column(0, "text", pa.array(texts)).set_column(1, "label", pa.array(labels))
    project = open_project(project_folder)
    new = add_version(project_folder, table)
    put_in_force(project_folder, project.file.data_sha256, new)
    splits = dict(project.file.splits)
    splits["test"] = [row for row in splits["test"] if row not in (50, 51, 52)]
    project.update(data_sha256=new, splits=splits)
    around.document.open(project_folder)
    return around


def page_of(around: Surroundings, qtbot: QtBot, tab: int) -> DataPage:
    page = DataPage(around)
    qtbot.addWidget(page)
    page.resize(1150, 690)
    page.show()
    qtbot.waitUntil(lambda: page.rows is not None, timeout=5000)
    page.tabs.setCurrentIndex(tab)
    if tab == QUALITY:
        wait_for_check(page, qtbot)
    else:
        qtbot.waitUntil(lambda: page.labelling.desk.loaded, timeout=5000)
    return page


def wait_for_check(page: DataPage, qtbot: QtBot) -> None:
    view, desk = page.quality.view, page.desk

    def is_done() -> bool:
        fresh = view._checked is not None and not view._stale
        return fresh and not desk.checking and not desk.changing and not page.errands.busy

    qtbot.waitUntil(is_done, timeout=10000)


def choose(page: DataPage, kind: str) -> None:
    kinds = [finding.kind for finding in page.quality.view._findings]
    page.quality.view.list.setCurrentCell(kinds.index(kind) + 1, 1)


def kinds_of(page: DataPage) -> list[str]:
    return [finding.kind for finding in page.quality.view._findings]


def test_that_the_overview_shows_labels_lengths_and_languages(
    spoilt: Surroundings, qtbot: QtBot
) -> None:
    view = page_of(spoilt, qtbot, QUALITY).quality.view
    labels = view.overview.labels
    cells = [
        [labels.item(row, column).text() for column in range(5)] for row in range(labels.rowCount())
    ]
    assert ["positive", "28", "15", "4", "9"] in cells
    assert sum(view.overview.characters.counts) == 60
    assert view.overview.languages.item(0, 0).text() == "English"
    assert "60 rows checked" in view.summary.text()


def test_that_a_finding_shows_its_rows_and_a_repair_mends_it_until_undo(
    spoilt: Surroundings, qtbot: QtBot
) -> None:
    page = page_of(spoilt, qtbot, QUALITY)
    choose(page, "leak")
    finding = page.quality.view.finding
    model = finding.table.text_model
    assert [model.data(model.index(row, 0)) for row in range(model.rowCount())] == ["2", "42"]
    file = spoilt.document.file
    finding.buttons[0].click()
    qtbot.waitUntil(lambda: spoilt.document.file.excluded == {"leak": [41]}, timeout=5000)
    wait_for_check(page, qtbot)
    assert "leak" not in kinds_of(page) and "excluded" in kinds_of(page)
    assert 41 not in spoilt.document.file.splits["test"]
    spoilt.document.undo.undo()
    assert spoilt.document.file.excluded == {} and spoilt.document.file.splits == file.splits
    wait_for_check(page, qtbot)
    assert "leak" in kinds_of(page)


def test_that_merging_labels_changes_the_table_and_undo_brings_it_back(
    spoilt: Surroundings, qtbot: QtBot
) -> None:
    page = page_of(spoilt, qtbot, QUALITY)
    folder, before = spoilt.document.folder, spoilt.document.file.data_sha256
    assert folder is not None
    choose(page, "spelling")
    page.quality.view.finding.buttons[0].click()
    qtbot.waitUntil(lambda: spoilt.document.file.data_sha256 != before, timeout=5000)
    assert load_table(folder)["label"][7].as_py() == "positive"
    assert find_version(folder, before) is not None
    wait_for_check(page, qtbot)
    assert page.rows is not None and page.rows.table["label"][7].as_py() == "positive"
    spoilt.document.undo.undo()
    assert load_table(folder)["label"][7].as_py() == "positiv"
    assert sha256_of(folder / "data" / "table.parquet") == before
    assert open_project(folder).file.data_sha256 == before
    spoilt.document.undo.redo()
    assert load_table(folder)["label"][7].as_py() == "positive"
    wait_for_check(page, qtbot)


def test_that_chosen_rows_are_left_out_by_delete_and_labelled_by_number(
    spoilt: Surroundings, qtbot: QtBot
) -> None:
    page = page_of(spoilt, qtbot, QUALITY)
    choose(page, "leak")
    table = page.quality.view.finding.table
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_1)
    folder = spoilt.document.folder
    assert folder is not None
    qtbot.waitUntil(lambda: len(steps_of(folder)) == 1, timeout=5000)
    assert load_table(folder)["label"][41].as_py() == "negative"
    wait_for_check(page, qtbot)
    choose(page, "leak")
    table.selectRow(1)
    page.quality.view.finding.leave_out.click()
    qtbot.waitUntil(lambda: spoilt.document.file.excluded == {"by hand": [41]}, timeout=5000)
    wait_for_check(page, qtbot)


def test_that_splitting_anew_leaves_out_what_was_left_out(
    spoilt: Surroundings, qtbot: QtBot
) -> None:
    page = page_of(spoilt, qtbot, QUALITY)
    page.desk.exclude([0, 1], "Leave out")
    qtbot.waitUntil(lambda: bool(spoilt.document.file.excluded), timeout=5000)
    wait_for_check(page, qtbot)
    before = spoilt.document.file.splits
    page.deal_out(page.wish_in_force())
    qtbot.waitUntil(lambda: spoilt.document.file.splits != before, timeout=5000)
    assert not {0, 1} & {row for ids in spoilt.document.file.splits.values() for row in ids}
    wait_for_check(page, qtbot)


def test_that_a_check_can_be_stopped(spoilt: Surroundings, qtbot: QtBot) -> None:
    page = page_of(spoilt, qtbot, QUALITY)
    page.quality.view.button.click()
    assert page.desk.checking
    page.quality.view.button.click()
    assert not page.desk.checking
    qtbot.waitUntil(lambda: not page.desk.errands.busy, timeout=5000)


def test_that_number_keys_label_rows_and_backspace_takes_the_last_back(
    spoilt: Surroundings, qtbot: QtBot
) -> None:
    page = page_of(spoilt, qtbot, LABEL)
    view, desk, folder = page.labelling.view, page.labelling.desk, spoilt.document.folder
    assert folder is not None
    assert desk.queue.ids == (50, 51, 52) and view.count.text() == "0 of 3 rows labelled"
    qtbot.keyClick(view.text, Qt.Key.Key_1)
    qtbot.keyClick(view.text, Qt.Key.Key_2)
    assert desk.given == {50: "negative", 51: "positive"} and desk.place == 2
    qtbot.keyClick(view.text, Qt.Key.Key_Backspace)
    assert desk.given == {50: "negative"} and desk.place == 1
    qtbot.keyClick(view.text, Qt.Key.Key_Space)
    assert desk.place == 2
    qtbot.waitUntil(lambda: load_table(folder)["label"][50].as_py() == "negative", timeout=5000)
    assert 50 in spoilt.document.file.splits["train"]
    assert load_table(folder)["label"][51].as_py() == ""
    qtbot.waitUntil(lambda: not page.errands.busy and not page.desk.changing, timeout=5000)


def test_that_labels_given_just_before_closing_are_kept(spoilt: Surroundings, qtbot: QtBot) -> None:
    page = page_of(spoilt, qtbot, LABEL)
    folder = spoilt.document.folder
    assert folder is not None
    qtbot.keyClick(page.labelling.view.text, Qt.Key.Key_2)
    spoilt.document.close()
    assert load_table(folder)["label"][50].as_py() == "positive"
    assert open_project(folder).file.data_sha256 == sha256_of(folder / "data" / "table.parquet")
    qtbot.waitUntil(lambda: not page.errands.busy and not page.desk.errands.busy, timeout=5000)


def test_that_a_run_says_which_rows_are_most_useful(spoilt: Surroundings, qtbot: QtBot) -> None:
    page = page_of(spoilt, qtbot, QUALITY)
    choose(page, "spelling")  # a label without words could not be trained
    page.quality.view.finding.buttons[0].click()
    qtbot.waitUntil(lambda: "spelling" not in kinds_of(page), timeout=8000)
    wait_for_check(page, qtbot)
    choose(page, "blank")
    page.quality.view.finding.buttons[0].click()
    qtbot.waitUntil(lambda: bool(spoilt.document.file.excluded), timeout=5000)
    wait_for_check(page, qtbot)
    train(spoilt)
    page.tabs.setCurrentIndex(LABEL)
    view, desk = page.labelling.view, page.labelling.desk
    qtbot.waitUntil(lambda: desk.loaded, timeout=5000)
    assert view.run_box.count() == 1 and view.ask.isEnabled()
    view.ask.click()
    qtbot.waitUntil(lambda: desk.queue.run != "", timeout=5000)
    assert sorted(desk.queue.ids) == [50, 51, 52] and len(desk.queue.guesses) == 3
    assert "says:" in view.guess.text()


def test_that_labels_cannot_be_given_without_a_label_column(
    spoilt: Surroundings, qtbot: QtBot
) -> None:
    page = page_of(spoilt, qtbot, LABEL)
    file = spoilt.document.file
    spoilt.document.edit("x", roles=file.roles.model_copy(update={"label": None}))
    assert page.labelling.view.order.text() == "Choose the label column first."
    assert not page.labelling.view.keys.buttons
    qtbot.waitUntil(lambda: not page.errands.busy and not page.desk.errands.busy, timeout=5000)


def test_that_a_judged_row_is_labelled_anew_by_its_number(
    opened: Surroundings, qtbot: QtBot
) -> None:
    train(opened)
    judge(opened, "lora-1", "test")
    page = EvaluatePage(opened)
    qtbot.addWidget(page)
    page.resize(1150, 690)
    page.show()
    page.shown()
    page.show_run("lora-1")
    rows = page.view.rows
    qtbot.waitUntil(lambda: rows.count == 20, timeout=5000)
    folder, document = opened.document.folder, opened.document
    assert folder is not None
    rows.table.selectRow(0)
    row = int(rows.lines()[0][0]) - 1
    old = load_table(folder)["label"][row].as_py()
    new = next(label for label in document.file.labels if label != old)
    qtbot.keyClick(rows.table, str(document.file.labels.index(new) + 1))
    qtbot.waitUntil(lambda: load_table(folder)["label"][row].as_py() == new, timeout=5000)
    assert row in document.file.splits["test"]
    qtbot.waitUntil(lambda: rows.count == 20 and bool(rows.lines()[0][1]), timeout=5000)
    document.undo.undo()
    assert load_table(folder)["label"][row].as_py() == old
