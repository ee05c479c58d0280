"""A model folder is a stranger's gift: what may be loaded, what it is, and what to refuse.

Only JSON and the headers of safetensors files are read; nothing is run and torch is not needed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.events import Warned
from ..core.words import QT_TRANSLATE_NOOP
from .kinds import family_of
from .weights import AGAIN, JSON_LIMIT, Tensors, checked_weights, read_json, refused_weights

__all__ = ["Inspection", "check_folder", "clean_config", "family_of", "inspect_folder", "read_json"]

_FLOATS = {"F64", "F32", "F16", "BF16"}
_CODE = ("modeling", "configuration", "tokenization", "modular", "model")
_ATTENTION = ("attn_implementation", "experts_implementation")
_STRIPPED = {
    "auto_map",
    "custom_pipelines",
    "quantization_config",
    "kernel_config",
    "use_kernels",
    "fusion_config",
    "distributed_config",
    "device_map",
    "gguf_file",
    "base_model_name_or_path",
    "name_or_path",
    "_name_or_path",
    "_model_name_or_path",
    "is_local",
    "local_files_only",
    "_commit_hash",
    "_attn_implementation_autoset",
}
_UNQUANTISED = QT_TRANSLATE_NOOP("engine", "Choose the model's unquantised version.")
_OTHER = QT_TRANSLATE_NOOP("engine", "Choose a model that needs no code of its own.")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a folder holds. With a `problem` it cannot be used, and what follows may be empty.

    `tensors` maps weight names to (dtype, shape); `pooling` is mean or cls for sentence encoders.
    """

    folder: Path
    problem: UserError | None = None
    config: Mapping[str, Any] | None = None
    family: str = ""
    weights: tuple[Path, ...] = ()
    tensors: Mapping[str, tuple[str, tuple[int, ...]]] | None = None
    pooling: str | None = None
    notes: tuple[Warned, ...] = ()

    @property
    def parameters(self) -> int:
        """Elements of all floating-point weights."""
        found = self.tensors or {}
        return sum(math.prod(shape) for dtype, shape in found.values() if dtype in _FLOATS)


def inspect_folder(folder: Path) -> Inspection:
    """Look into a model folder; what is wrong stands in `problem`, nothing is raised."""
    try:
        return check_folder(folder)
    except UserError as problem:
        return Inspection(folder, problem)


def check_folder(folder: Path) -> Inspection:
    """Raise UserError with one sentence when the folder cannot, or must not, be used."""
    if not folder.is_dir():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no such model folder."),
            QT_TRANSLATE_NOOP("engine", "Choose a folder with config.json and model.safetensors."),
            file=folder,
        )
    try:
        return _checked(folder)
    except OSError as error:  # no rights, a drive that went away
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The model folder cannot be read."),
            QT_TRANSLATE_NOOP("engine", "Check that you may read all files in it."),
            file=folder,
        ) from error


def _checked(folder: Path) -> Inspection:
    _check_adapter(folder)
    config = _checked_config(folder)
    _check_links(folder)
    _check_code(folder)
    weights, tensors = checked_weights(folder)
    _check_quantisation(folder, config, tensors)
    family = family_of(config, tensors, file=folder / "config.json")
    _check_tokenizer(folder)
    pooling, notes = _pooling(folder) if family == "encoder" else (None, ())
    return Inspection(folder, None, config, family, weights, tensors, pooling, notes)


def clean_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """The config without anything that names code, places, kernels or packed weights."""
    return {
        key: clean_config(value) if isinstance(value, Mapping) else value
        for key, value in config.items()
        if key not in _STRIPPED and not any(name in str(key) for name in _ATTENTION)
    }


def _check_adapter(folder: Path) -> None:
    if (folder / "adapter_config.json").exists():
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "This is an adapter (LoRA or the like), not a whole model."
            ),
            QT_TRANSLATE_NOOP(
                "engine", "Add its base model, or merge the adapter into the base model first."
            ),
            file=folder,
        )


def _checked_config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    if not path.is_file():
        packed = sorted(folder.glob("*.gguf"))
        if packed and not any(folder.glob("*.safetensors")):
            raise refused_weights(folder)
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no config.json in this folder."),
            QT_TRANSLATE_NOOP(
                "engine", "Choose the folder that holds config.json and model.safetensors."
            ),
            file=folder,
        )
    config = read_json(path)
    _check_keys(config, path)
    for name in ("tokenizer_config.json", "generation_config.json"):
        if (folder / name).is_file():
            _check_keys(read_json(folder / name), folder / name)
    return config


def _check_keys(config: Mapping[str, Any], path: Path) -> None:
    for key, value in _walk(config):
        if key == "auto_map":
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", "This model brings program code of its own (auto_map); it is not run."
                ),
                _OTHER,
                file=path,
                field=key,
            )
        if any(name in str(key) for name in _ATTENTION) and "/" in str(value):
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", 'This model wants to load program code from elsewhere ("{value}").'
                ),
                _OTHER,
                file=path,
                field=key,
                value=str(value)[:80],
            )


def _walk(config: Any) -> Iterator[tuple[str, Any]]:
    waiting = [config]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Mapping):
            yield from found.items()
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)


def _check_links(folder: Path) -> None:
    home = folder.resolve()
    # a Hugging Face cache keeps the files beside the snapshots and links to them
    blobs = home.parent.parent / "blobs" if home.parent.name == "snapshots" else home
    rooms = [folder, *(p for p in folder.iterdir() if p.is_dir() and p.name.endswith("_Pooling"))]
    for path in (entry for room in rooms for entry in room.iterdir()):
        target = path.resolve()
        if not (target.is_relative_to(home) or target.is_relative_to(blobs)):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "This is a link that leads out of the model folder."),
                QT_TRANSLATE_NOOP("engine", "Replace it by a copy of the file it points to."),
                file=path,
            )


def _check_code(folder: Path) -> None:
    for path in sorted(folder.glob("*.py")):
        if path.stem.split("_")[0] in _CODE:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "This model brings program code of its own."),
                _OTHER,
                file=path,
            )


def _check_quantisation(folder: Path, config: Mapping[str, Any], tensors: Tensors) -> None:
    packing = config.get("quantization_config")
    if packing:
        kind = packing.get("quant_method") if isinstance(packing, Mapping) else None
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", 'The weights are quantised ("{kind}"); such a model cannot be trained.'
            ),
            _UNQUANTISED,
            file=folder / "config.json",
            kind=str(kind or "?"),
        )
    for name, (dtype, shape) in tensors.items():
        if len(shape) >= 2 and dtype not in _FLOATS and name.endswith("weight"):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'The weight "{name}" is quantised ({dtype}).'),
                _UNQUANTISED,
                file=folder,
                name=name,
                dtype=dtype,
            )


def _check_tokenizer(folder: Path) -> None:
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "There is no tokenizer.json in this folder."),
            QT_TRANSLATE_NOOP(
                "engine",
                "Make one where transformers is installed: "
                "AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER).",
            ),
            file=folder,
        )
    read_json(path, limit=4 * JSON_LIMIT)


def _pooling(folder: Path) -> tuple[str, tuple[Warned, ...]]:
    """How a sentence encoder makes one vector of its tokens, and what of it is not used here."""
    try:
        modules = json.loads((folder / "modules.json").read_text("utf-8"))
        kinds = [(str(m["type"]).rsplit(".", 1)[-1], str(m.get("path", ""))) for m in modules]
    except FileNotFoundError:
        return "mean", ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The file is not valid JSON."),
            AGAIN,
            file=folder / "modules.json",
        ) from error
    if any(not str(m["type"]).startswith("sentence_transformers.") for m in modules):
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This model brings program code of its own."),
            _OTHER,
            file=folder / "modules.json",
        )
    notes, pooling = [], "mean"
    for kind, place in kinds:
        if kind == "Pooling" and Path(place).name == place:
            settings = read_json(folder / place / "config.json")
            pooling = _pooling_mode(settings)
            if pooling not in ("mean", "cls"):
                notes.append(_note_pooling(pooling))
                pooling = "mean"
        elif kind not in ("Transformer", "Normalize"):
            notes.append(_note_layer(kind))
    return pooling, tuple(notes)


def _pooling_mode(settings: Mapping[str, Any]) -> str:
    named = settings.get("pooling_mode")
    if isinstance(named, str):
        return named
    prefix = "pooling_mode_"
    chosen = [key[len(prefix) :] for key, on in settings.items() if key.startswith(prefix) and on]
    known = {"mean_tokens": "mean", "cls_token": "cls"}
    return known.get(chosen[0], chosen[0]) if len(chosen) == 1 else "+".join(chosen) or "mean"


def _note_pooling(mode: str) -> Warned:
    return Warned(
        QT_TRANSLATE_NOOP(
            "engine", 'This model pools its tokens by "{mode}"; the mean is used instead.'
        ),
        {"mode": mode},
    )


def _note_layer(kind: str) -> Warned:
    return Warned(
        QT_TRANSLATE_NOOP("engine", 'The layer "{kind}" after the model is not used.'),
        {"kind": kind},
    )
