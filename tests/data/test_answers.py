"""Answers in a text: their spellings, their places, and the files that they come from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peft_desktop.data import read_file
from peft_desktop.data.answers import Answer, AnswerError, answers_in, placed, written
from peft_desktop.tasks import task_named

CONTEXT = "Ann met Ben. Ben left in 1999."


def places(cell: str, context: str = CONTEXT, start: str = "") -> list[tuple[str, int | None]]:
    return [tuple(answer) for answer in placed(cell, context, start).answers]


@pytest.mark.parametrize(
    "cell",
    [
        '[{"text": "1999", "start": 25}]',
        '[{"text": "1999", "answer_start": 25}]',
        '{"text": ["1999"], "answer_start": [25]}',
        '["1999"]',
        "1999",
    ],
)
def test_that_every_known_spelling_says_the_same(cell: str) -> None:
    assert places(cell) == [("1999", 25)]


def test_that_an_empty_list_says_that_there_is_no_answer() -> None:
    assert placed("[]", CONTEXT).answers == ()


def test_that_a_wrong_start_of_an_answer_that_occurs_once_is_found_again_and_counted() -> None:
    found = placed('[{"text": "1999", "start": 3}]', CONTEXT)
    assert found.answers == (Answer("1999", 25),) and found.found == 1


def test_that_an_answer_with_several_places_is_never_guessed() -> None:
    with pytest.raises(AnswerError) as error:
        placed('[{"text": "Ben", "start": 0}]', CONTEXT)
    assert 'is "Ann", not "Ben"' in str(error.value.sentence)
    with pytest.raises(AnswerError) as error:
        placed("Ben", CONTEXT)
    assert "2 times" in str(error.value.sentence)
    assert places("Ben", start="13") == [("Ben", 13)]


def test_that_an_answer_that_is_not_in_the_text_and_an_empty_one_are_refused() -> None:
    for cell in ("Carl", '[{"text": " ", "start": 0}]', '[{"start": 3}]', '["a", 3]'):
        with pytest.raises(AnswerError):
            placed(cell, CONTEXT)


def test_that_starts_in_utf16_units_are_told_from_characters() -> None:
    context = "\U0002b6ad is a fish, a fish."
    at = context.index("a fish", 9)
    cell = written([Answer("a fish", at + 1)])  # as JavaScript counts
    found = placed(cell, context)
    assert found.answers == (Answer("a fish", at),) and found.units == 1


def test_that_right_to_left_text_and_combining_marks_count_characters() -> None:
    context = "שלום עולם e\u0301t\u00e9 fini"
    assert places('[{"text": "עולם", "start": 5}]', context) == [("עולם", 5)]
    assert places("fini", context) == [("fini", 15)]


def squad(tmp_path: Path, *articles: dict[str, object]) -> Path:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"version": "2.0", "data": articles}, indent=1), "utf-8")
    return path


def article(
    *asked: dict[str, object], context: str = CONTEXT, title: str = "A"
) -> dict[str, object]:
    return {"title": title, "paragraphs": [{"context": context, "qas": list(asked)}]}


def test_that_a_squad_file_becomes_rows_with_their_article(tmp_path: Path) -> None:
    answer = {"text": "1999", "answer_start": 25}
    path = squad(
        tmp_path,
        article({"id": "1", "question": "When?", "answers": [answer, answer]}),
        article({"question": "Who?", "answers": [], "is_impossible": True}, title="B"),
    )
    imported = read_file(path)
    rows = imported.table.to_pylist()
    assert [row["answers"] for row in rows] == ['[{"text": "1999", "start": 25}]', "[]"]
    assert [row["article_id"] for row in rows] == ["A", "B"]
    assert rows[0]["question"] == "When?" and rows[0]["context"] == CONTEXT
    assert any("1 of 2 questions" in in_words(w) for w in imported.receipt.warnings)


def test_that_raw_cmrc_is_read_and_broken_entries_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "cmrc.json"
    entries = [
        {
            "context_id": "1",
            "context_text": "甲生于北京。",
            "qas": [
                {"query_id": "1_0", "query_text": "生于哪里？", "answers": ["北京"]},
                {"query_id": "1_1", "query_text": "", "answers": ["甲"]},
            ],
        }
    ]
    path.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
    imported = read_file(path)
    assert imported.table["answers"].to_pylist() == ['[{"text": "北京", "start": 3}]']
    assert len(imported.rejected) == 1 and "question" in imported.rejected[0].in_words()


def test_that_moved_and_lost_answers_are_told_with_their_rows(tmp_path: Path) -> None:
    path = squad(
        tmp_path,
        article(
            {"question": "When?", "answers": [{"text": "1999", "answer_start": 1}]},
            {"question": "Who?", "answers": [{"text": "Zoe", "answer_start": 0}]},
        ),
    )
    imported = read_file(path)
    told = " ".join(in_words(warning) for warning in imported.receipt.warnings)
    assert "found there (rows 1)" in told and "(rows 2;" in told and "Zoe" in told
    task = task_named("question_answering")
    faults = [task.fault(row["answers"], row, "context") for row in imported.table.to_pylist()]
    assert faults[0] is None and faults[1] is not None and "Zoe" in str(faults[1])


def test_that_a_start_column_places_plain_answers(tmp_path: Path) -> None:
    path = tmp_path / "qa.csv"
    path.write_text(
        "context,question,answer,answer_start\n"
        f"{CONTEXT},Who left?,Ben,13\n{CONTEXT},When?,1999,2\n{CONTEXT},Why?,,\n",
        "utf-8",
    )
    imported = task_named("question_answering").tidied(read_file(path))
    assert imported.table["answer"].to_pylist() == [
        '[{"text": "Ben", "start": 13}]',
        '[{"text": "1999", "start": 25}]',
        "",
    ]
    told = " ".join(in_words(warning) for warning in imported.receipt.warnings)
    assert "(rows 2)" in told and "empty answer" in told and "(rows 3)" in told


def test_that_text_in_brackets_is_an_answer_and_broken_json_is_none() -> None:
    assert answers_in("[sic]") == [Answer("[sic]", None)]
    with pytest.raises(AnswerError):
        answers_in('[{"text": "1999"')


def in_words(warning: object) -> str:
    return warning.template.format(**warning.values)  # type: ignore[attr-defined]
