"""What an import hands over: the table, the receipt, and every row that was turned away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import Field

from peft_desktop.core.events import Warned
from peft_desktop.core.fields import Settings
from peft_desktop.core.words import Sentence, Translate, _as_written

if TYPE_CHECKING:
    import pyarrow as pa

HeaderChange = dict[str, str]  # {"from": as in the file, "to": as in the table}

RECEIPT_VERSION = 1


@dataclass(frozen=True)
class Rejected:
    """A row that did not fit: `line` counts from 1 as an editor (or Excel) counts, `raw` is the
    text as it stood there, `reason` a marked template that `values` fill. `file` is empty where
    the import has one file alone."""

    line: int
    raw: str
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""

    def in_words(self, translate: Translate = _as_written) -> str:
        return Sentence(self.reason, self.values).in_words(translate)


class Member(Settings):
    """How one of several files of an import was read."""

    file: str
    sha256: str
    size_bytes: int
    format: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    rows_read: int
    rows_rejected: int


class Receipt(Settings):
    """How a file was read, so that anyone can check it later.

    `imported_at` is UTC in ISO 8601; `encoding_confidence` runs from 0 to 1 and is None where a
    format has no encoding; `sheet` and `delimiter` are None where a format has none. `members` are
    the files of a folder or ZIP; `read_as` is what the user told and `sources` where the files lay,
    so that it can be read again; `mended` counts the rows that were repaired.
    """

    version: int = RECEIPT_VERSION
    file: str
    sha256: str
    size_bytes: int
    format: str
    encoding: str | None = None
    encoding_confidence: float | None = None
    delimiter: str | None = None
    sheet: str | None = None
    rows_read: int
    rows_rejected: int
    header_changes: list[HeaderChange] = Field(default_factory=list)
    members: list[Member] = Field(default_factory=list)
    read_as: dict[str, Any] = Field(default_factory=dict)
    sources: list[str] = Field(default_factory=list)
    mended: int = 0
    warnings: list[Warned] = Field(default_factory=list)
    imported_at: str


@dataclass
class Imported:
    """`table` holds text columns only, in the file's order; a missing value is the empty text."""

    table: pa.Table
    receipt: Receipt
    rejected: list[Rejected]
