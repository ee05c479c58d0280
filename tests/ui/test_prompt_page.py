"""The Prompt page: edits are in the project at once, and the preview is what training reads."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from window_fakes import DEFAULT_MODEL, FakeLibrary

from peft_desktop.core.places import models_folder
from peft_desktop.core.recipe import PromptSpec
from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.prompt_page import PromptPage
from peft_desktop.ui.widgets.words_table import text_of, words_of

REAL_MODELS = models_folder()  # before the test's own home takes its place


@pytest.fixture
def page(qtbot: QtBot, opened: Surroundings) -> Iterator[PromptPage]:
    """The page with the project of reviews, its first preview done."""
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
    """Change the prompt (or, as `training`, its settings) and wait for the preview."""
    if "training" in changes:
        page.document.edit("test", training=changes.pop("training"))
    if changes:
        page.document.edit("test", prompt=prompt_of(page).model_copy(update=changes))
    settled(qtbot, page)


def typed(page: PromptPage, text: str) -> None:
    page.template.editor.selectAll()
    QTest.keyClicks(page.template.editor, text)


def mark_of(page: PromptPage, row: int) -> str:
    return str(page.words.model.index(row, 2).data())


def test_that_a_row_is_shown_as_the_model_will_read_it(page: PromptPage) -> None:
    text = page.preview.text.toPlainText()
    first = "the film number 0 is a dull and noisy mess, negative"
    assert text == f"Review: {first}↵\nOverall, the movie was [terrible | great]"
    assert page.preview.tokens.text().endswith(" left")
    assert page.preview.cuts.said.text() == "0 of 32 training rows would be cut"
    assert page.state() == ("done", "Template and words are ready")
    assert page.notices.texts() == []


def test_that_one_label_s_word_can_stand_in_the_slot(page: PromptPage) -> None:
    page.preview.slot_choice.setCurrentIndex(2)
    assert page.preview.text.toPlainText().endswith("the movie was [great]")


def test_that_typing_is_in_the_project_at_once_and_in_the_preview_soon(
    qtbot: QtBot, page: PromptPage
) -> None:
    typed(page, "{text} It is {mask}")
    assert prompt_of(page).template == "{text} It is {mask}"
    settled(qtbot, page)
    assert page.preview.text.toPlainText().endswith("negative It is [terrible | great]")


def test_that_the_preview_follows_a_key_stroke_within_300_ms(
    qtbot: QtBot, opened: Surroundings, library: FakeLibrary
) -> None:
    """With the tokenizer of the real model where it is on this computer."""
    real = REAL_MODELS / DEFAULT_MODEL
    if (real / "tokenizer.json").is_file():
        library.path = lambda name: real  # type: ignore[method-assign]
    page = PromptPage(opened)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    settled(qtbot, page)
    took = []
    for n in range(8):
        began = time.perf_counter()
        page.template.editor.moveCursor(page.template.editor.textCursor().MoveOperation.Start)
        QTest.keyClick(page.template.editor, "abcdefgh"[n])
        template = prompt_of(page).template
        qtbot.waitUntil(
            lambda t=template: page._seen is not None and page._seen.asked.file.prompt.template == t
        )
        took.append(time.perf_counter() - began)
        assert page.preview.text.toPlainText().startswith("abcdefgh"[: n + 1][::-1])
    assert sorted(took)[len(took) // 2] < 0.3, took
    settled(qtbot, page)


def test_that_names_are_offered_after_a_brace_and_taken_with_enter(
    qtbot: QtBot, page: PromptPage
) -> None:
    editor = page.template.editor
    typed(page, "Say: {te")
    assert editor.popup.isVisible()
    assert editor.completer.currentCompletion() == "text"
    QTest.keyClick(editor.popup, Qt.Key.Key_Return)
    assert editor.template() == "Say: {text}"
    QTest.keyClicks(editor, " {{not a name {")
    # the slot, two columns (the label is none), soft tokens in two ways, columns that are cut last
    assert editor.completer.completionCount() == 7
    QTest.keyClick(editor.popup, Qt.Key.Key_Escape)
    settled(qtbot, page)


def test_that_a_complaint_stands_under_its_place_and_says_what_to_do(
    qtbot: QtBot, page: PromptPage
) -> None:
    put(page, qtbot, template="😀 {txet} was {mask}")
    assert "Did you mean {text}?" in page.template.said.text()
    waves = [s.cursor.selectedText() for s in page.template.editor.extraSelections()]
    assert "{txet}" in waves and "{mask}" in waves
    assert page.state()[0] == "needs"
    assert not page.preview.text.isEnabled()  # the last one that could be read, greyed
    assert page.preview.cuts.said.text() == ""


def test_that_a_slot_before_the_text_is_refused_for_models_that_read_from_left_to_right(
    qtbot: QtBot, page: PromptPage
) -> None:
    put(page, qtbot, template="It was {mask}: {text}")
    assert "would answer before it has read" in page.template.said.text()
    assert page.state()[0] == "needs"
    put(page, qtbot, template="{text} It was {mask} indeed")
    assert "is left out" in page.template.said.text()
    assert page.state()[0] == "done"


def test_that_words_are_edited_in_the_table_and_marked(qtbot: QtBot, page: PromptPage) -> None:
    index = page.words.model.index(1, 1)
    page.words.view.setCurrentIndex(index)
    page.words.view.edit(index)
    cell = page.words.view.findChild(QLineEdit)
    assert cell is not None
    cell.selectAll()
    QTest.keyClicks(cell, "good, terrible, ")
    assert prompt_of(page).words == {"negative": ["terrible"], "positive": ["good", "terrible"]}
    assert cell.text() == "good, terrible, "  # what is being typed is left alone
    QTest.keyClick(cell, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert "stands for two labels" in mark_of(page, 1)
    assert "stands for two labels" in page.words.said.text()
    page.document.undo.undo()
    assert prompt_of(page).words["positive"] == ["great"]
    settled(qtbot, page)


def test_that_labels_without_words_are_counted(qtbot: QtBot, page: PromptPage) -> None:
    put(page, qtbot, words={})
    assert page.state() == ("needs", "Give words for 2 labels")
    assert mark_of(page, 0) == "✖ give a word"
    assert page.preview.text.toPlainText().startswith("Review: the film")  # rows stay in sight
    put(page, qtbot, words={"negative": ["bad"], "wonderful": ["fine"]})
    assert page.state() == ("needs", "Give a word for 1 label")
    assert "no row has this label" in mark_of(page, 2)
    page.words.model.setData(page.words.model.index(2, 1), "")
    assert "wonderful" not in prompt_of(page).words
    settled(qtbot, page)


def test_that_words_go_between_commas_of_any_kind_and_survive() -> None:
    assert words_of("great, good,fine") == ["great", "good", "fine"]
    assert words_of("是，对、好") == ["是", "对", "好"]
    for words in (["a, b", "c"], [" great"], ['say "yes"'], [], ["是"]):
        assert words_of(text_of(words)) == words


def test_that_what_is_cut_is_struck_out_and_counted_as_training_cuts(
    qtbot: QtBot, page: PromptPage
) -> None:
    put(page, qtbot, training={"max_length": 70})
    seen = page._seen
    assert seen is not None and seen.spans is not None
    column = [span for span in seen.spans if span.kind == "column"]
    assert "".join(span.text for span in column) == seen_text(seen)
    gone = "".join(span.text for span in column if span.cut)
    assert len(gone.encode()) == seen.cut > 0  # a token of this tokenizer is a byte
    assert seen_text(seen).endswith(gone)
    assert f"{seen.cut} cut off" in page.preview.tokens.text()
    assert page.preview.cuts.said.text() == "32 of 32 training rows would be cut"
    page.preview.cuts.button.click()
    settled(qtbot, page)
    assert page.preview.row == 1


def seen_text(seen: Any) -> str:
    from peft_desktop.data.store import load_table

    return str(load_table(seen.asked.folder)["text"][seen.row.row_id])


def test_that_rows_are_browsed_in_a_ring(qtbot: QtBot, page: PromptPage) -> None:
    page.preview.steps.previous_button.click()
    settled(qtbot, page)
    assert page.preview.steps.place.value() == 32
    page.preview.steps.next_button.click()
    settled(qtbot, page)
    assert page.preview.steps.place.value() == 1
    page.preview.steps.random_button.click()
    settled(qtbot, page)
    assert page.preview.steps.place.value() != 1
    page.preview.steps.place.setValue(7)
    settled(qtbot, page)
    assert "number 6" in page.preview.text.toPlainText()


def test_that_a_suggestion_brings_its_words_and_is_undone_as_one(
    qtbot: QtBot, page: PromptPage
) -> None:
    before = prompt_of(page)
    page.parameters.add("keyword")
    assert page.template.suggest.count() > 5
    page.template.suggest.activated.emit(3)
    taken = prompt_of(page)
    assert taken.template != before.template and set(taken.words) == set(before.words)
    assert "keyword" in taken.parameters  # nothing of the user's is dropped
    page.document.undo.undo()
    assert prompt_of(page).template == before.template == page.template.editor.template()
    settled(qtbot, page)


def test_that_an_unknown_name_becomes_a_parameter_and_a_new_name_goes_into_the_template(
    qtbot: QtBot, page: PromptPage
) -> None:
    put(page, qtbot, template="About {topic}: {text} It was {mask}")
    page.template.make_button.click()
    assert prompt_of(page).parameters == {"topic": ""}
    page.parameters.table.item(0, 1).setText("films")
    page.parameters.table.item(0, 0).setText("subject")
    assert prompt_of(page).parameters == {"subject": "films"}
    assert prompt_of(page).template == "About {subject}: {text} It was {mask}"
    settled(qtbot, page)
    assert page.preview.text.toPlainText().startswith("About films: the film")
    page.parameters.table.setCurrentCell(0, 0)
    page.parameters.remove_button.click()
    assert prompt_of(page).parameters == {}
    settled(qtbot, page)


def test_that_an_encoder_shows_the_text_and_each_label_s_prompt(
    qtbot: QtBot, page: PromptPage
) -> None:
    page.document.edit("test", model="all-minilm-l6-v2")
    settled(qtbot, page)
    text = page.preview.text.toPlainText()
    assert "Overall, the movie was great" in text and "Overall, the movie was terrible" in text
    assert "[terrible | great]" not in text


def test_that_a_model_or_rows_that_cannot_be_used_are_told(qtbot: QtBot, page: PromptPage) -> None:
    page.document.edit("test", model="broken-bert")
    settled(qtbot, page)
    assert "needs code of its own" in page.preview.said.text()
    assert "Review: the film" in page.preview.text.toPlainText()
    page.document.edit("test", model="")
    settled(qtbot, page)
    assert "Choose a model" in page.preview.said.text()
    assert page.document.folder is not None
    (page.document.folder / "data" / "table.parquet").unlink()
    page.document.edit("test", data_sha256="new")
    settled(qtbot, page)
    assert "has no data" in page.preview.said.text()


def test_that_undo_keeps_the_caret_and_hard_blanks_stay_hard(
    qtbot: QtBot, page: PromptPage
) -> None:
    template = "Say\u00a0it: {text} 😀 It was {mask}"
    put(page, qtbot, template=template)
    editor = page.template.editor
    editor.go_to(4)
    QTest.keyClicks(editor, "so")
    assert prompt_of(page).template == template[:4] + "so" + template[4:]
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.template() == prompt_of(page).template == template
    assert editor.textCursor().position() == 4
    settled(qtbot, page)


def test_that_html_in_texts_labels_and_words_shows_literally(
    qtbot: QtBot, page: PromptPage
) -> None:
    evil = "<b>bold</b><img src='x'>"
    page.document.edit("test", labels=["negative", evil])
    put(page, qtbot, template="<i>{text}</i> {mask}", words={"negative": ["a"], evil: [evil]})
    assert page.preview.text.toPlainText().startswith("<i>the film")
    assert evil in page.preview.text.toPlainText()
    assert page.words.model.index(1, 0).data() == evil
    assert "<b>" not in page.words.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_that_another_language_sets_every_text_anew(qtbot: QtBot, page: PromptPage) -> None:
    put(page, qtbot, template="{nothing}")
    page.template.slot_button.setText("")
    page.preview.steps.random_button.setText("")
    page.words.setTitle("")
    page.parameters.setTitle("")
    QCoreApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.template.slot_button.text() == "&Slot"
    assert page.preview.steps.random_button.text() == "Rando&m"
    assert page.words.title() and page.parameters.title()


def test_that_a_hidden_page_reads_nothing(qtbot: QtBot, opened: Surroundings) -> None:
    page = PromptPage(opened)
    qtbot.addWidget(page)
    page.document.edit("test", labels=["negative"])
    assert not page._errands.busy and not page._timer.isActive()
    assert page.state()[0] == "needs"  # the side bar knows all the same


def test_that_without_data_the_page_leads_to_where_it_comes_in(
    qtbot: QtBot, around: Surroundings
) -> None:
    page = PromptPage(around)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    assert page.to_data.isVisible() and not page.template.isEnabled()
    with qtbot.waitSignal(page.go) as asked:
        page.to_data.click()
    assert asked.args == ["data"]


def test_that_a_page_can_go_while_it_counts(qtbot: QtBot, opened: Surroundings) -> None:
    page = PromptPage(opened)
    page.show()
    page.shown()
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
