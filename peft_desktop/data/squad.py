"""SQuAD and CMRC: articles of paragraphs of questions, as rows with context, question, answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .answers import AnswerError, placed, written
from .imported import Rejected
from .json_values import as_text
from .source import Source

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("context", "question", "answers", "article_id", "id")
NO_CONTEXT = QT_TRANSLATE_NOOP("engine", "a paragraph without a context")
NO_QUESTION = QT_TRANSLATE_NOOP("engine", "an entry without a question")
NO_LIST = QT_TRANSLATE_NOOP("engine", "the answers are no list of texts")
_MOVED = QT_TRANSLATE_NOOP(
    "engine",
    "{file}: {count} answers do not stand where their start says; each occurs once in its text "
    "and was found there (rows {rows}).",
)
_UNITS = QT_TRANSLATE_NOOP(
    "engine",
    "{file}: {count} starts are counted in UTF-16 units; they were turned into characters (rows "
    "{rows}).",
)
_LOST = QT_TRANSLATE_NOOP(
    "engine",
    "{file}: {count} questions have an answer that is not where it should be in the text; they "
    "are kept as they are, but not learnt from (rows {rows}; the first: {reason}).",
)
_NONE = QT_TRANSLATE_NOOP(
    "engine", "{file}: {count} of {rows} questions have no answer in their text."
)
_SHOWN = 5


def is_squad(objects: Sequence[Mapping[str, Any]]) -> bool:
    """Whether entries are articles with paragraphs, or CMRC's paragraphs, of questions."""
    return bool(objects) and all(_paragraphs(entry) is not None for entry in objects[:20])


@dataclass
class SquadSource(Source):
    """`entries`: (line in the file, article)."""

    entries: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    def tables(self, rows: int) -> Iterator[pa.Table]:
        told = _Told(self.path.name)
        yield from self.row_tables(self._rows(told), rows)
        self.warnings.extend(told.warnings())

    def _rows(self, told: _Told) -> Iterator[list[str]]:
        for number, (line, article) in enumerate(self.entries, start=1):
            title = as_text(article.get("title")).strip() or f"#{number}"
            for paragraph in _paragraphs(article) or ():
                context = _first(paragraph, "context", "context_text")
                if not isinstance(context, str):
                    self._reject(line, paragraph, NO_CONTEXT)
                    continue
                for asked in _listed(paragraph.get("qas")):
                    yield from self._row(line, context, asked, title, told)

    def _row(
        self, line: int, context: str, asked: Any, title: str, told: _Told
    ) -> Iterator[list[str]]:
        question = _first(asked, "question", "query_text") if isinstance(asked, dict) else None
        if not isinstance(question, str) or not question.strip():
            self._reject(line, asked, NO_QUESTION)
            return
        answers = [] if _impossible(asked) else asked.get("answers", asked.get("answer"))
        if answers is None:
            cell = ""  # a question to be answered, as in a test file
        elif isinstance(answers, list | str):
            said = json.dumps([answers] if isinstance(answers, str) else answers, default=float)
            cell = told.cell(said, context)
        else:
            self._reject(line, asked, NO_LIST)
            return
        told.rows += 1
        name = as_text(_first(asked, "id", "query_id"))
        yield [context, question, cell, title, name]

    def _reject(self, line: int, raw: Any, reason: str) -> None:
        self.rejected.append(
            Rejected(line, json.dumps(raw, ensure_ascii=False, default=float), reason)
        )


@dataclass
class _Told:
    """What was noticed on the way: numbers of rows, from 1."""

    file: str
    rows: int = 0
    moved: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    without: int = 0
    reason: str = ""

    def cell(self, said: str, context: str) -> str:
        try:
            found = placed(said, context)
        except AnswerError as error:
            self.lost.append(self.rows + 1)
            self.reason = self.reason or str(error.sentence)
            return said if "\\u" not in said else json.dumps(json.loads(said), ensure_ascii=False)
        if found.found:
            self.moved.append(self.rows + 1)
        if found.units:
            self.units.append(self.rows + 1)
        self.without += not found.answers
        return written(found.answers)

    def warnings(self) -> list[Warned]:
        told = []
        for template, rows in ((_MOVED, self.moved), (_UNITS, self.units), (_LOST, self.lost)):
            if rows:
                shown = some_rows(rows)
                values = {"file": self.file, "count": len(rows), "rows": shown}
                told.append(
                    Warned(
                        template, values | ({"reason": self.reason} if template is _LOST else {})
                    )
                )
        if self.without:
            values = {"file": self.file, "count": self.without, "rows": self.rows}
            told.append(Warned(_NONE, values))
        return told


def some_rows(rows: Sequence[int]) -> str:
    """The first few row numbers."""
    return ", ".join(map(str, rows[:_SHOWN])) + (", ..." if len(rows) > _SHOWN else "")


def _paragraphs(entry: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    found = entry.get("paragraphs")
    if isinstance(found, list):
        return [some for some in found if isinstance(some, dict)]
    if "qas" in entry and _first(entry, "context", "context_text") is not None:
        return [dict(entry)]
    return None


def _first(entry: Mapping[str, Any], *keys: str) -> Any:
    return next((entry[key] for key in keys if entry.get(key) is not None), None)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _impossible(asked: Mapping[str, Any]) -> bool:
    return asked.get("is_impossible") is True
