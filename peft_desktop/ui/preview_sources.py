"""What a preview is made from: the model's tokenizer, its way of reading, the project's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from ..core.errors import UserError
from ..core.project import ProjectFile
from ..core.steps import longest_reading
from ..prompts.template import Template
from ..prompts.tokens import Encoded, Tokens

if TYPE_CHECKING:
    from ..families.contract import Plan

LONGEST_TEXT = 100_000  # characters of a cell that are looked at
_MOST_WORDS = 20_000  # remembered; each prompt of a label is one for an encoder
_MOST_TEXTS = 16  # stretches of the row on show that are remembered


@dataclass(frozen=True, slots=True)
class Asked:
    """The project's values and which of its training rows to show."""

    folder: Path | None
    file: ProjectFile
    row: int = 0


class WordTokens(Tokens):
    """Remembers the label words, which are asked for again and again while a template is typed, and
    the texts of the row on show, which each part of a preview wants."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._known: dict[tuple[str, bool], list[int]] = {}
        self._shown: dict[int, str] = {}
        self._texts: dict[tuple[str, bool], Encoded] = {}

    def encode_many(self, texts: Sequence[str], *, start: bool = True) -> list[Encoded]:
        if len(texts) != 1:
            return super().encode_many(texts, start=start)
        key = (texts[0], start)
        found = self._texts.get(key)
        if found is None:
            found = super().encode_many(texts, start=start)[0]
            if len(self._texts) >= _MOST_TEXTS:
                self._texts = {}
            self._texts[key] = found
        return [found]

    def token(self, token_id: int) -> str:
        if token_id not in self._shown:
            self._shown[token_id] = super().token(token_id)
        return self._shown[token_id]

    def ids(self, text: str, *, start: bool = True) -> list[int]:
        found = self._known.get((text, start))
        if found is None:
            if len(self._known) > _MOST_WORDS:
                self._known = {}
            found = self._known[text, start] = super().ids(text, start=start)
        return list(found)


class Sources:
    """The tokenizer of the chosen model and the project's table, read once and kept."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._lock = Lock()
        self._tokens: tuple[Any, Tokens] | None = None
        self._table: tuple[Any, Any] | None = None

    def model(self, name: str) -> tuple[Any, Tokens]:
        """The card and the tokenizer. Raises UserError when the model cannot be used."""
        card = self._library.get(name)
        if card.refusal is not None:
            raise card.refusal.error()
        key = (name, card.stamp, card.sha256)
        with self._lock:
            if self._tokens is None or self._tokens[0] != key:
                self._tokens = (key, WordTokens(self._library.path(name)))
            return card, self._tokens[1]

    def folder(self, name: str) -> Path:
        """Where the model's files lie. Raises UserError when it cannot be used."""
        return Path(self._library.path(name))

    def table(self, asked: Asked) -> Any:
        """All rows. Raises UserError when they are gone or damaged."""
        from ..data.store import load_table

        assert asked.folder is not None
        key = (asked.folder, asked.file.data_sha256)
        with self._lock:
            if self._table is None or self._table[0] != key:
                self._table = (key, load_table(asked.folder))
            return self._table[1]

    def forget_rows(self) -> None:
        with self._lock:
            self._table = None


def rows_shown(file: ProjectFile, table: Any) -> tuple[str, Sequence[int]]:
    """The training rows' ids, or those of all rows where there is no split."""
    if file.splits.get("train"):
        return "train", file.splits["train"]
    return "", table["_row_id"].to_pylist()


def longest_input(file: ProjectFile, card: Any) -> int:
    """The length in tokens that training would cut inputs to."""
    wanted = file.training.get("max_length")
    soft = soft_ahead(file)
    return longest_reading(card.context_length, soft, wanted if isinstance(wanted, int) else None)


def soft_ahead(file: ProjectFile) -> int:
    """The soft tokens that the chosen method puts in front of an input."""
    from ..core.fields import checked
    from ..methods import METHODS

    method = METHODS.get(file.method)
    if method is None or not getattr(method, "places_soft", False):
        return 0
    try:
        return int(getattr(checked(method.settings, file.method_settings), "soft_tokens", 0))
    except UserError:
        return 0  # the Train page tells


def plan_of(file: ProjectFile, card: Any, tokens: Tokens) -> tuple[Plan | None, UserError | None]:
    """How the model's family reads the prompt, and what it has against it.

    While words are missing or of no use, others stand in, so that the rows can still be seen.
    """
    from ..families import family_called
    from ..families.contract import PlanSettings

    error: UserError | None = None
    for words in (file.prompt.words, _stand_ins(file.prompt.template)):
        settings = PlanSettings(
            prompt=file.prompt.model_copy(update={"words": words, "also": []}),
            columns=file.columns,
            text_column=file.roles.text,
            max_length=longest_input(file, card),
            facts={"pooling": card.pooling, "ahead": soft_ahead(file)},
        )
        try:
            return family_called(card.family).plan(settings, tokens), error
        except UserError as refused:
            error = error or refused
    return None, error


def _stand_ins(template: str) -> dict[str, list[str]]:
    """Words of as many tokens as the template has slots."""
    try:
        slots = max(1, Template.parse(template).slots)
    except UserError:
        slots = 1
    return {letter: [" ".join([letter] * slots)] for letter in "ab"}


def reader_of(plan: Any) -> Any:
    """The reader of the longest variant: a masked model has one for each length of a word."""
    return plan.readers[-1] if hasattr(plan, "readers") else plan.reader
