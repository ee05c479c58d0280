"""From slot states that a probe has at hand to label words, and to prompts that use them."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from ..core.recipe import PromptSpec
from ..families.contract import Plan
from ..prompts.reading import Reading
from .prompt_model import PromptModel
from .word_search import (
    MOST_SHOWN,
    Expected,
    FoundWord,
    Vocabulary,
    best_words,
    verbalizer,
    whole_words,
    word_scores,
)

FAMILIES_WITH_WORDS = ("causal", "masked")  # they have a head over the vocabulary
SIZES = (1, 3, 8)  # words a label of the prompts that are tried


@dataclass(frozen=True, slots=True)
class Found:
    """Words for one template: the candidates of each label, and prompts that use the best."""

    template: str
    way: str
    words: dict[str, list[FoundWord]]
    prompts: tuple[PromptSpec, ...]

    def to_dict(self) -> dict[str, Any]:
        candidates = {
            label: [{"word": w.word, "score": w.score, "share": w.share} for w in several]
            for label, several in self.words.items()
        }
        best = self.prompts[-1].words if self.prompts else {}
        kept = [label for label, several in self.words.items() if not several]
        return {
            "template": self.template,
            "way": self.way,
            "words": best,
            "candidates": candidates,
            "kept_own": kept,
        }


def find(
    way: str,
    model: PromptModel,
    vocabulary: Vocabulary,
    prompt: PromptSpec,
    plan: Plan,
    states: Tensor,
    gold: Sequence[int],
    reading: Reading,
) -> Generator[None, None, Found]:
    """Words for the labels of `prompt` in its template; pauses on the way.

    `states` [N, H] are the slot's on labelled rows, `gold` [N] their labels; `reading` is a row
    behind which a causal model is asked whether a candidate is a whole word.
    """
    labels = plan.labels
    yield from vocabulary.prepared(prompt)
    candidates = vocabulary.for_prompt(prompt)
    expected = yield from Expected.of(model, states, candidates)
    scores = word_scores(way, expected, gold, len(labels))
    yield
    words = best_words(scores, expected, candidates, gold, 2 * MOST_SHOWN)
    words = _whole(model, vocabulary, words, candidates, reading, plan.pad_id)
    own = [word for label, some in zip(labels, words, strict=True) if not some
           for word in prompt.words[label]]  # fmt: skip
    taken = {word.strip().casefold() for word in own}
    found = {
        label: [one for one in some if one.word.casefold() not in taken][:MOST_SHOWN]
        for label, some in zip(labels, words, strict=True)
    }
    return Found(prompt.template, way, found, tuple(_prompts(prompt, found)))


def _whole(
    model: PromptModel,
    vocabulary: Vocabulary,
    words: Sequence[Sequence[FoundWord]],
    candidates: Any,
    reading: Reading,
    pad_id: int,
) -> list[list[FoundWord]]:
    places = {word: number for word, number in zip(candidates.words, candidates.ids, strict=True)}
    every = [one.word for some in words for one in some]
    whole = whole_words(model, vocabulary, reading, [int(places[w]) for w in every], pad_id)
    sound = {word for word, good in zip(every, whole, strict=True) if good}
    # a label is not left without words by a model that is sure of nothing
    return [[one for one in some if one.word in sound] or list(some) for some in words]


def _prompts(prompt: PromptSpec, found: Mapping[str, Sequence[FoundWord]]) -> list[PromptSpec]:
    made: list[PromptSpec] = []
    if not any(found.values()):
        return made
    for size in SIZES:
        chosen = prompt.model_copy(update={"words": verbalizer(found, prompt.words, size)})
        if chosen.words != prompt.words and chosen not in made:
            made.append(chosen)
    return made


def has_word_slot(model: PromptModel, plan: Plan) -> bool:
    """Whether the state that a plan's scores come with is that of a slot for one token."""
    if model.family.name == "masked":
        return getattr(plan, "masks", ())[:1] == (1,)
    return model.family.name == "causal"
