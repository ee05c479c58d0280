"""How good a masked LM is: hidden words of wikitext-2, and few-shot cloze with our own engine."""

from __future__ import annotations

import json
import math
import os
import random
from pathlib import Path
from typing import Any

import _common as common

SEEDS = (13, 21, 42)
TEST_ROWS = 500
TASKS = {  # name -> template, the word of each label
    "sst-2": ("{text} It was {mask}.", ("terrible", "great")),
    "agnews": ("{mask} news: {text}", ("world", "sports", "business", "technology")),
}
SETTINGS = ("epochs=12", "learning_rate=1e-4", "weight_fine_tune=0")


def judged(models: dict[str, Path], data: Path, again: bool) -> None:
    """Print a table over `models` (name -> folder); results are kept as they come."""
    results = common.Results("mlm-starter-judged", again)
    os.environ["PEFT_DESKTOP_HOME"] = str(results.work / "home")
    rows = []
    for name, folder in models.items():
        stamp = (folder / "model.safetensors").stat().st_mtime_ns
        key = f"{name} {stamp}"
        hidden = results.once(f"{key} wikitext-2", lambda folder=folder: perplexity(folder, data))
        cells = [name]
        for how in ("as the prototype", "all masked"):
            cells.append(f"{hidden[how]['perplexity']:.1f} ({hidden[how]['right']:.3f})")
        added = False
        for task in TASKS:
            found = []
            for seed in SEEDS:
                full = f"{key} {task} {seed}"
                if full not in results.kept and not added:
                    put_in(name, folder)
                    added = True
                found.append(
                    results.once(
                        full,
                        lambda name=name, task=task, seed=seed: cloze(
                            name, task, seed, data, results.work
                        ),
                    )
                )
            zero = common.mean([one["zero_shot"] for one in found])
            cells.append(f"{common.spread([one['accuracy'] for one in found])}, {zero:.2f}")
        rows.append(cells)
    head = ["model", "perplexity (right), 15 % chosen, 90 % of them masked", "all masked"]
    head += [f"{task}: cloze, zero-shot" for task in TASKS]
    print(f"\n{common.machine()}; seeds {', '.join(map(str, SEEDS))}; {TEST_ROWS} test rows\n")
    print(common.table(head, rows))


def put_in(name: str, folder: Path) -> None:
    """The model into the benchmark's own library, anew."""
    from peft_desktop.core.places import models_folder

    common.fresh(models_folder() / name)
    common.command("models", "add", folder, "--name", name)


def perplexity(folder: Path, data: Path) -> dict[str, Any]:
    """On 200 rows of 128 tokens spread over wikitext-2 test as it stands."""
    import torch
    from mlm_starter import LENGTH, finished

    from peft_desktop.prompts.tokens import Tokens
    from peft_desktop.tuning.adapting_chunks import chunks, token_stream
    from peft_desktop.tuning.adapting_models import load_masked, prepare

    tokens = Tokens(folder)
    model, new = load_masked(folder)
    assert not new, "no masked-LM head"
    prepare(model)
    model.eval()
    text = (data / "text_en" / "wikitext-2" / "test.txt").read_text("utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    rows = chunks(finished(token_stream(lines, tokens, ())), LENGTH, tokens.before, tokens.after)
    chosen = torch.from_numpy(rows[[k * len(rows) // 200 for k in range(200)]]).long()
    special = torch.tensor([*tokens.before, *tokens.after])
    found = {}
    for how, share in (("as the prototype", 0.9), ("all masked", 1.0)):
        chance = torch.Generator().manual_seed(0)
        total, right, count = 0.0, 0, 0
        for batch in chosen.split(20):
            asked = torch.rand(batch.shape, generator=chance) < 0.15
            asked &= ~torch.isin(batch, special)
            hidden = asked & (torch.rand(batch.shape, generator=chance) < share)
            with torch.inference_mode():
                shown = batch.masked_fill(hidden, tokens.mask_id)
                logits = model(input_ids=shown).logits[asked].float()
            total += torch.nn.functional.cross_entropy(logits, batch[asked], reduction="sum").item()
            right += int((logits.argmax(-1) == batch[asked]).sum())
            count += int(asked.sum())
        found[how] = {"perplexity": math.exp(total / count), "right": right / count}
    return found


def cloze(name: str, task: str, seed: int, data: Path, work: Path) -> dict[str, float]:
    """16 rows a class, full fine-tuning; the same 500 test rows for every seed and model."""
    template, words = TASKS[task]
    split = data / "kshot16_en" / task / f"16-{seed}"
    test = work / f"{task}-test.tsv"
    if not test.exists():
        _, *lines = (split.parent / "test.tsv").read_text("utf-8").splitlines(keepends=True)
        head = (split / "train.tsv").read_text("utf-8").splitlines(keepends=True)[0]
        some = random.Random(42).sample(lines, TEST_ROWS)  # its header may be another
        test.write_text(head + "".join(some), encoding="utf-8")
    project = common.fresh(work / "project")
    column = (split / "train.tsv").read_text("utf-8").partition("\t")[0]
    named = [part for n, word in enumerate(words) for part in ("--word", f"{n}={word}")]
    common.command(
        "init", project, "--data", split / "train.tsv", "--valid", split / "dev.tsv",
        "--test", test, "--text", column, "--label", "label", "--model", name,
        "--template", template, *named, "--seed", str(seed),
    )  # fmt: skip
    given = [part for setting in SETTINGS for part in ("--set", setting)]
    common.command("train", project, "--method", "full", "--seed", str(seed), *given)
    found = common.command("evaluate", project)
    (work / f"{name}-{task}-{seed}.json").write_text(json.dumps(found["metrics"]), "utf-8")
    return {
        "accuracy": found["metrics"]["accuracy"],
        "zero_shot": found["baselines"]["zero_shot"]["accuracy"],
    }
