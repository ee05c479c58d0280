"""Which loss? {prompt only, fine-tune only, sum shared, sum separate} on one protocol, five splits.

SST-2 and AG News with 16 rows a class, SmolLM2 + LoRA, a fixed sample of the test rows.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import _common as common

VARIANTS = {
    "prompt only": ["weight_fine_tune=0"],
    "fine-tune only": ["weight_prompt=0"],
    "sum, shared pass": [],
    "sum, separate pass": ["fine_tune_pass=separate"],
}
TASKS: dict[str, dict[str, Any]] = {
    "sst-2": {
        "template": "Review: {text}\\nOverall, the movie was {mask}",
        "words": ["0=terrible", "1=great"],
    },
    "agnews": {
        "template": "Article: {text}\\nThe topic of this article is {mask}",
        "words": ["0=world", "1=sports", "2=business", "3=technology"],
    },
}
TEST_ROWS = {"sst-2": 400, "agnews": 300}


def made(task: str, seed: int, data: Path, test: Path, work: Path) -> Path:
    """The project of a split, made once: its runs share what the untrained model says."""
    how = TASKS[task]
    split = data / "kshot16_en" / task / f"16-{seed}"
    project = work / f"{task}-{seed}-{test.stem}"
    if project.exists():
        return project
    words = [part for word in how["words"] for part in ("--word", word)]
    common.command(
        "init", project, "--data", split / "train.tsv", "--valid", split / "dev.tsv",
        "--test", test, "--text", "sentence", "--label", "label", "--template", how["template"],
        *words, "--seed", str(seed),
    )  # fmt: skip
    return project


def run(project: Path, seed: int, settings: list[str]) -> dict[str, Any]:
    # one thread: accuracy is measured here, and the machine may be busy with other work
    sets = [part for setting in ["threads=1", *settings] for part in ("--set", setting)]
    trained = common.command("train", project, "--method", "lora", "--seed", str(seed), *sets)
    judged = common.command("evaluate", project, trained["name"])
    return {
        "accuracy": judged["metrics"]["accuracy"],
        "heads": judged["heads"],
        "weight": trained["weight"],
        "best_step": trained["best_step"],
        "training_seconds": trained["training_seconds"],
    }


def sample(source: Path, target: Path, count: int) -> Path:
    """A header and `count` rows, the same ones for every seed."""
    head, *lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    chosen = random.Random(0).sample(lines, min(count, len(lines)))
    target.write_text(head + "".join(chosen), encoding="utf-8")
    return target


def main() -> None:
    given = common.arguments(__doc__ or "", tasks=list(TASKS))
    results = common.Results("ablation", given.again)
    seeds = common.SEEDS[:2] if given.quick else common.SEEDS
    print_rows = []
    for task in given.task or TASKS:
        source = given.data / "kshot16_en" / task / "test.tsv"
        rows = 200 if given.quick else TEST_ROWS[task]
        test = sample(source, results.work / f"{task}-test-{rows}.tsv", rows)
        for name, settings in VARIANTS.items():
            runs = [
                results.once(
                    f"{task} {name} {seed} {rows}",
                    lambda t=task, s=seed, v=settings, f=test: run(
                        made(t, s, given.data, f, results.work), s, v
                    ),
                )
                for seed in seeds
            ]
            heads = [r["heads"] for r in runs]
            both = [h["prompt"] for h in heads], [h.get("head") for h in heads]
            print_rows.append(
                [
                    task,
                    name,
                    common.spread([r["accuracy"] for r in runs]),
                    common.spread(both[0]),
                    common.spread(both[1]) if None not in both[1] else "",
                    f"{common.mean([r['best_step'] for r in runs]):.0f}",
                ]
            )
    print(f"\n{common.machine()}; seeds {', '.join(map(str, seeds))}; test rows {TEST_ROWS}\n")
    head = ["task", "loss", "accuracy", "by the prompt alone", "by the head alone", "best step"]
    print(common.table(head, print_rows))


if __name__ == "__main__":
    main()
