"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..core.ports import ReadAs

Json = Annotated[
    bool,
    typer.Option("--json", help="Events as JSON lines, the result as one object on the last."),
]
ProjectFolder = Annotated[
    Path, typer.Argument(metavar="PROJECT", help="The project's folder.", show_default=False)
]
RunName = Annotated[
    str | None,
    typer.Argument(metavar="[RUN]", help="The run's name; the newest where left out."),
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", help="Encoding of the file; found out by itself.")
]
Delimiter = Annotated[
    str | None, typer.Option("--delimiter", help="What stands between the columns of a CSV.")
]
Sheet = Annotated[str | None, typer.Option("--sheet", help="Sheet of a workbook; the first.")]

NoHeader = Annotated[
    bool,
    typer.Option("--no-header", help="The first row is data; columns: column_1, column_2 ..."),
]
TagColumn = Annotated[
    int | None,
    typer.Option("--tag-column", help="Of a CoNLL file, from 1: where the tags are.", min=1),
]

Quote = Annotated[
    str | None, typer.Option("--quote", help="Around fields: double, single or none; found out.")
]
Decimal = Annotated[
    str | None, typer.Option("--decimal", help="A comma turns 1.234,5 into 1234.5; else as it is.")
]
JoinExtra = Annotated[
    str | None,
    typer.Option(
        "--join-extra", metavar="COL", help="Mend rows of too many fields: join into COL."
    ),
]


def read_as(
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    no_header: bool = False,
    tag_column: int | None = None,
    quote: str | None = None,
    decimal: str | None = None,
    join: str | None = None,
) -> ReadAs:
    """How to read a file; `\\t` and `tab` stand for a tabulator."""
    from ..core.ports import ReadAs

    if delimiter is not None and delimiter.lower() in ("\\t", "tab"):
        delimiter = "\t"
    return ReadAs(
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        header=not no_header,
        tag_column=tag_column,
        quote=quote,
        decimal=decimal,
        join=join,
    )


def pairs(texts: list[str], option: str) -> list[tuple[str, str]]:
    """`NAME=VALUE` texts, split at the first `=`; UserError naming the option otherwise."""
    from ..core.errors import UserError
    from ..core.words import QT_TRANSLATE_NOOP

    found = []
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UserError(
                QT_TRANSLATE_NOOP("engine", '"{option} {text}" is not a NAME=VALUE pair.'),
                QT_TRANSLATE_NOOP(
                    "engine", "Write it as {option} NAME=VALUE; a NAME with = cannot be given so."
                ),
                option=option,
                text=text,
            )
        found.append((name.strip(), value))
    return found
