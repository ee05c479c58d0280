"""What may stand between the braces of a template, and what each of it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...core.words import QT_TRANSLATE_NOOP
from ...prompts.parts import KEEP_NAME, SLOT_NAME, SOFT_NAME
from ..wording import translated

_FEW_SOFT = 20


class Offer(NamedTuple):
    """`name` is what is written between braces; `kind` is slot, slots, column, parameter, soft,
    soft words or keep; `column` is the one that is kept."""

    name: str
    kind: str
    column: str = ""


def offers(columns: Sequence[str], parameters: Sequence[str], several_slots: bool) -> list[Offer]:
    """All that may be written, the usual first. Importance counts among several columns only."""
    usable = [name for name in columns if not set(name) & set("{}")]
    found = [Offer(SLOT_NAME, "slot")]
    found += [Offer(name, "column") for name in usable]
    found += [Offer(name, "parameter") for name in parameters if not set(name) & set("{}")]
    found += [Offer(f"{SOFT_NAME}:{_FEW_SOFT}", "soft"), Offer(f'{SOFT_NAME}:""', "soft words")]
    if several_slots:
        found.append(Offer(SLOT_NAME + "}{" + SLOT_NAME, "slots"))
    if len(usable) > 1:
        found += [Offer(f"{name}:{KEEP_NAME}", "keep", name) for name in usable]
    return found


class Said(NamedTuple):
    """A few words, and a sentence that teaches."""

    short: str
    long: str


_MEANINGS = {
    "slot": (
        QT_TRANSLATE_NOOP("TemplateNames", "slot: the label word"),
        QT_TRANSLATE_NOOP(
            "TemplateNames",
            "The place that the model fills with a label word (mask, verbalizer slot).",
        ),
    ),
    "slots": (
        QT_TRANSLATE_NOOP("TemplateNames", "two slots, for words of two tokens"),
        QT_TRANSLATE_NOOP(
            "TemplateNames",
            "Several slots: one for each token of the label words; for masked models only.",
        ),
    ),
    "column": (
        QT_TRANSLATE_NOOP("TemplateNames", "column"),
        QT_TRANSLATE_NOOP("TemplateNames", "Each row's own text of this column stands here."),
    ),
    "parameter": (
        QT_TRANSLATE_NOOP("TemplateNames", "parameter"),
        QT_TRANSLATE_NOOP("TemplateNames", "A constant that is the same in every row."),
    ),
    "soft": (
        QT_TRANSLATE_NOOP("TemplateNames", "soft tokens: trained vectors"),
        QT_TRANSLATE_NOOP(
            "TemplateNames",
            "Trained vectors in place of words (soft prompt), 1 to 1,000, usually 10 to 50; prompt "
            "tuning and P-tuning train them.",
        ),
    ),
    "soft words": (
        QT_TRANSLATE_NOOP("TemplateNames", "soft tokens that start from words"),
        QT_TRANSLATE_NOOP(
            "TemplateNames",
            "One trained vector for each token of the words between the quotes; it starts from "
            "their meaning, which often learns faster.",
        ),
    ),
    "keep": (
        QT_TRANSLATE_NOOP("TemplateNames", "column that is cut last"),
        QT_TRANSLATE_NOOP(
            "TemplateNames",
            "Where a row is too long, this column is cut after all others; a number of 1 to 9 "
            "instead of keep gives an order.",
        ),
    ),
}


def in_words(offer: Offer) -> Said:
    """What an offer means, in the language in force."""
    short, long = _MEANINGS[offer.kind]
    return Said(translated("TemplateNames", short), translated("TemplateNames", long))
