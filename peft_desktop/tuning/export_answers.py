"""What an exported folder is told of questions and fields: how they are asked and answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..core.recipe import Recipe
from ..prompts.reading import Reader
from .crafts.span_model import SpanModel
from .crafts.spans import QUESTION, SpanHands
from .crafts.two_ways import TwoWays
from .crafts.writing_model import WritingModel
from .crafts.written_answers import NOTHING, FieldWriting, asked_of_all
from .trained import Ready

TASKS = ("question_answering", "extraction")


def answer_columns(recipe: Recipe, used: Sequence[str]) -> list[str]:
    """The columns that a row must have for a template that uses the columns `used`."""
    data = recipe.data
    asked = [data.question or QUESTION] if recipe.task == TASKS[0] else []
    names = [data.text, *asked, *(name for name in used if name != QUESTION)]
    return list(dict.fromkeys(names))


def told_columns(recipe: Recipe) -> list[str]:
    """The columns of an answer that the exported program writes."""
    from .crafts import craft_called

    return craft_called(recipe.task).columns(recipe)


def spans_of(ready: Ready, reader_of: Callable[[Reader], dict[str, Any]]) -> dict[str, Any]:
    """`spans` of prompt.json: a model that points at the text."""
    recipe, model = ready.recipe, ready.model
    assert isinstance(model, SpanModel) and isinstance(ready.craft, TwoWays)
    hands = ready.craft.spans
    assert isinstance(hands, SpanHands)
    words = recipe.prompt.words
    fields = [(field, words[field][0] if words[field] else field) for field in words]
    whole = recipe.task == "extraction"
    return {
        "reader": reader_of(model.reader),
        "stride": model.reader.stride,
        "context": recipe.data.text,
        "question": None if whole else recipe.data.question or QUESTION,
        "fields": fields if whole else None,
        "columns": answer_columns(recipe, model.reader.template.columns),
        "longest": hands.longest(recipe),
        "threshold": hands.threshold(recipe, ready.file.extra.get("threshold")),
        "weight": ready.file.weight,
    }


def answering_of(ready: Ready) -> dict[str, Any] | None:
    """`answering` of prompt.json: a model that writes answers or records; None for other texts."""
    recipe, model = ready.recipe, ready.model
    if recipe.task not in TASKS:
        return None
    assert isinstance(model, WritingModel)
    found = {
        "context": recipe.data.text,
        "columns": answer_columns(recipe, model.plan.reader.template.columns),
        "fields": None,
    }
    if recipe.task == "question_answering":
        return {
            **found,
            "question": recipe.data.question or QUESTION,
            "nothing": list(NOTHING.values()),
        }
    tokens = model.plan.tokens
    return {
        **found,
        "fields": list(recipe.labels),
        "keys": FieldWriting().grammar(model, recipe).keys,
        "ask": asked_of_all(recipe.labels),
        "added": sorted(tokens.added_ids),
        "bytes": tokens.reads_bytes,
    }
