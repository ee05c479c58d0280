"""Compose `xquad_en` and `xquad_zh`: questions on texts, split by article, as SQuAD writes them."""

from __future__ import annotations

import json
import random
from pathlib import Path

from tables import write_json

ARTICLES = {"train": 20, "test": 8}


def compose(data: Path, out: Path, language: str, seed: int) -> None:
    """Whole articles: the same ones in every language, none in both files."""
    source = data / "xquad" / f"xquad.{language}.json"
    articles = json.loads(source.read_text(encoding="utf-8"))["data"]
    order = list(range(len(articles)))
    random.Random(seed).shuffle(order)
    first = 0
    for split, count in ARTICLES.items():
        chosen = sorted(order[first : first + count])
        first += count
        content = {"version": "1.1", "data": [articles[place] for place in chosen]}
        write_json(out / f"{split}.json", content)
