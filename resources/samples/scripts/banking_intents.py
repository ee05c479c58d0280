"""Compose `banking_intents`: all of BANKING77, without repeated texts."""

from __future__ import annotations

import csv
from pathlib import Path

from tables import without_repeats, write_csv

SOURCE = "banking77"


def compose(data: Path, out: Path) -> None:
    """Write train.csv and test.csv under `out`; a training text that is in the test is left out."""
    seen: set[str] = set()
    for name in ("test.csv", "train.csv"):
        with (data / SOURCE / name).open(encoding="utf-8", newline="") as file:
            rows = [(" ".join(r["text"].split()), r["category"]) for r in csv.DictReader(file)]
        write_csv(out / name, ("text", "label"), without_repeats(rows, seen))
