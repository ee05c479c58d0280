"""A prompt of several templates: which one is on show, and what an edit does to the prompt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.project import ProjectFile
from ..core.recipe import PromptSpec
from ..prompts.notation import read
from ..prompts.parts import Column, Parameter


def alone(file: ProjectFile, which: int) -> ProjectFile:
    """The project as if the template number `which` were its only one."""
    prompt = file.prompt
    if not prompt.also:
        return file
    only = prompt.model_copy(update={"template": prompt.templates[which], "also": []})
    return file.model_copy(update={"prompt": only})


def changed(prompt: PromptSpec, which: int, template: str) -> dict[str, Any]:
    """The prompt's changes when the template number `which` becomes `template`."""
    return _spread([*prompt.templates[:which], template, *prompt.templates[which + 1 :]])


def added(prompt: PromptSpec) -> dict[str, Any]:
    """The changes that bring one more template, still to be written."""
    return _spread([*prompt.templates, ""])


def removed(prompt: PromptSpec, which: int) -> dict[str, Any]:
    """The changes that take the template number `which` away; the last one stays."""
    left = [*prompt.templates[:which], *prompt.templates[which + 1 :]]
    return _spread(left or [""])


def renamed(prompt: PromptSpec, columns: list[str], old: str, new: str) -> dict[str, Any]:
    """The changes that give a parameter a new name, in the templates as well."""

    def named(template: str) -> str:
        parts, _ = read(template, columns, prompt.parameters, None, all_of_them=True)
        for part in reversed(parts):
            if isinstance(part, Parameter | Column) and part.name == old and old not in columns:
                template = template[: part.start] + "{" + new + "}" + template[part.end :]
        return template

    values = {new if name == old else name: value for name, value in prompt.parameters.items()}
    return {**_spread([named(template) for template in prompt.templates]), "parameters": values}


def first_fault(
    prompt: PromptSpec, fault: Callable[[str], str], which: Callable[[int, str], str]
) -> str:
    """What `fault` says of the first template that has one; "" if none has.

    With several templates `which` puts its number in front.
    """
    for number, template in enumerate(prompt.templates, start=1):
        said = fault(template)
        if said:
            return which(number, said) if prompt.also else said
    return ""


def _spread(templates: list[str]) -> dict[str, Any]:
    return {"template": templates[0], "also": templates[1:]}
