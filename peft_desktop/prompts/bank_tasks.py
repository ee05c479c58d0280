"""The bank's templates of the tasks beside classification, and of pairs of texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..core.recipe import PromptSpec
from . import bank_tasks_chinese, bank_tasks_english
from .bank import BankEntry, kind_of, language_of, words_for

_MODULES = {"en": bank_tasks_english, "zh": bank_tasks_chinese}
QUESTION = "question"  # what a question's column is called in the bank


def task_templates(
    task: str,
    texts: Iterable[str],
    family: str = "causal",
    *,
    question: str | None = None,
) -> list[str]:
    """Templates of a task that has no label words at a slot, best first; none for other tasks.

    `question`: the name of the question's column, for question answering.
    """
    forms = getattr(_MODULES[language_of(texts)], task.upper(), ())
    if task in ("several_labels", "pair"):
        forms = tuple(causal if family == "causal" else cloze for causal, cloze in forms)
    if question is not None:
        forms = tuple(form.replace("{" + QUESTION + "}", "{" + question + "}") for form in forms)
    return list(forms)


def suggest_several(
    labels: Sequence[str], texts: Sequence[str], family: str = "causal"
) -> list[PromptSpec]:
    """Prompts for texts with several labels; the labels' own names are their words."""
    language = language_of(texts or labels)
    kind = "topic" if kind_of(labels) == "topic" else "general"
    entry = BankEntry("several", language, kind, "", "")
    words = words_for(labels, entry)
    templates = task_templates("several_labels", texts or labels, family)
    return [PromptSpec(template=template, words=words) for template in templates]


def suggest_pair(
    labels: Sequence[str],
    texts: Sequence[str],
    second: str,
    family: str = "causal",
) -> list[PromptSpec]:
    """Prompts for pairs of texts; `second` is the name of the second text's column."""
    language = language_of(texts or labels)
    kind = kind_of(labels)
    entry = BankEntry("pair", language, kind, "", "", _YES_WORDS[language])
    words = words_for(labels, entry)
    templates = task_templates("pair", texts or labels, family)
    return [
        PromptSpec(template=template.replace("{second}", "{" + second + "}"), words=words)
        for template in templates
    ]


def none_word(words: Iterable[str], texts: Iterable[str]) -> str:
    """A word for "none of them", in the language of `texts`, that is no label's word."""
    taken = {word.strip().casefold() for word in words}
    free = [w for w in _MODULES[language_of(texts)].NONE_WORDS if w.casefold() not in taken]
    return free[0] if free else bank_tasks_english.NONE_WORDS[0] + " of them"


_YES_WORDS = {
    "en": {"yes": ("yes",), "no": ("no",), "unknown": ("maybe",)},
    "zh": {"yes": ("是",), "no": ("否",), "unknown": ("不知道",)},
}
