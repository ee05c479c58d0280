"""The table of rows: lazy, cut for display, safe for whatever a cell holds; search and roles."""

from __future__ import annotations

import time

import pyarrow as pa
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from peft_desktop.core.project import Roles
from peft_desktop.ui.column_roles import changed_roles
from peft_desktop.ui.project_rows import NO_SPLIT, ProjectRows, Search, facts, find
from peft_desktop.ui.widgets.class_bars import MOST_SHOWN, ClassBars
from peft_desktop.ui.widgets.data_table import DataTable
from peft_desktop.ui.widgets.length_histogram import LengthHistogram
from peft_desktop.ui.widgets.table_model import LONGEST_SHOWN, TextTableModel, cut_for_display


def rows_of(**columns: list[str]) -> ProjectRows:
    table = pa.table(columns)
    shown = cut_for_display(table)
    return ProjectRows(
        table.append_column("_row_id", pa.array(range(table.num_rows), pa.int64())), shown
    )


SOME = rows_of(
    text=["a warm film", "a dull film", "eine Überraschung", "计算机编程 100%", ""],
    label=["pos", "neg", "pos", "neg", " "],
)


def test_that_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = TextTableModel()
    model.set_table(SOME.shown, SOME.table)
    qtmodeltester.check(model)
    model.set_rows(find(SOME, Search("film"), {}, "label"))
    qtmodeltester.check(model)
    assert model.rowCount() == 2


def test_that_a_cell_is_cut_put_on_one_line_and_kept_whole_beside(qapp: QApplication) -> None:
    long = "x" * (LONGEST_SHOWN + 5)
    rows = rows_of(text=[long, "y" * LONGEST_SHOWN, "one\r\ntwo\nthree\u2028four"])
    model = TextTableModel()
    model.set_table(rows.shown, rows.table)
    cells = [model.index(row, 0).data() for row in range(3)]
    assert cells == ["x" * LONGEST_SHOWN + "…", "y" * LONGEST_SHOWN, "one ↵ two ↵ three ↵ four"]
    assert model.full_text(model.index(0, 0)) == long
    assert model.full_length(model.index(0, 0)) == len(long)


def test_that_html_in_a_tool_tip_shows_literally(qapp: QApplication) -> None:
    rows = rows_of(text=["<b>bold</b> <img src='file:///etc/passwd'> " * 2])
    model = TextTableModel()
    model.set_table(rows.shown, rows.table)
    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip and "&lt;b&gt;" in tip and "<img" not in tip


def test_that_ten_megabytes_in_a_cell_harm_nothing(qtbot: QtBot) -> None:
    rows = rows_of(text=["长" * 3_500_000, "short"], label=["a", "b"])
    table = DataTable()
    qtbot.addWidget(table)
    table.text_model.set_table(rows.shown, rows.table)
    table.refresh_columns({"text": "text"})
    table.resize(800, 400)
    table.show()
    start = time.perf_counter()
    table.setCurrentIndex(table.text_model.index(0, 0))
    table.grab()
    tip = table.text_model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert time.perf_counter() - start < 1.0
    assert len(tip) < 5000
    assert table.current_text(100) == ("长" * 100, 3_500_000)


def test_that_a_hundred_thousand_rows_are_painted_without_asking_for_all(qtbot: QtBot) -> None:
    rows = rows_of(text=["a text of some words"] * 100_000, label=["a", "b"] * 50_000)
    asked: list[int] = []

    class Counting(TextTableModel):
        def data(self, index: QModelIndex, role: int = 0) -> object:  # type: ignore[override]
            asked.append(index.row())
            return super().data(index, role)

    table = DataTable()
    qtbot.addWidget(table)
    model = Counting(table)
    table.setModel(model)
    model.set_table(rows.shown, rows.table)
    table.resize(800, 600)
    table.show()
    table.grab()
    asked.clear()
    table.scrollToBottom()
    table.grab()
    assert asked and min(asked) > 99_900


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (Search("FILM"), [0, 1]),
        (Search("überraschung"), [2]),
        (Search("计算机"), [3]),
        (Search("0%"), [3]),
        (Search("po"), [0, 2]),
        (Search("po", column="text"), []),
        (Search(split="train"), [0, 1]),
        (Search(split=NO_SPLIT), [3, 4]),
        (Search("a ", split="train", label="neg"), [1]),
        (Search(".*"), []),
    ],
)
def test_that_search_finds_the_characters_themselves(wish: Search, found: list[int]) -> None:
    splits = {"train": [0, 1], "valid": [2], "test": []}
    assert list(find(SOME, wish, splits, "label")) == found


def test_that_no_wish_means_all_rows_and_an_unwanted_search_stops() -> None:
    assert find(SOME, Search(), {}, "label") is None
    assert find(SOME, Search("film"), {}, "label", lambda: False) is None


def test_that_facts_count_classes_and_lengths() -> None:
    known = facts(SOME, "text", "label")
    assert known.classes == [("neg", 2), ("pos", 2)] and known.unlabelled == 1
    assert sum(known.lengths.counts) == 5
    assert (known.lengths.longest, known.lengths.blank) == (17, 1)
    assert len(known.lengths.edges) == len(known.lengths.counts) + 1
    none = facts(SOME, "gone", None)
    assert none.classes == [] and none.lengths.counts == []


def test_that_one_long_text_does_not_squeeze_the_others_into_one_bar() -> None:
    found = facts(rows_of(text=["x" * n for n in range(1, 500)] + ["x" * 10**6]), "text", None)
    assert len([count for count in found.lengths.counts if count]) > 15
    assert sum(found.lengths.counts) == 500


def test_that_text_and_label_change_places_in_one_step() -> None:
    roles = Roles(text="a", label="b")
    assert changed_roles(roles, "a", "label") == Roles(text="b", label="a")
    assert changed_roles(roles, "c", "label") == Roles(text="a", label="c")
    assert changed_roles(roles, "b", "") == Roles(text="a", label=None)
    assert changed_roles(roles, "a", "") == Roles(text="", label="b")


def test_that_the_header_names_roles_and_tells_a_change(qtbot: QtBot) -> None:
    table = DataTable()
    qtbot.addWidget(table)
    table.text_model.set_table(SOME.shown, SOME.table)
    table.refresh_columns({"text": "text"})
    table.show()
    assert table.header is not None
    box = table.header.box_of("label")
    assert box is not None and box.currentData() == "" and "label" in box.accessibleName()
    with qtbot.waitSignal(table.role_chosen) as told:
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert told.args in (["label", "text"], ["label", "label"])
    assert box.currentData() == ""  # until the project says so


def test_that_the_wheel_over_a_role_changes_nothing(qtbot: QtBot) -> None:
    table = DataTable()
    qtbot.addWidget(table)
    table.text_model.set_table(SOME.shown, SOME.table)
    table.refresh_columns({"text": "text"})
    table.show()
    assert table.header is not None
    box = table.header.box_of("text")
    assert box is not None
    none, nowhere = Qt.KeyboardModifier.NoModifier, QPointF(2, 2)
    turned = QWheelEvent(
        nowhere,
        nowhere,
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turned)
    assert box.currentData() == "text"


def test_that_the_menu_of_a_column_gives_it_a_role(qtbot: QtBot) -> None:
    table = DataTable()
    qtbot.addWidget(table)
    table.text_model.set_table(SOME.shown, SOME.table)
    table.refresh_columns({"text": "text"})
    menu = table.role_menu(table.text_model.index(0, 0))
    assert menu is not None
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == ["text"]
    label = next(a for a in menu.actions() if a.data() == ("text", "label"))
    with qtbot.waitSignal(table.role_chosen) as told:
        label.trigger()
    assert told.args == ["text", "label"]
    menu.deleteLater()


def test_that_selected_rows_are_copied_with_tabs(qtbot: QtBot) -> None:
    table = DataTable()
    qtbot.addWidget(table)
    table.text_model.set_table(SOME.shown, SOME.table)
    table.selectRow(1)
    table.copy()
    assert QGuiApplication.clipboard().text() == "a dull film\tneg"


def test_that_class_bars_are_a_table_and_tell_the_picked_label(qtbot: QtBot) -> None:
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.set_classes([("<b>a</b>", 30), ("b", 10)])
    bars.show()
    bars.grab()
    cells = [[bars.item(row, column).text() for column in range(2)] for row in range(2)]
    assert cells == [["<b>a</b>", "30"], ["b", "10"]]
    with qtbot.waitSignal(bars.picked) as told:
        bars.activated.emit(bars.model().index(0, 0))
    assert told.args == ["<b>a</b>"]


def test_that_a_column_of_names_does_not_fill_the_class_bars(qtbot: QtBot) -> None:
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.set_classes([(f"name {n}", 1) for n in range(MOST_SHOWN + 500)])
    assert bars.rowCount() == MOST_SHOWN + 1
    assert bars.item(MOST_SHOWN, 0).text() == "500 more"


def test_that_the_histogram_says_itself_in_words_and_by_keys(qtbot: QtBot) -> None:
    picture = LengthHistogram()
    qtbot.addWidget(picture)
    picture.set_lengths([0, 10, 20], [3, 4], 9, 55, 1)
    picture.resize(240, 100)
    picture.show()
    picture.grab()
    assert "0 to 9 characters: 3 rows" in picture.accessibleDescription()
    assert picture.in_words(1) == "10 characters and more: 4 rows"
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    assert picture.accessibleDescription() == "0 to 9 characters: 3 rows"
    picture.copy()
    assert QGuiApplication.clipboard().text() == "0\t9\t3\n10\t19\t4"
