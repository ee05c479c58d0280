"""What most tasks answer alike; a task says only where it differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..core.events import Warned
from ..core.fields import Settings
from ..core.words import Sentence

if TYPE_CHECKING:
    from ..data.imported import Imported

if TYPE_CHECKING:
    from ..data.imported import Imported


class NoSettings(Settings):
    """A task without settings of its own."""


class TaskBase:
    """Defaults of a task whose gold answers stand in one column, in a spelling of their own.

    `settings`: the task's own settings (decoding, thresholds ...). `method`: what a new project
    trains with. `needs_question`: whether a second column holds a question. `has_words`: whether
    labels have label words, so that the prompt lists them. `two_losses`: whether prompt and head
    are trained together, so that their weights mean something.
    """

    name = ""
    title = ""
    summary = ""
    settings: type[Settings] = NoSettings
    method = "lora"
    needs_question = False
    has_words = True
    two_losses = True

    def tidied(
        self,
        imported: Imported,
        text: str | None = None,
        label: str | None = None,
        question: str | None = None,
    ) -> Imported:
        """The table with gold answers in the task's own spelling, where it can be told; changed in
        place, with a warning in its receipt for whatever the user should know.

        `text`, `label`, `question` are columns that the user chose. What cannot be understood
        stays as it is, for `fault` to name.
        """
        return imported

    def blank(self, cell: str | None) -> bool:
        """Whether a gold cell says nothing, so that its row is one without a label."""
        return cell is None or not cell.strip()

    def fault(self, cell: str, row: Mapping[str, str], text: str) -> Sentence | None:
        """Why a gold cell that is not blank cannot be used with its row; None where it can.

        `text` is the name of the text column. Rows with a fault are told with their numbers and
        are in no split.
        """
        return None

    def classes_of(self, cell: str) -> list[str]:
        """The classes that a gold cell holds, each once: splits share them out evenly, and K rows
        a class are counted by them. Empty where the task has no classes."""
        return []

    def labels_of(self, rows: Iterable[str | None]) -> list[str]:
        """The different classes of the label column's values, sorted."""
        return sorted({name for cell in rows if cell is not None for name in self.classes_of(cell)})

    def check(self, labels: Iterable[str | None]) -> list[Warned]:
        """Warnings about the label column's values, blank ones left out; UserError where they
        cannot be learnt."""
        return []

    def first_words(self, labels: Sequence[str], texts: Sequence[str]) -> dict[str, list[str]]:
        """Words that a new project's prompt starts from, for tasks without label words of the
        bank (an extraction's questions, an entity type's names)."""
        from ..prompts.label_names import readable

        return {label: [readable(label) or label] for label in labels} if self.has_words else {}
