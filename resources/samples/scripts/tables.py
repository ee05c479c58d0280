"""What all composing scripts share: comparing texts, choosing rows, writing files."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


def normalised(text: str) -> str:
    """Lower-case words only: two texts that differ in case, width, spaces or marks are one."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower()))


def without_repeats(
    rows: Iterable[tuple[str, str]], seen: set[str] | None = None
) -> list[tuple[str, str]]:
    """The (text, label) rows whose normalised text was not in `seen`, which grows."""
    seen = set() if seen is None else seen
    kept = []
    for text, label in rows:
        key = normalised(text)
        if key and key not in seen:
            seen.add(key)
            kept.append((text, label))
    return kept


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A UTF-8 CSV with line feeds, the same bytes on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_json(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def write_jsonl(path: Path, rows: Iterable[Any]) -> None:
    """A JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
