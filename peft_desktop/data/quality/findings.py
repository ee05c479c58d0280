"""What a check of the data hands over: findings with their rows, and what could mend them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from peft_desktop.core.events import Event
from peft_desktop.core.words import Sentence

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

# how much a finding matters: it makes figures lie, it may harm, or it is good to know
LIES, HARMS, NOTE = "lies", "harms", "note"
SEVERITIES = (LIES, HARMS, NOTE)

SPLITS = ("train", "valid", "test")

Checking = Generator[Event, None, "list[Finding]"]


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be checked: `text` and `beside` (further columns that make up a row's input),
    the `label` column, row ids by split, those that are left out.

    `classes_of` gives the labels in a cell of the label column, where there are any; `one_label`:
    a cell is one label. `roles` maps the columns that play a part to their parts.
    """

    text: str
    label: str | None = None
    beside: tuple[str, ...] = ()
    splits: Mapping[str, Sequence[int]] = field(default_factory=dict)
    excluded: Sequence[int] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    one_label: bool = True
    classes_of: Callable[[str], list[str]] | None = None
    near: bool = True


@dataclass(frozen=True, slots=True)
class Repair:
    """An offer: `kind` is one of `data.quality.repairs`, `rows` the ids of those it changes, and
    `settings` what else it needs. Nothing happens before someone says so."""

    kind: str
    title: Sentence
    rows: np.ndarray
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about the data. `rows`: the ids of the rows it is about, alike ones together;
    `groups`: the number of each row's group (empty: there are none)."""

    kind: str
    severity: str
    what: Sentence
    why: Sentence
    rows: np.ndarray
    groups: np.ndarray
    repairs: tuple[Repair, ...] = ()

    def record(self) -> dict[str, Any]:
        """Plain data for `--json`, with the first rows only."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "what": str(self.what),
            "why": str(self.why),
            "count": len(self.rows),
            "rows": [int(row) for row in self.rows[:100]],
            "repairs": [
                {"kind": each.kind, "title": str(each.title), "rows": len(each.rows)}
                for each in self.repairs
            ],
        }


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows to check, as the checks need them: without those that are left out.

    `ids`: int64 row ids. `code`: int64, equal where the inputs are equal; `plain`: the same
    without differences of width, case and blanks. `texts`: the distinct texts by `code`,
    `plain_texts` those by `plain`. `split`: 0 none, 1 train, 2 valid, 3 test.
    """

    table: pa.Table
    ids: np.ndarray
    texts: pa.Array
    code: np.ndarray
    plain_texts: pa.Array
    plain: np.ndarray
    split: np.ndarray


@dataclass(frozen=True, slots=True)
class Report:
    """All that a check found. `classes`: label and rows, the largest first; `languages` and
    `split_classes` (split -> label -> rows) likewise."""

    rows: int
    excluded: int
    unlabelled: int
    classes: list[tuple[str, int]]
    split_classes: dict[str, dict[str, int]]
    languages: list[tuple[str, int]]
    lengths: Mapping[str, Any]
    findings: list[Finding]

    def record(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "excluded": self.excluded,
            "unlabelled": self.unlabelled,
            "classes": dict(self.classes),
            "split_classes": self.split_classes,
            "languages": dict(self.languages),
            "lengths": dict(self.lengths),
            "findings": [each.record() for each in self.findings],
        }


def nothing() -> np.ndarray:
    """No rows, or no groups."""
    import numpy as np

    return np.zeros(0, dtype=np.int64)
