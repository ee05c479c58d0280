"""The shipped Chinese keyword sample with SmolLM2, beside the substring rule that defines it."""

from __future__ import annotations

import csv
import json
from typing import Any

import _common as common

SENTENCE = "我正在学习计算机编程，感觉非常有趣。"
FOLDER = common.ROOT / "resources" / "samples" / "keyword_zh"


def run(results: common.Results) -> dict[str, Any]:
    sample = json.loads((FOLDER / "sample.json").read_text(encoding="utf-8"))
    project = common.fresh(results.work / "project")
    words = [
        p
        for label, some in sample["words"].items()
        for w in some
        for p in ("--word", f"{label}={w}")
    ]
    parameters = [
        p for name, value in sample["parameters"].items() for p in ("--param", f"{name}={value}")
    ]
    common.command(
        "init", project, "--data", FOLDER / "train.csv", "--test", FOLDER / "test.csv",
        "--text", "text", "--label", "label", "--template", sample["template"], *words, *parameters,
    )  # fmt: skip
    trained = common.command("train", project)
    judged = common.command("evaluate", project)
    tricky = common.command("evaluate", project, "--data", FOLDER / "tricky.csv")
    said = results.work / "sentence.csv"
    said.write_text(f"text\n{SENTENCE}\n", encoding="utf-8")
    answer = results.work / "answer.csv"
    answer.unlink(missing_ok=True)
    common.command("predict", project, said, "--out", answer)
    with answer.open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    return {
        "accuracy": judged["metrics"]["accuracy"],
        "macro_f1": judged["metrics"]["macro_f1"],
        "tricky": tricky["metrics"]["accuracy"],
        "zero_shot": judged["baselines"]["zero_shot"]["accuracy"],
        "majority": judged["baselines"]["majority"]["accuracy"],
        "training_seconds": trained["training_seconds"],
        "train_wall_seconds": trained["wall_seconds"],
        "steps": trained["steps"],
        "best_step": trained["best_step"],
        "peak_bytes": trained["peak_bytes"],
        "sentence": [row["predicted_label"], row["probability_1"]],
    }


def rule() -> float:
    """What `"计算机编程" in text` gets: the label is defined so."""
    with (FOLDER / "test.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return common.mean(
        [float(("计算机编程" in row["text"]) == (row["label"] == "1")) for row in rows]
    )


def main() -> None:
    given = common.arguments(__doc__ or "", data=False)
    results = common.Results("chinese-keyword", given.again)
    found = results.once("smollm2", lambda: run(results))
    print(f"\n{common.machine()}\n")
    rows = [
        ["majority", f"{found['majority']:.3f}", ""],
        ["SmolLM2 zero-shot", f"{found['zero_shot']:.3f}", ""],
        ["SmolLM2 + LoRA", f"{found['accuracy']:.3f}", f"{found['tricky']:.3f}"],
        ["substring rule (defines the label)", f"{rule():.3f}", "1.000"],
    ]
    print(common.table(["row", "accuracy, 200 test rows", "accuracy, tricky.csv"], rows))
    print(
        f"\ntraining {found['training_seconds']:.0f} s, {found['steps']} steps (best "
        f"{found['best_step']}), peak memory {found['peak_bytes'] / 1e9:.2f} GB\n"
        f"{SENTENCE} -> {found['sentence'][0]} (probability of 1: {found['sentence'][1]})"
    )


if __name__ == "__main__":
    main()
