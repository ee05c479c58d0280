"""Which columns a run's model must be given, and what each of them is to it."""

from __future__ import annotations

from ..core.errors import UserError
from ..core.recipe import Recipe


def columns_of(recipe: Recipe) -> tuple[str, ...]:
    """The columns that a text to label must have, the main one first."""
    from ..prompts.template import Template

    try:
        used = Template.parse(
            recipe.prompt.template, (), recipe.prompt.parameters, recipe.data.text
        ).columns
    except UserError:
        used = ()
    if recipe.task == "extraction":
        used = tuple(name for name in used if name != "question")  # each field's own
    elif recipe.data.question:
        # a template may say {question} whatever the column is called
        some = [name for name in used if name != "question" or recipe.task != "question_answering"]
        used = (*some, recipe.data.question)
    main = [recipe.data.text] if recipe.data.text else []
    return tuple(dict.fromkeys([*main, *used])) or ("text",)


def role_of(recipe: Recipe, name: str) -> str:
    """What a column is in the run: "text", "question", or nothing of its own."""
    if name == recipe.data.text:
        return "text"
    return "question" if name == question_of(recipe) else ""


def question_of(recipe: Recipe) -> str:
    """The column with what is asked of a text; empty in other tasks."""
    asks = recipe.task == "question_answering"
    return recipe.data.question or "question" if asks else ""
