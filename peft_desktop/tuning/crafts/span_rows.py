"""Questions on texts as windows of tokens with the answer's place, and answers out of scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch

from ...core.events import Progressed, Tick, Warned
from ...core.words import QT_TRANSLATE_NOOP
from ...data.answers import Answer
from ...prompts.span_reading import SpanReader, Window
from ..batches import inputs_of
from ..rows import CHUNK
from .contract import Work
from .span_model import SpanBatch

CUT_QUESTIONS = QT_TRANSLATE_NOOP(
    "engine", "{cut} of {rows} questions are so long that their end is left out."
)
OUT_OF_WINDOWS = QT_TRANSLATE_NOOP(
    "engine",
    "{count} of {rows} answers are in no window of the text as a whole, so they are not learnt; "
    "a longer input or a larger overlap of windows helps.",
)


class Case(NamedTuple):
    """A question on a text: the row as the template sees it, and the gold answers in it."""

    row: Mapping[str, str]
    context: str
    answers: tuple[Answer, ...] = ()


class Found(NamedTuple):
    """An answer: characters [start, end) of the context and its log-probability; `none` is that
    of "not in the text". An empty answer has start = end."""

    start: int
    end: int
    log: float
    none: float


@dataclass(slots=True)
class SpanRows:
    """Windows of all cases; `start`, `end`: 0 (not here) or 1 + position of the gold answer."""

    cases: list[Case]
    windows: list[Window]
    of_case: list[int]
    start: list[int]
    end: list[int]

    @property
    def lengths(self) -> list[int]:
        return [len(window.reading.ids) for window in self.windows]

    def __len__(self) -> int:
        return len(self.windows)

    def batch(self, places: Sequence[int], pad_id: int, device: torch.device) -> SpanBatch:
        readings = [self.windows[place].reading for place in places]
        return SpanBatch(
            inputs_of(readings, pad_id, device),
            torch.tensor([self.start[place] for place in places], device=device),
            torch.tensor([self.end[place] for place in places], device=device),
        )


def span_rows(reader: SpanReader, cases: Sequence[Case], quiet: bool = True) -> Work[SpanRows]:
    """The cases in windows; warns of questions that were cut and answers between two windows."""
    rows = SpanRows(list(cases), [], [], [], [])
    cut = lost = 0
    for first in range(0, len(cases), CHUNK):
        some = cases[first : first + CHUNK]
        windows, more = reader.windows([case.row for case in some])
        cut += more
        for number, (case, several) in enumerate(zip(some, windows, strict=True), start=first):
            anywhere = not case.answers
            for window in several:
                start, end = _gold(window, case.answers)
                anywhere = anywhere or start > 0
                rows.windows.append(window)
                rows.of_case.append(number)
                rows.start.append(start)
                rows.end.append(end)
            lost += not anywhere
        yield Tick() if quiet else Progressed(min(first + CHUNK, len(cases)), len(cases))
    if cut:
        yield Warned(CUT_QUESTIONS, {"cut": cut, "rows": len(cases)})
    if lost:
        yield Warned(OUT_OF_WINDOWS, {"count": lost, "rows": len(cases)})
    return rows


def _gold(window: Window, answers: Sequence[Answer]) -> tuple[int, int]:
    for text, start in answers:
        if start is None or not text.strip():
            continue
        begin = start + len(text) - len(text.lstrip())
        found = window.tokens_for(begin, begin + len(text.strip()))
        if found is not None:
            return 1 + window.first + found[0], 1 + window.first + found[1]
    return 0, 0


class WindowLogs(NamedTuple):
    """Log-probabilities of a window's text tokens [N] and, first, of "not here": [1 + N] each."""

    start: np.ndarray
    end: np.ndarray
    prompt: np.ndarray


def mixed_start(logs: WindowLogs, weight: float) -> np.ndarray:
    """Start log-probabilities with the prompt's share `weight`; "not here" is the head's."""
    if not weight:
        return logs.start
    inner = logs.start[1:]
    here = np.logaddexp.reduce(inner)
    both = weight * logs.prompt[1:] + (1 - weight) * (inner - here)
    both = both - np.logaddexp.reduce(both) + here
    return np.concatenate([logs.start[:1], both])


def best_span(
    window: Window, start: np.ndarray, end: np.ndarray, longest: int
) -> tuple[int, int, float]:
    """The likeliest characters [start, end) of at most `longest` tokens; its log-probability."""
    blank = np.array([a >= b for a, b in window.places])
    count = len(blank)
    if not count or blank.all():
        return 0, 0, -np.inf
    first = np.where(blank, -np.inf, start[1:])
    last = np.where(blank, -np.inf, end[1:])
    longest = min(longest, count)
    padded = np.concatenate([last, np.full(longest - 1, -np.inf)])
    ends = np.lib.stride_tricks.sliding_window_view(padded, longest)
    scores = first[:, None] + ends
    at = int(scores.argmax())
    i, j = divmod(at, longest)
    return window.places[i][0], window.places[i + j][1], float(scores[i, j])


def found_in(
    rows: SpanRows, logs: Sequence[WindowLogs], weight: float, longest: int
) -> list[Found]:
    """The best answer of each case over its windows."""
    found: list[Found | None] = [None] * len(rows.cases)
    for window, case, each in zip(rows.windows, rows.of_case, logs, strict=True):
        start = mixed_start(each, weight)
        a, b, log = best_span(window, start, each.end, longest)
        none = float(start[0] + each.end[0])
        known = found[case]
        if known is None:
            found[case] = Found(a, b, log, none)
        else:
            none = min(none, known.none)
            found[case] = known._replace(none=none) if known.log >= log else Found(a, b, log, none)
    return [each or Found(0, 0, -np.inf, 0.0) for each in found]


def answer_of(case: Case, found: Found, threshold: float | None) -> str:
    """The answer's text; "" where there is none, or none is likelier by `threshold` nats."""
    if threshold is not None and found.none - found.log > threshold:
        return ""
    return case.context[found.start : found.end]


def best_threshold(
    cases: Sequence[Case], found: Sequence[Found], value: Sequence[tuple[float, float]]
) -> float | None:
    """The threshold with the best sum over the cases; None (never "not in the text") where every
    case has an answer. `value`: (if the answer is given, if none is) of each case."""
    if all(case.answers for case in cases) or not cases:
        return None
    gaps = np.array([each.none - each.log for each in found])
    gaps = np.nan_to_num(gaps, posinf=1e6, neginf=-1e6)
    order = np.argsort(gaps)
    gain = np.array([given - none for given, none in value])[order]
    sums = np.concatenate([[0.0], np.cumsum(gain)])  # the first k cases get their answer
    k = int(sums.argmax())
    ordered = gaps[order]
    if k == 0:
        return float(ordered[0] - 1.0)
    if k == len(ordered):
        return float(ordered[-1] + 1.0)
    return float((ordered[k - 1] + ordered[k]) / 2)
