"""Answers and records that a model writes: how they are learnt and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ...core import events as ev
from ...core.errors import UserError
from ...core.events import Progressed, Tick, Warned
from ...core.recipe import Recipe
from ...core.words import QT_TRANSLATE_NOOP
from ...data.answers import Answer, written
from ...data.field_records import record_in
from ...data.field_records import written as record_cell
from ...evaluation.answer_scores import judged_answers, tokens_of
from ...evaluation.record_scores import judged_records
from ...prompts.tokens import Tokens
from ..loop import Trainee
from ..models import Library, ModelCard
from ..rows import CHUNK, TableRows, warned_of_cuts
from ..trained import Ready
from .contract import Judged, Judging, Look, Row, Work
from .extraction import FieldSpans
from .extraction import judged as judged_fields
from .generation import (
    CUT_TARGETS,
    GenerationCraft,
    WrittenRows,
    answered,
    writing_settings,
)
from .question_answering import PREDICTED, QuestionSpans
from .question_answering import judged as judged_questions
from .record_grammar import RecordGrammar
from .spans import QUESTION, with_question
from .two_ways import TwoWays
from .untrained import kept_once, untrained_model
from .writing_model import WritingModel

NOTHING = {"en": "not in the text", "zh": "文中没有答案"}
_ASK = {"en": "Which {fields}? (JSON)", "zh": "{fields}各是什么？（JSON）"}


class Writing(GenerationCraft):
    """What both tasks share: prompts with a question, a target text for each gold answer."""

    writes = False

    def asked(self, recipe: Recipe, rows: Sequence[Row]) -> list[dict[str, str]]:
        """The rows as the template sees them."""
        raise NotImplementedError

    def target(self, model: WritingModel, recipe: Recipe, gold: Any, row: Row) -> str:
        """What the model is to write for a gold answer."""
        raise NotImplementedError

    def scored(
        self, recipe: Recipe, texts: Sequence[str], golds: Sequence[Any], rows: Sequence[Row]
    ) -> dict[str, float]:
        """The metrics of written texts."""
        raise NotImplementedError

    def grammar(self, model: WritingModel, recipe: Recipe) -> RecordGrammar | None:
        """What the written texts must be like."""
        return None

    def build(
        self, recipe: Recipe, card: ModelCard, library: Library, columns: list[str], length: int
    ) -> WritingModel:
        if recipe.method == "head_only":
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "A model that writes its answer has no head to train: choose LoRA."
                ),
                QT_TRANSLATE_NOOP("engine", "Or let it point at the text (task.way=spans)."),
                field="method",
            )
        known = [*columns, *([] if QUESTION in columns else [QUESTION])]
        if not recipe.prompt.template:
            prompt = recipe.prompt.model_copy(update={"template": "{text}\n{question}\n{mask}"})
            recipe = recipe.model_copy(update={"prompt": prompt})
        return super().build(recipe, card, library, known, length)

    def rows(
        self,
        model: WritingModel,
        table: TableRows,
        recipe: Recipe,
        split: str,
        length: int,
        run_folder: Path,
    ) -> Work[WrittenRows]:
        plain = table.of_split(split)
        if split == "train" and not plain:
            raise table.nothing_to_learn()
        gold = self.gold(recipe, plain, table.path)
        sources = self.asked(recipe, plain)
        targets = [self.target(model, recipe, g, row) for g, row in zip(gold, plain, strict=True)]
        found = WrittenRows([], list(sources), targets)
        for start in range(0, len(sources), CHUNK):
            end = start + CHUNK
            found.rows.extend(model.plan.with_targets(sources[start:end], targets[start:end]))
            yield Progressed(len(found.rows), len(sources)) if len(sources) > 999 else Tick()
        yield from warned_of_cuts([row.reading.cut for row in found.rows], length)
        cut = sum(1 for row in found.rows if row.cut_target)
        if cut:
            yield Warned(CUT_TARGETS, {"cut": cut, "rows": len(found), "length": length})
        return found

    def look(self, trainee: Trainee, step: int) -> Work[Look]:
        device, precision = trainee.accelerator.device, trainee.precision
        model, valid = trainee.model, trainee.valid
        loss, right = yield from self.target_loss(model, valid, device, precision)
        metrics = {"token_accuracy": right, "perplexity": float(np.exp(min(loss, 50.0)))}
        return Look(loss, loss, metrics)

    def told(
        self, ready: Ready, model: WritingModel, rows: Sequence[Row], quiet: bool
    ) -> Work[list[tuple[str, float]]]:
        """What the model writes for each row, as the grammar has it, and how sure it is."""
        recipe = ready.recipe
        grammar = self.grammar(model, recipe)
        said = yield from answered(
            ready,
            model,
            self.asked(recipe, rows),
            writing_settings(self.settings(recipe)),
            quiet=quiet,
            allowed=None if grammar is None else grammar.allowed,
        )
        texts = [each.text if grammar is None else grammar.completed(each.text) for each in said]
        return [(text, each.probability) for text, each in zip(texts, said, strict=True)]

    def untuned(self, job: Judging) -> Work[dict[str, Any]]:
        """The untrained model's metrics, counted once a project."""

        def counted() -> Work[dict[str, Any]]:
            model = untrained_model(job, "lora")  # which starts as no change at all
            said = yield from self.told(job.ready, model, job.rows, quiet=False)
            texts = [text for text, _ in said]
            return {"untrained": self.scored(job.ready.recipe, texts, job.gold, job.rows)}

        asked = [job.ready.model.settings.model_dump(), [dict(row) for row in job.rows]]
        return (yield from kept_once(job, asked, "untrained", counted))


class QuestionWriting(Writing):
    """The answer in the model's own words, or that it is not in the text."""

    name = "question_answering"

    def gold(self, recipe: Recipe, rows: Sequence[Row], source: Path) -> list[Any]:
        return QuestionSpans().gold(recipe, rows, source)

    def asked(self, recipe: Recipe, rows: Sequence[Row]) -> list[dict[str, str]]:
        cases = QuestionSpans().cases_of(recipe, rows, None)
        return [dict(case.row) for case in cases]

    def target(self, model: WritingModel, recipe: Recipe, gold: Any, row: Row) -> str:
        if gold:
            return str(gold[0].text)
        return NOTHING[_language(row[recipe.data.text])]

    def scored(
        self, recipe: Recipe, texts: Sequence[str], golds: Sequence[Any], rows: Sequence[Row]
    ) -> dict[str, float]:
        wanted = [[answer.text for answer in some] for some in golds]
        return judged_answers([_bare(text) for text in texts], wanted)[0]

    def columns(self, recipe: Recipe) -> list[str]:
        return QuestionSpans().columns(recipe)

    def answers(  # type: ignore[override]
        self, ready: Ready, rows: Sequence[Row], quiet: bool = True
    ) -> Work[list[dict[str, Any]]]:
        said = yield from self.told(ready, ready.model, rows, quiet)
        found = []
        for (text, sure), row in zip(said, rows, strict=True):
            answer = _bare(text)
            at = row[ready.recipe.data.text].find(answer) if answer else -1
            cell = written([Answer(answer, at if at >= 0 else None)]) if answer else "[]"
            found.append({PREDICTED: cell, "predicted_answer": answer, "probability": sure})
        return found

    def judge(self, job: Judging) -> Work[Judged]:
        untuned = yield from self.untuned(job)
        yield ev.PhaseChanged("evaluating")
        answers = yield from self.answers(job.ready, job.rows, quiet=False)
        return judged_questions(job, answers, untuned)


class FieldWriting(Writing):
    """The whole record as JSON, which cannot be anything else."""

    name = "extraction"

    def gold(self, recipe: Recipe, rows: Sequence[Row], source: Path) -> list[Any]:
        return FieldSpans().gold(recipe, rows, source)

    def asked(self, recipe: Recipe, rows: Sequence[Row]) -> list[dict[str, str]]:
        asked = asked_of_all(recipe.labels)
        return [with_question(row, asked[_language(row[recipe.data.text])]) for row in rows]

    def target(self, model: WritingModel, recipe: Recipe, gold: Any, row: Row) -> str:
        return self.grammar(model, recipe).target(gold)

    def grammar(self, model: WritingModel, recipe: Recipe) -> RecordGrammar:
        found = _grammar(tuple(recipe.labels), model.plan.tokens, model.plan.ends)
        found.forget()
        return found

    def scored(
        self, recipe: Recipe, texts: Sequence[str], golds: Sequence[Any], rows: Sequence[Row]
    ) -> dict[str, float]:
        records = [record_in(text) for text in texts]
        return judged_records(records, golds, recipe.labels)[0]

    def columns(self, recipe: Recipe) -> list[str]:
        return FieldSpans().columns(recipe)

    def answers(  # type: ignore[override]
        self, ready: Ready, rows: Sequence[Row], quiet: bool = True
    ) -> Work[list[dict[str, Any]]]:
        said = yield from self.told(ready, ready.model, rows, quiet)
        fields = ready.recipe.labels
        return [
            {PREDICTED: record_cell(record_in(text), fields), "probability": sure}
            for text, sure in said
        ]

    def judge(self, job: Judging) -> Work[Judged]:
        untuned = yield from self.untuned(job)
        yield ev.PhaseChanged("evaluating")
        answers = yield from self.answers(job.ready, job.rows, quiet=False)
        return judged_fields(job, answers, untuned)


class QuestionAnsweringCraft(TwoWays):
    name = "question_answering"
    spans = QuestionSpans()
    writing = QuestionWriting()


class ExtractionCraft(TwoWays):
    name = "extraction"
    spans = FieldSpans()
    writing = FieldWriting()

    def counted(self, recipe: Recipe, answer: Mapping[str, Any]) -> list[str]:
        """The fields that hold something."""
        return list(record_in(str(answer[PREDICTED])))


@lru_cache(maxsize=4)
def _grammar(fields: tuple[str, ...], tokens: Tokens, ends: tuple[int, ...]) -> RecordGrammar:
    return RecordGrammar(fields, tokens, ends)


def asked_of_all(fields: Sequence[str]) -> dict[str, str]:
    """The question for a whole record, by the language of the text."""
    return {code: ask.replace("{fields}", ", ".join(fields)) for code, ask in _ASK.items()}


def _language(text: str) -> str:
    wide = sum("\u3400" <= sign <= "\u9fff" for sign in text)
    return "zh" if 4 * wide > len(text) else "en"


def _bare(text: str) -> str:
    """The answer; "" where the model says that there is none."""
    said = tokens_of(text)
    nothing = any(said == tokens_of(some) for some in NOTHING.values())
    return "" if nothing else text.strip()
