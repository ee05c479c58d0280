"""Several files as one table: files side by side, a folder, a folder of class folders, a ZIP."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from peft_desktop.core.errors import UserError
from peft_desktop.core.events import Warned
from peft_desktop.core.files import sha256_of
from peft_desktop.core.words import QT_TRANSLATE_NOOP

from .encodings import find_encoding
from .imported import Member
from .source import ReadSettings, Source, empty_file
from .steady import Stamp, check_steady, stamp_of
from .unpacking import is_of_use, unpack

if TYPE_CHECKING:
    import pyarrow as pa

FILE, FOLDER, TEXT, LABEL, SPLIT = "file", "folder", "text", "label", "split"
_SPLITS = {"train", "training", "valid", "validation", "val", "dev", "test", "testing"} | {
    *("训练", "训练集", "验证", "验证集", "测试", "测试集")
}
_NOTES = ("readme", "license", "licence")
_WHOLE = (".txt", ".md", "")  # in a folder of a class, such a file is one text
Open = Callable[[Path, ReadSettings], Source]


@dataclass(frozen=True)
class _File:
    """`name` is how it is told; `more` are columns that its place gives each of its rows."""

    path: Path
    name: str
    more: dict[str, str]
    whole: bool = False


@dataclass
class BundleSource(Source):
    """`tables` fills `members`, how each file was read; a rejected row names its file."""

    files: list[_File] = field(default_factory=list)
    settings: ReadSettings = field(default_factory=ReadSettings)
    opener: Open | None = None
    stamps: dict[Path, Stamp | None] = field(default_factory=dict)

    def tables(self, rows: int) -> Iterator[pa.Table]:
        tables = [file for file in self.files if not file.whole]
        for file in tables:
            yield from self._table(file, rows)
        yield from self.row_tables(self._texts(), rows)
        for file in self.files:
            check_steady(file.path, self.stamps.get(file.path))

    def _table(self, file: _File, rows: int) -> Iterator[pa.Table]:
        import pyarrow as pa

        source = self._opened(file)
        read = 0
        try:
            for table in source.all_tables(rows):
                read += table.num_rows
                given = dict(zip(table.column_names, table.columns, strict=True))
                for name in self.columns:
                    if name in file.more or name not in given:
                        value = file.more.get(name, "")
                        given[name] = pa.repeat(pa.scalar(value, pa.string()), table.num_rows)
                yield pa.table([given[name] for name in self.columns], names=self.columns)
        except UserError as error:
            raise _named(error, file) from error
        self.rejected.extend(replace(row, file=file.name) for row in source.rejected)
        self.warnings.extend(w for w in source.warnings if w not in self.warnings)
        digest, size = source.identity()
        self.members.append(
            Member(
                file=file.name,
                sha256=digest,
                size_bytes=size,
                format=source.format,
                encoding=source.encoding,
                delimiter=source.delimiter,
                sheet=source.sheet,
                rows_read=read,
                rows_rejected=len(source.rejected),
            )
        )

    def _opened(self, file: _File) -> Source:
        assert self.opener is not None
        try:
            return self.opener(file.path, self.settings)
        except UserError as error:
            raise _named(error, file) from error

    def _texts(self) -> Iterator[list[str]]:
        """A row a file."""
        for file in self.files:
            if file.whole:
                try:
                    content = _text_of(file.path, self.settings)
                except UserError as error:
                    raise _named(error, file) from error
                cells = {TEXT: content, **file.more}
                yield [cells.get(name, "") for name in self.columns]

    def sources(self) -> list[Path]:
        return [file.path for file in self.files] if self.format == "files" else [self.path]

    def identity(self) -> tuple[str, int]:
        """One number for all files: the hash of their hashes and names, in order."""
        total, size = hashlib.sha256(), 0
        known = {member.file: member.sha256 for member in self.members}
        for file in self.files:
            size += file.path.stat().st_size
            digest = known.get(file.name) or sha256_of(file.path)
            total.update(f"{digest}  {file.name}\n".encode())
        return total.hexdigest(), size


def open_bundle(paths: Sequence[Path], settings: ReadSettings, opener: Open) -> Source:
    """`paths`: files to be joined, or one folder. `opener` opens a single file.

    Columns are those of all files; a column that a file lacks is empty there, and that is told.
    A column `file` says where a row comes from; folders give `label`, `folder` and `split`.
    """
    if len(paths) == 1 and paths[0].is_dir():
        files, others = _of_folder(paths[0])
        return _joined(paths[0], "folder", files, settings, opener, others)
    files = [_File(path, path.name, {FILE: path.name}) for path in paths]
    return _joined(paths[0], "files", files, settings, opener)


def open_zip(path: Path, settings: ReadSettings, opener: Open) -> Source:
    """The one table in it, or all its files as those of a folder."""
    folder = Path(tempfile.mkdtemp(prefix="peft-desktop-zip-"))
    try:
        unpack(path, folder)
        source = _of_unpacked(path, folder, settings, opener)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(source, shutil.rmtree, folder, ignore_errors=True)
    return source


def _of_unpacked(path: Path, folder: Path, settings: ReadSettings, opener: Open) -> Source:
    files, others = _of_folder(folder)
    if len(files) == 1 and not files[0].whole:
        files = [replace(files[0], more={})]
    return _joined(path, "zip", files, settings, opener, others)


def _joined(
    path: Path,
    kind: str,
    files: list[_File],
    settings: ReadSettings,
    opener: Open,
    others: Sequence[str] = (),
) -> BundleSource:
    if not files:
        raise empty_file(path) if kind == "zip" else _nothing_inside(path)
    source = BundleSource(path, kind, [], files=files, settings=settings, opener=opener)
    source.stamps = {file.path: stamp_of(file.path) for file in files}
    columns: dict[str, None] = {}
    own: dict[str, list[str]] = {}
    for file in files:
        own[file.name] = [TEXT] if file.whole else source._opened(file).columns
        columns.update(dict.fromkeys(own[file.name]))
    given = dict.fromkeys(name for file in files for name in file.more)
    for name in list(given):  # a table's own label is better than its folder's name
        if name in columns and name != FILE:
            for at, file in enumerate(files):
                if name in own[file.name]:
                    files[at] = replace(
                        file, more={k: v for k, v in file.more.items() if k != name}
                    )
    source.columns = [*columns, *(name for name in given if name not in columns)]
    lacking = sorted(
        {name for name in columns for file in files if name not in {*own[file.name], *file.more}}
    )
    if others:
        source.warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "{file}: {count} files are no tables and were passed over: {names}."
                ),
                {"file": path.name, "count": len(others), "names": ", ".join(others[:5])},
            )
        )
    if lacking:
        source.warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "{file}: not all files have the columns {columns}; they are empty there.",
                ),
                {"file": path.name, "columns": ", ".join(lacking[:5])},
            )
        )
    return source


def _of_folder(folder: Path) -> tuple[list[_File], list[str]]:
    """The files below a folder with what the folders' names say about them, and other files."""
    from .readers import READERS

    endings = {ending for reader in READERS for ending in reader.extensions}
    found: list[_File] = []
    others: list[str] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or not is_of_use(name):
            continue
        above = list(Path(name).parts[:-1])
        more: dict[str, str] = {FILE: name}
        named = [part for part in above if part.lower() in _SPLITS]
        if named:
            more[SPLIT] = named[0]
            above.remove(named[0])
        whole = bool(above) and path.suffix.lower() in _WHOLE
        if path.stem.lower().startswith(_NOTES) or not (whole or path.suffix.lower() in endings):
            others.append(name)
            continue
        if above:
            more[LABEL if whole else FOLDER] = above[-1]
        found.append(_File(path, name, more, whole))
    return found, others


def _text_of(path: Path, settings: ReadSettings) -> str:
    content = path.read_bytes()
    if settings.encoding is None:
        try:
            return content.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            pass
    return content.decode(find_encoding(path, settings.encoding).codec).strip()


def _named(error: UserError, file: _File) -> UserError:
    """The error with the file's name inside the ZIP or folder, not that of a copy."""
    error.file = file.name
    return error


def _nothing_inside(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The folder holds no files."),
        QT_TRANSLATE_NOOP("engine", "Choose one with tables or texts in it."),
        file=path,
    )
