"""Soft tokens, several slots and importance in the editor: offered, taught, and judged in place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fakes import FakeLibrary

from peft_desktop.ui.pages.page import Surroundings
from peft_desktop.ui.pages.prompt_page import PromptPage
from peft_desktop.ui.widgets.template_names import in_words, offers


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


def put(page: PromptPage, qtbot: QtBot, template: str, **file: Any) -> None:
    prompt = page.document.file.prompt.model_copy(update={"template": template})
    page.document.edit("test", prompt=prompt, **file)
    settled(qtbot, page)


def typed(page: PromptPage, text: str) -> None:
    page.template.editor.selectAll()
    QTest.keyClicks(page.template.editor, text)


def waves(page: PromptPage) -> list[str]:
    """What is underlined as wrong."""
    wave = page.template.editor.extraSelections()
    kinds = [(s.cursor.selectedText(), s.format.underlineStyle().name) for s in wave]
    return [text for text, kind in kinds if kind == "WaveUnderline"]


def test_that_soft_tokens_are_completed_with_the_caret_between_the_quotes(
    qtbot: QtBot, page: PromptPage
) -> None:
    editor = page.template.editor
    typed(page, "{sof")
    assert editor.completer.currentCompletion() == "soft:20"
    QTest.keyClick(editor.popup, Qt.Key.Key_Down)
    QTest.keyClick(editor.popup, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "Classify")
    assert editor.template() == '{soft:"Classify"}'
    settled(qtbot, page)


def test_that_every_offer_teaches() -> None:
    for offer in offers(["title", "text"], ["topic"], several_slots=True):
        said = in_words(offer)
        assert said.short and said.long.endswith(".")
    kinds = [offer.kind for offer in offers(["text"], [], several_slots=False)]
    assert kinds == ["slot", "column", "soft", "soft words"]  # one column: nothing to rank


def test_that_pieces_can_be_had_without_typing(qtbot: QtBot, page: PromptPage) -> None:
    page.template.editor.selectAll()
    actions = {a.data(): a for a in page.template.more_button.menu().actions()}
    assert {"soft:20", 'soft:""', "text:keep"} <= set(actions)
    page.template.more_button.menu().triggered.emit(actions["text:keep"])
    assert page.template.editor.template() == "{text:keep}"
    assert actions["soft:20"].toolTip()
    settled(qtbot, page)


def test_that_soft_tokens_are_chips(qtbot: QtBot, page: PromptPage) -> None:
    page.preview.set_view("tokens")
    put(page, qtbot, '{soft:3}{text}{soft:"was"} {mask}', method="prompt_tuning")
    soft = [chip for chip in page.preview.chips.chips if chip.kind == "soft"]
    assert len(soft) == 3 + len("was")  # a token of this tokenizer is a byte
    assert page.state()[0] == "done" and not waves(page)


def test_that_the_method_s_own_soft_tokens_are_shown_and_cost_no_room(
    qtbot: QtBot, page: PromptPage
) -> None:
    page.preview.set_view("tokens")
    put(page, qtbot, "{text} It was {mask}", method="lora", method_settings={})
    tokens = page._seen.tokens if page._seen else 0
    put(page, qtbot, "{text} It was {mask}", method="prompt_tuning", method_settings={})
    seen = page._seen
    assert seen is not None and seen.tokens == tokens
    ahead = [chip for chip in page.preview.chips.chips if chip.kind == "soft"]
    assert len(ahead) > 5 and page.preview.chips.chips[0] == ahead[0]


def test_that_soft_tokens_that_nobody_trains_are_underlined_and_refused(
    qtbot: QtBot, page: PromptPage
) -> None:
    put(page, qtbot, "{soft:3}{text} It was {mask}", method="lora", method_settings={})
    assert waves(page) == ["{soft:3}"]
    assert "“LoRA”" in page.template.said.text() or '"LoRA"' in page.template.said.text()
    assert "prompt tuning" in page.template.said.text()
    assert page.state()[0] == "needs"
    assert page.preview.text.isEnabled()  # the row can be read all the same
    put(page, qtbot, "{soft:3}{text} It was {mask}", method="p_tuning", method_settings={})
    assert waves(page) == [] and page.state()[0] == "done"


def test_that_a_second_slot_is_underlined_where_one_is_allowed(
    qtbot: QtBot, page: PromptPage
) -> None:
    put(page, qtbot, "{text} It was {mask} {mask}")
    assert waves(page) == ["{mask}"]
    assert page.template.said.text().count("second slot") == 1
    assert page.state()[0] == "needs"


@pytest.mark.parametrize(
    ("template", "wrong", "said"),
    [
        ("{text} {mask", "{mask", "never closed"),
        ("{text} mask} {mask}", "}", "never opened"),
        ("{a{text}} {mask}", "{", "inside braces"),
        ("{txet} {mask}", "{txet}", "Did you mean {text}?"),
        ("{soft:0}{text} {mask}", "{soft:0}", "need a number"),
        ("{text:often} {mask}", "{text:often}", "says nothing about the column"),
        ("{label} {text} {mask}", "{label}", "see the answer"),
        ("｛text｝{text} {mask}", "｛text｝", "full-width"),
    ],
)
def test_that_bad_templates_are_underlined_where_they_are_wrong(
    qtbot: QtBot, page: PromptPage, template: str, wrong: str, said: str
) -> None:
    put(page, qtbot, template)
    assert wrong in waves(page)
    assert said in page.template.said.text()
    assert page.state()[0] == "needs"


def test_that_the_complaint_under_the_caret_is_said_first(qtbot: QtBot, page: PromptPage) -> None:
    put(page, qtbot, "{txet} and {kind} {mask}")
    page.template.editor.go_to(13)
    assert '"kind"' in page.template.said.text().splitlines()[0]
    page.template.editor.go_to(2)
    assert '"txet"' in page.template.said.text().splitlines()[0]


def test_that_several_slots_are_offered_to_masked_models_only(
    qtbot: QtBot, page: PromptPage, library: FakeLibrary
) -> None:
    assert not page.template.slot_button.isEnabled()
    assert "mask}{mask" not in [offer.name for offer in page.template.editor.offers]
    page.template.set_several_slots(True)
    assert page.template.slot_button.isEnabled()
    assert "mask}{mask" in [offer.name for offer in page.template.editor.offers]


def test_that_training_is_not_offered_with_soft_tokens_that_nobody_trains(
    qtbot: QtBot, page: PromptPage
) -> None:
    from peft_desktop.ui.training_plan import missing

    put(page, qtbot, "{soft:3}{text} It was {mask}", method="lora", method_settings={})
    found = missing(page.document.file, None, {}, 0)
    assert found is not None and found.kind == "wrong prompt"
    assert "cannot train the soft tokens" in str(found.error)
    put(page, qtbot, "{soft:3}{text} It was {mask}", method="p_tuning", method_settings={})
    assert missing(page.document.file, None, {}, 0) is None
