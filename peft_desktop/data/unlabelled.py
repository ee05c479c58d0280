"""The texts that a model is to get used to: where they come from, which are left out, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..core.errors import UserError
from ..core.events import Warned
from ..core.ports import ReadAs
from ..core.project import Project
from ..core.words import QT_TRANSLATE_NOOP

PLAIN = (".txt", ".md")  # a line is a text; other files are tables


@dataclass(frozen=True, slots=True)
class Texts:
    """Distinct texts, and how many were found and left out, by reason.

    `counts`: of_project, of_files, then left out: blank, repeated, in_test, in_valid (by text
    without differences of width, case and blanks).
    """

    texts: list[str]
    counts: dict[str, int]
    warnings: list[Warned] = field(default_factory=list)

    @property
    def characters(self) -> int:
        return sum(map(len, self.texts))


def texts_of(
    project: Project | None,
    files: Sequence[Path] = (),
    *,
    own: bool = True,
    column: str | None = None,
    read_as: ReadAs | None = None,
) -> Texts:
    """The texts of the project's training rows and of its rows without a label, and of `files`.

    Test and validation rows are never among them, nor what is alike in a file. A .txt or .md file
    has a text on each line; of a table it is `column`, else the column called as the project's,
    else the likeliest. Raises UserError for files that cannot be read and when no text is left.
    """
    found: list[str] = []
    kept_back: dict[str, set[str]] = {}
    warnings: list[Warned] = []
    if project is not None:
        found, kept_back = _of_project(project)
    found = found if own else []
    counts = {"of_project": len(found), "of_files": 0}
    named = project.file.roles.text if project is not None else ""
    for file in files:
        more, told = _of_file(file, named, column, read_as or ReadAs())
        counts["of_files"] += len(more)
        warnings += told
        found += more
    texts, left_out = _sorted_out(found, kept_back)
    counts |= left_out
    if not texts:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There are no texts to learn from."),
            QT_TRANSLATE_NOOP(
                "engine", "Give a file of texts that are not among the project's test rows."
            ),
            file=files[0] if files else None,
        )
    return Texts(texts, counts, warnings + _left_out(counts))


def _of_project(project: Project) -> tuple[list[str], dict[str, set[str]]]:
    """The texts to learn from, and those of the rows that models are judged by, normalised."""
    from .checks import normalised
    from .store import load_table, rows_by_id

    roles, splits = project.file.roles, project.file.splits
    table = load_table(project.folder)
    by_split = {
        name: [row[roles.text] for row in rows_by_id(table, ids, [roles.text])]
        for name, ids in splits.items()
    }
    kept_back = {
        name: {normalised(text) for text in texts}
        for name, texts in by_split.items()
        if name != "train"
    }
    found = list(by_split.get("train", []))
    if roles.label is not None:
        pairs = zip(table[roles.text].to_pylist(), table[roles.label].to_pylist(), strict=True)
        found += [text for text, label in pairs if not label.strip()]
    return found, kept_back


def _of_file(
    file: Path, named: str, column: str | None, how: ReadAs
) -> tuple[list[str], list[Warned]]:
    if file.suffix.lower() in PLAIN and column is None:
        return lines_of(file, how), []
    from .readers import ReadSettings, read_file
    from .roles import guess_roles, require

    read = read_file(file, ReadSettings(how.encoding, how.delimiter, how.sheet, how.header))
    names = list(read.table.column_names)
    if column is not None:
        require(names, column, field="text", file=str(file))
    chosen = column or (named if named in names else guess_roles(read.table).text)
    warnings = list(read.receipt.warnings)
    if read.rejected:
        warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", "{count} rows could not be read; the first is line {line}."
                ),
                {"count": len(read.rejected), "line": read.rejected[0].line},
            )
        )
    if column is None and chosen != named and len(names) > 1:
        warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine", 'The texts of {file} are taken from its column "{column}".'
                ),
                {"file": file.name, "column": chosen},
            )
        )
    return [str(text) for text in read.table[chosen].to_pylist()], warnings


def lines_of(file: Path, how: ReadAs) -> list[str]:
    """The lines of a plain file that are not blank. Raises UserError where it cannot be read."""
    from .encodings import find_encoding

    if not file.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no such file."),
            QT_TRANSLATE_NOOP("engine", "Check the name and the folder."),
            file=file,
        )
    try:
        content = file.read_text(encoding=find_encoding(file, how.encoding).codec)
    except OSError as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The file may not be opened, or another program holds it."),
            QT_TRANSLATE_NOOP("engine", "Close it there, or change its permissions."),
            file=file,
        ) from error
    return [line.strip() for line in content.split("\n") if line.strip()]


def _sorted_out(
    found: Sequence[str], kept_back: dict[str, set[str]]
) -> tuple[list[str], dict[str, int]]:
    from .checks import normalised

    counts = dict.fromkeys(("blank", "repeated", "in_test", "in_valid"), 0)
    texts, known = [], set()
    for text in found:
        plain = normalised(text)
        if not plain:
            counts["blank"] += 1
        elif plain in kept_back.get("test", ()):
            counts["in_test"] += 1
        elif any(plain in of_split for of_split in kept_back.values()):
            counts["in_valid"] += 1
        elif plain in known:
            counts["repeated"] += 1
        else:
            known.add(plain)
            texts.append(text)
    return texts, counts


def _left_out(counts: dict[str, int]) -> list[Warned]:
    if not (counts["in_test"] or counts["in_valid"]):
        return []
    return [
        Warned(
            QT_TRANSLATE_NOOP(
                "engine",
                "{test} texts stand among the test rows and {valid} among the validation rows; "
                "they are left out.",
            ),
            {"test": counts["in_test"], "valid": counts["in_valid"]},
        )
    ]
