"""Several labels: any of a fixed list of labels for each text, also none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..core.errors import UserError
from ..core.events import Warned
from ..core.fields import Settings, setting
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from ..data.label_lists import is_list, names_in, separator_of, written
from .base import TaskBase

if TYPE_CHECKING:
    from ..data.imported import Imported

_MANY_LABELS = 300


class SeveralLabelsSettings(Settings):
    """How labels are given to a text."""

    threshold: float | None = setting(
        None,
        label=QT_TRANSLATE_NOOP("settings", "Threshold"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "A label is given where its probability is at least this. Empty: each label's own, "
            "the one that gives the best F1 on the validation rows.",
        ),
        low=0.0,
        high=1.0,
        typical="0.3 .. 0.6",
        main=True,
    )


class SeveralLabels(TaskBase):
    name = "several_labels"
    title = QT_TRANSLATE_NOOP("engine", "Several labels")
    summary = QT_TRANSLATE_NOOP(
        "engine", "Any of a fixed list of labels for each text, also several or none."
    )
    settings = SeveralLabelsSettings

    def tidied(
        self,
        imported: Imported,
        text: str | None = None,
        label: str | None = None,
        question: str | None = None,
    ) -> Imported:
        """Names with a sign between them become JSON lists; the sign is told."""
        from ..data.task_guess import guess_task

        roles = guess_task(imported.table, text=text, label=label, task=self.name).roles
        if roles.label is not None:
            _listed(imported, roles.label)
        return imported

    def fault(self, cell: str, row: Mapping[str, str], text: str) -> Sentence | None:
        if cell.lstrip().startswith("[") and not is_list(cell):
            return Sentence(QT_TRANSLATE_NOOP("engine", "the labels are no list of names"), {})
        return None

    def classes_of(self, cell: str) -> list[str]:
        return names_in(cell)

    def check(self, labels: Iterable[str | None]) -> list[Warned]:
        """Warnings about the lists of labels, rows without one left out.

        Raises UserError for no row with a label, and for one label that every row has.
        """
        rows = [set(names_in(cell)) for cell in labels if cell is not None and not self.blank(cell)]
        counts = Counter(name for names in rows for name in names)
        if not counts:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "No row has a label."),
                QT_TRANSLATE_NOOP("engine", "Choose the column that holds the lists of labels."),
            )
        if len(counts) == 1 and counts.total() == len(rows):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'Every row has the one label "{label}" and no other.'),
                QT_TRANSLATE_NOOP("engine", "Add rows without it ([] is an empty list)."),
                label=next(iter(counts)),
            )
        return [*_never_several(rows), *_hard_to_learn(counts, len(rows))]


def _listed(imported: Imported, column: str) -> None:
    import pyarrow as pa

    cells = [str(cell) for cell in imported.table[column].to_pylist()]
    sign = separator_of(cells)
    lists = [
        cell if not cell.strip() or cell.lstrip().startswith("[") else written(names_in(cell, sign))
        for cell in cells
    ]
    if lists == cells:
        return
    place = imported.table.column_names.index(column)
    imported.table = imported.table.set_column(place, column, pa.array(lists, pa.string()))
    if sign is not None:
        imported.receipt.warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    'The column "{column}" holds several labels with "{sign}" between them; they '
                    "are kept as lists.",
                ),
                {"column": column, "sign": sign.replace("\n", "\\n")},
            )
        )


def _never_several(rows: list[set[str]]) -> list[Warned]:
    if any(len(names) != 1 for names in rows):
        return []
    return [
        Warned(
            QT_TRANSLATE_NOOP(
                "engine",
                "Every row has exactly one label; the task Text classification fits better.",
            ),
            {},
        )
    ]


def _hard_to_learn(counts: Counter[str], rows: int) -> list[Warned]:
    told = []
    always = [name for name, count in counts.items() if count == rows]
    single = [name for name, count in counts.items() if count == 1]
    if always:
        told.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "Every row has these labels, so they teach nothing: {labels}."
                ),
                {"labels": _some(always)},
            )
        )
    if len(counts) > _MANY_LABELS:
        told.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "There are {labels} different labels in {rows} rows. Is this the label column?",
                ),
                {"labels": len(counts), "rows": rows},
            )
        )
    elif single:
        told.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "Labels with one row only: {count} ({labels}). A label needs rows to "
                    "learn from and others to be judged on.",
                ),
                {"count": len(single), "labels": _some(single)},
            )
        )
    return told


def _some(names: list[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in sorted(names)[:5])
    return shown + (", ..." if names[5:] else "")
