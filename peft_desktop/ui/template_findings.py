"""What is wrong with a template under the chosen model and method, each at its place."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.errors import UserError
from ..core.project import ProjectFile
from ..core.words import Sentence
from ..prompts.parts import Complaint, Slot
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
    wrong = _untrained(file, [template.source]) if template.soft else None
    if wrong is None:
        return []
    first = template.soft[0]
    return [Complaint(first.start, first.end - first.start, *wrong)]


def refuse_soft(file: ProjectFile) -> None:
    """Raises UserError where a template has soft tokens that the chosen method cannot train."""
    wrong = _untrained(file, file.prompt.templates)
    if wrong is not None:
        what, do = wrong
        raise UserError(what.template, do.template, field="template", **what.values)


def _untrained(file: ProjectFile, templates: Sequence[str]) -> tuple[Sentence, Sentence] | None:
    from ..methods import METHODS

    method = METHODS.get(file.method)
    if method is None:
        return None
    wrong = soft_refusal(templates, bool(getattr(method, "places_soft", False)), method.title)
    if wrong is None:
        return None
    what, do = wrong
    title = Sentence(method.title, {}, "methods")
    return Sentence(what.template, {**what.values, "method": title}, what.context), do
