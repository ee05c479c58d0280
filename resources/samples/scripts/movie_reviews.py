"""Compose `movie_reviews`: balanced, seeded rows of the Sentence Polarity Dataset."""

from __future__ import annotations

import random
from pathlib import Path

from tables import normalised, without_repeats, write_csv

SOURCE = "nltk_sentence_polarity"
FILES = {"negative": "rt-polarity.neg", "positive": "rt-polarity.pos"}
ROWS_PER_CLASS = 500


def _decoded(content: bytes) -> str:
    """Copies of this corpus exist in UTF-8 and in latin-1, which reads any byte: so it is last."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def compose(data: Path, out: Path, seed: int) -> None:
    """Write train.csv and test.csv under `out`: ROWS_PER_CLASS rows of each label in each."""
    by_label: dict[str, list[str]] = {}
    for label, name in FILES.items():
        lines = _decoded((data / SOURCE / name).read_bytes()).split("\n")
        by_label[label] = [" ".join(line.split()) for line in lines if line.strip()]
    keys = {label: {normalised(text) for text in texts} for label, texts in by_label.items()}
    contradicted = keys["negative"] & keys["positive"]

    rng = random.Random(seed)
    train: list[tuple[str, str]] = []
    test: list[tuple[str, str]] = []
    for label, texts in by_label.items():
        rows = without_repeats((t, label) for t in texts if normalised(t) not in contradicted)
        rng.shuffle(rows)
        train += rows[:ROWS_PER_CLASS]
        test += rows[ROWS_PER_CLASS : 2 * ROWS_PER_CLASS]
    for name, part in (("train.csv", train), ("test.csv", test)):
        rng.shuffle(part)
        write_csv(out / name, ("text", "label"), part)
