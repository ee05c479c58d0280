"""Put the masked-LM starter into resources/models, with its licence, notice and hashes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import _common as common
from _starter_texts import SOURCES

NAME = "minilm-l6-mlm"
PAPER = """---
license: apache-2.0
language: en
base_model: sentence-transformers/all-MiniLM-L6-v2
pipeline_tag: fill-mask
---
# {name}

The sentence encoder all-MiniLM-L6-v2 with a masked-LM head over its own word embeddings, taught to
fill in hidden words: {steps} steps of 32 rows of 128 tokens ({millions:.1f} M tokens), a fifth of
them hidden, word embeddings as in the base. Made by the project's own recipe
(`python dev.py bench mlm-starter`); its figures stand in docs/benchmarks.md. For English; weights
in bf16. See NOTICE for the texts that it learnt from.
"""
NOTICE = """{name}

A derivative of sentence-transformers/all-MiniLM-L6-v2 (Apache License 2.0), which derives from
Microsoft's MiniLM (MIT). Changed: the weights were trained further, a masked-LM head was added.
Licensed under the Apache License 2.0 (LICENSE).

Texts that the further training used (left out: all that also stands in a test or dev set):
{texts}
Film reviews and plots: Bo Pang and Lillian Lee, 2004 and 2005. Questions to a bank: PolyAI,
BANKING77. Requests: Snips, nlu-benchmark. Messages: WNUT 2017 shared task. Restaurants: E2E NLG
challenge. Wikipedia: its authors.
"""


def ship(model: Path, steps: int, told: dict[str, dict[str, int]]) -> Path:
    """Copy the model and write what belongs to it; gives the folder."""
    from peft_desktop.core.files import sha256_of, staged_folder

    target = common.ROOT / "resources" / "models" / NAME
    texts = "\n".join(
        f"- {what}: {told['taken'][name]} texts, {licence}" for name, what, licence in SOURCES
    )
    with staged_folder(target) as room:
        for file in sorted(model.iterdir()):
            if file.name != "training.json":
                shutil.copyfile(file, room / file.name)
        shutil.copyfile(common.ROOT / "LICENSE", room / "LICENSE")
        millions = steps * 32 * 128 / 1e6
        paper = PAPER.format(name=NAME, steps=steps, millions=millions)
        (room / "README.md").write_text(paper, encoding="utf-8")
        (room / "NOTICE").write_text(NOTICE.format(name=NAME, texts=texts), encoding="utf-8")
        files = {file.name: sha256_of(file) for file in sorted(room.iterdir())}
        manifest = json.dumps({"version": 1, "files": files}, indent=1)
        (room / "starter.json").write_text(manifest + "\n", encoding="utf-8")
    return target
