"""What can be put into a queue of trainings: models, prompts, methods, and why some cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..core.project import Project
from ..core.recipe import PromptSpec
from ..core.words import Sentence
from ..methods import METHODS

MOST_SEEDS = 50
_SAMPLE_ROWS = 200  # texts that tell the language of the prompts to offer


@dataclass(frozen=True, slots=True)
class PromptChoice:
    """A prompt that is offered; `origin`: "own" (the project's), "tried" or "bank".

    `accuracy` is what the last probe found for it, None where it was not tried.
    """

    prompt: PromptSpec
    origin: str
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is: the library's cards, and prompts with the project's own first."""

    cards: Mapping[str, Any]
    prompts: tuple[PromptChoice, ...] = ()


def look_for_choices(library: Any, project: Project) -> Choices:
    """Read the library and the project's rows: a second or so, never in the window's thread.

    The prompts are for the project's model: its own one, what was probed (best first), the bank.
    """
    from ..data.store import load_table, rows_by_id
    from ..projects.probe_plan import key_of, prompts_to_try
    from ..projects.probe_record import load_probe

    cards = {card.name: card for card in library.list()}
    file = project.file
    card = cards.get(file.model)
    if not file.labels or not file.roles.text or not file.columns:
        return Choices(cards)
    ids = list(file.splits.get("train", ()))[:_SAMPLE_ROWS]
    rows = rows_by_id(load_table(project.folder), ids, [file.roles.text])
    texts = [row[file.roles.text] for row in rows]
    record = load_probe(project.folder)
    scores: dict[Any, float] = {}
    tried: list[PromptSpec] = []
    for entry in record.ranked if record is not None and record.labels == file.labels else ():
        spec = PromptSpec(
            template=str(entry.get("template", "")),
            parameters=dict(entry.get("parameters", {})),
            words={label: list(words) for label, words in entry.get("words", {}).items()},
            virtual=bool(entry.get("virtual")),
        )
        if entry.get("error") or not spec.template or "accuracy" not in entry:
            continue
        tried.append(spec)
        scores[key_of(spec, file)] = float(entry.get("calibrated_accuracy", entry["accuracy"]))
    family = "causal" if card is None or card.refusal is not None else card.family
    known = {key_of(spec, file) for spec in tried}
    found = []
    for spec in prompts_to_try(file, texts, family, tried):
        key = key_of(spec, file)
        own = key == key_of(file.prompt, file)
        origin = "own" if own else "tried" if key in known else "bank"
        found.append(PromptChoice(spec, origin, scores.get(key)))
    return Choices(cards, tuple(found))


def why_not(method: str, cards: Iterable[Any], task: str) -> Sentence | None:
    """Why a method cannot train one of these models; None when it can train them all."""
    for card in cards:
        reason = METHODS[method].supports(card.family, task)
        if reason is not None:
            return reason
    return None


def seeds_in(text: str) -> list[int] | None:
    """The seeds in "1, 2, 3" or "1-5", each once; None for what is no list of whole numbers."""
    found: list[int] = []
    for part in text.replace("\uff0c", ",").replace("\u3001", ",").replace(";", ",").split(","):
        first, dash, last = part.strip().partition("-")
        numbers = [first.strip(), *([last.strip()] if dash else [])]
        if not all(n.isascii() and n.isdigit() and len(n) < 10 for n in numbers):
            return None
        low, high = int(numbers[0]), int(numbers[-1])
        if high < low or high - low >= MOST_SEEDS:
            return None
        found += range(low, high + 1)
    seeds = list(dict.fromkeys(found))
    return seeds if 0 < len(seeds) <= MOST_SEEDS else None
