"""The rows of the Data page in another order, narrowed to a value, one by one in full."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pyarrow as pa
import pytest
from data_steps import Show, pages_shown, settled
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from peft_desktop.ui.pages.data_page import DataPage
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.project_rows import ProjectRows, Search, find, order
from peft_desktop.ui.widgets.row_view import PIECE, Rows, RowView
from peft_desktop.ui.widgets.table_model import TextTableModel, cut_for_display


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    with pages_shown(qtbot) as shown:
        yield shown


def rows_of(**columns: list[str]) -> ProjectRows:
    table = pa.table(columns)
    ids = pa.array(range(table.num_rows), pa.int64())
    return ProjectRows(table.append_column("_row_id", ids), cut_for_display(table))


def column(page: DataPage, place: int) -> list[str]:
    model = page.view.table.text_model
    return [model.index(row, place).data() for row in range(model.rowCount())]


def test_that_numbers_sort_as_numbers_texts_as_texts_and_empty_cells_last() -> None:
    rows = rows_of(
        number=["10", "9", "", "-1.5", "9"], text=["b", "A", "a", " ", "B"], mixed=list("10a2b")
    )
    assert list(order(rows, "number", False)) == [3, 1, 4, 0, 2]
    assert list(order(rows, "number", True)) == [0, 1, 4, 3, 2]  # equals keep the file's order
    assert list(order(rows, "text", False)) == [1, 2, 0, 4, 3]
    assert list(order(rows, "mixed", True)) == [4, 2, 3, 0, 1]
    assert list(find(rows, Search("9", sort="number"), {}, None)) == [1, 4]
    assert list(find(rows, Search(values=(("number", "9"),)), {}, None)) == [1, 4]
    assert list(find(rows, Search(values=(("number", "9"), ("text", "B"))), {}, None)) == [4]
    assert list(find(rows, Search(values=(("gone", "9"),), sort="gone"), {}, None) or []) == []


def test_that_a_hundred_thousand_rows_are_sorted_in_a_second() -> None:
    rows = rows_of(text=[f"text {n * 7919 % 100_000}" for n in range(100_000)])
    since = time.perf_counter()
    found = order(rows, "text", False)
    assert time.perf_counter() - since < 3
    assert len(found) == 100_000
    since = time.perf_counter()
    assert order(rows, "text", False) is found
    assert time.perf_counter() - since < 0.01


def test_that_a_click_sorts_and_the_third_brings_the_files_order_back(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    header = page.view.table.header
    assert header is not None
    as_in_file = column(page, 1)
    place = header.sectionViewportPosition(1) + 20
    seen = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))
        settled(qtbot, page)
        seen.append(column(page, 1))
    assert seen[0] == sorted(as_in_file) != as_in_file
    assert seen[1] == sorted(as_in_file, reverse=True)
    assert seen[2] == as_in_file and header.order[0] == -1
    assert page.view.table.text_model.shows_all


def test_that_sorting_and_narrowing_go_by_keys_and_stand_in_the_menu(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    page.activateWindow()
    table, model = page.view.table, page.view.table.text_model
    table.setFocus()
    table.setCurrentIndex(model.index(3, 1))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_O, keys)
    settled(qtbot, page)
    assert column(page, 1)[:30] == ["negative"] * 30
    assert table.currentIndex().column() == 1
    assert model.headerData(0, Qt.Orientation.Vertical) == "1"  # the row's own number stays
    table.setCurrentIndex(model.index(40, 1))
    qtbot.keyClick(table, Qt.Key.Key_F, keys)
    settled(qtbot, page)
    assert column(page, 1) == ["positive"] * 30
    [button] = page.view.rows_search.values.buttons
    assert button.text().startswith("label = positive") and button.isVisible()
    qtbot.keyClick(table, Qt.Key.Key_A, keys)
    settled(qtbot, page)
    assert model.rowCount() == 60 and not page.view.rows_search.values.isVisible()
    texts = [action.text() for action in page.actions()]
    assert "S&ort by the column" in texts and all(action.isEnabled() for action in page.actions())
    assert len({a.shortcut().toString() for a in page.actions() if a.shortcut().toString()}) == 7


def test_that_a_filter_is_lifted_by_its_button_and_shows_html_as_it_is(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    values = page.view.rows_search.values
    values.add("source", "<b>&x</b>" + "y" * 300)
    settled(qtbot, page)
    assert page.view.table.text_model.rowCount() == 0
    assert "<b>&&x</b>" in values.buttons[0].text() and len(values.buttons[0].text()) < 80
    values.add("source", "paper")  # of one column one value
    settled(qtbot, page)
    assert page.view.table.text_model.rowCount() == 60 and len(values.buttons) == 1
    values.buttons[0].click()
    settled(qtbot, page)
    assert values.values == () and page.view.table.text_model.shows_all


def test_that_the_role_of_any_column_can_be_chosen_by_keys(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    page.activateWindow()
    table = page.view.table
    table.setFocus()
    table.setCurrentIndex(table.text_model.index(0, 2))
    qtbot.keyClick(table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text() == 'The column "source" is'
    chosen = next(action for action in menu.actions() if action.text() == "id")
    menu.setActiveAction(chosen)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert opened.document.file.roles.id == "source"


def test_that_return_opens_the_row_and_keys_go_through_rows_and_columns(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    table, model = page.view.table, page.view.table.text_model
    page.view.rows_search.pick_label("positive")
    settled(qtbot, page)
    table.setFocus()
    table.setCurrentIndex(model.index(2, 1))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    view = page.view.findChild(RowView)
    assert view is not None
    assert view.windowTitle() == "Row 6" and view.text.toPlainText() == "positive"
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.columns.setCurrentRow(0)
    assert "number 5 is" in view.text.toPlainText()
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert view.windowTitle() == "Row 8" and "number 7 is" in view.text.toPlainText()
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert view.row == 0 and not view.back.isEnabled()
    view.close()


def test_that_ten_megabytes_open_in_parts_and_are_copied_whole(qtbot: QtBot) -> None:
    long = "长" * 3_500_000
    rows = rows_of(text=["short", long])
    model = TextTableModel()
    model.set_table(rows.shown, rows.table)
    since = time.perf_counter()
    view = RowView(model.as_rows(), 1, 0)
    qtbot.addWidget(view)
    view.show()
    view.grab()
    view.piece.setValue(view.piece.maximum())
    view.grab()
    assert time.perf_counter() - since < 3
    assert view.piece.maximum() == 175 and len(view.text.toPlainText()) == PIECE
    view.copy()
    assert len(QGuiApplication.clipboard().text()) == 3_500_000
    view.show_before()
    assert not view.piece.isVisible() and view.text.toPlainText() == "short"
    QGuiApplication.clipboard().clear()


def test_that_the_row_view_shows_html_as_it_is_and_long_names_short(qtbot: QtBot) -> None:
    rows = Rows(["<b>n</b>" * 60], 1, lambda row: row, lambda *at: "<i>x</i>", lambda *at: 8)
    view = RowView(rows, 0, 0)
    qtbot.addWidget(view)
    view.show()
    assert view.text.toPlainText() == "<i>x</i>"
    assert view.columns.item(0).text().startswith("<b>n</b>") and view.width() <= 1000
    assert "&lt;b&gt;" in view.columns.item(0).toolTip()
