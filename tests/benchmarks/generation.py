"""Writing texts: E2E NLG, 1,000 training pairs, SmolLM2 with LoRA (Novikova et al. 2017).

Trained on pairs of the development set, judged on meanings of the test set, which it never saw.
BLEU and ROUGE-L are told twice: against one reference a meaning, as the program's own `evaluate`
judges, and against all of them, as the E2E challenge does. Beside them the untrained model with the
same prompt, and the input as it stands. Each part is kept when it is done: stop it and start it
again at will; a training goes on from its checkpoint.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import _common as common

MODEL = "smollm2-135m-instruct"
TEMPLATE = "Describe the restaurant in one or two sentences: {text}\\n{mask}"
SEED = 13
RUN = "lora"


def pairs_of(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["mr"], row["ref"]) for row in csv.DictReader(file)]


def write_pairs(path: Path, pairs: Sequence[tuple[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["mr", "ref"])
        writer.writerows(pairs)
    return path


def files(data: Path, work: Path, given: argparse.Namespace) -> tuple[Path, Path, Path]:
    """Training, validation and test pairs; no meaning is in two of them."""
    chance = random.Random(SEED)
    pairs = pairs_of(data / "e2e_nlg" / "devset.csv")
    tests = pairs_of(data / "e2e_nlg" / "testset_w_refs.csv")
    held = {mr for mr, _ in tests}
    meanings = sorted({mr for mr, _ in pairs} - held)
    chance.shuffle(meanings)
    valid_ones = set(meanings[: len(meanings) // 10])
    train = [pair for pair in pairs if pair[0] not in valid_ones | held]
    valid = [pair for pair in pairs if pair[0] in valid_ones]
    first = {mr: ref for mr, ref in reversed(tests)}
    test = sorted(first.items())
    for some in (train, valid, test):
        chance.shuffle(some)
    return (
        write_pairs(work / "train.csv", train[: given.train_rows]),
        write_pairs(work / "valid.csv", valid[: given.valid_rows]),
        write_pairs(work / "test.csv", test[: given.test_rows] if given.test_rows else test),
    )


def project_of(data: Path, work: Path, given: argparse.Namespace) -> Path:
    project = work / f"project-{given.train_rows}-{given.test_rows}"
    if not (project / "project.peftproj").exists():
        shutil.rmtree(project, ignore_errors=True)
        train, valid, test = files(data, work, given)
        common.command(
            "init", project, "--data", train, "--valid", valid, "--test", test, "--task",
            "generation", "--text", "mr", "--label", "ref", "--model", given.model,
            "--template", TEMPLATE, "--seed", str(SEED),
        )  # fmt: skip
    return project


def trained(project: Path, given: argparse.Namespace) -> dict[str, Any]:
    name = f"{RUN}-{given.steps}"
    if (project / "runs" / name / "recipe.json").exists():
        return common.command("train", project, "--resume", name)
    settings = [f"max_steps={given.steps}", "look_rows=4"]
    settings += [f"threads={given.threads}"] if given.threads else []
    sets = [part for setting in settings for part in ("--set", setting)]
    return common.command("train", project, "--method", "lora", "--name", name, *sets)


def judged(project: Path, data: Path, given: argparse.Namespace) -> dict[str, Any]:
    """What `evaluate` says, and the same answers beside all references of their meaning."""
    name = f"{RUN}-{given.steps}"
    said = common.command("evaluate", project, name)
    import pyarrow.parquet as pq

    answers = pq.read_table(project / "runs" / name / "predictions.parquet").to_pylist()
    table = pq.read_table(project / "data" / "table.parquet", columns=["_row_id", "mr"])
    meanings = dict(zip(*(table[name].to_pylist() for name in ("_row_id", "mr")), strict=True))
    references: dict[str, list[str]] = {}
    for mr, ref in pairs_of(data / "e2e_nlg" / "testset_w_refs.csv"):
        references.setdefault(mr, []).append(ref)
    rows = [row for row in answers if row["split"] == "test"]
    asked = [meanings[row["_row_id"]] for row in rows]
    wanted = [references[mr] for mr in asked]
    several = {
        "model": several_references([row["predicted_label"] for row in rows], wanted),
        "untrained": several_references([row["untrained"] for row in rows], wanted),
        "copy_input": several_references(asked, wanted),
    }
    ones = {"model": said["metrics"], **said["baselines"]}
    samples = [(mr, row["predicted_label"]) for mr, row in zip(asked, rows, strict=True)][:3]
    return {"one": ones, "several": several, "rows": len(rows), "samples": samples}


def several_references(said: Sequence[str], wanted: Sequence[Sequence[str]]) -> dict[str, float]:
    """BLEU over all references, and the best ROUGE-L of them."""
    from sacrebleu.metrics.bleu import BLEU

    from peft_desktop.evaluation.text_scores import rouge_l

    most = max(map(len, wanted))
    # sacrebleu passes over a reference that is None
    columns: list[Any] = [[w[i] if i < len(w) else None for w in wanted] for i in range(most)]
    best = [max(rouge_l(a, b) for b in of) for a, of in zip(said, wanted, strict=True)]
    bleu = BLEU().corpus_score(list(said), columns).score / 100
    return {"bleu": bleu, "rouge_l": common.mean(best)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with e2e_nlg")
    parser.add_argument("--again", action="store_true", help="forget kept results")
    parser.add_argument("--model", default=MODEL, help="a model of the library")
    parser.add_argument("--train-rows", type=int, default=1000)
    parser.add_argument("--valid-rows", type=int, default=100)
    parser.add_argument("--test-rows", type=int, default=200, help="meanings; 0: all 630")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--threads", type=int, default=0, help="cores to use; 0: all")
    given = parser.parse_args()
    if not given.data.is_dir():
        parser.error(f"--data: there is no folder {given.data}")
    results = common.Results("generation", given.again)
    project = project_of(given.data, results.work, given)
    key = f"{given.model} | {given.train_rows} | {given.steps}"
    training = results.once(f"{key} | train", lambda: trained(project, given))
    found = results.once(
        f"{key} | {given.test_rows} test", lambda: judged(project, given.data, given)
    )
    print(common.machine())
    rows = [
        [
            who,
            *(f"{found['one'][who][name]:.3f}" for name in ("bleu", "rouge_l", "chrf")),
            *(f"{found['several'][who][name]:.3f}" for name in ("bleu", "rouge_l")),
        ]
        for who in ("model", "untrained", "copy_input")
    ]
    head = ["", "BLEU", "ROUGE-L", "chrF", "BLEU, all refs", "ROUGE-L, best ref"]
    print(f"\n{common.table(head, rows)}\n")
    seconds = training.get("training_seconds", 0.0)
    print(f"{found['rows']} test meanings; training {seconds:.0f} s, {training['steps']} steps")
    for mr, text in found["samples"]:
        print(f"  {mr}\n  -> {text}")
    beaten = all(
        found["several"]["model"][name] > found["several"][other][name] + 0.05
        for name in ("bleu", "rouge_l")
        for other in ("untrained", "copy_input")
    )
    if not beaten:
        sys.exit("The model does not beat the untrained one and the input by 0.05.")


if __name__ == "__main__":
    main()
