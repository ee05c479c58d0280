"""Training throughput beside HF Trainer + peft on the same rows, model, layers and batch size.

SmolLM2, LoRA r=8 on all linear layers, prompt loss only, 256 SST-2 sentences, batches of 16, one
epoch. Each side runs in a process of its own, in turn, three times; medians are compared. Loading
and tokenising are not counted; the first step is, on both sides.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import _common as common

TEMPLATE = "Review: {}\nOverall, the movie was"
WORDS = {"0": " terrible", "1": " great"}
SIDES = ("ours", "trainer fp32", "trainer bf16", "ours fp32")


def rows_of(data: Path) -> list[tuple[str, str]]:
    lines = (data / "kshot16_en" / "sst-2" / "test.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.rsplit("\t", 1)) for line in lines[1:257]]  # type: ignore[misc]


def trainer(rows: list[tuple[str, str]], model_folder: str, bf16: bool) -> dict[str, float]:
    """HF Trainer and peft, their defaults but for what the comparison fixes."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import (
        AutoModelForCausalLM,
        AutoTokenizer,
        DataCollatorForSeq2Seq,
        Trainer,
        TrainingArguments,
    )

    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token
    model = AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.float32)
    model = get_peft_model(
        model, LoraConfig(r=8, lora_alpha=16, target_modules="all-linear", task_type="CAUSAL_LM")
    )
    examples = []
    for text, label in rows:
        prompt = tokenizer(TEMPLATE.format(text))["input_ids"]
        word = tokenizer(WORDS[label])["input_ids"]
        examples.append({"input_ids": prompt + word, "labels": [-100] * len(prompt) + word})
    with tempfile.TemporaryDirectory() as folder:
        arguments = TrainingArguments(
            folder,
            per_device_train_batch_size=16,
            num_train_epochs=1,
            learning_rate=5e-4,
            bf16=bf16,
            use_cpu=True,
            report_to=[],
            save_strategy="no",
            disable_tqdm=True,
        )
        collator = DataCollatorForSeq2Seq(tokenizer, padding=True)
        work = Trainer(model, arguments, train_dataset=examples, data_collator=collator)
        done = work.train()
    return {
        "examples_per_second": done.metrics["train_samples_per_second"],
        "loss": done.training_loss,
    }


def ours(rows: list[tuple[str, str]], precision: str) -> dict[str, float]:
    """Our engine through its door, as the window and the command line use it."""
    from peft_desktop.core import events as ev
    from peft_desktop.core.ports import Tuner
    from peft_desktop.core.project import open_project
    from peft_desktop.core.runs import create_run
    from peft_desktop.methods import METHODS
    from peft_desktop.projects.recipes import recipe_for
    from peft_desktop.tuning.models import Library
    from peft_desktop.tuning.tuner import LocalTuner

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rows.tsv"
        source.write_text("text\tlabel\n" + "".join(f"{t}\t{y}\n" for t, y in rows), "utf-8")
        project = Path(folder) / "project"
        common.command(
            "init", project, "--data", source, "--template", TEMPLATE.format("{text}") + " {mask}",
            "--word", "0=terrible", "--word", "1=great",
        )  # fmt: skip
        opened = open_project(project)
        every = sorted(i for ids in opened.file.splits.values() for i in ids)
        opened.update(splits={"train": every, "valid": [], "test": []})
        settings = ["epochs=1", "batch_size=16", "weight_fine_tune=0", f"precision={precision}"]
        recipe = recipe_for(opened, settings=settings, library=Library(), methods=METHODS)
        tuner: Tuner = LocalTuner()
        steps = []
        for event in tuner.train(recipe, create_run(opened.runs_folder, recipe)):
            if isinstance(event, ev.Stepped):
                steps.append(event)
    return {
        "examples_per_second": steps[-1].examples_per_second,
        "loss": statistics.fmean(step.loss for step in steps),
    }


def measured(side: str, data: Path) -> dict[str, float]:
    line = [sys.executable, __file__, "--side", side, "--data", str(data)]
    said = subprocess.run(line, check=True, stdout=subprocess.PIPE, cwd=common.ROOT).stdout
    result: dict[str, float] = json.loads(said.decode().strip().splitlines()[-1])
    return result


def one_side(side: str, data: Path) -> dict[str, Any]:
    from peft_desktop.core.places import models_folder

    rows = rows_of(data)
    if side.startswith("trainer"):
        return trainer(rows, str(models_folder() / "smollm2-135m-instruct"), side.endswith("bf16"))
    return ours(rows, "fp32" if side.endswith("fp32") else "auto")


def main() -> None:
    if "--side" in sys.argv:
        side = sys.argv[sys.argv.index("--side") + 1]
        print(json.dumps(one_side(side, Path(sys.argv[sys.argv.index("--data") + 1]))))
        return
    given = common.arguments(__doc__ or "")
    results = common.Results("throughput", given.again)
    rounds = 1 if given.quick else 3
    speeds: dict[str, list[float]] = {side: [] for side in SIDES}
    for number in range(rounds):
        for side in SIDES:
            kept = results.once(f"{side} {number}", lambda side=side: measured(side, given.data))
            speeds[side].append(kept["examples_per_second"])
    medians = {side: statistics.median(some) for side, some in speeds.items()}
    print(f"\n{common.machine()}; {rounds} rounds in turn\n")
    rows = [
        [
            side,
            f"{medians[side]:.1f}",
            f"{min(some):.1f} - {max(some):.1f}",
            f"{medians['ours'] / medians[side]:.2f}",
        ]
        for side, some in speeds.items()
    ]
    print(
        common.table(["side", "examples/s, median", "least - most", "ours is times as fast"], rows)
    )


if __name__ == "__main__":
    main()
