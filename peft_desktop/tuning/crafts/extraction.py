"""Information extraction by spans: each field is a question, "not in the text" is an answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...core import events as ev
from ...core.errors import UserError
from ...core.recipe import Recipe
from ...core.words import QT_TRANSLATE_NOOP
from ...data.answers import Answer
from ...data.field_records import Record, RecordError, record_in, written
from ...evaluation.answer_scores import scores
from ...evaluation.record_scores import judged_records, most_frequent
from ..loop import Trainee
from ..rows import TableRows
from ..trained import Ready
from .contract import Judged, Judging, Row, Work
from .span_model import SpanModel
from .span_rows import Case, Found, SpanRows, answer_of
from .spans import SpanHands, with_question
from .untrained import kept_once, untrained_model

PREDICTED = "predicted_label"
_BROKEN = QT_TRANSLATE_NOOP("engine", "The record cannot be read: {why}.")
_BROKEN_DO = QT_TRANSLATE_NOOP("engine", 'Write an object with named values: {{"name": "..."}}.')
_NOT_THERE = QT_TRANSLATE_NOOP(
    "engine",
    'Field "{field}": {count} of {rows} values do not stand in their text, so pointing at the text '
    "cannot give them; a model that writes (way=generate) can.",
)
_NO_FIELDS = QT_TRANSLATE_NOOP("engine", "The prompt has no fields to ask for.")
_NO_FIELDS_DO = QT_TRANSLATE_NOOP("engine", "Give each field its question (--word FIELD=QUESTION).")


class FieldSpans(SpanHands):
    """Values are parts of the text; the cases of a row are its fields, in the prompt's order."""

    name = "extraction"

    def gold(self, recipe: Recipe, rows: Sequence[Row], source: Path) -> list[Record]:
        return records_of(recipe, rows, source)

    def cases_of(self, recipe: Recipe, rows: Sequence[Mapping[str, str]], gold: Any) -> list[Case]:
        if not recipe.prompt.words:
            raise UserError(_NO_FIELDS, _NO_FIELDS_DO, field="words")
        found = []
        records: Sequence[Record] = gold if gold is not None else [{} for _ in rows]
        for row, record in zip(rows, records, strict=True):
            context = row[recipe.data.text]
            for field, words in recipe.prompt.words.items():
                answers = tuple(
                    Answer(context[at : at + len(value)], at)
                    for value in record.get(field, ())
                    if (at := place_of(value, context)) >= 0
                )
                question = words[0] if words else field
                found.append(Case(with_question(row, question), context, answers))
        return found

    def rows(
        self, model: SpanModel, table: TableRows, recipe: Recipe, split: str, length: int, run: Any
    ) -> Work[SpanRows]:
        if split == "train":
            texts = table.of_split(split)
            yield from warned_of_absent(recipe, texts, self.gold(recipe, texts, table.path))
        return (yield from super().rows(model, table, recipe, split, length, run))

    def values_of(
        self, recipe: Recipe, cases: Sequence[Case], found: Sequence[Found]
    ) -> list[tuple[float, float]]:
        values = []
        for case, each in zip(cases, found, strict=True):
            golds = [answer.text for answer in case.answers]
            values.append((scores(answer_of(case, each, None), golds)[1], scores("", golds)[1]))
        return values

    def look_metrics(self, trainee: Trainee, texts: Sequence[str]) -> dict[str, float]:
        recipe = trainee.model.recipe
        fields = recipe.labels
        cases = trainee.valid.cases
        golds = [
            {f: [a.text for a in case.answers] for f, case in zip(fields, some, strict=True)}
            for some in _by_row(cases, len(fields))
        ]
        said = [dict(zip(fields, some, strict=True)) for some in _by_row(texts, len(fields))]
        records = [{f: [t] for f, t in one.items() if t} for one in said]
        return judged_records(records, golds, fields)[0]

    def columns(self, recipe: Recipe) -> list[str]:
        return [PREDICTED, "probability"]

    def answers(
        self, ready: Ready, rows: Sequence[Row], quiet: bool = True
    ) -> Work[list[dict[str, Any]]]:
        file = ready.file
        return (
            yield from self._records(
                ready.model, ready, rows, file.weight, file.extra.get("threshold"), quiet
            )
        )

    def _records(
        self,
        model: SpanModel,
        ready: Ready,
        rows: Sequence[Row],
        weight: float,
        tuned: float | None,
        quiet: bool,
    ) -> Work[list[dict[str, Any]]]:
        recipe, fields = ready.recipe, ready.recipe.labels
        cases = self.cases_of(recipe, rows, None)
        found = yield from self.asked(
            model, recipe, cases, ready.device, ready.file.precision, weight, quiet
        )
        texts = self.texts_of(recipe, cases, found, tuned)
        made = []
        pairs = zip(_by_row(texts, len(fields)), _by_row(found, len(fields)), strict=True)
        for said, each in pairs:
            record = {f: [text] for f, text in zip(fields, said, strict=True) if text}
            sure = [f.log if t else f.none for t, f in zip(said, each, strict=True)]
            made.append(
                {
                    PREDICTED: written(record, fields),
                    # of the answer that is least sure
                    "probability": math.exp(min(min(sure, default=0.0), 0.0)),
                }
            )
        return made

    def judge(self, job: Judging) -> Work[Judged]:
        yield ev.PhaseChanged("evaluating")
        answers = yield from self.answers(job.ready, job.rows, quiet=False)

        def counted() -> Work[dict[str, Any]]:
            model = untrained_model(job)
            said = yield from self._records(model, job.ready, job.rows, 1.0, None, False)
            records = [record_in(str(answer[PREDICTED])) for answer in said]
            return {"zero_shot": judged_records(records, job.gold, job.ready.recipe.labels)[0]}

        asked = [(dict(row), "spans") for row in job.rows]
        untuned = yield from kept_once(job, asked, "zero_shot", counted)
        return judged(job, answers, untuned)


def records_of(recipe: Recipe, rows: Sequence[Row], source: Path) -> list[Record]:
    """The gold records; UserError naming the first row that has none."""
    found = []
    label = recipe.data.label or ""
    for number, row in enumerate(rows, start=1):
        try:
            found.append(record_in(row.get(label, "")))
        except RecordError as error:
            raise UserError(
                _BROKEN,
                _BROKEN_DO,
                file=source,
                row=number,
                field=label,
                why=str(error.sentence),
            ) from error
    return found


def place_of(value: str, context: str) -> int:
    """Where the value stands in the text, as it is or but for case; -1 where it does not."""
    at = context.find(value)
    if at < 0 and len(context.lower()) == len(context):
        at = context.lower().find(value.lower())
    return at


def warned_of_absent(
    recipe: Recipe, rows: Sequence[Mapping[str, str]], gold: Sequence[Record]
) -> Work[None]:
    """A warning for each field of which a tenth of the values or more are in no text."""
    for field in recipe.labels:
        pairs = [
            (value, row[recipe.data.text])
            for row, record in zip(rows, gold, strict=True)
            for value in record.get(field, ())
        ]
        absent = sum(place_of(value, text) < 0 for value, text in pairs)
        if 10 * absent > len(pairs):
            yield ev.Warned(_NOT_THERE, {"field": field, "count": absent, "rows": len(pairs)})


def judged(
    job: Judging, answers: Sequence[Mapping[str, Any]], untuned: Mapping[str, Any]
) -> Judged:
    """The record of records beside the untuned model and each field's commonest value."""
    fields = job.ready.recipe.labels
    records = []
    parsed = 0
    for answer in answers:
        try:
            records.append(record_in(str(answer[PREDICTED])))
            parsed += 1
        except RecordError:
            records.append({})
    metrics, per_class, intervals = judged_records(records, job.gold, fields)
    metrics["parsed"] = parsed / len(records) if records else 1.0
    train = records_of(job.ready.recipe, job.table.of_split("train"), job.table.path)
    common = most_frequent(train, fields)
    baselines = {
        **untuned,
        "most_frequent": judged_records([common] * len(records), job.gold, fields)[0],
    }
    record = {
        "metrics": metrics,
        "baselines": baselines,
        "per_class": per_class,
        "intervals": intervals,
        "rows": len(records),
    }
    columns: dict[str, Any] = {
        "label": [written(gold, fields) for gold in job.gold],
        PREDICTED: [str(answer[PREDICTED]) for answer in answers],
    }
    if answers and "probability" in answers[0]:
        columns["probability"] = [answer["probability"] for answer in answers]
    return Judged(record, columns)


def _by_row(items: Sequence[Any], fields: int) -> list[Sequence[Any]]:
    return [items[at : at + fields] for at in range(0, len(items), fields)]
