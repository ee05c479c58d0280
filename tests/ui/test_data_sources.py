"""Files that change, vanish or lack something, and groups: each told, nothing lost."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from data_steps import REVIEWS, Show, dialog_of, imported, pages_shown, reviews, settled
from pytestqt.qtbot import QtBot

from peft_desktop.ui.import_plan import Plan, prepare
from peft_desktop.ui.pages.page import Surroundings


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    with pages_shown(qtbot) as shown:
        yield shown


def test_that_a_file_that_changes_while_it_is_shown_is_read_again(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    path = reviews(tmp_path / "mine.csv")
    dialog = dialog_of(qtbot, page, path)
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write("one more,1\r\n")
    qtbot.waitUntil(lambda: "41 rows read" in dialog._status.text(), timeout=10000)
    assert dialog.notices.texts() == ["The file was changed just now; this is what it holds."]
    imported(qtbot, page, dialog)
    assert page.view.table.text_model.rowCount() == 41


def test_that_a_file_that_goes_while_it_is_shown_is_told_and_may_come_back(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    path = reviews(tmp_path / "mine.csv")
    dialog = dialog_of(qtbot, page, path)
    path.rename(tmp_path / "elsewhere.csv")
    qtbot.waitUntil(lambda: not dialog.go.isEnabled(), timeout=10000)
    assert "no longer there" in dialog.notices.texts()[0]
    assert dialog.go.text() == "The file is gone"
    (tmp_path / "elsewhere.csv").rename(path)
    qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=10000)
    dialog.reject()


def test_that_a_file_that_is_not_the_one_shown_is_not_imported(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    path = reviews(tmp_path / "mine.csv")
    dialog = dialog_of(qtbot, page, path)
    dialog._watch.watch(None)  # a drive that tells nothing
    reviews(path, more="one more,1\r\n")
    dialog.start()
    qtbot.waitUntil(lambda: not page.work.busy and not dialog.errands.busy, timeout=20000)
    assert "changed since it was shown" in dialog.notices.texts()[0]
    assert around.document.project is None and "41 rows read" in dialog._status.text()
    dialog.reject()


def test_that_a_table_that_goes_while_the_project_is_open_is_told(
    qtbot: QtBot, opened: Surroundings, show: Show
) -> None:
    page = show(opened)
    project = opened.document.project
    assert project is not None
    away = project.folder / "away.parquet"
    project.table_path.rename(away)
    qtbot.waitUntil(lambda: bool(page.notices.texts()), timeout=10000)
    assert "no longer there" in page.notices.texts()[0]
    assert page.view.table.text_model.rowCount() == 60  # what was read stays in sight
    away.rename(project.table_path)
    qtbot.waitUntil(lambda: len(page.notices.texts()) == 2, timeout=10000)
    settled(qtbot, page)
    assert "Another program changed" in page.notices.texts()[1]


def test_that_texts_without_labels_become_a_project_that_says_what_it_lacks(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    path = tmp_path / "texts.csv"
    path.write_text("text\n" + "\n".join(text for text, _ in REVIEWS), encoding="utf-8")
    page = show(around)
    dialog = dialog_of(qtbot, page, path)
    assert not dialog.form.labelled and dialog._hint.isVisible()
    assert "Predict page" in dialog._hint.text()
    imported(qtbot, page, dialog)
    assert around.document.file.roles.label is None
    assert page.state() == ("needs", "Choose the label column.")


def test_that_a_label_column_can_be_left_out_and_chosen_later(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    dialog = dialog_of(qtbot, page, reviews(tmp_path / "mine.csv"))
    label = dialog.form.label
    assert label.currentData() == "label" and not dialog._hint.isVisible()
    label.setCurrentIndex(0)
    label.activated.emit(0)
    assert dialog._hint.isVisible()
    dialog.read_again()
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    assert not dialog.form.labelled  # what the user said stays
    imported(qtbot, page, dialog)
    assert around.document.file.roles.label is None and not around.document.file.splits
    page.choose_role("label", "label")
    settled(qtbot, page)
    assert around.document.file.labels == ["0", "1"] and page.state()[0] == "done"


def test_that_a_first_row_of_data_is_suspected(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("\n".join(f"{text},{label}" for text, label in REVIEWS), encoding="utf-8")
    page = show(around)
    dialog = dialog_of(qtbot, page, path)
    assert "if the first row is data" in dialog.notices.texts()[0]
    dialog.form.header.setChecked(False)
    qtbot.waitUntil(lambda: not dialog.errands.busy)
    assert dialog.notices.texts() == []
    dialog.reject()


def test_that_nothing_is_made_of_a_file_that_went(around: Surroundings, tmp_path: Path) -> None:
    from peft_desktop.core.errors import UserError
    from peft_desktop.projects.prepare import Wishes

    plan = Plan(tmp_path / "new", tmp_path / "gone.csv", Wishes())
    with pytest.raises(UserError, match="no such file"):
        list(prepare(plan, around.library, lambda: False))
    assert not (tmp_path / "new").exists()


def grouped(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["text", "label", "author", "all"])
        out.writerows([*row, f"author {n // 4}", "same"] for n, row in enumerate(REVIEWS))
    return path


def test_that_a_group_splits_anew_in_one_step_and_stays_together(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    imported(qtbot, page, dialog_of(qtbot, page, grouped(tmp_path / "mine.csv")))
    document, box = around.document, page.view.split
    before = document.file.splits
    page.choose_role("author", "group")
    settled(qtbot, page)
    together = document.file.splits
    homes = [{row // 4 for row in rows} for rows in together.values()]
    assert together != before and sum(map(len, homes)) == len(set.union(*homes)) == 10
    assert "stay together" in page.notices.texts()[-1]
    assert box.together.isVisible() and "author" in box.together.text()
    document.undo.undo()
    assert document.file.splits == before and document.file.roles.group is None
    document.undo.redo()
    page.choose_role("author", "")  # to let go of the group moves no row
    settled(qtbot, page)
    assert document.file.splits == together and not box.together.isVisible()
    page.choose_role("author", "group")  # nor does a group that is together already
    settled(qtbot, page)
    assert document.file.splits == together
    box.mode.setCurrentIndex(1)
    box.per_class.setValue(2)
    box.button.click()
    settled(qtbot, page)
    homes = [{row // 4 for row in rows} for rows in document.file.splits.values()]
    assert (
        sum(map(len, homes)) == len(set.union(*homes)) and len(document.file.splits["train"]) == 4
    )


def test_that_a_group_that_leaves_nothing_to_hold_out_is_refused_in_a_sentence(
    qtbot: QtBot, around: Surroundings, show: Show, tmp_path: Path
) -> None:
    page = show(around)
    imported(qtbot, page, dialog_of(qtbot, page, grouped(tmp_path / "mine.csv")))
    splits = around.document.file.splits
    page.choose_role("all", "group")
    settled(qtbot, page)
    assert "each group stays together" in page.notices.texts()[-1]
    assert around.document.file.splits == splits and around.document.file.roles.group is None
