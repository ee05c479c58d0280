"""BitFit: only the biases are trained, everything else stays frozen.

Ben-Zaken et al. 2022, "BitFit: Simple Parameter-efficient Fine-tuning for Transformer-based Masked
Language-models", arXiv:2106.10199. Models without biases (Llama, SmolLM2, Qwen3, T5) can train the
weights of their norms instead (Zhao et al. 2023, arXiv:2312.11420).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.errors import UserError
from ..core.fields import Settings, setting
from ..core.words import QT_TRANSLATE_NOOP, Sentence
from .contract import Facts, Prepared, task_reason


class BitFitSettings(Settings):
    norms: bool = setting(
        False,
        label=QT_TRANSLATE_NOOP("settings", "Train norms too"),
        help=QT_TRANSLATE_NOOP(
            "settings",
            "Also trains the weights of the norms; for models without biases, such as Llama.",
        ),
    )


class BitFit:
    name = "bitfit"
    title = QT_TRANSLATE_NOOP("methods", "BitFit")
    summary = QT_TRANSLATE_NOOP(
        "methods", "Trains only the biases: very small; for models that have biases, such as BERT."
    )
    settings: type[Settings] = BitFitSettings

    def supports(self, family: str, task: str) -> Sentence | None:
        return task_reason(family, task)

    def learning_rate(self, facts: Facts) -> float:
        return 3e-3 if 0 < facts.parameters < 60_000_000 else 1e-3

    def head_learning_rate(self, facts: Facts) -> float:
        return 1e-3

    def prepare(
        self, model: Any, backbone: Any, settings: BitFitSettings, hints: Mapping[str, Any]
    ) -> Prepared:
        model.requires_grad_(False)
        found = 0
        inside = {id(parameter) for parameter in backbone.parameters()}
        for name, parameter in model.named_parameters():
            path = name.split(".")
            # a pooler feeds nothing that we read; a word head's bias is one number per word
            if "pooler" in path or not _is_trained(model, path, settings.norms):
                continue
            parameter.requires_grad = True
            found += id(parameter) in inside
        if not found:
            raise UserError(
                QT_TRANSLATE_NOOP(
                    "engine", 'The "{kind}" model has no biases, so BitFit has nothing to train.'
                ),
                QT_TRANSLATE_NOOP(
                    "engine",
                    "Choose LoRA or IA3, a model with biases such as BERT, or let BitFit train "
                    "the norms (norms=true).",
                ),
                field="method",
                kind=model.config.model_type,
            )
        return Prepared(model)


def _is_trained(model: Any, path: list[str], norms: bool) -> bool:
    if path[-1] == "bias":
        return True
    owner = type(model.get_submodule(".".join(path[:-1]))).__name__
    return norms and path[-1] == "weight" and "norm" in owner.lower()
