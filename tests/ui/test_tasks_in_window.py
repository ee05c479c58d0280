"""Each task in the pages before training: chosen, changed, prompted, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from task_runs import MADE, judged_run, make_project

from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.prompt_page import PromptPage
from peft_desktop.ui.training_plan import missing
from peft_desktop.ui.widgets.several_buttons import SeveralButtons
from peft_desktop.ui.widgets.task_line import TaskLine
from peft_desktop.ui.widgets.train_form import TrainForm


def picked(qtbot: QtBot, line: TaskLine, task: str) -> None:
    line.box.setCurrentIndex(line.box.findData(task))
    line.box.activated.emit(line.box.currentIndex())
    qtbot.waitUntil(lambda: not line.errands.busy, timeout=10_000)


def line_of(qtbot: QtBot, around: Surroundings, tmp_path: Path, task: str) -> TaskLine:
    around.document.open(make_project(tmp_path / task, MADE[task]).folder)
    line = TaskLine(around)
    qtbot.addWidget(line)
    return line


def test_that_the_task_can_be_changed_before_the_first_run_and_back_again(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    line = line_of(qtbot, around, tmp_path, "question_answering")
    before = around.document.file
    picked(qtbot, line, "generation")
    file = around.document.file
    assert file.task == "generation" and "{mask}" in file.prompt.template
    assert file.splits["train"]
    around.document.undo.undo()
    assert around.document.file.task == "question_answering"
    assert around.document.file.prompt == before.prompt


def test_that_a_task_that_the_table_cannot_teach_is_refused_with_what_to_do(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    line = line_of(qtbot, around, tmp_path, "generation")
    with qtbot.waitSignal(line.failed) as failed:
        picked(qtbot, line, "tagging")
    assert around.document.file.task == "generation"
    assert line.box.currentData() == "generation"
    assert str(failed.args[0])


def test_that_with_runs_the_task_can_be_changed_and_what_that_means_is_said(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    project = make_project(tmp_path / "asked", MADE["question_answering"])
    name = judged_run(project, MADE["question_answering"])
    around.document.open(project.folder)
    line = TaskLine(around)
    qtbot.addWidget(line)
    assert line.box.isEnabled() and "Runs keep the task" in line.about.text()
    with qtbot.waitSignal(line.changed) as changed:
        picked(qtbot, line, "generation")
    assert "runs stay as they are" in " ".join(each.template for each in changed.args[0])
    (run,) = around.document.runs()
    assert (run.name, run.recipe.task) == (name, "question_answering")


@pytest.mark.parametrize("task", sorted(MADE))
def test_that_the_prompt_page_shows_what_the_task_has(
    qtbot: QtBot, around: Surroundings, tmp_path: Path, task: str
) -> None:
    around.document.open(make_project(tmp_path / task, MADE[task]).folder)
    page = PromptPage(around)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page._seen is not None and not page._errands.busy, timeout=10_000)
    seen = page._seen
    assert seen is not None and seen.prompt_error is None and not seen.complaints
    assert seen.spans and seen.chips
    assert page.words.isVisible() == bool(MADE[task].words)
    assert not page.beside.isVisible()
    if task == "extraction":
        assert page.words.model.data(page.words.model.index(0, 1)) == "What is the name?"


def test_that_a_question_with_a_comma_stays_one_question(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    around.document.open(make_project(tmp_path / "fields", MADE["extraction"]).folder)
    page = PromptPage(around)
    qtbot.addWidget(page)
    model = page.words.model
    model.setData(model.index(0, 1), "What, if anything, is the name?")
    assert around.document.file.prompt.words["name"] == ["What, if anything, is the name?"]


@pytest.mark.parametrize("task", sorted(set(MADE) - {"extraction"}))
def test_that_nothing_is_missing_of_a_task_that_has_all_it_needs(
    around: Surroundings, tmp_path: Path, task: str
) -> None:
    project = make_project(tmp_path / task, MADE[task])
    assert missing(project.file, None, {}, 0) is None


def test_that_a_question_column_and_questions_of_fields_are_asked_for(tmp_path: Path) -> None:
    file = make_project(tmp_path / "qa", MADE["question_answering"]).file
    without = file.model_copy(update={"roles": file.roles.model_copy(update={"question": None})})
    found = missing(without, None, {}, 0)
    assert found is not None and found.kind == "question"
    fields = make_project(tmp_path / "fields", MADE["extraction"]).file
    found = missing(fields, None, {}, 0)
    assert found is not None and (found.kind, found.count) == ("words", 2)


def test_that_the_form_has_the_settings_of_the_task(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    form, buttons = TrainForm(), SeveralButtons()
    qtbot.addWidget(form)
    qtbot.addWidget(buttons)
    form.show_file(make_project(tmp_path / "text", MADE["generation"]).file)
    assert form.of_task is not None and "temperature" in form.of_task.rows
    weights = [form.main.rows[name].editor for name in ("weight_prompt", "weight_fine_tune")]
    assert all(editor.isHidden() for editor in weights)  # there is one loss
    form.show_file(make_project(tmp_path / "tags", MADE["tagging"]).file)
    assert not any(editor.isHidden() for editor in weights)
    buttons.set_task("generation")
    assert not buttons.compare.isEnabled() and "Only for" in buttons.compare.toolTip()
