"""TSV: fields between tabs; quotation marks belong to the text where they enclose nothing."""

from __future__ import annotations

from pathlib import Path

from ..delimited import open_delimited
from ..source import Reader, ReadSettings, Source


class TsvReader(Reader):
    """A tab is expected; another delimiter is taken only where no line holds a tab."""

    name = "tsv"
    extensions = (".tsv", ".tab")

    def open(self, path: Path, settings: ReadSettings) -> Source:
        return open_delimited(path, settings, self.name, usual="\t")
