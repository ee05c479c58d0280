"""Sentences for the user: marked English templates, put into words at the edge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Translate = Callable[[str, str], str]


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 (the name that lupdate looks for)
    """Mark `text` for translation without translating it; Qt's lupdate finds the call."""
    return text


def _as_written(context: str, text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A marked template and its values; `str()` gives English, `in_words` any language.

    A value may be a sentence itself.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    context: str = "engine"

    def in_words(self, translate: Translate = _as_written) -> str:
        words = translate(self.context, self.template)
        said = {
            name: value.in_words(translate) if isinstance(value, Sentence) else value
            for name, value in self.values.items()
        }
        return words.format(**said) if said else words

    def __str__(self) -> str:
        return self.in_words()
