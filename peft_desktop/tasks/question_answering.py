"""Question answering: where in a text the answer stands, or the answer in the model's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from ..core.errors import UserError
from ..core.events import Warned
from ..core.fields import setting
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from ..data.answers import AnswerError, answers_in, placed
from .base import TaskBase
from .generation import WritingSettings

if TYPE_CHECKING:
    from ..data.imported import Imported


class AnswerSettings(WritingSettings):
    """How answers are looked for in a text."""

    way: Literal["auto", "spans", "generate"] = setting(
        "auto",
        label=QT_TRANSLATE_NOOP("settings", "How to answer"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "spans: the answer is a part of the text. generate: the model writes it. auto: causal "
            "and sequence-to-sequence models write, all others point at the text.",
        ),
        choices=("auto", "spans", "generate"),
        main=True,
    )
    stride: int = setting(
        128,
        label=QT_TRANSLATE_NOOP("settings", "Overlap of windows"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "A text longer than the model reads is read in windows; so many tokens are read twice.",
        ),
        low=0,
        high=100_000,
        unit="tokens",
        typical="32 .. 128",
    )
    longest_answer: int = setting(
        30,
        label=QT_TRANSLATE_NOOP("settings", "Longest part of the text"),
        help=QT_TRANSLATE_NOOP("settings", "Longer parts of the text are no answers."),
        low=1,
        high=10_000,
        unit="tokens",
        typical="10 .. 60",
        main=True,
    )
    no_answer_threshold: float | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "No-answer threshold"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "How much more likely than the best answer 'not in the text' must be (in nats). "
            "Empty: what is best on the validation rows.",
        ),
        low=-1000.0,
        high=1000.0,
        typical="-5 .. 5",
    )


class QuestionAnswering(TaskBase):
    name = "question_answering"
    title = QT_TRANSLATE_NOOP("engine", "Question answering")
    summary = QT_TRANSLATE_NOOP(
        "engine", "Finds the answer to a question in a text, or says that it is not there."
    )
    settings = AnswerSettings
    needs_question = True
    has_words = False

    def tidied(
        self,
        imported: Imported,
        text: str | None = None,
        label: str | None = None,
        question: str | None = None,
    ) -> Imported:
        """Answers in the task's spelling; what was found elsewhere is told by row."""
        from ..data.answer_columns import with_places

        return with_places(imported, text, label, question)

    def fault(self, cell: str, row: Mapping[str, str], text: str) -> Sentence | None:
        try:
            placed(cell, row.get(text, ""))
        except AnswerError as error:
            return error.sentence
        return None

    def check(self, labels: Iterable[str | None]) -> list[Warned]:
        """Warnings about the answers; UserError where no row has one."""
        cells = [cell for cell in labels if not self.blank(cell)]
        known = []
        for cell in cells:
            try:
                known.append(bool(answers_in(cell or "")))
            except AnswerError:
                continue
        if not any(known):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "No question has an answer."),
                QT_TRANSLATE_NOOP("engine", "Choose the column that holds the answers."),
            )
        return []
