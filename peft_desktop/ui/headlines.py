"""What a result says in one sentence, for each task."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .judged_answers import main_metric

# the metric that the sentence tells -> the sentence
_TEMPLATES = {
    "tagging": QT_TRANSLATE_NOOP("engine", "F1 of the entities: {value} of 100"),
    "question_answering": QT_TRANSLATE_NOOP("engine", "F1 of the answers: {value} of 100"),
    "extraction": QT_TRANSLATE_NOOP("engine", "F1 of the fields: {value} of 100"),
    "several_labels": QT_TRANSLATE_NOOP("engine", "F1 of the labels: {value} of 100"),
    "generation": QT_TRANSLATE_NOOP("engine", "{metric}: {value} of 100 against the target texts"),
}
_ANY = QT_TRANSLATE_NOOP("engine", "{metric}: {value} of 100")
_BETWEEN = QT_TRANSLATE_NOOP("engine", "{said}, between {low} and {high}.")
_BESIDE = QT_TRANSLATE_NOOP(
    "engine", "{said}, between {low} and {high}; {other} would have {beaten}."
)
_ONLY_BESIDE = QT_TRANSLATE_NOOP("engine", "{said}; {other} would have {beaten}.")
_ALONE = QT_TRANSLATE_NOOP("engine", "{said}.")


def headline_of(task: str, record: Mapping[str, Any]) -> Sentence:
    """How good, between which bounds, beside what has to be beaten.

    `record` is what `metrics.json` holds on a split; a `headline` of its own in it goes first.
    """
    own = record.get("headline")
    if own:
        return Sentence(own["template"], own.get("values") or {})
    if task == "classification":
        return _of_labels(record)
    metrics: Mapping[str, float] = record["metrics"]
    name = main_metric(task, metrics)
    if not name:
        return Sentence(QT_TRANSLATE_NOOP("engine", "There is nothing to judge in these rows."), {})
    scale = 1 if metrics[name] > 1 else 100  # some metrics count to 100 by themselves
    values: dict[str, Any] = {
        "metric": title_of(name),
        "value": f"{scale * metrics[name]:.1f}",
    }
    said = Sentence(_TEMPLATES.get(task, _ANY), values)
    held: dict[str, Any] = {"said": said}
    spread = (record.get("intervals") or {}).get(name)
    if spread:
        held["low"] = str(math.floor(round(scale * spread["low"], 6)))
        held["high"] = str(math.ceil(round(scale * spread["high"], 6)))
    best = _to_beat(name, record.get("baselines") or {})
    if best:
        held |= {"other": best[0], "beaten": f"{scale * best[1]:.1f}"}
    if spread:
        return Sentence(_BESIDE if best else _BETWEEN, held)
    return Sentence(_ONLY_BESIDE if best else _ALONE, held)


def _of_labels(record: Mapping[str, Any]) -> Sentence:
    from ..evaluation.intervals import sentence_for
    from ..evaluation.metrics import Judgement

    majority = (record.get("baselines") or {}).get("majority", {}).get("accuracy")
    return sentence_for(Judgement.from_dict(record), majority)


def _to_beat(name: str, baselines: Mapping[str, Mapping[str, float]]) -> tuple[Any, float] | None:
    """The best of the baselines by this metric."""
    from ..evaluation.baselines import BASELINE_TITLES
    from ..evaluation.record_report import FURTHER_BASELINES

    titles = {**BASELINE_TITLES, **FURTHER_BASELINES}
    known = {key: each[name] for key, each in baselines.items() if each.get(name) is not None}
    if not any(value > 0 for value in known.values()):
        return None
    best = max(known, key=lambda key: known[key])
    title = titles.get(best)
    return (Sentence(title, {}) if title else best.replace("_", " ")), known[best]


def title_of(name: str) -> Any:
    """What a metric is called; one without a title by its own name."""
    from ..evaluation.record_report import TITLES

    title = TITLES.get(name)
    return Sentence(title, {}) if title else name.replace("_", " ")


def in_words_of(name: str) -> str:
    """A metric's name in the language in force, as it stands within a line."""
    from .wording import in_words

    title = title_of(name) if name else ""
    return in_words(title) if isinstance(title, Sentence) else str(title)


# what is drawn and logged of a training, by what its task reports
_SCORES = (
    ("accuracy", "macro_f1"),
    ("entity_f1", "partial_f1"),
    ("token_f1", "exact_match"),
    ("micro_f1", "macro_f1"),
    ("rouge_l", "chrf"),
    ("token_accuracy", "rouge_l"),
)


def scores_of(metrics: Mapping[str, float]) -> list[str]:
    """Two metrics at most that tell how a training goes, the better one first."""
    for pair in _SCORES:
        if pair[0] in metrics:
            return [name for name in pair if name in metrics]
    return list(metrics)[:2]
