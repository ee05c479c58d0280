"""Which character stands between two fields: the one that gives the rows the header's shape."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from peft_desktop.core.errors import UserError
from peft_desktop.core.words import QT_TRANSLATE_NOOP

CANDIDATES = (",", "\t", ";", "|", "，")
ONE_COLUMN = "\x1f"  # never found in text: the line is the field
_NAMES = {
    "tab": "\t",
    "\\t": "\t",
    "comma": ",",
    "semicolon": ";",
    "pipe": "|",
    "none": ONE_COLUMN,
}


@dataclass(frozen=True)
class Shape:
    """The delimiter, whether quotation marks enclose fields, and how the sample's rows fit.

    `fields` is how many fields a row has.
    """

    delimiter: str
    quoted: bool
    fields: int
    fitting: float
    quote: str = '"'


_QUOTES = {'"': '"', "'": "'", "double": '"', "single": "'", "none": ""}


def told_quote(text: str) -> str:
    """The mark that the user means; empty: quotation marks are part of the texts."""
    if text.strip().lower() not in _QUOTES:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", '"{quote}" cannot be the quotation mark.'),
            QT_TRANSLATE_NOOP("engine", "Use double, single or none."),
            field="quote",
            quote=text,
        )
    return _QUOTES[text.strip().lower()]


def told_delimiter(text: str) -> str:
    """The character that the user means (`tab` and `\\t` mean a tab)."""
    wanted = _NAMES.get(text.strip().lower() or text, text)
    if len(wanted) != 1 or wanted in '"\r\n\0':
        raise UserError(
            QT_TRANSLATE_NOOP("engine", '"{delimiter}" cannot be a delimiter.'),
            QT_TRANSLATE_NOOP("engine", "Use one character, for example a comma, or the word tab."),
            field="delimiter",
            delimiter=text,
        )
    return wanted


def find_shape(
    lines: Sequence[str], told: str | None, header: bool, quote: str | None = None
) -> Shape:
    """Judge the first `lines` (with their line ends) of a file; `told` is the user's delimiter,
    `quote` the user's quotation mark (empty: none)."""
    if quote is not None and quote != '"':
        return _shape_with(lines, told, header, quote)
    if told is not None:
        return _shape(lines, told, header)
    shapes = [_shape(lines, d, header) for d in CANDIDATES]
    several = [s for s in shapes if s.fields > 1]
    fitting = [s for s in several if s.fitting > 0]
    if fitting:
        return max(fitting, key=lambda s: (round(s.fitting, 2), s.fields))
    # no row has the header's shape: unquoted delimiters in every text, or one column whose name
    # happens to hold one
    split = [s for s in several if _is_split(lines, s.delimiter)]
    if split:
        return max(split, key=lambda s: s.fields)
    return _shape(lines, ONE_COLUMN, header)


def rivals(lines: Sequence[str], shape: Shape, header: bool) -> list[str]:
    """Other delimiters that would split the rows as evenly into as many fields or more."""
    if shape.delimiter == ONE_COLUMN or len(lines) < 2:
        return []
    others = [_shape(lines, d, header) for d in CANDIDATES if d != shape.delimiter]
    return [
        o.delimiter
        for o in others
        if o.fields > 1 and o.fitting > 0.5 and o.fitting > shape.fitting - 0.02
    ]


def _shape_with(lines: Sequence[str], told: str | None, header: bool, quote: str) -> Shape:
    """Where the user said which mark encloses fields, or that none does."""
    shapes = []
    for delimiter in CANDIDATES if told is None else (told,):
        fields, fitting, _ = _judged(lines, delimiter, bool(quote), header, quote or '"')
        shapes.append(Shape(delimiter, bool(quote), fields, fitting, quote or '"'))
    several = [s for s in shapes if s.fields > 1 and s.fitting > 0]
    if several or told is not None:
        return max(several or shapes, key=lambda s: (round(s.fitting, 2), s.fields))
    return Shape(ONE_COLUMN, bool(quote), 1, 1.0, quote or '"')


def split_rows(
    lines: Sequence[str], delimiter: str, quoted: bool, quote: str = '"'
) -> tuple[list[list[str]], int]:
    """The rows of a sample, and how many times a quotation mark was out of place."""
    rows: list[list[str]] = []
    errors = 0
    start = 0
    while start < len(lines):
        reader = csv.reader(
            lines[start:],
            delimiter=delimiter,
            quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
            quotechar=quote,
            strict=True,
        )
        before = 0
        try:
            for row in reader:
                before = reader.line_num
                if row:
                    rows.append(row)
            break
        except csv.Error:
            errors += 1
            start += before + 1
            if errors > 50:  # enough to know
                break
    return rows, errors


def _shape(lines: Sequence[str], delimiter: str, header: bool) -> Shape:
    quoted = _judged(lines, delimiter, True, header)
    if quoted[2] == 0 or delimiter != "\t":  # elsewhere quotation marks are part of the format
        return Shape(delimiter, True, quoted[0], quoted[1])
    literal = _judged(lines, delimiter, False, header)
    better = literal[1] > max(quoted[1], 0.99) and not _encloses(lines, delimiter)
    fields, fitting, _ = literal if better else quoted
    return Shape(delimiter, not better, fields, fitting)


def _encloses(lines: Sequence[str], delimiter: str) -> bool:
    """Whether most fields that begin with a quotation mark also end with one."""
    rows, _ = split_rows(lines, delimiter, False)
    begun = [field for row in rows for field in row if field.startswith('"')]
    return sum(1 for field in begun if field.endswith('"') and len(field) > 1) * 2 > len(begun)


def _judged(
    lines: Sequence[str], delimiter: str, quoted: bool, header: bool, quote: str = '"'
) -> tuple[int, float, int]:
    rows, errors = split_rows(lines, delimiter, quoted, quote)
    if not rows:
        return 1, 0.0, errors
    counts = Counter(len(row) for row in (rows[1:] if header else rows))
    fields = len(rows[0]) if header else counts.most_common(1)[0][0]
    total = sum(counts.values()) + errors
    if not counts:  # nothing but the header could be split: it is all there is to go by
        return fields, 0.01 if errors else 1.0, errors
    return fields, counts[fields] / total, errors


def _is_split(lines: Sequence[str], delimiter: str) -> bool:
    rows, _ = split_rows(lines, delimiter, True)
    return sum(1 for row in rows[1:] if len(row) > 1) * 2 > len(rows) - 1
