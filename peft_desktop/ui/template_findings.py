"""What is wrong with a template under the chosen model and method, each at its place."""

from __future__ import annotations

from ..core.project import ProjectFile
from ..core.words import Sentence
from ..prompts.parts import Complaint, Slot, Soft
from ..prompts.soft import soft_refusal
from ..prompts.template import Template, complaints


def slot_complaints(file: ProjectFile, template: Template, family: str) -> list[Complaint]:
    """A second slot where the model's family takes one only."""
    from ..families import FAMILIES

    known = FAMILIES.get(family)
    if known is None or known.several_slots or template.slots < 2:
        return []
    places = {part.start for part in template.parts if isinstance(part, Slot)}
    found = complaints(
        template.source,
        file.columns,
        file.prompt.parameters,
        file.roles.text or None,
        label_column=file.roles.label,
    )
    return [complaint for complaint in found if complaint.position in places]


def soft_complaints(file: ProjectFile, template: Template) -> list[Complaint]:
    """Soft tokens that the chosen method cannot train."""
    from ..methods import METHODS

    method = METHODS.get(file.method)
    if method is None or not template.soft:
        return []
    trains = bool(getattr(method, "places_soft", False))
    wrong = soft_refusal([template.source], trains, method.title)
    if wrong is None:
        return []
    what, do = wrong
    title = Sentence(method.title, {}, "methods")
    what = Sentence(what.template, {**what.values, "method": title}, what.context)
    return [
        Complaint(part.start, part.end - part.start, what, do)
        for part in template.parts
        if isinstance(part, Soft)
    ][:1]
