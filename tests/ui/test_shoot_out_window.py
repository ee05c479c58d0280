"""The shoot-out's window: what it compares, what it says first, the table, stop, the winner."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from queue_steps import ended, letters_twice, ready, shoot_out, unexplained
from window_fakes import DEFAULT_MODEL, FakeTuner

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Event, Tick
from peft_desktop.core.project import open_project
from peft_desktop.core.runs import list_runs
from peft_desktop.projects.shoot_out_plan import load, names_of
from peft_desktop.ui.main_window import MainWindow, Start
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.train_page import TrainPage
from peft_desktop.ui.pet_window import PetWindow
from peft_desktop.ui.queue_choices import seeds_in
from peft_desktop.ui.shoot_out_window import ShootOutWindow
from peft_desktop.ui.widgets import shoot_out_table as table
from peft_desktop.ui.wording import number


@pytest.fixture
def window(qtbot: QtBot, opened: Surroundings) -> Iterator[ShootOutWindow]:
    with shoot_out(qtbot, opened) as window:
        ready(qtbot, window.planner)
        yield window


def _slow() -> Iterator[Event]:
    for _ in range(1000):
        time.sleep(0.01)
        yield Tick()


def done(qtbot: QtBot, window: ShootOutWindow, around: Surroundings) -> None:
    window.planner.start.click()
    assert around.work.busy
    ended(qtbot, around)


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("1, 2, 3", [1, 2, 3]),
        ("5-7,5", [5, 6, 7]),
        ("1\uff0c2", [1, 2]),
        ("", None),
        ("a", None),
        ("1,", None),
        ("9-3", None),
        ("0-99999", None),
    ],
)
def test_that_seeds_are_read_as_people_write_them(text: str, seeds: list[int] | None) -> None:
    assert seeds_in(text) == seeds


def test_that_the_card_says_what_will_happen_before_anything_does(
    window: ShootOutWindow, tuner: FakeTuner, project_folder: Path
) -> None:
    said = window.planner.card.text.text()
    assert "6 trainings: 2 combinations \u00d7 3 seeds" in said
    assert "32 to learn, 8 to choose the winner, 20 to test" in said
    assert "300 steps at most" in said
    assert "known after the first training" in said
    assert window.table.rows_model.shown(window.table.rows_model.rows[0], table.RUNS) == "0/3"
    assert not tuner.asked and not names_of(open_project(project_folder))


def test_that_a_method_that_cannot_train_the_model_says_why_and_cannot_be_ticked(
    qtbot: QtBot, window: ShootOutWindow
) -> None:
    methods = window.planner.form.methods
    lines = {methods.item(n).data(Qt.ItemDataRole.UserRole): n for n in range(methods.count())}
    contrastive = methods.item(lines["contrastive"])
    assert contrastive.text().startswith("\u2716") and "sentence encoder" in contrastive.text()
    methods.tick("contrastive")
    assert "contrastive" not in methods.ticked()
    window.planner.form.models.tick(DEFAULT_MODEL, False)
    window.planner.form.models.tick("all-minilm-l6-v2")
    methods.tick("contrastive")
    assert "contrastive" in methods.ticked()


def test_that_the_dead_button_names_what_is_missing(qtbot: QtBot, window: ShootOutWindow) -> None:
    form, start = window.planner.form, window.planner.start
    for name in form.methods.ticked():
        form.methods.tick(name, False)
    assert (start.text(), start.isEnabled()) == ("Tick a method at least", False)
    form.methods.tick("lora")
    form.seeds.line.setText("one")
    assert (start.text(), start.isEnabled()) == ("Correct the seeds", False)
    form.seeds.line.setText("7")
    ready(qtbot, window.planner)
    assert "1 trainings" in window.planner.card.text.text()


def test_that_without_validation_rows_it_says_so(qtbot: QtBot, opened: Surroundings) -> None:
    splits = {**opened.document.file.splits, "valid": []}
    opened.document.edit("no validation", splits=splits)
    with shoot_out(qtbot, opened) as window:
        assert window.planner.start.text() == "Split the rows: none are there to choose by"


def test_that_without_a_project_it_asks_for_one(qtbot: QtBot, around: Surroundings) -> None:
    with shoot_out(qtbot, around) as window:
        assert window.planner.start.text() == "Open a project first"
        assert not window.planner.start.isEnabled()


def test_that_every_cell_is_a_run_and_the_table_has_mean_and_spread(
    qtbot: QtBot, window: ShootOutWindow, opened: Surroundings, project_folder: Path
) -> None:
    seen: list[int] = []
    window.desk.changed.connect(
        lambda: seen.append(sum(row.get("done", 0) for row in window.desk.rows))
    )
    done(qtbot, window, opened)
    assert {0, 1, 3, 6} <= set(seen)  # it grew
    assert [run.state for run in list_runs(project_folder / "runs")] == ["finished"] * 6
    model = window.table.rows_model
    first = model.rows[0]
    assert first["best"] and model.shown(first, table.NAME).startswith("\u2605 ")
    assert model.shown(first, table.TEST) == "0.800 \u00b1 0.000"
    assert model.shown(first, table.AGAINST) == "best"
    assert model.shown(model.rows[1], table.AGAINST) == "0.0 (p 1.000)"
    assert model.shown(first, table.TRAINED) == number(460_800)
    assert model.shown(first, table.RUNS) == "3/3"
    assert [row["row"] for row in model.rows[2:]] == [
        "majority",
        "zero_shot",
        "zero_shot_calibrated",
    ]
    assert len(window.plot.points("test")) == 2 and len(window.plot.points("baseline")) == 3
    assert window.plot.isVisible()
    assert "All trainings are done" in window.status.said.text()
    assert opened.document.file.test_peeks == 1


def test_that_the_look_at_the_test_rows_does_not_undo_an_edit(
    qtbot: QtBot,
    window: ShootOutWindow,
    opened: Surroundings,
    tuner: FakeTuner,
    project_folder: Path,
) -> None:
    tuner.delay_s = 0.01
    window.planner.start.click()
    qtbot.waitUntil(lambda: window.desk.progress.number > 0, timeout=5000)
    opened.document.edit("change the seed", seed=7)
    ended(qtbot, opened)
    opened.document.save()
    kept = open_project(project_folder).file
    assert (kept.seed, kept.test_peeks) == (7, 1)


def test_that_stop_takes_less_than_a_second_and_the_rest_is_done_later(
    qtbot: QtBot,
    window: ShootOutWindow,
    opened: Surroundings,
    tuner: FakeTuner,
    project_folder: Path,
) -> None:
    tuner.delay_s = 0.02
    window.planner.start.click()
    qtbot.waitUntil(lambda: window.desk.progress.number == 2, timeout=10_000)
    window.status.stop.click()
    qtbot.waitUntil(lambda: not opened.work.busy, timeout=1000)
    plan = load(open_project(project_folder))
    assert sum(cell.state == "done" for cell in plan.cells) == 1
    assert not window.planner.go_on.isHidden()
    assert window.planner.go_on.text() == "&Go on: 5 to do"
    with shoot_out(qtbot, opened) as again:  # as after the next start
        which = again.planner.which
        assert which.itemText(1) == "shoot-out-1: 1 of 6 done"
        which.setCurrentIndex(1)
        which.activated.emit(1)
        qtbot.waitUntil(lambda: again.desk.plan is not None, timeout=5000)
        tuner.delay_s, tuner.asked = 0.0, []
        again.planner.go_on.click()
        ended(qtbot, opened)
        trained = [what for name, what in tuner.asked if name == "train"]
        assert len(trained) == 5
        assert again.desk.waiting == 0


def test_that_a_failed_cell_is_told_with_its_reason_and_tried_again(
    qtbot: QtBot, window: ShootOutWindow, opened: Surroundings, tuner: FakeTuner
) -> None:
    window.planner.form.seeds.line.setText("1")
    ready(qtbot, window.planner)
    tuner.fail_with, tuner.fail_at_step = UserError("The disk is full.", "Make room."), 3
    done(qtbot, window, opened)
    assert any("Make room." in text for text in window.notices.texts())
    assert "The disk is full." in window.status.said.text()
    row = window.table.rows_model.rows[0]
    assert "\u2716" in window.table.rows_model.shown(row, table.RUNS)
    assert "The disk is full." in window.table.rows_model.in_words(row)
    assert not window.use.isEnabled()
    tuner.fail_with = None
    window.planner.go_on.click()
    ended(qtbot, opened)
    assert window.desk.waiting == 0 and window.use.isEnabled()


def test_that_the_winner_comes_into_the_project_as_one_step_that_is_undone(
    qtbot: QtBot, window: ShootOutWindow, opened: Surroundings
) -> None:
    done(qtbot, window, opened)
    before = opened.document.file.model_copy()
    window.table.choose("head-only")
    assert window.use.text() in ("&Use this row", "&Use the winner")
    window.use.click()
    assert opened.document.file.method == "head_only"
    assert "Undo" in window.notices.texts()[-1]
    opened.document.undo.undo()
    after = opened.document.file
    assert (after.method, after.training, after.prompt) == (
        before.method,
        before.training,
        before.prompt,
    )


def test_that_a_row_opens_its_best_run_and_sorts_and_copies(
    qtbot: QtBot, window: ShootOutWindow, opened: Surroundings
) -> None:
    done(qtbot, window, opened)
    wanted: list[str] = []
    window.run_wanted.connect(wanted.append)
    window.table.activated.emit(window.table.rows_model.index(1, 0))
    assert wanted and wanted[0] in {run.name for run in opened.document.runs()}
    window.table._sort_by(table.NAME)
    names = [window.table.rows_model.shown(r, table.NAME) for r in window.table.rows_model.rows]
    assert [n.lstrip("\u2605 ") for n in names] == sorted(n.lstrip("\u2605 ") for n in names)
    window.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "0.800 \u00b1 0.000" in text and len(text.splitlines()) == 6


def test_that_other_work_makes_it_wait(window: ShootOutWindow, opened: Surroundings) -> None:
    opened.work.start("adding a model", _slow(), window, list, str)
    assert window.planner.start.text() == "Wait: adding a model"
    assert not window.planner.start.isEnabled()


def test_that_every_control_has_a_name_a_tip_and_help_and_a_letter_of_its_own(
    qtbot: QtBot, window: ShootOutWindow, opened: Surroundings
) -> None:
    assert unexplained(window) == []
    assert letters_twice(window) == []
    done(qtbot, window, opened)
    assert unexplained(window) == []
    assert letters_twice(window) == []


def test_that_the_window_is_made_without_the_engine() -> None:
    code = (
        "import sys; import peft_desktop.ui.shoot_out_window, peft_desktop.ui.pet_window;"
        "print([m for m in ('torch', 'transformers', 'pandas', 'sklearn') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_that_menu_and_train_page_lead_to_it_and_its_runs_lead_back(
    qtbot: QtBot, around: Surroundings, trained: Path
) -> None:
    around.settings.put("started", "true")
    main = MainWindow(around, start=Start(trained))
    main.begin()
    main.show()
    page = main.stack.show_page("train")
    assert isinstance(page, TrainPage)
    page.several.compare.click()
    window = main.findChild(ShootOutWindow)
    assert window is not None and window.isVisible() and not window.isModal()
    main.doings["shoot_out"].trigger()
    assert len(main.findChildren(ShootOutWindow)) == 1
    window.run_wanted.emit("lora-1")
    assert main.side.run == "lora-1"
    main.doings["pet"].trigger()
    assert main.findChild(PetWindow) is not None
    main.end()
    qtbot.waitUntil(lambda: not main.isVisible(), timeout=5000)
    main.end_errands()
    main.deleteLater()
