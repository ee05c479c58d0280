"""SetFit beside us: the same MiniLM on the same rows, in an environment of its own.

The environment is made once under the benchmark's work folder; nothing of it gets into ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

NEEDS = ("setfit==1.1.3", "transformers<5")
# as SetFit's own documentation has it: 20 pairs a text, batches of 16, one epoch
PROGRAM = """
import json, sys, time
from datasets import Dataset
from setfit import SetFitModel, Trainer, TrainingArguments
from sklearn.metrics import accuracy_score, f1_score
import torch
model_folder, train, test, seed, threads = sys.argv[1:6]
if int(threads):
    torch.set_num_threads(int(threads))
def rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]
taught, asked = rows(train), rows(test)
labels = sorted({row["label"] for row in taught})
data = Dataset.from_dict({
    "text": [row["sentence"] for row in taught],
    "label": [labels.index(row["label"]) for row in taught],
})
model = SetFitModel.from_pretrained(model_folder, local_files_only=True)
arguments = TrainingArguments(
    batch_size=16, num_epochs=1, num_iterations=20, seed=int(seed), report_to="none",
    output_dir=sys.argv[6], save_strategy="no",
)
trainer = Trainer(model=model, args=arguments, train_dataset=data)
since = time.perf_counter()
trainer.train()
seconds = time.perf_counter() - since
said = [int(i) for i in model.predict([row["sentence"] for row in asked])]
gold = [labels.index(row["label"]) for row in asked]
print(json.dumps({
    "accuracy": accuracy_score(gold, said),
    "macro_f1": f1_score(gold, said, average="macro"),
    "training_seconds": seconds,
}))
"""


def python_of(work: Path) -> Path:
    """The environment's Python, made and filled where it is not there yet."""
    folder = work / "setfit-env"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "complete"
    if not done.exists():
        print("... making an environment for SetFit", file=sys.stderr, flush=True)
        import torch

        wanted = [*NEEDS, f"torch=={torch.__version__.split('+')[0]}"]
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *wanted], check=True)
        done.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    return python


def measure(
    work: Path, model: Path, train: Path, test: Path, seed: int, threads: int
) -> dict[str, Any]:
    """Train and judge SetFit; accuracy, macro F1, seconds of training and of all."""
    import time

    python = python_of(work)
    program = work / "setfit_program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    offline = {
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }
    words = [python, program, model, train, test, seed, threads, work / "setfit-out"]
    since = time.perf_counter()
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **offline},
        check=False,
    )
    if done.returncode:
        sys.exit(f"SetFit failed ({done.returncode}):\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**found, "wall_seconds": time.perf_counter() - since}
