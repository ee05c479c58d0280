"""Where the commands get the model library from, and what a new project asks of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..core.recipe import PromptSpec
    from ..projects.prepare import ChosenModel
    from ..tuning.cards import ModelCard
    from ..tuning.models import Library


def library() -> Library:
    """The models in the user's data folder."""
    from ..tuning.models import Library

    return Library()


def usable(name: str) -> ModelCard:
    """The model of that name; UserError when it is not installed or cannot be trained."""
    card = library().get(name)
    if card.refusal is not None:
        raise card.refusal.error()
    return card


def chosen_model(name: str | None) -> ChosenModel:
    """The model of that name, or the default one, ready to check prompts; no weights are read.

    Raises UserError when it is not installed or cannot be trained.
    """
    from ..core.events import Warned
    from ..core.steps import longest_reading
    from ..families import family_called
    from ..families.contract import PlanSettings
    from ..families.ensemble import plan_for
    from ..projects.prepare import ChosenModel
    from ..prompts.tokens import Tokens
    from ..tuning.catalogue import DEFAULT

    card = usable(name or DEFAULT)
    tokens = Tokens(library().path(card.name))
    family = family_called(card.family)

    def check(prompt: PromptSpec, columns: list[str], text_column: str) -> list[Warned]:
        plan = plan_for(
            family,
            PlanSettings(
                prompt=prompt,
                columns=columns,
                text_column=text_column,
                max_length=longest_reading(card.context_length),
                facts={"pooling": card.pooling},
            ),
            tokens,
        )
        return [Warned(template, values) for template, values in plan.warnings]

    return ChosenModel(card.name, card.family, tokens, check)
