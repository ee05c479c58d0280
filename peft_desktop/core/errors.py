"""What went wrong, where, and what to do: the only failure a user is shown as such."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .words import QT_TRANSLATE_NOOP, Sentence, Translate, _as_written


class UserError(Exception):
    """A failure that the user can mend: what happened, where, what to do.

    `what` and `do` are templates marked with `QT_TRANSLATE_NOOP("engine", ...)`; `values` fill
    them. `row` is the line or row number as the user's own program counts it (from 1).
    Anything else that is raised is a bug of ours and keeps its traceback.
    """

    def __init__(
        self,
        what: str,
        do: str = "",
        *,
        file: str | Path | None = None,
        row: int | None = None,
        field: str | None = None,
        **values: Any,
    ) -> None:
        super().__init__(what)
        self.what = Sentence(what, values)
        self.do = Sentence(do, values)
        self.file = None if file is None else str(file)
        self.row = row
        self.field = field

    def where(self, translate: Translate = _as_written) -> str:
        """The place in words, e.g. `reviews.csv, line 7, column "label"`; empty when unknown."""
        parts = []
        if self.file is not None:
            parts.append(self.file)
        if self.row is not None:
            parts.append(translate("engine", _LINE).format(row=self.row))
        if self.field is not None:
            parts.append(translate("engine", _FIELD).format(field=self.field))
        return ", ".join(parts)

    def in_words(self, translate: Translate = _as_written) -> str:
        """One line: the place, what happened, what to do."""
        where = self.where(translate)
        sentences = (self.what.in_words(translate), self.do.in_words(translate))
        said = " ".join(s for s in sentences if s)
        return " ".join((f"{where}: {said}" if where else said).split())

    def __str__(self) -> str:
        return self.in_words()

    def __reduce__(self) -> tuple[Any, ...]:  # it crosses from the worker to the window
        return _rebuilt, (
            self.what.template,
            self.do.template,
            self.file,
            self.row,
            self.field,
            dict(self.what.values),
        )


_LINE = QT_TRANSLATE_NOOP("engine", "line {row}")
_FIELD = QT_TRANSLATE_NOOP("engine", 'field "{field}"')


def _rebuilt(
    what: str, do: str, file: str | None, row: int | None, field: str | None, values: dict[str, Any]
) -> UserError:
    return UserError(what, do, file=file, row=row, field=field, **values)
