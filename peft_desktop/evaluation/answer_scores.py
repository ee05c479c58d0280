"""Answers against gold answers: exact match and token F1, as SQuAD's own script counts them.

Rajpurkar et al. 2016 and 2018: lower case, without ASCII punctuation and the articles a, an, the;
the best of several gold answers counts; a question without an answer is right where nothing is
answered. In text with Chinese or Japanese characters each of them is a token and all punctuation
is left out (as MLQA and CMRC do), so that F1 counts characters there.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_ASCII = str.maketrans("", "", string.punctuation)
_CJK = re.compile(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def tokens_of(text: str) -> list[str]:
    """The words that are compared; of Chinese and Japanese the characters."""
    text = text.lower().translate(_ASCII)
    if _CJK.search(text):
        text = "".join(" " if unicodedata.category(c)[0] == "P" else c for c in text)
        text = _CJK.sub(lambda found: f" {found[0]} ", text)
    return _ARTICLES.sub(" ", text).split()


def exact_match(answer: str, gold: str) -> float:
    """1 where both say the same words in the same order."""
    return float(tokens_of(answer) == tokens_of(gold))


def token_f1(answer: str, gold: str) -> float:
    """F1 of the words, each as often as it occurs; 1 where both are empty."""
    said, right = tokens_of(answer), tokens_of(gold)
    if not said or not right:
        return float(said == right)
    same = (Counter(said) & Counter(right)).total()
    return 2 * same / (len(said) + len(right))


def scores(answer: str, golds: Sequence[str]) -> tuple[float, float]:
    """Exact match and F1 beside the best gold answer; no gold answer means: not in the text."""
    known = [gold for gold in golds if tokens_of(gold)] or [""]
    return (
        max(exact_match(answer, gold) for gold in known),
        max(token_f1(answer, gold) for gold in known),
    )


def judged_answers(
    answers: Sequence[str], golds: Sequence[Sequence[str]]
) -> tuple[dict[str, float], npt.NDArray[np.float64]]:
    """Mean metrics over the rows, and each row's exact match and F1 [N, 2].

    Where some questions have an answer and others none, both kinds are also counted apart:
    `answerable_...` and `no_answer_accuracy`.
    """
    each = np.array([scores(a, g) for a, g in zip(answers, golds, strict=True)]).reshape(-1, 2)
    metrics = {"exact_match": mean_of(each[:, 0]), "token_f1": mean_of(each[:, 1])}
    has = np.array([any(tokens_of(gold) for gold in some) for some in golds], dtype=bool)
    if has.any() and not has.all():
        metrics["answerable_exact_match"] = mean_of(each[has, 0])
        metrics["answerable_token_f1"] = mean_of(each[has, 1])
        metrics["no_answer_accuracy"] = mean_of(each[~has, 0])
    return metrics, each


def mean_of(values: npt.NDArray[np.float64]) -> float:
    return float(values.mean()) if values.size else 0.0


def bootstrap(
    each: Mapping[str, npt.NDArray[np.float64]],
    groups: Sequence[str] | None = None,
    *,
    rounds: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> dict[str, dict[str, float]]:
    """Percentile intervals (Efron 1979) of the means of each row's values.

    Rows of a group (questions on one text) are drawn together: they are not independent.
    """
    names = [name for name in each if each[name].size > 1]
    if not names:
        return {}
    rows = len(each[names[0]])
    keys = np.unique(
        np.asarray(groups if groups is not None else range(rows)), return_inverse=True
    )[1]
    count = int(keys.max()) + 1
    if count < 2:
        return {}
    sizes = np.bincount(keys, minlength=count).astype(float)
    random = np.random.default_rng(seed)
    drawn = random.multinomial(count, np.full(count, 1 / count), size=rounds).astype(float)
    tail = 100 * (1 - level) / 2
    found = {}
    for name in names:
        sums = np.bincount(keys, weights=each[name], minlength=count)
        means = (drawn @ sums) / np.maximum(drawn @ sizes, 1e-12)
        low, high = np.percentile(means, [tail, 100 - tail])
        if low < high:
            found[name] = {"low": float(low), "high": float(high), "level": level}
    return found


def likely_sentence(question: str, context: str) -> str:
    """The sentence of the text that shares most words with the question: what needs no model."""
    sentences = [s for s in re.split(r"(?<=[.!?。！？])\s*", context) if s.strip()]
    asked = Counter(tokens_of(question))

    def shared(sentence: str) -> float:
        words = Counter(tokens_of(sentence))
        return float((words & asked).total() / (1 + words.total()) ** 0.5)

    return max(sentences, key=shared) if sentences else ""
