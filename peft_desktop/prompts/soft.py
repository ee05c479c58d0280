"""Soft tokens of a template: how many vectors they are, and the words that these start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core.errors import UserError
from ..core.recipe import PromptSpec
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .parts import Literal, Part, Soft
from .template import Template
from .tokens import Tokens

FREE = -1  # a vector that starts from whatever its method chooses

_NO_TOKENS = QT_TRANSLATE_NOOP("engine", 'The model reads no token in "{text}".')
_NO_TOKENS_DO = QT_TRANSLATE_NOOP(
    "engine", "Let the soft tokens start from other words, or give their number ({{soft:20}})."
)
_UNTRAINED = QT_TRANSLATE_NOOP(
    "engine", 'The method "{method}" cannot train the soft tokens of the template.'
)
_UNTRAINED_DO = QT_TRANSLATE_NOOP(
    "engine", "Choose prompt tuning or P-tuning, or take the soft tokens out of the template."
)


def placed(template: Template, tokens: Tokens, first: int = 0) -> tuple[Template, tuple[int, ...]]:
    """The template with its soft tokens numbered, and the token that each starts from or FREE.

    `first` is the number of the first one, where other templates have some before.
    Raises UserError for words to start from that have no token.
    """
    parts: list[Part] = []
    starts: list[int] = []
    for part in template.parts:
        if isinstance(part, Soft):
            ids = tokens.ids(part.text) if part.text else [FREE] * part.count
            if not ids:
                raise UserError(_NO_TOKENS, _NO_TOKENS_DO, field="template", text=part.text)
            number = first + len(starts)
            part = replace(part, places=tuple(range(number, number + len(ids))))
            starts += ids
        parts.append(part)
    return (replace(template, parts=tuple(parts)), tuple(starts)) if starts else (template, ())


def hardened(prompt: PromptSpec) -> PromptSpec:
    """The prompt as an untrained model can be asked it: words for the soft tokens that start from
    words, nothing for the others."""
    asked = [_hardened(template, prompt) for template in prompt.templates]
    if asked == prompt.templates:
        return prompt
    also = [template for template in dict.fromkeys(asked[1:]) if template != asked[0]]
    return prompt.model_copy(update={"template": asked[0], "also": also})


def _hardened(written: str, prompt: PromptSpec) -> str:
    try:
        template = Template.parse(written, (), prompt.parameters)
    except UserError:
        return written  # its faults are told where it is read
    if not template.soft:
        return written
    parts: list[Part] = []
    for part in template.parts:
        last = parts[-1] if parts else None
        if isinstance(part, Soft):
            if part.text:
                parts.append(Literal(part.text))
        elif (
            isinstance(part, Literal)
            and (last is None or (isinstance(last, Literal) and last.text.endswith(" ")))
            and part.text.startswith(" ")
        ):
            parts.append(Literal(part.text[1:]))  # the blanks of both sides would meet
        else:
            parts.append(part)
    return Template.of(parts).source


def has_soft(templates: Sequence[str]) -> bool:
    """Whether one of the templates has soft tokens."""
    return any("{" in template and Template.parse(template).soft for template in templates)


def soft_refusal(
    templates: Sequence[str], trains_soft: bool, title: str
) -> tuple[Sentence, Sentence] | None:
    """What is wrong and what to do where templates have soft tokens that nobody would train."""
    if trains_soft or not has_soft(templates):
        return None
    return Sentence(_UNTRAINED, {"method": title}), Sentence(_UNTRAINED_DO, {})


def refuse_untrained(templates: Sequence[str], trains_soft: bool, title: str) -> None:
    """Raises UserError where a template has soft tokens that the method cannot train."""
    wrong = soft_refusal(templates, trains_soft, title)
    if wrong is not None:
        what, do = wrong
        raise UserError(what.template, do.template, field="template", **what.values)
