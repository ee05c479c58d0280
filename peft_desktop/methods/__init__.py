"""The ways to fine-tune: one file each, listed here by hand."""

from __future__ import annotations

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from .bitfit import BitFit
from .contract import Facts, Method, Prepared
from .contrastive import Contrastive
from .full import FullFineTuning
from .head_only import HeadOnly
from .ia3 import Ia3
from .lora import Lora
from .p_tuning import PTuning
from .prefix_tuning import PrefixTuning
from .prompt_tuning import PromptTuning

__all__ = ["METHODS", "Facts", "Method", "Prepared", "method_called"]

METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Lora(),
        FullFineTuning(),
        Ia3(),
        BitFit(),
        PrefixTuning(),
        PTuning(),
        PromptTuning(),
        Contrastive(),
        HeadOnly(),
    )
}


def method_called(name: str) -> Method:
    """The method of that name; UserError naming those there are."""
    if name not in METHODS:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no method "{name}".'),
            QT_TRANSLATE_NOOP("engine", "Choose one of: {known}."),
            field="method",
            name=name,
            known=", ".join(METHODS),
        )
    return METHODS[name]
