"""The stretches of a template around its slot."""

from __future__ import annotations

import pytest

from peft_desktop.prompts.reading import (
    after_slot,
    label_prompt,
    space_before_slot,
    up_to_slot,
    without_slot_segment,
)
from peft_desktop.prompts.segments import columns_alone
from peft_desktop.prompts.template import Column, Literal, Template


def test_that_the_blank_before_the_slot_is_found_on_either_side() -> None:
    parse = Template.parse
    assert space_before_slot(parse("{text} was {mask}"), ["great"])
    assert space_before_slot(parse("{text} was{mask}"), [" great", "bad"])
    assert space_before_slot(parse("{text} was{mask}"), {"1": ["x"], "0": [" great"]})
    assert not space_before_slot(parse("{text}答案：{mask}"), ["是"])
    assert not space_before_slot(parse("{text}\n{mask}"), ["great"])
    assert not space_before_slot(parse("{mask}: {text}"), [" great"])
    assert not space_before_slot(parse("{text}"), [" great"])


def test_that_the_template_splits_at_the_slot() -> None:
    template = Template.parse("{text} is {mask}, says {who}.")
    assert [type(p) for p in after_slot(template)] == [Literal, Column, Literal]
    assert up_to_slot(template).source == "{text} is {mask}"
    assert after_slot(Template.parse("{text} is {mask}")) == ()


@pytest.mark.parametrize(
    ("template", "word", "prompt", "rest"),
    [
        ("{text} It was {mask}.", "great", "It was great.", "{text}"),
        ("{text} It was{mask}.", " great", "It was great.", "{text}"),
        ("{text}\nThe topic is {mask}", "sports", "The topic is sports", "{text}"),
        ("Review: {text}\nIt was {mask}", "great", "It was great", "Review: {text}"),
        ("{mask} news: {text}", "sports", "sports news:", "{text}"),
        ("[{mask}] {text}", "sports", "[sports]", "{text}"),
        ('"{text}", it was {mask}.', "great", "it was great.", '"{text}",'),
        ("「{text}」这是关于{mask}的。", "体育", "这是关于体育的。", "「{text}」"),
        ("{a} It was {mask}. {b}", "bad", "It was bad.", "{a} {b}"),
        ("{a}\nIt was {mask}\n{b}", "bad", "It was bad", "{a}\n{b}"),
        ("{text} “{mask}”", "bad", "“bad”", "{text}"),
        ("{text}{mask}", "bad", "bad", "{text}"),
        ("{{ {text} }} It was {mask}", "bad", "}} It was bad", "{{ {text}"),
    ],
)
def test_that_the_label_prompt_and_the_text_part_cleanly(
    template: str, word: str, prompt: str, rest: str
) -> None:
    parsed = Template.parse(template)
    assert label_prompt(parsed, {}, word) == prompt.replace("}}", "}")
    assert without_slot_segment(parsed).source == rest
    assert without_slot_segment(parsed).slot is None


def test_that_a_label_prompt_holds_the_parameters() -> None:
    template = Template.parse("{text} About {k}: {mask}.", (), ["k"], "text")
    assert label_prompt(template, {"k": "编程 {x}"}, "yes") == "About 编程 {x}: yes."


def test_that_the_columns_alone_keep_order_and_line_breaks() -> None:
    assert columns_alone(Template.parse("Q: {a} {b}\nx {a} {c} {mask}")).source == "{a} {b}\n{c}"
    assert columns_alone(Template.parse("{mask}")).parts == ()
