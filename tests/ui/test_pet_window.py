"""PET's wizard: its steps, what is counted and said first, the scores as they grow, the student."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from queue_steps import ended, letters_twice, pet, texts_file, unexplained
from window_fakes import FakeTuner

from peft_desktop.core.project import open_project
from peft_desktop.core.runs import list_runs, load_recipe
from peft_desktop.projects.pet_plan import load, names_of
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pet_planner import PATTERNS, PEOPLE, PLAN, POOL
from peft_desktop.ui.pet_window import PetWindow
from peft_desktop.ui.widgets import pet_tree as tree


@pytest.fixture
def window(qtbot: QtBot, opened: Surroundings, tmp_path: Path) -> Iterator[PetWindow]:
    """With 60 unlabelled texts, and one seed, planned."""
    with pet(qtbot, opened) as window:
        window.planner.pool.set_path(texts_file(tmp_path))
        window.planner.people.seeds.line.setText("1")
        qtbot.waitUntil(lambda: window.planner.draft is not None, timeout=10_000)
        yield window


def begun(window: PetWindow) -> None:
    window.planner.go_to(PLAN)
    assert window.start.isEnabled(), window.start.text()
    window.start.click()


def test_that_without_texts_the_plan_says_what_is_missing(
    qtbot: QtBot, opened: Surroundings
) -> None:
    with pet(qtbot, opened) as window:
        qtbot.waitUntil(lambda: window.planner._error is not None, timeout=10_000)
        window.planner.go_to(PLAN)
        assert "no unlabelled texts" in window.planner.card.text()
        assert not window.start.isEnabled()


def test_that_the_texts_are_counted_and_test_rows_left_out(window: PetWindow) -> None:
    said = window.planner.pool.counts.text()
    assert "61 texts were read from the file" in said
    assert "1 that stand among the test rows are left out" in said
    assert "60 texts will be labelled" in said
    assert any("among the test rows" in text for text in window.notices.texts())
    assert any("Only 60 unlabelled texts" in text for text in window.notices.texts())


def test_that_a_text_file_has_a_text_a_line(
    qtbot: QtBot, window: PetWindow, tmp_path: Path
) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("one good film, really\n\nanother film, not so good\n", encoding="utf-8")
    window.planner.pool.set_path(lines)
    qtbot.waitUntil(lambda: window.planner.draft is not None, timeout=10_000)
    assert [row["text"] for row in window.planner.draft.pool.rows] == [  # type: ignore[union-attr]
        "one good film, really",
        "another film, not so good",
    ]


def test_that_the_steps_lead_to_the_plan_and_start_is_only_there(window: PetWindow) -> None:
    for step in (PATTERNS, POOL, PEOPLE):
        assert window.planner.at == step
        assert window.start.isHidden() and not window.next.isHidden()
        window.next.click()
    assert window.planner.at == PLAN and not window.start.isHidden()
    window.back.click()
    assert window.planner.at == PEOPLE


def test_that_the_plan_tells_trainings_pool_and_time_before_it_starts(
    window: PetWindow, tuner: FakeTuner, project_folder: Path
) -> None:
    said = window.planner.card.text()
    assert "4 trainings: 3 patterns \u00d7 1 seeds = 3 teachers, then the student" in said
    assert "Review: \u2026 \u21b5 Overall, the movie was" in said
    assert "learn from 32 labelled rows" in said and "They label 60 texts" in said
    assert "Time: known after the first training" in said
    assert not tuner.asked and not names_of(open_project(project_folder))


def test_that_no_pattern_at_all_is_named_as_missing(qtbot: QtBot, window: PetWindow) -> None:
    patterns = window.planner.patterns.list
    for key in patterns.ticked():
        patterns.tick(key, False)
    window.planner.go_to(PLAN)
    assert (window.start.text(), window.start.isEnabled()) == ("Tick a prompt at least", False)
    assert window.planner.steps.item(PATTERNS).text().startswith("\u2716")


def test_that_teachers_label_and_the_student_learns_and_all_of_it_is_shown(
    qtbot: QtBot, window: PetWindow, opened: Surroundings, project_folder: Path
) -> None:
    seen: list[str] = []
    window.desk.changed.connect(lambda: seen.append(window.found.text().split("\n")[0]))
    begun(window)
    ended(qtbot, opened)
    assert any("1 of 3 teachers are done" in text for text in seen)  # it grew
    assert window.desk.waiting == 0
    pattern = window.tree.topLevelItem(0)
    assert pattern is not None and pattern.childCount() == 1
    assert pattern.text(tree.UNTRAINED) != "" and pattern.text(tree.VALID) == "0.750"
    together, student = window.tree.topLevelItem(3), window.tree.topLevelItem(4)
    assert together is not None and student is not None
    assert together.text(tree.VALID) == "0.750"
    assert student.text(tree.TEST) == "0.800"
    said = window.found.text()
    assert "All teachers agree on 100 of 100 texts" in said
    assert "The student: right in 80 of 100 test rows" in said
    runs = list_runs(project_folder / "runs")
    assert [run.state for run in runs] == ["finished"] * 4
    recipe = load_recipe(project_folder / "runs" / "pet-1 student 1")
    assert recipe.soft_labels is not None and recipe.soft_labels.rows == 60
    assert opened.document.file.test_peeks == 1
    wanted: list[str] = []
    window.run_wanted.connect(wanted.append)
    assert window.open_run.text() == "&Open the student"
    window.open_run.click()
    assert wanted == ["pet-1 student 1"]


def test_that_labels_that_are_nearly_all_the_same_are_warned_of(
    qtbot: QtBot, window: PetWindow, opened: Surroundings
) -> None:
    begun(window)  # every text says "positive", and so do the teachers
    ended(qtbot, opened)
    assert any("100 of 100 unlabelled texts" in text for text in window.notices.texts())


def test_that_it_stops_within_a_second_and_goes_on_later(
    qtbot: QtBot, window: PetWindow, opened: Surroundings, tuner: FakeTuner, project_folder: Path
) -> None:
    tuner.delay_s = 0.02
    begun(window)
    qtbot.waitUntil(lambda: window.desk.progress.number == 2, timeout=10_000)
    window.status.stop.click()
    qtbot.waitUntil(lambda: not opened.work.busy, timeout=1000)
    assert sum(cell.state == "done" for cell in load(open_project(project_folder)).cells) == 1
    tuner.delay_s, tuner.asked = 0.0, []
    with pet(qtbot, opened) as again:
        assert again.which.itemText(1) == "pet-1: 1 of 4 done"
        again.which.setCurrentIndex(1)
        again.which.activated.emit(1)
        qtbot.waitUntil(lambda: again.desk.plan is not None, timeout=5000)
        again.go_on.click()
        ended(qtbot, opened)
        assert sum(name == "train" for name, _ in tuner.asked) == 3
        assert again.desk.waiting == 0


def test_that_a_student_of_another_kind_gets_a_prompt_and_a_method_that_fit(
    qtbot: QtBot, window: PetWindow
) -> None:
    people = window.planner.people
    people.student.setCurrentIndex(people.student.findData("all-minilm-l6-v2"))
    people.student.activated.emit(people.student.currentIndex())
    qtbot.waitUntil(lambda: window.planner.draft is not None, timeout=10_000)
    draft = window.planner.draft
    assert draft is not None
    assert draft.plan.student.model.name == "all-minilm-l6-v2"
    assert draft.plan.student.method == "full"
    assert draft.plan.student.prompt.template != draft.plan.patterns[0].prompt.template


def test_that_every_control_has_a_name_a_tip_and_help_and_a_letter_of_its_own(
    qtbot: QtBot, window: PetWindow, opened: Surroundings
) -> None:
    for step in (PATTERNS, POOL, PEOPLE, PLAN):
        window.planner.go_to(step)
        assert unexplained(window) == []
        assert letters_twice(window) == []
    begun(window)
    ended(qtbot, opened)
    assert unexplained(window) == []
    assert letters_twice(window) == []
