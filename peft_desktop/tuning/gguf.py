"""GGUF in, an ordinary model folder out: dequantised once, checked, saved as safetensors."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.events import Event, PhaseChanged, Progressed, Warned
from ..core.files import is_disk_full
from ..core.words import QT_TRANSLATE_NOOP
from .gguf_file import GgufFacts, read_gguf
from .gguf_tokenizer import SAMPLES, rebuilt_tokenizer
from .kinds import family_of
from .safety import clean_config
from .waiting import waiting

__all__ = ["GgufFacts", "import_gguf", "read_gguf"]

_SAMPLE_LENGTH = 48  # tokens on which the saved model must agree with the dequantised one


def import_gguf(
    source: Path, folder: Path, facts: GgufFacts | None = None
) -> Generator[Event, None, GgufFacts]:
    """Turn `source` into a bf16 model folder inside the empty `folder`; returns the facts.

    The saved folder is loaded again and must give the same logits as the dequantised original.
    Raises UserError for a broken file, an unknown architecture, tokenizer or quantisation.
    """
    if facts is None:
        yield PhaseChanged("checking")
        facts = yield from waiting(lambda: read_gguf(source))
    known = facts
    yield Progressed(1, 4, "steps")
    with _alone(source, folder) as room:
        yield PhaseChanged("loading")
        loaded, warnings = yield from waiting(lambda: _dequantised(room, known, source))
        yield from warnings
        yield Progressed(2, 4, "steps")
        yield PhaseChanged("saving")
        expected = yield from waiting(lambda: _saved(loaded, folder), join=True)
        yield Progressed(3, 4, "steps")
    yield PhaseChanged("checking")
    yield from waiting(lambda: _same_again(folder, expected, source))
    yield Progressed(4, 4, "steps")
    return known


@contextmanager
def _alone(source: Path, folder: Path) -> Iterator[Path]:
    """A folder with nothing but the GGUF file: its neighbours must not be read as its config."""
    room = folder / ".source"
    room.mkdir()
    target = room / "model.gguf"
    try:
        for place in (os.link, os.symlink, shutil.copyfile):
            try:
                place(source.resolve(), target)
                break
            except OSError as error:
                target.unlink(missing_ok=True)
                if is_disk_full(error):
                    raise
        yield room
    finally:
        gc.collect()  # a mapped file cannot be removed on Windows
        shutil.rmtree(room, ignore_errors=True)


def _dequantised(room: Path, facts: GgufFacts, source: Path) -> tuple[list[Any], list[Warned]]:
    """The model and its tokenizer, in a list that `_saved` empties to free the memory."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    warnings: list[Warned] = []
    with _quiet():
        try:
            config = AutoConfig.from_pretrained(
                room, gguf_file="model.gguf", trust_remote_code=False, local_files_only=True
            )
        except (ValueError, KeyError, NotImplementedError) as error:
            raise _unsupported(facts, source) from error
        if family_of(config.to_dict(), None, file=source) == "seq2seq":
            raise UserError(
                QT_TRANSLATE_NOOP("engine", "T5 models cannot be read from GGUF files."),
                QT_TRANSLATE_NOOP(
                    "engine", "Add the folder of the original model (safetensors) instead."
                ),
                file=source,
            )
        _round_floats(config)
        _set_rope(config, facts, warnings)
        tokenizer = rebuilt_tokenizer(room, facts, source, warnings)
        try:
            loaded: Any = AutoModelForCausalLM.from_pretrained(
                room,
                gguf_file="model.gguf",
                config=config,
                dtype=torch.bfloat16,
                output_loading_info=True,
                trust_remote_code=False,
                local_files_only=True,
                **_dense(),
            )
        except (ValueError, KeyError, NotImplementedError) as error:
            raise _unsupported(facts, source) from error
    model, info = loaded
    own = sum(p.numel() for p in model.parameters())
    spare = facts.output_parameters if config.tie_word_embeddings else 0
    if (
        info["missing_keys"]
        or info["mismatched_keys"]
        or facts.parameters not in (own, own + spare)
    ):
        raise _unsupported(facts, source)
    return [tokenizer, model], warnings


def _dense() -> dict[str, Any]:
    try:
        from transformers import GgufConfig
    except ImportError:  # before transformers could keep GGUF weights packed
        return {}
    return {"quantization_config": GgufConfig(dequantize=True)}


def _round_floats(config: Any) -> None:
    """GGUF keeps 1e-05 in 32 bits, and 9.99999974e-06 comes out: take the shortest number back."""
    import numpy as np

    for name, value in list(vars(config).items()):
        if isinstance(value, float) and float(np.float32(value)) == value:
            setattr(config, name, float(str(np.float32(value))))


def _set_rope(config: Any, facts: GgufFacts, warnings: list[Warned]) -> None:
    """Carry over position scaling, which transformers' loader passes over without a word."""
    rope = getattr(config, "rope_parameters", None)
    kind = str(facts.rope_scaling.get("type", "none"))
    if not isinstance(rope, dict) or rope.get("rope_type", "default") != "default":
        return
    if facts.rope_factors:
        scaled = _llama3_rope(facts.rope_factors, float(rope["rope_theta"]))
        if scaled:
            config.rope_parameters = {**rope, **scaled}
            return
    if kind == "linear" and facts.rope_scaling.get("factor"):
        factor = float(facts.rope_scaling["factor"])
        config.rope_parameters = {**rope, "rope_type": "linear", "factor": factor}
    elif kind != "none" or facts.rope_factors or facts.other_rope_tensors:
        warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    "The position scaling of this GGUF model could not be carried over; it may "
                    "read long texts less well than the original.",
                )
            )
        )


def _llama3_rope(factors: list[float], theta: float) -> dict[str, Any]:
    """The Llama 3 scaling that gives these factors, or nothing."""
    import math

    factor, low, high, old = max(factors), 1.0, 4.0, 8192
    for i, given in enumerate(factors):
        turns = old / (2 * math.pi * theta ** (i / len(factors)))
        smooth = min(1.0, max(0.0, (turns - low) / (high - low)))
        if not math.isclose(given, 1 / ((1 - smooth) / factor + smooth), rel_tol=1e-3):
            return {}
    return {
        "rope_type": "llama3",
        "factor": factor,
        "low_freq_factor": low,
        "high_freq_factor": high,
        "original_max_position_embeddings": old,
    }


def _saved(loaded: list[Any], folder: Path) -> Any:
    """Write the folder; the logits of the dequantised model on a sample come back."""
    import torch
    from transformers import AutoModelForCausalLM

    model, tokenizer = loaded.pop(), loaded.pop()
    expected = _logits(model, tokenizer.backend_tokenizer)
    config = type(model.config).from_dict(clean_config(model.config.to_dict()))
    auto: Any = AutoModelForCausalLM
    with _quiet(), torch.device("meta"):
        fresh = auto.from_config(config, dtype=torch.bfloat16)
    # assigned, not copied: the weights are in memory once
    fresh.load_state_dict(model.state_dict(), assign=True)
    fresh.tie_weights()
    with _quiet():
        fresh.save_pretrained(folder, max_shard_size="2GB")
        tokenizer.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    for written in (folder / "config.json", folder / "tokenizer_config.json"):
        content = clean_config(json.loads(written.read_text("utf-8")))
        written.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")
    for weights in folder.glob("*.safetensors"):
        weights.chmod((folder / "config.json").stat().st_mode)  # they are saved for the owner only
    return expected


def _logits(model: Any, rust: Any) -> Any:
    import torch

    ids = [i for text in SAMPLES for i in rust.encode(text, add_special_tokens=False).ids]
    with torch.no_grad():
        return model.eval()(input_ids=torch.tensor([ids[:_SAMPLE_LENGTH]])).logits.float()


def _same_again(folder: Path, expected: Any, source: Path) -> None:
    """Load what was saved and compare: the same logits, no weight missing or left over."""
    import torch
    from tokenizers import Tokenizer
    from transformers import AutoModelForCausalLM

    with _quiet():
        loaded: Any = AutoModelForCausalLM.from_pretrained(
            folder,
            dtype=torch.bfloat16,
            output_loading_info=True,
            trust_remote_code=False,
            local_files_only=True,
        )
    model, info = loaded
    found = _logits(model, Tokenizer.from_file(str(folder / "tokenizer.json")))
    tied = model.get_output_embeddings().weight is model.get_input_embeddings().weight
    if (
        info["missing_keys"]
        or info["unexpected_keys"]
        or tied != bool(model.config.tie_word_embeddings)
        or found.shape != expected.shape
        or not torch.allclose(found, expected, rtol=2**-7, atol=2**-7 * float(expected.abs().max()))
    ):
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The model was converted, but does not compute what the GGUF file does."
            ),
            QT_TRANSLATE_NOOP(
                "engine", "Use the model's safetensors folder instead; nothing was added."
            ),
            file=source,
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """No progress bars or advice of transformers on the user's terminal."""
    from transformers.utils import logging as log

    logging: Any = log  # it has no type hints

    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()


def _unsupported(facts: GgufFacts, source: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP(
            "engine", 'GGUF models of the architecture "{architecture}" cannot be read completely.'
        ),
        QT_TRANSLATE_NOOP(
            "engine", "Add the model as a folder with config.json and safetensors instead."
        ),
        file=source,
        architecture=facts.architecture,
    )
