"""SST-2 with 16 rows a class, five splits, the full test: what a few labelled rows can give.

Rows: majority, zero-shot, calibrated zero-shot, SmolLM2 + LoRA, and the MiniLM encoder beside it.
Every run is the command line as a user runs it: init, train, evaluate.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import _common as common

LLM = ("smollm2-135m-instruct", "lora", "Review: {text}\\nOverall, the movie was {mask}")
ENCODER = ("all-minilm-l6-v2", "full", "{text} It was {mask}.")


def run(data: Path, work: Path, seed: int, how: tuple[str, str, str], test: Path) -> dict[str, Any]:
    model, method, template = how
    split = data / "kshot16_en" / "sst-2" / f"16-{seed}"
    project = common.fresh(work / f"{model}-{seed}")
    common.command(
        "init", project, "--data", split / "train.tsv", "--valid", split / "dev.tsv",
        "--test", test, "--text", "sentence", "--label", "label", "--model", model,
        "--template", template, "--word", "0=terrible", "--word", "1=great", "--seed", str(seed),
    )  # fmt: skip
    trained = common.command("train", project, "--method", method, "--seed", str(seed))
    judged = common.command("evaluate", project)
    return {
        "accuracy": judged["metrics"]["accuracy"],
        "macro_f1": judged["metrics"]["macro_f1"],
        "majority": judged["baselines"]["majority"]["accuracy"],
        "zero_shot": judged["baselines"]["zero_shot"]["accuracy"],
        "calibrated": judged["baselines"]["zero_shot_calibrated"]["accuracy"],
        "training_seconds": trained["training_seconds"],
        "train_wall_seconds": trained["wall_seconds"],
        "train_peak_bytes": trained["peak_bytes"],
        "evaluate_peak_bytes": judged["peak_bytes"],
        "steps": trained["steps"],
        "best_step": trained["best_step"],
    }


def timed(work: Path, model: str, seed: int, method: str) -> dict[str, Any]:
    """The same training once more: the same weights, and seconds that nothing else disturbs."""
    project = work / f"{model}-{seed}"
    shutil.rmtree(project / "runs" / "timed", ignore_errors=True)
    found = common.command(
        "train", project, "--method", method, "--seed", str(seed), "--name", "timed"
    )
    return {name: found[name] for name in ("training_seconds", "wall_seconds", "peak_bytes")}


def main() -> None:
    given = common.arguments(__doc__ or "")
    results = common.Results("sst2", given.again)
    test = given.data / "kshot16_en" / "sst-2" / "test.tsv"
    seeds = common.SEEDS[:2] if given.quick else common.SEEDS
    if given.quick:
        lines = test.read_text(encoding="utf-8").splitlines(keepends=True)
        test = results.work / "test-200.tsv"
        test.write_text("".join(lines[:201]), encoding="utf-8")
    found: dict[str, list[dict[str, Any]]] = {}
    for how in (LLM, ENCODER):
        found[how[0]] = [
            results.once(
                f"{how[0]} {seed}",
                lambda how=how, seed=seed: run(given.data, results.work, seed, how, test),
            )
            for seed in seeds
        ]
    seconds = {
        how[0]: [
            results.once(
                f"time {how[0]} {seed}",
                lambda how=how, seed=seed: timed(results.work, how[0], seed, how[1]),
            )
            for seed in seeds
        ]
        for how in (LLM, ENCODER)
    }
    llm, encoder = found[LLM[0]], found[ENCODER[0]]
    rows = [
        ["majority", common.spread([r["majority"] for r in llm]), "", "", ""],
        ["SmolLM2 zero-shot", common.spread([r["zero_shot"] for r in llm]), "", "", ""],
        [
            "SmolLM2 zero-shot, calibrated",
            common.spread([r["calibrated"] for r in llm]),
            "",
            "",
            "",
        ],
        ["MiniLM zero-shot", common.spread([r["zero_shot"] for r in encoder]), "", "", ""],
    ]
    for name, runs, clock in (
        ("SmolLM2 + LoRA", llm, seconds[LLM[0]]),
        ("MiniLM, label prompts, full", encoder, seconds[ENCODER[0]]),
    ):
        rows.append(
            [
                name,
                common.spread([r["accuracy"] for r in runs]),
                ", ".join(f"{r['accuracy']:.3f}" for r in runs),
                f"{common.mean([t['training_seconds'] for t in clock]):.1f} "
                f"(most {max(t['training_seconds'] for t in clock):.1f})",
                f"{max(r['train_peak_bytes'] for r in runs) / 1e9:.2f}",
            ]
        )
    print(f"\n{common.machine()}; seeds {', '.join(map(str, seeds))}\n")
    head = ["row", "accuracy, mean (std)", "each seed", "training, s", "peak memory, GB"]
    print(common.table(head, rows))


if __name__ == "__main__":
    main()
