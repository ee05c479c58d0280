"""Question answering: the answer as a part of the text, or written by the model."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...core import events as ev
from ...core.errors import UserError
from ...core.recipe import Recipe
from ...core.words import QT_TRANSLATE_NOOP
from ...data.answers import Answer, AnswerError, answers_in, placed, written
from ...evaluation.answer_scores import bootstrap, judged_answers, likely_sentence, scores
from ..loop import Trainee
from ..trained import Ready
from .contract import Judged, Judging, Row, Work
from .span_rows import Case, Found, answer_of
from .spans import QUESTION, SpanHands, with_question
from .untrained import kept_once, untrained_model

PREDICTED = "predicted_label"
_BROKEN = QT_TRANSLATE_NOOP("engine", "The answers cannot be read: {why}.")
_BROKEN_DO = QT_TRANSLATE_NOOP("engine", "Write a text, or a list of texts and starts.")
_NO_QUESTION = QT_TRANSLATE_NOOP("engine", 'The rows have no column "{column}" with the question.')
_NO_QUESTION_DO = QT_TRANSLATE_NOOP("engine", "They have: {known}.")


class QuestionSpans(SpanHands):
    """Answers are parts of the text."""

    name = "question_answering"

    def gold(self, recipe: Recipe, rows: Sequence[Row], source: Path) -> list[list[Answer]]:
        """Answers at their places; one that cannot be placed is still there to compare with."""
        found = []
        label = recipe.data.label or ""
        for number, row in enumerate(rows, start=1):
            cell = row.get(label, "")
            try:
                found.append(list(placed(cell, row.get(recipe.data.text, "")).answers))
            except AnswerError:
                try:
                    found.append([Answer(answer.text, None) for answer in answers_in(cell)])
                except AnswerError as error:
                    raise UserError(
                        _BROKEN,
                        _BROKEN_DO,
                        file=source,
                        row=number,
                        field=label,
                        why=str(error.sentence),
                    ) from error
        return found

    def cases_of(self, recipe: Recipe, rows: Sequence[Mapping[str, str]], gold: Any) -> list[Case]:
        answers = gold if gold is not None else [[] for _ in rows]
        asked = recipe.data.question or QUESTION
        found = []
        for row, some in zip(rows, answers, strict=True):
            if asked not in row:
                raise UserError(
                    _NO_QUESTION, _NO_QUESTION_DO, column=asked, known=", ".join(row) or "-"
                )
            context = row[recipe.data.text]
            found.append(Case(with_question(row, row[asked]), context, tuple(some)))
        return found

    def values_of(
        self, recipe: Recipe, cases: Sequence[Case], found: Sequence[Found]
    ) -> list[tuple[float, float]]:
        values = []
        for case, each in zip(cases, found, strict=True):
            golds = [answer.text for answer in case.answers]
            values.append((scores(answer_of(case, each, None), golds)[1], scores("", golds)[1]))
        return values

    def look_metrics(self, trainee: Trainee, texts: Sequence[str]) -> dict[str, float]:
        golds = [[answer.text for answer in case.answers] for case in trainee.valid.cases]
        return judged_answers(texts, golds)[0]

    def columns(self, recipe: Recipe) -> list[str]:
        return [PREDICTED, "predicted_answer", "probability"]

    def answers(
        self, ready: Ready, rows: Sequence[Row], quiet: bool = True
    ) -> Work[list[dict[str, Any]]]:
        cases = self.cases_of(ready.recipe, rows, None)
        file = ready.file
        found = yield from self.asked(
            ready.model, ready.recipe, cases, ready.device, file.precision, file.weight, quiet
        )
        texts = self.texts_of(ready.recipe, cases, found, file.extra.get("threshold"))
        return [answer_row(text, each) for text, each in zip(texts, found, strict=True)]

    def judge(self, job: Judging) -> Work[Judged]:
        ready = job.ready
        yield ev.PhaseChanged("evaluating")
        answers = yield from self.answers(ready, job.rows, quiet=False)

        def counted() -> Work[dict[str, Any]]:
            model = untrained_model(job)
            cases = self.cases_of(ready.recipe, job.rows, None)
            found = yield from self.asked(
                model, ready.recipe, cases, ready.device, ready.file.precision, 1.0, False
            )
            texts = self.texts_of(ready.recipe, cases, found, None)
            return {"zero_shot": judged_answers(texts, golds_of(job))[0]}

        asked = [(dict(row), "spans") for row in job.rows]
        untuned = yield from kept_once(job, asked, "zero_shot", counted)
        return judged(job, answers, untuned)


def answer_row(text: str, found: Found) -> dict[str, Any]:
    """The answer's columns for one row: with its place, as a text, and how sure it is."""
    log = found.log if text else found.none
    cell = written([Answer(text, found.start)]) if text else "[]"
    return {PREDICTED: cell, "predicted_answer": text, "probability": math.exp(min(log, 0.0))}


def golds_of(job: Judging) -> list[list[str]]:
    return [[answer.text for answer in some] for some in job.gold]


def judged(
    job: Judging, answers: Sequence[Mapping[str, Any]], untuned: Mapping[str, Any]
) -> Judged:
    """The record of answers beside the untuned model and the sentence with the question's words."""
    recipe = job.ready.recipe
    golds = golds_of(job)
    texts = [str(answer["predicted_answer"]) for answer in answers]
    metrics, each = judged_answers(texts, golds)
    asked = recipe.data.question or QUESTION
    guessed = [likely_sentence(row[asked], row[recipe.data.text]) for row in job.rows]
    baselines = {**untuned, "likely_sentence": judged_answers(guessed, golds)[0]}
    if any(not some for some in golds):
        baselines["no_answer"] = judged_answers([""] * len(golds), golds)[0]
    contexts = [row[recipe.data.text] for row in job.rows]
    record = {
        "metrics": metrics,
        "baselines": baselines,
        "intervals": bootstrap({"exact_match": each[:, 0], "token_f1": each[:, 1]}, contexts),
        "rows": len(golds),
    }
    columns = {
        "label": [written(some) for some in job.gold],
        PREDICTED: [answer[PREDICTED] for answer in answers],
        "predicted_answer": texts,
        "probability": [answer.get("probability", float("nan")) for answer in answers],
        "exact_match": each[:, 0].tolist(),
        "token_f1": each[:, 1].tolist(),
    }
    return Judged(record, columns)
