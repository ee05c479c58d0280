"""Checkpoints that are either whole or not there: staged, synced, with a manifest, renamed.

One holds all that decides how training goes on: trained weights, optimizer, random numbers, place
in the order of rows, the best weights so far. Tensors are safetensors, the rest JSON.
"""

from __future__ import annotations

import json
import random
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from ..core.files import sha256_of, staged_folder, sweep

MANIFEST = "MANIFEST.json"
KEPT = 2


@dataclass(slots=True)
class Snapshot:
    """What a checkpoint holds; `state` is plain data, `scores` are of the best weights."""

    step: int
    trained: dict[str, Tensor]
    best: dict[str, Tensor]
    optimizer: dict[str, Any]
    state: dict[str, Any]
    scores: dict[str, Tensor] = field(default_factory=dict)


def save_checkpoint(folder: Path, snapshot: Snapshot) -> Path:
    """Write `checkpoints/step-N`; the newest two are kept, older ones go only after that."""
    tensors, plain = _flat_optimizer(snapshot.optimizer)
    random_states, random_plain = _random_state()
    target = folder / f"step-{snapshot.step:08d}"
    sweep(folder)
    parts = (snapshot.trained, snapshot.best, snapshot.scores, tensors)
    needed = sum(tensor.nbytes for part in parts for tensor in part.values())
    with staged_folder(target, needed) as stage:
        save_file(_whole(snapshot.trained), stage / "trained.safetensors")
        save_file(_whole(snapshot.best), stage / "best.safetensors")
        save_file(_whole(snapshot.scores), stage / "scores.safetensors")
        save_file(_whole({**tensors, **random_states}), stage / "optimizer.safetensors")
        state = {
            "version": 1,
            "step": snapshot.step,
            "state": snapshot.state,
            "optimizer": plain,
            "random": random_plain,
            "torch": torch.__version__,
        }
        (stage / "state.json").write_text(json.dumps(state), encoding="utf-8")
        files = sorted(path for path in stage.iterdir() if path.is_file())
        manifest = {path.name: [path.stat().st_size, sha256_of(path)] for path in files}
        (stage / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    older = sorted(old for old in folder.glob("step-*") if old.name < target.name)
    # what is newer was broken when this run was resumed, and would push out the whole ones
    newer = [old for old in folder.glob("step-*") if old.name > target.name]
    for old in [*older[: 1 - KEPT], *newer]:
        shutil.rmtree(old, ignore_errors=True)
    return target


def is_whole(checkpoint: Path) -> bool:
    """Whether every file of the checkpoint is there with the size and hash of its manifest."""
    try:
        manifest = json.loads((checkpoint / MANIFEST).read_text(encoding="utf-8"))
        return bool(manifest) and all(
            (checkpoint / name).stat().st_size == size and sha256_of(checkpoint / name) == digest
            for name, (size, digest) in manifest.items()
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def newest_whole(folder: Path) -> Path | None:
    """The newest checkpoint that can be trusted."""
    return next((c for c in sorted(folder.glob("step-*"), reverse=True) if is_whole(c)), None)


def precision_of(checkpoint: Path) -> str:
    """The precision that the run computes in; it must not change in the middle."""
    record = json.loads((checkpoint / "state.json").read_text(encoding="utf-8"))
    return str(record["state"]["precision"])


def load_checkpoint(checkpoint: Path) -> Snapshot:
    """Read a checkpoint (verify it first) and set the random numbers to where they were."""
    record = json.loads((checkpoint / "state.json").read_text(encoding="utf-8"))
    tensors = load_file(checkpoint / "optimizer.safetensors")
    _set_random_state(tensors, record["random"])
    return Snapshot(
        step=record["step"],
        trained=load_file(checkpoint / "trained.safetensors"),
        best=load_file(checkpoint / "best.safetensors"),
        scores=load_file(checkpoint / "scores.safetensors"),
        optimizer=_deep_optimizer(tensors, record["optimizer"]),
        state=record["state"],
    )


def remove_checkpoints(folder: Path) -> None:
    """A finished run needs none."""
    with suppress(OSError):
        shutil.rmtree(folder)


def _whole(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    # safetensors wants memory of its own for each tensor
    return {name: tensor.detach().cpu().contiguous().clone() for name, tensor in tensors.items()}


def _flat_optimizer(state: dict[str, Any]) -> tuple[dict[str, Tensor], dict[str, Any]]:
    tensors: dict[str, Tensor] = {}
    plain: dict[str, Any] = {"groups": state["param_groups"], "state": {}}
    for number, values in state["state"].items():
        for key, value in values.items():
            if isinstance(value, Tensor):
                tensors[f"optimizer.{number}.{key}"] = value
            else:
                plain["state"].setdefault(str(number), {})[key] = value
    return tensors, plain


def _deep_optimizer(tensors: dict[str, Tensor], plain: dict[str, Any]) -> dict[str, Any]:
    state: dict[int, dict[str, Any]] = {int(n): dict(v) for n, v in plain["state"].items()}
    for name, tensor in tensors.items():
        if name.startswith("optimizer."):
            _, number, key = name.split(".", 2)
            state.setdefault(int(number), {})[key] = tensor
    return {"state": state, "param_groups": plain["groups"]}


def _random_state() -> tuple[dict[str, Tensor], dict[str, Any]]:
    tensors = {"random.torch": torch.get_rng_state()}
    if torch.cuda.is_available():
        for number, state in enumerate(torch.cuda.get_rng_state_all()):
            tensors[f"random.cuda.{number}"] = state
    version, numbers, gauss = random.getstate()
    return tensors, {"version": version, "numbers": list(numbers), "gauss": gauss}


def _set_random_state(tensors: dict[str, Tensor], plain: dict[str, Any]) -> None:
    torch.set_rng_state(tensors["random.torch"])
    if torch.cuda.is_available():
        states = [t for name, t in sorted(tensors.items()) if name.startswith("random.cuda.")]
        if len(states) == torch.cuda.device_count():
            torch.cuda.set_rng_state_all(states)
    random.setstate((plain["version"], tuple(plain["numbers"]), plain["gauss"]))
