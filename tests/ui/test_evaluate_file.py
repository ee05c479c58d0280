"""The Evaluate page beyond splits: labelled files from outside, old curves, broken runs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from evaluate_steps import settled, shown
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from trained_runs import judge, train
from window_fakes import FakeTuner

from peft_desktop.core.errors import UserError
from peft_desktop.core.locks import locked
from peft_desktop.core.ports import EvaluateRequest
from peft_desktop.core.runs import EVENTS, LOCK
from peft_desktop.ui.judging import FILE
from peft_desktop.ui.pages.evaluate_page import EvaluatePage
from peft_desktop.ui.pages.page import Surroundings


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> EvaluatePage:
    train(opened)
    return shown(qtbot, opened)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Rows from elsewhere: other column names, an older encoding, HTML in a text."""
    source = tmp_path / "elsewhere.csv"
    lines = [f"<b>row {n}</b> 好;{('positive', 'negative')[n % 2]}" for n in range(20)]
    source.write_text("\n".join(["review;mood", *lines]) + "\n", encoding="gb18030")
    return source


def choose_file(page: EvaluatePage) -> None:
    page.split_box.setCurrentIndex(page.split_box.findData(FILE))
    page.split_box.activated.emit(page.split_box.currentIndex())


def test_that_a_labelled_file_from_outside_is_judged(
    qtbot: QtBot, page: EvaluatePage, tuner: FakeTuner, labelled: Path, project_folder: Path
) -> None:
    assert page.file.isHidden()
    choose_file(page)
    assert not page.file.isHidden() and page.button.text() == "Choose a labelled file"
    page.file.set_path(labelled)
    settled(qtbot, page)
    # both columns were recognised under their other names
    assert page.file.match.pairs() == (("text", "review"), ("label", "mood"))
    assert page.button.text() == "Ev&aluate"
    page.button.click()
    settled(qtbot, page)
    request = next(asked for kind, asked in tuner.asked if kind == "evaluate")
    assert request.data == labelled and request.read_as.columns == page.file.match.pairs()
    assert page.view.headline.text().startswith("Right in 80 of 100")
    assert page.view.rows.count == 20
    assert page.view.rows.lines()[0][1] == "<b>row 0</b> 好"
    assert page.document.file.test_peeks == 0
    assert not (project_folder / "runs" / "lora-1" / "metrics.json").exists()
    assert request.answers is not None and not request.answers.parent.exists()  # nothing is left
    # the result belongs to this file alone
    page.file.line.setText(str(labelled) + "x")
    assert page.view.result is None and "other rows" in page.view.headline.text()


def test_that_results_on_splits_come_back_and_a_file_stays_chosen(
    qtbot: QtBot, page: EvaluatePage, labelled: Path
) -> None:
    judge(page.around, "lora-1", "valid")
    choose_file(page)
    page.file.set_path(labelled)
    settled(qtbot, page)
    page.main_action()
    settled(qtbot, page)
    page.document.runs_changed.emit()
    settled(qtbot, page)
    assert page.split == FILE and page.view.rows.count == 20
    page.split_box.setCurrentIndex(page.split_box.findData("valid"))
    assert page.file.isHidden() and page.view.rows.count == 8
    choose_file(page)
    assert page.view.rows.count == 20


def test_that_a_file_without_labels_asks_for_their_column(
    qtbot: QtBot, page: EvaluatePage, tmp_path: Path
) -> None:
    source = tmp_path / "texts.csv"
    source.write_text("text,n\n" + "a long text of many words,1\n" * 9, encoding="utf-8")
    choose_file(page)
    page.file.set_path(source)
    settled(qtbot, page)
    label = page.file.match.boxes[1]
    label.setCurrentIndex(0)
    label.activated.emit(0)
    assert page.button.text() == "Say which column is which"
    page.button.click()
    assert page.focusWidget() is label


def test_that_the_errors_of_a_file_are_bars_and_leave_nothing(
    qtbot: QtBot, page: EvaluatePage, tuner: FakeTuner, labelled: Path
) -> None:
    choose_file(page)
    page.file.set_path(labelled)
    settled(qtbot, page)
    tuner.fail_with, tuner.fail_at_step = UserError("3 rows have labels that are unknown."), 0
    page.main_action()
    settled(qtbot, page)
    assert page.notices.texts() == ["3 rows have labels that are unknown."]
    request: EvaluateRequest = tuner.asked[-1][1]
    assert request.answers is not None and not request.answers.parent.exists()
    labelled.unlink()
    page.main_action()
    assert "There is no such file." in page.notices.texts()[0]


def test_that_the_button_asks_for_the_file(
    qtbot: QtBot, page: EvaluatePage, labelled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(labelled), ""))
    choose_file(page)
    page.button.click()
    settled(qtbot, page)
    assert page.file.path == labelled and page.file.rows == 20


def test_that_an_old_run_reopens_with_its_curves(qtbot: QtBot, page: EvaluatePage) -> None:
    assert page.curves.curves is None  # pyqtgraph waits until somebody looks
    page.tabs.setCurrentWidget(page.curves)
    settled(qtbot, page)
    curves = page.curves.curves
    assert curves is not None
    assert {name: len(curves.series[name]) for name in ("loss", "prompt", "fine_tune", "rate")} == {
        "loss": 12,
        "prompt": 12,
        "fine_tune": 12,
        "rate": 12,
    }
    assert len(curves.series["valid"]) == len(curves.series["macro_f1"]) == 3
    assert "learnt from 32 rows" in page.curves.about.text()
    assert "12 steps" in page.curves.about.text() and "0:08 of training" in page.curves.about.text()
    curves.as_table.setChecked(True)
    qtbot.waitUntil(lambda: curves.table.model().rowCount() == 12, timeout=5000)


def test_that_the_curves_of_a_run_in_training_grow_as_it_goes_on(
    qtbot: QtBot, opened: Surroundings
) -> None:
    train(opened, "going-on")
    folder = opened.document.project.runs_folder / "going-on"  # type: ignore[union-attr]
    whole = (folder / EVENTS).read_text(encoding="utf-8").splitlines(keepends=True)
    steps = [at for at, line in enumerate(whole) if '"Stepped"' in line]
    (folder / EVENTS).write_text("".join(whole[: steps[4]]), encoding="utf-8")
    with locked(folder / LOCK, "a run"):
        page = shown(qtbot, opened)
        page.tabs.setCurrentWidget(page.curves)
        qtbot.waitUntil(lambda: page.curves.curves is not None, timeout=5000)
        curves = page.curves.curves
        assert curves is not None
        qtbot.waitUntil(lambda: len(curves.series["loss"]) == 4, timeout=5000)
        assert "still training" in page.curves.about.text()
        with (folder / EVENTS).open("a", encoding="utf-8") as file:
            file.write(whole[steps[4]] + whole[steps[5]][:20])  # the next line is half written
            file.flush()
            qtbot.waitUntil(lambda: len(curves.series["loss"]) == 5, timeout=5000)
            file.write(whole[steps[5]][20:] + "".join(whole[steps[5] + 1 :]))
    qtbot.waitUntil(lambda: not page.curves.busy, timeout=5000)
    assert len(curves.series["loss"]) == 12


def test_that_the_labels_are_sorted_by_a_column_and_keep_their_rows(
    qtbot: QtBot, page: EvaluatePage
) -> None:
    page.button.click()
    settled(qtbot, page)
    table, result = page.view.classes, page.view.result
    assert result is not None
    names = [str(score["label"]) for score in result.per_class]
    asked: list[int] = []
    table.picked.connect(asked.append)

    def labels() -> list[str]:
        return [table.item(row, 0).text() for row in range(table.rowCount())]

    table.sort_by(0)
    assert labels() == sorted(names)
    table.sort_by(0)
    assert labels() == sorted(names, reverse=True)
    table.activated.emit(table.model().index(0, 0))
    assert asked == [names.index(max(names))]
    table.sort_by(0)
    assert labels() == names
    table.sort_by(2)
    recalls = [float(score["recall"]) for score in result.per_class]
    assert labels()[0] == names[recalls.index(max(recalls))]


def test_that_another_run_has_other_curves_and_a_broken_off_one_says_so(
    qtbot: QtBot, page: EvaluatePage, project_folder: Path
) -> None:
    train(page.around, "lora-2")
    events = project_folder / "runs" / "lora-1" / "events.jsonl"
    lines = events.read_text(encoding="utf-8").splitlines()
    steps = [n for n, line in enumerate(lines) if json.loads(line)["kind"] == "Stepped"]
    events.write_text("\n".join(lines[: steps[4]]) + '\n{"kind": "Ste', encoding="utf-8")
    page.document.runs_changed.emit()
    page.tabs.setCurrentWidget(page.curves)
    settled(qtbot, page)
    curves = page.curves.curves
    assert curves is not None
    page.show_run("lora-1")
    settled(qtbot, page)
    assert len(curves.series["loss"]) == 4  # the torn line is passed over
    page.show_run("lora-2")
    settled(qtbot, page)
    assert len(curves.series["loss"]) == 12
    events.write_text("", encoding="utf-8")
    page.document.runs_changed.emit()
    settled(qtbot, page)
    page.show_run("lora-1")
    settled(qtbot, page)
    assert "before its first step" in page.curves.about.text()


def test_that_runs_that_cannot_be_read_are_one_sentence_each_and_once(
    qtbot: QtBot, opened: Surroundings, project_folder: Path
) -> None:
    runs = project_folder / "runs"
    for name in ("good", "newer", "torn", "nameless"):
        train(opened, name)
    newer = json.loads((runs / "newer" / "recipe.json").read_text(encoding="utf-8"))
    newer["schema_version"] = 99
    (runs / "newer" / "recipe.json").write_text(json.dumps(newer), encoding="utf-8")
    (runs / "torn" / "recipe.json").write_text('{"name": "to', encoding="utf-8")
    (runs / "nameless" / "recipe.json").unlink()
    page = shown(qtbot, opened)
    said = page.notices.texts()
    assert len(said) == 3
    assert "newer version" in " ".join(said) and "damaged" in " ".join(said)
    assert 'The run "nameless" is incomplete' in " ".join(said)
    assert page.run_box.count() == 1
    page.notices.clear()
    opened.document.runs_changed.emit()
    settled(qtbot, page)
    assert page.notices.texts() == []


def test_that_numbers_are_shown_where_their_rows_are_damaged(
    qtbot: QtBot, opened: Surroundings, project_folder: Path
) -> None:
    judge(opened, train(opened), "test")
    (project_folder / "runs" / "lora-1" / "predictions.parquet").write_bytes(b"PAR1 no")
    page = shown(qtbot, opened)
    assert page.view.headline.text().startswith("Right in 80 of 100")
    assert "predictions.parquet" in page.notices.texts()[0]


@pytest.mark.parametrize("what", ["events.jsonl", "metrics.json", "predictions.parquet", "model"])
def test_that_a_folder_or_a_file_in_the_wrong_place_is_no_traceback(
    qtbot: QtBot, opened: Surroundings, project_folder: Path, what: str
) -> None:
    judge(opened, train(opened), "test")
    place = project_folder / "runs" / "lora-1" / what
    if place.is_dir():
        shutil.rmtree(place)
        place.write_text("no folder", encoding="utf-8")
    else:
        place.unlink()
        place.mkdir()
    page = shown(qtbot, opened)
    page.tabs.setCurrentWidget(page.curves)
    settled(qtbot, page)
    assert not any("program itself" in text for text in page.notices.texts())
