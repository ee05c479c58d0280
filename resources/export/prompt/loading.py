"""The model's files: the base model by its hash, the weights, and what was trained."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

OURS = "prompt"  # the folder of what is not a usual model file


class Unusable(Exception):  # noqa: N818 (a sentence for the user, not an error of ours)
    """What is wrong and what to do, in one sentence."""


def description(here: Path) -> dict[str, Any]:
    """`prompt.json`: how the prompt is read, the label words as tokens, how to decide."""
    how: dict[str, Any] = json.loads((here / OURS / "prompt.json").read_text(encoding="utf-8"))
    if how["version"] != 1:
        raise Unusable("prompt.json is of a version that this program does not know.")
    return how


def load_model(how: dict[str, Any], here: Path, folder: Path) -> Any:
    """The transformers model of `folder` in float32, with the adapter or trained weights put in."""
    import torch
    import transformers

    kinds = {
        "causal": "AutoModelForCausalLM",
        "masked": "AutoModelForMaskedLM",
        "seq2seq": "AutoModelForSeq2SeqLM",
    }
    auto = getattr(transformers, kinds.get(how["family"], "AutoModel"))
    safe = {"local_files_only": True, "trust_remote_code": False, "use_safetensors": True}
    model = auto.from_pretrained(folder, dtype=torch.float32, **safe)
    if folder != here and (here / "adapter_config.json").exists():
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, here, local_files_only=True).merge_and_unload()
    trained = here / OURS / "trained.safetensors"
    if trained.exists():
        from safetensors.torch import load_file

        tensors = load_file(trained)
        unknown = tensors.keys() - model.state_dict().keys()
        if unknown:
            raise Unusable(f"The base model has no weights called {min(unknown)}.")
        model.load_state_dict(tensors, strict=False)
    return model.eval()


def load_head(here: Path) -> dict[str, Any]:
    """The tensors beside the model: head.weight, head.bias, shift, soft.vectors, prefix.0.key."""
    from safetensors.torch import load_file

    file = here / OURS / "head.safetensors"
    tensors: dict[str, Any] = load_file(file) if file.exists() else {}
    return tensors


def find_base(how: dict[str, Any], given: Path | None) -> Path:
    """The folder of the base model: the one that is given, or the library's with its hash."""
    name, wanted = how["base"], how["base_sha256"]
    if given is not None:
        if not (given / "config.json").is_file():
            raise Unusable(f"{given} is not a model folder: it has no config.json.")
        if weights_hash(given) != wanted:
            raise Unusable(f"{given} is not the base model {name}: its weights are other ones.")
        return given
    for folder in sorted(library().glob("*/")):
        try:
            card = json.loads((folder / "peft-desktop.json").read_text(encoding="utf-8"))
            said = card["sha256"]
        except (OSError, ValueError, KeyError, TypeError):
            said = wanted  # no card: only the weights themselves can tell
        if said == wanted and (folder / "config.json").is_file() and weights_hash(folder) == wanted:
            return folder
    raise Unusable(
        f"The base model {name} (weights with the hash {wanted[:16]}...) is not in {library()}. "
        "Give its folder with --base."
    )


def library() -> Path:
    """Where PEFT Desktop keeps its models."""
    home = os.environ.get("PEFT_DESKTOP_HOME")
    if home:
        return Path(home).expanduser() / "models"
    if sys.platform == "win32":
        data = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        data = Path.home() / "Library" / "Application Support"
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return data / "PEFT Desktop" / "models"


def weights_hash(folder: Path) -> str:
    """The sha256 of the weights; of several files: the sha256 of their sorted hashes."""
    names = {"model.safetensors"}
    try:
        if not (folder / "model.safetensors").is_file():
            index = json.loads((folder / "model.safetensors.index.json").read_text("utf-8"))
            names = set(index["weight_map"].values())
        hashes = sorted(_sha256(folder / name) for name in names)
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return ""
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(2**20):
            digest.update(piece)
    return digest.hexdigest()
