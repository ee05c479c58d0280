"""The Data page: from a file, a paste or a sample to rows, roles and splits; nothing blocks."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot
from window_fakes import FakeLibrary

from peft_desktop.core.project import open_project
from peft_desktop.ui.data_import import ImportDialog
from peft_desktop.ui.import_plan import free_folder, samples
from peft_desktop.ui.pages.data_page import DataPage
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.widgets.rejected_rows import RejectedRows

REVIEWS = [(f"the film number {n} is {'good' if n % 2 else 'bad'}", "01"[n % 2]) for n in range(40)]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[Surroundings], DataPage]]:
    """A page on the screen; at its end nothing of it runs."""
    pages: list[DataPage] = []

    def shown(around: Surroundings) -> DataPage:
        page = DataPage(around)
        qtbot.addWidget(page)
        page.resize(1180, 690)
        page.show()
        pages.append(page)
        if around.document.project is not None:
            qtbot.waitUntil(lambda: page.facts is not None and not page.errands.busy)
        return page

    yield shown
    for page in pages:
        page.errands.drop_all()
        qtbot.waitUntil(lambda page=page: not page.errands.busy)  # type: ignore[misc]


def settled(qtbot: QtBot, page: DataPage) -> None:
    qtbot.waitUntil(lambda: not page.errands.busy and not page._typing.isActive(), timeout=10000)


def reviews(path: Path, encoding: str = "utf-8", delimiter: str = ",", more: str = "") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file, delimiter=delimiter)
        out.writerow(["text", "label"])
        out.writerows(REVIEWS)
        file.write(more)
    return path


def dialog_of(qtbot: QtBot, page: DataPage, path: Path) -> ImportDialog:
    page.new.import_file(path)
    dialog = page.new.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.errands.busy, timeout=10000)
    return dialog


def imported(qtbot: QtBot, page: DataPage, dialog: ImportDialog) -> None:
    dialog.start()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=20000)
    qtbot.waitUntil(lambda: page.facts is not None, timeout=20000)
    settled(qtbot, page)


def test_that_without_a_project_the_page_asks_for_data(around: Surroundings, show: object) -> None:
    page = show(around)  # type: ignore[operator]
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
    assert page.view._count.text() == "60 rows"
    assert page.view.bar.receipt.text() == "60 rows read, 0 rejected, UTF-8, comma"
    assert not page.view.bar.rejected.isEnabled()
    assert page.facts is not None and page.facts.classes == [("negative", 30), ("positive", 30)]
    assert [label.text() for label in page.view.split._numbers] == ["32", "8", "20", "0"]
    assert page.state()[0] == "done"


def test_that_a_file_becomes_a_project_and_is_opened(
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(around)  # type: ignore[operator]
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
    assert "1 of 2" not in model.index(0, 2).data() and "instead of 2" in model.index(0, 2).data()
    shown.close()


def test_that_the_preview_follows_the_settings(
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(around)  # type: ignore[operator]
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
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(around)  # type: ignore[operator]
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    dialog.reject()
    assert around.document.project is None
    assert not around.settings.projects_folder.exists()


def test_that_stopping_an_import_leaves_nothing_behind(
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(around)  # type: ignore[operator]
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
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(around)  # type: ignore[operator]
    path = tmp_path / "bare.csv"
    path.write_text("\n".join(f"{t},{label}" for t, label in REVIEWS), encoding="utf-16")
    page.new.import_file(path)
    dialog = page.new.dialog
    assert dialog is not None
    dialog.form.header.setChecked(False)
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    imported(qtbot, page, dialog)
    model = page.view.table.text_model
    assert model.names == ["column_1", "column_2"] and model.rowCount() == 40
    assert model.index(0, 0).data() == REVIEWS[0][0]


def test_that_a_taken_folder_is_told_in_the_button(
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(around)  # type: ignore[operator]
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    dialog.folder.setText(str(tmp_path))
    assert not dialog.go.isEnabled() and dialog.go.text() == "Choose another folder"
    dialog.folder.setText("")
    assert not dialog.go.isEnabled()
    dialog.folder.setText(str(tmp_path / "new"))
    assert dialog.go.isEnabled()
    dialog.reject()


def test_that_a_failing_import_is_told_in_the_dialog_and_can_be_mended(
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(around)  # type: ignore[operator]
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    dialog.form.label.setCurrentIndex(dialog.form.label.findText("text"))
    dialog.start()
    qtbot.waitUntil(lambda: not page.work.busy, timeout=20000)
    assert "cannot be text and label at once" in dialog.notices.texts()[0]
    assert dialog.go.isEnabled() and around.document.project is None
    dialog.reject()


def test_that_a_workbook_lets_one_choose_the_sheet(
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    import xlsxwriter

    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, column in (("first", "a"), ("第二", "b")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [column, "label"])
            for row in range(1, 5):
                sheet.write_row(row, 0, [f"text {row}", "xy"[row % 2]])
    page = show(around)  # type: ignore[operator]
    dialog = dialog_of(qtbot, page, path)
    sheet_box = dialog.form.sheet
    assert sheet_box.isVisible() and sheet_box.currentText() == "found: first"
    assert not dialog.form.delimiter.isEnabled()
    sheet_box.setCurrentIndex(sheet_box.findData("第二"))
    sheet_box.activated.emit(0)
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    assert dialog.table.text_model.names == ["b", "label"]
    dialog.reject()


def test_that_copied_cells_become_a_table(qtbot: QtBot, around: Surroundings, show: object) -> None:
    page = show(around)  # type: ignore[operator]
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
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(around)  # type: ignore[operator]
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


def test_that_a_sample_becomes_a_project_ready_to_train(
    qtbot: QtBot, around: Surroundings, show: object
) -> None:
    page = show(around)  # type: ignore[operator]
    with qtbot.waitSignal(page.new.opened, timeout=30000):
        page.new.try_sample("keyword_zh")
    qtbot.waitUntil(lambda: page.facts is not None, timeout=20000)
    settled(qtbot, page)
    file = around.document.file
    assert file.prompt.words == {"0": ["否"], "1": ["是"]}
    assert len(file.splits["test"]) == 200
    assert page.state()[0] == "done"


def test_that_a_project_can_be_made_without_any_model(
    qtbot: QtBot, around: Surroundings, show: object, library: FakeLibrary, tmp_path: Path
) -> None:
    library.cards.clear()
    page = show(around)  # type: ignore[operator]
    imported(qtbot, page, dialog_of(qtbot, page, reviews(tmp_path / "mine.csv")))
    assert around.document.file.model == ""


def test_that_search_and_filters_narrow_the_table(
    qtbot: QtBot, opened: Surroundings, show: object
) -> None:
    page = show(opened)  # type: ignore[operator]
    view, model = page.view, page.view.table.text_model
    view.text.setText("NUMBER 1")
    settled(qtbot, page)
    assert model.rowCount() == 11 and view._count.text() == "11 of 60 rows"
    view.in_split.setCurrentIndex(view.in_split.findData("test"))
    view.in_split.activated.emit(0)
    view.text.clear()
    settled(qtbot, page)
    assert model.rowCount() == 20
    view.classes.picked.emit("positive")
    settled(qtbot, page)
    assert model.rowCount() == 10
    assert {model.index(row, 1).data() for row in range(10)} == {"positive"}
    view.in_split.setCurrentIndex(0)
    view.in_label.setCurrentIndex(0)
    view.search_changed.emit()
    settled(qtbot, page)
    assert model.rowCount() == 60


def test_that_splitting_anew_is_one_step_that_can_be_undone(
    qtbot: QtBot, opened: Surroundings, show: object
) -> None:
    page = show(opened)  # type: ignore[operator]
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
    qtbot: QtBot, opened: Surroundings, show: object
) -> None:
    page = show(opened)  # type: ignore[operator]
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
    qtbot: QtBot, opened: Surroundings, show: object
) -> None:
    page = show(opened)  # type: ignore[operator]
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
    qtbot: QtBot, opened: Surroundings, show: object
) -> None:
    page = show(opened)  # type: ignore[operator]
    splits = opened.document.file.splits
    page.choose_role("source", "group")
    assert opened.document.file.roles.group == "source"
    assert opened.document.file.splits is splits and opened.document.undo.count() == 1


def test_that_the_whole_cell_can_be_read_and_html_shows_literally(
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(around)  # type: ignore[operator]
    more = "<b>bold</b> <img src=x>" + "!" * 30_000 + ",1\r\n"
    source = reviews(tmp_path / "mine.csv", more=more)
    imported(qtbot, page, dialog_of(qtbot, page, source))
    page.view.table.setCurrentIndex(page.view.table.text_model.index(40, 0))
    assert page.view.cell.toPlainText().startswith("<b>bold</b> <img src=x>")
    assert page.view.cell.toPlainText().endswith("more characters")


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


def test_that_a_second_import_is_refused_while_something_works(
    qtbot: QtBot, around: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(around)  # type: ignore[operator]
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


def test_that_a_page_that_goes_while_it_reads_takes_nothing_along(
    qtbot: QtBot, opened: Surroundings
) -> None:
    page = DataPage(opened)
    page.show()
    qtbot.waitUntil(lambda: page.errands.busy)
    page.close()
    page.deleteLater()
    QApplication.processEvents()
    assert open_project(opened.document.folder).file.name == "reviews"  # type: ignore[arg-type]


def test_that_tab_goes_through_the_page_as_one_reads(
    qtbot: QtBot, opened: Surroundings, show: object
) -> None:
    page = show(opened)  # type: ignore[operator]
    view, header = page.view, page.view.table.header
    assert header is not None
    view.text.setFocus()
    met = []
    for _ in range(10):
        qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())
    assert met == [
        view.column,
        view.in_split,
        view.in_label,
        *header.boxes,
        view.table,
        view.cell,
        view.classes,
        view.lengths,
    ]


def test_that_another_language_keeps_what_was_chosen(
    qtbot: QtBot, opened: Surroundings, show: object
) -> None:
    page = show(opened)  # type: ignore[operator]
    view = page.view
    view.in_label.setCurrentIndex(view.in_label.findData("positive"))
    view.in_label.activated.emit(0)
    settled(qtbot, page)
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    settled(qtbot, page)
    assert view.in_label.currentData() == "positive"
    assert view.table.text_model.rowCount() == 30
    assert page.minimumSizeHint().width() <= 1180 and page.minimumSizeHint().height() <= 690


def test_that_every_control_has_a_name_and_a_tip(
    qtbot: QtBot, opened: Surroundings, show: object, tmp_path: Path
) -> None:
    page = show(opened)  # type: ignore[operator]
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    for part in (page, dialog):
        for kind in (QComboBox, QSpinBox, QLineEdit, QAbstractButton):
            for widget in part.findChildren(kind):
                if widget.isVisible() and not widget.objectName().startswith("qt_"):
                    named = widget.accessibleName() or getattr(widget, "text", str)()
                    assert named and (widget.toolTip() or isinstance(widget, QComboBox)), widget
    dialog.reject()
