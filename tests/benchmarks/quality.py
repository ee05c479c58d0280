"""How long the checks of the data take: near duplicates in 100,000 texts, the rest in 1,000,000.

The texts are made: sentences of 8 to 40 words of a vocabulary of 20,000, one in twenty a copy of an
earlier one with a word changed (near), one in fifty the same text again (exact).
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

import numpy as np

NEAR_ROWS, ROWS = 100_000, 1_000_000


def texts_of(rows: int, seed: int = 7) -> list[str]:
    dice = np.random.default_rng(seed)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    sizes = dice.integers(2, 11, 20_000)
    words = ["".join(dice.choice(letters, size)) for size in sizes]
    # frequent words are frequent
    share = 1 / np.arange(1, len(words) + 1)
    lengths = dice.integers(8, 41, rows)
    drawn = dice.choice(len(words), int(lengths.sum()), p=share / share.sum()).tolist()
    texts, at = [], 0
    for row, size in enumerate(lengths.tolist()):
        chosen = drawn[at : at + size]
        at += size
        if row and row % 20 == 0:
            again = texts[int(dice.integers(0, row))].split(" ")
            again[int(dice.integers(0, len(again)))] = "changed"
            texts.append(" ".join(again))
        elif row and row % 50 == 1:
            texts.append(texts[int(dice.integers(0, row))])
        else:
            texts.append(" ".join(words[n] for n in chosen))
    return texts


def table_of(rows: int) -> Any:
    import pyarrow as pa

    names = ("positive", "negative", "neither")
    return pa.table(
        {
            "text": texts_of(rows),
            "label": [names[n % 3] for n in range(rows)],
            "author": [f"author {n % 5000}" for n in range(rows)],
            "_row_id": pa.array(range(rows), pa.int64()),
        }
    )


def measure(rows: int, near: bool) -> dict[str, Any]:
    """Seconds of the whole check, the longest silence between two events, and what was found."""
    from peft_desktop.core.events import PhaseChanged
    from peft_desktop.data.quality import Look, check

    table = table_of(rows)
    ids = list(range(rows))
    splits = {
        "train": ids[: rows * 7 // 10],
        "valid": ids[rows * 7 // 10 : rows * 17 // 20],
        "test": ids[rows * 17 // 20 :],
    }
    look = Look("text", "label", splits=splits, roles={"text": "text", "label": "label"}, near=near)
    began = last = time.perf_counter()
    silence, phase, spent = 0.0, "", {}
    work = check(table, look)
    while True:
        try:
            event = next(work)
        except StopIteration as end:
            report = end.value
            break
        now = time.perf_counter()
        silence = max(silence, now - last)
        spent[phase] = spent.get(phase, 0.0) + now - last
        if isinstance(event, PhaseChanged):
            phase = event.phase
        last = now
    return {
        "rows": rows,
        "seconds": round(time.perf_counter() - began, 2),
        "longest_silence": round(silence, 2),
        "phases": {name: round(seconds, 2) for name, seconds in spent.items() if name},
        "found": {each.kind: len(each.rows) for each in report.findings},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="not needed: the texts are made")
    parser.parse_args()
    for rows, near in ((NEAR_ROWS, True), (ROWS, False)):
        found = measure(rows, near)
        found["peak_memory_mb"] = peak_memory()
        print(json.dumps(found, indent=1))


def peak_memory() -> int:
    """The peak of this process in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
