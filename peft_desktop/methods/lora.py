"""LoRA: frozen weights, and beside each chosen linear layer a trained product of low rank.

Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models"; as options DoRA (Liu et al.
2024, arXiv:2402.09353) and rank-stabilised LoRA (Kalajdzievski 2023, arXiv:2312.03732). Layers come
from `peft`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ..core.errors import UserError
from ..core.fields import Settings, setting
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .contract import Facts, Prepared, task_reason


class LoraSettings(Settings):
    rank: int = setting(
        8,
        label=QT_TRANSLATE_NOOP("settings", "Rank"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "The width of the trained product: more can learn more, and needs more rows.",
        ),
        low=1,
        high=1024,
        typical="4 .. 32",
    )
    alpha: float = setting(
        16.0,
        label=QT_TRANSLATE_NOOP("settings", "Alpha"),
        help=QT_TRANSLATE_NOOP(
            "settings", "Scales the product by alpha / rank; twice the rank is usual."
        ),
        low=0.01,
        high=10_000,
        typical="8 .. 64",
    )
    dropout: float = setting(
        0.0,
        label=QT_TRANSLATE_NOOP("settings", "Dropout"),
        help=QT_TRANSLATE_NOOP(
            "settings", "The share of inputs that the product does not see at each step."
        ),
        low=0.0,
        high=0.95,
        typical="0 .. 0.1",
    )
    layers: Literal["all", "attention"] = setting(
        "all",
        label=QT_TRANSLATE_NOOP("settings", "Layers"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "all: every linear layer of the backbone. attention: the attention's projections only.",
        ),
        choices=("all", "attention"),
    )
    dora: bool = setting(
        False,
        label=QT_TRANSLATE_NOOP("settings", "Weight-decomposed (DoRA)"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "Also trains the length of every weight vector: slower, sometimes better at low ranks.",
        ),
    )
    rank_stabilised: bool = setting(
        False,
        label=QT_TRANSLATE_NOOP("settings", "Rank-stabilised (rsLoRA)"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "Scales by alpha / square root of the rank, so that ranks of 32 and more learn fully.",
        ),
    )


class Lora:
    name = "lora"
    title = QT_TRANSLATE_NOOP("methods", "LoRA")
    summary = QT_TRANSLATE_NOOP(
        "methods", "Trains small additions beside frozen weights: quick, small, hard to break."
    )
    settings: type[Settings] = LoraSettings

    def supports(self, family: str, task: str) -> Sentence | None:
        return task_reason(family, task)

    def learning_rate(self, facts: Facts) -> float:
        return 5e-4 if facts.parameters >= 60_000_000 or facts.parameters == 0 else 1e-3

    def head_learning_rate(self, facts: Facts) -> float:
        return 1e-3

    def prepare(
        self, model: Any, backbone: Any, settings: LoraSettings, hints: Mapping[str, Any]
    ) -> Prepared:
        from peft import LoraConfig, inject_adapter_in_model
        from transformers.pytorch_utils import Conv1D

        model.requires_grad_(False)
        names = _linear_names(model, backbone, settings.layers)
        config = LoraConfig(
            r=settings.rank,
            lora_alpha=settings.alpha,  # type: ignore[arg-type]  # peft only divides by it
            lora_dropout=settings.dropout,
            use_dora=settings.dora,
            use_rslora=settings.rank_stabilised,
            target_modules=names,
            # GPT-2's Conv1D keeps its weights the other way round; a model has one kind only
            fan_in_fan_out=isinstance(model.get_submodule(names[0]), Conv1D),
        )
        inject_adapter_in_model(config, model)  # into `model` itself
        return Prepared(model)


def _linear_names(model: Any, backbone: Any, layers: str) -> list[str]:
    """Full names of the backbone's linear layers (GPT-2's Conv1D too); never a word head."""
    from torch import nn
    from transformers.pytorch_utils import Conv1D

    inside = {id(module) for module in backbone.modules()}
    head = model.get_output_embeddings() if hasattr(model, "get_output_embeddings") else None
    names = []
    for name, module in model.named_modules():
        if not isinstance(module, (nn.Linear, Conv1D)) or id(module) not in inside:
            continue
        # a pooler feeds nothing that we read: its gradients would stay empty
        if module is head or "pooler" in name.split("."):
            continue
        # self_attn, attention, self_attention, attn: every architecture has its own name for it
        if layers == "all" or "attn" in name or "attention" in name.lower():
            names.append(name)
    if not names:
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "This model has no linear layers that LoRA could train."),
            QT_TRANSLATE_NOOP("engine", "Choose another method or another model."),
            field="method",
        )
    return names
