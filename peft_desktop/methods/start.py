"""What trained vectors start from: words of the task, of the vocabulary, of the user, or numbers.

Lester et al. 2021 (arXiv:2104.08691) compare random numbers, words of the vocabulary and the label
words; the last are best where a model is small.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ..core.errors import UserError
from ..core.fields import Settings, setting
from ..core.words import QT_TRANSLATE_NOOP

_COMMON = 5000  # a vocabulary begins with its frequent words; Lester et al. take as many


class StartSettings(Settings):
    start: Literal["task", "labels", "vocabulary", "own_text", "random"] = setting(
        "task",
        label=QT_TRANSLATE_NOOP("settings", "Start from"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "What the trained vectors are before the first step. Words train sooner than random "
            "numbers.",
        ),
        choices=("task", "labels", "vocabulary", "own_text", "random"),
    )
    start_text: str = setting(
        "",
        label=QT_TRANSLATE_NOOP("settings", "Text to start from"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "For a start from your own text: its words one after another, repeated if too few.",
        ),
    )


def start_ids(settings: StartSettings, count: int, hints: Mapping[str, Any]) -> list[int]:
    """The tokens that `count` vectors start from; none for random numbers.

    `hints` holds `init_ids` (the prompt's tokens), `label_ids` (the label words') and `tokens`.
    Raises UserError where a text of the user's is wanted and there is none.
    """
    if settings.start == "random":
        return []
    if settings.start == "vocabulary":
        import torch

        words = _common_words(hints["tokens"])
        return [words[int(place)] for place in torch.randint(len(words), (count,))]
    if settings.start == "own_text":
        ids = hints["tokens"].ids(settings.start_text.strip())
        if not ids:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "There is no text to start from."),
                QT_TRANSLATE_NOOP(
                    "engine", "Give one (start_text=...), or start from something else."
                ),
                field="start_text",
            )
    else:
        ids = hints.get("label_ids" if settings.start == "labels" else "init_ids") or [0]
    # over and over, until there are enough
    return [ids[place % len(ids)] for place in range(count)]


def soft_count(own: int, hints: Mapping[str, Any]) -> int:
    """The vectors of a soft prompt: as many as the template has soft tokens, else the setting."""
    return len(hints.get("soft_ids") or ()) or own


def start_vectors(
    settings: StartSettings, count: int, embedding: Any, hints: Mapping[str, Any]
) -> Any:
    """Vectors [count, H] in float32: those of the words, or random ones of their mean and spread.

    Where the template says what a soft token starts from (`soft_ids`), that is what it gets.
    """
    import torch

    ids = start_ids(settings, count, hints)
    device = embedding.weight.device
    with torch.no_grad():
        if ids:
            found = embedding(torch.tensor(ids, device=device)).float().clone()
        else:
            table = embedding.weight.float()
            found = table.mean(0) + table.std(0) * torch.randn(count, table.shape[1])
        for place, token in enumerate(hints.get("soft_ids") or ()):
            if token >= 0:
                found[place] = embedding(torch.tensor(token, device=device)).float()
        return found


def _common_words(tokens: Any) -> list[int]:
    """Frequent tokens that are words by themselves, or every token where there are none."""
    found: list[int] = []
    for number in range(tokens.vocabulary_size):
        shown = tokens.token(number)
        word = shown.strip()
        if word.isalpha() and (len(word) > 2 or not word.isascii()):
            found.append(number)
            if len(found) == _COMMON:
                break
    return found or list(range(tokens.vocabulary_size))
