"""Compose `restaurant_texts`, `restaurant_fields` and `restaurant_topics` of the E2E NLG data."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tables import normalised, write_csv, write_jsonl

FILES = {"train": "devel-fixed.no-ol.csv", "test": "test-fixed.csv"}
ROWS = {"train": 600, "test": 200}
# the fields that a text can say in the very words of the source
FIELDS = {
    "name": "name",
    "eatType": "type",
    "food": "food",
    "priceRange": "price range",
    "customer rating": "customer rating",
    "area": "area",
    "near": "near",
}
TOPICS = {
    "eatType": "kind of place",
    "food": "food",
    "priceRange": "price",
    "customer rating": "rating",
    "area": "area",
    "familyFriendly": "children",
    "near": "landmark",
}
_PART = re.compile(r"(\w[\w ]*)\[([^\]]*)\]")


def compose(data: Path, out: Path, seed: int) -> None:
    """All three below `out`; no source and no text is in both files of a sample."""
    taken: dict[str, set[str]] = {name: set() for name in ("texts", "fields", "topics")}
    for split in ("test", "train"):
        rows = list(_rows(data / "e2e_nlg" / "cleaned-data" / FILES[split]))
        random.Random(seed).shuffle(rows)
        texts = _chosen(rows, taken["texts"], ROWS[split])
        write_csv(
            out / "restaurant_texts" / f"{split}.csv",
            ("facts", "reference"),
            [(_facts(values), text) for values, text in texts],
        )
        said = [(values, text) for values, text in rows if _fields(values, text) is not None]
        fields = _chosen(said, taken["fields"], ROWS[split])
        write_jsonl(
            out / "restaurant_fields" / f"{split}.jsonl",
            [{"text": text, "fields": _fields(values, text)} for values, text in fields],
        )
        topics = _chosen(rows, taken["topics"], ROWS[split])
        write_jsonl(
            out / "restaurant_topics" / f"{split}.jsonl",
            [
                {"text": text, "topics": [TOPICS[name] for name in TOPICS if name in values]}
                for values, text in topics
            ],
        )


Fact = tuple[dict[str, str], str]


def _rows(path: Path) -> Iterable[Fact]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values = {name.strip(): value.strip() for name, value in _PART.findall(row["mr"])}
            yield values, " ".join(row["ref"].split())


def _chosen(rows: Iterable[Fact], taken: set[str], count: int) -> list[Fact]:
    """`count` rows, each with a source and a text that were not there before."""
    found: list[Fact] = []
    for values, text in rows:
        keys = {_facts(values), normalised(text)}
        if len(found) < count and not keys & taken:
            taken |= keys
            found.append((values, text))
    return found


def _facts(values: dict[str, str]) -> str:
    return "; ".join(f"{name} = {value}" for name, value in values.items())


def _fields(values: dict[str, str], text: str) -> dict[str, Any] | None:
    """The fields as the text writes them, null where it does not say; None where the text puts
    one in other words."""
    found: dict[str, Any] = {}
    for name, title in FIELDS.items():
        found[title] = None
        if name in values:
            place = text.casefold().find(values[name].casefold())
            if place < 0:
                return None
            found[title] = text[place : place + len(values[name])]
    return found
