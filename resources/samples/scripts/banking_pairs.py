"""Compose `banking_pairs`: do two questions of bank customers ask for the same thing?"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from pathlib import Path

from tables import normalised, write_csv

SOURCE = "banking77"
PAIRS = {"train": 800, "test": 300}  # as many of each label
NEAR = 0.5  # of the different pairs, intents that share a word of their names


def compose(data: Path, out: Path, seed: int) -> None:
    """Each question is in one pair at most, and none of the test's is in the training file."""
    seen: set[str] = set()
    for split in ("test", "train"):
        with (data / SOURCE / f"{split}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        chance = random.Random(f"{seed} {split}")
        chance.shuffle(rows)
        of_intent: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            text = " ".join(row["text"].split())
            if normalised(text) not in seen:
                seen.add(normalised(text))
                of_intent[row["category"]].append(text)
        write_csv(
            out / f"{split}.csv",
            ("question_1", "question_2", "label"),
            _pairs(of_intent, PAIRS[split], chance),
        )


def _pairs(
    of_intent: dict[str, list[str]], count: int, chance: random.Random
) -> list[tuple[str, str, str]]:
    intents = sorted(of_intent)
    found: list[tuple[str, str, str]] = []
    while len(found) < count:
        same = len(found) % 2 == 0
        first = chance.choice([name for name in intents if len(of_intent[name]) > 1])
        second = first
        if not same:
            others = [name for name in intents if name != first and of_intent[name]]
            words = set(first.lower().split("_")) - {"a", "by", "or", "to", "my", "not", "card"}
            near = [name for name in others if words & set(name.lower().split("_"))]
            second = chance.choice(near if near and chance.random() < NEAR else others)
        pair = of_intent[first].pop(), of_intent[second].pop()
        found.append((*pair, "same" if same else "different"))
    chance.shuffle(found)
    return found
