"""What a GGUF file says about itself: its header, read and checked without torch."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP

# our names of the special tokens -> those in the file
SPECIAL = {"bos": "bos", "eos": "eos", "unk": "unknown", "pad": "padding"}


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """What a GGUF file says about itself; `parameters` counts the weights' elements."""

    architecture: str
    name: str
    licence: str
    context_length: int | None
    parameters: int
    output_parameters: int
    tokenizer: str
    pre_tokenizer: str
    tokens: list[str] = field(repr=False)
    special: dict[str, int | None]
    types: tuple[str, ...]
    rope_scaling: dict[str, Any]
    rope_factors: list[float] | None
    other_rope_tensors: bool


def read_gguf(path: Path) -> GgufFacts:
    """Read the header of a GGUF file and try each kind of quantisation in it (no torch).

    Raises UserError: not GGUF, truncated or broken, a quantisation that cannot be read.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise _unreadable(path) from error
    if magic != b"GGUF":
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This is not a GGUF file."),
            QT_TRANSLATE_NOOP("engine", "Choose a .gguf file or a model folder."),
            file=path,
        )
    os.environ.setdefault("TQDM_DISABLE", "1")  # read when tqdm is first imported
    from gguf import GGUFReader

    try:
        reader = GGUFReader(path)
        return _facts(reader, path)
    except UserError:
        raise
    except Exception as error:  # whatever the reader trips over, the file is at fault
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The GGUF file is cut short or broken ({detail})."),
            QT_TRANSLATE_NOOP("engine", "Copy or download it again."),
            file=path,
            detail=_short(error),
        ) from error


def _facts(reader: Any, path: Path) -> GgufFacts:
    def value(key: str, default: Any = None) -> Any:
        found = reader.fields.get(key)
        return default if found is None else found.contents()

    architecture = str(value("general.architecture", ""))
    tokens = value("tokenizer.ggml.tokens", [])
    if not architecture or not reader.tensors or not tokens:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The GGUF file holds no complete model (weights and tokenizer)."
            ),
            QT_TRANSLATE_NOOP("engine", "Choose the GGUF file of a whole language model."),
            file=path,
        )
    if int(value("split.count", 1)) > 1:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This GGUF model is split over several files."),
            QT_TRANSLATE_NOOP("engine", "Merge the parts first: llama-gguf-split --merge."),
            file=path,
        )
    _check_types(reader.tensors, path)
    extra = [t for t in reader.tensors if t.name.startswith("rope_")]
    freqs = [t for t in extra if t.name == "rope_freqs.weight"]
    output = [t for t in reader.tensors if t.name == "output.weight"]
    scaling = f"{architecture}.rope.scaling."
    special = {ours: value(f"tokenizer.ggml.{its}_token_id") for ours, its in SPECIAL.items()}
    return GgufFacts(
        architecture=architecture,
        name=str(value("general.name", "")),
        licence=str(value("general.license", "")),
        context_length=value(f"{architecture}.context_length"),
        parameters=sum(int(t.n_elements) for t in reader.tensors)
        - sum(int(t.n_elements) for t in extra),
        output_parameters=sum(int(t.n_elements) for t in output),
        tokenizer=str(value("tokenizer.ggml.model", "")),
        pre_tokenizer=str(value("tokenizer.ggml.pre", "")),
        tokens=[str(t) for t in tokens],
        special={name: None if i is None else int(i) for name, i in special.items()},
        types=tuple(sorted({t.tensor_type.name for t in reader.tensors})),
        rope_scaling={k[len(scaling) :]: value(k) for k in reader.fields if k.startswith(scaling)},
        rope_factors=[float(x) for x in freqs[0].data] if freqs else None,
        other_rope_tensors=len(extra) > len(freqs),
    )


def _check_types(tensors: Any, path: Path) -> None:
    from gguf import dequantize

    tried = set()
    for tensor in tensors:
        if tensor.tensor_type in tried:
            continue
        tried.add(tensor.tensor_type)
        try:
            dequantize(tensor.data[:1], tensor.tensor_type)
        except NotImplementedError as error:
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "The quantisation {kind} cannot be read."),
                QT_TRANSLATE_NOOP(
                    "engine", "Choose a GGUF file of another quantisation, e.g. Q8_0 or F16."
                ),
                file=path,
                kind=tensor.tensor_type.name,
            ) from error


def _unreadable(path: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", "The file cannot be read."),
        QT_TRANSLATE_NOOP("engine", "Check that it exists and that you may read it."),
        file=path,
    )


def _short(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:120] or type(error).__name__
