"""A file in, a file out: how it is read, which column is which, how far, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path

import pytest
from predict_steps import asked, settled, shown
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from trained_runs import train
from window_fakes import FakeTuner

from peft_desktop.core.events import Event, Finished, Started, Warned
from peft_desktop.core.ports import PredictRequest
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.predict_page import PredictPage
from peft_desktop.ui.predicting_desk import Pace, Written, target_for


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> PredictPage:
    train(opened)
    return shown(qtbot, opened)


@pytest.fixture
def new_rows(tmp_path: Path) -> Path:
    source = tmp_path / "new.csv"
    lines = [f"row {n} is {('positive', 'negative')[n % 2]},Times" for n in range(12)]
    source.write_text("\n".join(["text,paper", *lines]) + "\n", encoding="utf-8")
    return source


def test_that_a_file_is_labelled_and_its_first_rows_are_shown(
    qtbot: QtBot, page: PredictPage, new_rows: Path
) -> None:
    page.tabs.setCurrentWidget(page.batch)
    assert page.batch.button.text() == "Choose a file"
    page.batch.set_source(new_rows)
    target = new_rows.with_name("new-labelled.csv")
    assert page.batch.target.text() == str(target)
    page.main_action()
    settled(qtbot, page)
    assert target.is_file()
    assert f"Rows labelled: 12, written to {target}" in page.batch.said.text()
    assert "negative: 6" in page.batch.said.text()
    model = page.batch.table.text_model
    assert model.rowCount() == 12
    assert model.names[:3] == ["text", "paper", "predicted_label"]
    assert model.data(model.index(0, 3)) == "0.800"  # three digits are read, all are written
    # the next file does not go over this one
    assert page.batch.target.text() == str(new_rows.with_name("new-labelled-2.csv"))


def test_that_an_existing_file_is_never_written_over_unasked(
    qtbot: QtBot, page: PredictPage, new_rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = new_rows.with_name("mine.csv")
    mine.write_text("precious", encoding="utf-8")
    page.batch.set_source(new_rows)
    page.batch.target.setText(str(mine))
    page.batch.ask()
    settled(qtbot, page)
    assert "already" in page.notices.texts()[0]
    assert not page.work.busy and mine.read_text(encoding="utf-8") == "precious"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(mine), ""))
    page.batch.choose_target.click()  # whose dialog asks
    page.batch.ask()
    settled(qtbot, page)
    assert "predicted_label" in mine.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("gone.csv", "out.csv", "There is no such file."),
        ("new.csv", "out.docx", "Files of this kind are not written."),
    ],
)
def test_that_files_that_cannot_be_are_named(
    qtbot: QtBot, page: PredictPage, new_rows: Path, source: str, target: str, said: str
) -> None:
    page.batch.target.setText(str(new_rows.with_name(target)))
    page.batch.set_source(new_rows.with_name(source))
    page.batch.ask()
    settled(qtbot, page)
    assert said in page.notices.texts()[0]
    assert not page.work.busy


def test_that_the_source_itself_is_never_the_target(
    qtbot: QtBot, page: PredictPage, new_rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = new_rows.read_bytes()
    page.batch.set_source(new_rows)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(new_rows), ""))
    page.batch.choose_target.click()
    page.batch.ask()
    settled(qtbot, page)
    assert "cannot be written over" in page.notices.texts()[0]
    assert new_rows.read_bytes() == before


def test_that_rejected_rows_are_told(
    qtbot: QtBot, page: PredictPage, new_rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def predict(folder: Path, request: PredictRequest) -> Generator[Event, None, None]:
        assert request.target is not None
        yield Started("predict")
        request.target.write_text("text,predicted_label\nhello,positive\n", encoding="utf-8")
        yield Warned("{count} rows could not be read.", {"count": 2})
        yield Finished(
            {
                "rows": 1,
                "counts": {"positive": 1},
                "target": str(request.target),
                "rejected": 2,
                "rejected_file": "out.rejected.csv",
            }
        )

    monkeypatch.setattr(page.around.tuner, "predict", predict)
    page.files._tuner = page.around.tuner
    page.batch.set_source(new_rows)
    page.batch.ask()
    settled(qtbot, page)
    assert page.notices.texts() == ["2 rows could not be read."]
    assert "Rows that could not be read: 2, kept in out.rejected.csv" in page.batch.said.text()


@pytest.fixture
def chinese_rows(tmp_path: Path) -> Path:
    """A file of somebody else's: GB18030, bars between the fields, other column names."""
    source = tmp_path / "评论.csv"
    lines = [f"{n}|第{n}部电影 {('positive', 'negative')[n % 2]}" for n in range(40)]
    source.write_text("\n".join(["编号|评论", *lines]) + "\n", encoding="gb18030")
    return source


def test_that_a_file_of_another_encoding_is_read_as_found_and_as_said(
    qtbot: QtBot, page: PredictPage, tuner: FakeTuner, chinese_rows: Path
) -> None:
    page.tabs.setCurrentWidget(page.batch)
    page.batch.set_source(chinese_rows)
    settled(qtbot, page)
    file = page.batch.file
    assert "40 rows, GB18030, bar |" in file._said.text()
    assert "GB18030" in file.form.encoding.itemText(0)
    # the column of the texts was recognised, under another name
    assert file.match.pairs() == (("text", "评论"),)
    file.form.encoding.setCurrentIndex(file.form.encoding.findData("gb18030"))
    file.form.encoding.activated.emit(file.form.encoding.currentIndex())
    file.form.delimiter.setCurrentIndex(file.form.delimiter.findData("|"))
    file.form.delimiter.activated.emit(file.form.delimiter.currentIndex())
    settled(qtbot, page)
    page.batch.ask()
    settled(qtbot, page)
    request = asked(tuner)[-1]
    assert (request.read_as.encoding, request.read_as.delimiter) == ("gb18030", "|")
    assert request.read_as.columns == (("text", "评论"),)
    assert "Rows labelled: 40" in page.batch.said.text()
    assert page.batch.table.text_model.names[1] == "评论"


def test_that_a_wrong_encoding_is_a_sentence_beside_the_choice(
    qtbot: QtBot, page: PredictPage, chinese_rows: Path
) -> None:
    page.batch.set_source(chinese_rows)
    form = page.batch.file.form
    form.encoding.setCurrentIndex(form.encoding.findData("utf-8"))
    form.encoding.activated.emit(form.encoding.currentIndex())
    settled(qtbot, page)
    assert page.batch.file._said.text().startswith("\u2716 ")
    assert page.batch.button.text() == "Say how the file is read"
    page.tabs.setCurrentWidget(page.batch)
    page.batch.ask()
    assert page.batch.focusWidget() is form.encoding and not page.work.busy
    form.encoding.setCurrentIndex(0)
    form.encoding.activated.emit(0)
    settled(qtbot, page)
    assert "40 rows" in page.batch.file._said.text()


def test_that_the_column_of_the_texts_is_asked_for(
    qtbot: QtBot, page: PredictPage, tuner: FakeTuner, tmp_path: Path
) -> None:
    source = tmp_path / "numbers.csv"
    source.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    page.tabs.setCurrentWidget(page.batch)
    page.batch.set_source(source)
    settled(qtbot, page)
    box = page.batch.file.match.boxes[0]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert page.batch.button.text() == "Say which column has the texts"
    assert "say which column is “text”" in page.batch.file._said.text()
    page.batch.ask()
    assert page.batch.focusWidget() is box and asked(tuner) == []
    box.setCurrentIndex(box.findData("b"))
    box.activated.emit(box.currentIndex())
    page.batch.ask()
    settled(qtbot, page)
    assert asked(tuner)[-1].read_as.columns == (("text", "b"),)


def test_that_the_format_gives_the_name_its_ending(
    qtbot: QtBot, page: PredictPage, new_rows: Path
) -> None:
    batch = page.batch
    batch.set_source(new_rows)
    assert batch.format.currentData() == ".csv"
    batch.format.setCurrentIndex(batch.format.findData(".parquet"))
    batch.format.activated.emit(batch.format.currentIndex())
    assert batch.target.text() == str(new_rows.with_name("new-labelled.parquet"))
    batch.target.setText(str(new_rows.with_name("mine.xlsx")))
    assert batch.format.currentData() == ".xlsx"
    batch.format.setCurrentIndex(batch.format.findData(".tsv"))
    batch.format.activated.emit(batch.format.currentIndex())
    assert batch.target.text() == str(new_rows.with_name("mine.tsv"))


def test_that_what_is_left_is_estimated_from_the_pace() -> None:
    assert Pace(10, 0, 5.0).seconds_left is None  # of how many is not known
    assert Pace(10, 100, 0.1).seconds_left is None  # too early to say
    assert Pace(30, 100, 10.0, before=10).seconds_left == pytest.approx(35.0)


def test_that_the_rows_left_are_said_and_stop_asks_the_window(
    qtbot: QtBot, page: PredictPage, tuner: FakeTuner, tmp_path: Path
) -> None:
    source = tmp_path / "many.csv"
    source.write_text("text\n" + "positive\n" * 400, encoding="utf-8")
    tuner.delay_s = 0.02
    page.tabs.setCurrentWidget(page.batch)
    page.batch.set_source(source)
    settled(qtbot, page)
    page.batch.ask()
    qtbot.waitUntil(lambda: "left" in page.batch._count.text(), timeout=10_000)
    assert " of 400" in page.batch._count.text() and page.batch.progress.maximum() == 400
    with qtbot.waitSignal(page.go) as gone:
        page.batch.stop.click()
    assert gone.args == ["stop"]
    began = time.monotonic()
    page.work.stop()
    settled(qtbot, page)
    assert time.monotonic() - began < 1.0
    assert not list(tmp_path.glob("many-labelled*"))


def test_that_progress_is_shown_and_stopping_leaves_the_page_ready(
    qtbot: QtBot, page: PredictPage, tuner: FakeTuner, new_rows: Path
) -> None:
    tuner.delay_s = 0.05
    page.tabs.setCurrentWidget(page.batch)
    page.batch.set_source(new_rows)
    page.batch.ask()
    qtbot.waitUntil(lambda: page.files.pace.done > 2, timeout=5000)
    assert not page.batch.progress.isHidden() and not page.batch.button.isEnabled()
    assert page.state() == ("", "A file is being labelled.")
    page.work.stop()
    settled(qtbot, page)
    assert page.batch.progress.isHidden() and page.batch.button.isEnabled()
    assert page.batch.result.open_folder.isHidden()


def test_that_a_very_long_file_name_does_not_widen_the_page(
    qtbot: QtBot, page: PredictPage
) -> None:
    page.tabs.setCurrentWidget(page.batch)
    page.batch.show_written(Written(1, {"<b>" * 60: 1}, Path("/tmp") / ("x" * 200 + ".csv")))
    page.batch.show_state(True, "training " + "y" * 80, False, Pace())
    assert page.minimumSizeHint().width() <= 1180


def test_that_a_free_name_is_found_beside_the_source(tmp_path: Path) -> None:
    source = tmp_path / "new.json"
    assert target_for(source) == tmp_path / "new-labelled.csv"
    (tmp_path / "new-labelled.csv").touch()
    assert target_for(source) == tmp_path / "new-labelled-2.csv"
    assert target_for(tmp_path / "new.xlsx") == tmp_path / "new-labelled.xlsx"
