"""Named-entity recognition: which pieces of a text name something, and what kind of thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..core.errors import UserError
from ..core.events import Warned
from ..core.fields import Settings, setting
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .base import TaskBase

if TYPE_CHECKING:
    from ..data.imported import Imported

_FEW = 5  # entities of a type


class TaggingSettings(Settings):
    """How texts are tagged."""

    weight_outside: float = setting(
        1.0,
        label=QT_TRANSLATE_NOOP("settings", "Weight of words outside entities"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "How much a word that is in no entity counts in training. Less than 1 finds more "
            "entities, and more that are none.",
        ),
        low=0.01,
        high=1.0,
        typical="0.3 .. 1",
    )
    overlap: int = setting(
        32,
        label=QT_TRANSLATE_NOOP("settings", "Overlap of windows"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "A text longer than the model reads is read in windows; so many tokens stand in two "
            "of them, so that no entity is seen without what is around it.",
        ),
        low=0,
        high=10_000,
        unit="tokens",
        typical="16 .. 128",
    )
    read_twice: bool = setting(
        True,
        label=QT_TRANSLATE_NOOP("settings", "Read the text twice"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "For models that read from left to right: the text stands twice, and the second is "
            "tagged, so that every word is judged with what follows it. Takes twice the time.",
        ),
    )


class Tagging(TaskBase):
    name = "tagging"
    title = QT_TRANSLATE_NOOP("engine", "Named-entity recognition")
    summary = QT_TRANSLATE_NOOP(
        "engine", "Finds pieces of the text that name something, and says what kind each is."
    )
    settings = TaggingSettings

    def tidied(
        self,
        imported: Imported,
        text: str | None = None,
        label: str | None = None,
        question: str | None = None,
    ) -> Imported:
        """Entities in any shape that is known, in our own spelling."""
        from ..data.span_tables import tidied

        return tidied(imported, text, label)

    def fault(self, cell: str, row: Mapping[str, str], text: str) -> Sentence | None:
        from ..data.span_shapes import shaped_spans
        from ..data.spans import SpanError

        try:
            shaped_spans(cell, row.get(text, ""))
        except SpanError as error:
            return error.sentence
        return None

    def classes_of(self, cell: str) -> list[str]:
        """The entity types in a cell, each once."""
        from ..data.spans import labels_in

        return labels_in(cell)

    def check(self, labels: Iterable[str | None]) -> list[Warned]:
        """Warnings about types with few entities; UserError where there is no entity at all."""
        from ..data.spans import SpanError, plain_spans

        counts: Counter[str] = Counter()
        rows = 0
        for cell in labels:
            if cell is None or self.blank(cell):
                continue
            rows += 1
            try:
                counts.update(span.label for span in plain_spans(cell))
            except SpanError:
                continue
        if not counts:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "No row has an entity."),
                QT_TRANSLATE_NOOP(
                    "engine",
                    "Choose the column that holds the entities: a CoNLL file, or lists of start, "
                    "end and type.",
                ),
            )
        few = sorted(label for label, count in counts.items() if count < _FEW)
        if not few:
            return []
        shown = ", ".join(f'"{label}" ({counts[label]})' for label in few[:5])
        return [
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "Entity types with fewer than {least} entities: {labels}. They can hardly be "
                    "learnt or judged.",
                ),
                {"least": _FEW, "labels": shown + (", ..." if few[5:] else "")},
            )
        ]
