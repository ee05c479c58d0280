"""From probabilities to decisions: thresholds, what each mistake costs, what a person shall see.

The answer is the label whose probability is largest beside its own threshold, p / t; with equal
thresholds that is the most probable one, and with two labels it says "the first one from t on". An
answer less probable than `person_below` is for a person to give. What is chosen is written beside
the model as `decisions.json`; `read_decisions` and `applied` are all that prediction needs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.errors import UserError
from ..core.files import atomic_write
from ..core.words import QT_TRANSLATE_NOOP

DECISIONS = "decisions.json"
VERSION = 1
FOR_A_PERSON = "for_a_person"  # the column of answers that says so, "yes" or "no"
_LOWEST = 1e-6  # of a threshold: 0 would be always, or never
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Costs:
    """`mistakes[i][j]`: what it costs to call a row of label i j (0 where i is j); `person`: what
    it costs to let a person answer. The unit is the user's own; every mistake 1 where none is
    said."""

    mistakes: tuple[tuple[float, ...], ...]
    person: float | None = None

    @classmethod
    def alike(cls, labels: int, person: float | None = None) -> Costs:
        """Every mistake costs 1."""
        matrix = 1.0 - np.eye(labels)
        return cls(tuple(tuple(map(float, row)) for row in matrix), person)

    @classmethod
    def given(
        cls,
        labels: Sequence[str],
        mistakes: Mapping[tuple[str, str], float],
        person: float | None = None,
    ) -> Costs:
        """Every mistake costs 1 but for those named as (true label, answer).

        Raises UserError for labels that are not known, costs below 0 or that are no numbers.
        """
        matrix = 1.0 - np.eye(len(labels))
        for (gold, answer), cost in mistakes.items():
            for name in (gold, answer):
                if name not in labels:
                    raise _unknown(name, labels)
            if gold == answer:
                raise UserError(
                    QT_TRANSLATE_NOOP("engine", 'A right answer costs nothing: "{label}".'),
                    QT_TRANSLATE_NOOP("engine", "Give a cost to two different labels."),
                    label=gold,
                )
            matrix[labels.index(gold), labels.index(answer)] = _checked_cost(cost)
        person = None if person is None else _checked_cost(person)
        return cls(tuple(tuple(map(float, row)) for row in matrix), person)

    @property
    def matrix(self) -> Numbers:
        return np.asarray(self.mistakes, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Decisions:
    """How a model's probabilities become answers; `facts` say on what they were chosen."""

    labels: tuple[str, ...]
    thresholds: tuple[float, ...]
    person_below: float = 0.0
    costs: Costs | None = None
    facts: Mapping[str, Any] | None = None

    @classmethod
    def plain(cls, labels: Sequence[str]) -> Decisions:
        """The most probable label, always."""
        return cls(tuple(labels), (1.0 / len(labels),) * len(labels))

    def decide(self, chances: npt.ArrayLike) -> tuple[Places, npt.NDArray[np.bool_]]:
        """Places of the answers in `labels` [N], and which rows are for a person [N].

        `chances` [N, C] are probabilities in the order of `labels`.
        """
        said = np.asarray(chances, dtype=np.float64)
        answers = (said / np.asarray(self.thresholds)).argmax(axis=1)
        unsure = said[np.arange(len(said)), answers] < self.person_below
        return answers.astype(np.int64), unsure

    def to_dict(self) -> dict[str, Any]:
        costs = self.costs
        return {
            "version": VERSION,
            "labels": list(self.labels),
            "thresholds": dict(zip(self.labels, self.thresholds, strict=True)),
            "person_below": self.person_below,
            "costs": None if costs is None else [list(row) for row in costs.mistakes],
            "person_cost": None if costs is None else costs.person,
            "facts": dict(self.facts or {}),
        }


def checked(decisions: Decisions) -> Decisions:
    """The same, or UserError for thresholds that are no shares."""
    for label, value in zip(decisions.labels, decisions.thresholds, strict=True):
        if not _LOWEST <= value <= 1.0:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "A threshold lies above 0 and at 1 at most: {value}."),
                QT_TRANSLATE_NOOP("engine", "Write it as a probability, for example 0.7."),
                field=label,
                value=value,
            )
    if not 0.0 <= decisions.person_below <= 1.0:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "A probability lies between 0 and 1: {value}."),
            QT_TRANSLATE_NOOP("engine", "Write it as a probability, for example 0.7."),
            field="person_below",
            value=decisions.person_below,
        )
    return decisions


def with_thresholds(decisions: Decisions, wanted: Mapping[str, float]) -> Decisions:
    """The same with other thresholds for some labels.

    With two labels the other's is the rest to 1, so that "t" means "from t on". UserError for
    unknown labels and values that are no shares.
    """
    labels, values = decisions.labels, list(decisions.thresholds)
    for label, value in wanted.items():
        if label not in labels:
            raise _unknown(label, labels)
        values[labels.index(label)] = float(value)
    if len(labels) == 2 and len(wanted) == 1:
        place = labels.index(next(iter(wanted)))
        values[1 - place] = max(_LOWEST, 1.0 - values[place])
    return checked(
        Decisions(labels, tuple(values), decisions.person_below, decisions.costs, decisions.facts)
    )


def write_decisions(run_folder: Path, decisions: Decisions) -> Path:
    """Keep them with the run's model. Raises UserError where it has none."""
    folder = run_folder / "model"
    if not folder.is_dir():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This run has no model: it ended before one was saved."),
            QT_TRANSLATE_NOOP("engine", "Resume it or train again."),
            file=run_folder,
        )
    text = json.dumps(checked(decisions).to_dict(), ensure_ascii=False, indent=1)
    atomic_write(folder / DECISIONS, (text + "\n").encode("utf-8", "backslashreplace"))
    return folder / DECISIONS


def clear_decisions(run_folder: Path) -> bool:
    """Back to the most probable label; whether there was something to take away."""
    path = run_folder / "model" / DECISIONS
    there = path.is_file()
    path.unlink(missing_ok=True)
    return there


def read_decisions(run_folder: Path) -> Decisions | None:
    """What `write_decisions` kept with the run's model; None where nothing was chosen."""
    return read_decisions_file(run_folder / "model" / DECISIONS)


def read_decisions_file(path: Path) -> Decisions | None:
    """The same from a file, as exports hold it. UserError for a damaged or newer one."""
    if not path.is_file():
        return None
    try:
        record = json.loads(path.read_bytes().decode("utf-8"))
        if int(record["version"]) > VERSION:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "This file was written by a newer version."),
                QT_TRANSLATE_NOOP("engine", "Update the program to open it."),
                file=path,
            )
        labels = tuple(str(label) for label in record["labels"])
        costs = record.get("costs")
        person = record.get("person_cost")
        return checked(
            Decisions(
                labels,
                tuple(float(record["thresholds"][label]) for label in labels),
                float(record.get("person_below") or 0.0),
                None
                if costs is None
                else Costs(tuple(tuple(map(float, row)) for row in costs), person),
                dict(record.get("facts") or {}),
            )
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The thresholds of this model cannot be read."),
            QT_TRANSLATE_NOOP("engine", "Choose them again, or remove the file."),
            file=path,
        ) from error


def _checked_cost(cost: float) -> float:
    if not 0.0 <= cost < float("inf"):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "A cost is a number from 0 on: {value}."),
            QT_TRANSLATE_NOOP("engine", "Give what one such mistake costs, in any unit."),
            value=cost,
        )
    return float(cost)


def _unknown(label: str, labels: Sequence[str]) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", 'The model does not know the label "{label}".'),
        QT_TRANSLATE_NOOP("engine", "It knows: {known}."),
        label=label,
        known=", ".join(labels[:20]),
    )


def added_columns(decisions: Decisions | None) -> list[str]:
    """The columns that `applied` adds to answers."""
    return [FOR_A_PERSON] if decisions is not None and decisions.person_below > 0 else []


def applied(decisions: Decisions | None, answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers as prediction gives them (`predicted_label`, `probability`, `probability_<label>`),
    with the label that the thresholds choose, and whether a person shall look."""
    if decisions is None or not answers:
        return answers
    names = [f"probability_{label}" for label in decisions.labels]
    chances = np.array([[answer[name] for name in names] for answer in answers])
    places, unsure = decisions.decide(chances)
    more = added_columns(decisions)
    return [
        {
            **answer,
            "predicted_label": decisions.labels[place],
            "probability": float(row[place]),
            **dict.fromkeys(more, "yes" if ask else "no"),
        }
        for answer, row, place, ask in zip(answers, chances, places, unsure, strict=True)
    ]


def check_labels(decisions: Decisions | None, labels: Sequence[str], source: Path) -> None:
    """Raise UserError where thresholds were chosen for other labels than the model has."""
    if decisions is not None and set(decisions.labels) != set(labels):
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                "The thresholds were chosen for other labels ({there}) than the model has "
                "({known}).",
            ),
            QT_TRANSLATE_NOOP("engine", "Choose them again, or remove the file."),
            file=source,
            there=", ".join(decisions.labels[:20]),
            known=", ".join(labels[:20]),
        )
