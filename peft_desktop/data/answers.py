"""Answers to a question in a text: how they are written in a cell, and whether they stand there.

A cell holds a JSON list of {"text", "start"}; "[]" says that the text does not hold the answer.
Starts count characters (Unicode code points) of the context from 0. Read as well: a plain text, a
list of texts, and {"text": [...], "answer_start": [...]} as some libraries write it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from .spans import short

NO_ANSWERS = QT_TRANSLATE_NOOP("engine", "the answers are no list of texts and starts: {cell}")
BLANK = QT_TRANSLATE_NOOP("engine", "an answer is empty; an empty list says that there is none")
NOT_THERE = QT_TRANSLATE_NOOP("engine", 'the answer "{answer}" is not in the text')
SEVERAL = QT_TRANSLATE_NOOP(
    "engine", 'the answer "{answer}" stands {count} times in the text, and no start says where'
)
ELSEWHERE = QT_TRANSLATE_NOOP(
    "engine", 'the text at {start} is "{found}", not "{answer}", which stands there {count} times'
)


class Answer(NamedTuple):
    """An answer and where it begins in the context; None where the cell does not say."""

    text: str
    start: int | None


class AnswerError(ValueError):
    """Why a cell's answers cannot be used: a marked template and its values."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.sentence = Sentence(reason, values)


@dataclass(frozen=True, slots=True)
class Placed:
    """Answers at their places. `found`: how many had no start or a wrong one and occur once;
    `units`: how many starts were counted in UTF-16 units, as JavaScript counts."""

    answers: tuple[Answer, ...]
    found: int = 0
    units: int = 0


def written(answers: Iterable[Answer]) -> str:
    """The cell for these answers."""
    return json.dumps(
        [{"text": text, "start": start} for text, start in answers], ensure_ascii=False
    )


def answers_in(cell: str) -> list[Answer]:
    """The answers of a cell, unchecked. Raises AnswerError for JSON that is nothing of the kind."""
    bare = cell.strip()
    if not bare.startswith(("[", "{")):
        return [Answer(cell.strip(), None)] if bare else []
    try:
        return _read(json.loads(bare), cell)
    except RecursionError as error:
        raise AnswerError(NO_ANSWERS, cell=short(cell)) from error
    except ValueError as error:
        if isinstance(error, AnswerError):
            raise
        if bare.startswith(('[{"', '["', '{"')):
            raise AnswerError(NO_ANSWERS, cell=short(cell)) from error
        return [Answer(bare, None)]  # a text such as "[sic]"


def texts_in(cell: str) -> list[str]:
    """The answers' texts; none of a cell that is broken."""
    try:
        return [answer.text for answer in answers_in(cell)]
    except AnswerError:
        return []


def placed(cell: str, context: str, start: str = "") -> Placed:
    """The answers of a cell where they stand in the context, each place once.

    `start`: what a start column says of a cell that is a plain text. Nothing is moved without
    being counted. Raises AnswerError for the first answer whose place cannot be told.
    """
    answers = answers_in(cell)
    if start.strip() and len(answers) == 1 and answers[0].start is None:
        answers = [Answer(answers[0].text, _whole(start))]
    kept: dict[Answer, None] = {}
    found = units = 0
    for answer in answers:
        if not answer.text.strip():
            raise AnswerError(BLANK)
        where, how = _place(answer, context)
        found += how == "found"
        units += how == "units"
        kept.setdefault(Answer(answer.text, where))
    return Placed(tuple(kept), found, units)


def _place(answer: Answer, context: str) -> tuple[int, str]:
    """Where the answer stands, and how that was found out."""
    text, start = answer
    if start is not None and start >= 0 and context.startswith(text, start):
        return start, "said"
    if start is not None and start >= 0:
        moved = _from_units(context, start)
        if moved is not None and moved != start and context.startswith(text, moved):
            return moved, "units"
    first = context.find(text)
    if first < 0:
        raise AnswerError(NOT_THERE, answer=short(text))
    if context.find(text, first + 1) < 0:
        return first, "found"
    count = context.count(text)
    if start is None:
        raise AnswerError(SEVERAL, answer=short(text), count=count)
    raise AnswerError(
        ELSEWHERE,
        answer=short(text),
        start=start,
        found=short(context[max(start, 0) : max(start, 0) + len(text)]),
        count=count,
    )


def _from_units(context: str, units: int) -> int | None:
    """The place in characters of a place in UTF-16 units; None inside a surrogate pair."""
    raw = context.encode("utf-16-le", "surrogatepass")[: 2 * units]
    try:
        return len(raw.decode("utf-16-le"))
    except UnicodeDecodeError:
        return None


def _read(value: Any, cell: str) -> list[Answer]:
    if isinstance(value, dict):
        texts = value.get("text")
        starts = value.get("answer_start", value.get("start"))
        if isinstance(texts, str):
            return [Answer(texts, _number(starts))]
        if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            places = starts if isinstance(starts, list) else [None] * len(texts)
            if len(places) == len(texts):
                return [Answer(t, _number(p)) for t, p in zip(texts, places, strict=True)]
        raise AnswerError(NO_ANSWERS, cell=short(cell))
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise AnswerError(NO_ANSWERS, cell=short(cell))
    found = []
    for item in value:
        if isinstance(item, str):
            found.append(Answer(item, None))
        elif isinstance(item, dict) and isinstance(item.get("text"), str):
            found.append(Answer(item["text"], _number(item.get("start", item.get("answer_start")))))
        else:
            raise AnswerError(NO_ANSWERS, cell=short(cell))
    return found


def _number(value: Any) -> int | None:
    if isinstance(value, str):
        return _whole(value)
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(text: str) -> int | None:
    """A whole number as people and spreadsheets write it: 12, 12.0."""
    bare = text.strip().removesuffix(".0")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else None
