"""Models that learn from text alone: how they are loaded, what of them moves, how they are kept."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP
from ..families.loading import from_folder
from ..families.masked import transform_of
from ..prompts.tokens import Tokens
from .adapting_loss import MaskedWords, NextWords, Objective
from .attention import use_short_rows

KEPT_FILES = (  # of the base, as they are
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.txt",
    "vocab.json",
    "merges.txt",
    "chat_template.jinja",
)
_PAPERS = ("LICENSE", "LICENCE", "NOTICE", "COPYING")


def load_for_text(folder: Path, family: str, tokens: Tokens) -> tuple[Any, Objective]:
    """The model in float32 and what it learns from text.

    Raises UserError for families and tokenizers that cannot, and for files that are no such model.
    """
    if family == "seq2seq":
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "Models of the T5 kind cannot be adapted to texts here, only trained."
            ),
            QT_TRANSLATE_NOOP(
                "engine", "Choose a masked or a causal model, or a sentence encoder."
            ),
            file=folder,
        )
    try:
        if family == "causal":
            from transformers import AutoModelForCausalLM

            model = from_folder(AutoModelForCausalLM, folder, torch.float32)
            objective: Objective = NextWords()
        else:
            objective = MaskedWords(_mask_of(tokens, folder), _special(tokens))
            model, _ = load_masked(folder)
    except UserError:
        raise
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This model cannot be loaded: {why}."),
            QT_TRANSLATE_NOOP("engine", "Remove it and add it again, or choose another model."),
            file=folder,
            why=" ".join(str(error).split())[:300],
        ) from error
    prepare(model)
    return model, objective


def load_masked(folder: Path) -> tuple[Any, bool]:
    """A masked language model in float32, and whether its head is new.

    A sentence encoder has no head: it gets one over its own word embeddings (the decoder is tied),
    whose transform begins near the identity, so that little has to be learnt.
    """
    from transformers import AutoModelForMaskedLM

    model, info = AutoModelForMaskedLM.from_pretrained(
        folder,
        dtype=torch.float32,
        local_files_only=True,
        trust_remote_code=False,
        use_safetensors=True,
        output_loading_info=True,
    )
    transform_of(model)  # refuses a head that is not known
    below = f"{model.base_model_prefix}."
    new = [name for name in info["missing_keys"] if not name.startswith(below)]
    if new:
        _near_identity(model, new)
    return model, bool(new)


def prepare(model: Any) -> None:
    """Word embeddings and dropout rest; short rows are attended to the quick way.

    Word embeddings are most of a small model's weights, and few words would be seen often. Without
    dropout a step costs less, and no text is seen often enough to be learnt by heart.
    """
    for embeddings in (model.get_input_embeddings(), model.get_output_embeddings()):
        embeddings.weight.requires_grad_(False)
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
        elif isinstance(getattr(module, "attention_dropout", None), float):
            module.attention_dropout = 0.0
    use_short_rows(model)


def write_model(model: Any, base: Path, room: Path) -> None:
    """The model in bf16 safetensors, the base's tokenizer and its licence, into `room`."""
    short = copy.deepcopy(model).to(torch.bfloat16)  # what is tied stays tied
    short.save_pretrained(room)
    for file in sorted(base.iterdir()):
        if file.is_file() and (file.name in KEPT_FILES or file.name.startswith(_PAPERS)):
            shutil.copyfile(file, room / file.name)


def between(tokens: Tokens, family: str) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    """The tokens behind each text, and those that every row begins and ends with."""
    if family == "causal":
        end = [] if tokens.eos_id is None else [tokens.eos_id]
        return [*end, *tokens.before], tokens.before, []
    return tokens.after[-1:], tokens.before, tokens.after


def _mask_of(tokens: Tokens, folder: Path) -> int:
    if tokens.mask_id is not None:
        return int(tokens.mask_id)
    raise UserError(
        QT_TRANSLATE_NOOP(
            "engine", "This model's tokenizer has no mask, so no word can be hidden."
        ),
        QT_TRANSLATE_NOOP("engine", "Choose a masked or a causal model."),
        file=folder,
    )


def _special(tokens: Tokens) -> tuple[int, ...]:
    known = (*tokens.before, *tokens.after, tokens.pad_id, tokens.mask_id)
    return tuple(dict.fromkeys(token for token in known if token is not None))


def _near_identity(model: Any, new: list[str]) -> None:
    for name in new:
        module = model.get_submodule(name.rpartition(".")[0]) if "." in name else model
        if isinstance(module, nn.Linear) and module.in_features == module.out_features:
            with torch.no_grad():
                nn.init.eye_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
