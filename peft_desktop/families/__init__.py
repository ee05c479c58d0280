"""The families of pretrained models: one file each, listed here by hand."""

from __future__ import annotations

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from .causal import CausalFamily
from .contract import Family
from .encoder import EncoderFamily
from .masked import MaskedFamily
from .seq2seq import Seq2SeqFamily

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (CausalFamily(), MaskedFamily(), EncoderFamily(), Seq2SeqFamily())
}


def family_called(name: str) -> Family:
    """The family of that name; UserError naming those there are."""
    if name not in FAMILIES:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'Models of the kind "{name}" cannot be trained here.'),
            QT_TRANSLATE_NOOP("engine", "Choose a model of one of these kinds: {known}."),
            name=name,
            known=", ".join(FAMILIES),
        )
    return FAMILIES[name]
