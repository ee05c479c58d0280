#!/usr/bin/env python3
"""Label the rows of a CSV file with the model in this folder, or answer them.

    python predict.py INPUT.csv > OUTPUT.csv

The output has the input's columns, then predicted_label, probability and, where the model chooses
among labels, one column probability_<label> for each label; answers to questions stand in
predicted_answer as plain text. Needs Python 3.10 or newer with torch,
transformers, tokenizers and safetensors, and peft where the folder holds a LoRA or IA3 adapter.
Nothing is downloaded.
An adapter needs the model that it was trained on: it is looked for by its hash in the library of
PEFT Desktop, or is given with --base.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from prompt.loading import Unusable  # noqa: E402

CHUNK = 256  # rows that are read and labelled at a time


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; gives its exit code: 0, or 2 with one line on standard error."""
    parser = argparse.ArgumentParser(description="Label the rows of a CSV file.")
    parser.add_argument("input", type=Path, metavar="INPUT.csv")
    parser.add_argument("--base", type=Path, metavar="DIR", help="folder of the base model")
    parser.add_argument("--encoding", help="of the input; found out if left out")
    parser.add_argument("--delimiter", help="of the input; found out if left out")
    asked = parser.parse_args(arguments)
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TQDM_DISABLE="1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries tell programmers
    try:
        label(asked.input, asked.base, asked.encoding, asked.delimiter)
    except Unusable as error:
        print(f"predict.py: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def label(source: Path, base: Path | None, encoding: str | None, delimiter: str | None) -> None:
    """Write the rows of `source` with their labels to standard output."""
    encoding = encoding or encoding_of(source)
    lines = rows_of(source, encoding, delimiter)
    try:
        columns = next(lines)
    except StopIteration:
        raise Unusable(f"{source} is empty.") from None
    model = opened(base)
    added = model.added
    for name in model.columns:
        if name not in columns:
            raise Unusable(f"{source}: the prompt needs the column {name!r}; there are {columns}.")
    for name in added:
        if name in columns:
            raise Unusable(f"{source}: there is a column {name!r} already; rename or remove it.")
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*columns, *added])
    while chunk := [row for _, row in zip(range(CHUNK), lines)]:  # noqa: B905
        texts = [dict(zip(columns, row)) for row in chunk]  # noqa: B905
        for row, found in zip(chunk, model.answers(texts)):  # noqa: B905
            out.writerow([*row, *(found[name] for name in added)])
        sys.stdout.flush()


def opened(base: Path | None) -> Any:
    """The model of this folder: it points at the text, writes, or chooses among labels."""
    from prompt.loading import description

    if description(HERE).get("spans"):
        from prompt.spans import Pointer

        return Pointer(HERE, base)
    if description(HERE).get("answering"):
        from prompt.records import Answerer

        return Answerer(HERE, base)
    if description(HERE).get("writing"):
        from prompt.writing import Writer

        return Writer(HERE, base)
    if description(HERE).get("thresholds"):
        from prompt.lists import ListClassifier

        return ListClassifier(HERE, base)
    from prompt.scoring import Classifier

    return Classifier(HERE, base)


def encoding_of(source: Path) -> str:
    """UTF-8, or else the Chinese encoding GB18030, or else the Western one."""
    try:
        with source.open("rb") as file:
            if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
                return "utf-16"
        for name in ("utf-8-sig", "gb18030"):
            try:
                with source.open(encoding=name) as lines:
                    while lines.read(2**20):
                        pass
            except UnicodeDecodeError:
                continue
            return name
    except OSError as error:
        raise Unusable(f"{source} cannot be read: {error.strerror}.") from error
    return "cp1252"


def rows_of(source: Path, encoding: str, delimiter: str | None) -> Iterator[list[str]]:
    """The header, then the rows, all of its length; blank lines are passed over."""
    csv.field_size_limit(2**31 - 1)
    try:
        with source.open(encoding=encoding, newline="") as file:
            first = file.readline()
            file.seek(0)
            delimiter = delimiter or max(",;\t|", key=first.count)
            width = 0
            reader = csv.reader(file, delimiter=delimiter)
            for row in reader:
                width = width or len(row)
                if len(row) > width:
                    where = f"{source}, line {reader.line_num}"
                    raise Unusable(f"{where}: {len(row)} cells, but the header has {width}.")
                if row:
                    yield row + [""] * (width - len(row))
    except (OSError, UnicodeError, LookupError, csv.Error, TypeError) as error:
        raise Unusable(f"{source} cannot be read as {encoding} CSV: {error}.") from error


if __name__ == "__main__":
    sys.exit(main())
