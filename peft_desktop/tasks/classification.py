"""Text classification: one label of a fixed list for each text; sentiment is the same task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..core.errors import UserError
from ..core.events import Warned
from ..core.words import QT_TRANSLATE_NOOP
from .base import TaskBase

if TYPE_CHECKING:
    import numpy.typing as npt

    from ..evaluation.metrics import Judgement, Labels

_MANY_LABELS = 20


class Classification(TaskBase):
    name = "classification"
    title = QT_TRANSLATE_NOOP("engine", "Text classification")
    summary = QT_TRANSLATE_NOOP("engine", "One label of a fixed list for each text or text pair.")

    def classes_of(self, cell: str) -> list[str]:
        return [cell]

    def labels_of(self, rows: Iterable[str | None]) -> list[str]:
        """The different labels, sorted (as numbers where all are whole numbers).

        `rows` are the label column's values; blank ones are rows without a label.
        """
        found = {value for value in rows if value is not None and value.strip()}
        if all(value.isascii() and value.isdigit() for value in found):
            return sorted(
                found, key=lambda value: (len(value.lstrip("0")), value.lstrip("0"), value)
            )
        return sorted(found)

    def check(self, labels: Iterable[str | None]) -> list[Warned]:
        """Warnings about the label column's values, blank ones left out.

        Raises UserError when they have fewer than two different labels.
        """
        counts = Counter(value for value in labels if value is not None and value.strip())
        if len(counts) < 2:
            raise self._too_few(counts)
        warnings = []
        single = sorted(label for label, rows in counts.items() if rows == 1)
        if len(counts) > _MANY_LABELS and 2 * len(counts) > counts.total():
            warnings.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        "There are {labels} different labels in {rows} rows. "
                        "Is this the label column?",
                    ),
                    {"labels": len(counts), "rows": counts.total()},
                )
            )
        elif single:
            shown = ", ".join(f'"{label}"' for label in single[:5])
            warnings.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        "Labels with one row only: {count} ({labels}). A label needs rows to "
                        "learn from and others to be judged on.",
                    ),
                    {"count": len(single), "labels": shown + (", ..." if single[5:] else "")},
                )
            )
        return warnings

    def _too_few(self, counts: Counter[str]) -> UserError:
        if not counts:
            return UserError(
                QT_TRANSLATE_NOOP("engine", "No row has a label."),
                QT_TRANSLATE_NOOP("engine", "Choose the column that holds the labels."),
            )
        return UserError(
            QT_TRANSLATE_NOOP("engine", 'All {rows} labelled rows have the same label, "{label}".'),
            QT_TRANSLATE_NOOP(
                "engine", "Classification needs two labels or more; add rows of another one."
            ),
            rows=counts.total(),
            label=next(iter(counts)),
        )

    def judge(
        self,
        labels: Sequence[str],
        gold: Labels,
        probabilities: npt.ArrayLike | None = None,
        *,
        predicted: Labels | None = None,
    ) -> Judgement:
        """As `evaluation.metrics.judge`."""
        from ..evaluation.metrics import judge

        return judge(labels, gold, probabilities, predicted=predicted)
