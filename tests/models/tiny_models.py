"""Tiny real models: folders as `save_pretrained` writes them, and GGUF files."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

from peft_desktop.core.events import Event, Finished, Tick

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
MERGES = ["Ġ t", "h e", "Ġt he", "i n", "o n", "1 2", "r e", "a t"]
TEMPLATE = "{% for m in messages %}<|im_start|>{{ m['content'] }}<|im_end|>{% endfor %}"


def byte_tokens() -> list[str]:
    from tokenizers import pre_tokenizers

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    return SPECIAL + letters + [merge.replace(" ", "") for merge in MERGES]


def drained(events: Iterable[Event]) -> list[Event]:
    return [event for event in events if not isinstance(event, Tick)]


def result_of(events: Generator[Event, None, None]) -> dict[str, Any]:
    last = drained(events)[-1]
    assert isinstance(last, Finished)
    return last.result


def byte_level_tokenizer() -> Any:
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    vocabulary = {token: i for i, token in enumerate(byte_tokens())}
    merges = [tuple(merge.split(" ")) for merge in MERGES]
    rust = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    rust.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    rust.decoder = decoders.ByteLevel()
    rust.add_special_tokens([AddedToken(token, special=True) for token in SPECIAL])
    return PreTrainedTokenizerFast(
        tokenizer_object=rust, eos_token=SPECIAL[2], bos_token=SPECIAL[1], unk_token=SPECIAL[0]
    )


def word_piece_tokenizer() -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = [chr(i) for i in range(33, 127)]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *("##" + c for c in letters)]
    vocabulary = {word: i for i, word in enumerate(words)}
    rust = Tokenizer(models.WordPiece(vocab=vocabulary, unk_token="[UNK]"))
    rust.normalizer = normalizers.BertNormalizer()
    rust.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return PreTrainedTokenizerFast(
        tokenizer_object=rust,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )


def tiny_llama(**more: Any) -> Any:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=len(byte_tokens()),
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        **{"tie_word_embeddings": True, "max_position_embeddings": 128, **more},
    )
    model = LlamaForCausalLM(config).eval()
    for weight in model.parameters():  # not model.to(): that would round the positions as well
        weight.data = weight.data.bfloat16().float()
    return model


def build(kind: str, folder: Path) -> None:
    import torch
    import transformers as tf

    torch.manual_seed(0)
    small = {"num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    words, letters = word_piece_tokenizer(), byte_level_tokenizer()
    if kind == "bert":
        config = tf.BertConfig(vocab_size=len(words), hidden_size=32, **small)
        model, tokenizer = tf.BertForMaskedLM(config), words
    elif kind == "encoder":
        config = tf.BertConfig(vocab_size=len(words), hidden_size=32, **small)
        model, tokenizer = tf.BertModel(config), words
    elif kind == "roberta":
        config = tf.RobertaConfig(
            vocab_size=len(letters), hidden_size=32, max_position_embeddings=66, **small
        )
        model, tokenizer = tf.RobertaForMaskedLM(config), letters
    elif kind == "albert":
        config = tf.AlbertConfig(vocab_size=len(words), embedding_size=16, hidden_size=32, **small)
        model, tokenizer = tf.AlbertForMaskedLM(config), words
    elif kind == "distilbert":
        config = tf.DistilBertConfig(
            vocab_size=len(words), dim=32, n_layers=2, n_heads=2, hidden_dim=64
        )
        model, tokenizer = tf.DistilBertForMaskedLM(config), words
    elif kind == "electra":
        config = tf.ElectraConfig(vocab_size=len(words), embedding_size=32, hidden_size=32, **small)
        model, tokenizer = tf.ElectraForMaskedLM(config), words
    elif kind == "gpt2":
        config = tf.GPT2Config(
            vocab_size=len(letters), n_embd=32, n_layer=2, n_head=2, n_positions=64
        )
        model, tokenizer = tf.GPT2LMHeadModel(config), letters
    elif kind == "llama":
        model, tokenizer = tiny_llama(tie_word_embeddings=False), letters
        tokenizer.chat_template = TEMPLATE
    else:
        config = tf.T5Config(
            vocab_size=len(letters), d_model=32, d_kv=16, d_ff=64, num_layers=1, num_heads=2
        )
        model, tokenizer = tf.T5ForConditionalGeneration(config), letters
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def write_gguf(
    path: Path,
    model: Any,
    *,
    architecture: str = "llama",
    quantised: bool = False,
    tokenizer: str = "gpt2",
    pre: str = "smollm",
    skip: str = "",
    extra: dict[str, Any] | None = None,
) -> Path:
    """Write a Llama as llama.cpp does: its names, its order of the rows of q and k."""
    import gguf
    import numpy as np

    config = model.config
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name("Tiny Test")
    writer.add_license("mit")
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_dimension_count(config.head_dim)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_vocab_size(config.vocab_size)
    tokens = byte_tokens()
    writer.add_tokenizer_model(tokenizer)
    writer.add_tokenizer_pre(pre)
    writer.add_token_list(tokens)
    writer.add_token_types([3] * len(SPECIAL) + [1] * (len(tokens) - len(SPECIAL)))
    writer.add_token_merges(MERGES)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_pad_token_id(2)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, config.num_hidden_layers)
    heads = {"q_proj": config.num_attention_heads, "k_proj": config.num_key_value_heads}
    weights = {**model.state_dict(), **(extra or {})}
    if config.tie_word_embeddings:
        weights.pop("lm_head.weight", None)
    for name, tensor in weights.items():
        if skip and skip in name:
            continue
        values = np.asarray(tensor, dtype=np.float32)
        for part, count in heads.items():
            if part in name:
                half = values.shape[0] // count // 2
                values = values.reshape(count, 2, half, -1).swapaxes(1, 2).reshape(values.shape)
        called = names.get_name(name, try_suffixes=(".weight",)) or name
        kind = gguf.GGMLQuantizationType.F32
        if quantised and values.ndim == 2:
            kind = gguf.GGMLQuantizationType.Q8_0
            values = gguf.quantize(values, kind)
        writer.add_tensor(called, values, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
