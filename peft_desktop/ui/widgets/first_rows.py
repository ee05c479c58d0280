"""The first training rows token by token, as the model reads them; folded until asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ...core.errors import UserError
from ...core.fields import checked
from ...core.recipe import Recipe
from ...core.steps import longest_reading
from ..errands import Errands
from ..wording import number, translated
from .fold import Fold

_ROWS = 4
_MOST_TOKENS = 300


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: its label, its label words, its tokens, and how many were cut off."""

    label: str
    words: str
    tokens: tuple[str, ...]
    count: int
    cut: int


def first_rows(project: Path, recipe: Recipe, library: Any, count: int = _ROWS) -> list[ReadRow]:
    """The first training rows of a recipe as its model reads them; for a thread.

    Raises UserError when the data or the model are not what they were.
    """
    from ...data.store import load_table, rows_by_id
    from ...families import family_called
    from ...families.contract import PlanSettings
    from ...methods import method_called
    from ...prompts.tokens import Tokens

    card = library.get(recipe.model.name)
    tokens = Tokens(library.path(card.name))
    table = load_table(project)
    columns = [name for name in table.column_names if not name.startswith("_row_id")]
    own = checked(method_called(recipe.method).settings, recipe.method_settings)
    soft = int(getattr(own, "soft_tokens", 0))
    length = longest_reading(card.context_length, soft, recipe.training.max_length)
    plan = family_called(card.family).plan(
        PlanSettings(
            prompt=recipe.prompt,
            columns=columns,
            text_column=recipe.data.text,
            max_length=length,
            facts={"pooling": card.pooling, "ahead": 0},
        ),
        tokens,
    )
    rows = rows_by_id(table, recipe.data.rows.get("train", [])[:count], columns)
    found = []
    for row, encoded in zip(rows, plan.read_many(rows), strict=True):
        reading = encoded.variants[0]
        label = row.get(recipe.data.label or "", "")
        words = ", ".join(recipe.prompt.words.get(label, ()))
        said = tuple(tokens.token(i) for i in reading.ids[:_MOST_TOKENS])
        found.append(ReadRow(label, words, said, len(reading.ids), reading.cut))
    return found


class FirstRows(QWidget):
    """Give it a run with `set_run`; it reads when it is unfolded, in a thread."""

    def __init__(self, library: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._run: tuple[Path, Recipe, str] | None = None
        self._errands = Errands(self)
        self._asked = False
        self._rows: list[ReadRow] = []
        self._said = ""
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setMinimumHeight(110)
        self.text.setMaximumHeight(160)
        self.fold = Fold(self.text, self)
        self.fold.toggled.connect(self._read)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.fold)
        self.retranslate()

    def set_run(self, project: Path, recipe: Recipe, data_sha256: str) -> None:
        """`data_sha256` is of the project's table as it is now."""
        self._run = (project, recipe, data_sha256)
        self._rows, self._said, self._asked = [], "", False
        self._errands.drop("rows")
        self._show()
        self._read(self.fold.is_open)

    @Slot(bool)
    def _read(self, shown: bool) -> None:
        if not shown or self._run is None or self._rows or self._asked:
            return
        project, recipe, data_sha256 = self._run
        if recipe.data.sha256 and data_sha256 and recipe.data.sha256 != data_sha256:
            self._said = self.tr("The data was changed since this run: its rows are gone.")
            self._show()
            return
        library = self._library
        self._asked = True
        self._errands.run(
            "rows",
            lambda _: first_rows(project, recipe, library),
            self._answered,
            self._failed,
        )

    def _answered(self, rows: list[ReadRow]) -> None:
        self._rows = rows
        self._show()

    def _failed(self, error: Exception) -> None:
        self._said = error.in_words(translated) if isinstance(error, UserError) else str(error)
        self._show()

    def _show(self) -> None:
        if self._said or not self._rows:
            self.text.setPlainText(self._said)
            return
        parts = []
        for place, row in enumerate(self._rows, 1):
            head = self.tr("{place}.  label {label}, word {words}, tokens: {count}").format(
                place=place, label=row.label, words=row.words, count=number(row.count)
            )
            if row.cut:
                head += ", " + self.tr("cut off: {count}").format(count=number(row.cut))
            tokens = "\u2502".join(token.replace("\n", "\u21b5") for token in row.tokens)
            parts.append(f"{head}\n{tokens}" + ("…" if row.count > len(row.tokens) else ""))
        self.text.setPlainText("\n\n".join(parts))

    def retranslate(self) -> None:
        self.fold.set_texts(
            self.tr("First rows as the model reads them"),
            self.tr("The first training rows cut into tokens, prompt and special tokens included."),
        )
        self.text.setAccessibleName(self.tr("Tokens of the first training rows"))
        self.text.setToolTip(self.fold.button.toolTip())
        self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
