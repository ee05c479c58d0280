"""Information extraction: E2E read backwards, sentence -> name, food, price range and so on.

SmolLM2 writes records under the grammar, every one of which must parse; MiniLM (`--model
all-minilm-l6-v2`) points at each field's value in the text. Trained on pairs of the development
set, judged on meanings of the test set that it never saw, beside the untrained model in the same
way and each field's commonest value. Each part is kept when it is done.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import shutil
import sys
from pathlib import Path
from typing import Any

import _common as common

METHODS = {"smollm2-135m-instruct": "lora", "all-minilm-l6-v2": "full"}
MODEL = "smollm2-135m-instruct"
SEED = 13


def pairs_of(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["mr"], row["ref"]) for row in csv.DictReader(file)]


def write_pairs(path: Path, pairs: list[tuple[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["mr", "ref"])
        writer.writerows(pairs)
    return path


def project_of(data: Path, work: Path, given: argparse.Namespace) -> Path:
    project = work / f"{given.model}-{given.train_rows}-{given.test_rows}"
    if (project / "project.peftproj").exists():
        return project
    shutil.rmtree(project, ignore_errors=True)
    chance = random.Random(SEED)
    pairs = pairs_of(data / "e2e_nlg" / "devset.csv")
    tests = pairs_of(data / "e2e_nlg" / "testset_w_refs.csv")
    held = {mr for mr, _ in tests}
    meanings = sorted({mr for mr, _ in pairs} - held)
    chance.shuffle(meanings)
    checked = set(meanings[: len(meanings) // 10])
    train = [pair for pair in pairs if pair[0] not in checked | held]
    valid = [pair for pair in pairs if pair[0] in checked]
    for some in (train, valid, tests):
        chance.shuffle(some)
    common.command(
        "init", project, "--task", "extraction", "--text", "ref", "--label", "mr",
        "--data", write_pairs(work / "train.csv", train[: given.train_rows]),
        "--valid", write_pairs(work / "valid.csv", valid[:80]),
        "--test", write_pairs(work / "test.csv", tests[: given.test_rows]),
        "--model", given.model,
    )  # fmt: skip
    return project


def trained(project: Path, given: argparse.Namespace) -> dict[str, Any]:
    name = f"run-{given.steps}"
    if (project / "runs" / name / "recipe.json").exists():
        return common.command("train", project, "--resume", name)
    method = METHODS[given.model]
    settings = [f"max_steps={given.steps}", "max_new_tokens=128"]
    settings += ["learning_rate=1e-4"] if method == "full" else []
    settings += [f"threads={given.threads}"] if given.threads else []
    sets = [part for setting in settings for part in ("--set", setting)]
    return common.command("train", project, "--method", method, "--name", name, *sets)


def judged(project: Path, given: argparse.Namespace) -> dict[str, Any]:
    """What `evaluate` says, and how many of the answers a JSON parser takes."""
    name = f"run-{given.steps}"
    said = common.command("evaluate", project, name)
    import pyarrow.parquet as pq

    answers = pq.read_table(project / "runs" / name / "predictions.parquet").to_pylist()
    cells = [row["predicted_label"] for row in answers if row["split"] == "test"]
    fields = set(json.loads((project / "project.peftproj").read_text("utf-8"))["labels"])
    parsed = sum(parses(cell, fields) for cell in cells)
    return {**said, "parsed": parsed, "answers": len(cells), "samples": cells[:3]}


def parses(cell: str, fields: set[str]) -> bool:
    try:
        return set(json.loads(cell)) <= fields
    except ValueError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with e2e_nlg")
    parser.add_argument("--again", action="store_true", help="forget kept results")
    parser.add_argument("--model", default=MODEL, choices=tuple(METHODS))
    parser.add_argument("--train-rows", type=int, default=1000)
    parser.add_argument("--test-rows", type=int, default=500)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--threads", type=int, default=0, help="cores to use; 0: all")
    given = parser.parse_args()
    if not given.data.is_dir():
        parser.error(f"--data: there is no folder {given.data}")
    results = common.Results("extraction", given.again)
    project = project_of(given.data, results.work, given)
    key = f"{given.model} | {given.train_rows} | {given.steps}"
    training = results.once(f"{key} | train", lambda: trained(project, given))
    found = results.once(f"{key} | {given.test_rows} test", lambda: judged(project, given))
    print(common.machine())
    names = ("micro_f1", "macro_f1", "exact_match", "token_f1")
    whos = {"model": found["metrics"], **found["baselines"]}
    rows = [[who, *(f"{of[name]:.3f}" for name in names)] for who, of in whos.items()]
    print(f"\n{common.table(['', *names], rows)}\n")
    fields = [
        [entry["label"], f"{entry['f1']:.3f}", str(entry["support"]), str(entry["missing"]),
         str(entry["spurious"])]
        for entry in found["per_class"]
    ]  # fmt: skip
    print(f"{common.table(['field', 'F1', 'values', 'missing', 'spurious'], fields)}\n")
    seconds = training.get("training_seconds", 0.0)
    print(f"{found['parsed']} of {found['answers']} records parse; training {seconds:.0f} s")
    if found["parsed"] < found["answers"]:
        sys.exit("Not every record parses.")


if __name__ == "__main__":
    main()
