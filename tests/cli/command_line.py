"""What the tests of the command line share: an outcome, rows, a model of zeros."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABELS = ("negative", "positive")
TEXTS = {
    "negative": "the film number {i} is a dull and noisy mess",
    "positive": "the film number {i} is a warm and clever delight",
}


@dataclass(frozen=True)
class Outcome:
    """What one command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def result(self) -> dict[str, Any]:
        """The object on the last line of stdout."""
        found = json.loads(self.out.splitlines()[-1])
        assert isinstance(found, dict)
        return found

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()[:-1]]


Run = Callable[..., Outcome]


def review_rows(count: int, start: int = 0) -> list[list[str]]:
    rows = []
    for i in range(start, start + count):
        label = LABELS[i % 2]
        rows.append([TEXTS[label].format(i=i), label])
    return rows


def write_csv(
    path: Path, rows: list[list[str]], header: tuple[str, ...] = ("text", "label")
) -> Path:
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def make_model(folder: Path, unknown: str = "") -> None:
    """Write a Llama of zeros whose tokens are bytes; the bytes of `unknown` it does not know."""
    import numpy as np
    from safetensors.numpy import save_file
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    folder.mkdir(parents=True)
    missing = {piece for piece, _ in pre_tokenizers.ByteLevel().pre_tokenize_str(unknown)}
    alphabet = sorted(set(pre_tokenizers.ByteLevel.alphabet()) - set("".join(missing)))
    tokenizer = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken("<eos>", special=True)])
    tokenizer.save(str(folder / "tokenizer.json"))
    size, width = len(alphabet) + 1, 8
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": size,
        "hidden_size": width,
        "intermediate_size": width,
        "num_hidden_layers": 1,
        "num_attention_heads": 1,
        "num_key_value_heads": 1,
        "max_position_embeddings": 256,
        "tie_word_embeddings": True,
        "eos_token_id": size - 1,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text('{"eos_token": "<eos>"}', encoding="utf-8")
    square = np.zeros((width, width), dtype=np.float32)
    layer = "model.layers.0."
    names = [f"{layer}self_attn.{n}_proj.weight" for n in "qkvo"]
    names += [f"{layer}mlp.{n}_proj.weight" for n in ("gate", "up", "down")]
    ones = np.ones(width, dtype=np.float32)
    weights = {name: square for name in names}
    weights |= {f"{layer}{n}_layernorm.weight": ones for n in ("input", "post_attention")}
    weights |= {"model.norm.weight": ones}
    weights |= {"model.embed_tokens.weight": np.zeros((size, width), dtype=np.float32)}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
