"""The verbalizer doctor in the window: each word's tokens, what is wrong, ways out at a click."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from window_fakes import FakeTuner

from peft_desktop.core.recipe import PromptSpec
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.prompt_page import PromptPage
from peft_desktop.ui.widgets.chip_line import BEHIND, FACES, SIGN
from peft_desktop.ui.widgets.word_doctor import percent
from peft_desktop.ui.wording import number


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> Iterator[PromptPage]:
    made = PromptPage(opened)
    qtbot.addWidget(made)
    made.resize(1180, 690)
    made.show()
    made.shown()
    settled(qtbot, made)
    yield made


def settled(qtbot: QtBot, page: PromptPage) -> None:
    qtbot.waitUntil(lambda: not page._timer.isActive() and not page._errands.busy, timeout=20_000)


def prompt_of(page: PromptPage) -> PromptSpec:
    return page.document.file.prompt


def put(page: PromptPage, qtbot: QtBot, **changes: Any) -> None:
    page.document.edit("test", prompt=prompt_of(page).model_copy(update=changes))
    settled(qtbot, page)


def cell(page: PromptPage, row: int, role: int) -> Any:
    return page.words.model.index(row, 2).data(role)


def said(page: PromptPage) -> str:
    inside = page.words.doctor.area.widget()
    return "\n".join(label.text() for label in inside.findChildren(QLabel))


def press(page: PromptPage, qtbot: QtBot, text: str) -> None:
    button = next(b for b in page.words.doctor.buttons() if b.text() == text)
    button.click()
    settled(qtbot, page)


def test_that_each_word_shows_its_tokens_and_a_sign(qtbot: QtBot, page: PromptPage) -> None:
    assert [face.text for face in cell(page, 0, FACES)] == ["␣", *"terrible"]  # bytes are tokens
    assert cell(page, 0, SIGN) == "ℹ"
    put(page, qtbot, words={"negative": ["bad"], "positive": ["bad"]})
    assert cell(page, 1, SIGN) == "✖"
    assert "stands for two labels" in cell(page, 1, 0)
    assert page.state()[0] == "needs"


def test_that_the_label_in_most_need_is_shown_until_another_is_picked(
    qtbot: QtBot, page: PromptPage
) -> None:
    put(page, qtbot, words={"negative": ["bad"], "positive": ["fine", "bad"]})
    assert page.words.doctor.label == "positive"
    assert "stands for two labels" in said(page)
    page.words.view.setCurrentIndex(page.words.model.index(0, 0))
    assert page.words.doctor.label == "negative"
    assert "“negative”" in page.words.doctor.title.text()


def test_that_a_repair_is_one_click_and_one_step_to_undo(qtbot: QtBot, page: PromptPage) -> None:
    put(page, qtbot, template="{text}\nIt was{mask}")
    before = prompt_of(page)
    steps = page.document.undo.count()
    press(page, qtbot, "Add the space")
    assert prompt_of(page).template == "{text}\nIt was {mask}"
    assert page.template.editor.template() == "{text}\nIt was {mask}"
    assert page.document.undo.count() == steps + 1
    page.document.undo.undo()
    assert prompt_of(page) == before
    settled(qtbot, page)


def test_that_option_letters_take_the_words_places(qtbot: QtBot, page: PromptPage) -> None:
    press(page, qtbot, "Ask with options A, B, C")
    assert prompt_of(page).words == {"negative": ["A"], "positive": ["B"]}
    assert "terrible" in prompt_of(page).template
    page.document.undo.undo()
    assert prompt_of(page).words == {"negative": ["terrible"], "positive": ["great"]}
    settled(qtbot, page)


def test_that_another_word_is_typed_in_the_table(qtbot: QtBot, page: PromptPage) -> None:
    page.words.view.setCurrentIndex(page.words.model.index(1, 0))
    press(page, qtbot, "Choose another word")
    editor = page.words.view.findChild(QLineEdit)
    assert editor is not None and editor.text() == "great"
    assert page.words.view.currentIndex().row() == 1


def test_that_words_are_still_shown_while_the_braces_do_not_match(
    qtbot: QtBot, page: PromptPage
) -> None:
    put(page, qtbot, template="{text} It was {mask} {te")
    assert [face.text for face in cell(page, 1, FACES)] == ["␣", *"great"]
    put(page, qtbot, template="{text} 答案是{mask} {te")
    assert [face.text for face in cell(page, 1, FACES)] == ["g", *"reat"]


def test_that_the_model_is_asked_for_ranks_at_a_button(
    qtbot: QtBot, page: PromptPage, tuner: FakeTuner
) -> None:
    doctor = page.words.doctor
    assert doctor.ask_button.isEnabled()
    doctor.ask_button.click()
    assert doctor.ask_button.text() == "Stop"
    qtbot.waitUntil(lambda: not page.work.busy, timeout=5000)
    assert tuner.asked[-1][0] == "words"
    assert tuner.asked[-1][1].prompts == (prompt_of(page),)
    assert cell(page, 1, BEHIND) == "rank 100"
    page.words.view.setCurrentIndex(page.words.model.index(1, 0))
    assert f"Rank 100 of {number(49152)} tokens" in said(page) and "prior 1.0 %" in said(page)
    put(page, qtbot, template="{text} So it was {mask}")
    assert cell(page, 1, BEHIND) == ""  # another template, another answer
    assert doctor.ask_button.text() == "Ask the model"


def test_that_the_button_says_why_the_model_cannot_be_asked(qtbot: QtBot, page: PromptPage) -> None:
    put(page, qtbot, words={"negative": ["bad"]})
    page.words.doctor.retranslate()
    assert not page.words.doctor.ask_button.isEnabled()
    assert "every label" in page.words.doctor.ask_button.toolTip()


def test_that_a_hundred_and_fifty_labels_with_emoji_stay_quick(
    qtbot: QtBot, page: PromptPage
) -> None:
    labels = [f"label {n} 电影 😀" for n in range(150)]
    words = {label: [f"word{n}", "😀" * (n % 3 + 1) + str(n)] for n, label in enumerate(labels)}
    file = page.document.file
    page.document.edit("t", labels=labels, prompt=file.prompt.model_copy(update={"words": words}))
    settled(qtbot, page)
    assert page.words.model.rowCount() == 150
    assert all(cell(page, row, FACES) for row in range(150))
    assert page.notices.texts() == []


def test_that_small_shares_can_be_told_apart() -> None:
    assert percent(0.5) == "50 %" and percent(0.01) == "1.0 %"
    assert percent(0.00002) == "0.002 %"
