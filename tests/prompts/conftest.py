"""Tiny tokenizers of every kind, trained here, saved as model folders are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

KINDS = ("word_piece", "byte_level", "byte_level_roberta", "unigram", "llama")
CORPUS = [
    "Review: a great film, truly great. Overall, the movie was great and the plot is good.",
    "It was terrible! The movie was terrible, and nobody liked it. Overall, it was bad...",
    "Article: the topic of this article is sports. The answer is yes; the answer is no.",
    "我正在学习计算机编程，感觉非常有趣。这部电影很好看。总的来说，很差。答案：是。答案：否。",
    "给定一个句子，判断其是否包含以下关键词：计算机编程。计算机和编程都很有趣。",
    "Numbers 1 2 3 44 555, (brackets) [squares] {braces} \"quotes\" 'n' more - and so on?",
] * 8


def _build(kind: str) -> tuple[Any, dict[str, str]]:
    from tokenizers import (
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
        trainers,
    )

    if kind == "word_piece":
        special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        made.normalizer = normalizers.BertNormalizer(lowercase=True)
        made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        made.decoder = decoders.WordPiece()
        made.train_from_iterator(
            CORPUS,
            trainers.WordPieceTrainer(vocab_size=400, special_tokens=special, show_progress=False),
        )
        made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
        made.enable_padding(length=128)
        made.enable_truncation(16)
        return made, {
            "unk_token": "[UNK]",
            "mask_token": "[MASK]",
            "pad_token": "[PAD]",
            "cls_token": "[CLS]",
            "sep_token": "[SEP]",
        }
    if kind in ("byte_level", "byte_level_roberta"):
        roberta = kind == "byte_level_roberta"
        special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"] if roberta else ["<|im_end|>"]
        made = Tokenizer(models.BPE())
        made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        made.decoder = decoders.ByteLevel()
        made.train_from_iterator(
            CORPUS,
            trainers.BpeTrainer(
                vocab_size=500,
                special_tokens=special,
                initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
                show_progress=False,
            ),
        )
        if roberta:
            made.post_processor = processors.RobertaProcessing(
                ("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False
            )
            return made, {
                "bos_token": "<s>",
                "eos_token": "</s>",
                "unk_token": "<unk>",
                "pad_token": "<pad>",
                "mask_token": "<mask>",
            }
        made.post_processor = processors.ByteLevel(trim_offsets=True)
        return made, {"eos_token": "<|im_end|>", "pad_token": "<|im_end|>"}
    if kind == "unigram":
        special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
        made = Tokenizer(models.Unigram())
        made.normalizer = normalizers.NFKC()
        made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
        made.decoder = decoders.Metaspace()
        made.train_from_iterator(
            CORPUS,
            trainers.UnigramTrainer(
                vocab_size=300, special_tokens=special, unk_token="<unk>", show_progress=False
            ),
        )
        made.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
        )
        return made, {
            "bos_token": "<s>",
            "eos_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "mask_token": "<mask>",
        }
    made = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True))
    made.normalizer = normalizers.Sequence(
        [normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")]
    )
    made.decoder = decoders.Replace("\u2581", " ")
    made.train_from_iterator(
        [word for line in CORPUS for word in line.split()],
        trainers.BpeTrainer(
            vocab_size=400, special_tokens=["<unk>", "<s>", "</s>"], show_progress=False
        ),
    )
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", 1)]
    )
    return made, {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}


@pytest.fixture(scope="session")
def tokenizer_folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder as a model has it (tokenizer.json, tokenizer_config.json) for each kind."""
    import json

    folders = {}
    for kind in KINDS:
        folder = tmp_path_factory.mktemp(kind)
        made, named = _build(kind)
        made.save(str(folder / "tokenizer.json"))
        config = {"tokenizer_class": "PreTrainedTokenizerFast", **named}
        (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
        folders[kind] = folder
    return folders


@pytest.fixture(params=KINDS)
def folder(request: pytest.FixtureRequest, tokenizer_folders: dict[str, Path]) -> Path:
    """The folder of each kind of tokenizer in turn."""
    return tokenizer_folders[request.param]
