"""XLSX: one sheet of a workbook; numbers and dates as one reads them in Excel."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from ..source import Reader, ReadSettings, Source, clean_header, empty_file, numbered_columns

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST_CELL = 32_767  # what Excel can hold, in characters
_BIGGEST_UNPACKED = 4 * 2**30  # bytes
_MOST_PACKED = 500  # times smaller than its content: no real workbook is


@dataclass
class XlsxSource(Source):
    """The sheet's cells are in memory (Excel has a million rows at most)."""

    cells: Sequence[Sequence[Any]] = ()
    kept: tuple[int, ...] = ()

    def tables(self, rows: int) -> Iterator[pa.Table]:
        yield from self.row_tables(self._rows(), rows)

    def _rows(self) -> Iterator[list[str]]:
        blank = blank_now = full = 0
        for cells in self.cells:
            row = [as_text(cells[i]) for i in self.kept]
            if not any(row):
                blank_now += 1
                continue
            blank, blank_now = blank + blank_now, 0
            full += sum(1 for cell in row if len(cell) >= LONGEST_CELL)
            yield row
        if blank:
            self.warnings.append(
                Warned(
                    QT_TRANSLATE_NOOP("engine", "{file}: {count} blank lines were passed over."),
                    {"file": self.path.name, "count": blank},
                )
            )
        if full:
            self.warnings.append(
                Warned(
                    QT_TRANSLATE_NOOP(
                        "engine",
                        "{file}: {count} cells are as long as Excel allows (32,767 characters) "
                        "and may have been cut before.",
                    ),
                    {"file": self.path.name, "count": full},
                )
            )


class XlsxReader(Reader):
    """The first visible sheet that holds something, or the one that is named."""

    name = "xlsx"
    extensions = (".xlsx", ".xlsm")

    def open(self, path: Path, settings: ReadSettings) -> Source:
        import python_calamine

        _refuse_bombs(path)
        try:
            with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
                name, others = _chosen(book, settings.sheet, path)
                sheet = book.get_sheet_by_name(name)
                cells = sheet.to_python(skip_empty_area=True)
                merged = len(sheet.merged_cell_ranges or ())
                position = list(book.sheet_names).index(name)
        except python_calamine.PasswordError as error:
            raise _locked(path) from error
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            raise _damaged(path) from error
        first = next((i for i, row in enumerate(cells) if any(_filled(c) for c in row)), None)
        if first is None:
            raise empty_file(path)
        source = XlsxSource(path, self.name, [], sheet=name)
        body = cells[first + 1 :] if settings.header else cells[first:]
        names = [as_text(cell) for cell in cells[first]]
        if settings.header:
            # columns without a name and without a value are the sheet's margin
            source.kept = tuple(
                i
                for i, title in enumerate(names)
                if title.strip() or any(_filled(row[i]) for row in body)
            )
            source.columns, source.header_changes = clean_header(
                [names[i] for i in source.kept], path
            )
        else:
            source.kept = tuple(range(len(names)))
            source.columns = numbered_columns(len(names))
        source.cells = body
        source.warnings.extend(_told(path, name, others, merged, _lost_cells(path, position)))
        return source


def as_text(value: Any) -> str:
    """A cell as Excel shows it, without rounding: 7 and not 7.0, a date without midnight."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return "" if value is None else str(value)


def _filled(cell: Any) -> bool:
    return cell is not None and cell != ""


def _chosen(book: Any, wanted: str | None, path: Path) -> tuple[str, list[str]]:
    """The sheet to read and the other visible ones that hold something."""
    names = list(book.sheet_names)
    if wanted is not None:
        if wanted in names:
            return wanted, []
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'There is no sheet "{sheet}".'),
            QT_TRANSLATE_NOOP("engine", "The sheets are: {sheets}."),
            file=path,
            sheet=wanted,
            sheets=", ".join(names),
        )
    visible = [m.name for m in book.sheets_metadata if str(m.visible).endswith(".Visible")]
    filled = [n for n in visible if _has_cells(book, n)] or [
        n for n in names if _has_cells(book, n)
    ]
    if not filled:
        raise empty_file(path)
    return filled[0], filled[1:]


def _has_cells(book: Any, name: str) -> bool:
    try:
        return bool(book.get_sheet_by_name(name).height > 0)
    except Exception:  # a chart sheet has no cells
        return False


def _told(
    path: Path, sheet: str, others: list[str], merged: int, lost: list[str]
) -> Iterator[Warned]:
    if others:
        yield Warned(
            QT_TRANSLATE_NOOP(
                "engine", '{file}: the sheet "{sheet}" was read; there are also: {others}.'
            ),
            {"file": path.name, "sheet": sheet, "others": ", ".join(others)},
        )
    if merged:
        yield Warned(
            QT_TRANSLATE_NOOP(
                "engine",
                "{file}: {count} areas of merged cells; only the first cell of each has the value.",
            ),
            {"file": path.name, "count": merged},
        )
    if lost:
        yield Warned(
            QT_TRANSLATE_NOOP(
                "engine",
                "{file}: {count} cells hold an error or a formula without a stored result and "
                "are read as empty, the first at {cell}; open the file in Excel and save it.",
            ),
            {"file": path.name, "count": len(lost), "cell": lost[0]},
        )


_LOST = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+\d+)"(?:'
    rb'[^>]*?\bt="e"[^>]*>'  # an error value
    rb"|[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>)"  # no stored result
)


def _lost_cells(path: Path, position: int) -> list[str]:
    """Addresses of the cells whose value the file does not hold; the library reads them empty."""
    with zipfile.ZipFile(path) as packed:
        name = _part(packed, position)
        if name not in packed.namelist():
            return []
        found: list[str] = []
        with packed.open(name) as file:
            rest = b""
            while block := file.read(2**20):
                rest += block
                cut = rest.rfind(b"</row>")
                if cut >= 0:
                    found += [m[1].decode() for m in _LOST.finditer(rest, 0, cut)]
                    rest = rest[cut:]
        return found


def _part(packed: zipfile.ZipFile, position: int) -> str:
    """The name inside the workbook of the sheet at `position` (from 0)."""
    try:
        book = packed.read("xl/workbook.xml")
        links = packed.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return ""
    sheets = re.findall(rb'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"', book)
    targets = {}
    for link in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", links):
        key, target = re.search(rb'\bId="([^"]+)"', link), re.search(rb'\bTarget="([^"]+)"', link)
        if key and target:
            targets[key[1]] = target[1].decode()
    part = targets.get(sheets[position], "") if position < len(sheets) else ""
    return part.lstrip("/") if part.startswith("/") else f"xl/{part}"


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(path) from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _BIGGEST_UNPACKED or (
        unpacked > 100 * 2**20 and unpacked > _MOST_PACKED * path.stat().st_size
    ):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The workbook unpacks to {size} MB, too much to be safe."),
            QT_TRANSLATE_NOOP("engine", "Save the sheet as CSV and read that."),
            file=path,
            size=unpacked // 2**20,
        )


def _locked(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The workbook is protected by a password."),
        QT_TRANSLATE_NOOP("engine", "Save it without the password."),
        file=path,
    )


def _damaged(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The workbook is damaged or no .xlsx file."),
        QT_TRANSLATE_NOOP("engine", "Open it in Excel and save it as .xlsx."),
        file=path,
    )
