"""A record of `metrics.json` of any task as plain text: metrics beside baselines, classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..core.words import QT_TRANSLATE_NOOP, Translate
from .baselines import BASELINE_TITLES
from .metrics import METRIC_TITLES
from .report import aligned
from .text_scores import TEXT_TITLES

TITLES = {**METRIC_TITLES, **TEXT_TITLES}
FURTHER_BASELINES = {
    "copy_input": QT_TRANSLATE_NOOP("engine", "Copy of the input"),
    "untrained": QT_TRANSLATE_NOOP("engine", "Untrained model"),
}
# the most telling first; of these the first two that a record has stand in one line
TELLING = (
    "accuracy",
    "f1",
    "micro_f1",
    "token_f1",
    "macro_f1",
    "rouge_l",
    "bleu",
    "exact_match",
    "loss",
)


def telling(metrics: Mapping[str, Any], count: int = 2) -> list[str]:
    """The names of the metrics that say most."""
    known = [name for name in TELLING if name in metrics]
    return (known or list(metrics))[:count]


def record_report(record: Mapping[str, Any], translate: Translate | None = None) -> str:
    """Metrics with intervals and baselines, then one line a class where there are classes."""

    def say(text: str) -> str:
        return text if translate is None else translate("engine", text)

    metrics, spread = record.get("metrics") or {}, record.get("intervals") or {}
    baselines = record.get("baselines") or {}
    titles = {**BASELINE_TITLES, **FURTHER_BASELINES}
    head = ["", say(QT_TRANSLATE_NOOP("engine", "Model"))]
    if spread:
        head.append(say(QT_TRANSLATE_NOOP("engine", "{percent} % interval")).format(percent="95"))
    lines = [[*head, *(say(titles.get(name, _named(name))) for name in baselines)]]
    for name, value in metrics.items():
        line = [say(TITLES.get(name, _named(name))), _number(value)]
        if spread:
            each = spread.get(name)
            line.append(f"{_number(each['low'])} - {_number(each['high'])}" if each else "")
        lines.append([*line, *(_number(of.get(name)) for of in baselines.values())])
    parts = [aligned(lines), _classes(record.get("per_class") or [], say)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _classes(per_class: Sequence[Mapping[str, Any]], say: Any) -> str:
    if not per_class or not all(isinstance(each, Mapping) for each in per_class):
        return ""
    names = [name for name in per_class[0] if not isinstance(per_class[0][name], list | dict)]
    lines = [[say(_named(name)) for name in names]]
    lines += [[_number(each.get(name)) for name in names] for each in per_class]
    return aligned(lines)


def _named(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _number(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}"
    return str(value)
