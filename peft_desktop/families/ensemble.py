"""Several templates as one plan: training draws one for each row, prediction asks them all.

The answer is the mean of the templates' log-probabilities, as LM-BFF's ensemble takes it (Gao et
al. 2021, arXiv:2012.15723), but of one model, which has met all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from ..prompts.reading import Reader
from ..prompts.template import Template
from ..prompts.tokens import Tokens
from .contract import Encoded, Family, Plan, PlanSettings, Words


@dataclass(slots=True)
class EnsemblePlan:
    """The plans of all templates; a row's variants are those of each template in turn."""

    plans: tuple[Any, ...]
    spans: tuple[tuple[int, int], ...]  # which variants are each plan's
    labels: tuple[str, ...]
    words: Words  # as the first template reads them
    pad_id: int
    soft_ids: tuple[int, ...]
    warnings: list[tuple[str, dict[str, Any]]]

    @property
    def readers(self) -> tuple[Reader, ...]:
        return tuple(reader for plan in self.plans for reader in readers_of(plan))

    def read_many(self, rows: Sequence[Mapping[str, str]]) -> list[Encoded]:
        each = [plan.read_many(rows) for plan in self.plans]
        return [
            Encoded(tuple(v for one in of_row for v in one.variants), of_row[0].plain)
            for of_row in zip(*each, strict=True)
        ]


def plan_for(family: Family, settings: PlanSettings, tokens: Tokens) -> Plan:
    """How `family` reads the prompt with all its templates.

    Raises UserError where one of them does not fit, naming it.
    """
    prompt = settings.prompt
    if not prompt.also:
        return family.plan(settings, tokens)
    if any(Template.parse(template).soft for template in prompt.templates):
        # vectors that stand in one template stand in front of no other
        settings = replace(settings, facts={**settings.facts, "ahead": 0})
    plans: list[Any] = []
    soft: list[int] = []
    for number, template in enumerate(prompt.templates):
        alone = prompt.model_copy(update={"template": template, "also": []})
        facts = {**settings.facts, "first_soft": len(soft)}
        own = replace(settings, prompt=alone, facts=facts, plain=settings.plain and not number)
        try:
            if template in prompt.templates[:number]:
                raise UserError(_TWICE, _TWICE_DO, field="template")
            plan: Any = family.plan(own, tokens)
        except UserError as error:
            if not number:
                raise
            raise _named(error, template) from error
        plans.append(plan)
        soft += plan.soft_ids
    spans, first = [], 0
    for plan in plans:
        spans.append((first, first + _variants(plan)))
        first = spans[-1][1]
    warnings = list({str(said): said for plan in plans for said in plan.warnings}.values())
    first_plan = plans[0]
    return EnsemblePlan(
        plans=tuple(plans),
        spans=tuple(spans),
        labels=first_plan.labels,
        words=first_plan.words,
        pad_id=first_plan.pad_id,
        soft_ids=tuple(soft),
        warnings=warnings,
    )


def plans_of(plan: Plan) -> tuple[Any, ...]:
    """The plan of each template."""
    return plan.plans if isinstance(plan, EnsemblePlan) else (plan,)


def readers_of(plan: Any) -> tuple[Reader, ...]:
    """The readers of a plan: one for each variant of a row."""
    return tuple(getattr(plan, "readers", None) or (plan.reader,))


def _variants(plan: Any) -> int:
    return len(readers_of(plan))


_TWICE = QT_TRANSLATE_NOOP("engine", "The template is given twice.")
_TWICE_DO = QT_TRANSLATE_NOOP("engine", "Leave one of them out.")
_FURTHER = QT_TRANSLATE_NOOP("engine", 'The further template "{further}": {said}')


def _named(error: UserError, template: str) -> UserError:
    """The same error, saying which of the further templates it is about."""
    return UserError(
        _FURTHER,
        error.do.template,
        file=error.file,
        row=error.row,
        field=error.field,
        **{**error.do.values, "further": template, "said": error.what},
    )
