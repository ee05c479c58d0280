"""Views of a template: what stands before, after and around the slot, the columns alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from .template import Column, Literal, Part, Slot, Soft, Template, fill


def space_before_slot(
    template: Template, words: Iterable[str] | Mapping[str, Iterable[str]]
) -> bool:
    """Whether a blank goes before the label word.

    It does if the template has one right before `{mask}`, or if any word begins with one; a word
    that begins the whole input never takes one. `was {mask}` with `great` and `was{mask}` with
    ` great` are the same prompt.
    """
    slot = template.slot
    if not slot:
        return False
    before = template.parts[slot - 1]
    if isinstance(before, Literal) and before.text.endswith(" "):
        return True
    if isinstance(words, Mapping):
        return any(word.startswith(" ") for several in words.values() for word in several)
    return any(word.startswith(" ") for word in words)


def begins_with_slot(template: Template) -> bool:
    """Whether nothing but soft tokens stands before the slot: its word begins the input."""
    slot = template.slot
    return slot is not None and all(isinstance(part, Soft) for part in template.parts[:slot])


def after_slot(template: Template) -> tuple[Part, ...]:
    """The parts after the slot: nothing, constant text such as a full stop, or columns."""
    slot = template.slot
    return () if slot is None else template.parts[slot + 1 :]


def up_to_slot(template: Template) -> Template:
    """The template with all that stands after the slot left off."""
    slot = template.slot
    return template if slot is None else Template.of(template.parts[: slot + 1])


def columns_alone(template: Template) -> Template:
    """Only the columns, each once, joined by a line break where the template has one between
    them, else by a blank."""
    parts: list[Part] = []
    seen: set[str] = set()
    broken = False
    for part in template.parts:
        if isinstance(part, Literal):
            broken = broken or "\n" in part.text
        elif isinstance(part, Column) and part.name not in seen:
            if parts:
                parts.append(Literal("\n" if broken else " "))
            parts.append(part)
            seen.add(part.name)
            broken = False
    return Template.of(parts)


def label_prompt(template: Template, parameters: Mapping[str, str], word: str) -> str:
    """The sentence around the slot, up to the columns, with `word` in it.

    "{text} It was {mask}." and "great" give "It was great.".
    """
    return "".join(piece.text for piece in fill(label_template(template, parameters, word), {}, {}))


def label_template(template: Template, parameters: Mapping[str, str], word: str) -> Template:
    """The sentence of `label_prompt` as a template: constant text, and soft tokens as they are."""
    _, around, _ = _bounds(template)
    space = space_before_slot(Template.of(around), [word])
    parts: list[Part] = []
    for part, piece in zip(around, fill(Template(around), {}, parameters), strict=True):
        text = piece.text
        if isinstance(part, Soft):
            parts.append(part)
            continue
        if isinstance(part, Slot):
            last = parts[-1] if parts else None
            if isinstance(last, Literal):
                parts[-1] = Literal(last.text.removesuffix(" "))
            text = (" " if space else "") + word.strip()
        parts.append(Literal(text))
    return Template.of(_stripped(parts))


def without_slot_segment(template: Template) -> Template:
    """The template without the sentence that `label_prompt` gives: usually just the column."""
    left, around, right = _bounds(template)
    joint: tuple[Part, ...] = ()
    if left and right:
        broken = any(isinstance(p, Literal) and "\n" in p.text for p in around)
        joint = (Literal("\n" if broken else " "),)
    return Template.of(_stripped([*left, *joint, *right]))


def _bounds(template: Template) -> tuple[tuple[Part, ...], tuple[Part, ...], tuple[Part, ...]]:
    """What stands before, in and after the stretch around the slot that holds no column.

    Punctuation that hangs on a column without a blank ('"{text}", it was ...') stays with it.
    """
    slot, parts = template.slot, template.parts
    if slot is None:
        return parts, (), ()
    columns = [i for i, part in enumerate(parts) if isinstance(part, Column)]
    first = max((i + 1 for i in columns if i < slot), default=0)
    last = min((i for i in columns if i > slot), default=len(parts))
    left, around, right = list(parts[:first]), list(parts[first:last]), list(parts[last:])
    if left and isinstance(around[0], Literal):
        text = around[0].text
        hanging = _hanging(text)
        left.append(Literal(text[:hanging]))
        around[0] = Literal(text[hanging:])
    if right and isinstance(around[-1], Literal):
        text = around[-1].text
        hanging = _hanging(text[::-1])
        right.insert(0, Literal(text[len(text) - hanging :]))
        around[-1] = Literal(text[: len(text) - hanging])
    return (
        Template.of(left).parts,
        Template.of(around).parts,
        Template.of(right).parts,
    )


def _hanging(text: str) -> int:
    """How many punctuation marks a text begins with."""
    count = 0
    while count < len(text) and unicodedata.category(text[count]).startswith("P"):
        count += 1
    return count


def _stripped(parts: list[Part]) -> list[Part]:
    if parts and isinstance(parts[0], Literal):
        parts[0] = Literal(parts[0].text.lstrip())
    if parts and isinstance(parts[-1], Literal):
        parts[-1] = Literal(parts[-1].text.rstrip())
    return parts
