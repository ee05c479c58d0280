"""The row as tokens: every token is there, can be read, told apart and reached by the keyboard."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from window_fakes import DEFAULT_MODEL, FakeLibrary

from peft_desktop.prompts.reading import Reader
from peft_desktop.prompts.soft import placed
from peft_desktop.prompts.template import Template
from peft_desktop.prompts.tokens import Tokens
from peft_desktop.ui.preview_chips import MOST, MOST_CUT, Chip, chips_of, prompt_chips, spelt
from peft_desktop.ui.preview_spans import lay_out
from peft_desktop.ui.widgets.length_bar import Length, LengthBar
from peft_desktop.ui.widgets.token_chips import TokenChips

MANY = tuple(Chip("column", f"tok{n % 97}", n, part="text") for n in range(4000))


@pytest.fixture
def tokens(library: FakeLibrary) -> Tokens:
    return Tokens(library.path(DEFAULT_MODEL))


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TokenChips]:
    made = TokenChips()
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    yield made


def read(
    tokens: Tokens, template: str, row: dict[str, str], most: int
) -> tuple[Reader, list[Chip]]:
    parsed, _ = placed(Template.parse(template), tokens)
    reader = Reader(parsed, {}, tokens, most, slot_ids=[0], before=[1], after=[2])
    return reader, list(chips_of(reader, row, lay_out(reader, row)))


def test_that_the_tokens_not_struck_out_are_those_that_the_model_gets(tokens: Tokens) -> None:
    shuffle = random.Random(3)
    cuts = 0
    for _ in range(200):
        template = shuffle.choice(("A {a}\n{b} is {mask}", "{a}{b}: {mask}, {a:keep}!"))
        row = {name: "电影 is fine 😀"[: shuffle.randint(0, 12)] for name in "ab"}
        reader, chips = read(tokens, template, row, shuffle.randint(14, 32))
        reading = reader.read(row)
        assert [c.id for c in chips if not c.cut] == list(reading.ids)
        assert sum(c.cut for c in chips) == reading.cut
        cuts += reading.cut > 0
        kinds = [kind for kind, start, end in reading.pieces for _ in range(end - start)]
        assert [c.kind for c in chips if not c.cut] == kinds
    assert cuts > 50


def test_that_a_character_of_several_tokens_is_shown_whole_with_its_parts(tokens: Tokens) -> None:
    _, chips = read(tokens, "{a}{mask}", {"a": "é😀"}, 40)
    own = [c for c in chips if c.kind == "column"]
    assert [(c.text, c.share) for c in own[:2]] == [("é", (1, 2)), ("é", (2, 2))]
    assert [(c.text, c.share) for c in own[2:]] == [("😀", (n, 4)) for n in range(1, 5)]
    assert "\ufffd" not in "".join(c.text for c in chips)


def test_that_nothing_in_a_token_is_invisible() -> None:
    assert spelt(" a\n\t") == "␣a↵⇥"
    assert spelt("\u200b\x07") == "‹200B›‹0007›"
    assert spelt("plain") == "plain" and spelt("电影") == "电影"


def test_that_soft_tokens_are_numbered_and_say_what_they_start_from(tokens: Tokens) -> None:
    _, chips = read(tokens, '{soft:3}{a}{soft:"was"} {mask}', {"a": "x"}, 40)
    soft = [c for c in chips if c.kind == "soft"]
    assert [(c.text, c.share, c.part) for c in soft[:3]] == [
        (str(n), (n, 3), "") for n in (1, 2, 3)
    ]
    assert "".join(c.text for c in soft[3:]) == "was" and {c.part for c in soft[3:]} == {"was"}


def test_that_very_long_rows_are_shown_in_part_and_counted(tokens: Tokens) -> None:
    _, chips = read(tokens, "{a}{mask}", {"a": "x" * 5000}, 20)
    assert sum(c.cut for c in chips) == MOST_CUT + 1
    assert next(c.text for c in chips if c.kind == "more") == str(5000 - 17 - MOST_CUT)
    _, chips = read(tokens, "{a}{mask}", {"a": "x" * (MOST + 50)}, MOST * 2)
    assert len(chips) == MOST + 1 and chips[-1].kind == "more"


def test_that_only_what_is_in_sight_is_painted(view: TokenChips, qtbot: QtBot) -> None:
    view.set_chips(MANY)
    qtbot.waitUntil(lambda: view.painted > 0)
    assert view.painted < 200
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.grab()
    assert 0 < view.painted < 200
    assert view.place_of(len(MANY) - 1).bottom() <= view.viewport().height()


def test_that_the_keyboard_reaches_every_token_and_scrolls(view: TokenChips, qtbot: QtBot) -> None:
    view.set_chips(MANY)
    said: list[int] = []
    view.current_changed.connect(said.append)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current == len(MANY) - 1 and view.verticalScrollBar().value() > 0
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert said[-1] == 2 and view.verticalScrollBar().value() == 0
    QTest.keyClick(view, Qt.Key.Key_Down)
    below = view.current
    assert below > 2 and view.place_of(below).top() > view.place_of(2).top()
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.place_of(view.current).top() == view.place_of(2).top()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.current > below


def test_that_a_token_says_what_it_is(view: TokenChips) -> None:
    view.set_chips(
        (
            Chip("literal", "Review", 5),
            Chip("soft", "2", share=(2, 20)),
            Chip("column", "😀", 77, part="text", share=(1, 4), cut=True),
            Chip("column", "微", 3, part="text", unknown=True),
            Chip("slot", ""),
        )
    )
    assert view.said(0) == "Token 1: “Review”, id 5; template"
    assert view.said(1) == "Token 2: soft token 2 of 20"
    assert view.said(2).startswith("Token 3: “😀”, id 77; column “text”; part 1 of 4")
    assert view.said(2).endswith("cut off, the model does not see it")
    assert view.said(3).endswith("the model does not know this")
    assert view.said(4).startswith("The slot")
    twin = view.accessibleDescription()
    assert twin.startswith("template: Review | soft token 2 of 20: soft 2 | cut off column “text”")


def test_that_the_tooltip_is_that_of_the_token_under_the_pointer(
    view: TokenChips, qtbot: QtBot
) -> None:
    view.set_chips(MANY)
    place = view.place_of(7).center().toPoint()
    assert view.chip_at(place) == 7 and view.chip_at(QPoint(2, 2)) == -1
    where = view.viewport().mapToGlobal(place)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, where))
    assert QToolTip.text() == "Token 8: “tok7”, id 7; column “text”"
    QToolTip.hideText()


def test_that_all_tokens_can_be_copied_as_a_table(view: TokenChips) -> None:
    view.set_chips(MANY[:3])
    view.setFocus()
    QTest.keySequence(view, "Ctrl+C")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1] == "tok1\t1\tcolumn “text”" and len(lines) == 3


def test_that_a_line_break_ends_a_line(view: TokenChips) -> None:
    view.set_chips((Chip("literal", "a", 1), Chip("literal", "↵", 2), Chip("literal", "b", 3)))
    assert view.place_of(1).top() == view.place_of(0).top() < view.place_of(2).top()
    assert view.place_of(2).left() == view.place_of(0).left()


def test_that_kinds_differ_without_colour(view: TokenChips) -> None:
    """Each kind is drawn in its own shape: the pictures differ in black and white, too."""
    kinds = ("literal", "column", "parameter", "slot", "soft", "special")
    pictures = []
    for kind in kinds:
        view.set_chips((Chip(kind, "same", 1),))
        view.current = -1
        picture = view.viewport().grab().toImage()
        way = Qt.ImageConversionFlag.ThresholdDither
        image = picture.convertToFormat(QImage.Format.Format_Mono, way)
        pictures.append(bytes(image.constBits()))
    assert len(set(pictures)) == len(kinds)


def test_that_the_length_is_said_in_words(qtbot: QtBot) -> None:
    bar = LengthBar()
    qtbot.addWidget(bar)
    assert bar.text() == "tokens: not known"
    bar.set_length(Length(84, 60, 0, 512))
    assert bar.text() == "84 of 512 tokens, 428 left" == bar.accessibleDescription()
    bar.set_length(Length(612, 490, 100, 512))
    assert bar.text() == "612 of 512 tokens: 100 cut off"
    bar.resize(300, bar.sizeHint().height())
    over = bar.grab().toImage()
    bar.set_length(Length(512, 490, 0, 512))
    assert over != bar.grab().toImage()
    assert bar.palette().color(QPalette.ColorRole.Base).isValid()


def test_that_a_label_s_prompt_shows_where_its_word_stands(tokens: Tokens) -> None:
    chips = prompt_chips(tokens, "It was 好!", " 好 ")
    assert "".join(c.text for c in chips if c.kind == "literal") == "It␣was␣!"
    assert [(c.text, c.share) for c in chips if c.kind == "word"] == [
        ("好", (1, 3)),
        ("好", (2, 3)),
        ("好", (3, 3)),
    ]
