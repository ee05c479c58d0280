"""A ranking of prompts as the window shows it: figures in three readings, verdicts, time."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from ..core import events as ev
from ..core.events import Event
from ..core.ports import Events, Tuner
from ..core.project import Project, ProjectFile
from ..core.recipe import PromptSpec
from ..core.words import Sentence
from .wording import in_words

VERSIONS = ("calibrated_", "batch_", "")  # how answers are read; see evaluation.prompt_ranking
_INTERVALS = {"": "accuracy_interval", "calibrated_": "interval", "batch_": "batch_interval"}
_OPERATIONS_A_SECOND = 3e11  # of a processor with bf16, until one probe was timed
_LOADING_S = 2.0
_PROMPT_TOKENS, _TEXT_TOKENS = 14, 35  # usual ones
_TOKEN_LETTERS = 9  # a word of so many letters has two tokens, as a rule
PLANNED = "probe planned"


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of 0 to 1; the interval holds 95 %."""

    accuracy: float
    low: float
    high: float
    macro_f1: float
    log_loss: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One prompt of a ranking; `error` says why it could not be tried."""

    record: dict[str, Any]

    @property
    def prompt(self) -> PromptSpec:
        return PromptSpec(
            template=str(self.record.get("template", "")),
            parameters=dict(self.record.get("parameters", {})),
            words={label: list(words) for label, words in self.record.get("words", {}).items()},
            virtual=bool(self.record.get("virtual")),
        )

    @property
    def error(self) -> str:
        """Why it could not be tried, in the language in force."""
        parts = self.record.get("refusal")
        if parts:
            values = dict(parts["values"])
            said = [in_words(Sentence(parts[name], values)) for name in ("what", "do")]
            return " ".join(text for text in said if text)
        return str(self.record.get("error", ""))

    @property
    def found(self) -> bool:
        """Whether its words were found in the rows."""
        return bool(self.record.get("found"))

    @property
    def rows(self) -> int:
        return int(self.record.get("rows", 0))

    @property
    def information(self) -> float | None:
        """Mutual information of answers and texts, 0 to 1; needs no labels."""
        value = self.record.get("mutual_information")
        return None if value is None else float(value)

    @property
    def key(self) -> str:
        prompt = self.prompt
        words = sorted(prompt.words.items())
        return repr((prompt.template, words, sorted(prompt.parameters.items())))

    def figures(self, version: str) -> Figures | None:
        """None for a prompt that could not be tried."""
        accuracy = self.record.get(f"{version}accuracy")
        if accuracy is None or self.error:
            return None
        low, high = self.record.get(_INTERVALS[version]) or (accuracy, accuracy)
        return Figures(
            accuracy=float(accuracy),
            low=float(low),
            high=float(high),
            macro_f1=float(self.record.get(f"{version}macro_f1", 0.0)),
            log_loss=float(self.record.get(f"{version}log_loss", 0.0)),
        )


def verdict(figures: Figures, majority: float | None) -> str:
    """ "better" or "worse" than always the commonest label, "same" where that cannot be told."""
    if majority is None:
        return ""
    if figures.low > majority:
        return "better"
    return "worse" if figures.high < majority else "same"


def missing(file: ProjectFile | None) -> str:
    """The first thing without which no prompt can be tried: project, data, text, label, labels,
    rows, model; empty where all is there."""
    if file is None:
        return "project"
    checks = (
        ("data", bool(file.columns)),
        ("text", bool(file.roles.text)),
        ("label", bool(file.roles.label)),
        ("labels", len(file.labels) > 1),
        ("rows", any(file.splits.get(name) for name in ("train", "valid"))),
        ("model", bool(file.model)),
    )
    return next((name for name, there in checks if not there), "")


def rows_there(file: ProjectFile) -> int:
    """How many rows prompts may be tried on; those of the test are left alone."""
    return sum(len(file.splits.get(name, ())) for name in ("train", "valid"))


def expected_s(
    rows: int,
    prompts: int,
    words: Mapping[str, Sequence[str]],
    parameters: int,
    known: tuple[int, int, float] | None,
) -> float | None:
    """Seconds that a probe will take; `known`: rows, prompts and seconds of one with this model."""
    of_words = _tokens_of(words)
    if known is not None and all(known):
        known_rows, known_prompts, seconds = known
        share = _cost(rows, prompts, of_words) / _cost(known_rows, known_prompts, of_words)
        return max(1.0, seconds * share)
    if not parameters:
        return None
    return _LOADING_S + 2 * parameters * _cost(rows, prompts, of_words) / _OPERATIONS_A_SECOND


def _cost(rows: int, prompts: int, of_words: int) -> float:
    """In tokens: the text is computed once for all prompts, as a rule."""
    return rows * (_TEXT_TOKENS + (_PROMPT_TOKENS + of_words) * prompts)


def _tokens_of(words: Mapping[str, Sequence[str]]) -> int:
    """About how many tokens label words cost beside the slot: their first ones cost nothing."""
    return sum(len(word) // _TOKEN_LETTERS for several in words.values() for word in several)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be tried: the project as it stands, rows, and prompts beside the bank's."""

    project: Project
    rows: int
    device: str = "auto"
    find_words: str = ""
    own: Sequence[PromptSpec] = ()


def probing(tuner: Tuner, library: Any, wish: Wish) -> Generator[Event, None, None]:
    """The probe's events; first a Started that tells rows and prompts, and the majority's share."""
    from ..projects.probe_plan import request_for

    card = library.get(wish.project.file.model)
    request = request_for(
        wish.project, card.name, card.family, wish.rows, wish.device, wish.find_words, wish.own
    )
    facts = {
        "rows": list(request.rows),
        "prompts": len(request.prompts),
        "majority": _commonest(wish.project, request.rows),
    }
    yield ev.Started(PLANNED, facts=facts)
    events: Events = tuner.probe(request)
    with closing(events):
        yield from events


def _commonest(project: Project, rows: Sequence[int]) -> float:
    """The share of the commonest label among the rows."""
    from collections import Counter

    from ..data.store import load_table, rows_by_id

    label = project.file.roles.label or ""
    found = rows_by_id(load_table(project.folder), list(rows), [label])
    counts = Counter(row[label] for row in found)
    return max(counts.values(), default=0) / max(1, len(found))
