"""What a probe reads: its rows, each prompt's gold labels, and how a model reads a prompt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..core.ports import ProbeRequest
from ..core.recipe import DataRef, ModelRef, PromptSpec, Recipe, TrainingSettings
from ..families import family_called
from ..families.contract import Plan, PlanSettings
from ..prompts.soft import hardened
from ..prompts.tokens import Tokens
from .models import ModelCard
from .rows import TableRows


@dataclass(slots=True)
class ProbeTable:
    """The rows of a probe: their columns and texts, and each prompt's gold labels.

    The first `judged` are those that prompts are ranked on, the others those for finding words.
    """

    rows: list[dict[str, str]]
    gold: list[list[int]]  # of each prompt
    columns: list[str]
    judged: int

    @staticmethod
    def of(request: ProbeRequest) -> ProbeTable:
        recipes = [recipe_of(request, prompt) for prompt in request.prompts]
        ids = [*request.rows, *(request.word_rows if request.find_words else ())]
        table = TableRows.of(request.project, recipes[0])
        found: list[dict[str, str]] = []
        gold = []
        for recipe in recipes:
            found, of_prompt = replace(table, recipe=recipe).rows(ids)
            gold.append(of_prompt)
        return ProbeTable(found, gold, table.columns, len(request.rows))


def plan_of(
    request: ProbeRequest,
    prompt: PromptSpec,
    card: ModelCard,
    tokens: Tokens,
    columns: list[str],
    length: int,
) -> Plan:
    """How the model reads a prompt; UserError where it does not fit."""
    settings = PlanSettings(
        prompt=prompt,
        columns=columns,
        text_column=request.text,
        max_length=length,
        facts={"pooling": card.pooling},
    )
    return family_called(card.family).plan(settings, tokens)


def recipe_of(request: ProbeRequest, prompt: PromptSpec) -> Recipe:
    """A prompt as a run without training would have it."""
    return Recipe(
        name="probe",
        model=ModelRef(name=request.model),
        method="head_only",
        prompt=hardened(prompt.model_copy(update={"also": []})),
        data=DataRef(text=request.text, label=request.label),
        training=TrainingSettings(weight_fine_tune=0.0),
    )
