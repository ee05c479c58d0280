"""The label words as the model sees them: their tokens, and what the doctor finds about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..core.errors import UserError
from ..core.recipe import PromptSpec
from ..core.words import Sentence
from ..prompts.doctor import Diagnosis, Finding, WordReading, examine
from ..prompts.segments import begins_with_slot, space_before_slot
from ..prompts.template import Template
from ..prompts.tokens import Tokens

SEVERITIES = ("ok", "told", "warned", "refused")  # the worse the later
SIGNS = {"ok": "✔", "told": "ℹ", "warned": "⚠", "refused": "✖"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A label word in the slot: its tokens there, and how it would be read with a space before it
    and without one. `spaced`: a space stands there now."""

    word: str
    tokens: tuple[str, ...]
    ids: tuple[int, ...] = ()
    unknown: bool = False
    spaced: bool = False
    with_space: tuple[str, ...] = ()
    without_space: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def severity(self) -> str:
        """The worst of `SEVERITIES` that was found."""
        return max((f.severity for f in self.findings), key=SEVERITIES.index, default="ok")

    @property
    def problem(self) -> Sentence | None:
        """Why the word cannot be used, or else what is worst about it."""
        found = [f for f in self.findings if f.severity == self.severity]
        return found[0].sentence if found else None


def marks_of(
    prompt: PromptSpec, template: Template, family: str, tokens: Tokens
) -> dict[str, tuple[Mark, ...]]:
    """Every word of every label, in order; of a template with faults, as far as it can be read."""
    try:
        found = examine(prompt, tokens, family)
    except UserError:
        found = examine(_stand_in(prompt, template), tokens, family)
    findings: dict[tuple[str, str], list[Finding]] = {}
    for finding in found.findings:
        findings.setdefault((finding.label, finding.word.strip()), []).append(finding)
    marks: dict[str, tuple[Mark, ...]] = {label: () for label in prompt.words}
    for reading in found.words:
        about = findings.get((reading.label, reading.word.strip()), ())
        mark = _mark(reading, found, tuple(about))
        if family == "encoder":  # it reads the word within a prompt, not in a slot
            mark = replace(mark, with_space=(), without_space=())
        marks[reading.label] += (mark,)
    return marks


def worst(marks: Mapping[str, tuple[Mark, ...]], label: str) -> str:
    """The worst severity among a label's words."""
    return max((m.severity for m in marks.get(label, ())), key=SEVERITIES.index, default="ok")


def _mark(reading: WordReading, found: Diagnosis, about: tuple[Finding, ...]) -> Mark:
    return Mark(
        reading.word,
        reading.pieces,
        reading.ids,
        reading.unknown,
        found.space,
        reading.with_space,
        reading.without_space,
        about,
    )


def _stand_in(prompt: PromptSpec, template: Template) -> PromptSpec:
    """A template without faults in which the words are read as in this one."""
    space = " " if space_before_slot(template, prompt.words) else ""
    before = "" if begins_with_slot(template) else "|"
    return prompt.model_copy(update={"template": before + space + "{mask}"})
