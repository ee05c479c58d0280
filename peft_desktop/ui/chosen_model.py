"""The model that a new project begins with; no weights are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from ..projects.prepare import ChosenModel


def model_for_new_project(library: Any, wanted: str = "") -> ChosenModel:
    """`wanted`, else the library's default, else any that can be trained, for `prepare_project`.

    Without a usable model the project is made all the same; the Train page asks for one.
    """
    from ..projects.prepare import ChosenModel

    usable = [card.name for card in library.list() if card.refusal is None]
    for name in (wanted, library.default, *usable):
        if name and name in usable:
            return cast(ChosenModel, library.chosen(name))
    return ChosenModel("", "causal", cast(Any, None), lambda prompt, columns, text: [])
