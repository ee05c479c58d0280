"""What a shoot-out's rows and figures are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..core.words import QT_TRANSLATE_NOOP
from ..methods import METHODS
from .wording import number, translated

BASELINES = {
    "majority": QT_TRANSLATE_NOOP("shoot-out", "Always the commonest label"),
    "zero_shot": QT_TRANSLATE_NOOP("shoot-out", "Untrained model"),
    "zero_shot_calibrated": QT_TRANSLATE_NOOP("shoot-out", "Untrained model, calibrated"),
}
_PROMPT = QT_TRANSLATE_NOOP("shoot-out", "prompt {number}")
_DOT = " \u00b7 "


def method_in_words(name: str) -> str:
    """A method's title; one that this version does not know by its name."""
    return translated("methods", METHODS[name].title) if name in METHODS else name


def row_in_words(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """The method, and model and prompt where the rows have several."""
    trained = [each for each in rows if each["kind"] == "trained"]
    parts = [method_in_words(str(row.get("method", "")))]
    if row["kind"] == "baseline":
        known = BASELINES.get(str(row["row"]))
        parts = [translated("shoot-out", known) if known else str(row["row"])]
    if row.get("model") and len({each["model"] for each in trained}) > 1:
        parts.append(str(row["model"]))
    which = prompt_number(row, trained)
    if which:
        parts.append(translated("shoot-out", _PROMPT).format(number=which))
    return _DOT.join(parts)


def prompt_number(row: Mapping[str, Any], trained: Sequence[Mapping[str, Any]]) -> str:
    """Which of several prompts a row has; empty where there is one, or none."""
    if row["kind"] == "trained":
        found = re.search(r"\bprompt (\d+)$", str(row["row"]))
        return found[1] if found else ""
    same = [
        prompt_number(each, ())
        for each in trained
        if (each["model"], each["template"]) == (row.get("model"), row.get("template"))
    ]
    return next(iter(dict.fromkeys(same)), "") if row.get("template") else ""


def share_in_words(spread: Mapping[str, Any] | None) -> str:
    """0.912 ± 0.013; a dash for what is not known."""
    if not spread:
        return "\u2013"
    said = number(spread["mean"], 3)
    deviation = spread.get("std")
    return said if deviation is None else f"{said} \u00b1 {number(deviation, 3)}"


def p_in_words(p_value: float) -> str:
    """p 0.031, or p < 0.001."""
    return f"p < {number(0.001, 3)}" if p_value < 0.001 else f"p {number(p_value, 3)}"
