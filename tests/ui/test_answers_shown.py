"""What an answer says, and how a prediction differs from the gold, task by task."""

from __future__ import annotations

import json

import pytest
from task_runs import ANNA, MADE

from peft_desktop.ui.answers import Piece, compared, in_short, pieces_of, told
from peft_desktop.ui.differences import common


def states(task: str, row: int = 0) -> list[tuple[str, str]]:
    text, _, gold, predicted, _ = MADE[task].rows[row]
    return [(item.state, item.name) for item in compared(task, text, gold, predicted)]


def test_that_entities_are_right_missed_too_much_or_of_another_type() -> None:
    assert states("tagging") == [
        ("right", "person"),
        ("missed", "person"),
        ("type", "place"),
        ("spurious", "place"),
    ]


def test_that_an_entity_with_other_bounds_is_one_mistake_not_two() -> None:
    assert states("tagging", 2) == [("bounds", "group")]


def test_that_offsets_count_characters_also_beyond_the_basic_plane() -> None:
    cell = json.dumps([{"start": 38, "end": 43, "label": "time"}])
    assert pieces_of("tagging", ANNA, cell) == [Piece("time", "today", 38, 43)]


def test_that_one_of_several_answers_is_enough() -> None:
    gold = '[{"text": "the Nile", "start": 0}, {"text": "Nile", "start": 4}]'
    found = compared("question_answering", "the Nile", gold, '[{"text": "Nile", "start": 4}]')
    assert [item.state for item in found] == ["right"]


def test_that_an_answer_where_there_is_none_is_too_much() -> None:
    assert states("question_answering", 1) == [("spurious", "")]
    assert states("question_answering", 0) == [("bounds", "")]


def test_that_fields_are_compared_by_name() -> None:
    assert states("extraction") == [
        ("right", "name"),
        ("wrong", "price"),
        ("missed", "food"),
        ("spurious", "area"),
    ]


def test_that_lists_of_labels_are_compared_as_sets() -> None:
    assert states("several_labels") == [
        ("right", "price"),
        ("missed", "family"),
        ("spurious", "food"),
    ]


def test_that_a_gold_cell_that_is_none_is_refused_and_such_a_prediction_is_shown() -> None:
    with pytest.raises(ValueError):
        compared("tagging", "x", "not json", "[]")
    found = told("extraction", "x", '{"half": ')
    assert [item.predicted.text for item in found if item.predicted] == ['{"half": ']


def test_that_pieces_stand_on_one_line() -> None:
    assert in_short([Piece("LOC", "Paris", 0, 5), Piece("", "x")]) == "LOC: Paris; x"
    assert in_short([]) == "–"


def test_that_differences_are_words_and_in_chinese_characters() -> None:
    assert [p for p, same in common("a very cheap place", "a cheap pub") if not same] == [
        "very",
        "place",
    ]
    assert [p for p, same in common("便宜的酒吧", "便宜酒馆") if not same] == ["的", "吧"]


def test_that_an_answer_that_is_written_but_not_in_the_text_is_shown_as_it_is() -> None:
    found = told("question_answering", "x", '[{"text": "about seven", "start": null}]')
    assert [item.predicted for item in found] == [Piece("", "about seven")]
