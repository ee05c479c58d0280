"""Several labels: what a sentence on a restaurant speaks of (the shipped sample, 600 / 200 rows).

Both heads together, the prompt alone and the head alone, beside what costs nothing: the commonest
list, every label, the untrained model with the same prompt. One seed splits off 15 % to validate
and to tune the thresholds on. Each cell is the command line as a user runs it.
"""

from __future__ import annotations

from typing import Any

import _common as common

SAMPLE = common.ROOT / "resources" / "samples" / "restaurant_topics"
MINILM, SMOLLM2, MASKED = "all-minilm-l6-v2", "smollm2-135m-instruct", "minilm-l6-mlm"
WAYS = (
    (MINILM, "full", "sum loss", ()),
    (MINILM, "full", "prompt alone", ("weight_fine_tune=0",)),
    (MINILM, "full", "head alone", ("weight_prompt=0",)),
    (MINILM, "head_only", "sum loss", ()),
    (SMOLLM2, "lora", "sum loss", ()),
)
METRICS = ("micro_f1", "macro_f1", "exact_match", "hamming_loss")
TITLES = ("Micro F1", "Macro F1", "Exact match", "Wrong decisions")


def measured(results: common.Results, model: str, method: str, settings: tuple[str, ...]) -> Any:
    project = common.fresh(results.work / model)
    common.command(
        "init", project, "--data", SAMPLE / "train.jsonl", "--test", SAMPLE / "test.jsonl",
        "--model", model,
    )  # fmt: skip
    sets = [part for setting in (*settings, "threads=1") for part in ("--set", setting)]
    trained = common.command("train", project, "--method", method, *sets)
    judged = common.command("evaluate", project)
    return {
        "metrics": judged["metrics"],
        "baselines": judged["baselines"],
        "per_class": judged["per_class"],
        "training_seconds": trained["training_seconds"],
        "steps": trained["steps"],
    }


def main() -> None:
    given = common.arguments(__doc__ or "", data=False)
    results = common.Results("several_labels", given.again)
    rows, baselines = [], []
    for model, method, title, settings in WAYS[:1] if given.quick else WAYS:
        key = f"{model} | {method} | {title}"
        found = results.once(key, lambda m=model, w=method, s=settings: measured(results, m, w, s))
        figures = [f"{found['metrics'][name]:.3f}" for name in METRICS]
        rows.append([model, f"{method}, {title}", *figures, f"{found['training_seconds']:.0f} s"])
        if title == "sum loss" and method != "head_only":
            for name, metrics in found["baselines"].items():
                alike = "zero_shot" not in name
                line = ["" if alike else model, name.replace("_", " ")]
                line += [*(f"{metrics[metric]:.3f}" for metric in METRICS), ""]
                if line not in baselines:
                    baselines.append(line)
    print(common.table(["Model", "Way", *TITLES, "Training"], rows + baselines))
    print(common.machine())


if __name__ == "__main__":
    main()
