"""IA3: one trained factor for each number that a frozen model's keys, values and inner layers give.

Liu et al. 2022, "Few-Shot Parameter-Efficient Fine-Tuning is Better and Cheaper than In-Context
Learning" (T-Few), arXiv:2205.05638. Layers come from `peft`; all factors start at 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.errors import UserError
from ..core.fields import Settings
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .contract import Facts, Prepared, task_reason

# what the architectures call keys and values: apart, in one layer with the queries, as one pair
_KEYS_AND_VALUES = {"k_proj", "v_proj", "key", "value", "k_lin", "v_lin", "k", "v"}
_KEYS_AND_VALUES |= {"c_attn", "query_key_value", "qkv_proj", "Wqkv", "kv_b_proj"}
# the layer that brings the inner states back to the model's width; its input is scaled
_INNER = {"down_proj", "fc2", "fc_out", "lin2", "ffn_output", "w2", "wo", "Wo"}
_INNER |= {"dense_4h_to_h", "c_proj", "dense"}


class Ia3Settings(Settings):
    """IA3 has no settings of its own."""


class Ia3:
    name = "ia3"
    title = QT_TRANSLATE_NOOP("methods", "IA3")
    summary = QT_TRANSLATE_NOOP(
        "methods", "Trains one factor per channel of a frozen model: far smaller than LoRA."
    )
    settings: type[Settings] = Ia3Settings

    def supports(self, family: str, task: str) -> Sentence | None:
        return task_reason(family, task)

    def learning_rate(self, facts: Facts) -> float:
        return 1e-2

    def head_learning_rate(self, facts: Facts) -> float:
        return 1e-3

    def prepare(
        self, model: Any, backbone: Any, settings: Ia3Settings, hints: Mapping[str, Any]
    ) -> Prepared:
        from peft import IA3Config, inject_adapter_in_model
        from transformers.pytorch_utils import Conv1D

        model.requires_grad_(False)
        attending, inner = _layers(model, backbone)
        if not (attending and inner):
            raise UserError(
                QT_TRANSLATE_NOOP("engine", 'IA3 does not know the layers of "{kind}" models.'),
                QT_TRANSLATE_NOOP("engine", "Choose LoRA or another method, or another model."),
                field="method",
                kind=model.config.model_type,
            )
        config = IA3Config(
            target_modules=[*attending, *inner],
            feedforward_modules=inner,
            # GPT-2's Conv1D keeps its weights the other way round; a model has one kind only
            fan_in_fan_out=isinstance(model.get_submodule(inner[0]), Conv1D),
        )
        inject_adapter_in_model(config, model)  # into `model` itself
        return Prepared(model)


def _layers(model: Any, backbone: Any) -> tuple[list[str], list[str]]:
    """Full names of the layers that give keys and values, and of those behind inner states."""
    from torch import nn
    from transformers.pytorch_utils import Conv1D

    inside = {id(module) for module in backbone.modules()}
    attending: list[str] = []
    inner: list[str] = []
    for name, module in model.named_modules():
        path = name.split(".")
        if not isinstance(module, (nn.Linear, Conv1D)) or id(module) not in inside:
            continue
        if "pooler" in path:
            continue
        attends = any("attn" in part or "attention" in part.lower() for part in path[:-1])
        if attends and path[-1] in _KEYS_AND_VALUES:
            attending.append(name)
        # BERT's two inner layers are both called "dense": "output.dense" is the second
        elif not attends and path[-1] in _INNER and (path[-1] != "dense" or path[-2] == "output"):
            inner.append(name)
    return attending, inner
