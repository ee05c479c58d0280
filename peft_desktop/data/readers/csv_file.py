"""CSV: comma, semicolon, tab, bar or full-width comma, in any encoding."""

from __future__ import annotations

from pathlib import Path

from ..delimited import open_delimited
from ..source import Reader, ReadSettings, Source


class CsvReader(Reader):
    """One column needs no delimiter at all."""

    name = "csv"
    extensions = (".csv",)

    def open(self, path: Path, settings: ReadSettings) -> Source:
        return open_delimited(path, settings, self.name, usual=None)
