"""The Data page: rows, search, roles and splits, undone and told; nothing blocks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from data_steps import Show, dialog_of, imported, pages_shown, reviews, settled
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from peft_desktop.core.project import open_project
from peft_desktop.ui import data_errands
from peft_desktop.ui.import_plan import samples
from peft_desktop.ui.pages.data_page import DataPage
from peft_desktop.ui.pages.page import Surroundings


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    with pages_shown(qtbot) as shown:
        yield shown


def test_that_without_a_project_the_page_asks_for_data(around: Surroundings, show: Show) -> None:
    page = show(around)
    assert page.empty.isVisible() and not page.view.isVisible()
    assert page.state()[0] == "needs"
    names = [sample.name for sample in samples()]
    assert names[0] == "movie_reviews" and len(names) >= 3
    assert [b.objectName() for b in page.empty._sample_buttons] == names


def test_that_the_rows_are_read_after_the_page_is_shown(qtbot: QtBot, opened: Surroundings) -> None:
    page = DataPage(opened)
    qtbot.addWidget(page)
    assert page.rows is None and not page.errands.busy
    page.show()
    qtbot.waitUntil(lambda: page.facts is not None)
    settled(qtbot, page)
    assert page.view.table.text_model.rowCount() == 60
    assert page.view.rows_search.count.text() == "60 rows"
    assert page.view.bar.receipt.text() == "60 rows read, 0 rejected, UTF-8, comma"
    assert not page.view.bar.rejected.isEnabled()
    assert page.facts is not None and page.facts.classes == [("negative", 30), ("positive", 30)]
    assert [label.text() for label in page.view.split._numbers] == ["32", "8", "20", "0"]
    assert page.state()[0] == "done"


def test_that_search_and_filters_narrow_the_table(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    view, model = page.view, page.view.table.text_model
    view.rows_search.text.setText("NUMBER 1")
    settled(qtbot, page)
    assert model.rowCount() == 11 and view.rows_search.count.text() == "11 of 60 rows"
    view.rows_search.in_split.setCurrentIndex(view.rows_search.in_split.findData("test"))
    view.rows_search.in_split.activated.emit(0)
    view.rows_search.text.clear()
    settled(qtbot, page)
    assert model.rowCount() == 20
    view.classes.picked.emit("positive")
    settled(qtbot, page)
    assert model.rowCount() == 10
    assert {model.index(row, 1).data() for row in range(10)} == {"positive"}
    view.rows_search.in_split.setCurrentIndex(0)
    view.rows_search.in_label.setCurrentIndex(0)
    view.search_changed.emit()
    settled(qtbot, page)
    assert model.rowCount() == 60


def test_that_splitting_anew_is_one_step_that_can_be_undone(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    box, document = page.view.split, opened.document
    before = document.file.splits
    assert not box.button.isEnabled() and "change a value" in box.button.toolTip()
    box.mode.setCurrentIndex(1)
    box.per_class.setValue(4)
    box.button.click()
    settled(qtbot, page)
    assert {name: len(ids) for name, ids in document.file.splits.items()} == {
        "train": 8,
        "valid": 8,
        "test": 44,
    }
    assert document.file.per_class == 4
    assert [label.text() for label in box._numbers] == ["8", "8", "44", "0"]
    document.undo.undo()
    assert document.file.splits == before and document.file.per_class is None
    document.undo.redo()
    assert box.per_class.value() == 4 and not box.button.isEnabled()


def test_that_shares_and_seed_decide_the_split(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    box, document = page.view.split, opened.document
    splits = []
    for seed in (1, 2, 1):
        box.valid.setValue(20)
        box.test.setValue(30)
        box.seed.setValue(seed)
        box.button.click()
        settled(qtbot, page)
        splits.append(document.file.splits)
    assert splits[0] == splits[2] != splits[1]
    assert [len(splits[0][name]) for name in ("train", "valid", "test")] == [30, 12, 18]


def test_that_another_label_column_brings_its_labels_and_splits(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    document = opened.document
    page.choose_role("source", "label")  # one value only
    settled(qtbot, page)
    assert "same label" in page.notices.texts()[0]
    assert document.file.roles.label == "label"
    page.choose_role("label", "")
    settled(qtbot, page)
    assert document.file.roles.label is None and document.file.splits == {}
    assert page.state() == ("needs", "Choose the label column.")
    assert not page.view.split.button.isEnabled()
    page.choose_role("label", "label")
    settled(qtbot, page)
    assert document.file.labels == ["negative", "positive"]
    assert sum(len(ids) for ids in document.file.splits.values()) == 60
    box = page.view.table.header.box_of("label")
    assert box is not None and box.currentData() == "label"
    document.undo.undo()
    assert document.file.roles.label is None and box.currentData() == ""


def test_that_a_role_without_learning_changes_no_split(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    splits = opened.document.file.splits
    page.choose_role("source", "id")
    assert opened.document.file.roles.id == "source"
    assert opened.document.file.splits is splits and opened.document.undo.count() == 1


def test_that_the_whole_cell_can_be_read_and_html_shows_literally(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    more = "<b>bold</b> <img src=x>" + "!" * 30_000 + ",1\r\n"
    source = reviews(tmp_path / "mine.csv", more=more)
    imported(qtbot, page, dialog_of(qtbot, page, source))
    page.view.table.setCurrentIndex(page.view.table.text_model.index(40, 0))
    assert page.view.cell.toPlainText().startswith("<b>bold</b> <img src=x>")
    assert page.view.cell.toPlainText().endswith("opens all of them")


def test_that_a_lost_table_is_told_in_the_page(
    qtbot: QtBot, opened: Surroundings, project_folder: Path
) -> None:
    (project_folder / "data" / "table.parquet").unlink()
    page = DataPage(opened)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.notices.texts()))
    settled(qtbot, page)
    assert "no data" in page.notices.texts()[0]


def test_that_a_page_that_goes_while_it_reads_takes_nothing_along(
    qtbot: QtBot, opened: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, may_go_on, load = threading.Event(), threading.Event(), data_errands.loaded

    def held(*args: Any) -> Any:
        reads.set()
        assert may_go_on.wait(30)
        return load(*args)

    monkeypatch.setattr(data_errands, "loaded", held)
    page = DataPage(opened)
    page.show()
    try:
        qtbot.waitUntil(reads.is_set)
        assert page.errands.busy
    finally:
        may_go_on.set()
        page.close()
        page.deleteLater()
        QApplication.processEvents()
    assert open_project(opened.document.folder).file.name == "reviews"  # type: ignore[arg-type]


def test_that_tab_goes_through_the_page_as_one_reads(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    view, header = page.view, page.view.table.header
    assert header is not None
    view.rows_search.text.setFocus()
    met = []
    for _ in range(10):
        qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())
    assert met == [
        view.rows_search.column,
        view.rows_search.in_split,
        view.rows_search.in_label,
        *header.boxes,
        view.table,
        view.cell,
        view.classes,
        view.lengths,
    ]


def test_that_another_language_keeps_what_was_chosen(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    view = page.view
    view.rows_search.in_label.setCurrentIndex(view.rows_search.in_label.findData("positive"))
    view.rows_search.in_label.activated.emit(0)
    settled(qtbot, page)
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    settled(qtbot, page)
    assert view.rows_search.in_label.currentData() == "positive"
    assert view.table.text_model.rowCount() == 30
    assert page.minimumSizeHint().width() <= 1180 and page.minimumSizeHint().height() <= 690


def test_that_every_control_has_a_name_and_a_tip(
    qtbot: QtBot, opened: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(opened)
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    for part in (page, dialog):
        for kind in (QComboBox, QSpinBox, QLineEdit, QAbstractButton):
            for widget in part.findChildren(kind):
                if widget.isVisible() and not widget.objectName().startswith("qt_"):
                    named = widget.accessibleName() or getattr(widget, "text", str)()
                    assert named and (widget.toolTip() or isinstance(widget, QComboBox)), widget
    dialog.reject()
