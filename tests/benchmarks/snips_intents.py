"""Snips intents, 7 classes, 8 rows a class to train and 8 to choose by; all 700 validation rows.

MiniLM with the sum loss and by contrast, three seeds. `--data FOLDER` holds `snips/`. Each cell is
the command line as a user runs it. The goal is an accuracy of 0.93.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import _common as common

MODEL, PER_CLASS = "all-minilm-l6-v2", 8
SEEDS = common.SEEDS[:3]
METHODS = ("full", "head_only", "contrastive")
WORDS = {
    "AddToPlaylist": "adding to a playlist",
    "BookRestaurant": "booking a restaurant",
    "GetWeather": "the weather",
    "PlayMusic": "playing music",
    "RateBook": "rating a book",
    "SearchCreativeWork": "searching a creative work",
    "SearchScreeningEvent": "movie times",
}


def texts_of(path: Path, intent: str) -> list[str]:
    raw = path.read_bytes()
    try:
        content = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        content = json.loads(raw.decode("latin-1"))
    return ["".join(piece["text"] for piece in some["data"]).strip() for some in content[intent]]


def files(data: Path, work: Path) -> tuple[Path, Path]:
    """All training requests and all validation requests as CSV, text and intent."""
    made = work / "train.csv", work / "test.csv"
    for target, pattern in zip(made, ("train_{}_full.json", "validate_{}.json"), strict=True):
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("text", "label"))
            for intent in WORDS:
                path = data / "snips" / pattern.format(intent)
                writer.writerows((text, intent) for text in texts_of(path, intent) if text)
    return made


def measured(data: Path, work: Path, method: str, seed: int) -> dict[str, Any]:
    train, test = files(data, work)
    project = work / f"seed-{seed}"
    if not (project / "project.peftproj").exists():
        words = [part for pair in WORDS.items() for part in ("--word", "=".join(pair))]
        common.command(
            "init", common.fresh(project), "--data", train, "--test", test, "--model", MODEL,
            "--per-class", str(PER_CLASS), "--seed", str(seed),
            "--template", "{text} The request is about {mask}.", *words,
        )  # fmt: skip
    trained = common.command(
        "train", project, "--method", method, "--seed", str(seed), "--set", "threads=1"
    )
    judged = common.command("evaluate", project)
    names = ("majority", "zero_shot", "zero_shot_calibrated")
    return {
        "accuracy": judged["metrics"]["accuracy"],
        "training_seconds": trained["training_seconds"],
        "rows": judged["rows"],
        "baselines": {name: judged["baselines"][name]["accuracy"] for name in names},
    }


def main() -> None:
    given = common.arguments(__doc__ or "")
    results = common.Results("snips_intents", given.again)
    seeds = SEEDS[:2] if given.quick else SEEDS
    rows: list[list[str]] = []
    baselines: dict[str, list[float]] = {}
    for method in METHODS:
        found = [
            results.once(
                f"{method} | {seed}",
                lambda m=method, s=seed: measured(given.data, results.work, m, s),
            )
            for seed in seeds
        ]
        seconds = common.mean([one["training_seconds"] for one in found])
        rows.append([method, common.spread([one["accuracy"] for one in found]), f"{seconds:.0f} s"])
        for name in found[0]["baselines"]:
            baselines[name] = [one["baselines"][name] for one in found]
    rows += [[name.replace("_", " "), common.spread(all_), ""] for name, all_ in baselines.items()]
    print(common.table(["Method", "Accuracy (standard deviation)", "Training"], rows))
    print(common.machine())


if __name__ == "__main__":
    main()
