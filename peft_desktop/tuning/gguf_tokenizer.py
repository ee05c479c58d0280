"""The tokenizer that a GGUF file describes, rebuilt and compared with the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.events import Warned
from ..core.words import QT_TRANSLATE_NOOP
from .gguf_file import SPECIAL, GgufFacts

# llama.cpp's names of ways to cut text into words. transformers cuts all that it does not know
# like GPT-2, but these models put each digit apart.
_DIGITS_APART = {"smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b"}
_LIKE_GPT2 = {"gpt-2", "gpt2", "phi-2", "mpt", "olmo", "jais", "trillion"}
# Taken back in by the tokenizer only if it loses nothing; no text here is changed by NFC or NFKC.
SAMPLES = (
    "The 3 quick brown foxes jumped over 12 lazy dogs; it's 2024.",
    "我正在学习计算机编程。",
    "Привет, мир!",
    "def f(x):\n    return x + 1",
)


def rebuilt_tokenizer(room: Path, facts: GgufFacts, source: Path, warnings: list[Warned]) -> Any:
    from tokenizers import pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    try:
        tokenizer = PreTrainedTokenizerFast.from_pretrained(room, gguf_file="model.gguf")
    except (ValueError, KeyError, IndexError) as error:
        raise _bad_tokenizer(facts, source) from error
    tokenizer.init_kwargs.pop("gguf_file", None)
    tokenizer.init_kwargs.pop("name_or_path", None)
    if facts.context_length:
        tokenizer.model_max_length = int(facts.context_length)
    rust = tokenizer.backend_tokenizer
    if facts.tokenizer == "gpt2" and facts.pre_tokenizer in _DIGITS_APART:
        rust.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Digits(individual_digits=True),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
            ]
        )
    elif facts.tokenizer == "gpt2" and facts.pre_tokenizer not in _LIKE_GPT2 | _known_splits():
        warnings.append(
            Warned(
                QT_TRANSLATE_NOOP(
                    "engine",
                    'The way in which this GGUF model cuts text into words ("{pre}") could only '
                    "be approximated; it may read some texts less well than the original.",
                ),
                {"pre": facts.pre_tokenizer or "default"},
            )
        )
    ids = {name: getattr(tokenizer, f"{name}_token_id") for name in SPECIAL}
    if ids != facts.special or len(tokenizer) != len(facts.tokens):
        raise _bad_tokenizer(facts, source)
    spelled = tokenizer.convert_ids_to_tokens(list(range(len(facts.tokens))))
    if not all(map(_same_token, facts.tokens, spelled)):
        raise _bad_tokenizer(facts, source)
    for text in SAMPLES:
        if _round_trip(rust, text, facts.special["unk"]) != text:
            raise _bad_tokenizer(facts, source)
    return tokenizer


def _known_splits() -> set[str]:
    try:
        from transformers.integrations.gguf import gguf_tokenizer_mapping
    except ImportError:
        return set()
    return set(getattr(gguf_tokenizer_mapping, "GGUF_PRE_TOKENIZER_SPLITS", ()))


def _same_token(written: str, spelled: str) -> bool:
    if written == spelled or written.replace(" ", "\u2581") == spelled:
        return True
    from tokenizers import pre_tokenizers  # a byte-level vocabulary may list a token as plain text

    pieces = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    return "".join(piece for piece, _ in pieces.pre_tokenize_str(written)) == spelled


def _round_trip(rust: Any, text: str, unknown: int | None) -> str:
    ids = rust.encode(text, add_special_tokens=False).ids
    if unknown is not None and unknown in ids:
        return text  # a vocabulary without this script: nothing can be said
    return str(rust.decode(ids, skip_special_tokens=False)).removeprefix(" ")


def _bad_tokenizer(facts: GgufFacts, source: Path) -> UserError:
    return UserError(
        QT_TRANSLATE_NOOP("engine", 'The tokenizer "{kind}" of the GGUF file cannot be rebuilt.'),
        QT_TRANSLATE_NOOP(
            "engine", "Add the model as a folder with config.json and safetensors instead."
        ),
        file=source,
        kind=facts.tokenizer or "?",
    )
