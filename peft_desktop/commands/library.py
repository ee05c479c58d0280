"""Where the commands get the model library from, and what a new project asks of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..core.recipe import PromptSpec
    from ..projects.prepare import ChosenModel
    from ..tuning.cards import ModelCard
    from ..tuning.models import Library
    from .screen import Screen


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


def bring(name: str | None, screen: Screen) -> None:
    """Install a starter model that came with the program, where it is wanted for the first time.

    Other models are left to `chosen_model`, which says what is missing.
    """
    from ..core.places import resources
    from ..tuning.catalogue import DEFAULT
    from .engine import make_tuner

    wanted = name or DEFAULT
    inside = resources() / "models" / wanted
    if not inside.is_dir() or any(card.name == wanted for card in library().list()):
        return
    tuner = make_tuner()
    try:
        screen.follow(tuner.install_model(wanted, None))
    finally:
        tuner.close()


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
