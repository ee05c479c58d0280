"""Label words out of the model itself: what it expects in the slot on rows of each label.

One pass over labelled rows gives the slot's states; all else is arithmetic on the vocabulary.
AMuLaP (Wang et al. 2022, arXiv:2204.06305): the words that are likeliest on a label's rows, each
given to one label only. Ranked by that alone every label would get words that always fit; here they
are ranked by how much likelier they are than on the other labels' rows, in units of the spread from
row to row. PETAL (Schick et al. 2020, arXiv:2010.13641): the likelihood ratio of a word in
one-against-rest. Measured in docs/benchmarks.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..core.recipe import PromptSpec
from ..core.words import QT_TRANSLATE_NOOP
from ..families.word_tree import takes_tree
from ..prompts.reading import Reading
from ..prompts.segments import begins_with_slot, space_before_slot
from ..prompts.stop_words import is_stop_word
from ..prompts.template import Template
from ..prompts.tokens import Tokens
from .batches import inputs_of
from .probe_sharing import Folded, states_of
from .prompt_model import PromptModel

WAYS = {
    "amulap": QT_TRANSLATE_NOOP("engine", "Likely words (AMuLaP)"),
    "llr": QT_TRANSLATE_NOOP("engine", "Likelihood ratio (PETAL)"),
}
MOST_SHOWN = 12  # candidates of a label
_OF_LABEL = {"amulap": 200, "llr": 1000}  # the likeliest words of a label, of which some are chosen
_SPREAD = 0.05  # nats squared, added to the variance: few rows may agree by chance
_LIKELY = 1000  # a word that is not among so many on two rows was met by chance
_WHOLE = 0.5  # the least probability that the word ends where the token does
_READ_AT_ONCE = 4096  # words
_AT_ONCE = 32  # rows whose probabilities over the vocabulary are in memory together


@dataclass(frozen=True, slots=True)
class Candidates:
    """The tokens that could be label words: `ids` [K] and the `words` that they spell."""

    ids: np.ndarray
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundWord:
    """`score` ranks the words of a label; `share` is their mean probability on its rows."""

    word: str
    score: float
    share: float


class Vocabulary:
    """A model's tokens as text, read once."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.texts = [tokens.token(number) for number in range(tokens.vocabulary_size)]
        # behind these the word before them is over
        self.ends = np.array([not text[:1].isalnum() for text in self.texts])
        self.ends &= np.array([not text.startswith(("##", "\ufffd")) for text in self.texts])
        self._known: dict[tuple[bool, bool], Candidates] = {}

    def for_prompt(self, prompt: PromptSpec) -> Candidates:
        """The candidates in the form that stands in a prompt's slot."""
        return self.candidates(*_form(prompt))

    def prepared(self, prompt: PromptSpec) -> Iterator[None]:
        """Makes `for_prompt` quick, which may take a second; pauses on the way."""
        if _form(prompt) not in self._known:
            yield from self._candidates(*_form(prompt))

    def some_words(self, prompt: PromptSpec) -> tuple[str, ...]:
        """Any two words of one token: a prompt needs words to be read at all."""
        return self.for_prompt(prompt).words[:2]

    def candidates(self, space: bool, start: bool = False) -> Candidates:
        """Whole, readable words of one token that are no stop words.

        `space`, `start` as in `Tokens.word_ids`: the form that stands in the slot.
        """
        if (space, start) not in self._known:
            deque(self._candidates(space, start), maxlen=0)
        return self._known[space, start]

    def _candidates(self, space: bool, start: bool) -> Iterator[None]:
        # word pieces never begin with a blank
        glued = start or not space or not any(text.startswith(" ") for text in self.texts)
        spelt: list[tuple[int, str]] = []
        for number, text in enumerate(self.texts):
            word = text if glued else text[1:]
            if (glued or text.startswith(" ")) and _readable(word):
                spelt.append((number, word))
        words = [word for _, word in spelt]
        written = words if glued else [f" {word}" for word in words]
        kept: list[tuple[int, str]] = []
        for first in range(0, len(written), _READ_AT_ONCE):
            some = slice(first, first + _READ_AT_ONCE)
            read = self.tokens.encode_many(written[some], start=start)
            # only what the tokenizer itself would make of the word
            pairs = zip(spelt[some], read, strict=True)
            kept += [pair for pair, code in pairs if code.ids == [pair[0]]]
            yield
        self._known[space, start] = Candidates(
            np.array([number for number, _ in kept], dtype=np.int64),
            tuple(word for _, word in kept),
        )


def _form(prompt: PromptSpec) -> tuple[bool, bool]:
    template = Template.parse(prompt.template)
    return space_before_slot(template, prompt.words), begins_with_slot(template)


def _readable(word: str) -> bool:
    if not word.isalpha() or is_stop_word(word):
        return False
    return len(word) > 1 or not word.isascii()


def vocabulary_log_probs(model: PromptModel, states: Tensor) -> Iterator[np.ndarray]:
    """log p(token at the slot) of slot states [N, H], some rows at a time, float32 [n, V].

    For causal and masked models; an encoder has no head over words.
    """
    head = model.model.get_output_embeddings()
    lift, bias, finish = _head(model)
    for some in states.split(_AT_ONCE):
        lifted = lift(some.to(head.weight.device))
        logits = (lifted.to(head.weight.dtype) @ head.weight.t()).float()
        logits = finish(logits if bias is None else logits + bias.float())
        yield torch.log_softmax(logits, dim=-1).cpu().numpy()


def _head(model: PromptModel) -> tuple[Any, Any, Any]:
    def same(value: Tensor) -> Tensor:
        return value

    if model.family.name == "causal":
        from ..families.causal import finisher

        bias = getattr(model.model.get_output_embeddings(), "bias", None)
        return same, bias, finisher(model.model.config)
    from ..families.masked import head_bias, transform_of

    return transform_of(model.model), head_bias(model.model), same


@dataclass(frozen=True, slots=True)
class Expected:
    """What the model expects in the slot on labelled rows: log p [N, K] of the candidates.

    `often` [K]: on how many rows a candidate is among the likeliest tokens.
    """

    logs: np.ndarray
    often: np.ndarray

    @staticmethod
    def of(
        model: PromptModel, states: Tensor, candidates: Candidates
    ) -> Generator[None, None, Expected]:
        """A pause after some rows each."""
        pieces = []
        often = np.zeros(len(candidates.ids), dtype=np.int64)
        for logs in vocabulary_log_probs(model, states):
            most = min(_LIKELY, logs.shape[1])
            floor = np.partition(logs, -most, axis=1)[:, -most]
            mine = logs[:, candidates.ids]
            often += (mine >= floor[:, None]).sum(axis=0)
            pieces.append(mine)
            yield
        return Expected(np.concatenate(pieces).astype(np.float64), often)


def word_scores(way: str, expected: Expected, gold: Sequence[int], classes: int) -> np.ndarray:
    """How well each candidate stands for each label, [C, K]; -inf where it cannot.

    Every candidate is given to the one label that it fits best; a label without rows gets none.
    """
    logs, truth = expected.logs, np.asarray(gold)
    seen = [label for label in range(classes) if (truth == label).any()]
    of_label = [logs[truth == label] for label in seen]
    if way == "llr":
        # the rest weighs as much as the label itself (PETAL's balance), however many labels
        odds = np.stack([_log_odds(rows).mean(axis=0) for rows in of_label])
        scores = odds - _mean_of_others(odds)
    else:
        mean = np.stack([rows.mean(axis=0) for rows in of_label])
        spread = np.stack([(rows.var(axis=0) + _SPREAD) / len(rows) for rows in of_label])
        others = _mean_of_others(spread) / max(1, len(seen) - 1)
        scores = (mean - _mean_of_others(mean)) / np.sqrt(spread + others)
    likely = np.stack([np.exp(rows).mean(axis=0) for rows in of_label])
    most = min(_OF_LABEL[way], logs.shape[1])
    floor = np.partition(likely, -most, axis=1)[:, -most]
    given = np.arange(len(seen))[:, None] == scores.argmax(axis=0)[None]
    needed = min(2, min(len(rows) for rows in of_label))
    sound = given & (likely >= floor[:, None]) & (scores > 0) & (expected.often >= needed)[None]
    found = np.full((classes, logs.shape[1]), -np.inf)
    found[seen] = np.where(sound, scores, -np.inf)
    return found


def _mean_of_others(values: np.ndarray) -> np.ndarray:
    """For each label the mean over the other labels, [C, K]."""
    found: np.ndarray = (values.sum(axis=0) - values) / max(1, len(values) - 1)
    return found


def _log_odds(logs: np.ndarray) -> np.ndarray:
    """log p - log(1 - p)."""
    found: np.ndarray = logs - np.log1p(-np.minimum(np.exp(logs), 1 - 1e-9))
    return found


def best_words(
    scores: np.ndarray,
    expected: Expected,
    candidates: Candidates,
    gold: Sequence[int],
    most: int = MOST_SHOWN,
    passed_over: Collection[str] = (),
) -> list[list[FoundWord]]:
    """The best candidates of each label, spellings that differ in case alone once for all labels.

    `passed_over` are words that are taken already.
    """
    order = np.argsort(-scores, axis=1)
    ranked: list[tuple[float, int, int]] = []
    for label in range(len(scores)):
        for place in order[label, : 4 * most]:
            if np.isfinite(scores[label, place]):
                ranked.append((float(scores[label, place]), label, int(place)))
    taken = {word.strip().casefold() for word in passed_over}
    truth = np.asarray(gold)
    found: list[list[FoundWord]] = [[] for _ in scores]
    for score, label, place in sorted(ranked, key=lambda one: -one[0]):
        word = candidates.words[place]
        if word.casefold() in taken or len(found[label]) >= most:
            continue
        taken.add(word.casefold())
        share = float(np.exp(expected.logs[truth == label, place]).mean())
        found[label].append(FoundWord(word, score, share))
    return found


def whole_words(
    model: PromptModel, vocabulary: Vocabulary, reading: Reading, ids: Sequence[int], pad_id: int
) -> list[bool]:
    """Which candidates are words and not the beginnings of longer ones, in the model's own view.

    A causal model may expect " terr" where "ible" is to follow: it is asked what comes after each
    candidate behind `reading`. Masked models see the text behind the slot and need not be asked.
    Words of scripts without blanks always pass.
    """
    if model.family.name != "causal":
        return [True] * len(ids)
    device = model.model.get_output_embeddings().weight.device
    found: list[bool] = []
    size = 64
    for start in range(0, len(ids), size):
        some = ids[start : start + size]
        longer = [Reading((*reading.ids, token), (len(reading.ids),), (), 0, ()) for token in some]
        folded = Folded.of(longer, [None] * len(longer))
        if takes_tree(model.model.config, len(folded.ids)):
            states = states_of(model, [folded], pad_id, device)[0]
            states = states[[context[0] for context in folded.contexts]]
        else:
            states = model.hidden(inputs_of(longer, pad_id, device))[:, -1]
        for logs in vocabulary_log_probs(model, states):
            width = min(logs.shape[1], len(vocabulary.ends))
            over = np.exp(logs[:, :width]) @ vocabulary.ends[:width]
            found += [bool(share >= _WHOLE) for share in over]
    texts = [vocabulary.texts[token].strip() for token in ids]
    return [end or not text.isascii() for end, text in zip(found, texts, strict=True)]


def verbalizer(
    found: Mapping[str, Sequence[FoundWord]], own: Mapping[str, Sequence[str]], most: int
) -> dict[str, list[str]]:
    """Up to `most` found words for each label; one for which none was found keeps its own."""
    return {
        label: [one.word for one in found.get(label, ())[:most]] or list(words)
        for label, words in own.items()
    }
