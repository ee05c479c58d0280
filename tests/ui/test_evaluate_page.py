"""The Evaluate page: what is missing, judging, the numbers in words, and the rows of each cell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from evaluate_steps import judged, settled, shown
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from trained_runs import focus_chain, judge, train
from window_fakes import FakeTuner

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.ports import EvaluateRequest, Events
from peft_desktop.core.project import open_project
from peft_desktop.core.runs import create_run
from peft_desktop.methods import METHODS
from peft_desktop.projects.recipes import recipe_for
from peft_desktop.ui.judging import SURE_FIRST, Result
from peft_desktop.ui.pages.evaluate_page import EvaluatePage
from peft_desktop.ui.pages.page import Surroundings


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> EvaluatePage:
    train(opened)
    return shown(qtbot, opened)


def test_that_the_button_names_what_is_missing(qtbot: QtBot, around: Surroundings) -> None:
    page = shown(qtbot, around)
    assert page.button.text() == "Open a project first"
    with qtbot.waitSignal(page.go) as asked:
        page.button.click()
    assert asked.args == ["data"]


def test_that_without_a_run_the_button_leads_to_training(
    qtbot: QtBot, opened: Surroundings
) -> None:
    page = shown(qtbot, opened)
    assert page.button.text() == "Train a model first"
    with qtbot.waitSignal(page.go) as asked:
        page.button.click()
    assert asked.args == ["train"]


def test_that_a_run_without_weights_cannot_be_judged(qtbot: QtBot, opened: Surroundings) -> None:
    project = opened.document.project
    assert project is not None
    recipe = recipe_for(
        project, name="broken-off", preset="balanced", library=opened.library, methods=METHODS
    )
    create_run(project.runs_folder, recipe)
    page = shown(qtbot, opened)
    assert page.button.text() == "This run has no model" and not page.button.isEnabled()
    assert "kept no weights" in page.view.headline.text()


def test_that_judging_says_how_good_the_run_is(
    qtbot: QtBot, page: EvaluatePage, tuner: FakeTuner
) -> None:
    assert "not judged" in page.view.headline.text()
    judged(qtbot, page, "valid")
    assert page.view.headline.text().startswith("Right in 75 of 100, between ")
    assert "majority would be right in 50" in page.view.headline.text()
    assert page.view.tiles.tiles["accuracy"]._value.text() == "0.750"
    assert "\u2013" in page.view.tiles.tiles["accuracy"]._interval.text()
    assert "Calibrated" in page.view.tiles.tiles["accuracy"]._beside[2][0].text()
    assert page.view.classes.rowCount() == 2
    assert page.view.rows.count == 8
    assert next(asked for kind, asked in tuner.asked if kind == "evaluate").split == "valid"
    assert page.button.text() == "Ev&aluate again"


def test_that_looks_at_the_test_rows_are_counted_and_kept(
    qtbot: QtBot, page: EvaluatePage, project_folder: Path
) -> None:
    judged(qtbot, page, "valid")
    assert page.document.file.test_peeks == 0
    judged(qtbot, page, "test")
    judged(qtbot, page, "test")
    assert page.document.file.test_peeks == 2
    assert page.bar.peeks.text() == "The test rows were looked at 2 times."
    assert not page.document.undo.canUndo()  # nobody takes a look back
    page.document.save()
    assert open_project(project_folder).file.test_peeks == 2


def test_that_a_stopped_or_failed_judging_counts_no_look(
    qtbot: QtBot, page: EvaluatePage, tuner: FakeTuner
) -> None:
    tuner.fail_with, tuner.fail_at_step = UserError("No memory is left."), 0
    judged(qtbot, page, "test")
    assert page.document.file.test_peeks == 0
    assert page.notices.texts() == ["No memory is left."]
    tuner.fail_with = None
    judged(qtbot, page, "test")
    assert page.notices.texts() == []
    assert page.document.file.test_peeks == 1


def test_that_results_of_earlier_sessions_are_there_at_once(
    qtbot: QtBot, opened: Surroundings
) -> None:
    judge(opened, train(opened), "test")
    page = shown(qtbot, opened)
    assert page.split == "test"  # the split of which something is known
    assert page.view.headline.text().startswith("Right in 80 of 100")
    assert page.view.rows.count == 20


def test_that_wrong_rows_come_first_and_one_can_see_only_them(
    qtbot: QtBot, page: EvaluatePage
) -> None:
    judged(qtbot, page, "test")
    lines = page.view.rows.lines()
    wrong = [line[2] != line[3] for line in lines]
    assert wrong == [True] * 4 + [False] * 16
    assert lines[0][1].startswith("the film number 40")
    assert lines[0][0] == "41"
    page.view.rows.wrong.setChecked(True)
    assert page.view.rows.count == 4


def test_that_order_and_least_sure_are_by_probability(qtbot: QtBot, page: EvaluatePage) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    judged(qtbot, page, "valid")
    assert page.run is not None
    file = page.run.folder / "predictions.parquet"
    table = pq.read_table(file)
    sure = [0.51 + 0.05 * n for n in range(table.num_rows)]
    first = [p if who == "negative" else 1 - p for p, who in zip(sure, _said(table), strict=True)]
    table = table.set_column(4, "probability_negative", pa.array(first))
    table = table.set_column(5, "probability_positive", pa.array([1 - p for p in first]))
    pq.write_table(table, file)
    page._read_found()
    settled(qtbot, page)
    right = [float(line[4]) for line in page.view.rows.lines() if line[2] == line[3]]
    assert right == sorted(right)
    page.view.rows.order.setCurrentIndex(page.view.rows.order.findData(SURE_FIRST))
    found = [(line[2] == line[3], -float(line[4])) for line in page.view.rows.lines()]
    assert found == sorted(found)


def _said(table: object) -> list[str]:
    return table["predicted_label"].to_pylist()  # type: ignore[index]


def test_that_a_cell_lists_its_rows_by_mouse_and_by_key(qtbot: QtBot, page: EvaluatePage) -> None:
    judged(qtbot, page, "test")
    grid = page.view.grid
    model = grid.model()
    assert [[model.index(i, j).data() for j in (0, 1)] for i in (0, 1)] == [["8", "2"], ["2", "8"]]
    place = grid.visualRect(model.index(0, 1)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert {(line[2], line[3]) for line in page.view.rows.lines()} == {("negative", "positive")}
    assert page.view.rows.count == 2
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert {(line[2], line[3]) for line in page.view.rows.lines()} == {("positive", "positive")}
    page.view.rows.all.click()
    assert page.view.rows.count == 20
    words = model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Rows of “negative” taken for “positive”: 2"


def test_that_a_class_lists_its_rows(qtbot: QtBot, page: EvaluatePage) -> None:
    judged(qtbot, page, "test")
    page.view.classes.activated.emit(page.view.classes.model().index(1, 0))
    assert page.view.rows.count == 10
    assert {line[2] for line in page.view.rows.lines()} == {"positive"}


def test_that_the_whole_text_of_a_row_can_be_read(qtbot: QtBot, page: EvaluatePage) -> None:
    judged(qtbot, page, "test")
    assert page.view.rows.whole.isHidden()
    page.view.rows.table.setCurrentIndex(page.view.rows.table.text_model.index(2, 0))
    assert page.view.rows.whole.toPlainText() == page.view.rows.lines()[2][1]


def test_that_the_user_can_choose_a_run_and_is_followed(qtbot: QtBot, opened: Surroundings) -> None:
    train(opened, "lora-1")
    train(opened, "lora-2")
    judge(opened, "lora-1", "valid")
    page = shown(qtbot, opened)
    assert page.run is not None and page.run.name == "lora-2"
    assert "not judged" in page.view.headline.text()
    with qtbot.waitSignal(page.run_chosen) as chosen:
        page.run_box.setCurrentIndex(1)
    settled(qtbot, page)
    assert chosen.args == ["lora-1"]
    assert page.view.headline.text().startswith("Right in")
    page.show_run("lora-2")
    settled(qtbot, page)
    assert page.run.name == "lora-2"


def test_that_the_split_the_user_chose_stays(qtbot: QtBot, page: EvaluatePage) -> None:
    judged(qtbot, page, "valid")
    page.split_box.setCurrentIndex(page.split_box.findData("test"))
    page.split_box.activated.emit(page.split_box.currentIndex())
    page.document.runs_changed.emit()
    settled(qtbot, page)
    assert page.split == "test" and "not judged" in page.view.headline.text()


def test_that_other_work_is_waited_for_by_name(
    qtbot: QtBot, page: EvaluatePage, tuner: FakeTuner
) -> None:
    def rest() -> object:
        import time

        from peft_desktop.core.events import Tick

        while True:
            time.sleep(0.01)
            yield Tick()

    page.work.start("counting sheep", rest(), page, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    assert page.button.text() == "Wait: counting sheep" and not page.button.isEnabled()
    page.main_action()
    assert not [kind for kind, _ in tuner.asked if kind == "evaluate"]
    page.work.stop()
    settled(qtbot, page)
    assert page.button.isEnabled()


def test_that_damaged_results_are_a_sentence(qtbot: QtBot, opened: Surroundings) -> None:
    name = train(opened)
    judge(opened, name, "valid")
    project = opened.document.project
    assert project is not None
    (project.runs_folder / name / "metrics.json").write_text("{}", encoding="utf-8")
    page = shown(qtbot, opened)
    assert "damaged" in page.notices.texts()[0] and "metrics.json" in page.notices.texts()[0]
    assert "not judged" in page.view.headline.text()


def test_that_damaged_predictions_are_a_sentence(qtbot: QtBot, opened: Surroundings) -> None:
    name = train(opened)
    judge(opened, name, "valid")
    project = opened.document.project
    assert project is not None
    (project.runs_folder / name / "predictions.parquet").write_bytes(b"PAR1 no")
    page = shown(qtbot, opened)
    assert "predictions.parquet" in page.notices.texts()[0]


def test_that_a_run_deleted_behind_our_back_is_a_sentence(
    qtbot: QtBot, page: EvaluatePage, project_folder: Path
) -> None:
    shutil.rmtree(project_folder / "runs" / "lora-1")
    page.main_action()
    assert page.notices.texts()
    page.document.runs_changed.emit()
    settled(qtbot, page)
    assert page.button.text() == "Train a model first"


def test_that_texts_of_other_data_are_not_shown_as_if_they_were_these(
    qtbot: QtBot, page: EvaluatePage
) -> None:
    judged(qtbot, page, "test")
    assert page.run is not None
    source = page.run.folder / "recipe.json"
    recipe = json.loads(source.read_text(encoding="utf-8"))
    recipe["data"]["sha256"] = "1" * 64  # data that is neither in force nor kept
    source.write_text(json.dumps(recipe), encoding="utf-8")
    page._read_runs()
    settled(qtbot, page)
    assert {line[1] for line in page.view.rows.lines()} == {""}
    assert "another now" in page.view.rows._head.text()


def test_that_nothing_of_a_project_stays_when_it_is_closed(
    qtbot: QtBot, page: EvaluatePage
) -> None:
    judged(qtbot, page, "test")
    page.document.close()
    settled(qtbot, page)
    assert page.run_box.count() == 0
    assert page.view.rows.count == 0 and page.view.grid.model().rowCount() == 0
    assert page.button.text() == "Open a project first"


def test_that_150_labels_fit_and_html_shows_as_it_is(qtbot: QtBot, page: EvaluatePage) -> None:
    from peft_desktop.core.words import Sentence

    labels = [f"<b>label {n}</b>" for n in range(150)]
    matrix = [[int(i == j) * 9 + int(i == 0) for j in range(150)] for i in range(150)]
    scores = [
        {"label": name, "precision": 0.9, "recall": 0.8, "f1": 0.85, "support": 9, "predicted": 9}
        for name in labels
    ]
    result = Result("test", Sentence(""), 1350, {}, {}, 0.95, {}, scores, labels, matrix)
    page.view.grid.show_result(result)
    page.view.classes.show_result(result)
    assert page.view.grid.model().columnCount() == 150
    heads = page.view.grid.model().headerData  # numbered: narrow columns would cut all alike
    assert heads(3, Qt.Orientation.Horizontal) == "4"
    assert heads(3, Qt.Orientation.Vertical) == "4  <b>label 3</b>"
    item = page.view.classes.item(3, 0)
    assert item is not None and item.text() == "<b>label 3</b>"
    assert "&lt;b&gt;" in item.toolTip()
    about = page.view.grid.model().index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;label 3&lt;/b&gt;" in about
    assert page.view.headline.textFormat() == Qt.TextFormat.PlainText


def test_that_another_language_reaches_every_part(qtbot: QtBot, page: EvaluatePage) -> None:
    judged(qtbot, page, "test")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    for part in (
        page.view,
        page.button,
        page.view.tiles,
        page.view.classes,
        page.view.all_metrics,
        page.view.grid,
        page.view.rows,
    ):
        QApplication.sendEvent(part, QEvent(QEvent.Type.LanguageChange))
    assert page.view.rows.count == 20
    assert page.view.classes.rowCount() == 2
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in _of_user_data(page))


def _of_user_data(page: EvaluatePage) -> list[QLabel]:
    return [page.view.headline, page.view.notes, page.bar.peeks, page.view.rows._head]


def test_that_the_page_fits_a_small_screen(qtbot: QtBot, page: EvaluatePage) -> None:
    judged(qtbot, page, "test")
    hint = page.minimumSizeHint()
    assert hint.width() <= 1180 and hint.height() <= 640


def test_that_tab_goes_through_the_page_as_one_reads(qtbot: QtBot, page: EvaluatePage) -> None:
    judged(qtbot, page, "test")
    wanted = [page.run_box, page.split_box, page.button, page.bar.report, page.tabs.tabBar()]
    wanted += [page.view.tabs.tabBar(), page.view.classes]
    wanted += [page.view.grid, page.view.rows.wrong, page.view.rows.order, page.view.rows.table]
    wanted += page.view.rows.keys.buttons
    assert focus_chain(page) == wanted


def test_that_a_note_is_not_said_twice(
    qtbot: QtBot, page: EvaluatePage, tuner: FakeTuner, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tuner.evaluate

    def evaluate(folder: Path, request: EvaluateRequest) -> Events:
        yield Warned("Only {rows} rows.", {"rows": 8})
        yield Warned("The disk is slow.")
        yield from real(folder, request)
        file = folder / "metrics.json"
        record = json.loads(file.read_text(encoding="utf-8"))
        note = {"template": "Only {rows} rows.", "values": {"rows": 8}}
        record["splits"]["valid"]["notes"] = [note]
        file.write_text(json.dumps(record), encoding="utf-8")

    monkeypatch.setattr(tuner, "evaluate", evaluate)
    judged(qtbot, page, "valid")
    assert page.view.notes.text() == "Only 8 rows."
    assert page.notices.texts() == ["The disk is slow."]


def test_that_every_control_has_a_name_and_a_tip(qtbot: QtBot, page: EvaluatePage) -> None:
    view = page.view
    boxes = (page.run_box, page.split_box, page.button, view.grid, view.classes)
    lists = (view.all_metrics, view.rows.order, view.rows.wrong, view.rows.all)
    for control in (*boxes, *lists):
        assert control.toolTip()
        assert control.accessibleName() or getattr(control, "text", lambda: "")()
