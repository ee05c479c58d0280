"""JSON: a list of objects, alone or under "data"; each entry that is no object is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from ..delimited import open_text
from ..encodings import find_encoding
from ..imported import Rejected
from ..json_values import DECODER, PLAIN, BrokenError, as_text, checked_object, holes_warning
from ..source import Reader, ReadSettings, Source, clean_header, empty_file, no_rows
from ..squad import COLUMNS, SquadSource, is_squad

if TYPE_CHECKING:
    import pyarrow as pa

BIGGEST_BYTES = 512 * 2**20  # the whole text must be in memory
_BLANKS = " \t\r\n\ufeff"


@dataclass
class JsonSource(Source):
    keys: tuple[str, ...] = ()
    objects: list[dict[str, Any]] = field(default_factory=list)

    def tables(self, rows: int) -> Iterator[pa.Table]:
        cells = ([as_text(o.get(key)) for key in self.keys] for o in self.objects)
        yield from self.row_tables(cells, rows)


class JsonReader(Reader):
    """For big files there is JSON lines, which needs no memory."""

    name = "json"
    extensions = (".json",)

    def open(self, path: Path, settings: ReadSettings) -> Source:
        size = path.stat().st_size
        if size > BIGGEST_BYTES:
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "The JSON file has {size} MB; {limit} MB can be read in one piece."
                ),
                QT_TRANSLATE_NOOP(
                    "engine", "Save it as JSON lines (.jsonl, one object a line), CSV or Parquet."
                ),
                file=path,
                size=size // 2**20,
                limit=BIGGEST_BYTES // 2**20,
            )
        encoding = find_encoding(path, settings.encoding)
        with open_text(path, encoding.codec) as file:
            text = file.read()
        if not text.strip(_BLANKS):
            raise empty_file(path)
        scan = _Scan(text, path)
        source = JsonSource(
            path=path,
            format=self.name,
            columns=[],
            encoding=encoding.codec,
            encoding_confidence=encoding.confidence,
        )
        passed_over = scan.find_list()
        if passed_over:
            source.warnings.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine", "{file}: beside the rows stand {keys}; they are not read."
                    ),
                    {"file": path.name, "keys": ", ".join(passed_over)},
                )
            )
        keys: dict[str, None] = {}
        lines: list[int] = []
        some = False
        for line, raw, value in scan.entries():
            some = True
            if isinstance(value, BrokenError):
                source.rejected.append(Rejected(line, raw, value.reason, value.values))
                continue
            keys.update(dict.fromkeys(value))
            source.objects.append(value)
            lines.append(line)
        if not some:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "The list of rows is empty."),
                QT_TRANSLATE_NOOP("engine", "Choose a file with rows."),
                file=path,
            )
        if not keys:
            raise no_rows(source)
        if is_squad(source.objects):
            return SquadSource(
                path=path,
                format=self.name,
                columns=list(COLUMNS),
                encoding=encoding.codec,
                encoding_confidence=encoding.confidence,
                rejected=source.rejected,
                entries=list(zip(lines, source.objects, strict=True)),
            )
        source.columns, source.header_changes = clean_header(list(keys), path)
        source.keys = tuple(keys)
        holes = sum(1 for entry in source.objects if len(entry) < len(keys))
        source.warnings.extend(holes_warning(path, holes))
        return source


class _Scan:
    """Walks the text entry by entry, so that each has its line and its raw text."""

    def __init__(self, text: str, path: Path) -> None:
        self.text = text
        self.path = path
        self.at = 0
        self.line = 1
        self._counted = 0
        self._inside = False  # the list stands inside an object

    def find_list(self) -> list[str]:
        """Go to the list of rows; the names of top-level keys that were passed by."""
        self._skip()
        if self._peek() == "[":
            return []
        if self._peek() != "{":
            raise self._no_list()
        self.at += 1
        candidates: dict[str, int] = {}
        keys: list[str] = []
        self._skip()
        while self._peek() != "}":
            key = self._passed()
            self._expect(":")
            self._skip()
            start, kind = self.at, self._peek()
            value = self._passed()
            keys.append(str(key))
            if kind == "[" and value and isinstance(value[0], dict):
                candidates[str(key)] = start
            self._next()
        self.at += 1
        self._end()
        chosen = "data" if "data" in candidates else next(iter(candidates), None)
        if chosen is None or (chosen != "data" and len(candidates) > 1):
            raise self._no_list()
        self.at = candidates[chosen]
        self._inside = True
        return [key for key in keys if key != chosen]

    def entries(self) -> Iterator[tuple[int, str, dict[str, Any] | BrokenError]]:
        """(line, raw text, row or what is wrong with it) of each entry of the list here."""
        self._expect("[")
        self._skip()
        while self._peek() != "]":
            line, start = self._line_here(), self.at
            value: dict[str, Any] | BrokenError
            try:
                entry, end = self._decode(DECODER)
                value = checked_object(entry, self.text[start:end])
            except BrokenError as broken:
                value = broken
                _, end = self._decode(PLAIN)
            self.at = end
            yield line, self.text[start:end], value
            self._next()
        self.at += 1
        if not self._inside:
            self._end()

    def _passed(self) -> Any:
        value, self.at = self._decode(PLAIN)
        return value

    def _decode(self, decoder: json.JSONDecoder) -> tuple[Any, int]:
        try:
            return decoder.raw_decode(self.text, self.at)
        except RecursionError as error:
            raise self._broken() from error
        except json.JSONDecodeError as error:
            self.at = error.pos
            raise self._broken() from error

    def _next(self) -> None:
        """On to the next entry, or to the bracket that ends them."""
        self._skip()
        if self._peek() == ",":
            self.at += 1
            self._skip()
        elif self._peek() not in "]}":
            raise self._broken()

    def _end(self) -> None:
        self._skip()
        if self.at < len(self.text):
            raise self._broken()

    def _skip(self) -> None:
        text, at = self.text, self.at
        while at < len(text) and text[at] in _BLANKS:
            at += 1
        self.at = at

    def _peek(self) -> str:
        if self.at >= len(self.text):
            raise self._broken()
        return self.text[self.at]

    def _expect(self, character: str) -> None:
        self._skip()
        if self._peek() != character:
            raise self._broken()
        self.at += 1

    def _line_here(self) -> int:
        if self.at < self._counted:
            self.line, self._counted = 1, 0
        self.line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self.line

    def _broken(self) -> UserError:
        self.at = min(self.at, len(self.text))
        return UserError(
            QT_TRANSLATE_NOOP("engine", "The JSON is broken here."),
            QT_TRANSLATE_NOOP("engine", "Mend the line, or save the rows as CSV or JSON lines."),
            file=self.path,
            row=self._line_here(),
        )

    def _no_list(self) -> UserError:
        return UserError(
            QT_TRANSLATE_NOOP("engine", "The JSON holds no list of rows."),
            QT_TRANSLATE_NOOP(
                "engine", 'It should be [{"text": ...}, ...] or {"data": [{"text": ...}, ...]}.'
            ),
            file=self.path,
        )
