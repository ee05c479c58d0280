"""How near written texts come to their references: BLEU, chrF, ROUGE-L, exact match; all 0..1.

BLEU (Papineni et al. 2002) and chrF (Popović 2015) are sacrebleu's, which downloads nothing for
them; Chinese is cut into characters. ROUGE-L (Lin 2004) is the F measure of the longest common
subsequence of words, counted by rapidfuzz on words as Google's rouge-score cuts them (lower case,
letters and digits); scripts without blanks are cut into characters, which that package drops.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.words import QT_TRANSLATE_NOOP
from .intervals import Interval
from .word_units import units_of

TEXT_TITLES = {
    "bleu": QT_TRANSLATE_NOOP("engine", "BLEU"),
    "chrf": QT_TRANSLATE_NOOP("engine", "chrF"),
    "rouge_l": QT_TRANSLATE_NOOP("engine", "ROUGE-L"),
    "exact_match": QT_TRANSLATE_NOOP("engine", "Exact match"),
    "loss": QT_TRANSLATE_NOOP("engine", "Loss"),
    "perplexity": QT_TRANSLATE_NOOP("engine", "Perplexity"),
    "token_accuracy": QT_TRANSLATE_NOOP("engine", "Token accuracy"),
    "length_ratio": QT_TRANSLATE_NOOP("engine", "Length, of the target's"),
}


def text_scores(answers: Sequence[str], targets: Sequence[str]) -> dict[str, float]:
    """The metrics of answers beside one target each. Raises ValueError for no rows."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    if not targets or len(answers) != len(targets):
        raise ValueError("answers and targets must be as many, and some")
    said, wanted = list(answers), [list(targets)]
    exact, rouge = row_scores(answers, targets)
    bleu: Any = BLEU(tokenize="zh" if is_chinese(targets) else "13a")
    words = [sum(end - start > 0 for start, end in units_of(text)) for text in said]
    long = [len(units_of(text)) for text in targets]
    return {
        "bleu": float(bleu.corpus_score(said, wanted).score) / 100,
        "chrf": float(CHRF().corpus_score(said, wanted).score) / 100,
        "rouge_l": float(np.mean(rouge)),
        "exact_match": float(np.mean(exact)),
        "length_ratio": sum(words) / max(1, sum(long)),
    }


def row_scores(answers: Sequence[str], targets: Sequence[str]) -> tuple[list[float], list[float]]:
    """Exact match (blanks at the ends and their number aside) and ROUGE-L of each row."""
    pairs = list(zip(answers, targets, strict=True))
    exact = [float(" ".join(a.split()) == " ".join(b.split())) for a, b in pairs]
    return exact, [rouge_l(a, b) for a, b in pairs]


def rouge_l(answer: str, target: str) -> float:
    """F of the longest common subsequence of words, 0..1; 0 where one has none."""
    from rapidfuzz.distance import LCSseq

    said, wanted = _words(answer), _words(target)
    if not said or not wanted:
        return 0.0
    common = LCSseq.similarity(said, wanted)
    return 2 * common / (len(said) + len(wanted))


def _words(text: str) -> list[str]:
    low = text.lower()
    units = (low[start:end] for start, end in units_of(low))
    return [unit for unit in units if any(c.isalnum() for c in unit)]


def is_chinese(texts: Sequence[str]) -> bool:
    """Whether Chinese characters are the most of what the first texts are written in."""
    sample = "".join(texts[:200])
    letters = sum(c.isalpha() for c in sample)
    return 2 * sum("\u3400" <= c <= "\u9fff" for c in sample) > letters > 0


def text_intervals(
    answers: Sequence[str], targets: Sequence[str], *, rounds: int = 1000, seed: int = 0
) -> dict[str, Interval]:
    """95 % intervals of the metrics that are means over rows: percentiles of a bootstrap."""
    chance = np.random.default_rng(seed)
    found = {}
    for name, values in zip(("exact_match", "rouge_l"), row_scores(answers, targets), strict=True):
        array = np.asarray(values)
        drawn = array[chance.integers(0, len(array), (rounds, len(array)))].mean(axis=1)
        low, high = np.percentile(drawn, [2.5, 97.5])
        found[name] = Interval(float(low), float(high))
    return found
