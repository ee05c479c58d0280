"""Which kind of model a config and its weights are: masked, causal, encoder or seq2seq."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP

# model type -> the weight that only a folder with a masked-LM head has
MASKED_HEADS = {
    "bert": "cls.predictions.transform.dense.weight",
    "roberta": "lm_head.dense.weight",
    "xlm-roberta": "lm_head.dense.weight",
    "camembert": "lm_head.dense.weight",
    "albert": "predictions.dense.weight",
    "distilbert": "vocab_transform.weight",
    "electra": "generator_predictions.dense.weight",
    "ernie": "cls.predictions.transform.dense.weight",
    "mpnet": "lm_head.dense.weight",
    "modernbert": "decoder.bias",
}
# fmt: off
# read as encoders whatever head they carry
ENCODERS = {
    "deberta", "deberta-v2", "convbert", "roformer",
    "mobilebert", "rembert", "megatron-bert", "roberta-prelayernorm", "xlm-roberta-xl",
}
CAUSAL = {
    "arcee", "biogpt", "bloom", "codegen", "cohere", "cohere2", "ernie4_5", "exaone4", "falcon",
    "gemma", "gemma2", "gemma3_text", "gemma4_text", "glm", "glm4", "gpt2", "gpt_bigcode",
    "gpt_neo", "gpt_neox", "gpt_neox_japanese", "gptj", "granite", "granitemoe", "helium",
    "hunyuan_v1_dense", "lfm2", "llama", "mellum", "minicpm3", "ministral", "mistral",
    "mixtral", "mpt", "nemotron", "olmo", "olmo2", "olmo3", "olmoe", "openai-gpt", "opt",
    "persimmon", "phi", "phi3", "qwen2", "qwen2_moe", "qwen3", "qwen3_5_text", "qwen3_moe",
    "seed_oss", "smollm3", "stablelm", "starcoder2", "xglm",
}
T5_LIKE = {"t5", "mt5", "umt5", "longt5"}
SEQ2SEQ = {
    "byt5", "t5gemma", "switch_transformers", "bart", "mbart",
    "bigbird_pegasus", "pegasus", "pegasus_x", "blenderbot", "blenderbot-small", "led",
    "marian", "m2m_100", "mvp", "plbart", "prophetnet", "fsmt", "nllb-moe", "encoder-decoder",
}
# fmt: on
_TIED_OUTPUT = ("lm_head.weight", "output_projection.weight", "embed_out.weight")


def family_of(
    config: Mapping[str, Any],
    weight_names: Collection[str] | None,
    file: Path | None = None,
) -> str:
    """`masked`, `causal`, `encoder` or `seq2seq`, by the config and, as configs lie, the weights.

    Without weight names the config's word is taken. Raises UserError for models that cannot be
    trained: other encoder-decoders than T5, unknown types, models of which a part is missing.
    """
    kind = str(config.get("model_type", ""))
    stated = config.get("architectures")
    architectures = [str(name) for name in stated] if isinstance(stated, list) else []
    if kind in T5_LIKE:
        if weight_names is None or _has("decoder.final_layer_norm.weight", weight_names):
            return "seq2seq"
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The decoder of this T5 model is missing."),
            QT_TRANSLATE_NOOP(
                "engine", "Choose the complete model, not one cut down to its encoder."
            ),
            file=file,
        )
    if kind in SEQ2SEQ or config.get("is_encoder_decoder"):
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine",
                'Of the encoder-decoders only T5 and its kin can be trained, not "{kind}".',
            ),
            QT_TRANSLATE_NOOP("engine", "Choose a model like T5, mT5, BERT, GPT-2 or Llama."),
            file=file,
            kind=kind or "?",
        )
    if kind in MASKED_HEADS and not config.get("is_decoder"):
        if weight_names is None:
            return "masked" if any(n.endswith("ForMaskedLM") for n in architectures) else "encoder"
        return "masked" if _has(MASKED_HEADS[kind], weight_names) else "encoder"
    if kind in ENCODERS and not config.get("is_decoder"):
        return "encoder"
    if kind in CAUSAL:
        tied = config.get("tie_word_embeddings", True)
        if weight_names is None or tied or any(_has(n, weight_names) for n in _TIED_OUTPUT):
            return "causal"
        raise UserError(
            QT_TRANSLATE_NOOP(
                "engine", "The output layer (lm_head) of this language model is missing."
            ),
            QT_TRANSLATE_NOOP(
                "engine", "Choose the complete language model, not one cut for a task."
            ),
            file=file,
        )
    raise UserError(
        QT_TRANSLATE_NOOP("engine", 'Models of the type "{kind}" cannot be trained.'),
        QT_TRANSLATE_NOOP(
            "engine",
            "Choose a model like BERT, RoBERTa, ALBERT, DistilBERT, GPT-2, Llama, Qwen, Gemma, T5 "
            "or a sentence encoder.",
        ),
        file=file,
        field="model_type",
        kind=kind or "?",
    )


def _has(weight: str, names: Collection[str]) -> bool:
    return weight in names or any(name.endswith("." + weight) for name in names)


def masked_head_missing(config: Mapping[str, Any], family: str) -> bool:
    """Whether the config claims a masked-LM head that the weights do not have."""
    stated = config.get("architectures")
    claimed = isinstance(stated, list) and any(str(n).endswith("ForMaskedLM") for n in stated)
    kind = str(config.get("model_type", ""))
    return family == "encoder" and claimed and kind in MASKED_HEADS
