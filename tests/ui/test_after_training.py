"""What a training says of itself when it is over: its vectors' nearest words, and its verdict."""

from __future__ import annotations

from collections.abc import Iterator

from evaluate_steps import judged, shown
from pytestqt.qtbot import QtBot
from window_fakes import FakeTuner

from peft_desktop.core import events as ev
from peft_desktop.core.events import Event
from peft_desktop.core.runs import create_run, recorded
from peft_desktop.core.words import QT_TRANSLATE_NOOP
from peft_desktop.methods import METHODS
from peft_desktop.projects.recipes import recipe_for
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.train_page import TrainPage
from peft_desktop.ui.widgets.soft_words import SoftWords

ONE_LABEL = QT_TRANSLATE_NOOP("engine", 'The model says "{label}" for all {rows} validation rows.')
EARLY = QT_TRANSLATE_NOOP("engine", "Rows that are cut: {rows}.")
VECTORS = [[("film", 0.91), ("movie", 0.4)], [("\u7535\u5f71", 0.12)]]


def told(events: Iterator[Event]) -> Iterator[Event]:
    """The events of a training that warns before its first step and at its end."""
    yield ev.Warned(EARLY, {"rows": 3})
    for event in events:
        if isinstance(event, ev.Finished):
            yield ev.Warned(ONE_LABEL, {"label": "positive", "rows": 8})
            event = ev.Finished({**event.result, "soft_words": VECTORS})
        yield event


def trained(around: Surroundings, tuner: FakeTuner) -> None:
    project = around.document.project
    assert project is not None
    recipe = recipe_for(project, name="soft-1", library=around.library, methods=METHODS)
    folder = create_run(project.runs_folder, recipe)
    list(recorded(told(tuner.train(recipe, folder)), folder))  # type: ignore[arg-type]


def test_that_an_evaluation_says_that_the_training_got_stuck(
    qtbot: QtBot, opened: Surroundings, tuner: FakeTuner
) -> None:
    trained(opened, tuner)
    page = shown(qtbot, opened)
    judged(qtbot, page, "valid")
    said = page.view.notes.text()
    assert 'says "positive" for all 8 validation rows' in said
    assert "Rows that are cut" not in said  # that is no verdict; the log has it


def test_that_the_train_page_shows_verdict_and_nearest_words_of_an_old_run(
    qtbot: QtBot, opened: Surroundings, tuner: FakeTuner
) -> None:
    trained(opened, tuner)
    page = TrainPage(opened)
    qtbot.addWidget(page)
    page.show()
    page.show_run("soft-1")
    qtbot.waitUntil(lambda: not page.view.soft.isHidden(), timeout=5000)
    assert 'says "positive"' in page.view.log.warnings.text()
    table = page.view.soft.table
    assert [table.item(0, 0).text(), table.item(0, 1).text()] == ["1", "film (0.91), movie (0.40)"]
    assert table.item(1, 1).text() == "\u7535\u5f71 (0.12)"
    page.view.forget()
    assert page.view.soft.isHidden()
    qtbot.waitUntil(lambda: not page._errands.busy)


def test_that_runs_without_vectors_show_no_table(qtbot: QtBot) -> None:
    widget = SoftWords()
    qtbot.addWidget(widget)
    widget.take([ev.Finished({"soft_words": []}), ev.Finished({})])
    assert widget.isHidden()
