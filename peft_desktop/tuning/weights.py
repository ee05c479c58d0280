"""Weight files of strangers: safetensors whose every byte is accounted for, and nothing else."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP

WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"
JSON_LIMIT = 64 * 2**20
_HEADER_LIMIT = 100_000_000  # bytes; the limit of the safetensors format itself
_SIZES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1}
_SIZES |= {"U64": 8, "U32": 4, "U16": 2, "BOOL": 1, "F8_E4M3": 1, "F8_E5M2": 1, "C64": 8}
_SIZES |= dict.fromkeys(("F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"), 1)
_PACKED = {"F4", "F6_E2M3", "F6_E3M2"}  # several to a byte
_PICKLED = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib"}
_FOREIGN = {".h5": "TensorFlow", ".msgpack": "Flax", ".onnx": "ONNX", ".tflite": "TensorFlow Lite"}
Tensors = dict[str, tuple[str, tuple[int, ...]]]
AGAIN = QT_TRANSLATE_NOOP("engine", "Copy or download the model again.")


def read_json(path: Path, limit: int = JSON_LIMIT) -> dict[str, Any]:
    """A JSON object from a stranger; UserError when it is broken, too big or no object."""
    try:
        if path.stat().st_size > limit:
            raise ValueError("too big")
        content = json.loads(path.read_text("utf-8-sig"))
        if not isinstance(content, dict):
            raise ValueError("no object")
    except (OSError, ValueError, RecursionError) as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The file is not valid JSON."), AGAIN, file=path
        ) from error
    return content


def checked_weights(folder: Path) -> tuple[tuple[Path, ...], Tensors]:
    if (folder / WEIGHTS).is_file():
        return (folder / WEIGHTS,), _header(folder / WEIGHTS)
    if not (folder / INDEX).is_file():
        raise refused_weights(folder)
    placed = read_json(folder / INDEX).get("weight_map")
    if not isinstance(placed, dict) or not placed:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The list of weight files is broken."),
            AGAIN,
            file=folder / INDEX,
        )
    shards, tensors = [], Tensors()
    for name in sorted({str(shard) for shard in placed.values()}):
        shard = folder / name
        if Path(name).name != name or "\\" in name or not name.endswith(".safetensors"):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'The list of weight files names "{shard}".'),
                AGAIN,
                file=folder / INDEX,
                shard=name,
            )
        if not shard.is_file():
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'The weight file "{shard}" is missing.'),
                QT_TRANSLATE_NOOP("engine", "Copy the missing file into the folder."),
                file=folder,
                shard=name,
            )
        shards.append(shard)
        tensors |= _header(shard)
    missing = sorted(set(placed) - set(tensors))
    if missing:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", 'The weight "{name}" ({count} in all) is missing.'),
            AGAIN,
            file=folder / INDEX,
            name=missing[0],
            count=len(missing),
        )
    return tuple(shards), tensors


def refused_weights(folder: Path) -> UserError:
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    by_kind = {Path(name).suffix.lower(): name for name in reversed(names)}
    given: dict[str, Any] = {"file": folder}
    for suffix in by_kind:
        given["name"] = by_kind[suffix]
        if suffix == ".safetensors":
            return UserError(
                QT_TRANSLATE_NOOP("engine", 'The weights are called "{name}".'),
                QT_TRANSLATE_NOOP(
                    "engine",
                    "A whole model has model.safetensors, or several files and "
                    "model.safetensors.index.json.",
                ),
                **given,
            )
        if suffix == ".gguf":
            return UserError(
                QT_TRANSLATE_NOOP("engine", "This folder holds a GGUF file."),
                QT_TRANSLATE_NOOP("engine", 'Add the file "{name}" itself instead of the folder.'),
                **given,
            )
    for suffix in by_kind:
        given["name"] = by_kind[suffix]
        if suffix in _PICKLED:
            return UserError(
                QT_TRANSLATE_NOOP(
                    "engine",
                    'The weights are in "{name}", a pickled file that can run programs when it is '
                    "opened; it is not opened here.",
                ),
                QT_TRANSLATE_NOOP(
                    "engine",
                    "Get the model with safetensors weights, or let its maker save it again with "
                    "save_pretrained, which writes them.",
                ),
                **given,
            )
    for suffix in by_kind:
        given["name"] = by_kind[suffix]
        if suffix in _FOREIGN:
            return UserError(
                QT_TRANSLATE_NOOP(
                    "engine", 'The weights are in "{name}", made for {maker}; it cannot be trained.'
                ),
                QT_TRANSLATE_NOOP("engine", "Get the model with safetensors weights."),
                maker=_FOREIGN[suffix],
                **given,
            )
    given.pop("name", None)
    return UserError(
        QT_TRANSLATE_NOOP("engine", "There are no weights (model.safetensors) in this folder."),
        QT_TRANSLATE_NOOP("engine", "Copy the model's safetensors files into it."),
        **given,
    )


def _header(path: Path) -> Tensors:
    """Names, dtypes and shapes in a safetensors file whose every byte is accounted for."""
    size = path.stat().st_size
    with path.open("rb") as file:
        first = file.read(8)
        length = struct.unpack("<Q", first)[0] if len(first) == 8 else 0
        if length > _HEADER_LIMIT:
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "The header of this safetensors file is far too big ({size} MB)."
                ),
                QT_TRANSLATE_NOOP("engine", "The file is broken; copy or download it again."),
                file=path,
                size=length // 2**20,
            )
        if len(first) < 8 or 8 + length > size:
            raise _cut_short(path)
        try:
            raw = json.loads(file.read(length))
            found = {name: _entry(value) for name, value in raw.items() if name != "__metadata__"}
        except (ValueError, RecursionError, AttributeError, KeyError, TypeError) as error:
            raise _corrupt(path) from error
    if not found:
        raise _corrupt(path)
    end = 0
    for _, _, low, high in sorted(found.values(), key=lambda entry: entry[2:]):
        if low != end or high < low:
            raise _corrupt(path)
        end = high
    if 8 + length + end > size:
        raise _cut_short(path)
    if 8 + length + end < size:
        raise _corrupt(path)
    return {name: (dtype, shape) for name, (dtype, shape, _, _) in found.items()}


def _entry(value: Mapping[str, Any]) -> tuple[str, tuple[int, ...], int, int]:
    low, high = (int(offset) for offset in value["data_offsets"])
    dtype, shape = str(value["dtype"]), tuple(int(length) for length in value["shape"])
    if any(length < 0 for length in shape):
        raise ValueError("negative length")
    if dtype not in _SIZES.keys() | _PACKED:
        raise ValueError("dtype")
    if dtype in _SIZES and math.prod(shape) * _SIZES[dtype] != high - low:
        raise ValueError("size")
    return dtype, shape, low, high


def _cut_short(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The safetensors file is cut short."), AGAIN, file=path
    )


def _corrupt(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The safetensors file is broken."), AGAIN, file=path
    )
