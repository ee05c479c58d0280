"""Tiny models with random weights, one for each architecture, written as `save_pretrained` does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

TEXT = """the movie was good and it was great . the film was bad , a terrible and long story .
it was great . it was terrible . great acting , terrible plot . a good film , a bad movie .
great great great terrible terrible terrible good good bad bad fine fine awful awful"""
WORDS = [*dict.fromkeys(TEXT.replace("\n", " ").split(" ")), "great", "overall"]
CONTEXT = 64


def byte_level(bos: bool = False, **special: str) -> Any:
    """Byte-level BPE: the words of TEXT are single tokens, all others several."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    rust = Tokenizer(models.BPE())
    rust.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    rust.decoder = decoders.ByteLevel()
    names = {"eos_token": "</s>", "pad_token": "<pad>", "bos_token": "<s>", **special}
    trainer = trainers.BpeTrainer(
        vocab_size=360,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=list(names.values()),
        show_progress=False,
    )
    rust.train_from_iterator([TEXT, *(f" {w} {w} {w}" for w in WORDS)], trainer)
    if bos or "mask_token" in names:
        end = " </s>" if "mask_token" in names else ""
        rust.post_processor = processors.TemplateProcessing(
            single=f"<s> $A{end}",
            special_tokens=[(t, rust.token_to_id(t)) for t in ("<s>", "</s>")],
        )
    return PreTrainedTokenizerFast(tokenizer_object=rust, **names)


def word_piece() -> Any:
    """WordPiece with the words of TEXT; any other word is spelt in letters."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    letters = [chr(i) for i in range(33, 127)]
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces = dict.fromkeys([*special, *letters, *("##" + c for c in letters), *WORDS])
    rust = Tokenizer(models.WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]"))
    rust.normalizer = normalizers.BertNormalizer(lowercase=True)
    rust.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    rust.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=rust,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )


def sentinels() -> Any:
    """Unigram pieces as T5 has them: the words of TEXT behind a blank, letters for all others."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    special = ["<pad>", "</s>", "<unk>"]
    extra = [f"<extra_id_{i}>" for i in range(3)]
    letters = [chr(i) for i in range(33, 127)]
    pieces = dict.fromkeys([*("\u2581" + word for word in WORDS), "\u2581", *letters])
    scored = [*((t, 0.0) for t in special), *((p, -float(len(p) < 2)) for p in pieces)]
    rust = Tokenizer(models.Unigram([*scored, *((t, 0.0) for t in extra)], unk_id=2))
    rust.pre_tokenizer = pre_tokenizers.Metaspace()
    rust.decoder = decoders.Metaspace()
    rust.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    rust.add_special_tokens([AddedToken(t, special=True) for t in (*special, *extra)])
    return PreTrainedTokenizerFast(
        tokenizer_object=rust, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    )


def cloze() -> Any:
    return byte_level(mask_token="<mask>")


def with_bos() -> Any:
    return byte_level(bos=True)


SMALL = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 48,
    "initializer_range": 0.2,
}
GROUPED = {**SMALL, "num_key_value_heads": 2, "max_position_embeddings": CONTEXT}
SHIFTED = {**SMALL, "max_position_embeddings": CONTEXT + 2, "pad_token_id": 1}
GEMMA = {**GROUPED, "head_dim": 8, "query_pre_attn_scalar": 8}

# name -> (model class, settings of its config, tokenizer)
CAUSAL: dict[str, tuple[str, dict[str, Any], Callable[[], Any]]] = {
    "llama": ("Llama", GROUPED, with_bos),
    "gpt2": (
        "GPT2LMHead",
        {
            "n_embd": 32,
            "n_layer": 2,
            "n_head": 4,
            "n_positions": CONTEXT,
            "initializer_range": 0.2,
        },
        byte_level,
    ),
    "qwen2": ("Qwen2", GROUPED, byte_level),
    "qwen3": ("Qwen3", {**GROUPED, "head_dim": 8}, byte_level),
    "gemma2": (
        "Gemma2",
        {**GEMMA, "final_logit_softcapping": 2.0, "attn_logit_softcapping": 1.0},
        with_bos,
    ),
    "gemma3": ("Gemma3", {**GEMMA, "sliding_window": 16}, with_bos),
    "mistral": ("Mistral", {**GROUPED, "sliding_window": 8}, byte_level),
    "cohere": ("Cohere", GROUPED, byte_level),
    "granite": ("Granite", {**GROUPED, "logits_scaling": 4.0}, byte_level),
    "opt": (
        "OPT",
        {
            "hidden_size": 32,
            "word_embed_proj_dim": 16,
            "ffn_dim": 48,
            "num_hidden_layers": 2,
            "num_attention_heads": 4,
            "max_position_embeddings": CONTEXT,
            "init_std": 0.2,
        },
        byte_level,
    ),
    "gpt_neox": (
        "GPTNeoX",
        {**SMALL, "max_position_embeddings": CONTEXT, "tie_word_embeddings": False},
        byte_level,
    ),
    "phi": ("Phi", {**GROUPED, "tie_word_embeddings": False}, byte_level),
    "bloom": (
        "Bloom",
        {"hidden_size": 32, "n_layer": 2, "n_head": 4, "initializer_range": 0.2},
        byte_level,
    ),
    "falcon": (
        "Falcon",
        {
            "hidden_size": 32,
            "num_hidden_layers": 2,
            "num_attention_heads": 4,
            "initializer_range": 0.2,
        },
        byte_level,
    ),
    "lfm2": ("Lfm2", {**GROUPED, "layer_types": ["conv", "full_attention"]}, byte_level),
    "minicpm3": (
        "MiniCPM3",
        {
            **GROUPED,
            "num_key_value_heads": 4,
            "kv_lora_rank": 8,
            "q_lora_rank": 8,
            "qk_nope_head_dim": 8,
            "qk_rope_head_dim": 4,
            "v_head_dim": 8,
        },
        byte_level,
    ),
}
MASKED: dict[str, tuple[str, dict[str, Any], Callable[[], Any]]] = {
    "bert": ("Bert", {**SMALL, "max_position_embeddings": CONTEXT}, word_piece),
    "roberta": ("Roberta", SHIFTED, cloze),
    "albert": (
        "Albert",
        {**SMALL, "embedding_size": 16, "max_position_embeddings": CONTEXT},
        word_piece,
    ),
    "distilbert": (
        "DistilBert",
        {
            "dim": 32,
            "n_layers": 2,
            "n_heads": 4,
            "hidden_dim": 48,
            "max_position_embeddings": CONTEXT,
            "initializer_range": 0.2,
        },
        word_piece,
    ),
    "ernie": ("Ernie", {**SMALL, "max_position_embeddings": CONTEXT}, word_piece),
    "electra": (
        "Electra",
        {**SMALL, "embedding_size": 16, "max_position_embeddings": CONTEXT},
        word_piece,
    ),
    "mpnet": ("MPNet", SHIFTED, cloze),
    "modernbert": (
        "ModernBert",
        {
            "hidden_size": 32,
            "num_hidden_layers": 3,
            "num_attention_heads": 4,
            "intermediate_size": 48,
            "local_attention": 8,
            "initializer_range": 0.2,
            "max_position_embeddings": CONTEXT,
        },
        cloze,
    ),
    "xlm-roberta": ("XLMRoberta", SHIFTED, cloze),
    "camembert": ("Camembert", SHIFTED, cloze),
}
ENCODER: dict[str, tuple[str, dict[str, Any], Callable[[], Any]]] = {
    "minilm": ("Bert", {**SMALL, "max_position_embeddings": CONTEXT}, word_piece),
}
T5 = {
    "d_model": 32,
    "d_kv": 8,
    "d_ff": 48,
    "num_layers": 2,
    "num_heads": 4,
    "initializer_factor": 0.7,
    "decoder_start_token_id": 0,
}
SEQ2SEQ: dict[str, tuple[str, dict[str, Any], Callable[[], Any]]] = {
    "t5": ("T5", T5, sentinels),
    # as T5 1.1 and Flan: gated, an output layer of its own, nothing scaled
    "t5-untied": (
        "T5",
        {**T5, "feed_forward_proj": "gated-gelu", "tie_word_embeddings": False},
        sentinels,
    ),
    "mt5": ("MT5", {**T5, "num_decoder_layers": 3}, sentinels),
    "umt5": ("UMT5", T5, sentinels),
    "longt5": ("LongT5", {**T5, "local_radius": 7, "initializer_factor": 1.5}, sentinels),
}
FAMILY_OF = {
    **dict.fromkeys(CAUSAL, "causal"),
    **dict.fromkeys(MASKED, "masked"),
    **dict.fromkeys(ENCODER, "encoder"),
    **dict.fromkeys(SEQ2SEQ, "seq2seq"),
}
_ENDING = {
    "causal": "ForCausalLM",
    "masked": "ForMaskedLM",
    "encoder": "Model",
    "seq2seq": "ForConditionalGeneration",
}


def make(name: str, folder: Path) -> Path:
    """Write the tiny model `name` with its tokenizer into `folder`."""
    import torch
    import transformers

    family = FAMILY_OF[name]
    kind, settings, tokenizer_of = {**CAUSAL, **MASKED, **ENCODER, **SEQ2SEQ}[name]
    tokenizer = tokenizer_of()
    ending = "Model" if kind.endswith("LMHead") else _ENDING[family]
    model_class = getattr(transformers, f"{kind}{ending}")
    ids = {f"{t}_token_id": getattr(tokenizer, f"{t}_token_id") for t in ("bos", "eos", "pad")}
    if family != "causal":
        ids = {"pad_token_id": tokenizer.pad_token_id}
    config = model_class.config_class(**{**settings, "vocab_size": len(tokenizer), **ids})
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(sum(map(ord, name)))
        model = model_class(config).eval()
        # biases and norms start at 0 and 1: a head that drops one would pass
        for parameter in model.parameters():
            if parameter.ndim == 1:
                parameter.add_(0.1 * torch.randn_like(parameter))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
