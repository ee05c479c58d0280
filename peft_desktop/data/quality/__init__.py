"""What would make the numbers lie: checks of the data, their findings, and what mends them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from peft_desktop.core.events import Event
from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from .columns import check_columns
from .duplicates import check_duplicates
from .findings import HARMS, LIES, NOTE, SEVERITIES, Checking, Finding, Look, Repair, Report, Rows
from .labels import check_labels, counts_of
from .languages import check_languages
from .lengths import characters
from .near import check_near
from .personal import check_personal
from .preparing import prepare
from .texts import check_texts

if TYPE_CHECKING:
    import pyarrow as pa

# a new check is one file and one line; the slowest comes last
CHECKS: tuple[Callable[[Rows, Look], Checking], ...] = (
    check_texts,
    check_labels,
    check_columns,
    check_duplicates,
    check_personal,
    check_near,
)


def check(table: pa.Table, look: Look) -> Generator[Event, None, Report]:
    """Look at a project's table in every way there is; close the generator to stop.

    Findings come with what makes figures lie first.
    """
    rows = yield from prepare(table, look)
    found: list[Finding] = []
    if look.excluded:
        found.append(_excluded(look))
    languages_found, languages = yield from check_languages(rows, look)
    for each in CHECKS:
        found += yield from each(rows, look)
    found += languages_found
    counts, blank, split_counts = counts_of(rows, look)
    place = {severity: number for number, severity in enumerate(SEVERITIES)}
    found.sort(key=lambda finding: place[finding.severity])
    return Report(
        rows=len(rows.ids),
        excluded=len(look.excluded),
        unlabelled=blank if look.label is not None else 0,
        classes=sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])),
        split_classes=split_counts,
        languages=languages,
        lengths=characters(rows.table[look.text]),
        findings=found,
    )


def _excluded(look: Look) -> Finding:
    import numpy as np

    from .findings import nothing

    ids = np.asarray(sorted(look.excluded), dtype=np.int64)
    count = {"count": len(ids)}
    what = Sentence(QT_TRANSLATE_NOOP("engine", "{count} rows were left out."), count)
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine", "They stay in the data, but no split has them and no check looks at them."
        )
    )
    title = Sentence(QT_TRANSLATE_NOOP("engine", "Take {count} rows back, into no split"), count)
    return Finding("excluded", NOTE, what, why, ids, nothing(), (Repair("include", title, ids),))


__all__ = [
    "CHECKS",
    "HARMS",
    "LIES",
    "NOTE",
    "Finding",
    "Look",
    "Repair",
    "Report",
    "check",
]
