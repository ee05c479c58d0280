"""What can be done about label words that a model reads badly: each repair is data and is applied
to a prompt at a click."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from ..core.recipe import PromptSpec
from ..core.words import Sentence
from .bank import language_of
from .parts import Literal, Part, Slot
from .segments import without_slot_segment
from .template import Template

Kind = OneOf[
    "add_space",
    "drop_space",
    "synonym",
    "virtual",
    "no_virtual",
    "several_masks",
    "letters",
    "remove",
    "another_word",
]
MOST_LETTERS = len(string.ascii_uppercase)
_ASK = {
    "en": ("Options: ", ". ", "; ", ".", "Answer: "),
    "zh": ("选项：", "．", "；", "。", "答案："),
}


@dataclass(frozen=True, slots=True)
class Repair:
    """One way out: `sentence` says it as a button does.

    `word` of `label` is what is replaced, by `replacement`, `masks` the slots that are written.
    For "another_word" the replacement is the user's to give (`dataclasses.replace`).
    """

    kind: Kind
    sentence: Sentence
    label: str = ""
    word: str = ""
    replacement: str = ""
    masks: int = 1


def apply(repair: Repair, prompt: PromptSpec) -> PromptSpec:
    """The prompt after the repair; unchanged where there is nothing left to do."""
    match repair.kind:
        case "add_space":
            return _rewritten(prompt, lambda template: _spaced(template, True))
        case "drop_space":
            bare = {label: [w.strip() for w in words] for label, words in prompt.words.items()}
            spaced = _rewritten(prompt, lambda template: _spaced(template, False))
            return spaced.model_copy(update={"words": bare})
        case "virtual" | "no_virtual":
            return prompt.model_copy(update={"virtual": repair.kind == "virtual"})
        case "several_masks":
            return _rewritten(prompt, lambda template: _with_masks(template, repair.masks))
        case "letters":
            return lettered(prompt)
        case "remove":
            words = _without(prompt.words, repair.label, repair.word)
            return prompt.model_copy(update={"words": words})
        case _:
            if not repair.replacement.strip():
                return prompt
            return prompt.model_copy(update={"words": _replaced(prompt.words, repair)})


def lettered(prompt: PromptSpec) -> PromptSpec:
    """The same question with options A, B, C, ...; the words become their descriptions.

    Columns and what hangs on them stay, the sentence around the slot goes.
    """
    labels = list(prompt.words)
    if not 2 <= len(labels) <= MOST_LETTERS:
        return prompt
    said = [next((w.strip() for w in prompt.words[label] if w.strip()), label) for label in labels]
    parsed = Template.parse(prompt.template, (), prompt.parameters)
    around = [part.text for part in parsed.parts if isinstance(part, Literal)]
    letters = dict(zip(labels, string.ascii_uppercase, strict=False))
    options, point, comma, stop, answer = _ASK[language_of([*said, *around])]
    listed = comma.join(f"{letters[lb]}{point}{w}" for lb, w in zip(labels, said, strict=True))
    asked = f"\n{options}{listed}{stop}\n{answer}"

    def with_options(template: Template) -> Template:
        return Template.of([*without_slot_segment(template).parts, Literal(asked), Slot()])

    words = {label: [letter] for label, letter in letters.items()}
    return _rewritten(prompt, with_options).model_copy(update={"words": words})


def _rewritten(prompt: PromptSpec, change: Callable[[Template], Template]) -> PromptSpec:
    """The prompt with all its templates changed; those that become the same are there once."""
    found = [
        change(Template.parse(template, (), prompt.parameters)).source
        for template in prompt.templates
    ]
    also = [template for template in dict.fromkeys(found) if template != found[0]]
    return prompt.model_copy(update={"template": found[0], "also": also})


def _spaced(template: Template, wanted: bool) -> Template:
    """The template with a blank right before its first slot, or with none."""
    parts: list[Part] = []
    seen = False
    for part in template.parts:
        if isinstance(part, Slot) and not seen:
            seen = True
            last = parts[-1] if parts else None
            if isinstance(last, Literal):
                parts[-1] = Literal(last.text.rstrip(" "))
            if wanted:
                parts.append(Literal(" "))
        parts.append(part)
    return Template.of(parts)


def _with_masks(template: Template, count: int) -> Template:
    """The template with `count` slots in place of its one."""
    if template.slots != 1:
        return template
    parts: list[Part] = []
    for part in template.parts:
        parts += [part] * (count if isinstance(part, Slot) else 1)
    return Template.of(parts)


def _replaced(words: Mapping[str, Sequence[str]], repair: Repair) -> dict[str, list[str]]:
    new = repair.replacement.strip()
    return {
        label: list(
            dict.fromkeys(new if label == repair.label and w == repair.word else w for w in ws)
        )
        for label, ws in words.items()
    }


def _without(words: Mapping[str, Sequence[str]], label: str, word: str) -> dict[str, list[str]]:
    """Leave out the word's last mention where there are several words, never the only one."""
    found = {name: list(several) for name, several in words.items()}
    several = found.get(label, [])
    places = [place for place, other in enumerate(several) if other.strip() == word.strip()]
    if places and len(several) > 1:
        del several[places[-1]]
    return found
