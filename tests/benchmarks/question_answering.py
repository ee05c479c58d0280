"""Question answering: XQuAD in English or Chinese, no article in training and test.

Four fifths of the articles teach (some of them validate), the rest judge: exact match and F1 as
SQuAD defines them, beside the untrained model with the same prompt and the sentence that shares
most words with the question. Each part is kept when it is done; a training goes on from its
checkpoint.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from pathlib import Path
from typing import Any

import _common as common

MODELS = {"smollm2-135m-instruct": "lora", "all-minilm-l6-v2": "full"}
SEED = 13


def files(data: Path, work: Path, given: argparse.Namespace) -> dict[str, Path]:
    """SQuAD files of articles that are in one of them only."""
    held = json.loads((data / "xquad" / f"xquad.{given.language}.json").read_text("utf-8"))
    articles = list(held["data"])
    random.Random(SEED).shuffle(articles)
    test = len(articles) // 5
    valid = max(1, len(articles) // 16)
    parts = {
        "test": articles[:test],
        "valid": articles[test : test + valid],
        "train": articles[test + valid :],
    }
    found = {}
    for name, some in parts.items():
        rest = given.test_rows if name == "test" else 0
        found[name] = work / f"{given.language}-{name}-{rest}.json"
        kept = fewer(some, rest) if rest else some
        found[name].write_text(json.dumps({"data": kept}, ensure_ascii=False), "utf-8")
    return found


def fewer(articles: list[dict[str, Any]], rows: int) -> list[dict[str, Any]]:
    """About `rows` questions, spread over all the articles."""
    asked = [
        (number, place, question)
        for number, article in enumerate(articles)
        for place, paragraph in enumerate(article["paragraphs"])
        for question in paragraph["qas"]
    ]
    random.Random(SEED).shuffle(asked)
    chosen = asked[:rows]
    return [
        {
            "title": article["title"],
            "paragraphs": [
                {**paragraph, "qas": [q for n, p, q in chosen if (n, p) == (number, place)]}
                for place, paragraph in enumerate(article["paragraphs"])
            ],
        }
        for number, article in enumerate(articles)
    ]


def project_of(data: Path, work: Path, model: str, given: argparse.Namespace) -> Path:
    project = work / f"{model}-{given.language}-{given.test_rows}"
    if not (project / "project.peftproj").exists():
        shutil.rmtree(project, ignore_errors=True)
        made = files(data, work, given)
        common.command(
            "init", project, "--data", made["train"], "--valid", made["valid"],
            "--test", made["test"], "--task", "question_answering", "--model", model,
        )  # fmt: skip
    return project


def trained(project: Path, model: str, given: argparse.Namespace) -> dict[str, Any]:
    name = f"run-{given.steps}"
    if (project / "runs" / name / "recipe.json").exists():
        return common.command("train", project, "--resume", name)
    settings = [f"max_steps={given.steps}", "max_new_tokens=32", "warm_up=0.05"]
    settings += [f"threads={given.threads}"] if given.threads else []
    if MODELS[model] == "full":
        settings.append("learning_rate=1e-4")
    sets = [part for setting in settings for part in ("--set", setting)]
    return common.command("train", project, "--method", MODELS[model], "--name", name, *sets)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with xquad")
    parser.add_argument("--again", action="store_true", help="forget kept results")
    parser.add_argument("--model", action="append", choices=tuple(MODELS), help="both if left out")
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    parser.add_argument("--test-rows", type=int, default=0, help="questions; 0: all")
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--threads", type=int, default=0, help="cores to use; 0: all")
    given = parser.parse_args()
    if not given.data.is_dir():
        parser.error(f"--data: there is no folder {given.data}")
    results = common.Results("question-answering", given.again)
    rows, beaten = [], True
    for model in given.model or MODELS:
        project = project_of(given.data, results.work, model, given)
        key = f"{model} | {given.language} | {given.steps}"
        training = results.once(f"{key} | train", lambda p=project, m=model: trained(p, m, given))
        found = results.once(
            f"{key} | {given.test_rows} test",
            lambda p=project: common.command("evaluate", p, f"run-{given.steps}"),
        )
        untuned = found["baselines"].get("untrained") or found["baselines"]["zero_shot"]
        sentence = found["baselines"]["likely_sentence"]
        rows.append(
            [
                model,
                *(f"{found['metrics'][name]:.3f}" for name in ("exact_match", "token_f1")),
                *(f"{untuned[name]:.3f}" for name in ("exact_match", "token_f1")),
                f"{sentence['token_f1']:.3f}",
                str(found.get("rows", "")),
                f"{training.get('training_seconds', 0.0):.0f}",
            ]
        )
        beaten &= found["metrics"]["token_f1"] > untuned["token_f1"] + 0.05
    print(common.machine())
    head = ["model", "EM", "F1", "EM untuned", "F1 untuned", "F1 sentence", "rows", "seconds"]
    print(f"\n{common.table(head, rows)}\n")
    if not beaten:
        sys.exit("A model does not beat its untuned self by 0.05 F1.")


if __name__ == "__main__":
    main()
