"""The file formats that can be read: one reader a file, one line here for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .. import recognise
from ..bundle import open_bundle, open_zip
from ..conll import is_tagged
from ..imported import Imported
from ..source import Chunks, Reader, ReadSettings, Source, collected, empty_file
from ..steady import check_steady, stamp_of
from .conll_file import ConllReader
from .csv_file import CsvReader
from .feather_file import FeatherReader
from .json_file import JsonReader
from .jsonl_file import JsonlReader
from .parquet_file import ParquetReader
from .tsv_file import TsvReader
from .txt_file import TxtReader
from .xlsx_file import XlsxReader

READERS: tuple[Reader, ...] = (
    CsvReader(),
    TsvReader(),
    TxtReader(),
    JsonlReader(),
    JsonReader(),
    XlsxReader(),
    ParquetReader(),
    FeatherReader(),
    ConllReader(),
)

Where = Path | str | Sequence[Path]  # a file, a folder, a ZIP, or several files

__all__ = [
    "READERS",
    "Chunks",
    "ReadSettings",
    "Reader",
    "Where",
    "opened",
    "read_chunks",
    "read_file",
]


def read_file(path: Where, settings: ReadSettings | None = None) -> Imported:
    """The whole file as a table of texts, with its receipt and the rows that did not fit.

    Raises UserError where the file as a whole cannot be read.
    """
    return collected(opened(path, settings))


def read_chunks(path: Where, settings: ReadSettings | None = None, rows: int = 1000) -> Chunks:
    """The file in tables of at most `rows` rows, in constant memory (JSON alone is held whole).

    The result also has `columns` at once, and `rejected` and `warnings` that are complete when
    the last table was taken. Raises UserError where the file as a whole cannot be read.
    """
    return Chunks(opened(path, settings), rows)


def opened(path: Where, settings: ReadSettings | None = None) -> Source:
    """A source to be read once. Raises UserError where it cannot be understood as a whole."""
    told = settings or ReadSettings()
    several = [Path(path)] if isinstance(path, (str, Path)) else [Path(each) for each in path]
    if len(several) > 1:
        source = open_bundle(several, told, _opened)
    elif several[0].is_dir():
        source = open_bundle(several, told, _opened)
        source.stamp = stamp_of(several[0])
    else:
        source = _opened(several[0], told)
    source.read_as = told.model_dump(exclude_defaults=True)
    return source


def _opened(path: Path, settings: ReadSettings) -> Source:
    stamp = stamp_of(path)
    try:
        reader, warning = _reader_for(path)
        source = reader.open(path, settings) if reader else open_zip(path, settings, _opened)
    except UnicodeError:  # the encoding was found out just before
        check_steady(path, stamp)
        raise
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no such file."),
            QT_TRANSLATE_NOOP("engine", "Check the name and the folder."),
            file=path,
        ) from error
    except IsADirectoryError as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This is a folder, not a file."),
            QT_TRANSLATE_NOOP("engine", "Choose a file in it."),
            file=path,
        ) from error
    except PermissionError as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The file may not be opened, or another program holds it."),
            QT_TRANSLATE_NOOP("engine", "Close it there, or change its permissions."),
            file=path,
        ) from error
    source.stamp = stamp
    if warning is not None:
        source.warnings.insert(0, warning)
    return source


def _named(name: str) -> Reader:
    return next(reader for reader in READERS if reader.name == name)


_ALIKE = {"json", "jsonl"}  # both endings are in use for both


def _reader_for(path: Path) -> tuple[Reader | None, Warned | None]:
    """By content where it is plain, by the name's ending otherwise; None for a ZIP of files."""
    if path.is_dir():
        raise IsADirectoryError(str(path))
    if path.stat().st_size == 0:
        raise empty_file(path)
    ending = path.suffix.lower()
    by_name = next((r for r in READERS if ending in r.extensions), None)
    content = recognise.content_of(path)
    if content == recognise.ZIP:
        return None, None
    maybe = content == recognise.TEXT and (by_name is None or ending in (".txt", ".tsv"))
    if maybe and is_tagged(path):
        return _named("conll"), None
    by_content = _by_content(content, by_name)
    if by_name is None and content == recognise.TEXT:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'Files that end in "{ending}" are not known.'),
            QT_TRANSLATE_NOOP("engine", "Known are: {known}."),
            file=path,
            ending=ending,
            known=", ".join(e for r in READERS for e in r.extensions),
        )
    if by_name is None or by_content is by_name or {by_content.name, by_name.name} == _ALIKE:
        return by_content, None
    return by_content, Warned(
        QT_TRANSLATE_NOOP(
            "engine", "{file} is really a {format} file, whatever its name; it was read as such."
        ),
        {"file": path.name, "format": by_content.name.upper()},
    )


def _by_content(content: str, by_name: Reader | None) -> Reader:
    if content in (recognise.XLSX, recognise.PARQUET, recognise.FEATHER):
        return _named(content)
    if by_name is None:
        return _named("csv") if content == recognise.TEXT else _named(content)
    if by_name.name in ("csv", "tsv", "txt"):
        # a header may begin with a bracket; only whole objects prove JSON
        return _named("jsonl") if content == recognise.JSONL else by_name
    if by_name.name == "conll" and content == recognise.TEXT:
        return by_name
    if by_name.name in ("json", "jsonl"):
        return by_name if content == recognise.TEXT else _named(content)
    return _named("csv" if content == recognise.TEXT else content)
