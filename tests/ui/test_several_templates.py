"""Several templates in one prompt: written, judged, previewed and undone one at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from test_prompt_page import prompt_of, settled, typed

from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.prompt_page import PromptPage


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> Iterator[PromptPage]:
    made = PromptPage(opened)
    qtbot.addWidget(made)
    made.resize(1180, 690)
    made.show()
    made.shown()
    settled(qtbot, made)
    yield made


def second(page: PromptPage, qtbot: QtBot, text: str = "{text} It was {mask}") -> None:
    page.template.strip.add.click()
    typed(page, text)
    settled(qtbot, page)


def test_that_a_second_template_is_written_and_previewed_by_itself(
    page: PromptPage, qtbot: QtBot
) -> None:
    first = prompt_of(page).template
    assert not page.template.strip.tabs.isVisible()
    second(page, qtbot)
    assert prompt_of(page).templates == [first, "{text} It was {mask}"]
    assert page.template.strip.tabs.currentIndex() == 1
    assert page.preview.text.toPlainText().endswith(" It was [terrible | great]")
    page.template.strip.tabs.setCurrentIndex(0)
    settled(qtbot, page)
    assert page.template.editor.toPlainText() == first
    assert "Overall, the movie was" in page.preview.text.toPlainText()
    assert page.state() == ("done", "Template and words are ready")


def test_that_an_empty_or_faulty_template_is_named_by_its_number(
    page: PromptPage, qtbot: QtBot
) -> None:
    page.template.strip.add.click()
    settled(qtbot, page)
    assert page.state() == ("needs", "Template 2: Write a template")
    typed(page, "{text} without a slot")
    settled(qtbot, page)
    kind, said = page.state()
    assert kind == "needs" and said.startswith("Template 2: ")


def test_that_removing_a_template_keeps_the_others_and_can_be_undone(
    page: PromptPage, qtbot: QtBot
) -> None:
    first = prompt_of(page).template
    second(page, qtbot)
    page.template.strip.tabs.setCurrentIndex(0)
    settled(qtbot, page)
    page.template.strip.remove.click()
    settled(qtbot, page)
    assert prompt_of(page).templates == ["{text} It was {mask}"]
    page.document.undo.undo()
    settled(qtbot, page)
    assert prompt_of(page).templates == [first, "{text} It was {mask}"]


def test_that_undo_past_the_template_on_show_shows_one_that_is_there(
    page: PromptPage, qtbot: QtBot
) -> None:
    first = prompt_of(page).template
    page.template.strip.add.click()
    settled(qtbot, page)
    page.document.undo.undo()
    settled(qtbot, page)
    assert prompt_of(page).templates == [first]
    assert page.template.editor.toPlainText() == first


def test_that_a_parameter_s_new_name_is_in_all_templates(page: PromptPage, qtbot: QtBot) -> None:
    prompt = prompt_of(page).model_copy(
        update={"also": ["{text} {tone} {mask}"], "parameters": {"tone": "So"}}
    )
    page.document.edit("test", prompt=prompt)
    settled(qtbot, page)
    page.parameters.renamed.emit("tone", "mood")
    settled(qtbot, page)
    assert prompt_of(page).also == ["{text} {mood} {mask}"]
    assert prompt_of(page).parameters == {"mood": "So"}
