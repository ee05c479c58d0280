"""A model's card in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale

from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .wording import in_words, number, size, translated

_FAMILIES = {
    "causal": QT_TRANSLATE_NOOP("models", "writes on (causal)"),
    "masked": QT_TRANSLATE_NOOP("models", "fills gaps (masked)"),
    "encoder": QT_TRANSLATE_NOOP("models", "compares meanings (encoder)"),
    "seq2seq": QT_TRANSLATE_NOOP("models", "answers (encoder-decoder)"),
}
_LANGUAGES = {
    "en": QT_TRANSLATE_NOOP("models", "English"),
    "zh": QT_TRANSLATE_NOOP("models", "Chinese"),
}


def family_in_words(family: str) -> str:
    return translated("models", _FAMILIES[family]) if family in _FAMILIES else family


def parameters_in_words(count: int) -> str:
    """134.5 M, 1.2 B; empty where it is not known."""
    if not count:
        return ""
    if count >= 10**9:
        return QLocale().toString(count / 10**9, "f", 1) + " B"
    return QLocale().toString(count / 10**6, "f", 1) + " M"


def card_in_words(card: Any) -> str:
    """The facts of a card, a line each; first of all why it cannot be used."""
    lines = []
    if card.refusal is not None:
        lines += [card.refusal.error().in_words(translated), ""]

    def fact(name: str, value: str) -> None:
        if value:
            lines.append(f"{translated('models', name)}: {value}")

    fact(QT_TRANSLATE_NOOP("models", "Title"), card.title)
    fact(QT_TRANSLATE_NOOP("models", "Kind"), family_in_words(card.family))
    fact(QT_TRANSLATE_NOOP("models", "Architecture"), card.architecture)
    count = number(card.parameters) if card.parameters else ""
    fact(QT_TRANSLATE_NOOP("models", "Parameters"), count)
    fact(QT_TRANSLATE_NOOP("models", "On disk"), size(card.size_bytes))
    if card.context_length:
        fact(
            QT_TRANSLATE_NOOP("models", "Reads at once"),
            translated("models", QT_TRANSLATE_NOOP("models", "{count} tokens")).format(
                count=number(card.context_length)
            ),
        )
    unread = [translated("models", _LANGUAGES.get(code, code)) for code in card.cannot_read]
    fact(QT_TRANSLATE_NOOP("models", "Cannot read"), ", ".join(unread))
    fact(QT_TRANSLATE_NOOP("models", "Licence"), card.licence)
    fact(QT_TRANSLATE_NOOP("models", "From"), card.source)
    fact(QT_TRANSLATE_NOOP("models", "Added"), card.added_at)
    fact("SHA-256", card.sha256)
    lines += [in_words(Sentence(template, values)) for template, values in card.notes]
    return "\n".join(lines)
