"""Information extraction: named fields of a record, drawn out of a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..core.errors import UserError
from ..core.events import Warned
from ..core.fields import setting
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from ..data.field_records import RecordError, field_counts, fields_in, in_order, record_in
from .base import TaskBase
from .question_answering import AnswerSettings

if TYPE_CHECKING:
    from ..data.imported import Imported

_MANY_FIELDS = 100


class ExtractionSettings(AnswerSettings):
    """How values are found; a whole record takes more tokens than an answer."""

    max_new_tokens: int = setting(
        256,
        label=QT_TRANSLATE_NOOP("settings", "Longest answer"),
        help=QT_TRANSLATE_NOOP(
            "settings", "Where records are written: each is closed after so many tokens at most."
        ),
        low=1,
        high=4096,
        unit="tokens",
        typical="64 .. 512",
        main=True,
    )


class Extraction(TaskBase):
    name = "extraction"
    title = QT_TRANSLATE_NOOP("engine", "Information extraction")
    summary = QT_TRANSLATE_NOOP(
        "engine", "Fills named fields (name, price, date ...) from what a text says."
    )
    settings = ExtractionSettings

    def tidied(
        self,
        imported: Imported,
        text: str | None = None,
        label: str | None = None,
        question: str | None = None,
    ) -> Imported:
        """Records as JSON objects, made of the other columns where there is no such column."""
        from ..data.record_columns import with_records

        return with_records(imported, text, label)

    def fault(self, cell: str, row: Mapping[str, str], text: str) -> Sentence | None:
        try:
            record_in(cell)
        except RecordError as error:
            return error.sentence
        return None

    def classes_of(self, cell: str) -> list[str]:
        return fields_in([cell]) if self.fault(cell, {}, "") is None else []

    def labels_of(self, rows: Iterable[str | None]) -> list[str]:
        """The fields, in the order in which the records write them; those that never have a value
        are left out."""
        cells = [cell for cell in rows if cell is not None]
        filled = [name for name, count in field_counts(cells).items() if count]
        return in_order(filled, cells)

    def check(self, labels: Iterable[str | None]) -> list[Warned]:
        """Warnings about the records; UserError where they have no field with a value."""
        counts = field_counts(cell for cell in labels if cell is not None)
        empty = sorted(name for name, count in counts.items() if not count)
        if len(empty) == len(counts):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "No row has a record with a field that is filled."),
                QT_TRANSLATE_NOOP("engine", 'A record looks so: {"name": "Blue Spice"}.'),
            )
        told = []
        if empty:
            told.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine", "Fields that never have a value are left out: {fields}."
                    ),
                    {"fields": ", ".join(empty)},
                )
            )
        single = sorted(name for name, count in counts.items() if count == 1)
        if single:
            told.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        "Fields that occur in one row only can hardly be learnt: {fields}.",
                    ),
                    {"fields": ", ".join(single[:10]) + (", ..." if single[10:] else "")},
                )
            )
        if len(counts) > _MANY_FIELDS:
            told.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        "The records have {fields} different fields. Is this the right column?",
                    ),
                    {"fields": len(counts)},
                )
            )
        return told

    def first_words(self, labels: Sequence[str], texts: Sequence[str]) -> dict[str, list[str]]:
        """Each field's question, in the language of the texts."""
        from ..prompts.label_names import readable

        chinese = sum("一" <= c <= "鿿" for text in texts[:50] for c in text)
        letters = sum(c.isalpha() for text in texts[:50] for c in text)
        asked = "{name}是什么？" if 2 * chinese > letters else "What is the {name}?"
        return {label: [asked.replace("{name}", readable(label) or label)] for label in labels}
