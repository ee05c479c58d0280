"""From a file, a paste or a sample to a new project; nothing is left when it is not wanted."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from data_steps import REVIEWS, Show, dialog_of, imported, pages_shown, reviews, settled
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot
from window_fakes import FakeLibrary

from peft_desktop.ui.import_plan import free_folder
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.widgets.data_table import MOST_BOXES
from peft_desktop.ui.widgets.rejected_rows import RejectedRows
from peft_desktop.ui.widgets.split_box import COLUMN


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    with pages_shown(qtbot) as shown:
        yield shown


def test_that_a_file_becomes_a_project_and_is_opened(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    source = reviews(tmp_path / "mine.csv", more="only one field\r\n")
    dialog = dialog_of(qtbot, page, source)
    assert "40 rows read, 1 rejected. The first is line 42" in dialog._status.text()
    assert dialog.form.encoding.currentText() == "found: UTF-8"
    assert dialog.form.delimiter.currentText() == "found: comma"
    assert dialog.form.text.currentText() == "text"
    imported(qtbot, page, dialog)
    assert around.document.folder == around.settings.projects_folder / "mine"
    assert around.document.file.labels == ["0", "1"]
    assert page.view.table.text_model.rowCount() == 40
    assert page.new.dialog is None
    page.view.bar.rejected.click()
    shown = page.view.findChild(RejectedRows)
    assert shown is not None
    qtbot.waitUntil(lambda: not shown.errands.busy)
    model = shown.table.text_model
    assert [model.index(0, c).data() for c in (0, 1, 3)] == ["mine.csv", "42", "only one field"]
    assert model.index(0, 2).data() == "1 instead of 2 fields"
    shown.close()


def test_that_the_preview_follows_the_settings(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    path = tmp_path / "a.csv"
    path.write_bytes("文本;标签\n".encode("gb18030") + "好看;1\n难看;0\n".encode("gb18030") * 30)
    dialog = dialog_of(qtbot, page, path)
    form, model = dialog.form, dialog.table.text_model
    form.encoding.setCurrentIndex(form.encoding.findData("gb18030"))
    form.encoding.activated.emit(0)
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    assert model.names == ["文本", "标签"]
    assert form.encoding.currentData() == "gb18030"  # what the user chose stays chosen
    form.delimiter.setCurrentIndex(form.delimiter.findData(","))
    form.delimiter.activated.emit(0)
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    assert model.names == ["文本;标签"]
    form.delimiter.setCurrentIndex(0)
    form.header.setChecked(False)
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    assert model.names == ["column_1", "column_2"]
    assert "61 rows read" in dialog._status.text()
    form.encoding.setCurrentIndex(form.encoding.findData("utf-8"))
    form.encoding.activated.emit(0)
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    assert model.rowCount() == 0 and not dialog.go.isEnabled()
    assert "utf-8" in dialog.notices.texts()[0]
    dialog.reject()


def test_that_cancelling_adds_nothing(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    dialog.reject()
    assert around.document.project is None
    assert not around.settings.projects_folder.exists()


def test_that_stopping_an_import_leaves_nothing_behind(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    gone: list[bool] = []
    dialog.finished.connect(lambda: gone.append(True))
    dialog.start()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # never stops asking for what works
    assert page.work.busy
    dialog.cancel.click()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=20000)
    assert gone and around.document.project is None
    made = around.settings.projects_folder
    assert not made.exists() or not list(made.iterdir())


def test_that_a_file_without_a_header_keeps_its_first_row(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    path = tmp_path / "bare.csv"
    path.write_text("\n".join(f"{t},{label}" for t, label in REVIEWS), encoding="utf-16")
    page.new.import_file(path)
    dialog = page.new.dialog
    assert dialog is not None
    dialog.form.header.setChecked(False)
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    imported(qtbot, page, dialog)
    assert page.view.bar.receipt.text() == "40 rows read, 0 rejected, UTF-16, comma"
    assert page.rows is not None and page.rows.receipts[0].file == "bare.csv"
    model = page.view.table.text_model
    assert model.names == ["column_1", "column_2"] and model.rowCount() == 40
    assert model.index(0, 0).data() == REVIEWS[0][0]


def test_that_a_taken_folder_is_told_in_the_button(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    dialog.folder.line.setText(str(tmp_path))
    assert not dialog.go.isEnabled() and dialog.go.text() == "Choose another folder"
    dialog.folder.line.setText("")
    assert not dialog.go.isEnabled()
    dialog.folder.line.setText(str(tmp_path / "new"))
    assert dialog.go.isEnabled()
    dialog.reject()


def test_that_a_failing_import_is_told_in_the_dialog_and_can_be_mended(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    dialog.form.label.setCurrentIndex(dialog.form.label.findText("text"))
    dialog.start()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=20000)
    assert "cannot be text and label at once" in dialog.notices.texts()[0]
    assert dialog.go.isEnabled() and around.document.project is None
    dialog.reject()


def test_that_a_workbook_lets_one_choose_the_sheet(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    import xlsxwriter

    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, column in (("first", "a"), ("第二", "b")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [column, "label"])
            for row in range(1, 5):
                sheet.write_row(row, 0, [f"text {row}", "xy"[row % 2]])
    page = show(around)
    dialog = dialog_of(qtbot, page, path)
    sheet_box = dialog.form.sheet
    assert sheet_box.isVisible() and sheet_box.currentText() == "found: first"
    assert not dialog.form.delimiter.isEnabled()
    sheet_box.setCurrentIndex(sheet_box.findData("第二"))
    sheet_box.activated.emit(0)
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    assert dialog.table.text_model.names == ["b", "label"]
    dialog.reject()


def test_that_copied_cells_become_a_table(qtbot: QtBot, around: Surroundings, show: Show) -> None:
    page = show(around)
    QGuiApplication.clipboard().clear()
    page.new.paste()
    assert "Nothing to paste" in page.notices.texts()[0] and page.new.dialog is None
    QGuiApplication.clipboard().setText("text\tlabel\ngood, really\t1\nbad\t0\n" * 1)
    page.new.paste()
    dialog = page.new.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    assert dialog.table.text_model.names == ["text", "label"]
    assert dialog.table.text_model.index(0, 0).data() == "good, really"
    scratch = Path(str(dialog._scratch))
    dialog.reject()
    assert not scratch.exists()


def test_that_a_dropped_file_opens_the_import(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(reviews(tmp_path / "mine.csv")))])
    dropped = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    for area in (page.empty, page):
        area.dropEvent(dropped)
        assert page.new.dialog is not None
        page.new.dialog.reject()
        assert page.new.dialog is None


def test_that_dropped_rows_of_text_and_pasted_ones_open_the_import(
    qtbot: QtBot, around: Surroundings, show: Show
) -> None:
    page = show(around)
    mime = QMimeData()
    mime.setText("text\tlabel\ngood\t1\nbad\t0\n")
    dropped = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    for area in (page.empty, page):
        area.dropEvent(dropped)
        assert page.new.dialog is not None
        page.new.dialog.reject()
    QGuiApplication.clipboard().setText(mime.text())
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.empty.paste_button.setFocus()
    qtbot.keyClick(page.empty.paste_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.new.dialog is not None
    page.new.dialog.reject()
    QGuiApplication.clipboard().clear()


def test_that_a_sample_becomes_a_project_ready_to_train(
    qtbot: QtBot, around: Surroundings, show: Show
) -> None:
    page = show(around)
    with qtbot.waitSignal(page.new.opened, timeout=30000):
        page.new.try_sample("keyword_zh")
    qtbot.waitUntil(lambda: page.facts is not None, timeout=20000)
    settled(qtbot, page)
    file = around.document.file
    assert file.prompt.words == {"0": ["否"], "1": ["是"]}
    assert len(file.splits["test"]) == 200
    assert page.state()[0] == "done"


def test_that_a_project_can_be_made_without_any_model(
    qtbot: QtBot, around: Surroundings, show: Show, library: FakeLibrary, tmp_path: Path
) -> None:
    library.cards.clear()
    page = show(around)
    imported(qtbot, page, dialog_of(qtbot, page, reviews(tmp_path / "mine.csv")))
    assert around.document.file.model == ""


def test_that_a_second_import_is_refused_while_something_works(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    page.new.try_sample("movie_reviews")
    dialog.start()
    assert "Something else is at work" in dialog.notices.texts()[0]
    dialog.reject()
    qtbot.waitUntil(lambda: not page.work.busy and not page.errands.busy, timeout=30000)


def test_that_a_free_folder_is_found_for_any_name(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert free_folder(tmp_path, "a").name == "a-2"
    assert free_folder(tmp_path, " ..").name == "project"
    assert free_folder(tmp_path, 'x<b>"/y').name == "x-b---y"


def test_that_a_split_column_is_followed_and_known_again(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["text", "label", "split", "turn"])
        for n, (text, label) in enumerate(REVIEWS):
            named = ("train", "dev", "test")[max(0, n // 4 - 7)]
            out.writerow([text, label, named, n % 3])
    page = show(around)
    imported(qtbot, page, dialog_of(qtbot, page, path))
    box, document = page.view.split, around.document
    assert [label.text() for label in box._numbers] == ["32", "4", "4", "0"]
    assert box.mode.currentIndex() == COLUMN and not box.button.isEnabled()
    named_splits = document.file.splits
    box.mode.setCurrentIndex(0)
    box.button.click()
    settled(qtbot, page)
    assert document.file.splits != named_splits and box.mode.currentIndex() == 0
    document.undo.undo()
    assert box.mode.currentIndex() == COLUMN
    document.undo.redo()
    box.mode.setCurrentIndex(COLUMN)
    box.button.click()
    settled(qtbot, page)
    assert document.file.splits == named_splits
    page.choose_role("turn", "split")  # says nothing that names a split
    before = document.file.splits
    box.seed.setValue(5)
    box.button.click()
    settled(qtbot, page)
    assert "does not say train, valid or test" in page.notices.texts()[-1]
    assert document.file.splits == before


def test_that_names_of_three_hundred_characters_widen_nothing(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    path = tmp_path / ("n" * 240 + ".csv")
    page = show(around)
    with path.open("w", encoding="utf-8") as file:
        file.write("text," + "l" * 300 + "\n")
        file.writelines(f"{text},{label * 300}\n" for text, label in REVIEWS)
    dialog = dialog_of(qtbot, page, path)
    assert dialog.minimumSizeHint().width() <= 1000
    imported(qtbot, page, dialog)
    assert page.minimumSizeHint().width() <= 1180


def test_that_a_thousand_columns_can_be_looked_at(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    path = tmp_path / "wide.csv"
    names = ["text", "label", *(f"c{n}" for n in range(1000))]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(names)
        out.writerows([text, label, *["x"] * 1000] for text, label in REVIEWS)
    page = show(around)
    imported(qtbot, page, dialog_of(qtbot, page, path))
    table = page.view.table
    assert table.header is not None and len(table.header.boxes) == MOST_BOXES
    menu = table.role_menu(table.text_model.index(0, 900))  # the others have the menu
    assert menu is not None
    menu.deleteLater()


def test_that_the_task_is_guessed_with_a_reason_and_can_be_changed(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    path = tmp_path / "lists.csv"
    lines = ["text,topics"]
    lines += [f'a pub number {n} by the river,"[""food"", ""price""]"' for n in range(30)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    dialog = dialog_of(qtbot, page, path)
    assert dialog.task.name == "several_labels"
    assert dialog.task.about.text().startswith("Guessed: ")
    assert "topics" in dialog.task.about.text()
    assert dialog.form.label.accessibleName() == "Labels column"
    assert dialog.plan().wishes.task == "several_labels"
    dialog.task.task.setCurrentIndex(dialog.task.task.findData("classification"))
    dialog.task.task.activated.emit(0)
    assert dialog.plan().wishes.task == "classification"
    assert dialog.form.label.accessibleName() == "Label column"
    dialog.reject()
