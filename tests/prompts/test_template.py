"""Templates: what is read, what is complained about and where."""

from __future__ import annotations

import random

import pytest

from peft_desktop.core.errors import UserError
from peft_desktop.prompts.template import (
    Column,
    Complaint,
    Literal,
    Parameter,
    Piece,
    Slot,
    Template,
    check,
    complaints,
    fill,
)

COLUMNS = ("sentence", "title", "label")


def complained(template: str, **parameters: str) -> list[Complaint]:
    return complaints(template, COLUMNS, parameters, "sentence")


def test_that_every_part_knows_its_place_in_the_source() -> None:
    template = Template.parse("A {title} {k}: {mask}!", COLUMNS, ["k"])
    assert template.parts == (
        Literal("A ", 0, 2),
        Column("title", 2, 9),
        Literal(" ", 9, 10),
        Parameter("k", 10, 13),
        Literal(": ", 13, 15),
        Slot(15, 21),
        Literal("!", 21, 22),
    )
    assert (template.columns, template.parameters, template.slot) == (("title",), ("k",), 5)


def test_that_text_means_the_text_column_unless_a_column_has_that_name() -> None:
    assert Template.parse("{text}", COLUMNS, (), "sentence").columns == ("sentence",)
    assert Template.parse("{text}", ["text", "body"], (), "body").columns == ("text",)
    assert Template.parse("{text}").columns == ("text",)
    assert Template.parse("{text}", (), (), "body").columns == ("body",)


def test_that_chinese_names_and_blanks_in_braces_work() -> None:
    text = "给定一个句子，判断其是否包含以下关键词：{关键词}\n{ 句子 }答案：{mask}"
    template = Template.parse(text, ["句子"], ["关键词"])
    pieces = fill(template, {"句子": "我在编程。"}, {"关键词": "计算机编程"})
    assert pieces == [
        Piece("literal", "给定一个句子，判断其是否包含以下关键词："),
        Piece("parameter", "计算机编程"),
        Piece("literal", "\n"),
        Piece("column", "我在编程。"),
        Piece("literal", "答案："),
        Piece("slot", ""),
    ]
    with_blank = Template.parse("{ my column } {mask}", [" my column "])
    assert with_blank.columns == (" my column ",)


def test_that_doubled_braces_are_braces() -> None:
    template = Template.parse("{{{title}}} {{mask}} {mask}", COLUMNS)
    pieces = fill(template, {"title": "{sentence} {0} {{x}}"}, {})
    assert "".join(p.text for p in pieces) == "{{sentence} {0} {{x}}} {mask} "


def test_that_a_typed_backslash_n_is_a_line_break() -> None:
    pieces = fill(Template.parse(r"a\nb\\nc \d {mask}"), {}, {})
    assert pieces[0].text == "a\nb\\nc \\d "
    real = fill(Template.parse("a\nb {mask}"), {}, {})
    assert real[0].text == "a\nb "


@pytest.mark.parametrize(
    ("template", "position", "length", "words"),
    [
        ("{title} {mask", 8, 5, "never closed"),
        ("{title} {mask} {", 15, 1, "never closed"),
        ("{title}} {mask}", 7, 1, "never opened"),
        ("title} {mask}", 5, 1, "never opened"),
        ("{title} {a{mask}", 10, 1, "inside braces"),
        ("{title} {} {mask}", 8, 2, "no name"),
        ("{title} {  } {mask}", 8, 4, "no name"),
        ("{titel} {mask}", 0, 7, "no column or parameter"),
        ("{title}", 7, 0, "no slot"),
        ("{title} {mask} {mask}", 15, 6, "second slot"),
        ("Just {mask}", 0, 0, "no column"),
        ("｛title｝ {mask}", 0, 8, "full-width"),
    ],
)
def test_that_a_fault_is_found_at_its_place(
    template: str, position: int, length: int, words: str
) -> None:
    found = complained(template)
    assert words in str(found[0].sentence)
    assert (found[0].position, found[0].length) == (position, length)
    with pytest.raises(UserError, match=words) as raised:
        check(template, COLUMNS, {}, "sentence")
    if length:
        assert f"Character {position + 1}:" in str(raised.value)


def test_that_the_nearest_name_is_offered() -> None:
    assert "{sentence}" in str(complained("{sentense} {mask}")[0].do)
    assert "{mask}" in str(complained("{title} {Mask}")[0].do)
    assert "关键词=" in str(complained("{title} {关键词} {mask}")[0].do)


def test_that_parameters_are_checked() -> None:
    assert "name of a column" in str(complained("{title} {mask}", title="x")[0].sentence)
    assert "name of a column" in str(complained("{title} {mask}", mask="x")[0].sentence)
    assert "name of a column" in str(complained("{title} {mask}", text="x")[0].sentence)
    no_value = complained("{title} {k} {mask}", k=" ")
    assert (no_value[0].position, "no value" in str(no_value[0].sentence)) == (8, True)
    assert complained("{title} {k} {mask}", k="v") == []


def test_that_a_template_may_not_show_the_answer() -> None:
    template = "{title} {label} {mask}"
    assert complaints(template, COLUMNS) == []
    (found,) = complaints(template, COLUMNS, label_column="label")
    assert (found.position, found.length) == (8, 7)
    with pytest.raises(UserError, match="see the answer"):
        check(template, COLUMNS, label_column="label")


def test_that_all_faults_are_listed_in_order() -> None:
    found = complained("{nothing} {} {title} {mask} {mask} }")
    assert [c.position for c in found] == [0, 10, 28, 35]


def test_that_a_template_may_do_without_a_slot_where_none_is_needed() -> None:
    assert complaints("{title}", COLUMNS, {}, slot_needed=False) == []
    assert check("{title}", COLUMNS, slot_needed=False).slot is None


def test_that_parsing_alone_refuses_wrong_braces_and_unknown_names() -> None:
    with pytest.raises(UserError, match="never closed"):
        Template.parse("{text")
    with pytest.raises(UserError, match="nothing"):
        Template.parse("{nothing}", COLUMNS)


def test_that_a_row_without_the_column_is_told() -> None:
    with pytest.raises(UserError, match='no column "title"'):
        fill(Template.parse("{title}{mask}"), {}, {})
    with pytest.raises(UserError, match='"k" has no value'):
        fill(Template.parse("{k}{mask}", (), ["k"]), {}, {})


def test_that_a_template_made_of_parts_reads_back_the_same() -> None:
    chance = random.Random(1)
    letters = "ab{}\\n\n \u4e2d\uff5b"
    for _ in range(300):
        parts: list[Literal | Column | Slot] = []
        for _ in range(chance.randint(1, 6)):
            text = "".join(chance.choice(letters) for _ in range(chance.randint(0, 5)))
            parts.append(chance.choice([Literal(text), Column("text"), Slot()]))
        made = Template.of(parts)
        assert Template.parse(made.source).parts == made.parts


def test_that_user_text_is_never_a_format_string() -> None:
    evil = "{0.__class__} {sentence!r:>{width}} %s {{}} \\n"
    pieces = fill(Template.parse("{title}{mask}", COLUMNS), {"title": evil}, {})
    assert pieces[0].text == evil
    assert "x.__class__" in str(complained("{title}{mask}{x.__class__}")[0].sentence)
