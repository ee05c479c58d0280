"""The prompt of a new project: what the user wrote, checked, or the best of the bank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..core.errors import UserError
from ..core.events import Warned
from ..core.recipe import PromptSpec
from ..core.words import QT_TRANSLATE_NOOP
from ..prompts.template import Template, check
from ..prompts.tokens import Tokens
from ..prompts.verbalizer import check_words
from ..tasks import Task, task_named


@dataclass(frozen=True, slots=True)
class ChosenModel:
    """A base model as a new project sees it.

    `check(prompt, columns, text column)` tells whether the model can read the prompt: warnings,
    or a UserError.
    """

    name: str
    family: str
    tokens: Tokens
    check: Callable[[PromptSpec, list[str], str], list[Warned]]


@dataclass(frozen=True, slots=True)
class Given:
    """What the user wrote of a prompt; what is empty is found. `also`: further templates."""

    template: str | None = None
    words: Mapping[str, list[str]] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    also: Sequence[str] = ()
    virtual: bool = False

    def joined(self, prompt: PromptSpec) -> PromptSpec:
        """The prompt with the further templates and with virtual words, where they are wanted."""
        return prompt.model_copy(update={"also": list(self.also), "virtual": self.virtual})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the prompt is for: the task, the question's column, the second text of a pair."""

    task: Task
    question: str | None = None
    second: str | None = None

    @property
    def scores_words(self) -> bool:
        """Whether label words are scored in the template's slot, so that the model's family can
        say whether it can read the prompt."""
        return self.task.name in ("classification", "several_labels")

    @property
    def slot_needed(self) -> bool:
        return self.task.name != "tagging"


CLASSIFYING = Asked(task_named("classification"))


def first_prompt(
    given: Given,
    labels: Sequence[str],
    texts: Sequence[str],
    columns: Sequence[str],
    text_column: str,
    model: ChosenModel,
    asked: Asked = CLASSIFYING,
) -> tuple[PromptSpec, list[Warned]]:
    """A prompt that fits the labels and that the model can read, and what to mind about it.

    Raises UserError for a template or words that cannot be used, and for labels without words.
    """
    if not asked.scores_words:
        return _of_task(given, labels, texts, columns, text_column, asked)
    warnings: list[Warned] = []
    if given.template is not None:
        given_values = dict(given.parameters)
        # where the model takes one slot only, its own check says so
        every = (given.template, *given.also)
        parsed = [
            check(some, columns, given_values, text_column, several_slots=True) for some in every
        ]
        warnings += _unused(given.parameters, parsed)
    if not labels:  # nothing to choose from yet: the template alone is kept
        bare = PromptSpec(template=given.template or "", parameters=dict(given.parameters))
        return given.joined(bare), warnings
    if given.words:
        warnings += check_words(given.words, labels)
    if given.template is not None and given.words:
        candidates = [_ordered(given.template, given.parameters, given.words, labels)]
    else:
        candidates = _from_the_bank(given, labels, texts, model.family, asked)
    candidates = [given.joined(prompt) for prompt in candidates]
    refusal: UserError | None = None
    for prompt in candidates:
        try:
            found = check_words(prompt.words, labels) if not given.words else []
            found = found + model.check(prompt, list(columns), text_column)
        except UserError as error:
            refusal = refusal or error
            continue
        if given.template is None:
            own = Template.parse(prompt.template, columns, prompt.parameters, text_column)
            warnings += _unused(given.parameters, [own])
        return prompt, warnings + found
    if refusal is not None:
        raise refusal
    raise UserError(
        QT_TRANSLATE_NOOP("engine", "No template of the bank fits these labels."),
        QT_TRANSLATE_NOOP("engine", "Write one (--template) and words (--word LABEL=WORD)."),
    )


def _of_task(
    given: Given,
    labels: Sequence[str],
    texts: Sequence[str],
    columns: Sequence[str],
    text_column: str,
    asked: Asked,
) -> tuple[PromptSpec, list[Warned]]:
    """The prompt of a task whose answers are no label words in a slot."""
    from ..prompts.bank_tasks import QUESTION, task_templates

    task = asked.task
    known = [*columns, QUESTION] if task.name == "extraction" else list(columns)
    template = given.template
    if template is None:
        found = task_templates(task.name, texts, question=asked.question)
        # the bank says {text}; a column of that name that is not the text's would take its place
        template = found[0] if found else "{text}\n{mask}"
    parsed = [
        check(
            some,
            known,
            dict(given.parameters),
            text_column,
            slot_needed=asked.slot_needed,
            several_slots=not asked.slot_needed,
        )
        for some in (template, *given.also)
    ]
    words = task.first_words(labels, texts) if task.has_words else {}
    words |= {label: list(some) for label, some in given.words.items() if label in words}
    prompt = PromptSpec(template=template, parameters=dict(given.parameters), words=words)
    return given.joined(prompt), _unused(given.parameters, parsed)


def _suggested(
    given: Given, labels: Sequence[str], texts: Sequence[str], family: str, asked: Asked
) -> list[PromptSpec]:
    from ..prompts.bank import suggest
    from ..prompts.bank_tasks import suggest_pair, suggest_several

    if asked.task.name == "several_labels":
        return suggest_several(labels, texts, family)
    if asked.second is not None and not given.parameters:
        return suggest_pair(labels, texts, asked.second, family)
    return suggest(labels, texts, family, parameters=given.parameters)


def _from_the_bank(
    given: Given, labels: Sequence[str], texts: Sequence[str], family: str, asked: Asked
) -> list[PromptSpec]:
    found = []
    for spec in _suggested(given, labels, texts, family, asked):
        template, parameters = spec.template, spec.parameters
        if given.template is not None:
            template, parameters = given.template, dict(given.parameters)
        words = given.words or spec.words
        prompt = _ordered(template, parameters, words, labels)
        if prompt not in found:
            found.append(prompt)
    return found


def _ordered(
    template: str,
    parameters: Mapping[str, str],
    words: Mapping[str, Sequence[str]],
    labels: Sequence[str],
) -> PromptSpec:
    """The words in the order of the labels, which is that of the model's outputs."""
    return PromptSpec(
        template=template,
        parameters=dict(parameters),
        words={label: list(words[label]) for label in labels},
    )


def _unused(parameters: Mapping[str, str], templates: Sequence[Template]) -> list[Warned]:
    return [
        Warned(
            QT_TRANSLATE_NOOP("engine", 'The template does not use the parameter "{name}".'),
            {"name": name},
        )
        for name in parameters
        if not any(name in template.parameters for template in templates)
    ]
